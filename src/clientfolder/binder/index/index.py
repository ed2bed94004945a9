"""The index: what lists and look-up need of each dossier, kept so that only changed files are read again.

Disposable: throw it away and it grows back. A line of it is believed where the file has the same size, times and
inode as when it was read; a file as young as the index itself is not entered, for it could change once more
within the same tick of the clock. What is damaged, or of another version, is as good as none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from clientfolder.binder.index import columns
from clientfolder.binder.index.columns import NOTHING_SAVED, SavedColumns
from clientfolder.binder.index.rows import IndexCovers
from clientfolder.binder.index.upkeep import NewIndexFile, mark_of, marks_of, saved_bytes
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.errors import CannotReach, NoClient, Trouble, Unreadable
from clientfolder.tuples import NamedTuple

# Reading a byte of a dossier anew takes about so many times as long as writing a byte of the index. And to have the
# reader loaded, which whoever finds nothing changed does not need, takes as long as writing so many bytes of it.
READING_TO_WRITING = 40
LOADING_TO_WRITING = 1_000_000
# Who is about to write makes the index old at once: so few are read once more by the next command rather than kept.
LEFT_TO_THE_NEXT = 2

# A cover without a status is one of today alone, and not kept.
Read = Callable[[str], tuple[Cover, os.stat_result | None]]


class Contents(NamedTuple):
    """What the binder holds: the covers of all readable dossiers, and an error for every other file."""

    covers: Covers
    unreadable: tuple[Trouble, ...]
    # What counts for nothing, as it is a copy: each with the dossier that it was made of.
    copies: Mapping[str, str] = {}
    # The marks of the files of dossiers that were as the index knows them, gathered where somebody asks for them.
    marks: Callable[[], Mapping[str, str]] = dict

    def beside(self, others: Contents) -> Contents:
        """These and the others, whose marks are left out."""
        covers = IndexCovers.indexed(self.covers).beside(IndexCovers.indexed(others.covers))
        return self._replace(covers=covers, unreadable=(*self.unreadable, *others.unreadable))


class Index:
    """The index at `path` of the dossiers in `directory`, where each has its short name and `.toml`.

    It is never needed, and all its failures are silent.
    """

    def __init__(
        self,
        path: str,
        directory: str,
        prepare: Callable[[], None],
        is_kept: bool = True,
        few: int = 0,
        *,
        begin: str = "",
    ) -> None:
        """`prepare` makes the directory in which the index is kept, or raises CannotReach; it `is_kept`, or not.

        For so `few` dossiers that have changed it is not made anew.
        `begin`: what all the short names begin with, such as `slips/`.
        """
        self.path = path
        self.directory = directory
        self.prepare = prepare
        self.is_kept = is_kept
        self.few = few
        self.begin = begin

    def contents(self, found: Callable[[set[str]], Iterable[str]], read: Read) -> Contents:
        """All dossiers. `found` names those that there are besides the known files; `read` opens one.

        `read` raises NoClient for a dossier that is gone meanwhile, Unreadable or CannotReach for a bad one.
        """
        saved = self._load(read)
        known = saved.clients
        names = [f"{client}.toml" for client in known]
        others = list(found(set(names)))
        now = marks_of(self.directory, names)
        stale = {client for client, old, new in zip(known, saved.marks, now, strict=True) if old != new}
        if not stale and not others:
            return Contents(IndexCovers.saved(saved), (), marks=lambda: dict(zip(known, saved.marks, strict=True)))
        return self._read_anew(saved, stale, others, read)

    def _read_anew(self, saved: SavedColumns, stale: set[str], others: Sequence[str], read: Read) -> Contents:
        """Read what has changed, and keep the index where that will save the next command more than it costs."""
        covers: list[Cover] = []
        unreadable: list[Trouble] = []
        marks: dict[str, str] = {}
        to_read = sorted([*stale, *others])
        wanted = (
            self.is_kept and len(to_read) > self.few and self._is_worth_it(to_read, saved.size) and self._is_prepared()
        )
        with NewIndexFile(self.path, wanted) as page:
            for client in to_read:
                try:
                    cover, status = read(client)
                except NoClient:
                    continue
                except (Unreadable, CannotReach) as trouble:
                    unreadable.append(trouble)
                    continue
                covers.append(cover)
                if status is not None and page.is_older(status):
                    marks[client] = mark_of(status)
            whole = IndexCovers.saved(saved).replaced(stale, covers)
            fresh = zip(saved.clients, saved.marks, strict=True)
            known = {client: mark for client, mark in fresh if client not in stale}
            if marks:
                page.put(columns.encode(whole.to_save({**known, **marks})))
        return Contents(whole, tuple(unreadable), marks=lambda: known)

    def _is_prepared(self) -> bool:
        try:
            self.prepare()
        except CannotReach:
            return False
        return True

    def _is_worth_it(self, clients: Iterable[str], size: int) -> bool:
        to_read = 0
        for client in clients:
            with suppress(OSError):
                to_read += os.stat(os.path.join(self.directory, f"{client}.toml")).st_size
        return to_read * READING_TO_WRITING + LOADING_TO_WRITING > size

    def _load(self, read: Read) -> SavedColumns:
        """What was kept; nothing where that cannot be believed. A line that cannot be decoded is read anew."""
        try:
            return columns.decode(saved_bytes(self.path), self.begin, lambda client: read(client)[0])
        except (OSError, ValueError):
            return NOTHING_SAVED
