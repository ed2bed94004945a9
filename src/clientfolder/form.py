"""A form: questions for a conversation, and what is understood by an answer to each.

Pure: a question, what was typed and the day go in, a value of the file comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from clientfolder import when
from clientfolder.dates import Month
from clientfolder.errors import PhraseRefused, Refused
from clientfolder.when import Ground

Kind = Literal["text", "choice", "number", "date", "yes/no"]
KINDS: tuple[Kind, ...] = ("text", "choice", "number", "date", "yes/no")
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
    return _yes_or_no(typed) if question.type == "yes/no" else typed


def _choice(choices: tuple[str, ...], typed: str) -> str:
    """The choice of these words, else of this number, else the only one that begins so, accents or not."""
    wanted = typed.casefold()
    for choice in choices:
        if choice.casefold() == wanted:
            return choice
    if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    found = [choice for choice in choices if _bare(choice).startswith(_bare(typed))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f'"{typed}" could be {_either(found)}; type more letters, or the number')
    raise Refused(f'"{typed}" is none of them: {_either(choices)}')


def _bare(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    return "".join(letter for letter in normalize("NFD", text.casefold()) if not combining(letter))


def _either(words: list[str] | tuple[str, ...]) -> str:
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
        day, clock = when.look_back(typed, ground.day)
        on: date | Month = day
    else:
        found = when.read(typed, ground)
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


def example_of(question: Question) -> str:
    """What could be answered, for a line to paste."""
    examples = {"number": "5000", "date": "fri", "yes/no": "yes", "text": "..."}
    return question.choices[0] if question.choices else examples[question.type]


# Reading a form -----------------------------------------------------------------------------------------

NAME = r"[a-z0-9][a-z0-9-]{0,59}"
KEY = r"[A-Za-z0-9_-]{1,40}"
MOST_QUESTIONS = 100
EXAMPLE = '[[question]], and below it key = "interest" and ask = "What interests them most?"'
_FORM_KEYS = ("title", "kind", "question")
_QUESTION_KEYS = ("key", "ask", "say", "type", "choices", "required", "hint")


class Slip(NamedTuple):
    """What is wrong with a form; `path` leads to it."""

    path: tuple[str | int, ...]
    message: str


def read(name: str, file: str | None, data: Mapping[str, Any]) -> tuple[Form | None, list[Slip]]:
    """The form that a file's values say, or all that is wrong with it."""
    slips = [*_unknown(data, _FORM_KEYS, (), "a form"), *_no_texts(data, ("title", "kind"), ())]
    if "title" not in data:
        slips.append(Slip((), 'The form has no title; write at the top: title = "First conversation"'))
    if data.get("kind") == "moved":
        slips.append(Slip(("kind",), 'A conversation is no move; write kind = "call", mail, meeting, visit ...'))
    blocks = data.get("question", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        slips.append(Slip(("question",), f"Each question is a block of its own; write {EXAMPLE}"))
        blocks = []
    elif not any("ask" in block for block in blocks):
        slips.append(Slip((), f"The form asks nothing; write {EXAMPLE}"))
    elif len(blocks) > MOST_QUESTIONS:
        slips.append(Slip(("question", MOST_QUESTIONS), f"No call has time for more than {MOST_QUESTIONS} questions"))
    seen: set[Any] = set()
    for place, block in enumerate(blocks):
        slips += _slips_of(block, ("question", place), seen)
    if slips:
        return None, slips
    return Form(name, data["title"].strip(), tuple(map(_question, blocks)), data.get("kind"), file), []


def _question(block: Mapping[str, Any]) -> Question:
    return Question(
        block.get("key"), block.get("ask") or block["say"], block.get("type", "text"), tuple(block.get("choices", ())),
        block.get("required", False), block.get("hint"),
    )  # fmt: skip


def _slips_of(block: Mapping[str, Any], path: tuple[str | int, ...], seen: set[Any]) -> list[Slip]:
    """What is wrong with one question. `seen` has the keys of those above it, and gets its own."""
    if "say" in block and "ask" not in block:
        also = sorted(block.keys() - {"say"})
        slips = _no_texts(block, ("say",), path)
        return slips + [Slip((*path, key), f"A line to say is not answered; take {key} out, or ask") for key in also]
    slips = [*_unknown(block, _QUESTION_KEYS, path, "a question"), *_no_texts(block, ("ask", "hint"), path)]
    if "ask" not in block:
        slips.append(Slip(path, 'The question asks nothing; write ask = "...", or say = "..." for a line to read'))
    if "say" in block:
        slips.append(Slip((*path, "say"), "One block says or asks; put the line to say in a [[question]] of its own"))
    slips += _slips_of_key(block, path, seen)
    if block.get("type", "text") not in KINDS:
        slips.append(Slip((*path, "type"), f"There is no such type of question; it is one of {_either(KINDS)}"))
    if not isinstance(block.get("required", False), bool):
        slips.append(Slip((*path, "required"), "required is true or false, without quotes"))
    return slips + _slips_of_choices(block, path)


def _slips_of_key(block: Mapping[str, Any], path: tuple[str | int, ...], seen: set[Any]) -> list[Slip]:
    key = block.get("key")
    if key is None:
        return [Slip(path, 'The question has no key, under which its answer is kept; write key = "interest"')]
    if not isinstance(key, str) or not re.fullmatch(KEY, key):
        message = 'A key is one word of letters a to z, digits, - and _, at most 40: key = "interest"'
        return [Slip((*path, "key"), message)]
    if key in seen:
        return [Slip((*path, "key"), f"Two questions have the key {key}, and one answer would be lost; rename one")]
    seen.add(key)
    return []


def _slips_of_choices(block: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Slip]:
    choices = block.get("choices")
    if choices is None:
        lacks = block.get("type") == "choice"
        return [Slip((*path, "type"), 'A choice needs choices = ["yes, soon", "later", "no"]')] if lacks else []
    if block.get("type") != "choice":
        return [Slip((*path, "choices"), 'Choices belong to a choice; write type = "choice"')]
    texts = isinstance(choices, list) and all(isinstance(choice, str) and choice.strip() for choice in choices)
    if not texts or not choices:
        return [Slip((*path, "choices"), 'choices is a list of texts in quotes: choices = ["soon", "later", "no"]')]
    if len({choice.strip().casefold() for choice in choices}) < len(choices):
        return [Slip((*path, "choices"), "Two choices are the same; take one out")]
    return []


def _unknown(table: Mapping[str, Any], known: tuple[str, ...], path: tuple[str | int, ...], of: str) -> list[Slip]:
    return [
        Slip((*path, key), f"{key} is no key of {of}; it has {', '.join(known)}") for key in table if key not in known
    ]


def _no_texts(table: Mapping[str, Any], keys: tuple[str, ...], path: tuple[str | int, ...]) -> list[Slip]:
    wrong = (key for key in keys if key in table and not (isinstance(table[key], str) and table[key].strip()))
    return [Slip((*path, key), f'{key} is a text in quotes, and not empty: {key} = "..."') for key in wrong]
