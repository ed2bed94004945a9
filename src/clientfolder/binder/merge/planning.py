"""Merges as planned writes: what becomes of which file of the folder."""

from __future__ import annotations

from collections.abc import Callable

from clientfolder.binder import files
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal.operations import Created, FileChange, Replaced
from clientfolder.binder.journal.transactions import NOBODY, PlannedWrite
from clientfolder.dossier.changes import Change


def rewritten(binder: Binder, file: str, made: Callable[[str], str], words: str) -> list[PlannedWrite]:
    """A text file that is no dossier with new text made of the old; nothing where that is the same."""
    try:
        raw: bytes | None = files.read(binder.path(file), file)
    except FileNotFoundError:
        raw = None
    old = (raw or b"").decode("utf-8", "surrogateescape")
    new = made(old).encode("utf-8", "surrogateescape")
    if new == (raw or b""):
        return []
    change: FileChange = Created(file, new) if raw is None else Replaced(file, raw, new)
    return [PlannedWrite(Change(NOBODY, NOBODY, None, None, (), words), (change,), None)]
