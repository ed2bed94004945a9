"""What became of the days that were promised to a client.

A promised day is read off the log and off the next contact, and each is counted once:

- **kept**: a contact on the promised day or before it. It counts on the day of that contact. For a month its last day
  counts. An attempt or a move does no harm where a contact still came in time.
- **broken**: the day came, and no contact: one that came later, an attempt that reached nobody on the day or after it,
  a move away from it or a rest on the day or after it, or a dossier that still lies there when the day is over. It
  counts on the promised day.
- **open**: it is for today, and today is not over.
- a day that was moved or given up before it had come, as the client agreed to, was no promise any more: neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum, auto

from clientfolder.dates.calendar import Month, last_day
from clientfolder.dossier.types import Dossier, Entry
from clientfolder.tuples import NamedTuple


class Fate(Enum):
    """What became of a promise."""

    KEPT = auto()
    BROKEN = auto()
    OPEN = auto()


class Promise(NamedTuple):
    """A promised day or month, and the day on which its fate counts."""

    on: date | Month
    fate: Fate
    day: date


def promises(dossier: Dossier, trail: Sequence[Entry], day: date) -> Iterator[Promise]:
    """The promises of which something has become by that day; `trail` is the log up to it, oldest first."""
    contacts_before = 0
    seen: set[tuple[date | Month, int]] = set()
    for place, entry in enumerate(trail):
        on = _promised_by(entry)
        # Until the next contact all that is told of one day is told of one promise.
        if on is not None and (on, contacts_before) not in seen:
            seen.add((on, contacts_before))
            yield from _fate(on, trail[place:], day)
        contacts_before += entry.is_contact
    contact = dossier.next
    if contact and contact.agreed and dossier.resting is None and (contact.on, contacts_before) not in seen:
        last = last_day(contact.on)
        if last <= day:
            yield Promise(contact.on, Fate.OPEN if last == day else Fate.BROKEN, last)


def _promised_by(entry: Entry) -> date | Month | None:
    """The promise that an entry tells of, if it tells of one."""
    if entry.is_contact or entry.is_attempt:
        return entry.promised
    on = entry.promised if entry.kind == "note" else entry.from_on if entry.how == "agreed" else None
    return None if on is None or entry.day < last_day(on) else on


def _fate(on: date | Month, since: Sequence[Entry], day: date) -> Iterator[Promise]:
    """What became of a promise that the first of these entries tells of."""
    last = last_day(on)
    met = next((entry.day for entry in since if entry.is_contact), None)
    if met is not None and met <= last:
        yield Promise(on, Fate.KEPT, met)
    elif last < day or since[0].day >= last:
        yield Promise(on, Fate.BROKEN, last)
    elif last == day:
        yield Promise(on, Fate.OPEN, last)
