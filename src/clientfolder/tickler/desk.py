"""What lies on the desk on a given day, and what lies behind which insert.

Pure: covers and a day go in, piles and counts come out. The acts that clear the desk are in `acts`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time

from clientfolder.dates.calendar import Month, WorkingDays, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers, DueKey
from clientfolder.dossier.types import Cover, Next, is_slip
from clientfolder.tickler import slots
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
    overdue = all_.where_due(lambda due: due.on is not None and last_day(due.on) < day)
    return Desk(
        day,
        _by_lateness(overdue, day, every),
        _by_time(all_.where_due(lambda due: due.on == day)),
        all_.where_due(lambda due: due.on == Month.of(day)).by_name(),
        all_.where_due(lambda due: due.on is None and not due.resting).by_name(),
    )


def _by_lateness(late: Covers, day: date, every: Callable[[Cover], Rhythm | None]) -> Covers:
    """Promised first, by the days that they are late; then the others, the latest against their rhythm first."""

    def days_late(due: DueKey) -> float:
        assert due.on
        return -lateness(due.on, day, None)

    def late_for_rhythm(cover: Cover) -> float:
        assert cover.next
        return -lateness(cover.next.on, day, every(cover))

    promised = late.where_due(lambda due: due.agreed).sorted_by_due(days_late)
    return promised + late.where_due(lambda due: not due.agreed).sorted(late_for_rhythm)


def _by_time(covers: Covers) -> Covers:
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
            ordered = _by_lateness(here, day, every)
        else:
            ordered = _by_time(here) if isinstance(on, date) and not counted else here.by_name()
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


def slips_of(covers: Covers, client: str) -> Covers:
    """The open slips of a client, by their days, and behind these those without one."""

    def rank(cover: Cover) -> tuple[bool, date]:
        return cover.next is None, last_day(cover.next.on) if cover.next else date.min

    return covers.slips.where(lambda cover: cover.belongs_to == client).sorted(rank)


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


def lying_at(covers: Covers, on: date | Month) -> Covers:
    """Those that lie at that very day, or anywhere in that month."""

    def is_there(due: DueKey) -> bool:
        return due.on == on or (isinstance(on, Month) and isinstance(due.on, date) and Month.of(due.on) == on)

    return covers.where_due(is_there)


def loads(covers: Iterable[Cover], day: date) -> Counter[date | Month]:
    """How many living dossiers lie at each day and each month without a day; the overdue ones count today."""
    load: Counter[date | Month] = Counter()
    for due, count in Covers.of(covers).count_by_due().items():
        if due.on is not None:
            load[due.on if last_day(due.on) >= day else day] += count
    return load


def weigh(covers: Iterable[Cover], day: date, weights: Mapping[str, float]) -> dict[date | Month, float]:
    """How much lies at each day and month, each contact by the weight of its kind, 1 where that has none."""
    weight: dict[date | Month, float] = defaultdict(float)
    for due, count in Covers.of(covers).count_by_due().items():
        if due.on is not None:
            weight[due.on if last_day(due.on) >= day else day] += count * weights.get(due.kind, 1)
    return weight


def promised_days(covers: Iterable[Cover]) -> set[date | Month]:
    """The days and months on which something is promised to a client."""
    return {due.on for due in Covers.of(covers).count_by_due() if due.agreed and due.on is not None}


def nearest_working_days(working: WorkingDays, day: date, count: int) -> Sequence[date]:
    """The next so many working days after today."""
    following = working.following(day)
    return [next(following) for _ in range(count)]
