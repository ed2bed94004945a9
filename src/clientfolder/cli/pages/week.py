"""The page of a week: a line for each day, and below it who lies there, as many as the window has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, bar, fitted, one_line, padded, row, width
from clientfolder.cli.pages.desk import below
from clientfolder.cli.pages.inserts import list_row
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import MONTHS, WEEKDAYS
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.tickler import ahead, slots
from clientfolder.tickler.ahead import DayAhead
from clientfolder.tickler.desk import Place

BAR = 8
INDENT, BETWEEN = "   ", " · "
# A name in a row of names is cut here, so that several stand beside each other.
MOST_NAME = 32
# On narrower paper a day has no bar, and fewer words.
NARROW = 56


def who(session: Session, on: date) -> Covers:
    """What lies at a day, in the order in which it is told."""
    return ahead.lying_on(session.contents.covers, on, session.desk if on == session.day else None)


def week_page(session: Session, span: DateRange, days: Sequence[DayAhead], paper: Window) -> Iterable[Line]:
    """The days, each with its load; who lies there a line each if that fits, else in rows of names."""
    runs = list(_runs(days))
    head = [_head(days, span, paper), EMPTY]
    foot = list(_foot(session, span, paper))
    foot = [EMPTY, *foot] if foot else []
    if paper.rows is None:
        return [*head, *_laid_out(session, runs, paper, None), *foot]
    # The prompt needs the last line of the window, and letters stand above it.
    room = paper.rows - 1 - len(head) - below(session, paper)
    if len(foot) + len(runs) > room:
        foot = []
    return [*head, *_laid_out(session, runs, paper, room - len(foot))[: room - len(foot)], *foot]


def _runs(days: Sequence[DayAhead]) -> Iterator[list[DayAhead]]:
    """Each day by itself, but days off in a row at which nothing lies together."""
    for name, run in groupby(days, lambda one: None if one.load else one.off):
        if name is None:
            yield from ([one] for one in run)
        else:
            yield list(run)


# The lines of the days ----------------------------------------------------------------------------------


def _laid_out(session: Session, runs: Sequence[list[DayAhead]], paper: Window, room: int | None) -> list[Line]:
    """The fullest way that fits: a line for each dossier, at least on the first days; else names, as many as fit."""
    heads = [_day_head(session, run, paper) for run in runs]
    lying = [who(session, run[0].on) if run[0].load else [] for run in runs]
    gaps = sum(1 for here in lying[:-1] if here)
    count = len(heads) + sum(map(len, lying))
    if room is None or count <= room:
        rows = [_line_each(session, run[0].on, here, paper) for run, here in zip(runs, lying, strict=True)]
        return _joined(heads, rows, apart=room is None or count + gaps <= room)
    rows = [_names(session, here, paper) for here in lying]
    count = len(heads) + sum(map(len, rows))
    apart = count + gaps <= room
    if count > room:
        shares = _shares([len(lines) for lines in rows], room - len(heads))
        rows = [_names(session, here, paper, most) for here, most in zip(lying, shares, strict=True)]
        return _joined(heads, rows, apart=False)
    left = room - count - gaps * apart
    for place, (run, here) in enumerate(zip(runs, lying, strict=True)):
        if len(here) - len(rows[place]) <= left:
            left -= len(here) - len(rows[place])
            rows[place] = _line_each(session, run[0].on, here, paper)
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


def _day_head(session: Session, run: Sequence[DayAhead], paper: Window) -> Line:
    """` Wed 15 July, today      3 promised   9, room for 8  ████████+`."""
    one, columns = run[0], paper.columns - 1
    name = _days(one.on, run[-1].on) + (", today" if run[-1].on == session.day else "")
    left = [Span(f" {name}", "head" if one.load else ""), Span(f"   {one_line(one.off)}" if one.off else "", "dim")]
    if not one.load:
        return row(left, [] if one.off else [Span(padded("free", 6 + BAR), "dim")], columns=columns)
    style = "late" if one.is_over else ""
    if paper.columns < NARROW:
        short = f"{one.load} of {one.capacity}"
        return row(
            left, [Span(f"{one.agreed}!  " if one.agreed else "", "agreed"), Span(short, style)], columns=columns
        )
    promised = f"{one.agreed} promised   " if one.agreed else ""
    # Of a day off there is no room to tell.
    count = f"{one.load}  " if one.off else f"{one.load}, room for {one.capacity}  "
    blocks = padded(bar(one.weight, one.capacity, BAR), BAR + 1)
    return row(left, [Span(promised, "agreed"), Span(count), Span(blocks, style)], columns=columns)


def _line_each(session: Session, on: date, covers: Sequence[Cover], paper: Window) -> list[Line]:
    return [list_row(session.shown(cover), _place(session, cover, on), session.day, paper) for cover in covers]


def _place(session: Session, cover: Cover, on: date) -> Place:
    late = cover.next is not None and slots.days_late(cover.next.on, session.day)
    return Place(slots.OVERDUE if late else str(on.day), on, Covers.of([]))


def _names(session: Session, covers: Sequence[Cover], paper: Window, most: int | None = None) -> list[Line]:
    """The names beside each other, on so many lines at the most; those that have no room are counted."""
    room = paper.columns - 1 - len(INDENT)
    lines: list[list[Span]] = []
    used = room
    for place, cover in enumerate(covers):
        spans = _name(session, cover, room)
        needed = sum(width(span.text) for span in spans)
        more = f"{BETWEEN}{len(covers) - place} more"
        is_last_line = most is not None and len(lines) == most
        kept = 0 if place == len(covers) - 1 else len(more)
        if lines and used + len(BETWEEN) + needed <= room - (kept if is_last_line else 0):
            lines[-1] += [Span(BETWEEN, "dim"), *spans]
            used += len(BETWEEN) + needed
        elif is_last_line or most == 0:
            if lines:
                lines[-1].append(Span(more, "dim"))
            break
        else:
            lines.append([Span(INDENT), *spans])
            used = needed
    return [tuple(line) for line in lines]


def _name(session: Session, cover: Cover, room: int) -> list[Span]:
    """`! 09:30 Novák Tisk`, or how many days late instead of the time."""
    assert cover.next
    late = slots.days_late(cover.next.on, session.day)
    clock = f"{cover.next.time:%H:%M} " if cover.next.time else ""
    return [
        Span("! " if cover.next.agreed else "", "agreed"),
        Span(f"{late} d ", "late") if late else Span(clock, "bold"),
        Span(fitted(cover.name, min(MOST_NAME, room - 12))),
    ]


# Head and foot ------------------------------------------------------------------------------------------


def _head(days: Sequence[DayAhead], span: DateRange, paper: Window) -> Line:
    load = sum(one.load for one in days)
    first, last = (days[0].on, days[-1].on) if days else (span.first, span.last)
    return row(
        [Span(f" Week {last.isocalendar().week}   {_days(first, last)} {last.year}", "head")],
        [Span(f"{load} to do")],
        columns=paper.columns - 1,
    )


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


def _foot(session: Session, span: DateRange, paper: Window) -> Iterator[Line]:
    """What lies in the month without a day, and what has no date at all."""
    covers = session.contents.covers
    head = " NO DAY YET   "
    piles = [(f"in {month.name.capitalize()}", ahead.without_day(covers, month)) for month in span.months]
    for name, pile in [*piles, ("no date at all", ahead.without_date(covers))]:
        if pile:
            text = f"{name}: {', '.join(map(one_line, pile.names))}"
            yield Span(head, "head"), Span(fitted(text, paper.columns - 1 - len(head)))
            head = " " * len(head)
