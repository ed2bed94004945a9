"""The inserts of the binder, and behind which one a date lies on a given day.

The binder rotates: a day insert stands for at most one day at a time, a month insert for one month.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from clientfolder.dates import MONTHS, Month, last_day
from clientfolder.errors import PhraseRefused, visible

OVERDUE, LATER, UNDATED, UNFILED, RESTING = "overdue", "later", "undated", "unfiled", "resting"
DAY_INSERTS = tuple(str(number) for number in range(1, 32))
NAMES = (*DAY_INSERTS, *MONTHS, LATER, OVERDUE, UNDATED, UNFILED, RESTING)


def slot(on: date | Month, day: date) -> str:
    """The insert behind which a next contact lies: `1` to `31`, `january` to `december`, `later` or `overdue`."""
    if last_day(on) < day:
        return OVERDUE
    month = on if isinstance(on, Month) else Month.of(on)
    months_ahead = month.since(Month.of(day))
    if isinstance(on, date) and (months_ahead == 0 or (months_ahead == 1 and on.day < day.day)):
        return str(on.day)
    return LATER if months_ahead >= 12 else month.name


def is_day_insert(name: str) -> bool:
    return name[:1].isdigit()


def days_late(on: date | Month, day: date) -> int:
    """Calendar days since `on`, for a month since its last day; 0 if it is not late."""
    return max(0, (day - last_day(on)).days)


class Inserts(NamedTuple):
    """One slot or several, as the user names them: `13`, `july`, `overdue`, `10..21`."""

    names: tuple[str, ...]

    def hold(self, slot: str, *, undated: bool = False) -> bool:
        """Whether a dossier of that slot lies here; `undated`: in the running month without a day."""
        return slot in self.names or (undated and UNDATED in self.names)


_RANGE = r"(0?[1-9]|[12][0-9]|3[01]) ?\.\. ?(0?[1-9]|[12][0-9]|3[01])"
_DAY = r"0?[1-9]|[12][0-9]|3[01]"
_SHORT = {month[:3]: month for month in MONTHS} | {"sept": "september"}


def parse(words: str) -> Inserts | None:
    """Read a slot word or a range of day inserts; None for anything else, which may still be a WHEN."""
    plain = re.sub(r"[ \t]+", " ", words).strip(" ").lower() if words.isascii() else ""
    if found := re.fullmatch(_RANGE, plain):
        first, last = int(found[1]), int(found[2])
        numbers = range(first, last + 1) if first <= last else (*range(first, 32), *range(1, last + 1))
        return Inserts(tuple(map(str, numbers)))
    if re.fullmatch(_DAY, plain):
        return Inserts((plain.lstrip("0"),))
    plain = _SHORT.get(plain, plain)
    return Inserts((plain,)) if plain in NAMES else None


def must_parse(words: str) -> Inserts:
    """Read a slot word or a range. Raises PhraseRefused for anything else."""
    inserts = parse(words)
    if inserts is None:
        raise PhraseRefused(
            f'"{visible(words)}" is no slot. A slot is 13, 10..21, july, overdue, undated, later or unfiled.'
        )
    return inserts
