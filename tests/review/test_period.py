"""The days looked back at."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.errors import PhraseRefused
from clientfolder.review.period import read_period

WEDNESDAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("phrase", "span", "first", "last"),
    [
        ("", "day", "2026-07-15", "2026-07-15"), ("yesterday", "day", "2026-07-14", "2026-07-14"),
        ("last week", "week", "2026-07-06", "2026-07-12"), ("last month", "month", "2026-06-01", "2026-06-30"),
        ("june", "month", "2026-06-01", "2026-06-30"),
    ],
)  # fmt: skip
def test_a_period_is_a_day_a_week_or_a_month(phrase: str, span: str, first: str, last: str) -> None:
    period = read_period(phrase, WEDNESDAY)
    assert (period.span, str(period.first), str(period.last)) == (span, first, last)


@pytest.mark.parametrize("phrase", ["week", "month"])
def test_no_day_of_it_is_to_come(phrase: str) -> None:
    assert read_period(phrase, WEDNESDAY).last == WEDNESDAY


@pytest.mark.parametrize("phrase", ["tomorrow", "fortnight", "last week 10:00"])
def test_what_is_none_or_to_come_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseRefused):
        read_period(phrase, WEDNESDAY)
