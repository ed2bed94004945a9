"""Everything that may stand on a client's sheets, and what can be read off the cover without leafing.

Frozen, and made of the standard library alone. A `Dossier` is the whole file; its `Cover` is the little that
the desk, the lists and the look-up need of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any, Literal

from clientfolder.dates.calendar import Month
from clientfolder.text import sort_key
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.dossier.sales import Deal, Payment

How = Literal["agreed", "planned", "rhythm"]
# How content a client is.
Rating = Literal[1, 2, 3, 4, 5]
Values = Mapping[str, Any]
Answers = Mapping[str, Any]

# The short name of a slip begins so; that of a client holds no such sign.
SLIP = "slips/"
# What a slip is about, as a call is what a contact is; and why one rests that was ticked.
TASK, DONE = "task", "done"
# What a client asked, and what a client complained of.
QUESTION, COMPLAINT = "question", "complaint"
# The kinds that are offered; any other word may be one.
KINDS = ("call", "mail", "meeting", "visit", "letter", "note", QUESTION, COMPLAINT)
# Kinds of entries that are neither a contact nor an attempt to reach somebody.
_NO_CONTACT = ("moved", "note", QUESTION)
# Who rates so low has something to complain of, whether it was said or not.
DISCONTENT = 3
# How the note begins in which a merge keeps what could not be decided.
MERGED = "Merged: "


def is_slip(client: str) -> bool:
    """Whether the short name is that of a slip: a piece of work with a day of its own, of a client or of none."""
    return client.startswith(SLIP)


# The empty mappings below are shared, for a NamedTuple has no factories; nothing ever writes into one.


class Next(NamedTuple):
    """The next contact: on which day or in which month, and how firm. `more` keeps keys that are not ours."""

    on: date | Month
    time: time | None = None
    kind: str = "call"
    about: str | None = None
    person: str | None = None
    how: How = "planned"
    more: Values = {}  # noqa: RUF012

    @property
    def agreed(self) -> bool:
        return self.how == "agreed"


class Entry(NamedTuple):
    """One line of the log. `from_on`, `to_on` and `how` belong to a move: from where, to where, how firm it was.

    `promised` or `planned` is the day or month that a contact or an attempt answers, or that a note takes away, as
    `rest` does; neither where the date stays. `form` names the form whose questions were asked, and `answers` has what
    was answered to each, by its key. What is `private` leaves the folder in no export and on no printed page. `rating`:
    how content the client is. Of a complaint: what its `cause` was, when it was `remedied` and with what `remedy`, and
    what was `mended` so that it does not come again.
    """

    at: date | datetime
    kind: str = "note"
    text: str = ""
    reached: bool = True
    person: str | None = None
    from_on: date | Month | None = None
    to_on: date | Month | None = None
    how: How | None = None
    promised: date | Month | None = None
    planned: date | Month | None = None
    form: str | None = None
    answers: Answers = {}  # noqa: RUF012
    private: bool = False
    rating: Rating | None = None
    cause: str | None = None
    remedied: date | None = None
    remedy: str | None = None
    mended: str | None = None
    more: Values = {}  # noqa: RUF012

    @property
    def day(self) -> date:
        return self.at.date() if isinstance(self.at, datetime) else self.at

    @property
    def hour(self) -> int | None:
        """The hour of the day, where the time is known."""
        return self.at.hour if isinstance(self.at, datetime) else None

    def is_ahead(self, day: date) -> bool:
        """Whether it lies after that day, wherever on earth it was written: a clock was wrong, or a hand."""
        if self.day <= day:
            return False
        at = self.at
        return not (isinstance(at, datetime) and at.tzinfo and at.astimezone(UTC).date() <= day)

    @property
    def is_contact(self) -> bool:
        """A contact is an entry that is no move, note or question, and reached somebody."""
        return self.reached and self.kind not in _NO_CONTACT

    @property
    def is_attempt(self) -> bool:
        """An attempt reached nobody; it is counted apart from contacts."""
        return not self.reached and self.kind not in _NO_CONTACT

    @property
    def is_complaint(self) -> bool:
        """What was said as one, and what was rated so low that it is one."""
        return self.kind == COMPLAINT or (self.rating is not None and self.rating <= DISCONTENT)

    @property
    def is_merge_note(self) -> bool:
        """Whether it keeps a value that two versions of the dossier had differently, and that does not stand."""
        return self.kind == "note" and self.text.startswith(MERGED)

    @property
    def in_brief(self) -> Entry:
        """The entry without its answers, which are its words where it has no others, and without what came of it."""
        if any((self.cause, self.remedied, self.remedy, self.mended)):
            return self._replace(cause=None, remedied=None, remedy=None, mended=None).in_brief
        if not self.answers:
            return self
        said = ", ".join(f"{key}: {_as_said(answer)}" for key, answer in self.answers.items())
        return self._replace(text=self.text or said, answers={})

    @property
    def answered(self) -> date | Month | None:
        """The date at which the dossier lay until this; None where that stayed, and for a move, which has `from_on`."""
        return self.planned if self.promised is None else self.promised

    @property
    def is_late_move(self) -> bool:
        """A move made on or after the day it moved away from; a month counts from its first day."""
        left = self.from_on.first if isinstance(self.from_on, Month) else self.from_on
        return self.kind == "moved" and left is not None and self.day >= left

    @property
    def broke(self) -> date | Month | None:
        """The promised day that this entry moved away from, or for which it reached nobody; None for any other."""
        if self.kind == "moved":
            return self.from_on if self.how == "agreed" else None
        return None if self.is_contact else self.promised


def _as_said(answer: Any) -> str:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


class Person(NamedTuple):
    """One more person at this client."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    more: Values = {}  # noqa: RUF012


class Odd(NamedTuple):
    """A value that is not what its key should hold; it is kept and shown as it stands. `path` leads to it."""

    path: tuple[str | int, ...]
    message: str


class Dossier(NamedTuple):
    """One client's file, or a slip. `client` is the short name: the stem of the file's name, of a slip with `slips/`.

    `records` are those of other kinds than the log, by table, and `kept` is what the index keeps of them. `more` keeps
    unknown keys.
    """

    client: str
    name: str
    company: str | None = None
    since: date | None = None
    tags: tuple[str, ...] = ()
    sent_by: str | None = None
    rhythm: str | None = None
    not_on: tuple[str, ...] = ()
    hours: str | None = None
    resting: str | None = None
    card: Values = {}  # noqa: RUF012
    people: Mapping[str, Person] = {}
    next: Next | None = None
    log: tuple[Entry, ...] = ()
    records: Mapping[str, tuple[Any, ...]] = {}
    kept: Values = {}  # noqa: RUF012
    more: Values = {}  # noqa: RUF012
    odd: tuple[Odd, ...] = ()

    def newest_first(self) -> list[Entry]:
        """The log by time; entries of one moment stand in the order of the file, the later one first."""
        return in_order(self.log)[::-1]

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The payments in the order of the file; a slip has none."""
        return () if is_slip(self.client) else self.records.get("payments", ())

    @property
    def deals(self) -> tuple[Deal, ...]:
        """The deals in the order of the file; a slip has none."""
        return () if is_slip(self.client) else self.records.get("deals", ())

    @property
    def belongs_to(self) -> str | None:
        """The short name of the client whose slip it is; among the clients that key is a person's own."""
        client = self.more.get("client") if is_slip(self.client) else None
        return client if isinstance(client, str) else None

    @property
    def cover(self) -> Cover:
        """What can be read off the outside."""
        return self.cover_on(date.max)

    def cover_on(self, day: date) -> Cover:
        """The same as of that day: an entry that is still ahead has reached nobody."""
        written = self.newest_first()
        log = [entry for entry in written if not entry.is_ahead(day)]
        contacts = _contact_days(log)
        since = _since_contact(log)
        return Cover(
            client=self.client,
            name=self.name,
            company=self.company,
            phone=_as_one_text(self.card.get("phone")),
            email=_as_one_text(self.card.get("email")),
            people=self.people,
            tags=self.tags,
            rhythm=self.rhythm,
            not_on=self.not_on,
            hours=self.hours,
            resting=self.resting,
            next=self.next,
            last=next((entry.in_brief for entry in written if entry.kind != "moved"), None),
            last_contact=contacts[0] if contacts else None,
            usual_gap=_usual_gap(contacts),
            moves=sum(entry.is_late_move for entry in since),
            attempts=sum(entry.is_attempt for entry in since),
            promised=next((entry.broke for entry in since if entry.broke is not None), None),
            belongs_to=self.belongs_to,
            odd=self.odd,
            records=self.kept,
            reached_at=tuple(_reached_at(self.card)),
            is_merged=any(entry.is_merge_note for entry in since),
        )


# The key that tells by whom a client was sent, and the name under which the index keeps it beside the records.
SENT_BY = "sent_by"

# The keys of a card, and of a person, under which a client is reached begin so.
REACHED_AT = ("phone", "fax", "email")


def _reached_at(card: Values) -> Iterator[str]:
    """What stands on the card under further keys by which the client is reached: `phone_mobile`, `fax`, `email2`."""
    for key, value in card.items():
        if key.startswith(REACHED_AT) and key not in ("phone", "email") and (text := _as_one_text(value)):
            yield text


def _as_one_text(value: Any) -> str | None:
    """A value as a person would write it on one line; those of a list beside each other."""
    if isinstance(value, list | tuple):
        return ", ".join(text for part in value if (text := _as_one_text(part))) or None
    return None if value is None else str(value)


def in_order(log: Sequence[Entry]) -> list[Entry]:
    """The entries by time, the oldest first; those of one moment stand as they were given."""
    if _ascends(log):
        return list(log)
    placed = zip(moments(log), range(len(log)), strict=True)
    return [log[place] for _, place in sorted(placed)]


def _ascends(log: Sequence[Entry]) -> bool:
    """Whether every entry has its time and none is older than the one before it, as a log mostly is.

    One without an offset has that of the entry before it.
    """
    times: list[float] = []
    zone: tzinfo | None = None
    try:
        for entry in log:
            if not isinstance(entry.at, datetime):
                return False
            zone = entry.at.tzinfo or zone
            if zone is None:
                return False
            times.append((entry.at if entry.at.tzinfo else entry.at.replace(tzinfo=zone)).timestamp())
    except (OverflowError, ValueError):
        return False
    return times == sorted(times)


def moments(log: Sequence[Entry]) -> Iterator[float]:
    """Seconds on one time line. An entry without an offset borrows that of the entry before it, the first ones
    that of the first entry that has one. A day without a time lies behind the entries of that day before it."""
    zones = (entry.at.tzinfo for entry in log if isinstance(entry.at, datetime) and entry.at.tzinfo)
    zone: tzinfo = next(zones, UTC)
    latest: dict[date, float] = {}
    for entry in log:
        at = entry.at if isinstance(entry.at, datetime) else datetime(entry.at.year, entry.at.month, entry.at.day)
        if at.tzinfo is None:
            at = at.replace(tzinfo=zone)
        else:
            zone = at.tzinfo
        moment = (at - _EPOCH).total_seconds()
        before = latest.get(entry.day, moment)
        if not isinstance(entry.at, datetime):
            moment = max(moment, before)
        latest[entry.day] = max(moment, before)
        yield moment


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


# A usual gap is told from so many contact days, for habits change; and from no fewer than it takes to have two gaps.
CONTACT_DAYS, LEAST_CONTACT_DAYS = 7, 3


def _contact_days(newest_first: Iterable[Entry]) -> list[date]:
    """The newest days on which somebody was reached, as many as tell a usual gap."""
    days: dict[date, None] = {}
    for entry in newest_first:
        if entry.is_contact:
            days[entry.day] = None
            if len(days) == CONTACT_DAYS:
                break
    return list(days)


def _usual_gap(newest_first: list[date]) -> int | None:
    """The median of the days between contacts, the shorter of two in the middle; None where there are too few."""
    if len(newest_first) < LEAST_CONTACT_DAYS:
        return None
    gaps = sorted((later - earlier).days for later, earlier in pairwise(newest_first))
    return max(1, gaps[(len(gaps) - 1) // 2])


def _since_contact(newest_first: Iterable[Entry]) -> list[Entry]:
    """The entries since the last contact, newest first."""
    return list(takewhile(lambda entry: not entry.is_contact, newest_first))


class Cover(NamedTuple):
    """What lists, the desk and the look-up need of a dossier; `last` in brief.

    `moves` and `attempts` count since the last contact; `promised` is a promised day that was broken since then.
    `usual_gap` is the number of days that mostly lie between two contacts. `belongs_to`: the client whose slip it is.
    `records`: the little that is kept of each kind of record. `reached_at`: further numbers and addresses on the card.
    `is_merged`: a merge left a note since that contact.
    """

    client: str
    name: str
    company: str | None = None
    phone: str | None = None
    email: str | None = None
    people: Mapping[str, Person] = {}
    tags: tuple[str, ...] = ()
    rhythm: str | None = None
    not_on: tuple[str, ...] = ()
    hours: str | None = None
    resting: str | None = None
    next: Next | None = None
    last: Entry | None = None
    last_contact: date | None = None
    usual_gap: int | None = None
    moves: int = 0
    attempts: int = 0
    promised: date | Month | None = None
    belongs_to: str | None = None
    odd: tuple[Odd, ...] = ()
    reached_at: tuple[str, ...] = ()
    is_merged: bool = False
    # The last, for the index tells by the end of a line whether there are any.
    records: Values = {}  # noqa: RUF012

    @property
    def is_slip(self) -> bool:
        return is_slip(self.client)

    @property
    def is_done(self) -> bool:
        """Whether it is a slip that was ticked."""
        return self.is_slip and self.resting == DONE

    @property
    def whom(self) -> Person | None:
        """The person with whom the next contact is, if it says one that is known here."""
        return self.people.get(self.next.person) if self.next and self.next.person else None

    @property
    def number(self) -> str | None:
        """The phone number to ring: that person's, else the client's."""
        own = self.whom.phone if self.whom else None
        return own if isinstance(own, str) else self.phone

    @property
    def is_first(self) -> bool:
        """Whether the next contact will be the first: nobody was ever reached. A slip is no contact."""
        return self.last_contact is None and not self.is_slip

    @property
    def sorted_by(self) -> tuple[str, str]:
        """By name, as `text.sort_key` has it; the short name settles a tie."""
        return sort_key(self.name), self.client


class Proposal(NamedTuple):
    """A day that was computed. `first` and `last`: the days that the rhythm would have had; `why` it is not those,
    or which of them it is. `is_lightest`: it is the least full of them, for none of them had room to spare."""

    on: date
    first: date
    last: date
    why: str | None = None
    is_lightest: bool = False
