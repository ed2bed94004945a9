"""Days in a row: read whole and as they were meant, or refused with a line that works."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates import ranges
from clientfolder.dates.grammar import Ground
from clientfolder.dates.ranges import DateRange
from clientfolder.errors import PhraseRefused

WOULD_WORK = " This would work: "
WEDNESDAY = Ground(date(2026, 7, 15))
READ = {
    "next week": ("2026-07-20", "2026-07-26"),
    "this week": ("2026-07-15", "2026-07-19"),
    "10..21 aug": ("2026-08-10", "2026-08-21"), "10 .. 21 AUG": ("2026-08-10", "2026-08-21"),
    "aug 10..21": ("2026-08-10", "2026-08-21"), "10th..21st aug": ("2026-08-10", "2026-08-21"),
    "2026-08-10..2026-08-21": ("2026-08-10", "2026-08-21"), "10..2026-08-21": ("2026-08-10", "2026-08-21"),
    "10 aug..4 sep": ("2026-08-10", "2026-09-04"), "28 dec..3 jan": ("2026-12-28", "2027-01-03"),
    "24..4 jan": ("2026-12-24", "2027-01-04"), "10..21": ("2026-08-10", "2026-08-21"),
    "20..10": ("2026-07-20", "2026-08-10"), "10..fri": ("2026-08-10", "2026-08-14"),
    "today..fri": ("2026-07-15", "2026-07-17"), "mon..fri": ("2026-07-20", "2026-07-24"),
    "tomorrow..mon": ("2026-07-16", "2026-07-20"), "today..2w": ("2026-07-15", "2026-07-29"),
    "today..eom": ("2026-07-15", "2026-07-31"), "today..tomorrow": ("2026-07-15", "2026-07-16"),
    "today..today": ("2026-07-15", "2026-07-15"), "10 aug..10 aug": ("2026-08-10", "2026-08-10"),
    "fri": ("2026-07-17", "2026-07-17"), "today": ("2026-07-15", "2026-07-15"),
    "aug": ("2026-08-01", "2026-08-31"), "aug..sep": ("2026-08-01", "2026-09-30"),
    "2026-07": ("2026-07-15", "2026-07-31"), "13/8..20/8": ("2026-08-13", "2026-08-20"),
    "today..9m": ("2026-07-15", "2027-04-15"),
}  # fmt: skip
# What is refused, and the lines that would work: each means the days that were typed.
REFUSED = {
    "1..20 july": "today..20 july", "2026-07-01..2026-07-20": None,
    "fri..today": "today..fri", "21 aug..10 aug": "10 aug..21 aug",
    "2026-08-21..2026-08-10": "2026-08-10..2026-08-21", "10 aug..1 jun": "1 jun..10 aug",
    "mon..mon": "mon or 2026-07-20..2026-07-27",
    "10-21 aug": "10..21 aug", "10 - 21 aug": "10..21 aug", "10 to 21 aug": "10..21 aug", "mon-fri": "mon..fri",
    "10...21 aug": "10..21 aug", "10\u202621 aug": "10..21 aug", "10 \u2013 21 aug": "10 .. 21 aug",
    "10..21 agust": "10..21 august", "10rd..21 aug": "10th..21 aug", "tommorow..fri": "tomorrow..fri",
    "july": "2027-07-01..2027-07-31", "1..14 july": "2027-07-01..2027-07-14",
    "5/8..20 aug": "5 august..20 aug or 8 may..20 aug", "10..21, aug": "10..21 aug",
    "10..": None, "..fri": None, "": None, "..": None, "2026-06-01..2026-06-20": None, "32..4 aug": None,
    "fri 10:00..mon": None, "fri!": None, "10..31 sep": None, "10..21..30": None, "today..2y": None, "fri or mon": None,
    "this week..fri": None, "soon": None, "17:00": None, "9" * 10_000: None, "1.." * 40_000: None,
    "fri\U000e0041..mon": None,
}  # fmt: skip


@pytest.mark.parametrize("phrase", READ)
def test_days_in_a_row(phrase: str) -> None:
    found = ranges.read(phrase, WEDNESDAY)
    assert (str(found.first), str(found.last)) == READ[phrase]


@pytest.mark.parametrize("phrase", REFUSED, ids=lambda phrase: phrase[:30])
def test_what_is_refused_is_told_with_a_line_that_means_the_same_or_none(phrase: str) -> None:
    with pytest.raises(PhraseRefused) as refused:
        ranges.read(phrase, WEDNESDAY)
    assert refused.value.message.isprintable()
    assert len(refused.value.message) < 300
    lines = refused.value.message.partition(WOULD_WORK)[2]
    assert lines == (REFUSED[phrase] or "")
    for line in lines.split(" or ") if lines else ():
        ranges.read(line, WEDNESDAY)


def test_a_range_counts_holds_and_gives_its_days() -> None:
    days = DateRange(date(2026, 7, 30), date(2026, 8, 2))
    assert [day.day for day in days] == [30, 31, 1, 2]
    assert len(days) == 4
    assert days.first in days
    assert days.last in days
    assert date(2026, 7, 29) not in days
    assert date(2026, 8, 3) not in days
    assert [str(month) for month in days.months] == ["2026-07", "2026-08"]
    assert days.clipped(date(2026, 8, 1)) == DateRange(date(2026, 8, 1), date(2026, 8, 2))
    assert days.clipped(date(2026, 1, 1)) == days
    nothing = days.clipped(date(2026, 8, 3))
    assert not nothing
    assert list(nothing) == nothing.months == []
    assert len({days, DateRange(days.first, days.last)}) == 1


def test_the_ends_of_the_calendar_are_days_too() -> None:
    days = DateRange(date(9999, 12, 30), date.max)
    assert list(days) == [date(9999, 12, 30), date.max]
    assert [str(month) for month in days.months] == ["9999-12"]


WORDS = st.sampled_from(
    [
        "today",
        "tomorrow",
        "fri",
        "mon",
        "10",
        "21",
        "31",
        "aug",
        "feb",
        "29",
        "2026-08-10",
        "..",
        "..",
        "..",
        "-",
        "to",
        "2w",
        "!",
        "10:00",
        "2027",
        "eom",
        "\x1b",
    ]
)


@given(st.lists(WORDS, max_size=6).map(" ".join), st.integers(0, 800))
def test_whatever_is_typed(phrase: str, days: int) -> None:
    """It is read as days from today on that run forwards, or refused with lines that work or none; nothing else."""
    ground = Ground(date(2026, 1, 1) + timedelta(days=days))
    lines, message = [phrase], ""
    try:
        ranges.read(phrase, ground)
    except PhraseRefused as refused:
        message, told, said = refused.message.partition(WOULD_WORK)
        lines = said.split(" or ") if told else []
    assert not re.search("[\x00-\x1f]", message)
    assert len(lines) <= 2
    for line in lines:
        found = ranges.read(line, ground)
        assert ground.day <= found.first <= found.last
        assert len(found) <= ranges.MOST_DAYS


@given(st.integers(0, 2000), st.integers(0, 300), st.integers(0, 180))
def test_a_number_belongs_to_the_month_on_the_right(today: int, ahead: int, length: int) -> None:
    """On any day, a range written out with its months, or with a bare number where that says it, is that range."""
    day = date(2026, 1, 1) + timedelta(days=today)
    first = day + timedelta(days=ahead + 1)
    last = first + timedelta(days=length)
    ground = Ground(day)
    expected = DateRange(first, last)
    assert ranges.read(f"{first}..{last}", ground) == expected
    if (first.month, first.day) != (2, 29) != (last.month, last.day):
        assert ranges.read(f"{first:%-d %B}..{last:%-d %B}", ground) == expected
    if length < 27 and (last.month, last.day) != (2, 29):
        assert ranges.read(f"{first.day}..{last:%-d %b}", ground) == expected
