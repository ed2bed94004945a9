"""A setting as it is typed on a command line and read on the screen: `mon 4, fri 2` for `{ mon = 4, fri = 2 }`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from clientfolder.dossier.amounts import ExactFloat
from clientfolder.settings import Setting, plain
from clientfolder.settings.values import Unfit

_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
# The pieces between commas; one in brackets or quotes belongs to its piece.
_BY_COMMAS = re.compile(r'(?:"[^"]*"|\[[^\]]*\]|[^,])+')
_NAMED = re.compile(r"\s*([^\s=:]+)(?:\s*[=:]\s*|\s+)(.+?)\s*", re.DOTALL)


def read(setting: Setting, text: str) -> Any:
    """What the file should hold for a text that was typed; it may be TOML, or words as `shown` tells them.

    Raises Unfit for what is none of this setting.
    """
    for value in _meanings(text.strip()):
        try:
            setting.read(value)
        except Unfit:
            continue
        return value
    raise Unfit


def _meanings(text: str) -> Iterator[Any]:
    """What a text may stand for, the most exact first: TOML, a yes or no, a list, a table, the text."""
    part = _part(text)
    if not isinstance(part, str) or part != text:
        yield part
    if text.casefold() in _FLAGS:
        yield _FLAGS[text.casefold()]
    pieces = [one for one in map(str.strip, _BY_COMMAS.findall(text)) if one]
    by_commas = [_part(one) for one in pieces]
    by_blanks = [_part(one) for one in text.split()]
    # A comma tells where an element ends; without one each word is an element, or all of them are one.
    yield from ([by_commas] if "," in text else [by_blanks, by_commas])
    yield [text]
    named = [_NAMED.fullmatch(one) for one in pieces]
    table = {match[1]: _part(match[2]) for match in named if match}
    # Of one key that is named twice nobody knows which is meant, and a part without a key belongs to none.
    if table and len(table) == len(named):
        yield table
    yield text


def _part(text: str) -> Any:
    """A value of TOML, else the text."""
    try:
        data = tomllib.loads(f"v = {text}", parse_float=ExactFloat)
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    return data["v"] if data.keys() == {"v"} else text


def shown(value: Any) -> str:
    """A setting as a person reads it; the value is as `plain` gives it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_part_shown(part)}" for key, part in value.items()) or "none"
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_part_shown, value)) or "none"
    return "unset" if value is None else _part_shown(value)


def _part_shown(part: Any) -> str:
    if isinstance(part, bool):
        return "true" if part else "false"
    if isinstance(part, (tuple, list)):
        return f"[{', '.join(map(_toml_text, part))}]"
    return part.isoformat() if isinstance(part, date) else str(part)


def _toml_text(text: Any) -> str:
    return '"{}"'.format(str(text).replace("\\", "\\\\").replace('"', '\\"'))


def example(setting: Setting) -> str:
    """The example of the table as it would be typed."""
    return shown(plain(setting.read(tomllib.loads(f"v = {setting.example}", parse_float=ExactFloat)["v"])))
