"""The dates that are computed for a client: by its rhythm, after an attempt, and near a day that is full. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from clientfolder.dates import ONE_DAY, last_day
from clientfolder.dossier import Cover, Entry
from clientfolder.errors import Refused
from clientfolder.tickler import attempts
from clientfolder.tickler.attempts import Rung
from clientfolder.tickler.rhythm import Rhythm
from clientfolder.tickler.room import Proposal, Room


class Planning(NamedTuple):
    """What a date of one client is computed with: today, the room of the days, the rhythm, the ladder of attempts,
    the weekdays on which not to call, and how much of a day the contact takes."""

    day: date
    room: Room
    every: Rhythm | None = None
    ladder: tuple[Rung, ...] = (Rung(1, "b"),)
    not_on: frozenset[int] = frozenset()
    weight: float = 1


def proposed(cover: Cover, entry: Entry | None, planning: Planning) -> Proposal:
    """The rhythm's next day, counted from the last contact, this entry among them; from today where there was none.

    A slip that is done before its day is done for that day, and counts from there; a contact that is still to come
    was mistyped. There is a rhythm. Raises Refused where it leads beyond the calendar.
    """
    assert planning.every
    contacts = [entry.day] if entry and entry.is_contact else []
    if cover.last_contact is not None:
        contacts.append(cover.last_contact)
    contacts = [day for day in contacts if day <= planning.day]
    if cover.is_slip and cover.next is not None and entry and entry.is_contact:
        contacts.append(last_day(cover.next.on))
    last_contact = max(contacts, default=planning.day)
    try:
        return planning.room.proposed(
            planning.every, last_contact, planning.day, planning.not_on, weight=planning.weight
        )
    except (OverflowError, ValueError):
        raise Refused(f"The rhythm of {cover.name} leads beyond the calendar; say the day: -n fri") from None


def next_attempt(cover: Cover, planning: Planning) -> date:
    """When to try again after one more attempt."""
    rung = attempts.rung(planning.ladder, cover.attempts)
    return rung.after(planning.day, planning.room, planning.not_on)


def is_above_ladder(cover: Cover, planning: Planning) -> bool:
    """Whether one more attempt is more than the ladder has rungs, so that something else must be tried."""
    return cover.attempts >= len(planning.ladder)


# Without a tolerance of its own, a dossier may lie so many days before or after the one that was named.
NEAR_DAYS = 7


def lighter_day(
    cover: Cover, on: date, planning: Planning, entry: Entry | None = None, after: date | None = None
) -> date | None:
    """The lightest day with room for it, inside the client's tolerance or near the day; None if none has.

    `entry` is a contact that is just being logged. It lies after today, and after the day `after`.
    """
    room, earliest = planning.room, max(planning.day, after or planning.day)
    try:
        near = [day for day in _near(cover, on, planning, entry) if day != on and day > earliest]
    except (OverflowError, Refused):
        return None
    fit = (day for day in near if room.has_room(day, planning.weight) and not room.why_not(day, planning.not_on))
    return room.lightest(fit, near=on)


def _near(cover: Cover, on: date, planning: Planning, entry: Entry | None) -> Iterator[date]:
    """The days from which another may be taken. Raises OverflowError and Refused at the end of the calendar."""
    first = last = on
    if planning.every and (entry or cover.last_contact):
        proposal = proposed(cover, entry, planning)
        if proposal.first <= on <= proposal.last:
            first, last = proposal.first, proposal.last
    if first == last:
        first, last = on - NEAR_DAYS * ONE_DAY, on + NEAR_DAYS * ONE_DAY
    return (first + ONE_DAY * count for count in range((last - first).days + 1))
