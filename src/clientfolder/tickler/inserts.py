"""What lies behind which insert: as a list of dossiers, and as the whole binder with its loads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from clientfolder.dates.calendar import Month
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.tickler import slots
from clientfolder.tickler.desk import Insert, leaf_through, promised_days
from clientfolder.tickler.load import Room
from clientfolder.tuples import NamedTuple


class Listing(NamedTuple):
    """Inserts with the dossiers behind each, as of a day. `covers`: all of the folder, the owners of slips in it."""

    day: date
    places: tuple[Insert, ...]
    covers: Covers


class WholeBinder(NamedTuple):
    """Every insert as of a day; how many lie at each day and month, the room of the days, and what is promised when."""

    day: date
    places: tuple[Insert, ...]
    load: Mapping[date | Month, int]
    room: Room
    promised: frozenset[date | Month]

    @property
    def overdue(self) -> int:
        """How many are late."""
        return next((len(place.dossiers) for place in self.places if place.slot == slots.OVERDUE), 0)


def whole_binder(
    covers: Covers,
    day: date,
    load: Mapping[date | Month, int],
    room: Room,
    every: Callable[[Cover], Rhythm | None],
) -> WholeBinder:
    """The binder from front to back; what lies at a day is only counted."""
    places = leaf_through(covers, day, every, counted=True)
    return WholeBinder(day, tuple(places), load, room, frozenset(promised_days(covers)))
