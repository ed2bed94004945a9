"""When to try again after an attempt that reached nobody: a ladder of steps, each a rung further away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from clientfolder.dates import ONE_DAY, plus_months
from clientfolder.tickler.room import NO_DAYS, Room
from clientfolder.vocabulary import UNIT, plain

_RUNG = r"\+? ?([1-9][0-9]{0,2}) ?(b|workdays?|d|days?|w|weeks?|m|months?)"


class Rung(NamedTuple):
    """So many working days (`b`), days (`d`), weeks (`w`) or months (`m`) later."""

    number: int
    unit: str

    def after(self, day: date, room: Room, not_on: frozenset[int] = NO_DAYS) -> date:
        """The day to try again, which suits and lies after `day`. Raises OverflowError past the year 9999."""
        if self.unit == "b":
            for _ in range(self.number):
                day = room.on_or_after(day + ONE_DAY, not_on)
            return day
        if self.unit == "m":
            return room.on_or_after(plus_months(day, self.number), not_on)
        return room.on_or_after(day + timedelta(days=self.number * (7 if self.unit == "w" else 1)), not_on)


def parse(text: str) -> Rung | None:
    """Read `1b`, `2 days`, `1w`; None for anything else."""
    found = re.fullmatch(_RUNG, plain(text) or "")
    return Rung(int(found[1]), UNIT[found[2]]) if found else None


def rung(ladder: Sequence[Rung], attempts_before: int) -> Rung:
    """The step after one more attempt; the last one stays."""
    return ladder[min(attempts_before, len(ladder) - 1)]
