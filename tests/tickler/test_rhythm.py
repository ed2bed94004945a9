"""How often a client wants to hear from me, and when that is next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates import WorkingDays
from clientfolder.tickler.rhythm import EXAMPLE, Rhythm, parse

OFFICE = WorkingDays()
WEDNESDAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("6 weeks", Rhythm(6, "week")),
        ("1 week", Rhythm(1, "week")),
        ("1 weeks", Rhythm(1, "week")),
        ("10 days", Rhythm(10, "day")),
        ("1 day", Rhythm(1, "day")),
        ("3 months", Rhythm(3, "month")),
        ("12 Months", Rhythm(12, "month")),
        (" 6  weeks ", Rhythm(6, "week")),
        ("3650 days", Rhythm(3650, "day")),
    ],
)
def test_a_rhythm_is_a_number_of_days_weeks_or_months(text: str, rhythm: Rhythm) -> None:
    assert parse(text) == rhythm


@pytest.mark.parametrize(
    "text",
    ["", " ", "weeks", "6", "0 weeks", "00 weeks", "06 weeks", "-6 weeks", "+6 weeks", "6.5 weeks", "10000 days",
     "every 6 weeks", "6 weeks or so", "six weeks", "a week", "2 years", "6 fortnights", "6 weeks 2 days", "6\nweeks",
     "٦ weeks", "６ weeks", "6\u00a0weeks", "6 wee\u212as", "6 week\u017f", "6 weeks\u00a0", "\u20036 weeks",
     "6 weeks\u200b", "6 weeks\x1c"],
    ids=repr,
)  # fmt: skip
def test_anything_else_is_no_rhythm(text: str) -> None:
    assert parse(text) is None


def test_the_example_that_messages_show_is_one() -> None:
    assert parse(EXAMPLE)


@pytest.mark.parametrize(
    ("rhythm", "last_contact", "due"),
    [
        ("6 weeks", "2026-07-15", "2026-08-26"),
        ("1 week", "2026-07-15", "2026-07-22"),
        ("10 days", "2026-07-15", "2026-07-27"),
        ("2 days", "2026-07-15", "2026-07-17"),
        ("3 days", "2026-07-15", "2026-07-20"),
        ("1 month", "2026-07-15", "2026-08-17"),
        ("3 months", "2026-07-15", "2026-10-15"),
        ("1 month", "2026-06-30", "2026-07-30"),
        ("6 months", "2026-08-31", "2027-03-01"),
        ("1 week", "2026-06-01", "2026-07-16"),
        ("1 day", "2026-07-14", "2026-07-16"),
    ],
)
def test_due_is_the_working_day_on_or_after_the_rhythms_date_and_after_today(
    rhythm: str, last_contact: str, due: str
) -> None:
    every = parse(rhythm)
    assert every
    assert every.due(date.fromisoformat(last_contact), WEDNESDAY, OFFICE) == date.fromisoformat(due)


def test_days_off_are_skipped() -> None:
    working = WorkingDays(off=frozenset({date(2026, 7, 22), date(2026, 7, 23), date(2026, 7, 24)}))
    assert Rhythm(1, "week").due(WEDNESDAY, WEDNESDAY, working) == date(2026, 7, 27)


def test_the_working_week_is_ones_own() -> None:
    weekend = WorkingDays(frozenset({5, 6}))
    assert Rhythm(1, "week").due(WEDNESDAY, WEDNESDAY, weekend) == date(2026, 7, 25)


@settings(deadline=None, max_examples=200, database=None)
@given(
    st.builds(Rhythm, st.integers(1, 500), st.sampled_from(["day", "week"])),
    st.dates(date(2023, 1, 1), date(2029, 12, 31)),
    st.integers(0, 1000),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2023, 1, 1), date(2031, 12, 31)), max_size=20),
)
def test_no_earlier_day_would_have_done(
    every: Rhythm, last_contact: date, days_since: int, weekdays: set[int], off: set[date]
) -> None:
    today = last_contact + timedelta(days=days_since)
    working = WorkingDays(frozenset(weekdays), frozenset(off))
    due = every.due(last_contact, today, working)
    earliest = last_contact + timedelta(days=every.every * {"day": 1, "week": 7}[every.unit])
    candidates = (max(earliest, today + timedelta(days=1)) + timedelta(days=days) for days in range(200))
    assert due == next(day for day in candidates if day.weekday() in weekdays and day not in off)
