"""A file that is exported: what stands there before, and how it is put in place."""

from __future__ import annotations

import os

from clientfolder.binder import files
from clientfolder.binder.journal import atomic
from clientfolder.errors import Warned
from clientfolder.tuples import NamedTuple

# Ten thousand clients with all that was ever said to them.
MOST_BYTES = 500_000_000


class Exported(NamedTuple):
    """The content of a file, and how many events, cards, rows or dossiers it holds.

    Of these `same` are as in the old file; `changed` and `cancelled` are not as they were there.
    """

    content: bytes
    written: int
    changed: int = 0
    cancelled: int = 0
    same: int = 0


def existing(path: str, file: str) -> bytes | None:
    """What stands there; None where nothing does. Raises Unreadable for what is no file, CannotReach."""
    try:
        return files.read(path, file, MOST_BYTES)
    except FileNotFoundError:
        return None


def put(path: str, old: bytes | None, content: bytes) -> list[Warned]:
    """Put a file in place of what was read there, for its owner alone where it is new; the same bytes touch nothing.

    What failed when it was written already is told by the warnings. Raises Refused where there is no such directory,
    Changed where something else was written there meanwhile, CannotReach.
    """
    if content == old:
        return []
    directory, name = os.path.split(path)
    files.check_directory(directory)
    atomic.clear([path], {content})
    writer = atomic.Writer(directory)
    if old is None:
        writer.create(name, content)
    else:
        writer.replace(name, old, content)
    return writer.warnings
