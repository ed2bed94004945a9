"""What is told after a write: what was written and to whom, where the dossier lies now, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Span, one_line
from clientfolder.cli.output.words import (
    WEEKEND,
    for_day,
    held_words,
    in_days,
    in_months,
    lighter_words,
    named_off,
    proposal_words,
)
from clientfolder.dates.calendar import WEEKDAYS, Month, spelled
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import Cover
from clientfolder.text import sentence
from clientfolder.tickler.acts import Verdict
from clientfolder.tickler.confirmation import Confirmation, Landing, Left, Written


def confirmation_lines(confirmation: Confirmation, *, stays: bool = False, note: Iterable[Line] = ()) -> Iterator[Line]:
    """What was written and to whom, where the dossier lies now, and a note on it."""
    for one in confirmation.written:
        yield (Span(sentence(one.change.words)),)
        yield from place_lines(one, confirmation.day, stays=stays)
    yield from note
    yield from somewhere(confirmation.folder, dry_run=confirmation.dry_run)


def place_lines(written: Written, day: date, *, stays: bool = False) -> Iterator[Line]:
    """Where the dossier lies now; the first line says it, others what else is worth knowing."""
    cover = written.cover
    # What was ticked lies nowhere any more, and that is what its words say.
    if cover is None or cover.is_done:
        return
    if cover.resting is not None:
        yield (Span("-> "), Span("resting", "bold"), Span(f": {one_line(cover.resting)}"))
    elif written.landing is None:
        yield (Span("-> "), Span("no date", "late"), Span(f": cf file {cover.client} fri"))
    else:
        yield from arrow(written.landing, day, stays=stays)
        if written.change.proposal and written.change.proposal.why:
            yield (Span(f"   by the rhythm: {proposal_words(written.change.proposal, day)}", "dim"),)


def call_now(cover: Cover) -> list[Line]:
    """What is told instead of a move: whom to ring up."""
    number = f", {one_line(cover.number)}" if cover.number else ""
    whom = Span(f"{one_line(cover.name)}{number}", "bold")
    return [(Span("Call now: "), whom, Span(f"; then: cf log {cover.client}"))]


def promise_note(change: Change, verdict: Verdict, day: date) -> list[Line]:
    """What an attempt says of a date that was promised and has moved by it."""
    before = change.before
    if verdict is not Verdict.TRY_AGAIN or before is None or not before.agreed:
        return []
    return [(Span("   promised "), Span(for_day(before, day), "late"))]


def arrow(landing: Landing, day: date, *, stays: bool = False) -> Iterator[Line]:
    """`-> Fri 24 Jul 2026, in 9 days, 7 that day`, with what else is true of that day, for this client too."""
    facts = ", ".join([*_how_far(landing, day), *odd_facts(landing), *_for_client(landing)])
    yield (Span("   stays: " if stays else "-> "), *_date(landing), Span(f", {facts}"))
    if landing.lighter and not stays:
        yield (Span(f"   {lighter_words(landing.lighter, day)}", "dim"),)


def _date(landing: Landing) -> Line:
    contact = landing.contact
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    return (Span("! " if contact.agreed else "", "agreed"), Span(f"{spelled(contact.on)}{clock}", "bold"))


def in_one_line(written: Written) -> Line:
    """What was written, and for which day: for a list of what was done."""
    said, cover = Span(sentence(written.change.words)), written.cover
    if cover is None or cover.is_done or written.landing is None:
        return (said,)
    return (said, Span(" -> "), *_date(written.landing))


def _how_far(landing: Landing, day: date) -> Iterator[str]:
    """How far the day is, and how many lie there; of a day that is past nobody counts them."""
    on, held = landing.contact.on, held_words(landing.held)
    if isinstance(on, Month):
        yield from (in_months(on, day), f"{held} there without a day")
        return
    yield in_days(on, day)
    if on >= day:
        yield f"{held} {'in all' if on == day else 'that day'}"


def odd_facts(landing: Landing) -> Iterator[str]:
    """What is odd about a day on which something lies now: a weekend, a day off, more than it has room for."""
    on = landing.contact.on
    if isinstance(on, date) and on.weekday() in WEEKEND:
        yield WEEKEND[on.weekday()]
    if landing.off:
        yield named_off(landing.off)
    if landing.is_over:
        yield f"over {landing.capacity}"


def _for_client(landing: Landing) -> Iterator[str]:
    """What the client has said about days and hours, where the date goes against it; and who has the same time."""
    on = landing.contact.on
    if landing.is_not_on and isinstance(on, date):
        yield f"not on {WEEKDAYS[on.weekday()].capitalize()}s"
    if landing.other_hours:
        yield f"but {one_line(landing.other_hours)}"
    if landing.same_time:
        yield f"same time as {one_line(landing.same_time)}"


def what_is_left(left: Left) -> list[Line]:
    """`8 left, now: 09:30 Novák Tisk, Petra Dvořáková, +420 555 010 188`."""
    first = left.first
    if first is None:
        return [(Span("The desk is clear.", "dim"),)]
    clock = first.next.time if first.next else None
    parts = [f"{clock:%H:%M} {first.name}" if clock else first.name]
    if first.is_slip:
        parts += [first.company] if first.company else []
    elif first.whom and first.whom.name:
        parts.append(first.whom.name)
    if first.number:
        parts.append(first.number)
    mark = "! " if first.next and first.next.agreed else ""
    return [(Span(f"{left.to_do} left, now: ", "dim"), Span(mark, "agreed"), Span(", ".join(parts)))]
