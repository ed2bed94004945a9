"""What the pages of money have in common: sums, shares, bars, tables, and what is left out of a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import add
from typing import TYPE_CHECKING

from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import Line, Span, Window, broken, fitted, one_line, width, widths
from clientfolder.cli.output.words import day_short
from clientfolder.dates.calendar import Month
from clientfolder.dossier.amounts import grouped
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
    return grouped(scale.rounded(units, 0))


def share(part: int, whole: int) -> str:
    """`67 %`, or a dash of nothing."""
    return "-" if whole <= 0 else f"{divided(100 * part, whole)} %"


def drawn(part: int, most: int, cells: int = BAR) -> str:
    """A bar in eighths of a cell, as long as the part is of the most; something that is not nothing is seen."""
    return _bar(0 if most <= 0 else max(bool(part > 0), part * cells * 8 // most))


@cache
def _bar(eighths: int) -> str:
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def said(text: str, window: Window, style: str = "", *, head: str = " ") -> Iterator[Line]:
    """A sentence behind `head`, on as many lines as it needs; a command stays on one of them."""
    room = window.columns - 1 - width(head)
    if one_line(text) == text and width(text) <= room:
        yield (Span(f"{head}{text}", style),)
        return
    first, *more = broken((Span(one_line(text), style),), room)
    yield (Span(head, style), *first)
    yield from ((Span(" " * width(head)), *line) for line in more)


def dated_head(name: str, day: str, told: str, window: Window) -> Line:
    """The first line of a page: its name, with the day where that has room, and what all of it rests on."""
    has_room = width(name) + width(day) + width(told) + 7 < window.columns
    return head_line([Span(f" {name} on {day}" if has_room else f" {name}", "head")], [Span(told, "dim")], window)


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


class _SumColumn:
    """One column of a table: its cells, and how wide each of them is."""

    def __init__(self, cells: Sequence[str], is_right: bool) -> None:
        self.is_right = is_right
        self._put([*cells])

    def _put(self, cells: Sequence[str]) -> None:
        self.cells, self.widths = cells, widths(cells)
        self.widest = max(self.widths)

    def cut(self, most: int) -> None:
        """Cut the cells that are wider."""
        self._put([fitted(cell, most) for cell in self.cells])

    def filled(self) -> Iterable[str]:
        """The cells with blanks, so that all are equally wide."""
        blanks = [" " * (self.widest - own) for own in self.widths]
        return map(add, blanks, self.cells) if self.is_right else map(add, self.cells, blanks)


class SumTable:
    """Rows in columns that are as wide as their widest, and a window wide at the most.

    The bars get shorter and go first, then a name is cut, then columns move closer, then the end of a line goes.
    `rights` tells which columns stand at the right. A folder may have ten thousand rows, so the work is done by column.
    """

    def __init__(
        self, rows: Sequence[Sequence[str]], rights: Sequence[bool], name: int = 0, bars: Bars | None = None
    ) -> None:
        self.columns = list(map(_SumColumn, zip(*rows, strict=True), rights))
        self.named, self.bars, self.gap = name, bars, "  "

    def lines(self, window: Window, indent: str = " ") -> list[str]:
        """The rows as lines."""
        if not self.columns:
            return []
        room = window.columns - 1 - len(indent)
        name = self.columns[self.named]
        if self.bars is not None:
            self._draw(self.bars, window, room)
        if (over := self._width() - room) > 0:
            name.cut(max(_LEAST_NAME, name.widest - over))
            if self._width() > room:
                self.gap = " "
        rows = zip(*(one.filled() for one in self.columns), strict=True)
        lines = [line.rstrip() for line in map(self.gap.join, rows)]
        is_cut = self._width() > room
        return [indent + (_cut(line, room) if is_cut else line) for line in lines]

    def _draw(self, bars: Bars, window: Window, room: int) -> None:
        """Put the bars between the columns, where they have room."""
        cells = min(bars.cells, room - self._width() - len(self.gap))
        if window.columns < NARROW or cells < min(bars.cells, _LEAST_BAR):
            return
        drawn_ = ["" if part is None else drawn(part, bars.most, cells) for part in bars.parts]
        self.columns.insert(bars.column, _SumColumn(drawn_, is_right=False))

    def _width(self) -> int:
        return sum(one.widest for one in self.columns) + len(self.gap) * (len(self.columns) - 1)


def _cut(line: str, room: int) -> str:
    """The beginning of a line, its blanks kept."""
    while width(line) > room:
        line = line[: -2 if line.endswith("…") else -1].rstrip() + "…"
    return line
