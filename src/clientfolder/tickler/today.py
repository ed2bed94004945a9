"""What `cf today` tells: the desk, how full this day and the next ones are, and what else wants to be seen.

Pure: covers and a day go in. Whoever wants something to be seen gives notes; they do not know the desk, nor it them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from clientfolder.dates.ranges import DateRange
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers, ListedCovers
from clientfolder.dossier.types import Cover
from clientfolder.errors import Trouble
from clientfolder.tickler.ahead import DayAhead, days_ahead
from clientfolder.tickler.concerned import NOBODY, Concerned
from clientfolder.tickler.desk import Desk, lay_out
from clientfolder.tickler.load import Room
from clientfolder.tuples import NamedTuple

# As many working days after today are told.
NEXT_DAYS = 5
# Ranks of notes, the smallest first. What is urgent stands before what a contact is about, what is worth knowing behind
# it; what is in passing stands beside the number, where there is room.
URGENT, WORTH_KNOWING, IN_PASSING = 0, 10, 20


class Note(NamedTuple):
    """Something that wants to be seen today: of which client, how urgent it is (the smallest first), and the words."""

    client: str
    rank: int
    text: str

    @property
    def is_urgent(self) -> bool:
        return self.rank < WORTH_KNOWING

    @property
    def is_in_passing(self) -> bool:
        return self.rank >= IN_PASSING


class Also(NamedTuple):
    """What is no contact of today, in a word or two, how many there are, and whose names; those where there is room.

    `number` is None where the words say it all. The smallest rank comes first.
    """

    rank: int
    words: str
    number: int | None = None
    names: Sequence[str] = ()


class Section(NamedTuple):
    """A heading of the page and who stands below it; each client stands once on the page, below the first that fits."""

    name: str
    covers: Covers


COMPLAINTS, WAITING, LATE, TODAY = "COMPLAINTS", "WAITING", "LATE", "TODAY"


def sections(desk: Desk, concerned: Concerned) -> tuple[Section, ...]:
    """Who is to be called today, in the order in which it is done; no section is empty.

    Of the complaints those that are late, or whose next contact is due, or that have none.
    """
    due = {*desk.pile.clients}
    complaints = [
        one.cover for one in concerned.complaints if one.is_late or one.cover.next is None or one.cover.client in due
    ]
    waiting = [one.cover for one in concerned.waiting]
    found: list[Section] = []
    placed: set[str] = set()
    for name, those in ((COMPLAINTS, complaints), (WAITING, waiting)):
        # A client who has said several things stands where the oldest of them does.
        first = {cover.client: cover for cover in reversed(those) if cover.client not in placed}
        covers = [first[client] for client in dict.fromkeys(cover.client for cover in those) if client in first]
        placed |= {*first}
        found.append(Section(name, ListedCovers(covers)))
    for name, lying in ((LATE, desk.overdue), (TODAY, desk.today)):
        found.append(Section(name, lying.called(lambda client: client not in placed) if placed else lying))
    return tuple(section for section in found if section.covers)


class InSight(NamedTuple):
    """What a maker of notes may look at: the day, the whole folder, and the dossiers that the page has room for.

    Of ten thousand covers a page shows twenty: what is said of each one that is shown is said of `shown` alone.
    """

    day: date
    covers: Covers
    shown: Sequence[Cover]


NoteMaker = Callable[[InSight], Iterable[Note]]


class Today(NamedTuple):
    """The desk of a day, its room and its weight, the next working days, and those who give notes.

    `covers`: all of the folder. `unreadable`: the dossiers that could not be read, each with the reason. `also`: what
    stands in the foot of the page. `concerned`: who complains, waits and is to be greeted.
    """

    desk: Desk
    covers: Covers
    capacity: int
    weight: float
    ahead: tuple[DayAhead, ...]
    unreadable: tuple[Trouble, ...] = ()
    makers: tuple[NoteMaker, ...] = ()
    also: tuple[Also, ...] = ()
    concerned: Concerned = NOBODY

    @property
    def day(self) -> date:
        return self.desk.day

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections(self.desk, self.concerned)

    def notes(self, shown: Sequence[Cover]) -> list[Note]:
        """The notes on the dossiers that are shown, and on any others that somebody has a note on; by rank."""
        sight = InSight(self.day, self.covers, shown)
        return sorted((note for maker in self.makers for note in maker(sight)), key=lambda note: note.rank)


def today(
    covers: Covers,
    day: date,
    room: Room,
    every: Callable[[Cover], Rhythm | None],
    *,
    desk: Desk | None = None,
    unreadable: tuple[Trouble, ...] = (),
    makers: tuple[NoteMaker, ...] = (),
    also: Iterable[Also] = (),
    concerned: Concerned = NOBODY,
) -> Today:
    """What is told of that day. `every`: a client's rhythm; `desk`: that of the day, where it is laid out already."""
    working = room.working.following(day)
    following = [next(working) for _ in range(NEXT_DAYS)]
    ahead = days_ahead(covers, room, day, DateRange(following[0], following[-1]))
    return Today(
        desk or lay_out(covers, day, every),
        covers,
        room.capacity.on(day),
        room.weight.get(day, 0),
        tuple(one for one in ahead if one.on in room.working),
        unreadable,
        makers,
        tuple(sorted(also, key=lambda one: one.rank)),
        concerned,
    )
