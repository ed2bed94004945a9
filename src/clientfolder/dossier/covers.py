"""The covers of many dossiers: what stands on their spines at hand, each cover unfolded only where it is looked at.

A folder of ten thousand dossiers is sorted, counted and searched by its spines; only what a page shows is unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple, overload

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, is_slip

USUAL, OTHER = "call", "other"
_RESTS = "z"
_WORD = r"[^\W_][\w-]*"


class Lying(NamedTuple):
    """Where a dossier lies: at a day or in a month, promised or not; resting; or, with neither, without a date.

    `kind` is the kind of the next contact, in small letters; `other` for one that is no single word.
    """

    on: date | Month | None
    agreed: bool = False
    resting: bool = False
    is_odd: bool = False
    kind: str = USUAL


def spine(cover: Cover) -> str:
    """A cover's `Lying` in a few letters: `2026-07-05! visit`, `2026-07`, `-` no date, `z` resting, `~` odd."""
    kind = ""
    if cover.resting is not None:
        place = _RESTS
    elif cover.next is None:
        place = "-"
    else:
        place = f"{cover.next.on}{'!' if cover.next.agreed else ''}"
        kind = "" if cover.next.kind == USUAL else f" {kind_of(cover.next.kind)}"
    return f"{place}{'~' if cover.odd else ''}{kind}"


def kind_of(kind: str) -> str:
    """A kind of contact as it is weighed: in small letters; `other` for what is no single word."""
    return kind.casefold() if re.fullmatch(_WORD, kind) else OTHER


def is_spine(text: str) -> bool:
    """Whether `spine` could have written this."""
    try:
        _lying(text)
    except ValueError:
        return False
    return True


@cache
def _lying(spine: str) -> Lying:
    head, _, kind = spine.partition(" ")
    is_odd = head.endswith("~")
    place = head.removesuffix("~")
    if place in ("-", _RESTS):
        return Lying(None, resting=place == _RESTS, is_odd=is_odd)
    written = place.removesuffix("!")
    on = Month.parse(written) if len(written) == 7 else date.fromisoformat(written)
    return Lying(on, place.endswith("!"), is_odd=is_odd, kind=kind or USUAL)


class Kept(NamedTuple):
    """What is kept of dossiers from an earlier reading, in columns; one that is a function is made when looked at.

    `letters` is what the look-up searches, a line for each dossier. `unfold` opens what `folded` has in a line.
    """

    clients: list[str]
    spines: list[str]
    names: Callable[[], list[str]]
    letters: Callable[[], str]
    folded: Callable[[], list[bytes]]
    unfold: Callable[[str, str, bytes], Cover]


def _open(client: str, name: str, folded: bytes) -> Cover:
    raise AssertionError("nothing was kept")


def _side_by_side(one: Kept, other: Kept) -> Kept:
    """Both, one behind the other; neither is opened."""
    if not one.clients or not other.clients:
        return one if one.clients else other

    return Kept(
        clients=one.clients + other.clients,
        spines=one.spines + other.spines,
        names=lambda: one.names() + other.names(),
        letters=lambda: f"{one.letters()}\n{other.letters()}",
        folded=lambda: one.folded() + other.folded(),
        unfold=one.unfold,
    )


NOTHING_KEPT = Kept([], [], list, str, list, _open)


class Shelf:
    """Dossiers side by side: those that were kept, and behind them those that were opened since."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.clients = [*kept.clients]
        self.spines = [*kept.spines]
        self._opened: dict[int, Cover] = {}
        self._letters: dict[int, str] = {}

    def add(self, covers: Iterable[Cover]) -> list[int]:
        """Put more of them behind the last; their places."""
        places = []
        for cover in covers:
            places.append(len(self.clients))
            self._opened[places[-1]] = cover
            self.clients.append(cover.client)
            self.spines.append(spine(cover))
        return places

    def beside(self, other: Shelf) -> tuple[Shelf, list[int], list[int]]:
        """One shelf with both, and for each place of this and of the other where that is now; nothing is opened."""
        shelf = Shelf(_side_by_side(self._kept, other._kept))
        mine, theirs = self.opened_from, other.opened_from
        opened = shelf.add(self._opened[place] for place in range(mine, len(self.clients)))
        opened_there = shelf.add(other._opened[place] for place in range(theirs, len(other.clients)))
        return shelf, [*range(mine), *opened], [*range(mine, mine + theirs), *opened_there]

    @cached_property
    def _names(self) -> list[str]:
        return self._kept.names()

    @property
    def has_namesakes(self) -> bool:
        """Whether any two here have the same name; none is opened."""
        return len({*self._names, *(cover.name for cover in self._opened.values())}) < len(self.clients)

    @cached_property
    def _folded(self) -> list[bytes]:
        return self._kept.folded()

    @cached_property
    def kept_letters(self) -> str:
        """The letters of those that were kept, one line each."""
        return self._kept.letters()

    @cached_property
    def _lines(self) -> list[str]:
        return self.kept_letters.split("\n")

    @property
    def opened_from(self) -> int:
        """The first place of a dossier that was not kept."""
        return len(self._kept.clients)

    def name(self, place: int) -> str:
        return self._names[place] if place < self.opened_from else self._opened[place].name

    def cover(self, place: int) -> Cover:
        if place not in self._opened:
            self._opened[place] = self._kept.unfold(self.clients[place], self.name(place), self._folded[place])
        return self._opened[place]

    def folded(self, place: int) -> bytes | None:
        """The line that was kept, if one was."""
        return self._folded[place] if place < self.opened_from else None

    def letters(self, place: int, of: Callable[[Cover], str]) -> str:
        """The letters of one; `of` works them out where that has not been done."""
        if place < self.opened_from:
            return self._lines[place]
        if place not in self._letters:
            self._letters[place] = of(self.cover(place))
        return self._letters[place]


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
        shelf = Shelf(NOTHING_KEPT)
        return cls(shelf, shelf.add(covers))

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
        return self.shelf.cover(place)

    @property
    def clients(self) -> list[str]:
        """Their short names."""
        return [self.shelf.clients[place] for place in self.places]

    @property
    def names(self) -> list[str]:
        """The names of the clients."""
        return [self.shelf.name(place) for place in self.places]

    def namesakes(self) -> list[list[str]]:
        """The short names of those who have the same name as others, in groups; none is unfolded."""
        if not self.shelf.has_namesakes:
            return []
        groups: dict[str, list[str]] = {}
        for place in self.places:
            groups.setdefault(self.shelf.name(place), []).append(self.shelf.clients[place])
        return [group for group in groups.values() if len(group) > 1]

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
        return Covers(self.shelf, [place for place in self.places if "~" in spines[place]])

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
        return self.shelf.name(place).casefold(), self.shelf.clients[place]

    def in_order(self, places: Iterable[int]) -> Covers:
        """Those at these places, by name."""
        return Covers(self.shelf, sorted(places, key=self.sorted_by))

    def letters(self, of: Callable[[Cover], str]) -> list[str]:
        """What the look-up searches, one line a dossier."""
        return [self.shelf.letters(place, of) for place in self.places]

    def holding(self, signs: Sequence[str], of: Callable[[Cover], str]) -> Iterator[Cover]:
        """Those whose letters hold one of the signs, in their order."""
        kept = {place for sign in signs for place in _lines_with(sign, self.shelf.kept_letters)}
        opened = self.shelf.opened_from
        for place in [place for place in self.places if place in kept or place >= opened]:
            if place in kept or any(sign in self.shelf.letters(place, of) for sign in signs):
                yield self.at(place)

    def beside(self, others: Covers) -> Covers:
        """These and the others, by short name."""
        shelf, mine, theirs = self.shelf.beside(others.shelf)
        places = [*(mine[place] for place in self.places), *(theirs[place] for place in others.places)]
        return Covers(shelf, sorted(places, key=shelf.clients.__getitem__))

    def those_called(self, wanted: Callable[[str], bool]) -> Covers:
        """Those of whose short name this is true; none is unfolded."""
        clients = self.shelf.clients
        return Covers(self.shelf, [place for place in self.places if wanted(clients[place])])

    @property
    def contacts(self) -> Covers:
        """Those that are no slips."""
        return self.those_called(lambda client: not is_slip(client))

    @property
    def slips(self) -> Covers:
        """Those that are slips, and not ticked or otherwise at rest."""
        spines = self.shelf.spines
        all_ = self.those_called(is_slip)
        return Covers(self.shelf, [place for place in all_.places if not spines[place].startswith(_RESTS)])

    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Covers:
        """These, some gone, and others new or in place of the old, by short name."""
        new = list(new)
        out = {*gone, *(cover.client for cover in new)}
        clients = self.shelf.clients
        left = [place for place in self.places if clients[place] not in out]
        return Covers(self.shelf, sorted(left + self.shelf.add(new), key=clients.__getitem__))


def _lines_with(sign: str, text: str) -> Iterator[int]:
    """The numbers of the lines that hold the sign, from 0."""
    number = start = 0
    while (found := text.find(sign, start)) >= 0:
        number += text.count("\n", start, found)
        yield number
        start = text.find("\n", found)
        if start < 0:
            return
