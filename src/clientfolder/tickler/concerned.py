"""Who complains, who waits for an answer, and who is to be greeted on a day: rules R12, R13 and R15 of care.

All of it is of living clients; who was put to rest on purpose is left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from clientfolder.dates.calendar import ONE_DAY, WorkingDays
from clientfolder.dossier import concerns, signals
from clientfolder.dossier.birthdays import CARD, Birthday, read, yearly
from clientfolder.dossier.concerns import Clock, Complaint, Inquiry, State
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.tuples import NamedTuple


class ComplaintOf(NamedTuple):
    """A complaint of a client; `is_late`: it is open, and nobody has rung."""

    cover: Cover
    complaint: Complaint
    is_late: bool

    def days(self, day: date) -> int:
        """How many days ago it came."""
        return (day - self.complaint.entry.day).days


class InquiryOf(NamedTuple):
    """A question of a client that waits for an answer, and for how long on the clock of the desk."""

    cover: Cover
    inquiry: Inquiry
    waited: timedelta
    is_late: bool


class Greeting(NamedTuple):
    """A yearly day to greet somebody on: of a client, or of a person there; `years` where the first year is known."""

    cover: Cover
    who: str
    what: str
    on: date
    years: int | None


class Concerned(NamedTuple):
    """Who wants something on a day; each list with the oldest first."""

    day: date
    complaints: tuple[ComplaintOf, ...]
    to_mend: tuple[ComplaintOf, ...]
    waiting: tuple[InquiryOf, ...]
    greetings: tuple[Greeting, ...]


NOBODY = Concerned(date.min, (), (), (), ())


def concerned(covers: Covers, clock: Clock, greet: Sequence[str]) -> Concerned:
    """Who wants something now. `greet`: the keys of the yearly days on which one greets."""
    day = clock.day
    living = [cover for cover in covers.signalling(signals.COMPLAINS, signals.WAITS) if cover.resting is None]
    said = [(cover, concerns.of_cover(cover, day)) for cover in living]
    complaints = {
        state: tuple(
            sorted(
                (
                    ComplaintOf(cover, one, clock.is_neglected(one, cover.next))
                    for cover, of_client in said
                    for one in of_client.in_state(state, day)
                ),
                key=lambda one: (_moment(one.complaint.entry.at), *one.cover.sorted_by),
            )
        )
        for state in (State.OPEN, State.TO_MEND)
    }
    waiting = (
        InquiryOf(cover, one, clock.waited(one.entry), clock.is_late(one))
        for cover, of_client in said
        for one in of_client.waiting(day)
    )
    return Concerned(
        day,
        complaints[State.OPEN],
        complaints[State.TO_MEND],
        tuple(sorted(waiting, key=lambda one: (_moment(one.inquiry.entry.at), *one.cover.sorted_by))),
        tuple(greetings(covers, day, clock.working, greet)),
    )


def _moment(at: date | datetime) -> str:
    """As entries are put in order: by the wall clock, a day without a time at its 00:00."""
    return at.replace(tzinfo=None).isoformat() if isinstance(at, datetime) else f"{at.isoformat()}T00:00:00"


def greetings(covers: Covers, day: date, working: WorkingDays, greet: Sequence[str]) -> Iterator[Greeting]:
    """The yearly days on that day and on the days off that follow it, by day and name."""
    days = [day]
    while days[-1] < date.max and days[-1] + ONE_DAY not in working and len(days) < MOST_DAYS_OFF:
        days.append(days[-1] + ONE_DAY)
    wanted = [signal for on in days for signal in signals.on_day(on)]
    found = [
        Greeting(cover, who, what, on, yearly_day.age(on))
        for cover in covers.signalling(*wanted).contacts
        if cover.resting is None
        for who, what, yearly_day in _days(cover, greet)
        for on in days
        if yearly_day.in_year(on.year) == on
    ]
    yield from sorted(found, key=lambda one: (one.on, *one.cover.sorted_by, one.who))


# Nobody is greeted further ahead than over one's own longest holidays.
MOST_DAYS_OFF = 60


def _days(cover: Cover, greet: Sequence[str]) -> Iterator[tuple[str, str, Birthday]]:
    """Who, what and when, of each yearly day under these keys."""
    places = [(cover.name, cover.records.get(CARD, {}))]
    places += [(person.name or key, yearly(person.more)) for key, person in cover.people.items()]
    for who, days in places:
        for key in greet:
            if key in days and (found := read(days[key])):
                yield who, key, found
