"""What the columns of a table mean, kept in the folder as `imports/NAME.toml` and found again by the same columns."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from clientfolder.binder import files, names
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal.operations import Created, FileChange, Replaced
from clientfolder.binder.toml import editor, parser
from clientfolder.errors import CannotReach, Unreadable

DIRECTORY = "imports"


def find(binder: Binder, columns: Sequence[str]) -> dict[str, str]:
    """What was kept of a table with these columns; nothing where none was. Raises CannotReach, Unreadable."""
    try:
        listed = sorted(os.listdir(binder.path(DIRECTORY)))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=DIRECTORY) from None
    for name in listed:
        if not name.startswith(".") and name.endswith(".toml"):
            data = _read(binder, f"{DIRECTORY}/{name}")
            said = data.get("map")
            if data.get("columns") == list(columns) and isinstance(said, dict):
                return {str(column): str(key) for column, key in said.items()}
    return {}


def _read(binder: Binder, file: str) -> Mapping[str, Any]:
    raw = files.read(binder.path(file), file)
    try:
        data, _ = parser.parse(file, parser.decode(file, raw))
    except Unreadable as trouble:
        trouble.message += "; it tells what the columns of a table mean"
        raise
    return data


def kept(binder: Binder, source: str, columns: Sequence[str], said: Mapping[str, str]) -> tuple[FileChange, ...]:
    """The change that keeps it, under the name of the table; none where that is what stands there."""
    stem = names.short_name(os.path.splitext(os.path.basename(source))[0] or "table")
    file = f"{DIRECTORY}/{stem}.toml"
    lines = [f"columns = {editor.rendered(list(columns))}", "", "[map]"]
    lines += [f"{editor.key_text((column,))} = {editor.rendered(key)}" for column, key in said.items()]
    content = ("\n".join(lines) + "\n").encode()
    try:
        before = files.read(binder.path(file), file)
    except FileNotFoundError:
        return (Created(file, content),)
    return () if before == content else (Replaced(file, before, content),)
