"""What lies on the desk on a given day, and what of it asks for care: the dodged, the drifting, the same time twice.

Pure: covers and a day go in, piles come out. The acts that clear the desk are in `acts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, time

from clientfolder.dates.calendar import Month, last_day
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Next, is_slip
from clientfolder.tickler.inserts import by_lateness, by_time, lying_at, no_rhythm
from clientfolder.tuples import NamedTuple


class Desk(NamedTuple):
    """Today's work, in the order in which it is done, and what wants a date."""

    day: date
    overdue: Covers
    today: Covers
    undated: Covers
    unfiled: Covers

    @property
    def pile(self) -> Covers:
        """What is to be done today: the overdue ones and those that lie at today."""
        return self.overdue + self.today

    @property
    def load(self) -> int:
        return len(self.overdue) + len(self.today)

    @property
    def slips(self) -> int:
        """How many of them are slips."""
        return sum(map(is_slip, self.pile.clients))


# From so many moves on, made after the day had come, a client is dodged.
DODGED_MOVES = 3


def is_dodged(cover: Cover) -> bool:
    """Whether it was put off again and again since the last contact."""
    return cover.resting is None and cover.moves >= DODGED_MOVES


def is_first_call(cover: Cover) -> bool:
    """Whether it is living, and was never reached."""
    return cover.resting is None and cover.is_first


def days_silent(cover: Cover, day: date) -> int | None:
    """Days since the last contact; None where there was none."""
    return (day - cover.last_contact).days if cover.last_contact else None


def is_drifting(cover: Cover, day: date) -> bool:
    """Whether a living client is silent for longer than the gap that is usual with it; a slip is never silent."""
    silent = None if cover.is_slip else days_silent(cover, day)
    return cover.resting is None and silent is not None and cover.usual_gap is not None and silent > cover.usual_gap


def lay_out(covers: Iterable[Cover], day: date, every: Callable[[Cover], Rhythm | None] = no_rhythm) -> Desk:
    """Sort the living dossiers that concern that day onto the desk.

    The late ones: promised first, the longest late before the others; then those that are latest against their rhythm.
    """
    all_ = Covers.of(covers)
    overdue = all_.where_due(lambda due: due.on is not None and last_day(due.on) < day)
    return Desk(
        day,
        by_lateness(overdue, day, every),
        by_time(all_.where_due(lambda due: due.on == day)),
        all_.where_due(lambda due: due.on == Month.of(day)).by_name(),
        all_.where_due(lambda due: due.on is None and not due.resting).by_name(),
    )


def same_times(covers: Iterable[Cover]) -> dict[str, str]:
    """Those who lie at one day and time with somebody else: by short name, the name of the first of the others."""
    at: dict[tuple[date | Month, time], list[Cover]] = defaultdict(list)
    for cover in covers:
        if cover.resting is None and cover.next and cover.next.time:
            at[cover.next.on, cover.next.time].append(cover)
    together = [sorted(those, key=lambda one: one.sorted_by) for those in at.values() if len(those) > 1]
    return {one.client: those[one is those[0]].name for those in together for one in those}


def same_time_as(contact: Next, covers: Covers, client: str) -> str | None:
    """Who besides this client is to be called at the very time of a contact; the first of them by name."""
    if contact.time is None:
        return None
    there = lying_at(covers, contact.on)
    others = [one.name for one in there if one.client != client and one.next and one.next.time == contact.time]
    return min(others, key=str.casefold, default=None)
