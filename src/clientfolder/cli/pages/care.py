"""The pages of care: who wants something, and one complaint with what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clientfolder.care.care import Care
from clientfolder.care.checkup import Checkup
from clientfolder.cli.output.parts import head_line, what_came_of
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, row, width, wrapped
from clientfolder.cli.output.words import came, day_of_log, day_short, said_words, where
from clientfolder.dates.calendar import day_long
from clientfolder.dossier.concerns import Complaint, State
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler.concerned import ComplaintOf, Greeting
from clientfolder.tickler.ratings import RatingDue

STAMP, NAME = 8, 22
# What was said has so many cells, or the next contact is left out.
LEAST_SAID = 16
NOTHING: Line = (Span(" Nobody complains, nobody waits for an answer, and nobody is to be asked or greeted.", "dim"),)


def care_page(care: Care, window: Window) -> Iterator[Line]:
    """Who wants something, each kind under its heading, the oldest first."""
    of, day = care.concerned, care.day
    counts = (
        (len(of.complaints), "complaint"), (len(of.to_mend), "to mend"), (len(of.waiting), "waiting"),
        (len(care.ratings_due), "ratings due"),
    )  # fmt: skip
    told = [counted(count, what) if what == "complaint" else f"{count} {what}" for count, what in counts if count]
    yield head_line([Span(f" Care on {day_long(day)}", "head")], [Span(", ".join(told))], window)
    sections: tuple[tuple[str, list[Line]], ...] = (
        ("COMPLAINTS", [_complaint(one, day, window) for one in of.complaints]),
        ("TO MEND", [_to_mend(one, day, window) for one in of.to_mend]),
        (
            "WAITING FOR MY ANSWER",
            [
                _row(
                    Span(came(one.inquiry.entry.at, day), "late" if one.is_late else ""),
                    one.cover,
                    [*_late(one.is_late, window), Span(one_line(one.inquiry.entry.text))],
                    _next(one.cover, day),
                    window,
                )
                for one in of.waiting
            ],
        ),
        ("RATINGS DUE", [_rating(one, day, window) for one in care.ratings_due]),
        ("GREETINGS", [_greeting(one, day, window) for one in of.greetings]),
    )
    if not any(lines for _, lines in sections):
        yield from (EMPTY, NOTHING)
    for name, lines in sections:
        if lines:
            yield from (EMPTY, (Span(f" {name}", "head"),), *lines)


def _row(stamp: Span, cover: Cover, middle: Iterable[Span], right: str, window: Window) -> Line:
    """When, who, what, and the next contact."""
    name = fitted(one_line(cover.name), NAME)
    pad = " " * max(0, STAMP - 1 - width(stamp.text))
    left = [Span(pad), stamp, Span("  "), Span(padded(name, NAME)), Span("  "), *middle]
    if window.columns - 1 - STAMP - NAME - 4 - width(right) < LEAST_SAID:
        right = ""
    return row(left, [Span(right, "dim")] if right else [], columns=window.columns - 1)


def _late(is_late: bool, window: Window) -> list[Span]:
    """Red tells it; without colours the word does."""
    return [Span("late: ", "late")] if is_late and not window.colour else []


def _next(cover: Cover, day: date) -> str:
    return where(cover, day)


def _complaint(one: ComplaintOf, day: date, window: Window) -> Line:
    stamp = Span(f"{one.days(day)} d", "late" if one.is_late else "")
    said = [*_late(one.is_late, window), Span(said_words(one.complaint))]
    return _row(stamp, one.cover, said, _next(one.cover, day), window)


def _to_mend(one: ComplaintOf, day: date, window: Window) -> Line:
    entry = one.complaint.entry
    lacks = [what for what, said in (("cause", entry.cause), ("mended", entry.mended)) if said is None]
    line = f"{', '.join(lacks)}: cf care {one.cover.client}"
    return _row(Span(f"{one.days(day)} d"), one.cover, [Span(said_words(one.complaint))], line, window)


def _rating(one: RatingDue, day: date, window: Window) -> Line:
    last = f"{one.last.rating} of 5 on {day_of_log(one.last.day, day)}" if one.last else "never asked"
    return _row(Span(came(one.due, day)), one.cover, [Span(last, "dim")], _next(one.cover, day), window)


def _greeting(one: Greeting, day: date, window: Window) -> Line:
    who = "" if one.who == one.cover.name else f"{one_line(one.who)}, "
    years = f" ({one.years})" if one.years is not None else ""
    stamp = Span("today" if one.on == day else came(one.on, one.on))
    what = f"{who}{one.what.replace('_', ' ')}{years}"
    return _row(stamp, one.cover, [Span(what)], "" if one.on == day else day_short(one.on, day), window)


# One complaint -----------------------------------------------------------------------------------------

_STATES = {State.OPEN: "open", State.TO_MEND: "to mend", State.CLOSED: "done with"}


def complaint_page(cover: Cover, complaint: Complaint, day: date, window: Window) -> Iterator[Line]:
    """One complaint: what was said, and what came of it."""
    entry, state = complaint.entry, complaint.state_on(day)
    left = [Span(f" {one_line(cover.name)}", "head"), Span(f"  {day_short(entry.day, day)}")]
    yield head_line(left, [Span(_STATES[state], "late" if state is State.OPEN else "")], window)
    for line in wrapped(said_words(complaint), window.columns - 1, indent="   "):
        yield (Span(line),)
    yield from what_came_of(entry, day, window)


# A check of oneself --------------------------------------------------------------------------------------

# What each line says, and the command that mends it.
_CHECKED = {
    "contacts": ("clients who paid, spoken with", "cf list --silent-since 1y"),
    "next": ("clients with a next date", "cf list unfiled"),
    "products": ("payments that say what they are for", "cf pay CLIENT AMOUNT PRODUCT"),
    "segments": ("clients who bought, with a segment", "cf settings segments, cf set CLIENT tags+=SEGMENT"),
    "offers": ("what they lack, offered", "cf deal CLIENT PRODUCT"),
    "deals": ("open deals with a next date", "cf file CLIENT fri"),
    "refusals": ("refusals with stage and reason", "cf deal CLIENT NAME lost WHY"),
    "sales": ("deals won, with a payment of them", "cf pay CLIENT AMOUNT --deal NAME"),
    "complaints": ("complaints that are done with", "cf care"),
    "answers": ("questions answered in time", "cf care"),
    "satisfaction": ("clients who paid, asked how content", "cf log CLIENT --form satisfaction"),
    "attraction": ("new ones of whom you know who sent them", "cf set CLIENT sent_by=WHO"),
}


def checkup_page(checkup: Checkup, window: Window) -> Iterator[Line]:
    """Each line with its mark, and below each that is not good the command that mends it."""
    since = Span(f"since {day_short(checkup.first, checkup.day)}")
    yield head_line([Span(f" Check of {day_long(checkup.day)}", "head")], [since], window)
    yield EMPTY
    for row_ in checkup.rows:
        words, mends = _CHECKED[row_.row]
        mark = Span(f" {row_.mark:<4}", "late" if row_.mark == "-" else "bold")
        yield row([mark, Span(words)], [Span(f"{row_.good} of {row_.of}")], columns=window.columns - 1)
        if row_.mark != "+":
            yield Span("     "), Span(fitted(mends, window.columns - 6), "dim")
