"""How often a client wants to hear from me, and when that is next."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from clientfolder.dates import ONE_DAY, WorkingDays, plus_months

_RHYTHM = r"([1-9][0-9]{0,3}) +(day|week|month)s?"
EXAMPLE = "6 weeks"
# Ten years, as far as any date goes.
MOST = {"day": 3650, "week": 520, "month": 120}


class Rhythm(NamedTuple):
    """Every so many days, weeks or months."""

    every: int
    unit: str

    def due(self, last_contact: date, day: date, working: WorkingDays) -> date:
        """The working day on or after the rhythm's date, and after `day`.

        Raises OverflowError or ValueError past the year 9999.
        """
        if self.unit == "month":
            due = plus_months(last_contact, self.every)
        else:
            due = last_contact + timedelta(days=self.every * (7 if self.unit == "week" else 1))
        return working.on_or_after(max(due, day + ONE_DAY))


def parse(text: str) -> Rhythm | None:
    """Read `N days|weeks|months`; None for anything else."""
    found = re.fullmatch(_RHYTHM, text.strip(" \t").lower()) if text.isascii() else None
    if found is None or int(found[1]) > MOST[found[2]]:
        return None
    return Rhythm(int(found[1]), found[2])
