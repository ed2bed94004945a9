"""What is told of a plan: the one value of which the page and the JSON of `cf spread` and `cf away` are made. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from clientfolder.dates.calendar import Month, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Cover
from clientfolder.tickler.spreading import Lay, Load, Plan, Why
from clientfolder.tuples import NamedTuple


class DayFill(NamedTuple):
    """How full a day is: how many dossiers lie there, what they weigh, and what it has room for."""

    on: date
    load: int
    weight: float
    capacity: int
    is_over: bool
    is_promised: bool


class MonthLeft(NamedTuple):
    """A month that loses days: how many lie there without a day, and how many working days are left of it."""

    month: Month
    undated: int
    working_days: int


class TimeAway(NamedTuple):
    """Days off: all of them, those that would have been worked, whom to tell by day and time, and what months lose."""

    days: DateRange
    days_off: tuple[date, ...]
    tell: tuple[Cover, ...]
    months: tuple[MonthLeft, ...]


class PlanView(NamedTuple):
    """A plan with how full the days are. `day` is today.

    `before`: the days looked at that were too full, or the first of them. `undated`: each month in which some of those
    lay that the plan is for, and how many; `unfiled`: how many had no date at all. `after`: with the plan, the days
    looked at and the working days from the first to the last that gets something. `away`: where the plan is for an
    absence.
    """

    day: date
    plan: Plan
    before: tuple[DayFill, ...]
    undated: tuple[tuple[Month, int], ...]
    unfiled: int
    after: tuple[DayFill, ...]
    away: TimeAway | None = None


def view_plan(plan: Plan, day: date, promised: AbstractSet[date | Month], away: TimeAway | None = None) -> PlanView:
    """All that is told of a plan. `promised`: the days at which something is promised."""

    def fill(lay: Lay, on: date) -> DayFill:
        weight = lay.room.weight.get(on, 0)
        return DayFill(on, lay.load.get(on, 0), weight, lay.capacity(on), lay.is_over(on), on in promised)

    full = [on for on in plan.places if plan.before.is_over(on)] or plan.places[:1]
    covers = [*(move.cover for move in plan.moves), *(stay.cover for stay in plan.stays)]
    months = [cover.next.on for cover in covers if cover.next and isinstance(cover.next.on, Month)]
    return PlanView(
        day,
        plan,
        before=tuple(fill(plan.before, on) for on in full),
        undated=tuple((month, months.count(month)) for month in sorted({*months}) if month.last >= day),
        unfiled=sum(cover.next is None for cover in covers),
        after=tuple(fill(plan.after, on) for on in _days_after(plan)),
        away=away,
    )


def _days_after(plan: Plan) -> list[date]:
    """The days that were looked at, and the working days from the first to the last that gets something."""
    to = [move.to for move in plan.moves]
    between = DateRange(min(to), max(to)) if to else ()
    return sorted({*plan.places, *(on for on in between if on in plan.after.room.working)})


def time_away(
    plan: Plan, days: DateRange, days_off: tuple[date, ...], day: date, load: Load, shown: Callable[[Cover], Cover]
) -> TimeAway:
    """What is told of an absence. `shown` gives a slip the name and the number of its client."""
    tell = sorted(plan.staying(Why.PROMISED), key=_by_time)
    return TimeAway(days, days_off, tuple(map(shown, tell)), tuple(_months_left(plan, days, day, load)))


def _by_time(cover: Cover) -> tuple[date, bool, str, tuple[str, str]]:
    assert cover.next
    at = cover.next.time
    return last_day(cover.next.on), at is None, at.isoformat() if at else "", cover.sorted_by


def _months_left(plan: Plan, days: DateRange, day: date, load: Load) -> Iterator[MonthLeft]:
    working = plan.after.room.working
    for month in days.months:
        if count := load.get(month, 0):
            left = DateRange(max(month.first, day), month.last)
            yield MonthLeft(month, count, sum(on in working for on in left))
