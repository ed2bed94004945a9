"""What is told after a write: what was written and to whom, where the dossier lies now, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from clientfolder.cli.output.json import next_json
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import (
    WEEKEND,
    day_short,
    for_day,
    in_days,
    in_months,
    long_on,
    proposal_words,
    shortened,
)
from clientfolder.cli.session import Session
from clientfolder.dates.availability import hours, weekdays
from clientfolder.dates.calendar import WEEKDAYS, Month
from clientfolder.dates.phrases import When
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import Warned
from clientfolder.tickler import desk
from clientfolder.tickler.acts import Verdict
from clientfolder.tickler.desk import slot_of
from clientfolder.tickler.load import Room
from clientfolder.tickler.next_date import lighter_day

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite


# The warnings that are questions, where nobody can be asked.
QUESTIONS = ("dodged", "attempts")


def echo(session: Session, outcome: Outcome, lines: Sequence[Line]) -> Result:
    """The result of whatever writes: its changes, and its lines on the screen."""
    asked = [(Span(f"   {warned.message}", "dim"),) for warned in session.warnings if warned.code in QUESTIONS]
    return Result(
        changes(session, outcome),
        lambda paper: [*lines, *asked],
        writes=not session.dry_run,
        shown=frozenset({"day_off", "over_capacity", "same_time", *QUESTIONS}),
    )


def done_already(session: Session, outcome: Outcome) -> Result:
    """What is told of an act that is typed again after it was cut short, when all of it was written."""
    lines: list[Line] = [
        (Span(f"{one_line(outcome.words)}."),),
        (Span("   It was cut short when all was written, so it is not done a second time.", "dim"),),
    ]
    return echo(session, outcome, [*lines, *somewhere(session)])


def outcome_lines(
    session: Session, outcome: Outcome, *, stays: bool = False, note: Iterable[Line] = ()
) -> Iterator[Line]:
    """What was written and to whom, where the dossier lies now, and a note on it."""
    for write in outcome.writes:
        yield (Span(f"{write.change.words}."),)
        yield from place_lines(session, write, stays=stays)
    yield from note
    yield from somewhere(session)


def place_lines(session: Session, write: PlannedWrite, *, stays: bool = False) -> list[Line]:
    """Where the dossier of a deed lies now; the first line says it, others what else is worth knowing."""
    return list(_place_lines(session, write, stays=stays))


def _place_lines(session: Session, write: PlannedWrite, *, stays: bool) -> Iterator[Line]:
    cover = write.cover
    # What was ticked lies nowhere any more, and that is what its words say.
    if cover is None or cover.is_done:
        return
    if cover.resting is not None:
        yield (Span("-> "), Span("resting", "bold"), Span(f": {one_line(cover.resting)}"))
    elif cover.next is None:
        yield (Span("-> "), Span("no date", "late"), Span(f": cf file {cover.client} fri"))
    else:
        yield from arrow(session, cover.next, cover, stays=stays)
        if write.change.proposal and write.change.proposal.why:
            yield (Span(f"   by the rhythm: {proposal_words(write.change.proposal, session.day)}", "dim"),)


def call_now(cover: Cover) -> list[Line]:
    """What is told instead of a move: whom to ring up."""
    number = f", {one_line(cover.number)}" if cover.number else ""
    whom = Span(f"{one_line(cover.name)}{number}", "bold")
    return [(Span("Call now: "), whom, Span(f"; then: cf log {cover.client}"))]


def promise_note(session: Session, outcome: Outcome, verdict: Verdict) -> list[Line]:
    """What an attempt says of a date that was promised and has moved by it."""
    before = outcome.writes[0].change.before
    if verdict is not Verdict.TRY_AGAIN or before is None or not before.agreed:
        return []
    return [(Span("   promised "), Span(for_day(before, session.day), "late"))]


def changes(session: Session, outcome: Outcome) -> dict[str, Any]:
    """The JSON of whatever writes."""
    return {
        "changes": [
            {
                "client": write.change.client,
                "before": next_json(write.change.before),
                "after": next_json(write.change.after),
                "slot": slot_of(write.cover, session.day) if write.cover else None,
                "words": write.change.words,
            }
            for write in outcome.writes
        ]
    }


def warn_of_date(session: Session, when: When, cover: Cover | None = None) -> None:
    """What is worth knowing about a date that somebody named, for the client who was put there."""
    if when.far:
        session.warnings.append(Warned("far", f"{day_short(when.on, session.day)} is more than 11 months away"))
    warn_of_load(session, when.on, cover)


def warn_of_load(session: Session, on: date | Month, cover: Cover | None = None) -> None:
    """Codes for scripts; the echo says the same to people, so they are not told twice. `cover`: who was put there."""
    if isinstance(on, Month):
        return
    room = session.room
    if room.working.is_off(on):
        session.warnings.append(Warned("day_off", f"{day_short(on, session.day)} is a {named_off(room, on)}"))
    if cover and cover.next and cover.next.on == on and (same := _same_time(session, cover.next, cover)):
        at = f"{day_short(on, session.day)} {cover.next.time:%H:%M}"
        session.warnings.append(Warned("same_time", f"{at}: {same[0]}"))
    if room.is_over(on):
        holds = f"{day_short(on, session.day)} holds {session.held(on)}, room for {room.capacity.on(on)}"
        lighter = _lighter(session, cover, cover.next) if cover and cover.next and cover.next.on == on else None
        session.warnings.append(Warned("over_capacity", f"{holds}; {lighter}" if lighter else holds))


def arrow(session: Session, contact: Next, cover: Cover | None = None, *, stays: bool = False) -> list[Line]:
    """`-> Fri 24 Jul 2026, in 9 days, 7 that day`, with what else is true of that day, for this client too."""
    mark = Span("! " if contact.agreed else "", "agreed")
    text = f"{long_on(contact.on)}{f' {contact.time:%H:%M}' if contact.time else ''}"
    facts = ", ".join(
        [
            *_facts(session, contact.on),
            *(_unsuited(cover, contact) if cover else ()),
            *_same_time(session, contact, cover),
        ]
    )
    head = "   stays: " if stays else "-> "
    line: Line = (Span(head), mark, Span(text, "bold"), Span(f", {facts}"))
    lighter = _lighter(session, cover, contact) if cover and not stays else None
    return [line, (Span(f"   {lighter}", "dim"),)] if lighter else [line]


def _same_time(session: Session, contact: Next, cover: Cover | None) -> list[str]:
    """`same time as Petra`, where somebody else is to be called then; the first of them by name."""
    if contact.time is None or cover is None:
        return []
    there = desk.lying_at(session.contents.covers, contact.on)
    others = [one.name for one in there if one.client != cover.client and one.next and one.next.time == contact.time]
    return [f"same time as {one_line(min(others, key=str.casefold))}"] if others else []


def _unsuited(cover: Cover, contact: Next) -> Iterator[str]:
    """What the client has said about days and hours, where the date goes against it."""
    if isinstance(contact.on, date) and contact.on.weekday() in weekdays(cover.not_on):
        yield f"not on {WEEKDAYS[contact.on.weekday()].capitalize()}s"
    suiting = hours(cover.hours) if cover.hours else None
    if suiting and contact.time and not suiting.hold(contact.time):
        yield f"but {one_line(cover.hours or '')}"


def _lighter(session: Session, cover: Cover, contact: Next) -> str | None:
    """Where the day is over and was not promised: the nearest day with room."""
    if isinstance(contact.on, Month) or contact.agreed or not session.room.is_over(contact.on):
        return None
    found = lighter_day(cover, contact.on, session.planning(cover, contact.kind))
    return f"lighter: {day_short(found, session.day)}, {session.held(found)} that day" if found else None


def _facts(session: Session, on: date | Month) -> list[str]:
    count = session.held(on)
    if isinstance(on, Month):
        return [in_months(on, session.day), f"{count} there without a day"]
    facts = [in_days(on, session.day)]
    if on >= session.day:
        facts.append(f"{count} {'in all' if on == session.day else 'that day'}")
    return [*facts, *odd_facts(session, on)]


def odd_facts(session: Session, on: date | Month) -> list[str]:
    """What is odd about a day on which something lies now: a weekend, a day off, more than it has room for."""
    room, facts = session.room, []
    if isinstance(on, Month):
        return []
    if on.weekday() in WEEKEND:
        facts.append(WEEKEND[on.weekday()])
    if room.working.is_off(on):
        facts.append(named_off(room, on))
    if room.is_over(on):
        facts.append(f"over {room.capacity.on(on)}")
    return facts


def named_off(room: Room, on: date) -> str:
    """`day off`, and which public holiday it is."""
    name = room.working.off_for(on)
    return name if name == "day off" else f"day off: {name}"


def somewhere(session: Session) -> list[Line]:
    """Where it was written, if the folder is not the default one."""
    place = session.workspace.elsewhere
    if session.dry_run:
        return [(Span("   --dry-run: nothing was written", "dim"),)]
    return [(Span(f"   in {shortened(place, session.environment.home)}", "dim"),)] if place else []


def what_is_left(session: Session) -> list[Line]:
    """`8 left, now: 09:30 Novák Tisk, Petra Dvořáková, +420 555 010 188`."""
    pile = session.desk.pile
    if not pile:
        return [(Span("The desk is clear.", "dim"),)]
    first = session.shown(next((cover for cover in pile if _can_call(session, cover)), pile[0]))
    assert first.next
    parts = [f"{first.next.time:%H:%M} {first.name}" if first.next.time else first.name]
    if first.is_slip:
        parts += [first.company] if first.company else []
    elif first.whom and first.whom.name:
        parts.append(first.whom.name)
    if first.number:
        parts.append(first.number)
    mark = "! " if first.next.agreed else ""
    return [(Span(f"{len(pile)} left, now: ", "dim"), Span(mark, "agreed"), Span(", ".join(parts)))]


def _can_call(session: Session, cover: Cover) -> bool:
    """Whether the hours of the client allow a call at this time of day, if that is known."""
    now, suiting = session.workspace.now, hours(cover.hours) if cover.hours else None
    return suiting is None or not isinstance(now, datetime) or suiting.hold(now.time())
