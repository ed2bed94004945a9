"""Days handed in: months, month ends, and the working days of one's own calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.calendar import (
    MONTHS,
    Month,
    WorkingDays,
    back,
    is_after_months,
    last_day,
    plus_months,
    spelled,
)

ONE_DAY = timedelta(days=1)
calm = settings(deadline=None, max_examples=200, database=None)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-07", Month(2026, 7)),
        ("2026-01", Month(2026, 1)),
        ("2026-12", Month(2026, 12)),
        ("0001-01", Month(1, 1)),
        ("9999-12", Month(9999, 12)),
    ],
)
def test_a_month_is_written_and_read_as_year_and_month(text: str, month: Month) -> None:
    assert Month.parse(text) == month
    assert str(month) == text


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-7", "2026-00", "2026-13", "0000-01", "2026-07-01", "2026/07", "202607", "26-07", "-026-07",
     "2026-+7", "2026- 7", " 2026-07", "2026-07\n", "july", "٢٠٢٦-٠٧", "２０２６-０７", "2026-0²"],
    ids=repr,
)  # fmt: skip
def test_nothing_else_is_a_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("month", "first", "last", "name"),
    [
        (Month(2026, 7), date(2026, 7, 1), date(2026, 7, 31), "july"),
        (Month(2026, 2), date(2026, 2, 1), date(2026, 2, 28), "february"),
        (Month(2028, 2), date(2028, 2, 1), date(2028, 2, 29), "february"),
        (Month(2100, 2), date(2100, 2, 1), date(2100, 2, 28), "february"),
        (Month(2026, 12), date(2026, 12, 1), date(2026, 12, 31), "december"),
        (Month(9999, 12), date(9999, 12, 1), date(9999, 12, 31), "december"),
    ],
)
def test_a_month_knows_its_first_and_last_day_and_its_name(month: Month, first: date, last: date, name: str) -> None:
    assert (month.first, month.last, month.name) == (first, last, name)


@calm
@given(days)
def test_a_month_is_the_one_that_its_days_lie_in(day: date) -> None:
    month = Month.of(day)
    assert month.first <= day <= month.last
    assert month.last + ONE_DAY == month.plus(1).first
    assert Month.parse(str(month)) == month
    assert MONTHS[day.month - 1] == month.name


@calm
@given(days, st.integers(-1000, 1000))
def test_months_are_counted_forth_and_back(day: date, count: int) -> None:
    month = Month.of(day)
    assert month.plus(count).since(month) == count
    assert month.plus(count).plus(-count) == month
    assert (month.plus(count) > month) == (count > 0)


@pytest.mark.parametrize(("month", "count"), [(Month(9999, 12), 1), (Month(1, 1), -1), (Month(2026, 7), 10**6)])
def test_there_is_no_month_outside_the_years_1_to_9999(month: Month, count: int) -> None:
    with pytest.raises(ValueError, match="year"):
        month.plus(count)


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2026-07-15", 1, "2026-08-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-03-31", 0, "2026-03-31"),
    ],
)
def test_a_month_on_is_the_same_day_number_clamped_once(day: str, months: int, moved: str) -> None:
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(moved)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        ("2026-07-15", 3, "2026-04-15"), ("2026-06-30", 3, "2026-03-31"), ("2026-05-31", 3, "2026-02-28"),
        ("2024-05-30", 3, "2024-02-29"), ("2026-02-28", 12, "2025-02-28"), ("2025-02-28", 12, "2024-02-29"),
        ("2024-02-28", 1, "2024-01-28"), ("2026-07-30", 1, "2026-06-30"), ("2026-01-15", 1, "2025-12-15"), ("0001-03-01", 5, "0001-01-01"),
    ],
)  # fmt: skip
def test_a_month_back_is_clamped_and_a_last_day_stays_one(day: str, months: int, wanted: str) -> None:
    assert back(date.fromisoformat(day), months) == date.fromisoformat(wanted)


@pytest.mark.parametrize(("day", "months"), [(date.max, 1), (date.min, -1), (date(2026, 7, 15), 10**6)])
def test_months_outside_the_calendar_are_an_error_that_is_promised(day: date, months: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        plus_months(day, months)


def test_a_month_counts_as_its_last_day() -> None:
    assert last_day(Month(2026, 2)) == date(2026, 2, 28)
    assert last_day(date(2026, 2, 3)) == date(2026, 2, 3)


# Working days -----------------------------------------------------------------------------------------

XMAS = WorkingDays(off=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))


def test_a_working_day_is_in_the_week_and_not_off() -> None:
    december = [date(2026, 12, number) for number in range(21, 29)]
    assert [day.day for day in december if day in XMAS] == [21, 22, 23, 28]


def test_the_next_working_day_skips_weekends_and_days_off() -> None:
    assert XMAS.on_or_after(date(2026, 12, 23)) == date(2026, 12, 23)
    assert XMAS.on_or_after(date(2026, 12, 24)) == date(2026, 12, 28)
    assert XMAS.after(date(2026, 12, 23)) == date(2026, 12, 28)
    assert list(islice(XMAS.following(date(2026, 12, 22)), 3)) == [
        date(2026, 12, 23),
        date(2026, 12, 28),
        date(2026, 12, 29),
    ]


def test_counting_working_days_does_not_look_at_days_off() -> None:
    assert XMAS.plus(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert XMAS.plus(date(2026, 12, 23), 3) == date(2026, 12, 28)


@calm
@given(days, st.integers(1, 60), st.sets(st.integers(0, 6), min_size=1), st.sets(days, max_size=5))
def test_working_days_are_counted_one_by_one(day: date, count: int, weekdays: set[int], off: set[date]) -> None:
    ahead = (day + timedelta(days=number) for number in range(1, 500))
    expected = [other for other in ahead if other.weekday() in weekdays][count - 1]
    assert WorkingDays(frozenset(weekdays), frozenset(off)).plus(day, count) == expected


def test_past_the_last_day_of_the_calendar_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        WorkingDays().plus(date.max, 1)
    with pytest.raises(OverflowError):
        WorkingDays().after(date.max)


@calm
@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.dates(date(1990, 1, 1), date(2110, 12, 31)), st.integers(0, 130)
)
def test_so_many_months_on_is_one_measure(day: date, on: date, months: int) -> None:
    assert is_after_months(on, day, months) == (on > plus_months(day, months))
    edge = plus_months(day, months)
    assert not is_after_months(edge, day, months)
    assert is_after_months(edge + timedelta(days=1), day, months)


def test_a_day_is_spelled_with_its_weekday_and_a_month_whole() -> None:
    assert spelled(date(2026, 7, 4)) == "Sat 4 Jul 2026"
    assert spelled(Month(2026, 7)) == "July 2026"
