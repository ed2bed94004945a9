"""A month back, and periods that tile the span."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientfolder.dossier.sales import PERIODS
from clientfolder.portfolio.spans import PeriodSpan, back


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


@pytest.mark.parametrize("months", PERIODS.values())
def test_the_periods_tile_the_span_for_every_day_of_eight_years(months: int) -> None:
    day = date(2024, 1, 1)
    while day < date(2032, 1, 1):
        span = PeriodSpan.until(day, months)
        assert span.periods[0].last == day
        assert len(span.periods) == max(4, 12 // months)
        for newer, older in zip(span.periods, span.periods[1:], strict=False):
            assert older.first <= older.last
            assert newer.first == older.last + timedelta(days=1)
        assert span.days == (span.periods[-1].first, day)
        day += timedelta(days=1)
