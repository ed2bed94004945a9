"""How long somebody waits on the clock of the desk: counted minute by minute, over a year and whatever its nights hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import thorough
from clientfolder.dates.calendar import ONE_DAY, WorkingDays
from clientfolder.dates.desk_hours import DeskHours, read_hours

MINUTE = timedelta(minutes=1)
OFFICE = DeskHours(8 * 60, 18 * 60)
ALWAYS = DeskHours(0, 24 * 60)
YEAR = datetime(2026, 1, 1)


def minutes(start: datetime, now: datetime, working: WorkingDays, hours: DeskHours) -> int:
    """The same told by looking at each minute."""
    count = 0
    while start < now:
        count += start.date() in working and hours.begin <= start.hour * 60 + start.minute < hours.end
        start += MINUTE
    return count


@pytest.mark.parametrize("hours", [OFFICE, ALWAYS, DeskHours(22 * 60, 24 * 60), DeskHours(0, 1)])
def test_every_minute_of_a_year_is_counted_once(hours: DeskHours) -> None:
    working = WorkingDays(frozenset({0, 1, 2, 4, 6}), frozenset({date(2026, 5, 1), date(2026, 12, 25)}))
    # As many minutes at once as share no factor with an hour, so that each minute of it is met.
    step = 1 if thorough.is_on else 41
    now = YEAR
    while now.year == YEAR.year:
        start, counted = now, 0
        while now < start + 2 * ONE_DAY:
            assert hours.passed(start, now, working) == counted * MINUTE, now
            counted += minutes(now, now + step * MINUTE, working, hours)
            now += step * MINUTE


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30)),
    st.integers(0, 9 * 24 * 60),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2026, 3, 1), date(2026, 5, 9)), max_size=9),
)
def test_it_is_what_counting_says(
    start: datetime, span: int, begin: int, length: int, week: set[int], off: set[date]
) -> None:
    start = start.replace(second=0, microsecond=0)
    hours = DeskHours(begin, min(begin + length, 1440))
    working = WorkingDays(frozenset(week), frozenset(off))
    now = start + span * MINUTE
    assert hours.passed(start, now, working) == minutes(start, now, working, hours) * MINUTE


@pytest.mark.parametrize("hours", [OFFICE, ALWAYS, DeskHours(9 * 60, 24 * 60)])
@pytest.mark.parametrize("begin", [datetime(2026, 3, 27, 17, 40), datetime(2026, 10, 23, 17, 40)])
def test_it_never_falls_as_the_clock_runs_through_a_change_of_the_clock(hours: DeskHours, begin: datetime) -> None:
    zone, working = ZoneInfo("Europe/Prague"), WorkingDays(frozenset(range(7)))
    at = begin.replace(tzinfo=zone)
    start = at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
    before = timedelta()
    for passed in range(0, 4 * 24 * 60, 7):
        now = (start + passed * MINUTE).astimezone(zone)
        told = hours.passed(start, now.replace(tzinfo=timezone(now.utcoffset() or timedelta())), working)
        assert before <= told <= before + 7 * MINUTE or hours == ALWAYS
        assert before <= told
        before = told


def test_the_wall_clock_counts_wherever_on_earth_it_was_written() -> None:
    asked = datetime(2026, 7, 14, 17, 10, tzinfo=timezone(timedelta(hours=9)))
    now = datetime(2026, 7, 15, 9, 40, tzinfo=timezone(timedelta(hours=2)))
    assert OFFICE.passed(asked, now, WorkingDays()) == timedelta(hours=2, minutes=30)


def test_what_is_to_come_has_not_passed_and_a_day_begins_at_midnight() -> None:
    noon = datetime(2026, 7, 15, 12)
    assert OFFICE.passed(noon + ONE_DAY, noon, WorkingDays()) == timedelta()
    assert OFFICE.passed(date(2026, 7, 15), noon, WorkingDays()) == timedelta(hours=4)
    assert OFFICE.passed(noon, date(2026, 7, 15), WorkingDays()) == timedelta()
    assert ALWAYS.passed(date(2026, 7, 14), datetime.combine(date(2026, 7, 15), time()), WorkingDays()) == ONE_DAY


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8-18", OFFICE),
        ("0-24", ALWAYS),
        (" 8:30 - 17 ", DeskHours(510, 1020)),
        ("18-8", None),
        ("8-8", None),
        ("0-24:01", None),
        ("8:60-18", None),
        ("8", None),
        ("", None),
        ("8-18h", None),
        ("٨-18", None),
    ],
)
def test_hours_of_the_desk_as_they_are_written(text: str, hours: DeskHours | None) -> None:
    assert DeskHours.read(text) == hours


@pytest.mark.parametrize(
    ("text", "hours"), [("10h", 10), ("10 hours", 10), ("1 hour", 1), ("0h", None), ("10", None), ("2d", None)]
)
def test_how_long_an_answer_may_take(text: str, hours: int | None) -> None:
    assert read_hours(text) == (None if hours is None else timedelta(hours=hours))
