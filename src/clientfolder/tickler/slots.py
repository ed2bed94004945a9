"""The inserts of the binder, and behind which one a date lies on a given day.

The binder rotates: a day insert stands for at most one day at a time, a month insert for one month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from clientfolder.dates.calendar import MONTHS, Month, last_day
from clientfolder.dates.vocabulary import DAY_NUMBER, MONTH, plain, shown
from clientfolder.errors import PhraseRefused
from clientfolder.tuples import NamedTuple

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


Kind = Literal["inserts", "promised", "slips", "all"]


class Inserts(NamedTuple):
    """One slot or several, as the user names them: `13`, `july`, `overdue`, `10..21`.

    Or not by their inserts: what is promised, the slips, or all that has not been put to rest.
    """

    names: tuple[str, ...]
    kind: Kind = "inserts"

    def hold(self, slot: str, *, undated: bool = False, agreed: bool = False, slip: bool = False) -> bool:
        """Whether a dossier of that slot lies here; `undated`: in the running month without a day."""
        if self.kind == "inserts":
            return slot in self.names or (undated and UNDATED in self.names)
        return slot != RESTING and (self.kind == "all" or (agreed if self.kind == "promised" else slip))


# What the screens call them.
_ALSO = {"late": OVERDUE, "no day": UNDATED, "no date": UNFILED}
_KINDS: Mapping[str, Kind] = {"promised": "promised", "slips": "slips", "all": "all"}
# All of them that are one word.
WORDS = ("late", *_KINDS)
_RANGE = rf"({DAY_NUMBER}) ?\.\. ?({DAY_NUMBER})"


def parse(words: str) -> Inserts | None:
    """Read a slot word or a range of day inserts; None for anything else, which may still be a WHEN."""
    said = plain(words)
    if said is None:
        return None
    if found := re.fullmatch(_RANGE, said):
        first, last = int(found[1]), int(found[2])
        numbers = range(first, last + 1) if first <= last else (*range(first, 32), *range(1, last + 1))
        return Inserts(tuple(map(str, numbers)))
    if re.fullmatch(DAY_NUMBER, said):
        return Inserts((said.lstrip("0"),))
    if kind := _KINDS.get(said):
        return Inserts((), kind)
    said = MONTHS[MONTH[said] - 1] if said in MONTH else _ALSO.get(said, said)
    return Inserts((said,)) if said in NAMES else None


def must_parse(words: str) -> Inserts:
    """Read a slot word or a range. Raises PhraseRefused for anything else."""
    inserts = parse(words)
    if inserts is None:
        reason = f'"{shown(words)}" is no slot'
        forms = "A slot is 13, 10..21, july, late, promised, no day, no date, later or all."
        raise PhraseRefused(f"{reason}. {forms}", phrase=words, reason=reason)
    return inserts
