"""A dossier without what nobody else may see: its lines taken out with the comments that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clientfolder.binder.merge.blocks import Text, record_of
from clientfolder.binder.toml import editor, parser
from clientfolder.binder.toml.scanner import Path, Statement
from clientfolder.dossier.changes import Drop
from clientfolder.dossier.privacy import KEY, is_private_record, is_private_table, public_data
from clientfolder.errors import Refused


def stripped(file: str, raw: bytes, keys: Iterable[str]) -> bytes:
    """The bytes of a dossier without private entries and tables, and without these keys wherever they stand.

    A key is a name (`payments`, `phone`), or a path to it (`people.petra.phone`). Raises Unreadable, and Refused where
    something private is written in a way that cannot be taken out.
    """
    text = parser.decode(file, raw)
    data, _ = parser.parse(file, text)
    wanted = [tuple(key.split(".")) for key in (KEY, *keys)]
    private = {(name, number) for name, value in data.items() for number in _private_records(value)}
    tables = [*_private_tables(data)]
    cut = Text(text)

    def goes(statement: Statement) -> bool:
        path = statement.path
        is_private = record_of(path) in private or any(path[: len(table)] == table for table in tables)
        return is_private or any(_is_of(path, key) for key in wanted)

    if any(map(goes, cut.statements)):
        text = _without(cut, [goes(statement) for statement in cut.statements])
    left = parser.parse(file, text)[0]
    inline = tuple(
        Drop(path)
        for path in dict.fromkeys([*_private_tables(left), *_paths(left)])
        if path in tables or any(_is_of(path, key) for key in wanted)
    )
    if inline:
        text = editor.write(text, inline)
    left = parser.parse(file, text)[0]
    if public_data(left) != left or any(_is_of(path, key) for path in _paths(left) for key in wanted):
        raise Refused("Something private is written in brackets, and cannot be left out; write it as blocks", file=file)
    bom = parser.BOM if raw.startswith(parser.BOM) else b""
    return bom + text.encode()


def _private_records(value: Any) -> list[int]:
    """Which of the records under a key are private."""
    if not isinstance(value, list):
        return []
    return [number for number, one in enumerate(value) if is_private_record(one)]


def _private_tables(data: Mapping[str, Any], above: Path = ()) -> Iterator[Path]:
    """The paths of the tables that say that they are private as a whole."""
    for key, value in data.items():
        if is_private_table(value):
            yield (*above, key)
        elif isinstance(value, Mapping):
            yield from _private_tables(value, (*above, key))


def _is_of(path: Path, key: tuple[str, ...]) -> bool:
    """Whether a path leads to a key, or below it; a name alone is that key in every table."""
    names = [name for name in path if isinstance(name, str)]
    if key == (KEY,) and record_of(path) is not None:
        # A record that says so goes as a whole, and one that says that it is not stays.
        return False
    if len(key) == 1:
        return key[0] in (names[1:] if names[:1] == ["people"] and len(names) == 2 else names)
    return tuple(names[: len(key)]) == key or tuple(names[: len(key) + 1]) == ("card", *key)


def _paths(table: Mapping[str, Any], above: Path = ()) -> list[Path]:
    """The paths of all keys that are in no record."""
    found: list[Path] = []
    for key, value in table.items():
        found.append((*above, key))
        if isinstance(value, Mapping):
            found += _paths(value, (*above, key))
    return found


def _without(cut: Text, gone: list[bool]) -> str:
    """The text without these statements, the comments right above them, and those down to what stands next."""
    parts: list[str] = []
    at = end = 0
    is_going = False
    for statement, goes in zip(cut.statements, gone, strict=True):
        begin = cut.comments_above(statement, end)
        if goes and not is_going:
            parts.append(cut.text[at:begin])
        elif is_going and not goes:
            # What stood between the last that goes and this one belongs to that.
            at = begin
        is_going, end = goes, statement.end
    return "".join([*parts, "" if is_going else cut.text[at:]])
