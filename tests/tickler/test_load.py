"""What a day has room for, and the day that a rhythm proposes in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays
from clientfolder.dates.rhythm import Rhythm, parse
from clientfolder.dossier.types import Proposal
from clientfolder.settings.values import Capacity
from clientfolder.tickler.load import Room, loads
from clients import client

WEDNESDAY = date(2026, 7, 15)
OFFICE = Room()


def proposed(rhythm: str, last_contact: str, day: str = "2026-07-15", room: Room = OFFICE) -> Proposal:
    every = parse(rhythm)
    assert every
    return room.proposed(every, date.fromisoformat(last_contact), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("rhythm", "last_contact", "on", "why"),
    [
        ("6 weeks", "2026-07-15", "2026-08-26", None),
        ("10 days", "2026-07-15", "2026-07-27", "a Saturday"),
        ("3 days", "2026-07-15", "2026-07-20", "a Saturday"),
        ("1 month", "2026-07-15", "2026-08-17", "a Saturday"),
        ("6 months", "2026-08-31", "2027-03-01", "a Sunday"),
        ("1 week", "2026-06-01", "2026-07-16", "already past"),
        ("every month on the 31st", "2026-07-15", "2026-07-31", None),
        ("every month on the 1st", "2026-07-15", "2026-08-03", "a Saturday"),
    ],
)
def test_a_rhythm_proposes_the_working_day_on_or_after_its_date_and_after_today(
    rhythm: str, last_contact: str, on: str, why: str | None
) -> None:
    found = proposed(rhythm, last_contact)
    assert (found.on, found.why) == (date.fromisoformat(on), why)


def test_a_day_off_slides_to_the_next_working_day_and_says_so() -> None:
    room = Room(WorkingDays(off=frozenset({date(2026, 5, 1)})))
    found = proposed("every month on the 1st", "2026-04-01", "2026-04-20", room)
    assert found == Proposal(date(2026, 5, 4), date(2026, 5, 1), date(2026, 5, 1), "day off")


def test_a_public_holiday_says_its_name() -> None:
    room = Room(WorkingDays(holidays={date(2026, 5, 1): "Labour Day"}))
    assert proposed("every month on the 1st", "2026-04-01", "2026-04-20", room).why == "Labour Day"


def test_a_weekday_that_does_not_suit_the_client_is_passed_over() -> None:
    found = OFFICE.proposed(Rhythm(1, "week"), date(2026, 7, 13), WEDNESDAY, frozenset({0}))
    assert (found.on, found.why) == (date(2026, 7, 21), "not on Mondays")


def test_a_full_day_gives_way_to_one_of_the_next_with_room() -> None:
    full = {date(2026, 8, 26): 8.0, date(2026, 8, 27): 9.0}
    found = proposed("6 weeks", "2026-07-15", room=Room(weight=full))
    assert (found.on, found.why) == (date(2026, 8, 28), "full")
    crowd = {date(2026, 8, 26) + ONE_DAY * count: 8.0 for count in range(30)}
    assert proposed("6 weeks", "2026-07-15", room=Room(weight=crowd)).on == date(2026, 8, 26)


def test_a_wanted_day_is_wanted_even_if_it_is_full() -> None:
    full = Room(weight={date(2026, 7, 31): 20.0})
    assert proposed("every month on the 31st", "2026-07-15", room=full).on == date(2026, 7, 31)


def test_if_no_working_day_suits_them_all_do() -> None:
    found = OFFICE.proposed(Rhythm(1, "week"), date(2026, 7, 13), WEDNESDAY, frozenset(range(7)))
    assert found.on == date(2026, 7, 20)


def test_inside_the_tolerance_the_middle_and_where_all_are_nearly_full_the_lightest() -> None:
    assert proposed("4-6 weeks", "2026-07-15").on == date(2026, 8, 19)
    everywhere = {date(2026, 8, 12) + ONE_DAY * count: 8.0 for count in range(15)}
    light = Room(weight={**everywhere, date(2026, 8, 25): 7})
    assert proposed("4-6 weeks", "2026-07-15", room=light).on == date(2026, 8, 25)


def test_light_is_told_against_the_capacity_of_the_weekday() -> None:
    days = [date(2026, 8, 17) + ONE_DAY * count for count in range(5)]
    room = Room(capacity=Capacity((8, 8, 8, 8, 2, 8, 8)), weight=dict.fromkeys(days, 1.0))
    assert room.lightest(days, near=date(2026, 8, 21)) == date(2026, 8, 20)


def test_weights_that_do_not_add_up_to_the_last_digit_fill_a_day_and_no_more() -> None:
    """Ten times 0.1 is a day of one, whatever a computer makes of it."""
    for tenths in (3 * 0.1 + 7 * 0.1, sum([0.1] * 10), 1.1 - 0.1 + 2e-16):
        full = Room(capacity=Capacity((1,) * 7), weight={WEDNESDAY: tenths})
        assert not full.is_over(WEDNESDAY)
        assert full.has_room(WEDNESDAY, 0)
        assert not full.has_room(WEDNESDAY, 0.1)
        nearly = full._replace(weight={WEDNESDAY: tenths - 0.1})
        assert nearly.has_room(WEDNESDAY, 0.1)
        assert nearly.fullness(WEDNESDAY, 0.1) == pytest.approx(full.fullness(WEDNESDAY)) == pytest.approx(1)
        assert full._replace(weight={WEDNESDAY: tenths + 0.1}).is_over(WEDNESDAY)
    none = Room(capacity=Capacity((0,) * 7))
    assert not none.is_over(WEDNESDAY)
    assert none.fullness(WEDNESDAY, 0.1) > full.fullness(WEDNESDAY, 99)


DAYS = st.dates(date(2026, 7, 16), date(2026, 9, 30))


@given(
    st.builds(lambda n, m, u: Rhythm(n, u, n + m), st.integers(1, 5), st.integers(0, 3), st.sampled_from(["day", "week"])),
    st.integers(0, 40),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(DAYS, max_size=30),
    st.sets(st.integers(0, 6), max_size=5),
    st.dictionaries(DAYS, st.integers(0, 12), max_size=40),
)  # fmt: skip
def test_no_other_day_would_have_been_better(
    every: Rhythm, days_since: int, weekdays: set[int], off: set[date], not_on: set[int], weight: dict[date, float]
) -> None:
    room = Room(WorkingDays(frozenset(weekdays), frozenset(off)), weight=weight)
    last_contact = WEDNESDAY - timedelta(days=days_since)
    found = room.proposed(every, last_contact, WEDNESDAY, frozenset(not_on))
    first, last = every.window(last_contact)
    assert found.on > WEDNESDAY
    assert found.on in room.working
    assert found.on.weekday() not in not_on or weekdays <= not_on
    window = [first + ONE_DAY * count for count in range((last - first).days + 1)]
    suiting = [day for day in window if day > WEDNESDAY and room.why_not(day, frozenset(not_on)) is None]
    if suiting and (first != last or room.left(first) >= 1):
        assert found.on in suiting
        middle = first + (last - first) / 2
        free = [day for day in suiting if first != last and weight.get(day, 0) < 0.85 * room.capacity.on(day)]
        if free:
            assert found.on in free
            assert all(abs(found.on - middle) <= abs(day - middle) for day in free)
        else:
            assert all(room.fullness(found.on) <= room.fullness(day) for day in suiting)
    else:
        start = max(last, WEDNESDAY + ONE_DAY)
        between = [start + ONE_DAY * count for count in range((found.on - start).days)]
        assert all(room.why_not(day, frozenset(not_on)) or room.left(day) < 1 for day in between)


def test_a_load_is_counted_for_each_day_and_month_the_overdue_with_today() -> None:
    yesterday, friday, next_year = WEDNESDAY - ONE_DAY, date(2026, 7, 17), date(2027, 7, 15)
    august, later = Month(2026, 8), Month(2028, 1)
    filed = [yesterday, yesterday, WEDNESDAY, WEDNESDAY, friday, friday, date(2026, 8, 3), next_year, august, later]
    there = [client(f"C{number}", on) for number, on in enumerate(filed)]
    there += [client("Nowhere"), client("Resting", friday, resting="moved away")]
    assert loads(there, WEDNESDAY) == {
        WEDNESDAY: 4,
        friday: 2,
        date(2026, 8, 3): 1,
        next_year: 1,
        august: 1,
        later: 1,
    }


def test_a_month_wholly_past_counts_today_and_a_day_nobody_lies_at_counts_nothing() -> None:
    thursday = WEDNESDAY + ONE_DAY
    load = loads([client("June", Month(2026, 6)), client("Nowhere"), client("A", thursday, resting="")], WEDNESDAY)
    assert load == {WEDNESDAY: 1}
    assert load[thursday] == 0
