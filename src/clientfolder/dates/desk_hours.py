"""The clock of the desk: how much time has passed for somebody who waits, counted while the desk is kept.

Rule R12 of care: wall clock, on working days, within the hours of the desk. A change of the clock changes nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TypeGuard

from clientfolder.dates.calendar import ONE_DAY, WorkingDays
from clientfolder.tuples import NamedTuple

_DAY_MINUTES = 24 * 60
_CLOCK = r"(\d{1,2})(?::(\d\d))?"


class DeskHours(NamedTuple):
    """From when to when the desk is kept, in minutes of the day."""

    begin: int
    end: int

    @classmethod
    def read(cls, text: str) -> DeskHours | None:
        """Read `8-18` or `8:30-17`; None for anything else."""
        found = re.fullmatch(rf"{_CLOCK} ?- ?{_CLOCK}", text.strip(), re.ASCII)
        if found is None:
            return None
        begin, end = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (1, 3))
        are_minutes = all(int(found[at] or 0) < 60 for at in (2, 4))
        return cls(begin, end) if are_minutes and begin < end <= _DAY_MINUTES else None

    @property
    def is_never_left(self) -> bool:
        return self == (0, _DAY_MINUTES)

    def passed(self, start: date | datetime, now: date | datetime, working: WorkingDays) -> timedelta:
        """The time that has passed on the clock of the desk; none where `start` is still to come.

        Both are taken as the wall clock said them; a day without a time is its 00:00. Of a desk that is kept day and
        night the hour that comes twice in autumn counts twice, so that what has passed never falls.
        """
        if self.is_never_left and _has_offset(start) and _has_offset(now):
            start = start.astimezone(now.tzinfo)
        begin, end = _wall_clock(start), _wall_clock(now)
        passed, day = timedelta(), begin.date()
        while day <= end.date():
            if day in working:
                midnight = datetime.combine(day, time())
                opens, closes = (midnight + timedelta(minutes=minutes) for minutes in self)
                passed += max(timedelta(), min(closes, end) - max(opens, begin))
            day += ONE_DAY
        return passed


def _has_offset(at: date | datetime) -> TypeGuard[datetime]:
    return isinstance(at, datetime) and at.tzinfo is not None


def _wall_clock(at: date | datetime) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime.combine(at, time())


def read_hours(text: str) -> timedelta | None:
    """Read a number of hours, `10h` or `10 hours`; None for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,2}) ?(?:h|hours?)", text.strip().casefold(), re.ASCII)
    return timedelta(hours=int(found[1])) if found else None
