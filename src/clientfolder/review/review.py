"""The review: what was done in a period, what became of its promises, and what it leaves to the next working day.

Pure: dossiers, covers and a period go in, a `LookBack` comes out, of which the page and the JSON are made. A contact is
an entry that is no move, no note and reached somebody; an attempt reached nobody; a first call is the first contact of
a dossier ever. A slip is none of these, but it is planned, done, moved and promised as a dossier is. What counts as
promised and kept is told in `promises`, what as planned and done in `planned`. Over a week or a month done, tried and
put off are the sums over the days, and left is what its last evening left: who was late for five days was not planned
five times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from clientfolder.dates.calendar import ONE_DAY
from clientfolder.dossier.concerns import NOTHING_SAID, Tally
from clientfolder.dossier.covers import Covers, kind_of
from clientfolder.dossier.types import Dossier, Entry, is_slip
from clientfolder.review.earned import NOTHING_EARNED, Earned, earned
from clientfolder.review.period import Period
from clientfolder.review.planned import Trail, evenings, worked
from clientfolder.review.promises import Fate, Promise, promises
from clientfolder.review.weekly import NOTHING_WANTED, Wanting, Weekly, weekly
from clientfolder.tickler.desk import Desk, lay_out
from clientfolder.tickler.inserts import lying_at
from clientfolder.tickler.load import Room
from clientfolder.tuples import NamedTuple


class Noted(NamedTuple):
    """An entry of the period, and whose."""

    client: str
    name: str
    entry: Entry


class GivenPromise(NamedTuple):
    """A promise of which something became in the period, and to whom it was given."""

    client: str
    name: str
    promise: Promise


class DayFigures(NamedTuple):
    """One day in figures."""

    on: date
    contacts: int
    attempts: int
    moves: int
    done: int
    tried: int
    put_off: int
    unplanned: int
    left: int

    @property
    def planned(self) -> int:
        return self.done + self.tried + self.put_off + self.left


class Review(NamedTuple):
    """What was done in the period, oldest first, and what is left of it."""

    period: Period
    contacts: list[Noted]
    attempts: list[Noted]
    slips_done: list[Noted]
    moves: list[Noted]
    first_calls: list[Noted]
    kept: list[GivenPromise]
    broken: list[GivenPromise]
    open: list[GivenPromise]
    days: list[DayFigures]
    left: Covers

    @property
    def late_moves(self) -> list[Noted]:
        """Those made when the day had come."""
        return [noted for noted in self.moves if noted.entry.is_late_move]

    @property
    def done(self) -> int:
        return sum(day.done for day in self.days)

    @property
    def tried(self) -> int:
        return sum(day.tried for day in self.days)

    @property
    def put_off(self) -> int:
        return sum(day.put_off for day in self.days)

    @property
    def unplanned(self) -> int:
        return sum(day.unplanned for day in self.days)

    @property
    def planned(self) -> int:
        return self.done + self.tried + self.put_off + len(self.left)

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """How many contacts of each kind, the most first."""
        kinds = Counter(kind_of(noted.entry.kind) for noted in self.contacts)
        return sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))

    @property
    def by_hour(self) -> Counter[int]:
        """How many contacts at each hour, of those whose time is known."""
        return Counter(noted.entry.hour for noted in self.contacts if noted.entry.hour is not None)


def review(dossiers: Iterable[Dossier], covers: Covers, period: Period, desk: Desk) -> Review:
    """Look back from the desk as it is. `dossiers`: at least those that `speaks_of` finds; `covers`: of all of them."""
    day = desk.day
    trails = [Trail.of(dossier, day) for dossier in dossiers]
    timed = [
        (entry.day, clock, trail.dossier.name.casefold(), Noted(trail.dossier.client, trail.dossier.name, entry))
        for trail in trails
        for entry, clock in _clocked(trail.log)
        if entry.day in period.days
    ]
    noted = [one for *_, one in sorted(timed, key=lambda one: one[:3])]
    firsts = {trail.dossier.client: trail.first_contact for trail in trails}
    given = [
        GivenPromise(trail.dossier.client, trail.dossier.name, promise)
        for trail in trails
        for promise in promises(trail.dossier, trail.log, day)
        if promise.day in period.days
    ]
    given.sort(key=lambda one: (one.promise.day, one.name.casefold()))
    ticked = [one for one in noted if one.entry.is_contact and is_slip(one.client)]
    noted = [one for one in noted if one.entry.kind == "moved" or not is_slip(one.client)]
    contacts = [one for one in noted if one.entry.is_contact]
    days, left = _days(trails, noted, covers, period)
    return Review(
        period,
        contacts,
        [one for one in noted if one.entry.is_attempt],
        ticked,
        [one for one in noted if one.entry.kind == "moved"],
        [one for one in contacts if one.entry is firsts[one.client]],
        [one for one in given if one.promise.fate is Fate.KEPT],
        [one for one in given if one.promise.fate is Fate.BROKEN],
        [one for one in given if one.promise.fate is Fate.OPEN],
        days,
        _in_order_of_work(covers, left, desk),
    )


def _clocked(log: Iterable[Entry]) -> Iterator[tuple[Entry, time]]:
    """Each entry with its time of day; one without has that of the entry before it on the same day."""
    day, clock = date.min, time()
    for entry in log:
        clock = clock if entry.day == day else time()
        day, clock = entry.day, entry.at.time() if isinstance(entry.at, datetime) else clock
        yield entry, clock


def _in_order_of_work(covers: Covers, clients: set[str], desk: Desk) -> Covers:
    """As they lie on the desk; behind them by name those that lie there no more."""
    pile = {*desk.pile.clients}
    gone = covers.called(lambda client: client in clients and client not in pile)
    return desk.pile.called(clients.__contains__) + gone.by_name()


def _days(
    trails: Sequence[Trail], noted: Iterable[Noted], covers: Covers, period: Period
) -> tuple[list[DayFigures], set[str]]:
    """The figures of each day, and the dossiers that the last evening left."""
    lying = evenings(trails, covers, period)
    counts: Counter[tuple[date, str]] = Counter()
    for one in noted:
        counts[one.entry.day, _column(one.entry)] += 1
    for trail in trails:
        for on, column in worked(trail, period, lying):
            counts[on, column] += 1
    days = [
        DayFigures(
            on,
            contacts=counts[on, "contacts"],
            attempts=counts[on, "attempts"],
            moves=counts[on, "moves"],
            done=counts[on, "done"],
            tried=counts[on, "tried"],
            put_off=counts[on, "put_off"],
            unplanned=counts[on, "unplanned"],
            left=len(lying[on]),
        )
        for on in period.days
    ]
    return days, lying[period.last]


def _column(entry: Entry) -> str:
    if entry.kind == "moved":
        return "moves"
    return "contacts" if entry.is_contact else "attempts" if entry.is_attempt else "notes"


class Ahead(NamedTuple):
    """The first working day after the period that is not past, and what lies there, in the order of the desk.

    `weight` is what all of that weighs, `capacity` what the day has room for.
    """

    on: date
    pile: Covers
    weight: float
    capacity: int

    @property
    def load(self) -> int:
        return len(self.pile)

    @property
    def agreed(self) -> int:
        return len(self.pile.where_due(lambda due: due.agreed))


def ahead(covers: Covers, period: Period, desk: Desk, room: Room) -> Ahead:
    """What is planned next: after today for a period that ends today, else from today on."""
    on = room.working.on_or_after(max(period.last + ONE_DAY, desk.day))
    pile = desk.pile if on == desk.day else lay_out(lying_at(covers, on), on).pile
    return Ahead(on, pile, room.weight.get(on, 0), room.capacity.on(on))


class LookBack(NamedTuple):
    """What `cf review` tells: the days that have been, the next one, and with a week what the days do not bring up.

    `day` is today, from which one looks back. `said`: complaints, ratings and questions of the period; `earned`: what
    came in, and what was won and lost.
    """

    day: date
    review: Review
    ahead: Ahead
    weekly: Weekly | None
    said: Tally = NOTHING_SAID
    earned: Earned = NOTHING_EARNED


def look_back(
    dossiers: Sequence[Dossier],
    covers: Covers,
    period: Period,
    desk: Desk,
    room: Room,
    said: Tally = NOTHING_SAID,
    wanting: Wanting = NOTHING_WANTED,
    currency: str | None = None,
) -> LookBack:
    """Look back from the desk as it is. `dossiers`: at least those that `speaks_of` finds; `covers`: of all of them.

    `said`: what clients said in the period; `wanting`: who wants something now; `currency`: that of the settings.
    """
    return LookBack(
        desk.day,
        review(dossiers, covers, period, desk),
        ahead(covers, period, desk, room),
        weekly(dossiers, covers, desk, wanting) if period.span == "week" else None,
        said,
        earned(dossiers, period, currency),
    )
