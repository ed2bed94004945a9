"""The binder rotates: a day insert stands for at most one day at a time, a month insert for exactly one month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from clientfolder.dates.calendar import MONTHS, Month
from clientfolder.errors import PhraseRefused
from clientfolder.tickler import slots

ONE_DAY = timedelta(days=1)
YEARS = range(2023, 2030)


def place(text: str) -> date | Month:
    return Month.parse(text) if len(text) == 7 else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("today", "on", "insert"),
    [
        # Overdue: before today, or in a month that is wholly past.
        ("2026-07-15", "2026-07-14", "overdue"),
        ("2026-07-15", "2026-06-30", "overdue"),
        ("2026-07-15", "2019-07-20", "overdue"),
        ("2026-07-15", "2026-06", "overdue"),
        ("2026-07-15", "2025-12", "overdue"),
        ("2026-07-31", "2026-07", "july"),
        ("2026-08-01", "2026-07", "overdue"),
        # This month from today on.
        ("2026-07-15", "2026-07-15", "15"),
        ("2026-07-15", "2026-07-16", "16"),
        ("2026-07-15", "2026-07-31", "31"),
        # Next month, where the number is lower than today's.
        ("2026-07-15", "2026-08-01", "1"),
        ("2026-07-15", "2026-08-14", "14"),
        ("2026-07-15", "2026-08-15", "august"),
        ("2026-07-15", "2026-08-31", "august"),
        ("2026-07-31", "2026-08-08", "8"),
        ("2026-07-31", "2026-08-30", "30"),
        ("2026-07-31", "2026-08-31", "august"),
        ("2026-07-01", "2026-08-01", "august"),
        ("2026-12-20", "2027-01-08", "8"),
        ("2026-12-20", "2027-01-20", "january"),
        # 1 to 11 calendar months ahead otherwise.
        ("2026-07-15", "2026-09-01", "september"),
        ("2026-07-15", "2027-01-14", "january"),
        ("2026-07-15", "2027-06-30", "june"),
        ("2026-07-31", "2027-06-01", "june"),
        # 12 or more calendar months ahead.
        ("2026-07-15", "2027-07-01", "later"),
        ("2026-07-31", "2027-07-01", "later"),
        ("2026-07-15", "2030-01-01", "later"),
        # Months without a day.
        ("2026-07-15", "2026-07", "july"),
        ("2026-07-15", "2026-08", "august"),
        ("2026-07-15", "2027-06", "june"),
        ("2026-07-15", "2027-07", "later"),
    ],
)
def test_a_date_lies_behind_its_insert(today: str, on: str, insert: str) -> None:
    assert slots.slot(place(on), place(today)) == insert


def the_rule(today: date, until: date) -> Iterator[tuple[date, str]]:
    """Every day from today on with its insert, found by walking and counting the months that begin on the way."""
    months_begun, day = 0, today
    while day < until:
        if months_begun == 0 or (months_begun == 1 and day.day < today.day):
            yield day, str(day.day)
        elif months_begun <= 11:
            yield day, MONTHS[day.month - 1]
        else:
            yield day, "later"
        day += ONE_DAY
        months_begun += day.day == 1


def sampled_days(year: int) -> Iterator[date]:
    """The days around each turn of the month, and some in between."""
    day = date(year, 1, 1)
    while day.year == year:
        if day.day in (1, 2, 28, 29, 30, 31) or day.toordinal() % 11 == 0:
            yield day
        day += ONE_DAY


@pytest.mark.parametrize("year", YEARS)
def test_three_years_ahead_every_day_has_its_one_insert(year: int) -> None:
    for today in sampled_days(year):
        days: dict[str, set[date]] = defaultdict(set)
        months: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for day, insert in the_rule(today, today.replace(year=year + 3, day=1)):
            assert slots.slot(day, today) == insert, (day, today)
            if insert in slots.DAY_INSERTS:
                days[insert].add(day)
            elif insert in MONTHS:
                months[insert].add((day.year, day.month))
        assert all(len(one) == 1 for one in days.values()), today
        assert all(len(one) == 1 for one in months.values()), today


@pytest.mark.parametrize("year", YEARS)
def test_every_month_ahead_has_its_own_insert_and_the_running_one_is_among_the_twelve(year: int) -> None:
    for today in sampled_days(year):
        running = Month.of(today)
        inserts = [slots.slot(running.plus(ahead), today) for ahead in range(36)]
        assert inserts[0] == running.name
        assert sorted(inserts[:12]) == sorted(MONTHS)
        assert set(inserts[12:]) == {"later"}


@pytest.mark.parametrize("year", YEARS)
def test_what_is_past_is_overdue_and_nothing_else_is(year: int) -> None:
    for today in sampled_days(year):
        for days in (1, 2, 27, 31, 365, 1000):
            assert slots.slot(today - timedelta(days=days), today) == "overdue"
        assert slots.slot(Month.of(today).plus(-1), today) == "overdue"
        assert slots.slot(today, today) != "overdue"
        assert slots.slot(Month.of(today), today) != "overdue"


@pytest.mark.parametrize("year", YEARS)
def test_a_date_once_behind_a_day_insert_stays_there_until_it_is_overdue(year: int) -> None:
    for on in sampled_days(year):
        seen = [slots.slot(on, on - timedelta(days=days)) for days in range(400, -2, -1)]
        turns = [insert for before, insert in zip([None, *seen], seen, strict=False) if insert != before]
        assert turns == ["later", MONTHS[on.month - 1], str(on.day), "overdue"], on


@pytest.mark.parametrize(
    ("today", "on", "days"),
    [
        ("2026-07-15", "2026-07-15", 0),
        ("2026-07-15", "2026-07-16", 0),
        ("2026-07-15", "2030-01-01", 0),
        ("2026-07-15", "2026-07-14", 1),
        ("2026-07-15", "2026-06-15", 30),
        ("2026-07-15", "2025-07-15", 365),
        ("2026-07-15", "2026-07", 0),
        ("2026-07-31", "2026-07", 0),
        ("2026-08-01", "2026-07", 1),
        ("2026-07-15", "2026-06", 15),
        ("2026-07-15", "2026-09", 0),
    ],
)
def test_days_late_are_calendar_days_and_a_month_counts_from_its_last(today: str, on: str, days: int) -> None:
    assert slots.days_late(place(on), date.fromisoformat(today)) == days


# The words for slots ----------------------------------------------------------------------------------


def numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, last + 1))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("13", ("13",)),
        ("1", ("1",)),
        ("01", ("1",)),
        ("31", ("31",)),
        (" 13\t", ("13",)),
        ("july", ("july",)),
        ("JULY", ("july",)),
        ("jul", ("july",)),
        ("sep", ("september",)),
        ("sept", ("september",)),
        ("may", ("may",)),
        ("later", ("later",)),
        ("overdue", ("overdue",)),
        ("Undated", ("undated",)),
        ("unfiled", ("unfiled",)),
        ("resting", ("resting",)),
        ("late", ("overdue",)),
        ("LATE ", ("overdue",)),
        ("no day", ("undated",)),
        ("no  date", ("unfiled",)),
        ("10..21", numbers(10, 21)),
        ("01..03", numbers(1, 3)),
        ("10 .. 21", numbers(10, 21)),
        ("7..7", ("7",)),
        ("1..31", numbers(1, 31)),
        ("28..5", (*numbers(28, 31), *numbers(1, 5))),
        ("31..1", ("31", "1")),
        ("2..1", (*numbers(2, 31), "1")),
    ],
)
def test_a_slot_word_or_a_range_names_inserts(words: str, names: tuple[str, ...]) -> None:
    assert slots.parse(words) == slots.Inserts(names)
    assert slots.must_parse(words) == slots.Inserts(names)


@pytest.mark.parametrize(
    "words",
    ["", " ", "0", "00", "32", "013", "13th", "fri", "tomorrow", "5 july", "july 2027", "2026-07", "10..", "..10",
     "10...21", "0..5", "10..32", "010..021", "1..005", "10-21", "10,21", "10 21",
     "1..2..3", "july..may", "lat", "ju", "١٣", "１３", "13\n", "13\u00a0", "13\u200b", "later!", "\u017fep",
     "1..\u0663", "no", "noday", "no days", "promise", "slip", "all!", "everything", "this week", "20..24 jul",
     "1" * 10_000, "1.." * 40_000],
    ids=lambda words: repr(words[:20]),
)  # fmt: skip
def test_anything_else_is_no_slot(words: str) -> None:
    assert slots.parse(words) is None
    with pytest.raises(PhraseRefused, match="is no slot"):
        slots.must_parse(words)


@pytest.mark.parametrize("words", ["13\x1b[31m", "fri\u202e", "fri\u200b", "13\nfri", "\x9b13"], ids=repr)
def test_a_refused_slot_is_never_echoed_raw(words: str) -> None:
    with pytest.raises(PhraseRefused) as refused:
        slots.must_parse(words)
    assert refused.value.message.isprintable()


def test_every_insert_is_found_under_its_own_name() -> None:
    for name in slots.NAMES:
        inserts = slots.parse(name)
        assert inserts
        assert [other for other in slots.NAMES if inserts.hold(other)] == [name]


def test_what_is_promised_the_slips_and_all_lie_behind_any_insert_but_rest_behind_none() -> None:
    for slot in ("13", "july", "overdue", "later", "unfiled"):
        assert slots.must_parse("all").hold(slot)
        assert slots.must_parse("promised").hold(slot, agreed=True)
        assert not slots.must_parse("Promised").hold(slot, slip=True)
        assert slots.must_parse("slips").hold(slot, slip=True)
        assert not slots.must_parse("slips").hold(slot, agreed=True)
    for word in ("all", "promised", "slips"):
        assert not slots.must_parse(word).hold("resting", agreed=True, slip=True)


def test_a_refused_slot_of_any_length_is_refused_in_few_words() -> None:
    with pytest.raises(PhraseRefused) as refused:
        slots.must_parse("9" * 100_000)
    assert len(refused.value.message) < 300


def test_the_undated_lie_behind_their_month_and_under_their_own_word() -> None:
    assert slots.Inserts(("july",)).hold("july", undated=True)
    assert slots.Inserts(("undated",)).hold("july", undated=True)
    assert not slots.Inserts(("undated",)).hold("july")
    assert not slots.Inserts(("august",)).hold("july", undated=True)


def test_only_day_inserts_are_numbers() -> None:
    assert [name for name in slots.NAMES if slots.is_day_insert(name)] == list(slots.DAY_INSERTS)
