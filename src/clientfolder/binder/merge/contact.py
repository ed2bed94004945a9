"""Which next contact stands, where two versions of a dossier have different ones; none that was promised vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from clientfolder.binder.merge.conflict import NEXT, RESTING, Conflict, next_words
from clientfolder.binder.toml import editor
from clientfolder.dates.calendar import Month, last_day
from clientfolder.dossier.types import Dossier, Next
from clientfolder.tuples import NamedTuple

# Where an entry tells of a date that was answered or moved.
_DATES_OF_ENTRY = ("promised", "planned", "from", "to")
_FIRMNESS = ("agreed", "planned", "rhythm")


class Lying(NamedTuple):
    """Where a dossier lies in one version: its `[next]`, as the file has it and as it is read, and why it rests."""

    table: Mapping[str, Any] | None = None
    contact: Next | None = None
    resting: Any = None

    @classmethod
    def of(cls, data: Mapping[str, Any], dossier: Dossier) -> Lying:
        return cls(data.get(NEXT), dossier.next, data.get(RESTING))

    @property
    def said(self) -> tuple[Any, Any]:
        return self.table and dict(self.table), self.resting

    @property
    def rank(self) -> tuple[Any, ...]:
        """The smaller stands: the firmer, then the earlier, then the one with a time, then what sorts first."""
        assert self.table is not None
        assert self.contact is not None
        firmness = _FIRMNESS.index(self.contact.how)
        text = editor.rendered({key: self.table[key] for key in sorted(self.table)})
        return firmness, last_day(self.contact.on), self.contact.time is None, text


def chosen(base: Lying, ours: Lying, theirs: Lying) -> tuple[Lying, list[Conflict]]:
    """Where the dossier lies after the merge, and what both have changed and one of them has lost."""
    if theirs.said in (ours.said, base.said):
        return ours, []
    if ours.said == base.said:
        return theirs, []
    found = []
    dated = [lying for lying in (ours, theirs) if lying.table is not None]
    stands = min(dated, key=lambda lying: lying.rank) if dated else ours
    for other in dated:
        if other.table != stands.table:
            found.append(Conflict(NEXT, next_words(stands.contact), next_words(other.contact)))
    resting = ours.resting if ours.resting == theirs.resting and len(dated) == 2 else None
    if not dated:
        resting = theirs.resting if ours.resting is None else ours.resting
    for why in dict.fromkeys(lying.resting for lying in (ours, theirs) if isinstance(lying.resting, str)):
        if why != resting:
            kept = str(resting) if resting is not None else next_words(stands.contact)
            found.append(Conflict(RESTING, kept, why))
    return stands._replace(resting=resting), found


def vanished(stands: Lying, versions: Iterable[Lying], log: Iterable[Mapping[str, Any]]) -> list[Conflict]:
    """The promised dates of the versions of which neither `[next]` nor any entry says anything."""
    lost = []
    for lying in versions:
        contact = lying.contact
        if contact is None or not contact.agreed or (stands.contact and stands.contact.on == contact.on):
            continue
        conflict = Conflict(NEXT, next_words(stands.contact), next_words(contact))
        if conflict not in lost and not _is_told(contact.on, log):
            lost.append(conflict)
    return lost


def _is_told(on: date | Month, log: Iterable[Mapping[str, Any]]) -> bool:
    in_a_text = re.compile(rf"(?<![0-9-]){on}(?![0-9-])")
    return any(
        str(on) in (str(entry.get(key)) for key in _DATES_OF_ENTRY) or in_a_text.search(str(entry.get("text", "")))
        for entry in log
    )
