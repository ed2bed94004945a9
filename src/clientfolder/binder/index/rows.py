"""Covers backed by the index: in rows, each of which is decoded only where its cover is looked at as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from clientfolder.binder.index import codec
from clientfolder.binder.index.columns import (
    NOTHING_SAVED,
    KeptColumns,
    SavedColumns,
    decode_due,
    encode_due,
    side_by_side,
)
from clientfolder.binder.index.search_key import search_key
from clientfolder.dossier.covers import Covers, DueKey
from clientfolder.dossier.signals import signals as signals_of
from clientfolder.dossier.types import Cover


class IndexRows:
    """Dossiers by row: first those that were saved, behind them those that were read since, which only grow."""

    def __init__(self, saved: SavedColumns) -> None:
        self.saved = saved
        self.saved_count = len(saved.clients)
        self.clients = [*saved.clients]
        self.due_keys = [*saved.due_keys]
        self._covers: dict[int, Cover] = {}
        self._search_keys: dict[int, str] = {}

    def add(self, covers: Iterable[Cover]) -> list[int]:
        """Put more of them behind the last; their rows."""
        rows = []
        for cover in covers:
            rows.append(len(self.clients))
            self._covers[rows[-1]] = cover
            self.clients.append(cover.client)
            self.due_keys.append(encode_due(DueKey.of(cover)))
        return rows

    def beside(self, other: IndexRows) -> tuple[IndexRows, list[int], list[int]]:
        """Rows of both, and for each row of this and of the other which it is there; nothing is decoded."""
        both = IndexRows(side_by_side(self.saved, other.saved))
        mine, theirs = self.saved_count, other.saved_count
        added = both.add(self._covers[row] for row in range(mine, len(self.clients)))
        added_there = both.add(other._covers[row] for row in range(theirs, len(other.clients)))
        return both, [*range(mine), *added], [*range(mine, mine + theirs), *added_there]

    @cached_property
    def _saved_names(self) -> list[str]:
        return self.saved.names()

    @cached_property
    def saved_search_keys(self) -> str:
        """The search keys of those that were saved, one line each."""
        return self.saved.search_keys()

    @cached_property
    def _search_key_lines(self) -> list[str]:
        return self.saved_search_keys.split("\n")

    def names(self, rows: Iterable[int]) -> list[str]:
        """The names of the clients in these rows."""
        saved, count, covers = self._saved_names, self.saved_count, self._covers
        # Every command asks for all names once, mostly when nothing has been read anew.
        if rows == range(count):
            return [*saved]
        return [saved[row] if row < count else covers[row].name for row in rows]

    def search_key(self, row: int) -> str:
        """The search key in a row."""
        if row < self.saved_count:
            return self._search_key_lines[row]
        if row not in self._search_keys:
            self._search_keys[row] = search_key(self._covers[row])
        return self._search_keys[row]

    def signalling(self, signals: Sequence[str]) -> set[int]:
        """The rows that have one of these signals; of those that were saved none is decoded for it."""
        text = self.saved.signals()
        found = {row for signal in signals for row in _lines_with(signal, text)} if text.strip("\n") else set()
        wanted = {*signals}
        rows = range(self.saved_count, len(self.clients))
        return found | {row for row in rows if not wanted.isdisjoint(signals_of(self._covers[row]))}

    def may_signal(self, signal: str) -> bool:
        """Whether any saved row has it; yes where others were read since."""
        return len(self.clients) > self.saved_count or signal in self.saved.signals()

    def signals(self, row: int) -> str:
        """The signals in a row, as they are saved."""
        if row < self.saved_count:
            return self._saved_signals[row]
        return " ".join(signals_of(self._covers[row], is_kept=True))

    @cached_property
    def _saved_signals(self) -> list[str]:
        return self.saved.signals().split("\n")

    def cover(self, row: int) -> Cover:
        """The cover in a row, decoded once."""
        if row not in self._covers:
            line, name = self.saved.encoded_cover(row), self._saved_names[row]
            self._covers[row] = self.saved.decode(self.clients[row], name, line)
        return self._covers[row]

    def records(self, rows: Iterable[int]) -> Iterator[Mapping[str, Any]]:
        """What is kept of the records in these rows, of those that have any; for this no cover is decoded."""
        lines = {}
        for row in rows:
            if row >= self.saved_count or row in self._covers:
                yield self.cover(row).records
            elif codec.has_records(self.saved.encoded_cover(row)):
                lines[row] = self.saved.encoded_cover(row)
        try:
            yield from codec.records_of([*lines.values()])
        except (ValueError, TypeError, LookupError):
            # A line is none of ours: the files tell it then, as of every cover.
            yield from (self.cover(row).records for row in lines)

    def encoded(self, row: int) -> bytes | None:
        """The cover in a row as it is saved; None where it cannot be."""
        return self.saved.encoded_cover(row) if row < self.saved_count else codec.encode(self._covers[row])


class IndexCovers(Covers):
    """Some covers of the index, in an order of their own."""

    def __init__(self, index: IndexRows, rows: Sequence[int] | None = None) -> None:
        """`rows`: those of the index, in this order; all of them where nothing is said."""
        self._index = index
        self._rows: Sequence[int] = range(len(index.clients)) if rows is None else rows

    @classmethod
    def saved(cls, columns: SavedColumns) -> Self:
        """All that was saved."""
        return cls(IndexRows(columns))

    @classmethod
    def indexed(cls, covers: Iterable[Cover]) -> IndexCovers:
        """These covers, in their order; those that are of an index as they are."""
        if isinstance(covers, IndexCovers):
            return covers
        index = IndexRows(NOTHING_SAVED)
        return cls(index, index.add(covers))

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Cover]:
        return map(self._index.cover, self._rows)

    def __add__(self, others: Covers) -> Covers:
        if isinstance(others, IndexCovers) and others._index is self._index:
            return type(self)(self._index, [*self._rows, *others._rows])
        return super().__add__(others)

    def _at(self, number: int) -> Cover:
        return self._index.cover(self._rows[number])

    def _only(self, numbers: Iterable[int]) -> Self:
        rows = self._rows
        return type(self)(self._index, [rows[number] for number in numbers])

    @property
    def clients(self) -> list[str]:
        clients = self._index.clients
        return [clients[row] for row in self._rows]

    @property
    def names(self) -> list[str]:
        return self._index.names(self._rows)

    def signalling(self, *signals: str) -> Self:
        wanted = self._index.signalling(signals)
        return type(self)(self._index, [row for row in self._rows if row in wanted])

    def may_signal(self, signal: str) -> bool:
        return self._index.may_signal(signal)

    def kept_records(self) -> Iterator[Mapping[str, Any]]:
        return filter(None, self._index.records(self._rows))

    def _numbers_by_due(self) -> dict[DueKey, list[int]]:
        due_keys = self._index.due_keys
        groups: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            groups.setdefault(due_keys[row], []).append(number)
        return {decode_due(text): numbers for text, numbers in groups.items()}

    def beside(self, others: IndexCovers) -> Self:
        """These and the others, by short name; none is decoded."""
        index, mine, theirs = self._index.beside(others._index)
        rows = [*(mine[row] for row in self._rows), *(theirs[row] for row in others._rows)]
        return type(self)(index, sorted(rows, key=index.clients.__getitem__))

    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Self:
        new = list(new)
        out = {*gone, *(cover.client for cover in new)}
        clients = self._index.clients
        left = [row for row in self._rows if clients[row] not in out]
        return type(self)(self._index, sorted(left + self._index.add(new), key=clients.__getitem__))

    @property
    def search_keys(self) -> list[str]:
        """What the look-up searches, a line for each."""
        return list(map(self._index.search_key, self._rows))

    def whose_search_key_holds(self, parts: Sequence[str]) -> Iterator[Cover]:
        """Those whose search key holds one of these parts, in their order."""
        index = self._index
        found = {row for part in parts for row in _lines_with(part, index.saved_search_keys)}
        for row in [row for row in self._rows if row in found or row >= index.saved_count]:
            if row in found or any(part in index.search_key(row) for part in parts):
                yield index.cover(row)

    def to_save(self, marks: dict[str, str]) -> KeptColumns:
        """What is to be kept of those that have a mark, and can be saved."""
        index = self._index
        lines: dict[int, bytes] = {}
        for row in self._rows:
            client = index.clients[row]
            # A file may be called what no line can hold.
            if client in marks and "\n" not in client and (line := index.encoded(row)) is not None:
                lines[row] = line
        clients = [index.clients[row] for row in lines]
        return KeptColumns(
            clients=clients,
            marks=[marks[client] for client in clients],
            due_keys=[index.due_keys[row] for row in lines],
            names=index.names(lines),
            search_keys=[index.search_key(row) for row in lines],
            signals=[index.signals(row) for row in lines],
            covers=[*lines.values()],
        )


def _lines_with(part: str, text: str) -> Iterator[int]:
    """The numbers of the lines that hold the part, from 0."""
    number = start = 0
    while (found := text.find(part, start)) >= 0:
        number += text.count("\n", start, found)
        yield number
        start = text.find("\n", found)
        if start < 0:
            return
