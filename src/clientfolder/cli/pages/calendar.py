"""The page of the dated inserts: the working days of the coming months, a week in a row, each day with its load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from clientfolder.cli.output.parts import head_line, legend, load_bar, wrapped_spans
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.output.words import day_of_log, day_short
from clientfolder.dates.calendar import MONTHS, WEEKDAYS, WorkingDays
from clientfolder.tickler.ahead import DatedBinder, DayAhead
from clientfolder.tuples import NamedTuple

# What stands in a cell beside the bar: `+`, a blank, the count with its `!`, and the blank before the next cell.
BESIDE_BAR = 7
MOST_CELL = 20
# In a window so wide the sum of each week stands at the right, and takes so much of it.
WITH_SUM, SUM = 76, 13
# So wide a cell must be for the weekday, for the month of a day that is not of the month above it, and for `today`.
WITH_WEEKDAY, WITH_MONTH, WITH_TODAY = 7, 11, 13


class _Grid(NamedTuple):
    """Where the days stand in the window: a column for each weekday that is worked."""

    window: Window
    weekdays: Sequence[int]
    cell: int
    with_sum: bool

    @classmethod
    def on(cls, window: Window, weekdays: Sequence[int]) -> _Grid:
        with_sum = window.columns >= WITH_SUM
        room = window.columns - 2 - (SUM if with_sum else 0)
        return cls(window, weekdays, min(MOST_CELL, room // len(weekdays)), with_sum)


def dated_page(binder: DatedBinder, window: Window) -> Iterator[Line]:
    """A head for each month; for each week its days, and below them how full they are; then what has no place there."""
    grid = _Grid.on(window, sorted(binder.room.working.weekdays))
    shown = None
    for _, week in groupby(binder.days, lambda one: one.on - timedelta(days=one.on.weekday())):
        these = {one.on.weekday(): one for one in week}
        month = max(one.on for one in these.values()).replace(day=1)
        if shown:
            yield EMPTY
        if month != shown:
            right = [] if shown else [Span(legend(binder.room.capacity), "dim")]
            yield head_line([Span(f" {MONTHS[month.month - 1].upper()} {month.year}", "head")], right, window)
        shown = month
        yield from _week(binder, these, month, grid)
    yield EMPTY
    yield from wrapped_spans(_names_cut(binder.days, grid), window)
    yield from wrapped_spans(_piles(binder), window)


def _week(binder: DatedBinder, these: Mapping[int, DayAhead], month: date, grid: _Grid) -> Iterator[Line]:
    heads, loads = [Span(" ")], [Span(" ")]
    for weekday in grid.weekdays:
        if one := these.get(weekday):
            is_today = one.on == binder.day
            heads.append(_cell(_date(one.on, month, grid, is_today=is_today), "bold" if is_today else "", grid))
            loads.append(_load(one, grid))
        else:
            heads.append(_cell("", "", grid))
            loads.append(_cell("", "", grid))
    yield tuple(heads)
    yield (*loads, *_sum(these, binder.room.working, grid))
    others = [one for weekday, one in these.items() if weekday not in grid.weekdays]
    yield from wrapped_spans([_other(one) for one in others], grid.window)


def _other(one: DayAhead) -> Span:
    return Span(f"{day_short(one.on, one.on)} {'+' * one.is_over}{_count(one)}", "late" if one.is_over else "")


def _cell(text: str, style: str, grid: _Grid) -> Span:
    return Span(padded(fitted(text, grid.cell - 1), grid.cell), style)


def _date(day: date, month: date, grid: _Grid, *, is_today: bool) -> str:
    """`Mon 20`, with its month where that is not the one above."""
    if grid.cell < WITH_WEEKDAY:
        return str(day.day)
    name = WEEKDAYS[day.weekday()][:3].capitalize()
    if (day.year, day.month) != (month.year, month.month):
        return f"{name} {day_of_log(day, day)}" if grid.cell >= WITH_MONTH else day_of_log(day, day)
    return f"{name} {day.day}{' today' if is_today and grid.cell >= WITH_TODAY else ''}"


def _load(one: DayAhead, grid: _Grid) -> Span:
    if not one.load:
        return _cell(one_line(one.off) if one.off else "-", "dim", grid)
    cells = grid.cell - BESIDE_BAR
    blocks = load_bar(one.weight, one.capacity, cells).text if cells > 0 else "+" * one.is_over
    return _cell(f"{blocks} {_count(one)}".lstrip(), "late" if one.is_over else "", grid)


def _count(one: DayAhead) -> str:
    return f"{one.load}{'!' if one.agreed else ''}"


def _sum(these: Mapping[int, DayAhead], working: WorkingDays, grid: _Grid) -> Iterator[Span]:
    """`17, 5.7/day`: the whole week, also what lies on days off, and what that is for each day that is worked."""
    load = sum(one.load for one in these.values())
    worked = sum(one.on in working for one in these.values())
    if grid.with_sum and load:
        mean = f", {load / worked:.1f}/day" if worked else ""
        yield Span(f"{load}{mean}", "dim")


# Below the weeks ----------------------------------------------------------------------------------------


def _names_cut(days: Sequence[DayAhead], grid: _Grid) -> Iterator[Span]:
    """The days off whose names had no room in their cells."""
    for one in days:
        if one.off and (one.load or width(one_line(one.off)) > grid.cell - 1):
            yield Span(f"{day_short(one.on, one.on)} {one_line(one.off)}", "dim")


def _piles(binder: DatedBinder) -> Iterator[Span]:
    """What lies at none of the days: what is late and counts today, months without a day, what is further ahead."""
    if binder.late:
        yield Span(f"LATE {binder.late}", "late")
    for month, undated in binder.undated:
        if undated:
            yield Span(f"IN {month.name.upper()}, NO DAY YET {undated}")
    if binder.unfiled:
        yield Span(f"NO DATE {binder.unfiled}", "late")
    if binder.beyond:
        yield Span(f"AFTER {day_of_log(binder.span.last, binder.day).upper()} {binder.beyond}")
