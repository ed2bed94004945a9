"""Periods that tile the span."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientfolder.dossier.sales import PERIODS
from clientfolder.portfolio.spans import PeriodSpan


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
