"""The covers of many dossiers: what the rules sort, group, filter and count.

A folder may hold ten thousand dossiers. So what can be told by short names, names and due keys is told by these
alone, and a cover is looked at as a whole only by what takes a function of it: `where`, `sorted`, and a loop.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Self, TypeVar, overload

from clientfolder.dates.calendar import Month
from clientfolder.dossier.signals import DEALS, SENT
from clientfolder.dossier.signals import signals as signals_of
from clientfolder.dossier.types import SENT_BY, Cover, is_slip
from clientfolder.text import sort_key
from clientfolder.tuples import NamedTuple

Key = TypeVar("Key")
USUAL, OTHER = "call", "other"
_WORD = r"[^\W_][\w-]*"


def kind_of(kind: str) -> str:
    """A kind of contact as it is weighed: in small letters; `other` for what is no single word."""
    return kind.casefold() if re.fullmatch(_WORD, kind) else OTHER


class DueKey(NamedTuple):
    """When a dossier is due: at a day or in a month, promised or not; resting; or, with neither, without a date.

    `kind` is the kind of the next contact by `kind_of`; `is_odd` tells whether anything in its file is odd, and
    `is_merged` whether a merge left something to decide. One that rests has no day, whatever is written in its file.
    """

    on: date | Month | None
    agreed: bool = False
    resting: bool = False
    is_odd: bool = False
    kind: str = USUAL
    is_merged: bool = False

    @classmethod
    def of(cls, cover: Cover) -> DueKey:
        """The due key of a cover."""
        key = cls(None, resting=cover.resting is not None, is_odd=bool(cover.odd), is_merged=cover.is_merged)
        if key.resting or cover.next is None:
            return key
        return key._replace(on=cover.next.on, agreed=cover.next.agreed, kind=kind_of(cover.next.kind))


class Covers(Sequence[Cover], ABC):
    """Some covers in an order. All that is chosen from them keeps their order, where nothing else is said."""

    @staticmethod
    def of(covers: Iterable[Cover]) -> Covers:
        """These covers, in their order."""
        return covers if isinstance(covers, Covers) else ListedCovers(covers)

    @property
    @abstractmethod
    def clients(self) -> list[str]:
        """Their short names."""

    @property
    @abstractmethod
    def names(self) -> list[str]:
        """The names of the clients."""

    @abstractmethod
    def signalling(self, *signals: str) -> Self:
        """Those that have one of these signals, as `signals` has them, or may have."""

    @abstractmethod
    def may_signal(self, signal: str) -> bool:
        """Whether any of them may have that signal; told at once, and yes where it is in doubt."""

    @abstractmethod
    def kept_records(self) -> Iterator[Mapping[str, Any]]:
        """What is kept of the records of each of them that has any, by table."""

    def kept_deals(self) -> Iterator[Sequence[Mapping[str, Any]]]:
        """What is kept of the deals of each of them that has any."""
        return (deals for records in self.signalling(DEALS).kept_records() if (deals := records.get("deals")))

    @abstractmethod
    def _numbers_by_due(self) -> dict[DueKey, list[int]]:
        """The numbers of the covers, from 0 in their order, by due key."""

    @abstractmethod
    def _only(self, numbers: Iterable[int]) -> Self:
        """The covers of these numbers, in the order of the numbers."""

    @abstractmethod
    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Self:
        """These, some gone, and others new or in place of the old, by short name."""

    @abstractmethod
    def _at(self, number: int) -> Cover:
        """The cover of that number, which may count from the end."""

    @overload
    def __getitem__(self, number: int) -> Cover: ...

    @overload
    def __getitem__(self, number: slice) -> Self: ...

    def __getitem__(self, number: int | slice) -> Cover | Self:
        return self._only(range(len(self))[number]) if isinstance(number, slice) else self._at(number)

    def __iter__(self) -> Iterator[Cover]:
        return map(self._at, range(len(self)))

    def __add__(self, others: Covers) -> Covers:
        return ListedCovers([*self, *others])

    def of_client(self, client: str) -> Cover | None:
        """The cover of that short name, if it is here."""
        clients = self.clients
        return self._at(clients.index(client)) if client in clients else None

    def namesakes(self) -> list[list[str]]:
        """The short names of those who have the same name as others, in groups."""
        names = self.names
        if len({*names}) == len(names):
            return []
        groups: dict[str, list[str]] = {}
        for name, client in zip(names, self.clients, strict=True):
            groups.setdefault(name, []).append(client)
        return [group for group in groups.values() if len(group) > 1]

    # Some of them ---------------------------------------------------------------------------------------

    def where(self, wanted: Callable[[Cover], bool]) -> Self:
        """Those of which this is true."""
        return self._only([number for number, cover in enumerate(self) if wanted(cover)])

    def where_due(self, wanted: Callable[[DueKey], bool]) -> Self:
        """Those of whose due key this is true."""
        groups = (numbers for due, numbers in self._due_groups.items() if wanted(due))
        return self._only(sorted(number for numbers in groups for number in numbers))

    def called(self, wanted: Callable[[str], bool]) -> Self:
        """Those of whose short name this is true."""
        return self._only([number for number, client in enumerate(self.clients) if wanted(client)])

    @property
    def contacts(self) -> Self:
        """Those that are no slips."""
        return self.called(lambda client: not is_slip(client))

    @property
    def slips(self) -> Self:
        """Those that are slips, and not ticked or otherwise at rest."""
        return self.called(is_slip).where_due(lambda due: not due.resting)

    def odd(self) -> Self:
        """Those in whose file something is odd."""
        return self.where_due(lambda due: due.is_odd)

    def first(self, promised: int, others: int) -> Self:
        """The first so many that are promised and the first so many that are not."""
        groups = self._due_groups.items()
        agreed = sorted(number for due, numbers in groups if due.agreed for number in numbers)
        planned = sorted(number for due, numbers in groups if not due.agreed for number in numbers)
        return self._only(sorted([*agreed[: max(promised, 0)], *planned[: max(others, 0)]]))

    # Grouped and sorted ---------------------------------------------------------------------------------

    @cached_property
    def _due_groups(self) -> dict[DueKey, list[int]]:
        return self._numbers_by_due()

    def grouped(self, key: Callable[[DueKey], Key | None]) -> Mapping[Key, Self]:
        """Those of each key that is made of the due key, in their order; without those of which None is made."""
        groups: dict[Key, list[int]] = {}
        for due, numbers in self._due_groups.items():
            if (group := key(due)) is not None:
                groups.setdefault(group, []).extend(numbers)
        return {group: self._only(sorted(numbers)) for group, numbers in groups.items()}

    def count_by_due(self) -> Mapping[DueKey, int]:
        """How many have each due key."""
        return {due: len(numbers) for due, numbers in self._due_groups.items()}

    def by_name(self) -> Self:
        """All of them by name as `Cover.sorted_by` has it."""
        keys = [(sort_key(name), client) for name, client in zip(self.names, self.clients, strict=True)]
        return self._only(sorted(range(len(keys)), key=keys.__getitem__))

    def sorted(self, key: Callable[[Cover], Any]) -> Self:
        """All of them, the least key first, by name where keys are equal."""
        named = self.by_name()
        keys = [key(cover) for cover in named]
        return named._only(sorted(range(len(keys)), key=keys.__getitem__))

    def sorted_by_due(self, key: Callable[[DueKey], Any]) -> Self:
        """All of them, the least key of the due key first, by name where keys are equal."""
        named = self.by_name()
        keys = {number: rank for due, numbers in named._due_groups.items() for rank in [key(due)] for number in numbers}
        return named._only(sorted(range(len(named)), key=keys.__getitem__))


def with_owner(cover: Cover, covers: Covers) -> Cover:
    """The cover as a page tells it: a slip with its client's name as the company, and with the client's number.

    `covers`: all of the folder. Of a client who is gone there is the short name.
    """
    if cover.belongs_to is None:
        return cover
    client = covers.of_client(cover.belongs_to)
    if client is None:
        return cover._replace(company=cover.company or cover.belongs_to)
    return cover._replace(company=cover.company or client.name, phone=cover.phone or client.phone)


def sent_by(covers: Covers, client: str) -> Covers:
    """Those whom that client has sent."""
    return covers.signalling(SENT).where(lambda cover: cover.records.get(SENT_BY) == client)


class ListedCovers(Covers):
    """Covers in a plain list."""

    def __init__(self, covers: Iterable[Cover]) -> None:
        self._covers = list(covers)

    def __len__(self) -> int:
        return len(self._covers)

    def _at(self, number: int) -> Cover:
        return self._covers[number]

    @property
    def clients(self) -> list[str]:
        return [cover.client for cover in self._covers]

    @property
    def names(self) -> list[str]:
        return [cover.name for cover in self._covers]

    def signalling(self, *signals: str) -> Self:
        wanted = {*signals}
        return self.where(lambda cover: not wanted.isdisjoint(signals_of(cover)))

    def may_signal(self, signal: str) -> bool:
        return True

    def kept_records(self) -> Iterator[Mapping[str, Any]]:
        return (cover.records for cover in self._covers if cover.records)

    def _numbers_by_due(self) -> dict[DueKey, list[int]]:
        groups: dict[DueKey, list[int]] = {}
        for number, cover in enumerate(self._covers):
            groups.setdefault(DueKey.of(cover), []).append(number)
        return groups

    def _only(self, numbers: Iterable[int]) -> Self:
        return type(self)([self._covers[number] for number in numbers])

    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Self:
        new = list(new)
        out = {*gone, *(cover.client for cover in new)}
        left = [cover for cover in self._covers if cover.client not in out]
        return type(self)(sorted(left + new, key=lambda cover: cover.client))
