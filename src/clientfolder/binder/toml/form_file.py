"""The values of a form's file to the form, or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clientfolder.dossier.forms import KINDS, Form, Question, either
from clientfolder.tuples import NamedTuple

KEY = r"[A-Za-z0-9_-]{1,40}"
MOST_QUESTIONS = 100
EXAMPLE = '[[question]], and below it key = "interest" and ask = "What interests them most?"'
_FORM_KEYS = ("title", "kind", "question")
_QUESTION_KEYS = ("key", "ask", "say", "type", "choices", "required", "hint")


class Wrong(NamedTuple):
    """What is wrong with a form; `path` leads to it."""

    path: tuple[str | int, ...]
    message: str


def read(name: str, file: str | None, data: Mapping[str, Any]) -> tuple[Form | None, list[Wrong]]:
    """The form that a file's values say, or all that is wrong with it."""
    wrong = [*_unknown(data, _FORM_KEYS, (), "a form"), *_no_texts(data, ("title", "kind"), ())]
    if "title" not in data:
        wrong.append(Wrong((), 'The form has no title; write at the top: title = "First conversation"'))
    if data.get("kind") == "moved":
        wrong.append(Wrong(("kind",), 'A conversation is no move; write kind = "call", mail, meeting, visit ...'))
    blocks = data.get("question", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        wrong.append(Wrong(("question",), f"Each question is a block of its own; write {EXAMPLE}"))
        blocks = []
    elif not any("ask" in block for block in blocks):
        wrong.append(Wrong((), f"The form asks nothing; write {EXAMPLE}"))
    elif len(blocks) > MOST_QUESTIONS:
        wrong.append(Wrong(("question", MOST_QUESTIONS), f"No call has time for more than {MOST_QUESTIONS} questions"))
    seen: set[Any] = set()
    for place, block in enumerate(blocks):
        wrong += _wrong_in(block, ("question", place), seen)
    if wrong:
        return None, wrong
    return Form(name, data["title"].strip(), tuple(map(_question, blocks)), data.get("kind"), file), []


def _question(block: Mapping[str, Any]) -> Question:
    choices = tuple(choice.strip() for choice in block.get("choices", ()))
    return Question(
        block.get("key"), block.get("ask") or block["say"], block.get("type", "text"), choices,
        block.get("required", False), block.get("hint"),
    )  # fmt: skip


def _wrong_in(block: Mapping[str, Any], path: tuple[str | int, ...], seen: set[Any]) -> list[Wrong]:
    """What is wrong with one question. `seen` has the keys of those above it, and gets its own."""
    if "say" in block and "ask" not in block:
        also = sorted(block.keys() - {"say"})
        wrong = _no_texts(block, ("say",), path)
        return wrong + [Wrong((*path, key), f"A line to say is not answered; take {key} out, or ask") for key in also]
    wrong = [*_unknown(block, _QUESTION_KEYS, path, "a question"), *_no_texts(block, ("ask", "hint"), path)]
    if "ask" not in block:
        wrong.append(Wrong(path, 'The question asks nothing; write ask = "...", or say = "..." for a line to read'))
    if "say" in block:
        wrong.append(Wrong((*path, "say"), "One block says or asks; put the line to say in a [[question]] of its own"))
    wrong += _wrong_in_key(block, path, seen)
    if block.get("type", "text") not in KINDS:
        wrong.append(Wrong((*path, "type"), f"There is no such type of question; it is one of {either(KINDS)}"))
    if not isinstance(block.get("required", False), bool):
        wrong.append(Wrong((*path, "required"), "required is true or false, without quotes"))
    return wrong + _wrong_in_choices(block, path)


def _wrong_in_key(block: Mapping[str, Any], path: tuple[str | int, ...], seen: set[Any]) -> list[Wrong]:
    key = block.get("key")
    if key is None:
        return [Wrong(path, 'The question has no key, under which its answer is kept; write key = "interest"')]
    if not isinstance(key, str) or not re.fullmatch(KEY, key):
        message = 'A key is one word of letters a to z, digits, - and _, at most 40: key = "interest"'
        return [Wrong((*path, "key"), message)]
    if key in seen:
        return [Wrong((*path, "key"), f"Two questions have the key {key}, and one answer would be lost; rename one")]
    seen.add(key)
    return []


def _wrong_in_choices(block: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Wrong]:
    choices = block.get("choices")
    if choices is None:
        lacks = block.get("type") == "choice"
        return [Wrong((*path, "type"), 'A choice needs choices = ["yes, soon", "later", "no"]')] if lacks else []
    if block.get("type") != "choice":
        return [Wrong((*path, "choices"), 'Choices belong to a choice; write type = "choice"')]
    texts = isinstance(choices, list) and all(isinstance(choice, str) and choice.strip() for choice in choices)
    if not texts or not choices:
        return [Wrong((*path, "choices"), 'choices is a list of texts in quotes: choices = ["soon", "later", "no"]')]
    if len({choice.strip().casefold() for choice in choices}) < len(choices):
        return [Wrong((*path, "choices"), "Two choices are the same; take one out")]
    return []


def _unknown(table: Mapping[str, Any], known: tuple[str, ...], path: tuple[str | int, ...], of: str) -> list[Wrong]:
    return [
        Wrong((*path, key), f"{key} is no key of {of}; it has {', '.join(known)}") for key in table if key not in known
    ]


def _no_texts(table: Mapping[str, Any], keys: tuple[str, ...], path: tuple[str | int, ...]) -> list[Wrong]:
    wrong = (key for key in keys if key in table and not (isinstance(table[key], str) and table[key].strip()))
    return [Wrong((*path, key), f'{key} is a text in quotes, and not empty: {key} = "..."') for key in wrong]
