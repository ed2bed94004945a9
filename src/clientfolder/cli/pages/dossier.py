"""The page of a client's sheet: card, people, next contact, open slips, newest entries first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from clientfolder.cli.output.json import as_json
from clientfolder.cli.output.parts import what_came_of
from clientfolder.cli.output.terminal import (
    EMPTY,
    Line,
    Span,
    Window,
    broken,
    fitted,
    one_line,
    padded,
    row,
    width,
    wrapped,
)
from clientfolder.cli.output.words import day_short, paper_words, rated_words, said_words, title, where
from clientfolder.dates.calendar import day_long
from clientfolder.dossier import schema
from clientfolder.dossier.concerns import State, of_log
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import Entry

if TYPE_CHECKING:
    from clientfolder.dossier.forms import Question

LABEL = 12
INDENT = " " * LABEL
NOTHING_SAID: Line = (Span(" Nothing was said yet.", "dim"),)


def sheet_page(sheet: DossierSheet, window: Window, *, whole: bool) -> Iterator[Line]:
    """One sheet; on a terminal as many entries as fit the window, unless the whole was asked for.

    At least half of the window is the log's: where it has not so much room, the rest of the card is left out.
    """
    log = list(log_lines(sheet, window)) or [NOTHING_SAID]
    about = list(about_lines(sheet, window))
    if whole or window.rows is None or len(about) + len(log) + 2 <= window.rows - 2:
        yield from (_title(sheet, window), *about, EMPTY, *log)
        return
    # The title and the line between stand above the log, and below it the line that leads to the rest.
    room = window.rows - 2 - 3
    for_log = min(len(log), window.rows // 2 - 1)
    if len(about) > room - for_log:
        about = list(_in_short(sheet, window))[: max(1, room - for_log)]
    yield from (_title(sheet, window), *about, EMPTY, *log[: max(1, room - len(about))])
    yield (Span(f" more: cf show -a {sheet.dossier.client}", "dim"),)


def sheets_page(sheets: Iterable[DossierSheet], window: Window) -> Iterator[Line]:
    """The sheets of several clients, one below the other."""
    for number, sheet in enumerate(sheets):
        if number:
            yield from (EMPTY, (Span("─" * (window.columns - 1), "dim"),), EMPTY)
        yield from sheet_page(sheet, window, whole=True)


def _title(sheet: DossierSheet, window: Window) -> Line:
    name, file = Span(f" {one_line(title(sheet.cover))}", "head"), Span(sheet.file, "dim")
    return row([name], [file], columns=window.columns - 1)


# What of a card is needed to reach somebody, by how its keys begin.
TO_REACH = ("phone", "email")
WORTH = "worth"


def about_lines(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """The next contact first, then the card, the people, the papers, and what else stands above the log."""
    dossier = sheet.dossier
    yield from _open_things(sheet, window)
    for label, told in sheet.money:
        yield from _field(label, told, "", window)
    yield from _said(sheet, window)
    facts = {
        "since": dossier.since,
        "tags": ", ".join(dossier.tags) or None,
        "sent by": sheet.sender or dossier.sent_by,
        "sent": ", ".join(map(one_line, sheet.sent)) or None,
        "rhythm": dossier.rhythm,
        "not on": ", ".join(dossier.not_on) or None,
        "hours": dossier.hours,
    }
    yield from _values(facts, window)
    yield from _values(dossier.card, window)
    for key, known in _people(sheet):
        yield from _field(key, known, "", window)
    for label, record in schema.lines(dossier.records):
        yield from _field(label, value_words(record), "", window)
    yield from _values(dossier.more, window)
    yield from _papers(sheet, window)


def _in_short(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """What is next and what is open, then how they are reached, in a line each; what they are worth stands last."""
    yield from _open_things(sheet, window)
    money = [(label, told) for label, told in sheet.money if label != WORTH]
    worth = [(label, told) for label, told in sheet.money if label == WORTH]
    for label, told in money:
        yield from _field(label, told, "", window)
    yield from _said(sheet, window)
    card = [(key, value_words(value)) for key, value in sheet.dossier.card.items() if key.startswith(TO_REACH)]
    hours = [("hours", sheet.dossier.hours)] if sheet.dossier.hours else []
    for label, told in (*_people(sheet), *card, *hours, *worth):
        yield next(_field(label, fitted(told, window.columns - 1 - LABEL), "", window))


def _open_things(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """The next contact, and what stands out since the last one."""
    dossier, cover, day = sheet.dossier, sheet.cover, sheet.day
    lies = where(cover, day)
    yield from _field("next", lies, "late" if cover.next is None or ", " in lies else "bold", window)
    if dossier.next and dossier.resting is None:
        contact = dossier.next
        person = dossier.people.get(contact.person or "")
        whom = f" with {person.name if person and person.name else contact.person}" if contact.person else ""
        about = f": {contact.about}" if contact.about else ""
        yield from _field("", f"{contact.kind}{whom}{about}", "", window)
        yield from _values(contact.more, window)
    if sheet.lent:
        yield from _field("lent", sheet.lent, "", window)
    for slip in sheet.slips:
        yield from _field("slip", f"{where(slip, day)}: {one_line(slip.name)}", "", window)
    if cover.moves:
        yield from _field("put off", f"{cover.moves}x since the last contact", "", window)
    if cover.attempts:
        yield from _field("no answer", f"{cover.attempts}x since the last contact", "", window)
    if cover.promised and not (cover.next and cover.next.agreed):
        yield from _field("promised", f"for {day_short(cover.promised, day)}", "late", window)


def _people(sheet: DossierSheet) -> Iterator[tuple[str, str]]:
    """The short name of each person, and what is known of them."""
    for key, person in sheet.dossier.people.items():
        known = [person.name or key, person.phone, person.email]
        more = [f"{name}: {value_words(value)}" for name, value in person.more.items()]
        yield key, ", ".join([str(part) for part in known if part] + more)


def _said(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """The complaints that are not done with, the questions that wait, and how content they were last."""
    day = sheet.day
    said = of_log(sheet.dossier.log, day)
    for one in said.in_state(State.OPEN, day):
        yield from _field("complaint", f"of {day_short(one.entry.day, day)}, open: {said_words(one)}", "late", window)
    for one in said.in_state(State.TO_MEND, day):
        yield from _field("complaint", f"of {day_short(one.entry.day, day)}, to mend: {said_words(one)}", "", window)
    for asked in said.waiting(day):
        yield from _field("question", f"of {day_short(asked.entry.day, day)}: {asked.entry.text}", "late", window)
    # Beside what they paid it is told there.
    if said.ratings and not any(label == WORTH for label, _ in sheet.money):
        yield from _field(WORTH, rated_words(said.ratings, day), "", window)


def log_lines(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """The entries, newest first; no line is wider than a terminal, where lines are counted."""
    for entry in sheet.dossier.newest_first():
        for line in _entry(entry, sheet, window):
            yield from [line] if window.rows is None else broken(line, window.columns)


def _papers(sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """`papers   offer.pdf (82 kB, 12 Jul), contract.pdf`: as many as two lines hold, the newest with its facts."""
    if not sheet.papers:
        return
    client = sheet.dossier.client
    room = 2 * (window.columns - 1 - LABEL) - len(" and 1000 more: cf open ") - width(client)
    shown: list[str] = []
    for one in sheet.papers:
        name = fitted(one.name, 40)
        text = f"{name} ({paper_words(one, sheet.day)})" if not shown else name
        if shown and width(", ".join([*shown, text])) > room:
            break
        shown.append(text)
    left = len(sheet.papers) - len(shown)
    more = f" and {left} more: cf open {client}" if left else ""
    yield from _field("papers", ", ".join(shown) + more, "", window)


def _values(values: Mapping[str, Any], window: Window) -> Iterator[Line]:
    for key, value in values.items():
        if value is not None:
            yield from _field(key, value_words(value), "", window)


def value_words(value: Any) -> str:
    """A value of any kind as a person would write it down."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(value_words, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {value_words(part)}" for key, part in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(as_json(value))


def _field(label: str, text: str, style: str, window: Window) -> Iterator[Line]:
    name = one_line(label)
    head = padded(f" {name}", LABEL) if width(name) < LABEL - 1 else f" {name} "
    lines = wrapped(text, window.columns - 1, indent=INDENT)
    yield Span(head, "dim"), Span(lines[0][len(INDENT) :], style)
    for line in lines[1:]:
        yield (Span(line, style),)


def _entry(entry: Entry, sheet: DossierSheet, window: Window) -> Iterator[Line]:
    """When, what kind, with whom; then its answers and its words. A move says from where to where."""
    stamp = day_long(entry.day)
    if isinstance(entry.at, datetime):
        stamp += f" {entry.at:%H:%M}"
    form = None if entry.form is None else sheet.forms.get(entry.form)
    title = "" if entry.form is None else f": {form.title if form else entry.form}"
    more = "".join(f", {key}: {value_words(value)}" for key, value in entry.more.items())
    if entry.kind == "moved":
        yield Span(f" {stamp}  ", "dim"), Span(one_line(_move(entry, sheet.day) + more), "dim")
        return
    person = sheet.dossier.people.get(entry.person or "")
    whom = f" with {person.name if person and person.name else entry.person}" if entry.person else ""
    reached = ("" if entry.reached else ", no answer") + (", private" if entry.private else "")
    rating = "" if entry.rating is None else f", {entry.rating} of 5"
    yield Span(f" {stamp}  ", "bold"), Span(one_line(f"{entry.kind}{whom}{reached}{title}{rating}{more}"), "dim")
    yield from _answers(entry.answers, form.asked if form else {}, window)
    if entry.text:
        for line in wrapped(entry.text.strip("\n"), window.columns - 1, indent="   "):
            yield (Span(line),)
    yield from what_came_of(entry, sheet.day, window)


def _answers(answers: Mapping[str, Any], asked: Mapping[str, Question], window: Window) -> Iterator[Line]:
    """What was asked, as far as it is known, and beside it what was answered."""
    questions = {key: one_line(asked[key].ask if key in asked else key) for key in answers}
    columns = min(max(map(width, questions.values()), default=0), (window.columns - 1) * 2 // 5)
    for key, answer in answers.items():
        left = wrapped(questions[key], columns) if width(questions[key]) > columns else [questions[key]]
        right = wrapped(_answer(answer), window.columns - 1 - 3 - columns - 2)
        for asks, says in zip_longest(left, right, fillvalue=""):
            yield Span(f"   {padded(asks, columns)}  ", "dim"), Span(says)


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day_long(value) if type(value) is date else value_words(value)


def _move(entry: Entry, day: date) -> str:
    left = day_short(entry.from_on, day) if entry.from_on else "no date"
    to = day_short(entry.to_on, day) if entry.to_on else "no date"
    return f"moved from {left} to {to}" + (", promised" if entry.how == "agreed" else "")
