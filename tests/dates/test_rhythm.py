"""How often a client wants to hear from me, and on which days that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates.calendar import ONE_DAY, Month
from clientfolder.dates.rhythm import EXAMPLE, Rhythm, parse
from clientfolder.dates.vocabulary import ORDINALS

MON, FRI, SUN = 0, 4, 6


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
        ("1 year", Rhythm(12, "month")),
        (" 6  weeks ", Rhythm(6, "week")),
        ("every 6 weeks", Rhythm(6, "week")),
        ("3650 days", Rhythm(3650, "day")),
        ("4-6 weeks", Rhythm(4, "week", 6)),
        ("4 - 6 weeks", Rhythm(4, "week", 6)),
        ("4 to 6 weeks", Rhythm(4, "week", 6)),
        ("6-6 weeks", Rhythm(6, "week")),
        ("1-2 years", Rhythm(12, "month", 24)),
        ("every month on the 31st", Rhythm(1, "month", day=31)),
        ("every month on 1", Rhythm(1, "month", day=1)),
        ("every 3 months on the 15th", Rhythm(3, "month", day=15)),
        ("first monday", Rhythm(1, "month", weekday=MON, nth=1)),
        ("Last Fri", Rhythm(1, "month", weekday=FRI, nth=-1)),
        ("every first monday of the month", Rhythm(1, "month", weekday=MON, nth=1)),
        ("every 2 months on the second sunday", Rhythm(2, "month", weekday=SUN, nth=2)),
        ("every friday", Rhythm(1, "week", weekday=FRI)),
        ("every week on friday", Rhythm(1, "week", weekday=FRI)),
        ("every 2 weeks on fri", Rhythm(2, "week", weekday=FRI)),
    ],
)
def test_a_rhythm_is_read(text: str, rhythm: Rhythm) -> None:
    assert parse(text) == rhythm


@pytest.mark.parametrize(
    "text",
    ["", " ", "weeks", "6", "0 weeks", "00 weeks", "06 weeks", "-6 weeks", "+6 weeks", "6.5 weeks", "10000 days",
     "6 weeks or so", "six weeks", "a week", "11 years", "6 fortnights", "6 weeks 2 days", "6\nweeks",
     "٦ weeks", "６ weeks", "6\u00a0weeks", "6 wee\u212as", "6 week\u017f", "6 weeks\u00a0", "\u20036 weeks",
     "6 weeks\u200b", "6 weeks\x1c", "6-4 weeks", "4-9999 weeks", "4-6", "4-6-8 weeks", "every",
     "every month on the 32nd", "every month on the 31th", "every month on the 0", "monday", "fifth monday",
     "first", "first moonday", "every 2 fridays", "every 200 months on the 1st", "on the 31st", "4\u20136 weeks"],
    ids=repr,
)  # fmt: skip
def test_anything_else_is_no_rhythm(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "unit", ["day", "days", "week", "weeks", "weekss", "Weeks", "month", "months", "year", "years", "s", ""]
)
@pytest.mark.parametrize(
    "count", ["1", "6", "06", "0", "120", "121", "520", "521", "3650", "3651", "10000", "٦", "²", "1_0"]
)
def test_the_plainest_form_says_what_it_says_behind_every(count: str, unit: str) -> None:
    """It is read in a way of its own, as most rhythms are written so."""
    assert parse(f"{count} {unit}") == parse(f"every {count} {unit}")


def test_the_example_that_messages_show_is_one() -> None:
    assert parse(EXAMPLE)


RHYTHMS = (
    st.builds(lambda n, u: Rhythm(n, u), st.integers(1, 60), st.sampled_from(["day", "week", "month"]))
    | st.builds(lambda n, m, u: Rhythm(n, u, n + m), st.integers(1, 30), st.integers(1, 9), st.sampled_from(["day", "week", "month"]))
    | st.builds(lambda n, d: Rhythm(n, "month", day=d), st.integers(1, 12), st.integers(1, 31))
    | st.builds(lambda n, w, o: Rhythm(n, "month", weekday=w, nth=o), st.integers(1, 12), st.integers(0, 6), st.sampled_from(sorted(ORDINALS.values())))
    | st.builds(lambda n, w: Rhythm(n, "week", weekday=w), st.integers(1, 12), st.integers(0, 6))
)  # fmt: skip
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(RHYTHMS)
def test_a_rhythm_in_words_is_read_as_the_same(rhythm: Rhythm) -> None:
    assert parse(str(rhythm)) == rhythm


@pytest.mark.parametrize(
    ("rhythm", "last_contact", "first", "last"),
    [
        ("6 weeks", "2026-07-15", "2026-08-26", "2026-08-26"),
        ("10 days", "2026-07-15", "2026-07-25", "2026-07-25"),
        ("1 month", "2026-01-31", "2026-02-28", "2026-02-28"),
        ("6 months", "2026-08-31", "2027-02-28", "2027-02-28"),
        ("1 year", "2024-02-29", "2025-02-28", "2025-02-28"),
        ("4-6 weeks", "2026-07-15", "2026-08-12", "2026-08-26"),
        ("1-2 months", "2026-01-31", "2026-02-28", "2026-03-31"),
        ("every month on the 31st", "2026-01-31", "2026-02-28", "2026-02-28"),
        ("every month on the 31st", "2026-02-28", "2026-03-31", "2026-03-31"),
        ("every month on the 31st", "2026-03-02", "2026-03-31", "2026-03-31"),
        ("every 3 months on the 31st", "2026-01-31", "2026-04-30", "2026-04-30"),
        ("every 3 months on the 15th", "2026-01-20", "2026-04-15", "2026-04-15"),
        ("every 3 months on the 15th", "2026-01-15", "2026-04-15", "2026-04-15"),
        ("first monday", "2026-07-06", "2026-08-03", "2026-08-03"),
        ("first monday", "2026-07-20", "2026-08-03", "2026-08-03"),
        ("last friday", "2026-07-30", "2026-07-31", "2026-07-31"),
        ("every friday", "2026-07-17", "2026-07-24", "2026-07-24"),
        ("every 2 weeks on friday", "2026-07-17", "2026-07-31", "2026-07-31"),
    ],
)
def test_the_window_counts_from_the_last_contact(rhythm: str, last_contact: str, first: str, last: str) -> None:
    every = parse(rhythm)
    assert every
    window = every.window(date.fromisoformat(last_contact))
    assert window == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_wanted_day_does_not_decay_at_month_ends() -> None:
    every = Rhythm(1, "month", day=31)
    day, days = date(2027, 12, 31), []
    for _ in range(14):
        day, _ = every.window(day)
        days.append(day)
    assert days == [Month(2028, 1).plus(months).last for months in range(14)]


@given(RHYTHMS, DAYS)
def test_the_next_contact_comes_after_the_last(every: Rhythm, last_contact: date) -> None:
    first, last = every.window(last_contact)
    assert last_contact < first <= last


@given(st.integers(1, 31), DAYS)
def test_a_wanted_day_of_the_month_is_that_or_the_last(number: int, last_contact: date) -> None:
    wanted, _ = Rhythm(1, "month", day=number).window(last_contact)
    assert wanted.day == min(number, Month.of(wanted).last.day)
    between = (last_contact + ONE_DAY * count for count in range(1, (wanted - last_contact).days))
    assert not any(day.day == min(number, Month.of(day).last.day) for day in between)


@given(st.sampled_from(sorted(ORDINALS.values())), st.integers(0, 6), DAYS)
def test_a_wanted_weekday_of_the_month_is_the_next_one(nth: int, weekday: int, last_contact: date) -> None:
    wanted, _ = Rhythm(1, "month", weekday=weekday, nth=nth).window(last_contact)

    def fits(day: date) -> bool:
        if day.weekday() != weekday:
            return False
        if nth < 0:
            return Month.of(day + timedelta(weeks=1)) != Month.of(day)
        return (day.day - 1) // 7 == nth - 1

    assert fits(wanted)
    assert not any(fits(last_contact + ONE_DAY * count) for count in range(1, (wanted - last_contact).days))
