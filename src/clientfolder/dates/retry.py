"""When to try again after an attempt that reached nobody: steps of which each further attempt takes the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from clientfolder.dates.calendar import ONE_DAY, plus_months
from clientfolder.dates.vocabulary import UNIT, plain
from clientfolder.tuples import NamedTuple

_STEP = r"\+? ?([1-9][0-9]{0,2}) ?(b|workdays?|d|days?|w|weeks?|m|months?)"


class RetryStep(NamedTuple):
    """So many working days (`b`), days (`d`), weeks (`w`) or months (`m`) later."""

    number: int
    unit: str

    def after(self, day: date, on_or_after: Callable[[date], date]) -> date:
        """The day to try again, which lies after `day`; `on_or_after` gives the first day that suits, from a day on.

        Raises OverflowError past the year 9999.
        """
        if self.unit == "b":
            for _ in range(self.number):
                day = on_or_after(day + ONE_DAY)
            return day
        if self.unit == "m":
            return on_or_after(plus_months(day, self.number))
        return on_or_after(day + timedelta(days=self.number * (7 if self.unit == "w" else 1)))


def parse(text: str) -> RetryStep | None:
    """Read `1b`, `2 days`, `1w`; None for anything else."""
    found = re.fullmatch(_STEP, plain(text) or "")
    return RetryStep(int(found[1]), UNIT[found[2]]) if found else None


def step_after(steps: Sequence[RetryStep], attempts_before: int) -> RetryStep:
    """The step after one more attempt; the last one stays."""
    return steps[min(attempts_before, len(steps) - 1)]
