"""The days ahead as dated inserts: which they are, what lies there, and that nothing lies there twice or is lost."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, time, timedelta

import pytest

from clientfolder.cli.output.terminal import bar
from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, How, Next
from clientfolder.settings.values import Capacity
from clientfolder.tickler import ahead, desk
from clientfolder.tickler.inserts import no_rhythm, slot_of
from clientfolder.tickler.load import Room, loads, weigh
from clients import client

WEDNESDAY = date(2026, 7, 15)
TWO_YEARS = [date(2026, 1, 1) + ONE_DAY * count for count in range(731)]
# A week with a day off in it, one without any working day, and a week whose last working day is off.
WORKING = WorkingDays(
    off=frozenset({date(2026, 4, 3), *(date(2026, 12, 21) + ONE_DAY * count for count in range(14))}),
    holidays={date(2026, 5, 1): "Labour Day", date(2026, 5, 14): "Ascension Day"},
)


def many() -> Covers:
    """Dossiers at most days of two years and some more, some promised, some resting, some without a day or a date."""
    chance = random.Random(5)
    covers = []
    for number in range(1500):
        on: date | Month | None = chance.choice(TWO_YEARS) + timedelta(days=chance.choice((0, 0, 0, 40)))
        if number % 10 == 0:
            on = Month.of(on) if on else None
        how: How = "agreed" if number % 7 == 0 else "planned"
        clock = time(chance.randint(8, 17)) if number % 3 == 0 and isinstance(on, date) else None
        covers.append(
            client(
                f"C{number:04}",
                None if number % 50 == 1 else on,
                how,
                clock,
                resting="why" if number % 31 == 0 else None,
            )
        )
    return Covers.of(covers)


# Which days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weekdays", [{0, 1, 2, 3, 4}, {0, 2}, {5}, {0, 1, 2, 3, 4, 5, 6}, {6, 0}])
def test_the_week_holds_today_or_the_next_working_day_on_every_day_of_two_years(weekdays: set[int]) -> None:
    working = WORKING._replace(weekdays=frozenset(weekdays))
    for day in TWO_YEARS:
        span = ahead.coming_week(working, day)
        next_worked = working.on_or_after(day)
        assert span.first == day
        assert next_worked in span
        assert span.last >= ahead.week_ahead(next_worked, day).last
        assert (span.last - next_worked).days < 7


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-07-15", "2026-07-19"),
        ("2026-07-17", "2026-07-25"),  # a Friday: Sunday 19 to Thursday 23 are worked next
        ("2026-07-18", "2026-07-25"),
        ("2026-07-19", "2026-07-25"),
        ("2026-07-20", "2026-07-26"),
    ],
)
def test_a_working_week_from_sunday_to_thursday_is_shown_whole(day: str, last: str) -> None:
    working = WorkingDays(frozenset({6, 0, 1, 2, 3}))
    assert str(ahead.coming_week(working, date.fromisoformat(day)).last) == last


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-07-15", "2026-07-19"),
        ("2026-07-17", "2026-07-19"),
        ("2026-07-18", "2026-07-26"),  # a Saturday
        ("2026-07-19", "2026-07-26"),
        ("2026-05-01", "2026-05-10"),  # a Friday that is a holiday
        ("2026-04-30", "2026-05-03"),
        ("2026-12-19", "2027-01-10"),  # two weeks off
    ],
)
def test_when_nothing_of_this_week_is_worked_the_coming_one_is_shown(day: str, last: str) -> None:
    assert str(ahead.coming_week(WORKING, date.fromisoformat(day)).last) == last


def test_the_week_of_a_day_is_from_monday_and_of_this_week_what_is_left() -> None:
    for day in TWO_YEARS[::5]:
        for on in (day + ONE_DAY * count for count in range(40)):
            span = ahead.week_ahead(on, day)
            assert on in span
            assert span.last.isocalendar()[:2] == on.isocalendar()[:2]
            assert span.first == max(day, span.last - timedelta(days=6))


@pytest.mark.parametrize("months", [1, 2, 3])
def test_a_month_ahead_is_about_22_working_days_on_every_day_of_two_years(months: int) -> None:
    working = WorkingDays()
    for day in TWO_YEARS:
        span = ahead.months_ahead(day, months)
        assert span.first == day
        worked = sum(one in working for one in span)
        assert 19 * months <= worked <= 23 * months, day
    assert str(ahead.months_ahead(date(2026, 1, 31), 1).last) == "2026-02-27"
    assert str(ahead.months_ahead(date(2026, 12, 1), 3).last) == "2027-02-28"


# What lies there --------------------------------------------------------------------------------------


def test_every_dossier_with_a_day_in_the_week_stands_exactly_once_on_days_of_two_years() -> None:
    covers = many()
    # Five is prime to the days of a week and of most months, so every weekday and every day number comes up.
    for day in TWO_YEARS[::5]:
        on_desk = desk.lay_out(covers, day)
        room = Room(WORKING, weight=loads(covers, day))
        for span in (ahead.coming_week(WORKING, day), ahead.week_ahead(day + timedelta(days=9), day)):
            days = ahead.days_ahead(covers, room, day, span)
            shown: Counter[str] = Counter()
            for one in days:
                here = ahead.lying_on(covers, one.on, on_desk if one.on == day else None)
                shown.update(here.clients)
                assert one.load == len(here) == one.weight
                assert one.agreed == sum(cover.next is not None and cover.next.agreed for cover in here)
            expected = {
                cover.client
                for cover in covers
                if cover.next and cover.resting is None
                and ((isinstance(cover.next.on, date) and span.first <= cover.next.on <= span.last)
                     or (span.first == day and slot_of(cover, day) == "overdue"))
            }  # fmt: skip
            assert shown == Counter(expected)


def test_all_days_of_the_span_are_there_but_idle_weekends() -> None:
    covers = many()
    for day in TWO_YEARS[::3]:
        room = Room(WORKING, weight=loads(covers, day))
        span = ahead.months_ahead(day, 2)
        days = {one.on: one for one in ahead.days_ahead(covers, room, day, span)}
        for on in span:
            assert (on in days) == (on.weekday() < 5 or bool(room.weight.get(on)))
        assert all((one.off is None) == (not WORKING.is_off(on)) for on, one in days.items())


def test_everybody_is_counted_once_beside_the_dated_inserts() -> None:
    covers = many()
    living = sum(cover.resting is None for cover in covers)
    for day in TWO_YEARS[::3]:
        room = Room(WORKING, weight=loads(covers, day))
        for months in (1, 3):
            span = ahead.months_ahead(day, months)
            at_days = sum(one.load for one in ahead.days_ahead(covers, room, day, span))
            undated = sum(len(ahead.without_day(covers, month)) for month in span.months)
            assert at_days + undated + ahead.beyond(covers, span) + len(ahead.without_date(covers)) == living


def test_promised_first_then_by_time_then_by_name_and_the_late_ones_lie_at_today() -> None:
    covers = Covers.of(
        [
            client("Zoe", WEDNESDAY),
            client("Anna", WEDNESDAY),
            client("Timed", WEDNESDAY, at=time(9)),
            client("Later", WEDNESDAY, "agreed", time(14)),
            client("Sooner", WEDNESDAY, "agreed", time(9, 30)),
            client("Promised", WEDNESDAY, "agreed"),
            client("Broken", WEDNESDAY - ONE_DAY, "agreed", time(8)),
            client("Late", WEDNESDAY - ONE_DAY),
            client("June", Month(2026, 6)),
            client("July", Month(2026, 7)),
            client("Resting", WEDNESDAY, resting="why"),
            client("Nowhere", None),
        ]
    )
    on_desk = desk.lay_out(covers, WEDNESDAY)
    assert ahead.lying_on(covers, WEDNESDAY, on_desk).names == [
        "Broken", "Sooner", "Later", "Promised", "June", "Late", "Timed", "Anna", "Zoe",
    ]  # fmt: skip
    assert ahead.without_day(covers, Month(2026, 7)).names == ["July"]
    assert ahead.without_date(covers).names == ["Nowhere"]
    assert ahead.late(covers, WEDNESDAY) == 3


def test_a_day_is_over_by_weight_not_by_count() -> None:
    covers = Covers.of([Cover("a", "A", next=Next(WEDNESDAY, kind="visit")), client("B", WEDNESDAY)])
    weight = weigh(covers, WEDNESDAY, {"visit": 4})
    room = Room(WORKING, Capacity((8, 8, 4, 8, 8, 8, 8)), weight)
    [one] = ahead.days_ahead(covers, room, WEDNESDAY, DateRange(WEDNESDAY, WEDNESDAY))
    assert (one.load, one.weight, one.capacity, one.is_over) == (2, 5, 4, True)


def test_a_day_that_is_just_full_is_not_over() -> None:
    """Three visits of 0.8 and a mail of 0.6 weigh 3, which as a computer adds them up is a hair more."""
    there = [Cover(name, name, next=Next(WEDNESDAY, kind="visit")) for name in "abc"]
    there.append(Cover("d", "D", next=Next(WEDNESDAY, kind="mail")))
    weight = weigh(there, WEDNESDAY, {"visit": 0.8, "mail": 0.6})
    assert weight[WEDNESDAY] > 3
    room = Room(WORKING, Capacity((3,) * 7), weight)
    [one] = ahead.days_ahead(Covers.of(there), room, WEDNESDAY, DateRange(WEDNESDAY, WEDNESDAY))
    assert not one.is_over
    assert bar(weight[WEDNESDAY], 3, 3) == "███"


# What the pages are made from -------------------------------------------------------------------------


@pytest.mark.parametrize("day", TWO_YEARS[::61])
def test_a_week_has_each_who_lies_in_it_once_and_tells_as_many_as_it_counts(day: date) -> None:
    covers = many()
    room = Room(WORKING, Capacity(), loads(covers, day))
    span = ahead.coming_week(WORKING, day)
    week = ahead.week(covers, day, room, span, no_rhythm)
    assert {one.on: one.load for one in week.days if one.load} == {on: len(pile) for on, pile in week.lying.items()}
    told = Counter(client for pile in week.lying.values() for client in pile.clients)
    assert set(told.values()) <= {1}
    assert set(desk.lay_out(covers, day).pile.clients) <= set(told)
    assert [month for month, _ in week.undated] == list(span.months)


@pytest.mark.parametrize("months", [1, 2, 3])
@pytest.mark.parametrize("day", TWO_YEARS[::61])
def test_in_a_dated_binder_everybody_who_does_not_rest_is_counted_once(day: date, months: int) -> None:
    covers = many()
    load = loads(covers, day)
    binder = ahead.dated_binder(covers, day, Room(WORKING, Capacity(), load), months)
    undated = sum(count for _, count in binder.undated)
    counted = sum(one.load for one in binder.days) + undated + binder.unfiled + binder.beyond
    living = sum(1 for cover in covers if cover.resting is None)
    assert counted == living
    assert binder.late == len(desk.lay_out(covers, day).overdue)
