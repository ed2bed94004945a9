"""What clients said that wants something: complaints, questions, and how content they are; rules R12 and R13 of care.

The index keeps the little that `kept` makes of a log, and `of_cover` reads it again: of a client who never asked,
complained or rated it is nothing. All is told as of a day, so that a later entry changes nothing before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from clientfolder.dates.calendar import WorkingDays, last_day
from clientfolder.dates.desk_hours import DeskHours
from clientfolder.dossier.types import QUESTION, Cover, Entry, Next, in_order
from clientfolder.tuples import NamedTuple

# The name under which the index keeps it, beside the records.
LOG = "log"


class State(Enum):
    """How far a complaint has come: not put right, put right but it may come again, or done with."""

    OPEN = "open"
    TO_MEND = "to mend"
    CLOSED = "closed"


class Complaint(NamedTuple):
    """An entry that is a complaint, and when the first contact after it was; None where there was none."""

    entry: Entry
    met: date | datetime | None = None

    def state_on(self, day: date) -> State:
        """Open until it is remedied, to mend until cause and mended stand too."""
        entry = self.entry
        is_remedied = entry.remedied <= day if entry.remedied is not None else entry.remedy is not None
        if not is_remedied:
            return State.OPEN
        return State.CLOSED if entry.cause is not None and entry.mended is not None else State.TO_MEND

    def is_met_on(self, day: date) -> bool:
        """Whether somebody was reached after it, until the end of that day."""
        return self.met is not None and not Entry(self.met).is_ahead(day)


class Inquiry(NamedTuple):
    """An entry that is a question, and when the first contact after it was, which has answered it."""

    entry: Entry
    answered: date | datetime | None = None

    def is_waiting_on(self, day: date) -> bool:
        return self.answered is None or Entry(self.answered).is_ahead(day)


class Concerns(NamedTuple):
    """The complaints, the questions and the ratings of a client until the end of a day, oldest first."""

    complaints: tuple[Complaint, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    ratings: tuple[Entry, ...] = ()

    def in_state(self, state: State, day: date) -> list[Complaint]:
        return [one for one in self.complaints if one.state_on(day) is state]

    def waiting(self, day: date) -> list[Inquiry]:
        return [one for one in self.inquiries if one.is_waiting_on(day)]


NO_CONCERNS = Concerns()


def of_log(log: Sequence[Entry], day: date = date.max) -> Concerns:
    """What the entries say that wants something, until the end of that day."""
    return _sorted_out(_with_next_contact(log), day)


def of_cover(cover: Cover, day: date) -> Concerns:
    """The same of a client of whom there is the cover alone."""
    records = cover.records.get(LOG)
    return _sorted_out(map(_restored, records), day) if records else NO_CONCERNS


def complains(cover: Cover) -> bool:
    """Whether a complaint of the client is open, so that its date is moved by nobody unasked."""
    return any(one.state_on(date.max) is State.OPEN for one in of_cover(cover, date.max).complaints)


# An entry that wants something, and when the first contact after it was.
_Met = tuple[Entry, date | datetime | None]


def _sorted_out(found: Iterable[_Met], day: date) -> Concerns:
    until = [(entry, met) for entry, met in found if not entry.is_ahead(day)]
    return Concerns(
        tuple(Complaint(entry, met) for entry, met in until if entry.is_complaint),
        tuple(Inquiry(entry, met) for entry, met in until if entry.kind == QUESTION),
        tuple(entry for entry, _ in until if entry.rating is not None),
    )


def _with_next_contact(log: Sequence[Entry]) -> list[_Met]:
    """The entries that want something, oldest first."""
    if not any(map(_wants_something, log)):
        return []
    found: list[_Met] = []
    met: date | datetime | None = None
    for entry in reversed(in_order(log)):
        if _wants_something(entry):
            found.append((entry, met))
        if entry.is_contact:
            met = entry.at
    return found[::-1]


def _wants_something(entry: Entry) -> bool:
    return entry.kind == QUESTION or entry.rating is not None or entry.is_complaint


def place_of(log: Sequence[Entry], entry: Entry) -> int | None:
    """The number of that entry in the order of the file, from 0; None where it is gone."""
    wanted = (entry.at, entry.kind, entry.text)
    places = (place for place, one in enumerate(log) if (one.at, one.kind, one.in_brief.text) == wanted)
    return next(places, None)


# Lateness -------------------------------------------------------------------------------------------------


class Clock(NamedTuple):
    """How long somebody waits: now, the working days and hours of the desk, and after how long an answer is late."""

    now: date | datetime
    working: WorkingDays
    hours: DeskHours
    limit: timedelta

    @property
    def day(self) -> date:
        return self.now.date() if isinstance(self.now, datetime) else self.now

    def waited(self, entry: Entry, until: date | datetime | None = None) -> timedelta:
        """The time on the clock of the desk since that entry."""
        return self.hours.passed(entry.at, self.now if until is None else until, self.working)

    def is_late(self, question: Inquiry) -> bool:
        return self.waited(question.entry) > self.limit

    def is_in_time(self, question: Inquiry) -> bool:
        """Whether it was answered, and before that was late."""
        if question.answered is None or question.is_waiting_on(self.day):
            return False
        return self.waited(question.entry, question.answered) <= self.limit

    def is_neglected(self, complaint: Complaint, contact: Next | None) -> bool:
        """Whether a complaint is open, nobody was reached since, time is over, and no promise lies ahead."""
        if complaint.state_on(self.day) is not State.OPEN or complaint.is_met_on(self.day):
            return False
        is_promised = contact is not None and contact.agreed and last_day(contact.on) > self.day
        return not is_promised and self.waited(complaint.entry) > self.limit


class Tally(NamedTuple):
    """What clients said in some days, counted; `open` and `to_mend` of all complaints until now.

    `ratings`: how often each was given. `in_time`: of the questions, those answered before that was late.
    """

    came: int = 0
    open: int = 0
    to_mend: int = 0
    ratings: Mapping[int, int] = {}
    questions: int = 0
    in_time: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in those days."""
        return not (self.came or self.questions or self.ratings)


NOTHING_SAID = Tally()


def tally(said: Iterable[Concerns], first: date, last: date, clock: Clock) -> Tally:
    """What was said from the first day to the last, as of the day of the clock."""
    those = list(said)
    states = Counter(one.state_on(clock.day) for client in those for one in client.complaints)
    asked = [one for client in those for one in client.inquiries if first <= one.entry.day <= last]
    rated = (entry for client in those for entry in client.ratings if first <= entry.day <= last)
    return Tally(
        came=sum(first <= one.entry.day <= last for client in those for one in client.complaints),
        open=states[State.OPEN],
        to_mend=states[State.TO_MEND],
        ratings=Counter(entry.rating for entry in rated if entry.rating is not None),
        questions=len(asked),
        in_time=sum(map(clock.is_in_time, asked)),
    )


# Kept by the index ----------------------------------------------------------------------------------------


def kept(log: Sequence[Entry]) -> list[dict[str, Any]]:
    """What the index keeps of a log, of values that JSON has; of most logs it is nothing."""
    return [_kept(entry, met) for entry, met in _with_next_contact(log)]


def _kept(entry: Entry, met: date | datetime | None) -> dict[str, Any]:
    found: dict[str, Any] = {"at": entry.at.isoformat(), "kind": entry.kind, "rating": entry.rating}
    if entry.is_complaint or entry.kind == QUESTION:
        found |= {"text": entry.in_brief.text, "cause": entry.cause, "remedy": entry.remedy, "mended": entry.mended}
        found |= {"remedied": entry.remedied and entry.remedied.isoformat(), "met": met and met.isoformat()}
    return {key: value for key, value in found.items() if value is not None}


def _restored(record: Mapping[str, Any]) -> _Met:
    remedied, met = record.get("remedied"), record.get("met")
    entry = Entry(
        moment(record["at"]), record["kind"], record.get("text", ""), rating=record.get("rating"),
        cause=record.get("cause"), remedied=date.fromisoformat(remedied) if remedied else None,
        remedy=record.get("remedy"), mended=record.get("mended"),
    )  # fmt: skip
    return entry, moment(met) if met else None


def moment(written: str) -> date | datetime:
    """A day, or a day with a time, as ISO 8601 has them."""
    return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written)
