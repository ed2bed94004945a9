"""Values that TOML refuses: what is wrong with each, and how to write it instead."""

from __future__ import annotations

import re
from collections.abc import Callable


def message_for(key: str, value: str, error: str) -> str:
    """What is wrong with the value of a key, and how to write it; `error` is the message of tomllib."""
    for look in (_nothing, _curly_quotes, _backslash, _unseen, _block, _string, _list, _braces, _appointment, _word):
        if message := look(key, value, error):
            return message
    return f"{key} = {value} cannot be read; a text needs quotes: {key} = {quoted(value)}"


def _nothing(key: str, value: str, error: str) -> str | None:
    return None if value else f"{key} has no value; write it so: {key} = {example(key)}, or take the line out"


def example(key: str) -> str:
    """What could stand behind this key."""
    return {"on": "2026-07-05", "at": "2026-07-05", "since": "2026-07-05", "amount": "2500"}.get(key, '"..."')


_CURLY = "“”„‟«»‘’‚‹›"


def _curly_quotes(key: str, value: str, error: str) -> str | None:
    if value[0] not in _CURLY and (value[-1] not in _CURLY or value[0] != '"'):
        return None
    return f"{key} has quotes of a word processor; write straight ones: {key} = {quoted(value)}"


def _backslash(key: str, value: str, error: str) -> str | None:
    if not re.search(r"Unescaped '\\'|hex value|Unicode scalar", error):
        return None
    doubled = value.replace("\\", "\\\\")
    return f"A \\ means something else between double quotes; write it twice: {key} = {doubled}"


def _unseen(key: str, value: str, error: str) -> str | None:
    found = re.search(r"(?:Illegal|invalid) character ('[^']+')", error)
    if not found or found[1] == r"'\n'":
        return None
    return f"{key} holds a character that cannot be seen, {found[1]}; delete it, or write it anew"


def _block(key: str, value: str, error: str) -> str | None:
    quotes = value[:3]
    if quotes not in ('"""', "'''"):
        return None
    what = f"{key} begins a text of several lines with {quotes}, and nothing ends it"
    return f"{what}; write {quotes} behind it, or take the file back from a backup if it was cut off"


def _string(key: str, value: str, error: str) -> str | None:
    quote = value[0]
    if quote not in "\"'":
        return None
    inside = re.match(rf"{quote}[^{quote}]*{quote}", value)
    if value.count(quote) == 1 or inside is None:
        return f'{key} has a text without a closing {quote}; a text of several lines stands between """ and """'
    behind = value[inside.end() :]
    if further := re.match(r"\s*[,;]?\s*([\w.-]+)\s*=", behind):
        return f"One line holds one key; begin a new line before {further[1]}"
    return f"{key} has a {quote} inside its text; write it so: {key} = {quoted(value)}"


def _list(key: str, value: str, error: str) -> str | None:
    if not value.startswith("["):
        return None
    if value.count("[") > value.count("]"):
        return f"{key} begins a list; write a comma between its parts, texts in quotes, and ] behind the last"
    words = [word.strip(" \"'") for word in value.strip("[] ").split(",")]
    parts = ", ".join(quoted(word) for word in words if word)
    return f"The texts of a list need quotes, and a comma between them: {key} = [{parts}]"


def _braces(key: str, value: str, error: str) -> str | None:
    if not value.startswith("{"):
        return None
    return (
        f"{key} is written in braces, and not well; write it as a table: [{key}], and each of its keys on a line below"
    )


def _appointment(key: str, value: str, error: str) -> str | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[Tt ](\d{1,2}:\d\d)(:.*)?", value, re.ASCII)
    return day_alone(key, found[1], found[2]) if found and key.endswith("on") else None


def day_alone(key: str, day: str, time: str) -> str:
    """What to write where a day and a time stand in one."""
    return f'{key} holds the day alone: {key} = {day}, and on the line below it time = "{time}"'


_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"\d{1,2}:\d{2}", lambda value: f'a time needs quotes: {{key}} = "{value[0]}"'),
    (r"(\d{4}-\d\d-\d\d)[Tt ](\d{1,2}:\d\d)", lambda value: f"{{key}} = {value[1]}T{value[2]:0>5}:00, seconds too"),
    (r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d.*", lambda value: "there is no such time of the day"),
    (r"\d{4}-\d\d-\d\d", lambda value: "there is no such day in the calendar"),
    (r"\d{4}-\d{1,2}-\d{1,2}", lambda day: f"month and day have two digits: {{key}} = {_two_digits(day[0])}"),
    (r"\d{4}-\d{1,2}", lambda value: f'a month needs quotes: {{key}} = "{_two_digits(value[0])}"'),
    (r"\d{4}-[\d-]*", lambda value: "a date is written whole: {key} = 2026-07-05"),
    (r"\d{1,2}([./-])\d{1,2}\1(\d{4}|\d\d)?", lambda value: "a date begins with the year: {key} = 2026-07-05"),
    (r"[+0][0-9 ()/.-]*", lambda value: f'a phone number needs quotes: {{key}} = "{value[0]}"'),
    (r"[0-9][0-9 ()/.-]*", lambda value: f'digits with blanks or signs need quotes: {{key}} = "{value[0]}"'),
    (r"(\d+),(\d+)", lambda value: f"a number has a point: {{key}} = {value[1]}.{value[2]}"),
    (r"(?i:true|yes)", lambda value: "yes and no are written true and false: {key} = true"),
    (r"(?i:false|no)", lambda value: "yes and no are written true and false: {key} = false"),
    (r"(?i:null|none|nil)", lambda value: "where there is nothing, the line is left out"),
)  # fmt: skip


def _word(key: str, value: str, error: str) -> str | None:
    for shape, advice in _SHAPES:
        if found := re.fullmatch(shape, value, re.ASCII):
            return f"{key} = {value} cannot be read; {advice(found).format(key=key)}"
    return None


def _two_digits(written: str) -> str:
    return "-".join(part.zfill(2) for part in written.split("-"))


def quoted(value: str) -> str:
    """The words of a value in straight quotes, whatever quotes they had."""
    bare = value.strip(f"\"'`{_CURLY}")
    return '"' + re.sub(r'(?<!\\)"', r"\"", bare) + '"'


def without_comment(value: str) -> str:
    """The value of a line, as far as that can be told from one that is not TOML."""
    return re.sub(r"\s+#.*$|^#.*$", "", value)
