"""The periods by which now and before are told apart, counted back from a day (rules R1 and R2)."""

from __future__ import annotations

from datetime import date

from clientfolder.dates.calendar import ONE_DAY, back
from clientfolder.tuples import NamedTuple

LEAST_PERIODS, MONTHS_A_YEAR = 4, 12


class Days(NamedTuple):
    """The days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


class PeriodSpan(NamedTuple):
    """The periods up to a day, the newest first: a year of them, and no fewer than four."""

    day: date
    months: int
    periods: tuple[Days, ...]

    @classmethod
    def until(cls, day: date, months: int) -> PeriodSpan:
        """The span of periods of so many months that ends with that day."""
        count = max(LEAST_PERIODS, MONTHS_A_YEAR // months)
        ends = [back(day, months * number) for number in range(count + 1)]
        return cls(day, months, tuple(Days(ends[at + 1] + ONE_DAY, ends[at]) for at in range(count)))

    @property
    def days(self) -> Days:
        return Days(self.periods[-1].first, self.day)

    @property
    def now(self) -> Days:
        return self.periods[0]

    @property
    def before(self) -> Days:
        return self.periods[1]
