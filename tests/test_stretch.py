"""Days in a row: read whole and as they were meant, or refused with a line that works."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder import stretch
from clientfolder.errors import PhraseRefused
from clientfolder.when import Ground

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
REFUSED = {
    "1..20 july": "today..20 july", "2026-07-01..2026-07-20": "tomorrow..2026-07-20",
    "2026-06-01..2026-06-20": "today..fri", "fri..today": "today..fri", "21 aug..10 aug": "10 aug..21 aug",
    "2026-08-21..2026-08-10": "2026-08-10..2026-08-21", "10 aug..1 jun": "1 jun..10 aug", "mon..mon": "mon",
    "10-21 aug": "10..21 aug", "10 - 21 aug": "10..21 aug", "10 to 21 aug": "10..21 aug", "mon-fri": "mon..fri",
    "10...21 aug": "10..21 aug", "10..": "10", "..fri": "fri", "": "today..fri", "10..21 agust": "10..21 august",
    "32..4 aug": "fri..4 aug", "fri 10:00..mon": "fri..mon", "fri!": "fri", "10rd..21 aug": "10th..21 aug",
    "10..31 sep": "10..30 september 2026", "10..21..30": "10", "today..2y": "today", "july": "2027-07-01..2027-07-31",
    "1..14 july": "2027-07-01..2027-07-14", "fri or mon": "fri",
}  # fmt: skip


@pytest.mark.parametrize("phrase", READ)
def test_days_in_a_row(phrase: str) -> None:
    found = stretch.read(phrase, WEDNESDAY)
    assert (str(found.first), str(found.last)) == READ[phrase]


@pytest.mark.parametrize("phrase", REFUSED)
def test_what_is_refused_is_told_with_a_line_that_works(phrase: str) -> None:
    with pytest.raises(PhraseRefused) as refused:
        stretch.read(phrase, WEDNESDAY)
    line = refused.value.message.rpartition(" This would work: ")[2]
    assert line == REFUSED[phrase]
    stretch.read(line, WEDNESDAY)


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
    """It is read as days from today on that run forwards, or refused with a line that works; nothing else."""
    ground = Ground(date(2026, 1, 1) + timedelta(days=days))
    message = None
    try:
        found = stretch.read(phrase, ground)
    except PhraseRefused as refused:
        message = refused.message
        found = stretch.read(message.rpartition(" This would work: ")[2], ground)
    assert message is None or not re.search("[\x00-\x1f]", message)
    assert ground.day <= found.first <= found.last
    assert (found.last - found.first).days < stretch.MOST_DAYS


@given(st.integers(0, 2000), st.integers(0, 300), st.integers(0, 180))
def test_a_number_belongs_to_the_month_on_the_right(today: int, ahead: int, length: int) -> None:
    """On any day, a stretch written out with its months, or with a bare number where that says it, is that stretch."""
    day = date(2026, 1, 1) + timedelta(days=today)
    first = day + timedelta(days=ahead + 1)
    last = first + timedelta(days=length)
    ground = Ground(day)
    expected = stretch.Stretch(first, last)
    assert stretch.read(f"{first}..{last}", ground) == expected
    if (first.month, first.day) != (2, 29) != (last.month, last.day):
        assert stretch.read(f"{first:%-d %B}..{last:%-d %B}", ground) == expected
    if length < 27 and (last.month, last.day) != (2, 29):
        assert stretch.read(f"{first.day}..{last:%-d %b}", ground) == expected
