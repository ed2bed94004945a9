"""Asking for a day until one can be read; `?` shows how days are said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from clientfolder.cli.output.terminal import Line, Span, padded
from clientfolder.cli.output.words import day_short
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dates.vocabulary import ALL_FORMS
from clientfolder.errors import PhraseRefused, Refused
from clientfolder.tuples import NamedTuple

# No wider than a window of 60 columns has room for.
FORMS = (
    ("fri, next fri, 13, 5 jul 2027", "the next such day"),
    ("july, next month", "a month, no day yet"),
    ("tomorrow, 3d, 2w, 1 month, 10b", "10b: working days"),
    ("next week, eow, eom, end of july", "Mon; Fri; the last day"),
    ("fri 10:00", "appointment: promised"),
    ("fri!", "promised, at no time"),
    ("fri about the revised quote", "with its topic"),
    ("", "All: cf help dates"),
)


class Dated(NamedTuple):
    """What was answered: the day or month, and what the contact is about where that was said with it."""

    when: When
    about: str | None = None


def forms_lines(*, with_topic: bool = True) -> list[Line]:
    """How days are said, in eight lines."""
    shown = [form for form in FORMS if with_topic or " about " not in form[0]]
    columns = max(len(said) for said, _ in shown)
    return [(Span(f"   {padded(said, columns)}  "), Span(meant, "dim")) for said, meant in shown]


def ask_date(session: Session, question: str, *, needed: bool, with_topic: bool = True) -> Dated | None:
    """Ask for a day until one can be read; None for Enter, where none is `needed`.

    `with_topic`: behind it may stand what the contact is about.
    """
    while True:
        phrase = ask.line(session, question).strip(" \t")
        if phrase == "?":
            ask.show(session, forms_lines(with_topic=with_topic))
        elif phrase:
            try:
                answer = read_dated(session, phrase) if with_topic else Dated(_read(session, phrase))
            except PhraseRefused as refused:
                ask.show(session, [_refusal(session, refused)])
                continue
            session.line = session.line.with_option("-n", phrase)
            return answer
        elif not needed:
            return None
        else:
            hint = "A date, such as fri, 13, 5 july or 2w; ! behind it says that it is promised. ? shows all forms."
            ask.show(session, [(Span(hint, "dim"),)])


def ask_until(session: Session, usual: str, read: Callable[[str], When]) -> str:
    """Ask until when something is put off, till `read` takes the phrase; Enter for the usual one. Raises as it does."""
    told = usual
    with suppress(PhraseRefused, Refused):
        told += f", {day_short(read(usual).on, session.day)}"
    question = f"Until? [{told}] "
    while True:
        phrase = ask.line(session, question).strip(" \t") or usual
        if phrase == "?":
            ask.show(session, forms_lines(with_topic=False))
            continue
        try:
            read(phrase)
        except PhraseRefused as refused:
            ask.show(session, [_refusal(session, refused)])
            continue
        return phrase


def _refusal(session: Session, refused: PhraseRefused) -> Line:
    """What cannot be read, where no command can be typed that shows more."""
    return (Span(session.message(refused).replace(ALL_FORMS, "All forms: ?")),)


def read_dated(session: Session, phrase: str) -> Dated:
    """A WHEN, and the topic that may stand behind it. Raises PhraseRefused."""
    return Dated(*phrases.read_with_topic(phrase, session.workspace.ground()))


def _read(session: Session, phrase: str) -> When:
    return phrases.read(phrase, session.workspace.ground())
