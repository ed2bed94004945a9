"""Days off entered into the settings file, of which every other byte and every comment stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clientfolder import settings
from clientfolder.binder.toml import dossier_file, editor, parser, scanner
from clientfolder.dossier.changes import Put
from clientfolder.errors import Refused, Unreadable

KEY = "days_off"
# The line of a new settings file that explains the setting, and makes none.
_EXAMPLE = rf"(?m)^#[ \t]*{KEY}[ \t]*=[^\n]*(?:\n|\Z)"


def entered(raw: bytes, days: Sequence[date], file: str) -> bytes:
    """The settings with these days behind those that are off already.

    Raises Unreadable for settings that do not parse, and Refused where the days cannot be entered safely.
    """
    text = parser.decode(file, raw)
    data, _ = parser.parse(file, text)
    there = data.get(KEY, [])
    if not isinstance(there, list):
        raise Refused(f"{KEY} is no list of dates; write it like {KEY} = [2026-12-24]", file=file)
    put = Put((KEY,), [*there, *(day for day in days if day not in there and str(day) not in there)])
    try:
        new = editor.write(text, (put,)) if KEY in data else _begun(text, put)
        sound = _says(new, {**data, KEY: put.value}, file) and dossier_file.keeps_lines(text, new, (put,))
    except (Refused, Unreadable, scanner.Unclosed, scanner.Unknown, editor.NotEditable):
        sound = False
    line = f"{KEY} = {editor.rendered([day for day in put.value if day in days or _taken([day])])}"
    if not sound or not {*days} <= {*_taken(parser.parse(file, new)[0][KEY])}:
        raise Refused(f"{KEY} is written in a way that I cannot change safely; write it by hand: {line}", file=file)
    return (parser.BOM if raw.startswith(parser.BOM) else b"") + new.encode()


def _taken(there: Any) -> tuple[date, ...]:
    """The days off that the settings make of such a value; none where they refuse it."""
    return settings.load({KEY: there})[0].days_off


def _says(text: str, wanted: Mapping[str, Any], file: str) -> bool:
    return editor.same(parser.parse(file, text)[0], wanted)


def _begun(text: str, put: Put) -> str:
    """The first days off: below the line that shows how they are written, where that stands above all tables."""
    found = re.search(_EXAMPLE, text)
    tables = (statement.start for statement in scanner.statements(text) if statement.is_header)
    if found is None or found.end() > next(tables, len(text)):
        return editor.write(text, (put,))
    newline = "\r\n" if found[0].endswith("\r\n") else "\n"
    above = text[: found.end()] if found[0].endswith("\n") else f"{text}{newline}"
    return f"{above}{KEY} = {editor.rendered(put.value)}{newline}{text[found.end() :]}"
