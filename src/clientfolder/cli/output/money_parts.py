"""What the pages of money have in common: sums, shares, bars, tables, and what is left out of a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.cli.output.terminal import Line, Span, Window, fitted, one_line, padded, width, wrapped
from clientfolder.cli.output.words import day_short
from clientfolder.dates.calendar import Month
from clientfolder.dossier.amounts import Amount
from clientfolder.portfolio.money import Scale, divided
from clientfolder.text import counted
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.portfolio.accounts import Account

BAR, NARROW = 20, 70
# A shorter bar tells nothing.
_LEAST_BAR = 6
_EIGHTHS = " ▏▎▍▌▋▊▉"
# A name in a table is cut to no fewer columns, whatever else there is.
_LEAST_NAME = 12
_LEFT_OUT = " LEFT OUT   "


def money(scale: Scale, units: int) -> str:
    """A sum in whole units of the currency: `11 200`."""
    return str(Amount(scale.rounded(units, 0)))


def share(part: int, whole: int) -> str:
    """`67 %`, or a dash of nothing."""
    return "-" if whole <= 0 else f"{divided(100 * part, whole)} %"


def drawn(part: int, most: int, cells: int = BAR) -> str:
    """A bar in eighths of a cell, as long as the part is of the most; something that is not nothing is seen."""
    eighths = 0 if most <= 0 else max(bool(part > 0), part * cells * 8 // most)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def said(text: str, window: Window, style: str = "", *, head: str = " ") -> Iterator[Line]:
    """A sentence behind `head`, on as many lines as it needs."""
    first, *more = wrapped(text, window.columns - 1 - width(head))
    yield (Span(f"{head}{first}", style),)
    yield from ((Span(" " * width(head) + line, style),) for line in more)


def left_out(
    unpriced: Mapping[str, int], odd: Sequence[Account], currency: str | None, window: Window
) -> Iterator[Line]:
    """What is in no sum, and the line that mends it; named at the top, for no figure may be quietly too small."""
    for code, count in unpriced.items():
        many = counted(count, "amount")
        mend = f'currency = "{code}"' if currency is None else f"rates = {{ {code} = ... }}"
        yield from said(f"{many} in {code}, without a rate: clientfolder.toml: {mend}", window, "late", head=_LEFT_OUT)
    for account in odd:
        many = f"{counted(account.odd, 'amount')} of {one_line(account.name)}"
        yield from said(f"{many} that is no number: cf edit {account.client}", window, "late", head=_LEFT_OUT)


def fit(gap: int | None, longer: str | None, window: Window) -> Iterator[Line]:
    """The longer period that would fit, where clients come again later than the one that is set is long."""
    if longer:
        told = f'Half come again within {gap} days; what would fit: cf settings period="{longer}"'
        yield from said(told, window, "dim")


def next_words(written: str | None, day: date) -> str:
    """The next date of a client, as an account has it."""
    if written is None:
        return "no date"
    return day_short(Month.parse(written) if len(written) == 7 else date.fromisoformat(written), day)


class Bars(NamedTuple):
    """What a column of bars shows: a part for each row, None for none, of the most; so many cells at the most."""

    column: int
    parts: Sequence[int | None]
    most: int
    cells: int = BAR


class SumTable:
    """Rows in columns that are as wide as their widest, and a window wide at the most.

    The bars get shorter and go first, then a name is cut, then columns move closer, then the end of a line goes.
    `rights` tells which columns stand at the right.
    """

    def __init__(
        self, rows: Sequence[Sequence[str]], rights: Sequence[bool], name: int = 0, bars: Bars | None = None
    ) -> None:
        self.rows, self.rights, self.name, self.bars = [list(row) for row in rows], list(rights), name, bars
        self.gap = "  "

    def lines(self, window: Window, indent: str = " ") -> list[str]:
        """The rows as lines."""
        room = window.columns - 1 - len(indent)
        if self.bars is not None:
            self._draw(self.bars, window, room)
        over = self._width() - room
        if over > 0 and self.rows:
            widest = max(width(row[self.name]) for row in self.rows)
            for row in self.rows:
                row[self.name] = fitted(row[self.name], max(_LEAST_NAME, widest - over))
        if self._width() > room:
            self.gap = " "
        return [indent + _cut(line, room) for line in self._joined()]

    def _draw(self, bars: Bars, window: Window, room: int) -> None:
        """Put the bars between the columns, where they have room."""
        left = room - self._width() - 2
        cells = min(bars.cells, left)
        if window.columns < NARROW or cells < min(bars.cells, _LEAST_BAR):
            return
        self.rights.insert(bars.column, False)
        for row, part in zip(self.rows, bars.parts, strict=True):
            row.insert(bars.column, "" if part is None else drawn(part, bars.most, cells))
        if self.name >= bars.column:
            self.name += 1

    def _widths(self) -> list[int]:
        return [max(map(width, column)) for column in zip(*self.rows, strict=True)] if self.rows else []

    def _width(self) -> int:
        widths = self._widths()
        return sum(widths) + len(self.gap) * (len(widths) - 1)

    def _joined(self) -> Iterator[str]:
        widths = self._widths()
        for row in self.rows:
            cells = (
                " " * (columns - width(text)) + text if is_right else padded(text, columns)
                for text, columns, is_right in zip(row, widths, self.rights, strict=True)
            )
            yield self.gap.join(cells).rstrip()


def _cut(line: str, room: int) -> str:
    """The beginning of a line, its blanks kept."""
    while width(line) > room:
        line = line[: -2 if line.endswith("…") else -1].rstrip() + "…"
    return line
