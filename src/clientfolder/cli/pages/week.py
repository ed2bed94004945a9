"""The page of a week: a line for each day, and below it who lies there, as many as the window has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from clientfolder.cli.output.parts import head_line, load_bar, no_day_yet, runs_of_names
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, row
from clientfolder.cli.pages.inserts import list_row
from clientfolder.dates.calendar import MONTHS, WEEKDAYS
from clientfolder.dossier.covers import Covers, with_owner
from clientfolder.dossier.types import Cover
from clientfolder.tickler import slots
from clientfolder.tickler.ahead import DayAhead, Week
from clientfolder.tickler.desk import same_times
from clientfolder.tickler.inserts import Insert

BAR = 8
INDENT, BETWEEN = "   ", " · "
# A name in a row of names is cut here, so that several stand beside each other.
MOST_NAME = 32
# In a narrower window a day has no bar, and fewer words.
NARROW = 56


def week_page(week: Week, window: Window, *, below: int = 0) -> Iterable[Line]:
    """The days, each with its load; who lies there a line each if that fits, else in rows of names.

    `below` is how many lines the errors and warnings take that follow the page.
    """
    runs = list(_runs(week.days))
    top = [_head(week, window), EMPTY]
    foot = list(_foot(week, window))
    foot = [EMPTY, *foot] if foot else []
    if window.rows is None:
        return [*top, *_laid_out(week, runs, window, None), *foot]
    # The prompt needs the last line of the window, and letters stand above it.
    room = window.rows - 1 - len(top) - below
    if len(foot) + len(runs) > room:
        foot = []
    return [*top, *_laid_out(week, runs, window, room - len(foot))[: room - len(foot)], *foot]


def _runs(days: Sequence[DayAhead]) -> Iterator[list[DayAhead]]:
    """Each day by itself, but days off in a row at which nothing lies together."""
    for name, run in groupby(days, lambda one: None if one.load else one.off):
        if name is None:
            yield from ([one] for one in run)
        else:
            yield list(run)


# The lines of the days ----------------------------------------------------------------------------------


def _laid_out(week: Week, runs: Sequence[list[DayAhead]], window: Window, room: int | None) -> list[Line]:
    """The fullest way that fits: a line for each dossier, at least on the first days; else names, as many as fit."""
    heads = [_day_head(week, run, window) for run in runs]
    lying = [week.lying.get(run[0].on, ()) for run in runs]
    gaps = sum(1 for here in lying[:-1] if here)
    count = len(heads) + sum(map(len, lying))
    if room is None or count <= room:
        rows = [_line_each(week, run[0].on, here, window) for run, here in zip(runs, lying, strict=True)]
        return _joined(heads, rows, apart=room is None or count + gaps <= room)
    rows = [_names(week, here, window) for here in lying]
    count = len(heads) + sum(map(len, rows))
    apart = count + gaps <= room
    if count > room:
        shares = _shares([len(lines) for lines in rows], room - len(heads))
        rows = [_names(week, here, window, most) for here, most in zip(lying, shares, strict=True)]
        return _joined(heads, rows, apart=False)
    left = room - count - gaps * apart
    for place, (run, here) in enumerate(zip(runs, lying, strict=True)):
        if len(here) - len(rows[place]) <= left:
            left -= len(here) - len(rows[place])
            rows[place] = _line_each(week, run[0].on, here, window)
    return _joined(heads, rows, apart=apart)


def _joined(heads: Sequence[Line], rows: Sequence[Sequence[Line]], *, apart: bool) -> list[Line]:
    lines: list[Line] = []
    for place, (head, below_it) in enumerate(zip(heads, rows, strict=True)):
        lines += [head, *below_it]
        if apart and below_it and place < len(heads) - 1:
            lines.append(EMPTY)
    return lines


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """How many lines each gets: all get one before any gets a second, the earlier days first."""
    shares = [0] * len(wanted)
    while room > 0 and shares != list(wanted):
        for place, most in enumerate(wanted):
            if shares[place] < most and room > 0:
                shares[place] += 1
                room -= 1
    return shares


def _day_head(week: Week, run: Sequence[DayAhead], window: Window) -> Line:
    """` Wed 15 July, today      3 promised   9, room for 8  ████████+`."""
    one, columns = run[0], window.columns - 1
    name = _days(one.on, run[-1].on) + (", today" if run[-1].on == week.day else "")
    left = [Span(f" {name}", "head" if one.load else ""), Span(f"   {one_line(one.off)}" if one.off else "", "dim")]
    if not one.load:
        return row(left, [] if one.off else [Span(padded("free", 6 + BAR), "dim")], columns=columns)
    blocks = load_bar(one.weight, one.capacity, BAR)
    if window.columns < NARROW:
        short = f"{one.load} of {one.capacity}"
        return row(
            left, [Span(f"{one.agreed}!  " if one.agreed else "", "agreed"), Span(short, blocks.style)], columns=columns
        )
    promised = f"{one.agreed} promised   " if one.agreed else ""
    # Of a day off there is no room to tell.
    count = f"{one.load}  " if one.off else f"{one.load}, room for {one.capacity}  "
    return row(left, [Span(promised, "agreed"), Span(count), blocks], columns=columns)


def _line_each(week: Week, on: date, covers: Sequence[Cover], window: Window) -> list[Line]:
    same = {client: f"same time as {other}" for client, other in same_times(covers).items()}
    return [
        list_row(
            with_owner(cover, week.covers), _place(week, cover, on), week.day, window, before=same.get(cover.client, "")
        )
        for cover in covers
    ]


def _place(week: Week, cover: Cover, on: date) -> Insert:
    late = cover.next is not None and slots.days_late(cover.next.on, week.day)
    return Insert(slots.OVERDUE if late else str(on.day), on, Covers.of([]))


def _names(week: Week, covers: Sequence[Cover], window: Window, most: int | None = None) -> list[Line]:
    """The names beside each other, on so many lines at the most; those that have no room are counted."""
    room = window.columns - 1 - len(INDENT)
    same = same_times(covers)
    names = [_name(cover, week.day, room, has_same_time=cover.client in same) for cover in covers]
    return runs_of_names(names, window, indent=INDENT, most=most)


def _name(cover: Cover, day: date, room: int, *, has_same_time: bool) -> list[Span]:
    """`! 09:30 Novák Tisk (same time)`, or how many days late instead of the time."""
    assert cover.next
    late = slots.days_late(cover.next.on, day)
    clock = f"{cover.next.time:%H:%M} " if cover.next.time else ""
    same = " (same time)" if has_same_time and not late else ""
    return [
        Span("! " if cover.next.agreed else "", "agreed"),
        Span(f"{late} d ", "late") if late else Span(clock, "bold"),
        Span(fitted(cover.name, min(MOST_NAME, room - 12 - len(same)))),
        Span(same, "late"),
    ]


# Head and foot ------------------------------------------------------------------------------------------


def _head(week: Week, window: Window) -> Line:
    days, span = week.days, week.span
    first, last = (days[0].on, days[-1].on) if days else (span.first, span.last)
    name = f" Week {last.isocalendar().week}   {_days(first, last)} {last.year}"
    return head_line([Span(name, "head")], [Span(f"{sum(one.load for one in days)} to do")], window)


def _days(first: date, last: date) -> str:
    """`Mon 20 to Fri 24 July`, the first month and year only where they are others."""
    if first == last:
        return f"{_day(last)} {_month(last)}"
    year = f" {first.year}" if first.year != last.year else ""
    month = f" {_month(first)}{year}" if (first.year, first.month) != (last.year, last.month) else ""
    return f"{_day(first)}{month} to {_day(last)} {_month(last)}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1].capitalize()


def _foot(week: Week, window: Window) -> Iterator[Line]:
    """What lies in the month without a day, and what has no date at all."""
    undated = [(f"in {month.name.capitalize()}", pile) for month, pile in week.undated]
    piles = [*undated, ("no date at all", week.unfiled)]
    yield from no_day_yet([(name, [one_line(one) for one in pile.names]) for name, pile in piles], window)
