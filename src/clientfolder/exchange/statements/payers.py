"""Who of the folder paid, by the name that a bank or a table gives: surely, perhaps, or nobody.

Surely: the whole of a client's name, address or number, as CLIENT is found, or a name that the client's card says the
bank has for them (`bank = "KOWALSKA A"`). Perhaps: the same words in another order or with others among them, or a
word and initials. Nobody is taken for a client by that: it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from clientfolder.binder.binder import Binder
from clientfolder.binder.index import lookup
from clientfolder.binder.index.search_key import names_of
from clientfolder.dossier.types import Cover, Dossier, is_slip
from clientfolder.errors import Trouble
from clientfolder.text import comparable, words_of
from clientfolder.tuples import NamedTuple

# The keys of a card that hold names of a bank: `bank`, `bank2` ...
_OF_BANK = re.compile(r"bank\d*")
_HOLDS_ONE = re.compile(rb"\bbank\d*[\"']?[ \t]*=")
_LEAST_LETTERS, _LEAST_NAME = 3, 7
# What a company is called besides its name; comparable, as words.
_LEGAL_WORDS = (
    "gmbh ag kg ohg gbr ug ek mbh co sro s r o as a spol zoo z oo sp sa ltd limited llc inc plc bv nv srl oy ab "
    "verein ev e v ops firma herr frau mr mrs ms pan pani ing mgr dr"
)
_LEGAL = frozenset(_LEGAL_WORDS.split())


class Payer(NamedTuple):
    """Who is named: one surely, or those whom it may be; neither for nobody."""

    sure: str | None = None
    maybe: tuple[str, ...] = ()


class Payers:
    """The clients of a folder by the names under which they may pay."""

    def __init__(self, covers: Iterable[Cover], bank: Sequence[tuple[str, str]]) -> None:
        """`bank`: names that cards say the bank has, each behind the short name of the client."""
        everybody = list(covers)
        self._owners = lookup.Owners(everybody)
        self._bank: dict[str, dict[str, None]] = {}
        for client, name in bank:
            self._bank.setdefault(comparable(name), {})[client] = None
        # The names by each of their words, so that a row asks those alone who have one of its own.
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for cover in everybody:
            for words in dict.fromkeys(map(_words, names_of(cover))):
                for word in {*words}:
                    self._by_word.setdefault(word, []).append((cover.client, words))

    def find(self, names: Sequence[str], told: str = "") -> Payer:
        """Who is named by the first of these that is anybody; else who may be named in what is `told`."""
        maybe: dict[str, None] = {}
        for name in names:
            clients = self._surely(name)
            if len(clients) == 1:
                return Payer(clients[0])
            maybe |= dict.fromkeys(clients)
        for name in names:
            maybe |= dict.fromkeys(self._perhaps(_words(name)))
        return Payer(maybe=tuple(maybe) or tuple(dict.fromkeys(self._in_text(_words(told)))))

    def _surely(self, name: str) -> list[str]:
        plain = comparable(name)
        whole = [cover.client for cover in self._owners.of(name) if lookup.is_whole(cover, name)]
        spelt = [client for client in whole if client == name]
        return spelt or whole or [*self._bank.get(plain, {})]

    def _perhaps(self, words: tuple[str, ...]) -> list[str]:
        return [client for client, own in self._sharing(words) if _may_be(own, words)]

    def _in_text(self, words: tuple[str, ...]) -> list[str]:
        """Those all of whose name stands in a text; a short name stands in too many."""
        held = {*words}
        return [
            client for client, own in self._sharing(words) if held.issuperset(own) and len("".join(own)) >= _LEAST_NAME
        ]

    def _sharing(self, words: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The clients and their names that have one of these words."""
        for word in dict.fromkeys(words):
            yield from self._by_word.get(word, ())


def _words(name: str) -> tuple[str, ...]:
    words = [word for word in re.findall(r"\w+", " ".join(words_of(comparable(name)))) if word not in _LEGAL]
    return tuple(words)


def _may_be(own: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the words of a name may be those of a client's: all of one stand in the other, or begin as they do."""
    long = [word for word in said if len(word) >= _LEAST_LETTERS]
    if not own or not long:
        return False
    if {*own} <= {*said} and any(len(word) >= _LEAST_LETTERS for word in own):
        return True
    # Some whole word must be the same; the others may be initials.
    if not any(word in own for word in long):
        return False
    left = [*own]
    for word in sorted(said, key=len, reverse=True):
        found = next((other for other in left if other == word), None) or next(
            (other for other in left if len(word) < _LEAST_LETTERS and other.startswith(word)), None
        )
        if found is None:
            return False
        left.remove(found)
    return True


# Names that a bank has ------------------------------------------------------------------------------------


def bank_names(binder: Binder) -> tuple[list[tuple[str, str]], tuple[Trouble, ...]]:
    """The short names of clients with the names that their cards say the bank has; what could not be looked at.

    No other dossier is parsed: all are looked through as bytes.
    """
    found, unreadable = binder.dossiers(lambda raw: _HOLDS_ONE.search(raw) is not None)
    named = [
        (dossier.client, name)
        for dossier in found
        if not is_slip(dossier.client)
        for key, value in dossier.card.items()
        if _OF_BANK.fullmatch(key)
        for name in _texts(value)
    ]
    return named, unreadable


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def free_keys(dossier: Dossier, names: Iterable[str]) -> list[tuple[str, str]]:
    """Under which key of the card each further name of the bank is kept; none for one that stands there."""
    taken = {key for key in dossier.card if _OF_BANK.fullmatch(key)}
    there = {comparable(text) for key in taken for text in _texts(dossier.card[key])}
    found = []
    for name in names:
        if comparable(name) in there:
            continue
        key = next(key for number in range(1, len(taken) + 2) if (key := f"bank{number if number > 1 else ''}")
                   not in taken)  # fmt: skip
        taken.add(key)
        there.add(comparable(name))
        found.append((key, name))
    return found
