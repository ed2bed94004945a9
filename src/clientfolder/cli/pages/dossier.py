"""The page of a client's sheet: card, people, next contact, open slips, newest entries first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import zip_longest
from typing import Any

from clientfolder.binder.binder import file_of
from clientfolder.binder.papers import PaperFile
from clientfolder.cli.output.json import as_json
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, row, width, wrapped
from clientfolder.cli.output.words import day_long, day_short, paper_words, title, where
from clientfolder.cli.session import Session
from clientfolder.dossier import schema
from clientfolder.dossier.types import Cover, Dossier, Entry
from clientfolder.errors import Trouble
from clientfolder.tickler.desk import slips_of

LABEL = 12
INDENT = " " * LABEL
# Of a form's name, its title and the words of its questions by their keys; None where the form is not known any more.
Asks = Callable[[str], tuple[str, Mapping[str, str]] | None]


def forms_of(session: Session) -> Asks:
    """The forms of the folder; each is read once, and only where an entry has one."""

    @cache
    def asks(name: str) -> tuple[str, Mapping[str, str]] | None:
        from clientfolder.binder import forms

        try:
            form = forms.named(session.binder, name)
        except Trouble:
            return None
        return form.title, {key: question.ask for key, question in form.asked.items()}

    return asks


def sheet_page(
    dossier: Dossier,
    slips: Iterable[Cover],
    day: date,
    paper: Window,
    asks: Asks,
    *,
    whole: bool,
    papers: Sequence[PaperFile] = (),
) -> Iterator[Line]:
    """One sheet; on a terminal as many entries as fit the window, unless the whole was asked for.

    `slips` are the client's open ones.
    """
    head = [*_title(dossier, paper), *about_lines(dossier, slips, day, paper, papers), EMPTY]
    log = list(log_lines(dossier, day, paper, asks))
    room = None if whole or paper.rows is None else max(3, paper.rows - 2 - len(head))
    yield from head
    if room is None or len(log) <= room:
        yield from log or [(Span(" Nothing was said yet.", "dim"),)]
        return
    yield from log[: room - 1]
    yield (Span(f" more: cf show -a {dossier.client}", "dim"),)


def sheets_page(session: Session, covers: Sequence[Cover], paper: Window) -> Iterator[Line]:
    """The sheets of several clients, one below the other."""
    asks = forms_of(session)
    for number, cover in enumerate(covers):
        if number:
            yield from (EMPTY, (Span("─" * (paper.columns - 1), "dim"),), EMPTY)
        dossier, slips = session.binder.read(cover.client).dossier, slips_of(session.contents.covers, cover.client)
        papers = session.papers_of(cover.client)
        yield from sheet_page(dossier, slips, session.day, paper, asks, whole=True, papers=papers)


def _title(dossier: Dossier, paper: Window) -> Iterator[Line]:
    name, file = Span(f" {one_line(title(dossier.cover))}", "head"), Span(file_of(dossier.client), "dim")
    yield row([name], [file], columns=paper.columns - 1)


def about_lines(
    dossier: Dossier, slips: Iterable[Cover], day: date, paper: Window, papers: Sequence[PaperFile] = ()
) -> Iterator[Line]:
    """The next contact first, then the card, the people, the papers, and what else stands above the log."""
    cover = dossier.cover
    yield from _field(
        "next", where(cover, day), "late" if cover.next is None or ", " in where(cover, day) else "bold", paper
    )
    if dossier.next and dossier.resting is None:
        contact = dossier.next
        person = dossier.people.get(contact.person or "")
        whom = f" with {person.name if person and person.name else contact.person}" if contact.person else ""
        about = f": {contact.about}" if contact.about else ""
        yield from _field("", f"{contact.kind}{whom}{about}", "", paper)
        yield from _values(contact.more, paper)
    for slip in slips:
        yield from _field("slip", f"{where(slip, day)}: {one_line(slip.name)}", "", paper)
    if cover.moves:
        yield from _field("put off", f"{cover.moves}x since the last contact", "", paper)
    if cover.attempts:
        yield from _field("no answer", f"{cover.attempts}x since the last contact", "", paper)
    if cover.promised and not (cover.next and cover.next.agreed):
        yield from _field("promised", f"for {day_short(cover.promised, day)}", "late", paper)
    facts = {
        "since": dossier.since,
        "tags": ", ".join(dossier.tags) or None,
        "rhythm": dossier.rhythm,
        "not on": ", ".join(dossier.not_on) or None,
        "hours": dossier.hours,
    }
    yield from _values(facts, paper)
    yield from _values(dossier.card, paper)
    for key, person in dossier.people.items():
        known = [person.name or key, person.phone, person.email]
        more = [f"{name}: {_text(value)}" for name, value in person.more.items()]
        yield from _field(key, ", ".join([str(part) for part in known if part] + more), "", paper)
    for label, record in schema.lines(dossier.records):
        yield from _field(label, _text(record), "", paper)
    yield from _values(dossier.more, paper)
    yield from _papers(papers, dossier, day, paper)


def log_lines(dossier: Dossier, day: date, paper: Window, asks: Asks) -> Iterator[Line]:
    """The entries, newest first."""
    for entry in dossier.newest_first():
        yield from _entry(entry, dossier, day, paper, asks)


def _papers(papers: Sequence[PaperFile], dossier: Dossier, day: date, paper: Window) -> Iterator[Line]:
    """`papers   offer.pdf (82 kB, 12 Jul), contract.pdf`: as many as two lines hold, the newest with its facts."""
    if not papers:
        return
    room = 2 * (paper.columns - 1 - LABEL) - len(" and 1000 more: cf open ") - width(dossier.client)
    shown: list[str] = []
    for one in papers:
        name = fitted(one.name, 40)
        text = f"{name} ({paper_words(one, day)})" if not shown else name
        if shown and width(", ".join([*shown, text])) > room:
            break
        shown.append(text)
    left = len(papers) - len(shown)
    more = f" and {left} more: cf open {dossier.client}" if left else ""
    yield from _field("papers", ", ".join(shown) + more, "", paper)


def _values(values: Mapping[str, Any], paper: Window) -> Iterator[Line]:
    for key, value in values.items():
        if value is not None:
            yield from _field(key, _text(value), "", paper)


def _text(value: Any) -> str:
    """A value of any kind as a person would write it down."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(part)}" for key, part in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(as_json(value))


def _field(label: str, text: str, style: str, paper: Window) -> Iterator[Line]:
    name = one_line(label)
    head = padded(f" {name}", LABEL) if width(name) < LABEL - 1 else f" {name} "
    lines = wrapped(text, paper.columns - 1, indent=INDENT)
    yield Span(head, "dim"), Span(lines[0][len(INDENT) :], style)
    for line in lines[1:]:
        yield (Span(line, style),)


def _entry(entry: Entry, dossier: Dossier, day: date, paper: Window, asks: Asks) -> Iterator[Line]:
    """When, what kind, with whom; then its answers and its words. A move says from where to where."""
    stamp = day_long(entry.day)
    if isinstance(entry.at, datetime):
        stamp += f" {entry.at:%H:%M}"
    known = asks(entry.form) if entry.form is not None else None
    title = f": {known[0] if known else entry.form}" if entry.form is not None else ""
    more = "".join(f", {key}: {_text(value)}" for key, value in entry.more.items())
    if entry.kind == "moved":
        yield Span(f" {stamp}  ", "dim"), Span(one_line(_move(entry, day) + more), "dim")
        return
    person = dossier.people.get(entry.person or "")
    whom = f" with {person.name if person and person.name else entry.person}" if entry.person else ""
    reached = "" if entry.reached else ", no answer"
    yield Span(f" {stamp}  ", "bold"), Span(one_line(f"{entry.kind}{whom}{reached}{title}{more}"), "dim")
    yield from _answers(entry.answers, known[1] if known else {}, paper)
    if entry.text:
        for line in wrapped(entry.text.strip("\n"), paper.columns - 1, indent="   "):
            yield (Span(line),)


def _answers(answers: Mapping[str, Any], asked: Mapping[str, str], paper: Window) -> Iterator[Line]:
    """What was asked, as far as it is known, and beside it what was answered."""
    questions = {key: one_line(asked.get(key, key)) for key in answers}
    columns = min(max(map(width, questions.values()), default=0), (paper.columns - 1) * 2 // 5)
    for key, answer in answers.items():
        left = wrapped(questions[key], columns) if width(questions[key]) > columns else [questions[key]]
        right = wrapped(_answer(answer), paper.columns - 1 - 3 - columns - 2)
        for asks, says in zip_longest(left, right, fillvalue=""):
            yield Span(f"   {padded(asks, columns)}  ", "dim"), Span(says)


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day_long(value) if type(value) is date else _text(value)


def _move(entry: Entry, day: date) -> str:
    left = day_short(entry.from_on, day) if entry.from_on else "no date"
    to = day_short(entry.to_on, day) if entry.to_on else "no date"
    return f"moved from {left} to {to}" + (", promised" if entry.how == "agreed" else "")
