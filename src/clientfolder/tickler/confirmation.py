"""What is told after a write: what was written, what else is true of the day where it lies now, and what is left.

Pure: a change, the covers as it left them, and the loads of the days go in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from clientfolder.dates.availability import hours, weekdays
from clientfolder.dates.calendar import Month
from clientfolder.dossier.changes import Change
from clientfolder.dossier.covers import Covers, with_owner
from clientfolder.dossier.types import Cover, Next
from clientfolder.tickler import desk
from clientfolder.tickler.load import Room
from clientfolder.tickler.next_date import Planning, lighter_day
from clientfolder.tuples import NamedTuple


class Held(NamedTuple):
    """How many dossiers lie at a day or in a month, and what they weigh."""

    dossiers: int
    weight: float


class Lighter(NamedTuple):
    """A day with room near one that is over-full, and what lies there."""

    on: date
    held: Held


class Landing(NamedTuple):
    """Where a contact lies, and what else is true of that day or month.

    `capacity` is None for a month; `off` is the name of a day off; `is_over`: more lies there than the day has room
    for. Of the client who was put there: `same_time` is the name of somebody else to be called then, `is_not_on`
    tells that it is a weekday on which the client wants no call, `other_hours` are the client's hours where the time
    lies outside of them, and `lighter` is a day with room where this one is over-full and was not promised.
    """

    contact: Next
    held: Held
    capacity: int | None = None
    off: str | None = None
    is_over: bool = False
    same_time: str | None = None
    is_not_on: bool = False
    other_hours: str | None = None
    lighter: Lighter | None = None


class Loads(NamedTuple):
    """The folder as a write left it: all covers, how many lie at each day and month, and the room of the days."""

    covers: Covers
    load: Mapping[date | Month, int]
    room: Room

    def held(self, on: date | Month) -> Held:
        count = self.load.get(on, 0)
        return Held(count, self.room.weight.get(on, 0))


def landing(
    contact: Next,
    loads: Loads,
    cover: Cover | None = None,
    planning: Callable[[Cover, str], Planning] | None = None,
) -> Landing:
    """What is true of the day of a contact; of the client too, where `cover` says who that is.

    `planning`: what a date of that client, for that kind of contact, is computed with; without it no lighter day.
    """
    on, room, held = contact.on, loads.room, loads.held(contact.on)
    found = Landing(contact, held)
    if not isinstance(on, Month):
        off = room.working.off_for(on) if room.working.is_off(on) else None
        found = found._replace(capacity=room.capacity.on(on), off=off, is_over=room.is_over(on))
    if cover is None:
        return found
    return found._replace(
        same_time=desk.same_time_as(contact, loads.covers, cover.client),
        is_not_on=isinstance(on, date) and on.weekday() in weekdays(cover.not_on),
        other_hours=_other_hours(contact, cover),
        lighter=_lighter(found, loads, cover, planning(cover, contact.kind)) if planning and found.is_over else None,
    )


def _other_hours(contact: Next, cover: Cover) -> str | None:
    suiting = hours(cover.hours) if cover.hours else None
    return cover.hours if suiting and contact.time and not suiting.hold(contact.time) else None


def _lighter(found: Landing, loads: Loads, cover: Cover, planning: Planning) -> Lighter | None:
    """The nearest day with room, where the day is over-full and was not promised."""
    if isinstance(found.contact.on, Month) or found.contact.agreed:
        return None
    on = lighter_day(cover, found.contact.on, planning)
    return Lighter(on, loads.held(on)) if on else None


class Written(NamedTuple):
    """One dossier that was written: the change, its cover afterwards (None: it is gone), and where it lies.

    `slot` is the insert; `landing` is None for one that lies at no day or month, or where nobody asks.
    """

    change: Change
    cover: Cover | None
    slot: str | None
    landing: Landing | None = None


class Confirmation(NamedTuple):
    """What a command has written, or with `dry_run` would have. `folder`: where, if that is not the default folder."""

    day: date
    written: tuple[Written, ...]
    folder: str | None = None
    dry_run: bool = False


class Left(NamedTuple):
    """How many lie on the desk still, and which of them is the next."""

    to_do: int
    first: Cover | None


def left(pile: Covers, covers: Covers, now: date | datetime) -> Left:
    """What is left on the desk; first comes the first client whose hours allow a call at this time of day."""
    if not pile:
        return Left(0, None)
    first = next((cover for cover in pile if _can_call(cover, now)), pile[0])
    return Left(len(pile), with_owner(first, covers))


def _can_call(cover: Cover, now: date | datetime) -> bool:
    suiting = hours(cover.hours) if cover.hours else None
    return suiting is None or not isinstance(now, datetime) or suiting.hold(now.time())
