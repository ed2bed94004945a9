"""The questions of a form, asked one after the other on a terminal, or answered on the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from clientfolder.cli.output.terminal import Line, Span, Window, fitted, one_line, row, width, wrapped
from clientfolder.cli.output.words import in_days, in_months
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import Month, spelled
from clientfolder.dossier.forms import Answer, Form, Question, understood
from clientfolder.errors import Misused, PhraseRefused, Refused
from clientfolder.tuples import NamedTuple

_ASSIGNMENT = r"([A-Za-z0-9_-]+)=(.*)"
INDENT = "   "
# What stands behind a question of which the answers are few.
_OFFERED = {"yes/no": "[y/n] ", "rating": "[1-5] "}


class GivenAnswer(NamedTuple):
    """An answer, and how it can be given again on a command line."""

    value: Answer
    again: str


class Asking:
    """A form on its way to be filled: what was answered, and what was typed at its questions."""

    def __init__(self, session: Session, form: Form, typed: Mapping[str, str]) -> None:
        """`typed` is what the command line answered. Raises Misused and Refused for what answers no question."""
        self.session = session
        self.form = form
        self.given: dict[str, GivenAnswer] = {}
        self._typed: list[str] = []
        for key, text in typed.items():
            _check_key(form, key)
            if text.strip():
                self.given[key] = _given(session, form.asked[key], text)

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered, in the order of the questions."""
        return {key: self.given[key].value for key in self.form.asked if key in self.given}

    @property
    def missing(self) -> Question | None:
        """The first question that must be answered and is not."""
        return next((one for key, one in self.form.asked.items() if one.required and key not in self.given), None)

    def ask(self) -> None:
        """Ask what is still open. What was typed is kept, and stands on the line that can be pasted."""
        ask.show(self.session, _title(self.session, self.form))
        for question in self.form.questions:
            if question.key in self.given:
                continue
            found = _asked(self.session, question)
            if found and question.key:
                self.given[question.key] = found
                self.session.line = self.session.line.with_option("--answer", f"{question.key}={found.again}")
                self._typed.append(f"{question.ask} {found.again}")
                self.session.rescue.keep(self.with_typed(""))

    def with_typed(self, text: str) -> str:
        """The text below what was typed at the questions."""
        return "\n".join([*self._typed, *([text] if text else [])])


def on_the_line(words: Sequence[str]) -> dict[str, str]:
    """The answers of `--answer KEY=VALUE...`; a value runs on to the next KEY=. Raises Misused."""
    typed: dict[str, str] = {}
    key = ""
    for word in words:
        if found := re.fullmatch(_ASSIGNMENT, word, re.DOTALL):
            key = found[1]
            if key in typed:
                raise Misused(f"{key} is answered twice")
            typed[key] = found[2]
        elif key:
            typed[key] = f"{typed[key]} {word}".strip()
        else:
            raise Misused(f"{word} answers no question; write --answer KEY=VALUE, such as: --answer interest=new logo")
    return typed


def _check_key(form: Form, key: str) -> None:
    if key not in form.asked:
        from difflib import get_close_matches

        close = get_close_matches(key, form.asked, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"It asks: {', '.join(form.asked)}"
        raise Misused(f"{form.name} has no question {key}. {hint}")


def _given(session: Session, question: Question, typed: str) -> GivenAnswer:
    try:
        value = understood(question, typed, session.workspace.ground())
    except (Refused, PhraseRefused) as refused:
        refused.message = f"{question.ask} {refused.message}"
        raise
    return _kept(question, value, typed)


def _kept(question: Question, value: Answer, typed: str) -> GivenAnswer:
    """The answer; given again it is the same, on another day and after other choices were added."""
    return GivenAnswer(value, str(value) if question.type in ("date", "choice") else typed.strip())


# On a terminal ------------------------------------------------------------------------------------------


def _title(session: Session, form: Form) -> list[Line]:
    left = [Span(f" {one_line(form.title)}", "head")]
    return [row(left, [Span("Enter skips a question", "dim")], columns=Window.of(session.environment).columns - 1)]


def _asked(session: Session, question: Question) -> GivenAnswer | None:
    """One answer, asked for until it can be read; None where it was skipped. A line to say is only shown."""
    columns = Window.of(session.environment).columns - 1
    if question.key is None:
        lines = wrapped(one_line(question.ask), columns, indent=INDENT)
        ask.show(session, [(Span(line),) for line in lines])
        return None
    ask.show(session, _above(question, columns))
    prompt = f"{one_line(question.ask)} {_OFFERED.get(question.type, '')}"
    while True:
        typed = ask.line(session, prompt).strip()
        if not typed and not question.required:
            return None
        try:
            if not typed:
                raise Refused("This one is needed")
            value = understood(question, typed, session.workspace.ground())
        except (Refused, PhraseRefused) as refused:
            ask.show(session, [(Span(f"{INDENT}{one_line(refused.message)}."),)])
            continue
        taken = told(value, session.day) if question.type == "date" else one_line(str(value))
        if question.type in ("date", "choice") and taken != typed:
            ask.show(session, [(Span(f"{INDENT}{taken}", "dim"),)])
        return _kept(question, value, typed)


def _above(question: Question, columns: int) -> list[Line]:
    """How to ask it, and what there is to choose from."""
    lines = wrapped(one_line(question.hint), columns, indent=INDENT) if question.hint else []
    room, line = columns - len(INDENT), ""
    for number, choice in enumerate(question.choices, 1):
        part = fitted(f"{number} {choice}", room)
        if line and width(line) + 3 + width(part) > room:
            lines.append(INDENT + line)
            line = ""
        line = f"{line}   {part}" if line else part
    lines += [INDENT + line] if line else []
    return [(Span(line, "dim"),) for line in lines]


# Answers on a page --------------------------------------------------------------------------------------


def told(value: Answer, day: date) -> str:
    """A day or month as it was taken: with weekday, year and distance."""
    if isinstance(value, date):
        return f"{spelled(value)}, {in_days(value, day) if value >= day else _ago(value, day)}"
    month = Month.parse(str(value))
    return f"{spelled(month)}, {in_months(month, day)}"


def _ago(on: date, day: date) -> str:
    count = (day - on).days
    return "yesterday" if count == 1 else f"{count} days ago"


def answer_lines(session: Session, form: Form, answers: Mapping[str, Answer]) -> list[Line]:
    """After a write: how many were answered, and the day that each date was taken for."""
    lines: list[Line] = [(Span(f"{INDENT}{one_line(form.title)}: {len(answers)} of {len(form.asked)} answered"),)]
    for key, value in answers.items():
        if form.asked[key].type == "date":
            lines.append((Span(f"{INDENT}{one_line(form.asked[key].ask)} "), Span(told(value, session.day), "bold")))
    return lines
