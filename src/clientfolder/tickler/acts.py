"""The acts that clear the desk.

Pure: a cover and a day go in, a `Change` comes out. An act is a value before it is a deed, so undo, `--dry-run`,
the daybook's line and the screen are the same Change seen from four sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum, auto

from clientfolder.dates.calendar import Month, last_day, spelled
from clientfolder.dates.phrases import When
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.changes import NEXT_KEYS, Append, Change, Drop, Edit, Put, as_written, entry_record, without
from clientfolder.dossier.concerns import complains
from clientfolder.dossier.covers import USUAL
from clientfolder.dossier.types import COMPLAINT, DONE, QUESTION, TASK, Cover, Entry, How, Next, Proposal
from clientfolder.errors import Refused
from clientfolder.tickler.next_date import Planning, next_attempt, next_working_day, proposed
from clientfolder.tuples import NamedTuple


class Request(NamedTuple):
    """What was said of the next contact; what is None or False is left as the act's own rule has it.

    Of the date: `when`, or to `rest` and `why` if the entry does not tell, or to `keep` it. Of the contact: what it is
    `about`, its `kind`, the `person`, and that the date is `agreed`.
    """

    when: When | None = None
    rest: bool = False
    keep: bool = False
    why: str = ""
    about: str | None = None
    kind: str | None = None
    person: str | None = None
    agreed: bool = False


def _from_when(when: When, request: Request, old: Next | None) -> Next:
    """The WHEN with what was said beside it; what is not said is kept from the old contact, if one is given."""
    how: How = "agreed" if when.agreed or request.agreed else "planned"
    contact = without(old, "time", "how") if old else Next(when.on)
    return _with_details(contact._replace(on=when.on, time=when.time, how=how), request)


def _with_details(contact: Next, request: Request) -> Next:
    said = {"kind": request.kind, "about": request.about, "with": request.person}
    contact = without(contact, *(key for key, value in said.items() if value is not None))
    return contact._replace(
        kind=request.kind or contact.kind,
        about=request.about if request.about is not None else contact.about,
        person=request.person or contact.person,
    )


def first_contact(when: When, request: Request, *, how: How | None = None) -> Next:
    """The contact of a new dossier; `how` says it where no person named the date."""
    contact = _from_when(when, request, None)
    return contact._replace(how=how) if how else contact


class Verdict(Enum):
    """What becomes of the date when a contact is logged."""

    SET = auto()
    REST = auto()
    TICKED = auto()
    STAYS = auto()
    SOON = auto()
    RESTS_ON = auto()
    TRY_AGAIN = auto()
    ASK = auto()
    RHYTHM = auto()
    UNKNOWN = auto()


def what_of_the_date(
    cover: Cover, entry: Entry, request: Request, day: date, *, can_ask: bool, every: Rhythm | None,
    is_soon: bool = False,
) -> Verdict:  # fmt: skip
    """The rule, in its order. Raises Refused where a date is to be kept and there is none.

    `is_soon`: a complaint is among what was said, so that the next working day is proposed, and not the rhythm's.
    """
    has_date = cover.next is not None and cover.resting is None
    if request.when:
        return Verdict.SET
    if request.rest:
        return Verdict.REST
    if is_task_done(cover, entry, request):
        return Verdict.RHYTHM if every else Verdict.TICKED
    if has_date and (request.keep or entry.kind in ("note", QUESTION) or _stands_ahead(cover, day, every)):
        return Verdict.STAYS
    if request.keep:
        raise Refused(f"{cover.name} has no date to keep. Say the next one: -n fri")
    if cover.resting is not None:
        return Verdict.RESTS_ON
    if entry.kind == QUESTION:
        return Verdict.SOON
    if not entry.reached:
        return Verdict.TRY_AGAIN
    if can_ask:
        return Verdict.ASK
    if is_soon:
        return Verdict.SOON
    return Verdict.RHYTHM if every else Verdict.UNKNOWN


def is_ticked_already(cover: Cover, day: date) -> bool:
    """Whether a slip that repeats was ticked that day, and lies at its next date."""
    return cover.is_slip and cover.last_contact == day and cover.next is not None and cover.next.how == "rhythm"


def is_task_done(cover: Cover, entry: Entry, request: Request) -> bool:
    """Whether the entry says that what an open slip asks for is done; whatever its date is, it is not wanted again.

    One that should repeat, but nobody can read how often, is not done with.
    """
    if not cover.is_slip or cover.resting is not None or any(odd.path == ("rhythm",) for odd in cover.odd):
        return False
    return entry.reached and entry.kind != "note" and not (request.when or request.rest or request.keep)


def _stands_ahead(cover: Cover, day: date, every: Rhythm | None) -> bool:
    """A next contact after today that somebody named; a month counts when it is after the running one.

    A date that the rhythm had is computed anew; where there is no rhythm any more, it stands like any other.
    """
    if cover.next is None or (cover.next.how == "rhythm" and every):
        return False
    on = cover.next.on
    return on > Month.of(day) if isinstance(on, Month) else on > day


def _date_edits(cover: Cover, after: Next) -> tuple[Edit, ...]:
    """The lines of `[next]` that differ, and no others; setting a date wakes a resting dossier."""
    old = as_written(cover.next) if cover.next else {}
    new = as_written(after)
    edits: list[Edit] = [Put(("next", key), value) for key, value in new.items() if old.get(key) != value]
    edits += [Drop(("next", key)) for key in old if key not in new]
    if cover.resting is not None:
        edits.append(Drop(("resting",)))
    return tuple(edits)


def log(
    cover: Cover,
    entry: Entry,
    verdict: Verdict,
    request: Request,
    planning: Planning,
    behind: Sequence[Entry] = (),
) -> Change:
    """Write down what happened, and put the dossier behind its next insert, as one act.

    `behind`: what the client asked or complained of, each an entry of its own behind that of the contact.
    """
    written = (_answering(cover, entry, verdict), *behind)
    appends: tuple[Edit, ...] = tuple(Append("log", entry_record(one)) for one in written)
    words = _entry_words(cover, entry, verdict, behind)
    if verdict is Verdict.TICKED:
        edits: tuple[Edit, ...] = (Put(("resting",), DONE), Drop(("next",)), *appends)
        return Change(cover.client, cover.name, cover.next, None, edits, words)
    if verdict is Verdict.REST:
        edits = (Put(("resting",), request.why or entry.text), Drop(("next",)), *appends)
        return Change(cover.client, cover.name, cover.next, None, edits, f"{words} and put to rest")
    if verdict is Verdict.RESTS_ON:
        return Change(cover.client, cover.name, cover.next, cover.next, appends, words)
    proposal = proposed(cover, entry, planning) if verdict is Verdict.RHYTHM else None
    after = _next_after(cover, verdict, request, planning, proposal)
    return Change(cover.client, cover.name, cover.next, after, (*_date_edits(cover, after), *appends), words, proposal)


def _answering(cover: Cover, entry: Entry, verdict: Verdict) -> Entry:
    """The entry with the date that it answers; a note with the one that goes with it. Neither where that stays."""
    if cover.next is None or cover.resting is not None or verdict in (Verdict.STAYS, Verdict.RESTS_ON):
        return entry
    return _with_date(entry, cover.next)


def _with_date(entry: Entry, lay: Next) -> Entry:
    return entry._replace(promised=lay.on) if lay.agreed else entry._replace(planned=lay.on)


def has_come(cover: Cover, day: date) -> bool:
    """Whether the day at which it lies has come, or its month has begun."""
    if cover.resting is not None or cover.next is None:
        return False
    on = cover.next.on
    return (on.first if isinstance(on, Month) else on) <= day


def _next_after(
    cover: Cover, verdict: Verdict, request: Request, planning: Planning, proposal: Proposal | None
) -> Next:
    own = without(cover.next, *NEXT_KEYS).more if cover.next else {}
    if verdict is Verdict.SET:
        assert request.when
        return _from_when(request.when, request._replace(kind=request.kind or usual_kind(cover)), None)._replace(
            more=own
        )
    if proposal:
        return _with_details(Next(proposal.on, kind=usual_kind(cover), how="rhythm", more=own), request)
    if verdict is Verdict.SOON:
        soon = Next(next_working_day(planning), kind=usual_kind(cover), how="planned", more=own)
        return _with_details(soon, request)
    if verdict is Verdict.TRY_AGAIN:
        on = next_attempt(cover, planning)
        kept = without(cover.next, "time", "how")._replace(on=on, time=None, how="planned") if cover.next else Next(on)
        return _with_details(kept, request)
    assert verdict is Verdict.STAYS
    assert cover.next
    kept = _with_details(cover.next, request)
    return kept._replace(how="agreed") if request.agreed else kept


def usual_kind(cover: Cover) -> str:
    """The kind of a next contact of which nobody says one."""
    return TASK if cover.is_slip else USUAL


def _entry_words(cover: Cover, entry: Entry, verdict: Verdict, behind: Sequence[Entry] = ()) -> str:
    if cover.is_slip:
        is_done = verdict in (Verdict.TICKED, Verdict.RHYTHM)
        return f"{'Ticked' if is_done else 'Noted' if entry.reached else 'Tried'}: {cover.name}"
    if not entry.reached:
        return f"Logged an attempt to reach {cover.name}"
    others = "".join(f", {_a(one.kind)}" for one in behind)
    rated = next((f", rated {one.rating}" for one in (entry, *behind) if one.rating is not None), "")
    if entry.kind in (QUESTION, COMPLAINT):
        return f"Logged {_a(entry.kind)} of {cover.name}{others}{rated}"
    if entry.is_contact:
        return f"Logged {_a(entry.kind)} with {cover.name}{others}{rated}"
    return f"Noted on {cover.name}{others}{rated}"


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def refile(
    cover: Cover, when: When, request: Request, *, at: date | datetime, words: str, how: How | None = None
) -> Change:
    """Put a dossier behind another insert: what is not said anew is kept, and the move is remembered.

    `how` says how firm the new date is where no person named it.
    """
    after = _from_when(when, request, cover.next)
    after = after._replace(how=how) if how else after
    edits = _date_edits(cover, after)
    if cover.next and cover.resting is None and cover.next.on != after.on:
        move = Entry(at, "moved", from_on=cover.next.on, to_on=after.on, how=cover.next.how)
        edits += (Append("log", entry_record(move)),)
    before = cover.next if cover.resting is None else None
    return Change(cover.client, cover.name, before, after, edits, words)


def is_promised(cover: Cover) -> bool:
    """Whether the client was promised the date at which it lies."""
    return cover.resting is None and cover.next is not None and cover.next.agreed


def breaks_agreement(cover: Cover, when: When, *, agreed: bool = False) -> bool:
    """Whether re-filing so changes what was promised to the client: its day, its time, or that it is promised.

    As good as promised is the day of a client with an open complaint.
    """
    now = cover.next
    if cover.resting is not None or now is None:
        return False
    if not now.agreed:
        return (now.on, now.time) != (when.on, when.time) and complains(cover)
    return (now.on, now.time) != (when.on, when.time) or not (when.agreed or agreed)


def snooze_start(cover: Cover, day: date) -> date:
    """Where an offset counts from: the later of today and the day the dossier lies at."""
    if cover.resting is not None or cover.next is None:
        return day
    return max(day, last_day(cover.next.on))


def check_snooze(cover: Cover, when: When, day: date) -> None:
    """Raises Refused for an offset from a month without a day, and for a date that is no later than the old one."""
    if cover.resting is not None or cover.next is None:
        return
    on = cover.next.on
    if when.offset and isinstance(on, Month) and on.last >= day:
        raise Refused(
            f"{cover.name} lies in {on.name.capitalize()} without a day, so there is nothing to count from. "
            "Name the day",
            then=("file", cover.client, str(on.last)),
        )
    if last_day(when.on) <= last_day(on):
        raise Refused(
            f"{cover.name} lies at {spelled(on)} already, and putting off goes forward. For any other day",
            then=("file", cover.client, str(when.on)),
        )


def rest(cover: Cover, why: str, *, at: date | datetime) -> Change:
    """Put a dossier to rest on purpose; it has no next contact until one is filed.

    The date that is dropped stands in a note, so that a look back tells what became of it.
    """
    edits: tuple[Edit, ...] = (Put(("resting",), why), Drop(("next",)))
    if cover.next and cover.resting is None:
        edits += (Append("log", entry_record(_with_date(Entry(at, "note", why), cover.next))),)
    return Change(cover.client, cover.name, cover.next, None, edits, f"Put {cover.name} to rest")
