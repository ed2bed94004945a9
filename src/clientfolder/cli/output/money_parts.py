"""What the pages of money have in common: sums, shares, bars, tables, and what is left out of a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.cli.output.terminal import Line, Span, Window, fitted, one_line, width, wrapped
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
    if one_line(text) == text and width(head) + width(text) < window.columns:
        yield (Span(f"{head}{text}", style),)
        return
    first, *more = wrapped(text, window.columns - 1 - width(head))
    yield (Span(f"{head}{first}", style),)
    yield from ((Span(" " * width(head) + line, style),) for line in more)


def left_out(
    unpriced: Mapping[str, int], odd: Sequence[Account], currency: str | None, window: Window
) -> Iterator[Line]:
    """What is in no sum, and the line that mends it; named at the top, for no figure may be quietly too small."""
    for code, count in unpriced.items():
        many = counted(count, "amount")
        rates = f"clientfolder.toml: rates = {{ {code} = ... }}"
        mend = rates if currency else f"cf settings currency={code}"
        yield from said(f"{many} in {code}, without a rate: {mend}", window, "late", head=_LEFT_OUT)
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
        self.widths: list[list[int]] = []

    def lines(self, window: Window, indent: str = " ") -> list[str]:
        """The rows as lines."""
        # A folder may have ten thousand rows, so each cell is measured once.
        self.widths = [[width(cell) for cell in row] for row in self.rows]
        room = window.columns - 1 - len(indent)
        if self.bars is not None:
            self._draw(self.bars, window, room)
        over = self._width() - room
        if over > 0 and self.rows:
            most = max(_LEAST_NAME, max(row[self.name] for row in self.widths) - over)
            for row, widths in zip(self.rows, self.widths, strict=True):
                row[self.name] = fitted(row[self.name], most)
                widths[self.name] = width(row[self.name])
            over = self._width() - room
        self.gap = " " if over > 0 else self.gap
        lines = self._joined()
        is_cut = self._width() > room
        return [indent + (_cut(line, room) if is_cut else line) for line in lines]

    def _draw(self, bars: Bars, window: Window, room: int) -> None:
        """Put the bars between the columns, where they have room."""
        cells = min(bars.cells, room - self._width() - len(self.gap))
        if window.columns < NARROW or cells < min(bars.cells, _LEAST_BAR):
            return
        self.rights.insert(bars.column, False)
        for row, widths, part in zip(self.rows, self.widths, bars.parts, strict=True):
            bar = "" if part is None else drawn(part, bars.most, cells)
            row.insert(bars.column, bar)
            widths.insert(bars.column, len(bar))
        if self.name >= bars.column:
            self.name += 1

    def _widest(self) -> list[int]:
        return [max(column) for column in zip(*self.widths, strict=True)]

    def _width(self) -> int:
        widest = self._widest()
        return sum(widest) + len(self.gap) * (len(widest) - 1)

    def _joined(self) -> Iterator[str]:
        widest = self._widest()
        for row, widths in zip(self.rows, self.widths, strict=True):
            cells = [
                " " * (columns - own) + text if is_right else text + " " * (columns - own)
                for text, own, columns, is_right in zip(row, widths, widest, self.rights, strict=True)
            ]
            yield self.gap.join(cells).rstrip()


def _cut(line: str, room: int) -> str:
    """The beginning of a line, its blanks kept."""
    while width(line) > room:
        line = line[: -2 if line.endswith("…") else -1].rstrip() + "…"
    return line
