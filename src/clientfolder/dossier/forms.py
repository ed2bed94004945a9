"""A form: questions for a conversation, and what is understood by an answer to each.

Pure: a question, what was typed and the day go in, a value of the file comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month
from clientfolder.dates.grammar import Ground
from clientfolder.dossier.types import Rating
from clientfolder.errors import PhraseRefused, Refused
from clientfolder.text import place_of_number
from clientfolder.tuples import NamedTuple

Kind = Literal["text", "choice", "number", "date", "yes/no", "rating"]
KINDS: tuple[Kind, ...] = ("text", "choice", "number", "date", "yes/no", "rating")
# What a form may be called.
NAME = r"[a-z0-9][a-z0-9-]{0,59}"
# What a rating may be, the worst first.
RATINGS: tuple[Rating, ...] = get_args(Rating)
Answer = str | int | float | date | bool


class Question(NamedTuple):
    """One question, its answer kept under `key`; without a key `ask` is a step to read, and nothing is answered."""

    key: str | None
    ask: str
    type: Kind = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    hint: str | None = None


class Form(NamedTuple):
    """The questions in their order. `kind` is that of the entry; `file` is None for a form that ships."""

    name: str
    title: str
    questions: tuple[Question, ...]
    kind: str | None = None
    file: str | None = None

    @property
    def asked(self) -> dict[str, Question]:
        """The questions that are answered, by their keys."""
        return {question.key: question for question in self.questions if question.key is not None}


# Reading an answer --------------------------------------------------------------------------------------


def understood(question: Question, typed: str, ground: Ground) -> Answer:
    """The answer that was typed, which is not empty. Raises Refused or PhraseRefused, which say what would work."""
    typed = typed.strip()
    if question.type == "choice":
        return _choice(question.choices, typed)
    if question.type == "number":
        return _number(typed)
    if question.type == "date":
        return _date(typed, ground)
    if question.type == "rating":
        return _rating(typed)
    return _yes_or_no(typed) if question.type == "yes/no" else typed


def _choice(choices: tuple[str, ...], typed: str) -> str:
    """The choice of these words, else of this number, else the only one that begins so, accents or not."""
    wanted = typed.casefold()
    for choice in choices:
        if choice.casefold() == wanted:
            return choice
    if (place := place_of_number(typed, len(choices))) is not None:
        return choices[place]
    found = [choice for choice in choices if _bare(choice).startswith(_bare(typed))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f'"{typed}" could be {either(found)}; type more letters, or the number')
    raise Refused(f'"{typed}" is none of them: {either(choices)}')


def _bare(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    return "".join(letter for letter in normalize("NFD", text.casefold()) if not combining(letter))


def either(words: list[str] | tuple[str, ...]) -> str:
    """`a, b or c`."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


_NUMBER = (
    r"(?P<whole>[+-]?(?:\d{1,15}|\d{1,3}(?P<gap>[ ,.'\u00a0\u202f])\d{3}(?:(?P=gap)\d{3}){0,3}))"
    r"(?:(?P<point>[.,])(?P<broken>\d{1,15}))?"
)
_THOUSANDS_OR_NOT = r"[+-]?[1-9]\d{0,2}[.,]\d{3}"


def _number(typed: str) -> int | float:
    """`5000`, `5 000`, `12.50`, `12,50`, `1.250,50`; what could be two numbers is refused."""
    if re.fullmatch(_THOUSANDS_OR_NOT, typed, re.ASCII):
        small = f"{float(typed.replace(',', '.'))}"
        small += "0" * bool(re.fullmatch(_THOUSANDS_OR_NOT, small, re.ASCII))
        raise Refused(f'"{typed}" can be read in two ways; write {re.sub("[.,]", "", typed)}, or {small}')
    found = re.fullmatch(_NUMBER, typed, re.ASCII)
    if found is None or (found["gap"] and found["gap"] == found["point"]):
        raise Refused(f'"{typed}" is no number that I know; digits alone, as in 5000 or 12.50')
    whole = re.sub(r"[^\d+-]", "", found["whole"])
    return float(f"{whole}.{found['broken']}") if found["point"] else int(whole)


def _date(typed: str, ground: Ground) -> date | str:
    """A day, past or to come, or a month as `2026-09`: what the file's dates can say, or a WHEN."""
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", typed, re.ASCII):
        try:
            return date.fromisoformat(typed) if len(typed) == 10 else str(Month.parse(typed))
        except ValueError:
            raise Refused(f'"{typed}" is not in the calendar') from None
    if re.fullmatch(r"(?i)yesterday|.*\bago", typed):
        day, clock = phrases.look_back(typed, ground.day, ground.day_first)
        on: date | Month = day
    else:
        found = phrases.read(typed, ground)
        on, clock = found.on, found.time
    if clock is not None:
        raise PhraseRefused(f'"{typed}" has a time; the answer is a day alone: {on}')
    return str(on) if isinstance(on, Month) else on


def _yes_or_no(typed: str) -> bool:
    wanted = typed.casefold()
    if wanted in ("y", "yes", "true"):
        return True
    if wanted in ("n", "no", "false"):
        return False
    raise Refused(f'"{typed}" is neither yes nor no; y or n')


def _rating(typed: str) -> Rating:
    for rating in RATINGS:
        if typed == str(rating):
            return rating
    raise Refused(f'"{typed}" is no rating; 1 to 5, and 5 is best')


def rated(form: Form, answers: Mapping[str, Answer]) -> Rating | None:
    """How content somebody is by the answers to a form: the lowest of its ratings; None where none was answered."""
    given = {answers[key] for key, question in form.asked.items() if question.type == "rating" and key in answers}
    return next((rating for rating in RATINGS if rating in given), None)


def example_of(question: Question) -> str:
    """What could be answered, for a line to paste."""
    examples = {"number": "5000", "date": "fri", "yes/no": "yes", "rating": "4", "text": "..."}
    return question.choices[0] if question.choices else examples[question.type]
