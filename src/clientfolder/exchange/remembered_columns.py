"""What the columns of a table mean, kept in the folder as `imports/NAME.toml` and found again by the same columns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clientfolder.binder import files, names
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal.operations import Created, Replaced
from clientfolder.binder.journal.transactions import PlannedWrite
from clientfolder.binder.toml import editor, parser
from clientfolder.errors import CannotReach, Unreadable

DIRECTORY = "imports"
_WORDS = "What the columns of a table mean"


def find(binder: Binder, columns: Sequence[str]) -> dict[str, str]:
    """What was kept of a table with these columns; nothing where none was. Raises CannotReach, Unreadable."""
    return next((said for _, kept, said in _every(binder) if kept == list(columns)), {})


def every(binder: Binder) -> dict[tuple[str, ...], dict[str, str]]:
    """What was kept, by the columns. Raises CannotReach, Unreadable."""
    return {tuple(columns): said for _, columns, said in reversed(list(_every(binder)))}


def _every(binder: Binder) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Each file with the columns that it is about, and what they mean."""
    try:
        listed = sorted(os.listdir(binder.path(DIRECTORY)))
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=DIRECTORY) from None
    for name in listed:
        if not name.startswith(".") and name.endswith(".toml"):
            data = _read(binder, f"{DIRECTORY}/{name}")
            columns, said = data.get("columns"), data.get("map")
            if isinstance(columns, list) and isinstance(said, dict):
                yield name, list(map(str, columns)), {str(column): str(key) for column, key in said.items()}


def _read(binder: Binder, file: str) -> Mapping[str, Any]:
    raw = files.read(binder.path(file), file)
    try:
        data, _ = parser.parse(file, parser.decode(file, raw))
    except Unreadable as trouble:
        trouble.message += "; it tells what the columns of a table mean"
        raise
    return data


def keep(binder: Binder, source: str, columns: Sequence[str], said: Mapping[str, str]) -> list[PlannedWrite]:
    """What is written to keep it, under the name of the table; none where that is what stands there.

    What was kept of the same columns is replaced, and what was kept of others stays.
    """
    stem = names.short_name(os.path.splitext(os.path.basename(source))[0] or "table")
    there = {name: of for name, of, _ in _every(binder)}
    same = next((name for name, of in there.items() if of == list(columns)), None)
    file = f"{DIRECTORY}/{same or names.free(stem, {name.removesuffix('.toml').lower() for name in there}) + '.toml'}"
    lines = [f"columns = {editor.rendered(list(columns))}", "", "[map]"]
    lines += [f"{editor.key_text((column,))} = {editor.rendered(key)}" for column, key in said.items()]
    content = ("\n".join(lines) + "\n").encode()
    try:
        before = files.read(binder.path(file), file)
    except FileNotFoundError:
        return [PlannedWrite.of_files(_WORDS, [Created(file, content)])]
    return [] if before == content else [PlannedWrite.of_files(_WORDS, [Replaced(file, before, content)])]
