"""What lies behind which insert: of one dossier, as piles in their order, and the whole binder with its loads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from clientfolder.dates.calendar import Month, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers, DueKey
from clientfolder.dossier.types import Cover
from clientfolder.tickler import slots
from clientfolder.tickler.load import Room, promised_days
from clientfolder.tuples import NamedTuple


def slot_of(cover: Cover, day: date) -> str:
    """The slot of a dossier on that day, `unfiled` and `resting` included; resting wins over a date."""
    return _slot(cover.next.on if cover.next else None, cover.resting is not None, day)


def _slot(on: date | Month | None, resting: bool, day: date) -> str:
    if resting:
        return slots.RESTING
    return slots.UNFILED if on is None else slots.slot(on, day)


def is_undated(cover: Cover, day: date) -> bool:
    """Filed under the running month, and no day agreed on yet."""
    return cover.resting is None and cover.next is not None and cover.next.on == Month.of(day)


# How often a client without a rhythm is taken to want to hear, where lateness is compared.
USUAL_PERIOD_DAYS = 30


def no_rhythm(cover: Cover) -> Rhythm | None:
    """Where nobody has a rhythm, the days alone tell how late a dossier is."""
    return None


def lateness(on: date | Month, day: date, every: Rhythm | None) -> float:
    """How late a date is against a rhythm: three days are more of a week than of half a year."""
    return slots.days_late(on, day) / (every.days if every else USUAL_PERIOD_DAYS)


def by_lateness(late: Covers, day: date, every: Callable[[Cover], Rhythm | None]) -> Covers:
    """Promised first, by the days that they are late; then the others, the latest against their rhythm first."""

    def days_late(due: DueKey) -> float:
        assert due.on
        return -lateness(due.on, day, None)

    def late_for_rhythm(cover: Cover) -> float:
        assert cover.next
        return -lateness(cover.next.on, day, every(cover))

    promised = late.where_due(lambda due: due.agreed).sorted_by_due(days_late)
    return promised + late.where_due(lambda due: not due.agreed).sorted(late_for_rhythm)


def by_time(covers: Covers) -> Covers:
    """Those of one day by time, those without one last, then promised before others, by name."""

    def rank(cover: Cover) -> tuple[bool, str, bool]:
        assert cover.next
        at = cover.next.time
        return at is None, at.isoformat() if at else "", not cover.next.agreed

    return covers.sorted(rank)


class Insert(NamedTuple):
    """One insert with what lies behind it. `on` is the day, for month inserts and later the month, else None."""

    slot: str
    on: date | Month | None
    dossiers: Covers


def leaf_through(
    covers: Iterable[Cover],
    day: date,
    every: Callable[[Cover], Rhythm | None] = no_rhythm,
    *,
    resting: bool = False,
    counted: bool = False,
) -> list[Insert]:
    """The binder from front to back: overdue, undated, days, months, later, unfiled, and resting if asked for.

    With `counted` what lies at a day is only counted, and not looked at to be put in the order of its times.
    """

    def insert_of(due: DueKey) -> tuple[int, str, date | Month | None] | None:
        slot = _slot(due.on, due.resting, day)
        rank, on = _rank(due, slot, day)
        return (rank, slot, on) if slot != slots.RESTING or resting else None

    inserts = Covers.of(covers).grouped(insert_of)
    found = []
    for (_, slot, on), here in sorted(inserts.items(), key=lambda insert: (insert[0][0], str(insert[0][2]))):
        if slot == slots.OVERDUE:
            ordered = by_lateness(here, day, every)
        else:
            ordered = by_time(here) if isinstance(on, date) and not counted else here.by_name()
        found.append(Insert(slot, on, ordered))
    return found


_WITHOUT_DATE = {slots.OVERDUE: 0, slots.UNFILED: 5, slots.RESTING: 6}


def _rank(due: DueKey, slot: str, day: date) -> tuple[int, date | Month | None]:
    """Where in the binder an insert stands, and the day or month that it is of."""
    on = due.on
    if slot in _WITHOUT_DATE or on is None:
        return _WITHOUT_DATE[slot], None
    if on == Month.of(day):
        return 1, on
    if slots.is_day_insert(slot):
        return 2, on
    return 4 if slot == slots.LATER else 3, on if isinstance(on, Month) else Month.of(on)


def lying_in(covers: Covers, inserts: slots.Inserts, day: date) -> Covers:
    """Those that lie in a slot or a range of them."""
    if inserts.kind == "slips":
        return covers.slips

    def is_there(due: DueKey) -> bool:
        return inserts.hold(_slot(due.on, due.resting, day), undated=due.on == Month.of(day), agreed=due.agreed)

    found = covers.where_due(is_there)
    # What was ticked does not wait to be woken.
    ticked = {cover.client for cover in found.where_due(lambda due: due.resting) if cover.is_done}
    return found.called(lambda client: client not in ticked)


def lies_in(cover: Cover, inserts: slots.Inserts, day: date) -> bool:
    """Whether one lies in a slot or a range of them."""
    agreed = cover.next is not None and cover.next.agreed
    undated = is_undated(cover, day)
    return inserts.hold(slot_of(cover, day), undated=undated, agreed=agreed, slip=cover.is_slip)


def lying_within(covers: Covers, days: DateRange) -> Covers:
    """Those that lie at any of these days."""
    return covers.where_due(lambda due: due.on in days)


def lying_at(covers: Covers, on: date | Month) -> Covers:
    """Those that lie at that very day, or anywhere in that month."""

    def is_there(due: DueKey) -> bool:
        return due.on == on or (isinstance(on, Month) and isinstance(due.on, date) and Month.of(due.on) == on)

    return covers.where_due(is_there)


def slips_of(covers: Covers, client: str) -> Covers:
    """The open slips of a client, by their days, and behind these those without one."""

    def rank(cover: Cover) -> tuple[bool, date]:
        return cover.next is None, last_day(cover.next.on) if cover.next else date.min

    return covers.slips.where(lambda cover: cover.belongs_to == client).sorted(rank)


# As a page shows it -------------------------------------------------------------------------------------


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
