"""Settings entered into their file, of which every other byte and every comment stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clientfolder import settings
from clientfolder.binder.toml import dossier_file, editor, parser, scanner
from clientfolder.dossier.changes import Drop, Edit, Put
from clientfolder.errors import Refused, Unreadable

DAYS_OFF = "days_off"


def values(raw: bytes, file: str) -> dict[str, Any]:
    """What the file says, its keys as they stand there. Raises Unreadable for what does not parse."""
    return parser.parse(file, parser.decode(file, raw))[0]


def entered(raw: bytes, days: Sequence[date], file: str) -> bytes:
    """The settings with these days behind those that are off already.

    Raises Unreadable for settings that do not parse, and Refused where the days cannot be entered safely.
    """
    there = values(raw, file).get(DAYS_OFF, [])
    if not isinstance(there, list):
        raise Refused(f"{DAYS_OFF} is no list of dates; write it like {DAYS_OFF} = [2026-12-24]", file=file)
    wanted = [*there, *(day for day in days if day not in there and str(day) not in there)]
    by_hand = f"{DAYS_OFF} = {editor.rendered([day for day in wanted if day in days or _taken([day])])}"
    new = written(raw, {DAYS_OFF: wanted}, file, by_hand)
    if not {*days} <= {*_taken(values(new, file)[DAYS_OFF])}:
        raise _unsafe(DAYS_OFF, by_hand, file)
    return new


def written(raw: bytes, wanted: Mapping[str, Any], file: str, by_hand: str | None = None) -> bytes:
    """The file with these settings in it; one that is wanted as None is taken out.

    Raises Unreadable for settings that do not parse, and Refused, with the line to write `by_hand`, where one of them
    stands in such a way that it cannot be changed safely.
    """
    text = parser.decode(file, raw)
    for key, value in wanted.items():
        data = parser.parse(file, text)[0]
        edits = tuple(_edits(key, data.get(key), value))
        try:
            new = _begun(text, edits[0]) if key not in data and edits else editor.write(text, edits)
            is_safe = editor.same(parser.parse(file, new)[0], _meant(data, key, value))
            is_safe = is_safe and dossier_file.keeps_lines(text, new, edits)
        except (Refused, Unreadable, scanner.Unclosed, scanner.Unknown, editor.NotEditable):
            is_safe = False
        if not is_safe:
            raise _unsafe(key, by_hand or _line(key, value), file)
        text = new
    return (parser.BOM if raw.startswith(parser.BOM) else b"") + text.encode()


def _edits(key: str, now: Any, value: Any) -> list[Edit]:
    """The edits that make the value; of a table that is there only the parts that differ are touched."""
    if value is None:
        return [] if now is None else [Drop((key,))]
    if not isinstance(now, Mapping) or not isinstance(value, Mapping):
        return [Put((key,), value)]
    gone = [Drop((key, part)) for part in now if part not in value]
    return [*gone, *(Put((key, part), one) for part, one in value.items() if part not in now or now[part] != one)]


def _meant(data: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    others = {name: one for name, one in data.items() if name != key}
    return others if value is None else {**others, key: value}


def _line(key: str, value: Any) -> str:
    return f"{key} = {editor.rendered(value)}" if value is not None else f"without the line {key} = ..."


def _unsafe(key: str, by_hand: str, file: str) -> Refused:
    return Refused(f"{key} is written in a way that I cannot change safely; write it by hand: {by_hand}", file=file)


def _taken(there: Any) -> tuple[date, ...]:
    """The days off that the settings make of such a value; none where they refuse it."""
    return settings.load({DAYS_OFF: there})[0].days_off


def _begun(text: str, edit: Edit) -> str:
    """A setting that is new to the file: below the line that shows how it is written, if that is above all tables."""
    assert isinstance(edit, Put)
    # The line of a new settings file that explains the setting, and makes none.
    key = edit.path[0]
    found = re.search(rf"(?m)^#[ \t]*{re.escape(str(key))}[ \t]*=[^\n]*(?:\n|\Z)", text)
    tables = (statement.start for statement in scanner.statements(text) if statement.is_header)
    if found is None or found.end() > next(tables, len(text)):
        return editor.write(text, (edit,))
    newline = "\r\n" if found[0].endswith("\r\n") else "\n"
    above = text[: found.end()] if found[0].endswith("\n") else f"{text}{newline}"
    return f"{above}{key} = {editor.rendered(edit.value)}{newline}{text[found.end() :]}"
