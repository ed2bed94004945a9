"""The covers of many dossiers: what stands on their spines at hand, each cover unfolded only where it is looked at.

A folder of ten thousand dossiers is sorted, counted and searched by its spines; only what a page shows is unfolded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar, overload

from clientfolder.dates import Month
from clientfolder.dossier import Cover

T = TypeVar("T")


class Lying(NamedTuple):
    """Where a dossier lies: at a day or in a month, promised or not; resting; or, with neither, without a date."""

    on: date | Month | None
    agreed: bool = False
    resting: bool = False
    is_odd: bool = False


def spine(cover: Cover) -> str:
    """A cover's `Lying` in a few letters: `2026-07-05!`, `2026-07`, `-` for no date, `z` for resting, `~` for odd."""
    if cover.resting is not None:
        place = "z"
    elif cover.next is None:
        place = "-"
    else:
        place = f"{cover.next.on}{'!' if cover.next.agreed else ''}"
    return f"{place}~" if cover.odd else place


def _lying(spine: str) -> Lying:
    is_odd = spine.endswith("~")
    place = spine.removesuffix("~")
    if place in ("-", "z"):
        return Lying(None, resting=place == "z", is_odd=is_odd)
    written = place.removesuffix("!")
    on = Month.parse(written) if len(written) == 7 else date.fromisoformat(written)
    return Lying(on, agreed=place.endswith("!"), is_odd=is_odd)


Column = list[T] | Callable[[], list[T]]


class Shelf:
    """All dossiers, column by column, in the order of their short names. What is folded, `unfold` opens.

    `letters` is what the look-up searches; where it is empty it has not been worked out. A column that is a
    function is made when it is first looked at.
    """

    def __init__(
        self, clients: list[str], spines: list[str], names: Column[str], letters: Column[str],
        covers: Column[Cover | bytes], unfold: Callable[[str, str, bytes], Cover],
    ) -> None:  # fmt: skip
        self.clients, self.spines, self.unfold = clients, spines, unfold
        self._columns = names, letters, covers

    @cached_property
    def names(self) -> list[str]:
        return _made(self._columns[0])

    @cached_property
    def letters(self) -> list[str]:
        return _made(self._columns[1])

    @cached_property
    def covers(self) -> list[Cover | bytes]:
        return _made(self._columns[2])


def _made(column: Column[T]) -> list[T]:
    return column if isinstance(column, list) else column()


def _open(client: str, name: str, folded: bytes) -> Cover:
    raise AssertionError("every cover is open")


class Covers(Sequence[Cover]):
    """Some dossiers of a shelf, in an order of their own."""

    def __init__(self, shelf: Shelf, places: Sequence[int] | None = None) -> None:
        self.shelf = shelf
        self.places: Sequence[int] = range(len(shelf.clients)) if places is None else places

    @classmethod
    def of(cls, covers: Iterable[Cover]) -> Covers:
        """These covers, in their order."""
        if isinstance(covers, Covers):
            return covers
        whole = list(covers)
        names = [cover.name for cover in whole]
        clients = [cover.client for cover in whole]
        return cls(Shelf(clients, list(map(spine, whole)), names, [""] * len(whole), [*whole], _open))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, number: int) -> Cover: ...

    @overload
    def __getitem__(self, number: slice) -> Covers: ...

    def __getitem__(self, number: int | slice) -> Cover | Covers:
        if isinstance(number, slice):
            return Covers(self.shelf, self.places[number])
        return self.at(self.places[number])

    def __iter__(self) -> Iterator[Cover]:
        return map(self.at, self.places)

    def __add__(self, others: Covers) -> Covers:
        return Covers(self.shelf, [*self.places, *others.places])

    def at(self, place: int) -> Cover:
        """The cover at a place of the shelf."""
        shelf = self.shelf
        cover = shelf.covers[place]
        if isinstance(cover, bytes):
            cover = shelf.covers[place] = shelf.unfold(shelf.clients[place], shelf.names[place], cover)
        return cover

    @property
    def clients(self) -> list[str]:
        """Their short names."""
        return [self.shelf.clients[place] for place in self.places]

    @property
    def names(self) -> list[str]:
        """The names of the clients."""
        return [self.shelf.names[place] for place in self.places]

    def of_client(self, client: str) -> Cover | None:
        """The cover of that short name, if it is here."""
        clients = self.shelf.clients
        return next((self.at(place) for place in self.places if clients[place] == client), None)

    @cached_property
    def lying(self) -> dict[Lying, list[int]]:
        """The places on the shelf, by where the dossiers lie."""
        spines = self.shelf.spines
        groups: dict[str, list[int]] = {}
        for place in self.places:
            groups.setdefault(spines[place], []).append(place)
        found: dict[Lying, list[int]] = {}
        for written, places in groups.items():
            found.setdefault(_lying(written), []).extend(places)
        return found

    def odd(self) -> Covers:
        """Those on which something is odd."""
        spines = self.shelf.spines
        return Covers(self.shelf, [place for place in self.places if spines[place].endswith("~")])

    def first(self, promised: int, others: int) -> Covers:
        """In their order, the first so many that are promised and the first so many that are not."""
        spines = self.shelf.spines
        found = []
        for place in self.places:
            is_promised = "!" in spines[place]
            if (promised if is_promised else others) > 0:
                found.append(place)
                promised, others = promised - is_promised, others - (not is_promised)
        return Covers(self.shelf, found)

    def those(self, wanted: Callable[[Cover], bool]) -> Covers:
        """Those of which this is true."""
        return Covers(self.shelf, [place for place in self.places if wanted(self.at(place))])

    def sorted_by(self, place: int) -> tuple[str, str]:
        """`Cover.sorted_by` of the cover at that place."""
        return self.shelf.names[place].casefold(), self.shelf.clients[place]

    def in_order(self, places: Iterable[int]) -> Covers:
        """Those at these places, by name."""
        return Covers(self.shelf, sorted(places, key=self.sorted_by))

    def letters(self, of: Callable[[Cover], str]) -> list[str]:
        """What the look-up searches, one line a dossier; `of` works it out where that has not been done."""
        column = self.shelf.letters
        for place in self.places:
            if not column[place]:
                column[place] = of(self.at(place))
        return [column[place] for place in self.places]

    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Covers:
        """These, some gone, and others new or in place of the old, by short name."""
        added = Covers.of(sorted(new, key=lambda cover: cover.client)).shelf
        out = {*gone, *added.clients}
        shelf = self.shelf
        left = [place for place in self.places if shelf.clients[place] not in out]
        clients = [*(shelf.clients[place] for place in left), *added.clients]
        order = sorted(range(len(clients)), key=clients.__getitem__)

        def column(mine: list[T], others: list[T]) -> list[T]:
            both = [*(mine[place] for place in left), *others]
            return [both[number] for number in order]

        return Covers(
            Shelf(
                column(shelf.clients, added.clients),
                column(shelf.spines, added.spines),
                column(shelf.names, added.names),
                column(shelf.letters, added.letters),
                column(shelf.covers, added.covers),
                shelf.unfold,
            )
        )
