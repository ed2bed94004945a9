"""What lies on the desk on a given day, and what lies behind which insert.

Pure: covers and a day go in, piles and counts come out. The acts that clear the desk are in `clearing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clientfolder.dates.calendar import Month, WorkingDays, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers, Lying
from clientfolder.dossier.types import Cover, is_slip
from clientfolder.tickler import slots


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


# How often a client without a rhythm is taken to want to hear, where lateness is compared.
USUAL_PERIOD_DAYS = 30


def no_rhythm(cover: Cover) -> Rhythm | None:
    """Where nobody has a rhythm, the days alone tell how late a dossier is."""
    return None


def lateness(on: date | Month, day: date, every: Rhythm | None) -> float:
    """How late a date is against a rhythm: three days are more of a week than of half a year."""
    return slots.days_late(on, day) / (every.days if every else USUAL_PERIOD_DAYS)


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
    late: list[tuple[bool, float, tuple[str, str], int]] = []
    today: list[int] = []
    undated: list[int] = []
    unfiled: list[int] = []
    for lying, places in all_.lying.items():
        if lying.resting:
            continue
        if lying.on is None:
            unfiled += places
        elif last_day(lying.on) < day:
            for place in places:
                rhythm = None if lying.agreed else every(all_.at(place))
                late.append((not lying.agreed, -lateness(lying.on, day, rhythm), all_.sorted_by(place), place))
        elif lying.on == day:
            today += places
        elif lying.on == Month.of(day):
            undated += places
    overdue = Covers(all_.shelf, [place for *_, place in sorted(late)])
    return Desk(day, overdue, _by_time(all_, today), all_.in_order(undated), all_.in_order(unfiled))


def _by_time(covers: Covers, places: Iterable[int]) -> Covers:
    """Those at these places, all of one day: by time, those without one last, then promised before others, by name."""

    def rank(place: int) -> tuple[bool, str, bool, tuple[str, str]]:
        contact = covers.at(place).next
        assert contact
        at = contact.time
        return at is None, at.isoformat() if at else "", not contact.agreed, covers.sorted_by(place)

    return Covers(covers.shelf, sorted(places, key=rank))


class Place(NamedTuple):
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
) -> list[Place]:
    """The binder from front to back: overdue, undated, days, months, later, unfiled, and resting if asked for.

    With `counted` what lies at a day is only counted, and not opened to be put in the order of its times.
    """
    all_ = Covers.of(covers)
    inserts: dict[tuple[int, str, date | Month | None, str], list[int]] = {}
    for lying, places in all_.lying.items():
        slot = _slot(lying.on, lying.resting, day)
        if slot == slots.RESTING and not resting:
            continue
        rank, on = _rank(lying, slot, day)
        inserts.setdefault((rank, str(on), on, slot), []).extend(places)
    desk = lay_out(all_, day, every) if inserts else None
    ordered = []
    for rank, _, on, slot in sorted(inserts, key=lambda insert: insert[:2]):
        places = inserts[rank, str(on), on, slot]
        if desk and rank == 0:
            here = desk.overdue
        else:
            here = _by_time(all_, places) if isinstance(on, date) and not counted else all_.in_order(places)
        ordered.append(Place(slot, on, here))
    return ordered


_WITHOUT_DATE = {slots.OVERDUE: 0, slots.UNFILED: 5, slots.RESTING: 6}


def _rank(lying: Lying, slot: str, day: date) -> tuple[int, date | Month | None]:
    """Where in the binder an insert stands, and the day or month that it is of."""
    on = lying.on
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
    found: list[int] = []
    for lying, places in covers.lying.items():
        undated = not lying.resting and lying.on == Month.of(day)
        if inserts.hold(_slot(lying.on, lying.resting, day), undated=undated, agreed=lying.agreed):
            # What was ticked does not wait to be woken.
            found += [place for place in places if not (lying.resting and covers.at(place).is_done)]
    return Covers(covers.shelf, sorted(found))


def lies_in(cover: Cover, inserts: slots.Inserts, day: date) -> bool:
    """Whether one lies in a slot or a range of them."""
    agreed = cover.next is not None and cover.next.agreed
    undated = is_undated(cover, day)
    return inserts.hold(slot_of(cover, day), undated=undated, agreed=agreed, slip=cover.is_slip)


def lying_within(covers: Covers, days: DateRange) -> Covers:
    """Those that lie at any of these days."""
    found: list[int] = []
    for lying, places in covers.lying.items():
        if not lying.resting and lying.on in days:
            found += places
    return Covers(covers.shelf, sorted(found))


def slips_of(covers: Covers, client: str) -> Covers:
    """The open slips of a client, by their days."""
    own = covers.slips.those(lambda cover: cover.belongs_to == client)
    return Covers(own.shelf, sorted(own.places, key=lambda place: _by_day(own, place)))


def _by_day(covers: Covers, place: int) -> tuple[bool, date, tuple[str, str]]:
    contact = covers.at(place).next
    return contact is None, last_day(contact.on) if contact else date.min, covers.sorted_by(place)


def lying_at(covers: Covers, on: date | Month) -> Covers:
    """Those that lie at that very day, or anywhere in that month."""
    found: list[int] = []
    for lying, places in covers.lying.items():
        in_month = isinstance(on, Month) and isinstance(lying.on, date) and Month.of(lying.on) == on
        if not lying.resting and (lying.on == on or in_month):
            found += places
    return Covers(covers.shelf, sorted(found))


def loads(covers: Iterable[Cover], day: date) -> Counter[date | Month]:
    """How many living dossiers lie at each day and each month without a day; the overdue ones count today."""
    load: Counter[date | Month] = Counter()
    for lying, places in Covers.of(covers).lying.items():
        if not lying.resting and lying.on is not None:
            load[lying.on if last_day(lying.on) >= day else day] += len(places)
    return load


def weigh(covers: Iterable[Cover], day: date, weights: Mapping[str, float]) -> dict[date | Month, float]:
    """How much lies at each day and month, each contact by the weight of its kind, 1 where that has none."""
    weight: dict[date | Month, float] = defaultdict(float)
    for lying, places in Covers.of(covers).lying.items():
        if not lying.resting and lying.on is not None:
            on = lying.on if last_day(lying.on) >= day else day
            weight[on] += len(places) * weights.get(lying.kind, 1)
    return weight


def promised_days(covers: Iterable[Cover]) -> set[date | Month]:
    """The days and months on which something is promised to a client."""
    lying = Covers.of(covers).lying
    return {place.on for place in lying if place.agreed and place.on is not None}


def nearest_working_days(working: WorkingDays, day: date, count: int) -> Sequence[date]:
    """The next so many working days after today."""
    following = working.following(day)
    return [next(following) for _ in range(count)]
