"""Where dossiers go that are too many for a day, are late, or have no day: the plan, with its reasons.

Pure: covers and the room of the days go in, a `Plan` comes out. Nothing that was promised is ever in its moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from clientfolder.dates.availability import weekdays
from clientfolder.dates.calendar import ONE_DAY, Month, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.retry import RetryStep
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.concerns import complains
from clientfolder.dossier.types import Cover
from clientfolder.tickler.inserts import lateness
from clientfolder.tickler.levelling import Item, laid, levelled
from clientfolder.tickler.load import EPSILON, Room
from clientfolder.tuples import NamedTuple

DueOn = date | Month | None
Load = Mapping[date | Month, int]
HORIZON = RetryStep(10, "b")


class Terms(NamedTuple):
    """What a plan is made with: today, the room of the days and how many lie there, each client's rhythm, how much of
    a day a contact takes, and how far ahead is looked; without `over`, ten working days, and a month to its end."""

    day: date
    room: Room
    load: Load
    every: Callable[[Cover], Rhythm | None]
    weight: Callable[[Cover], float]
    over: RetryStep | None = None

    def place(self, cover: Cover) -> DueOn:
        """Where a dossier is to be done: what is late, today."""
        on = cover.next.on if cover.next else None
        return self.day if on is not None and last_day(on) < self.day else on

    def worked(self, day: date, until: date) -> list[date]:
        """The working days after the one and until the other."""
        working = self.room.working
        return [on for on in DateRange(day + ONE_DAY, until) if on in working]

    def tolerance(self, cover: Cover) -> tuple[date, date] | None:
        """The days among which the rhythm leaves a choice; None where it leaves none, or they are past."""
        every = self.every(cover)
        if every is None or cover.last_contact is None:
            return None
        try:
            first, last = every.window(cover.last_contact)
        except (OverflowError, ValueError):
            return None
        return (first, last) if first < last and last > self.day else None


class Move(NamedTuple):
    """A dossier that goes to another day, and why it does and why there."""

    cover: Cover
    to: date
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """All of it in words."""
        return ", ".join(self.reasons) or "it had no date"


class Why(Enum):
    """Why a dossier stays where it lies."""

    PROMISED = "promised"
    FITS = "there is room for it"
    NO_ROOM = "no room on any day that suits"


class Stay(NamedTuple):
    """A dossier that was looked at and stays."""

    cover: Cover
    why: Why

    @property
    def is_promised(self) -> bool:
        return self.why is Why.PROMISED


class Lay(NamedTuple):
    """The room of the days with what lies there, and how many dossiers that is."""

    room: Room
    load: Load

    def capacity(self, day: date) -> int:
        """How much a day has room for; one that is not worked has none."""
        return self.room.capacity.on(day) if day in self.room.working else 0

    def is_over(self, day: date) -> bool:
        """Whether more lies there than it has room for; on a day that is not worked, whether anything does."""
        return self.room.is_over(day) if day in self.room.working else self.room.weight.get(day, 0) > EPSILON


class Plan(NamedTuple):
    """What moves, what stays, and how full the days are then.

    `places`: the days that were looked at. `before`, `after`: the room of the days, and how many lie there.
    """

    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]
    places: tuple[date, ...]
    before: Lay
    after: Lay

    @property
    def steps(self) -> tuple[tuple[str, object, date], ...]:
        """The moves alone, to be compared with those of another plan."""
        return tuple((move.cover.client, move.cover.next, move.to) for move in self.moves)

    @property
    def too_full(self) -> list[date]:
        """The days that hold more than they have room for even so, among those looked at and those moved to."""
        days = {*self.places, *(move.to for move in self.moves)}
        return sorted(day for day in days if self.after.is_over(day))

    def staying(self, why: Why) -> list[Cover]:
        return [stay.cover for stay in self.stays if stay.why is why]


def spread(chosen: Iterable[Cover], terms: Terms) -> Plan:
    """Lay what is too much for its day, or has no day, over the working days that follow."""
    covers = sorted(chosen, key=lambda cover: importance(cover, terms))
    now = Layout(terms)
    while now.levelled_once(covers) or now.taken_back(covers):
        pass
    for month in sorted({on for cover in covers if isinstance(on := terms.place(cover), Month)}):
        now.lay_out([cover for cover in covers if terms.place(cover) == month and not promised(cover)], month)
    now.lay_out([cover for cover in covers if terms.place(cover) is None], None)
    return now.plan(covers)


def importance(cover: Cover, terms: Terms) -> tuple[bool, float, int, tuple[str, str]]:
    """The most important first, those that matter the same by name."""
    return *rank(cover, terms), cover.sorted_by


def rank(cover: Cover, terms: Terms) -> tuple[bool, float, int]:
    """The most important first: planned before proposed by the rhythm, then the latest against its rhythm, then the
    one put off most often."""
    if cover.next is None:
        return False, 0, -cover.moves
    late = lateness(cover.next.on, terms.day, terms.every(cover))
    return cover.next.how == "rhythm", -late, -cover.moves


def promised(cover: Cover) -> bool:
    """Whether its date was promised to the client, so that no plan moves it; as good as that is an open complaint."""
    return cover.next is not None and (cover.next.agreed or complains(cover))


class Layout:
    """How the dossiers lie while a plan is made."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.weight = dict(terms.room.weight)
        self.load = Counter({on: count for on, count in terms.load.items() if count})
        self.room = terms.room._replace(weight=self.weight)
        self.lay = Lay(self.room, self.load)
        self.gone: dict[str, date] = {}
        self.places: set[date] = set()

    def levelled_once(self, covers: Sequence[Cover]) -> bool:
        """Level each day that is too full, the earliest first; whether anything moved."""
        places = {on for cover in covers if isinstance(on := self.terms.place(cover), date)}
        self.places |= places
        moved = False
        for place in sorted(places):
            excess = self.weight.get(place, 0) - self.lay.capacity(place)
            here = [cover for cover in covers if self._may_leave(cover, place)] if self.lay.is_over(place) else []
            until = (self.terms.over or HORIZON).after(place, self.room.on_or_after)
            days = self.terms.worked(place, until) if here else []
            items = [self._item(cover, _allowed(cover, days, self.terms)) for cover in here]
            going = levelled(items, excess, self.room)
            self.move(here, going)
            moved |= bool(going)
        return moved

    def taken_back(self, covers: Sequence[Cover]) -> bool:
        """Leave where it lay what need not go any more, since a heavier one has gone; whether there was any."""
        found = False
        for cover in covers:
            place, weight = self.terms.place(cover), self.terms.weight(cover)
            if cover.client in self.gone and isinstance(place, date) and self._would_hold(place, weight):
                self._shift(cover, self.gone.pop(cover.client), place)
                found = True
        return found

    def _would_hold(self, place: date, weight: float) -> bool:
        return self.weight.get(place, 0) + weight <= self.lay.capacity(place) + EPSILON

    def lay_out(self, covers: Sequence[Cover], month: Month | None) -> None:
        """Give each a day: in its month where it has one and there is room, else on the days that follow."""
        start, near = self.terms.day, None
        until = (self.terms.over or HORIZON).after(start, self.room.on_or_after)
        if month and month.first > start:
            start, until = month.first - ONE_DAY, month.last
        elif month:
            near = month.last
            until = until if self.terms.over else max(until, near)
        days = self.terms.worked(start, until) if covers else []
        items = [self._item(cover, _allowed(cover, days, self.terms)) for cover in covers]
        self.move(covers, laid(items, self.room, near))

    def move(self, covers: Iterable[Cover], going: Mapping[str, date]) -> None:
        """Put those that go where they go."""
        for cover in covers:
            if cover.client in going:
                to = going[cover.client]
                self._shift(cover, self.terms.place(cover), to)
                self.gone[cover.client] = to

    def _shift(self, cover: Cover, place: DueOn, to: date) -> None:
        weight = self.terms.weight(cover)
        if place is not None:
            self.weight[place] = self.weight.get(place, 0) - weight
            self.load[place] -= 1
        self.weight[to] = self.weight.get(to, 0) + weight
        self.load[to] += 1

    def plan(self, covers: Sequence[Cover]) -> Plan:
        """What has become of all of them."""
        terms = self.terms
        moves = [
            Move(cover, self.gone[cover.client], reasons(cover, self.gone[cover.client], terms))
            for cover in covers
            if cover.client in self.gone
        ]
        stays = (Stay(cover, self._why(cover)) for cover in covers if cover.client not in self.gone)
        in_order = tuple(sorted(moves, key=lambda move: move.to))
        return Plan(in_order, tuple(stays), tuple(sorted(self.places)), Lay(terms.room, terms.load), self.lay)

    def _why(self, cover: Cover) -> Why:
        if promised(cover):
            return Why.PROMISED
        place = self.terms.place(cover)
        fits = isinstance(place, date) and not self.lay.is_over(place)
        return Why.FITS if fits else Why.NO_ROOM

    def _may_leave(self, cover: Cover, place: date) -> bool:
        return self.terms.place(cover) == place and cover.client not in self.gone and not promised(cover)

    def _item(self, cover: Cover, far: Mapping[date, int]) -> Item:
        return Item(cover.client, far, self.terms.weight(cover), rank(cover, self.terms))


def _allowed(cover: Cover, days: Sequence[date], terms: Terms) -> dict[date, int]:
    """The days that suit a client and lie within the tolerance, and how many working days away each is."""
    not_on = weekdays(cover.not_on)
    suiting = {day: far for far, day in enumerate(days, 1) if not terms.room.why_not(day, not_on)}
    tolerance, place = terms.tolerance(cover), terms.place(cover)
    if tolerance is None:
        return suiting
    first, last = tolerance
    if isinstance(place, date):
        return {day: far for day, far in suiting.items() if day <= last} if place <= last else suiting
    if place is not None and not place.first <= last:
        return suiting
    within = {day: far for day, far in suiting.items() if day <= last}
    waiting = {day: far for day, far in within.items() if day >= first}
    # One without a date is better called too early than not at all.
    return waiting if waiting else within if place is None or place.last < first else {}


def reasons(cover: Cover, to: date, terms: Terms) -> tuple[str, ...]:
    """Why it is this one that moves, and why not to a nearer day."""
    found = []
    if cover.next:
        found.append("by the rhythm" if cover.next.how == "rhythm" else "planned")
    if cover.moves:
        found.append(f"put off {cover.moves}x")
    place = terms.place(cover)
    if isinstance(place, Month) and to > place.last:
        found.append(f"no room in {place.name.capitalize()}")
    found += dict.fromkeys(_passed(cover, to, terms))
    tolerance, every = terms.tolerance(cover), terms.every(cover)
    if tolerance and every:
        first, last = tolerance
        found.append(f"{'before' if to < first else 'within' if to <= last else 'past'} {every}")
    return tuple(found)


def _passed(cover: Cover, to: date, terms: Terms) -> Iterator[str]:
    """The client's own weekdays that were passed over on the last days of the way."""
    not_on, place = weekdays(cover.not_on), terms.place(cover)
    start, day = place if isinstance(place, date) else terms.day, to - ONE_DAY
    while day > start and (day not in terms.room.working or terms.room.why_not(day, not_on)):
        if day in terms.room.working:
            yield str(terms.room.why_not(day, not_on))
        day -= ONE_DAY
