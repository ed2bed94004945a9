"""The days ahead as dated inserts: the coming week, and the working days of one to three months, with their load.

Pure: covers and a day go in, days with what lies at them come out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays, last_day
from clientfolder.dates.ranges import DateRange, week_of
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers, DueKey
from clientfolder.dossier.types import Cover
from clientfolder.tickler.desk import Desk, lay_out
from clientfolder.tickler.load import Room
from clientfolder.tuples import NamedTuple

# How many months ahead may be shown, as they are typed.
MONTHS = ("1", "2", "3")


def week_ahead(on: date, day: date) -> DateRange:
    """The week of that day, from Monday; of the running one what is left of it."""
    return week_of(on).clipped(day)


def coming_week(working: WorkingDays, day: date) -> DateRange:
    """What is left of this week; where none of it is worked, the week of the next working day too.

    Where the working week does not begin on a Monday, as from Sunday to Thursday, it ends with its own free days.
    Raises OverflowError past the year 9999.
    """
    worked = working.on_or_after(day)
    begin = worked - ONE_DAY * ((worked.weekday() - working.first_weekday) % 7)
    return DateRange(day, max(week_ahead(worked, day).last, begin + 6 * ONE_DAY))


def months_ahead(day: date, months: int) -> DateRange:
    """From today so many months on: about 22 working days each, whatever day of the month it is."""
    end = Month.of(day).plus(months)
    return DateRange(day, date(end.year, end.month, min(day.day, end.last.day)) - ONE_DAY)


class DayAhead(NamedTuple):
    """A day, what it has room for, and what lies there; today's with the overdue ones.

    `load` counts the dossiers, `weight` weighs them, `agreed` counts those promised; `off` is the name of a day off;
    `is_over` tells whether they weigh more than it has room for.
    """

    on: date
    capacity: int
    load: int
    weight: float
    agreed: int
    off: str | None
    is_over: bool


def days_ahead(covers: Covers, room: Room, day: date, span: DateRange) -> list[DayAhead]:
    """The working days and days off of a span, and of the other days those at which something lies."""
    load: dict[date, int] = {}
    agreed: dict[date, int] = {}
    for due, count in covers.count_by_due().items():
        if due.on is None:
            continue
        on = day if last_day(due.on) < day else due.on
        if isinstance(on, date) and on in span:
            load[on] = load.get(on, 0) + count
            agreed[on] = agreed.get(on, 0) + count * due.agreed
    working = room.working
    return [
        DayAhead(
            on, room.capacity.on(on), load.get(on, 0), room.weight.get(on, 0), agreed.get(on, 0),
            working.off_for(on) if working.is_off(on) else None, room.is_over(on),
        )
        for on in span
        if on in load or on.weekday() in working.weekdays
    ]  # fmt: skip


def lying_on(covers: Covers, on: date, desk: Desk | None) -> Covers:
    """What lies at a day: promised first, late before timed, then by time, then by name.

    `desk`: that of the day, where it is today; then the overdue ones lie there too.
    """
    here = desk.pile if desk else covers.where_due(lambda due: due.on == on)
    late = {client: number for number, client in enumerate(desk.overdue.clients)} if desk else {}

    def rank(cover: Cover) -> tuple[bool, int, bool, str]:
        contact = cover.next
        assert contact
        clock = contact.time.isoformat() if contact.time and cover.client not in late else ""
        return not contact.agreed, late.get(cover.client, len(late)), not clock, clock

    return here.sorted(rank)


def without_day(covers: Covers, month: Month) -> Covers:
    """What lies in a month and has no day of it yet."""
    return covers.where_due(lambda due: due.on == month).by_name()


def without_date(covers: Covers) -> Covers:
    """What has no date and does not rest."""
    return covers.where_due(lambda due: due.on is None and not due.resting).by_name()


def late(covers: Covers, day: date) -> int:
    """How many are late; they count today."""
    return len(covers.where_due(lambda due: due.on is not None and last_day(due.on) < day))


def beyond(covers: Covers, span: DateRange) -> int:
    """How many lie behind the last day of the span, and behind its months."""

    def is_behind(due: DueKey) -> bool:
        return due.on is not None and (due.on.first if isinstance(due.on, Month) else due.on) > span.last

    return len(covers.where_due(is_behind))


# The pages ---------------------------------------------------------------------------------------------


class Week(NamedTuple):
    """The days of a week, who lies at each of them in the order in which it is told, and what has no day.

    `lying` has the days at which something lies; `undated` has each month of the span with what lies in it without a
    day; `covers`: all of the folder, the owners of slips in it.
    """

    day: date
    span: DateRange
    days: tuple[DayAhead, ...]
    lying: Mapping[date, Covers]
    undated: tuple[tuple[Month, Covers], ...]
    unfiled: Covers
    covers: Covers


def week(covers: Covers, day: date, room: Room, span: DateRange, every: Callable[[Cover], Rhythm | None]) -> Week:
    """The days of the span as one would print them out. `every`: a client's rhythm, which orders the late ones."""
    days = days_ahead(covers, room, day, span)
    lying = {
        one.on: lying_on(covers, one.on, lay_out(covers, day, every) if one.on == day else None)
        for one in days
        if one.load
    }
    undated = tuple((month, without_day(covers, month)) for month in span.months)
    return Week(day, span, tuple(days), lying, undated, without_date(covers), covers)


class DatedBinder(NamedTuple):
    """The working days of the coming months with their load, and how many lie at none of these days.

    `late`: they count today; `undated`: of each month, those in it without a day; `unfiled`: those without any date;
    `beyond`: those behind the last day.
    """

    day: date
    span: DateRange
    days: tuple[DayAhead, ...]
    room: Room
    late: int
    undated: tuple[tuple[Month, int], ...]
    unfiled: int
    beyond: int


def dated_binder(covers: Covers, day: date, room: Room, months: int) -> DatedBinder:
    """So many months from today on."""
    span = months_ahead(day, months)
    return DatedBinder(
        day,
        span,
        tuple(days_ahead(covers, room, day, span)),
        room,
        late(covers, day),
        tuple((month, len(without_day(covers, month))) for month in span.months),
        len(without_date(covers)),
        beyond(covers, span),
    )
