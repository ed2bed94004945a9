"""What page and JSON tell of a plan."""

from __future__ import annotations

from datetime import date, time

from clientfolder.dates.calendar import Month, WorkingDays
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Cover
from clientfolder.settings.values import Capacity
from clientfolder.tickler import absence
from clientfolder.tickler.load import Room, loads, weigh
from clientfolder.tickler.plan_view import DayFill, MonthLeft, time_away, view_plan
from clientfolder.tickler.spreading import Plan, Terms, spread
from clients import client

DAY = date(2026, 7, 15)
JULY = Month(2026, 7)


def day(number: int) -> date:
    return date(2026, 7, number)


def terms_of(there: list[Cover], capacity: int = 1) -> Terms:
    room = Room(WorkingDays(off=frozenset([day(17)])), Capacity((capacity,) * 7), weigh(there, DAY, {}))
    return Terms(DAY, room, loads(there, DAY), lambda cover: None, lambda cover: 1)


def test_the_days_before_are_those_too_full_and_the_days_after_all_between() -> None:
    there = [client("anna", day(15)), client("ben", day(15)), client("clara", day(16), how="agreed")]
    view = view_plan(spread(there, terms_of(there)), DAY, {day(16)})
    assert view.before == (DayFill(day(15), 2, 2, 1, is_over=True, is_promised=False),)
    # The 17th is off, and the weekend is not worked.
    assert [(fill.on.day, fill.load, fill.is_promised) for fill in view.after] == [
        (15, 1, False),
        (16, 1, True),
        (20, 1, False),
    ]


def test_a_day_that_is_not_too_full_is_told_where_none_is() -> None:
    there = [client("anna", day(15))]
    view = view_plan(spread(there, terms_of(there)), DAY, set())
    assert view.before == view.after == (DayFill(day(15), 1, 1, 1, is_over=False, is_promised=False),)


def test_of_months_without_a_day_those_that_are_over_are_not_told() -> None:
    there = [client("anna", JULY), client("ben", JULY), client("clara", Month(2026, 6)), client("dora", None)]
    view = view_plan(spread(there, terms_of(there)), DAY, set())
    assert (view.undated, view.unfiled) == (((JULY, 2),), 1)


def test_a_plan_for_nothing_tells_of_no_day() -> None:
    view = view_plan(spread([], terms_of([])), DAY, set())
    assert (view.before, view.undated, view.unfiled, view.after, view.away) == ((), (), 0, (), None)


def away(there: list[Cover], days: DateRange) -> Plan:
    terms = terms_of(there)
    working = terms.room.working
    off = working.off | {*absence.new_days_off(days, working)}
    return absence.away(there, days, terms._replace(room=terms.room._replace(working=working._replace(off=off))))


def test_whom_to_tell_comes_by_day_and_time_and_as_it_is_shown() -> None:
    days = DateRange(day(20), day(22))
    there = [
        client("zoe", day(21), how="agreed", at=time(9)),
        client("anna", day(21), how="agreed"),
        client("ben", day(21), how="agreed", at=time(14, 30)),
        client("yves", day(20), how="agreed"),
        client("mia", day(20)),
    ]
    plan = away(there, days)
    told = time_away(plan, days, (day(20),), DAY, {}, lambda cover: cover._replace(company="Shown"))
    assert [cover.client for cover in told.tell] == ["yves", "zoe", "ben", "anna"]
    assert {cover.company for cover in told.tell} == {"Shown"}


def test_a_month_that_loses_days_tells_how_many_are_left_from_today() -> None:
    days = DateRange(day(20), date(2026, 8, 3))
    told = time_away(away([], days), days, (), DAY, {JULY: 2, Month(2026, 9): 1}, lambda cover: cover)
    # The 15th and the 16th: the 17th is off, and so are the last two weeks.
    assert told.months == (MonthLeft(JULY, undated=2, working_days=2),)
