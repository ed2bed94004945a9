"""How typed words find a client: a whole field, a whole word, or the beginning of one; accents or none.

A slip is found by the words of its text, but only where they fit no client, so that no slip takes a client's words
away; and one that is done only where they fit no other. Words that begin with `slips/` mean slips alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from itertools import islice

from clientfolder.binder.index.rows import IndexCovers
from clientfolder.binder.index.search_key import (
    FIELD,
    NAME,
    NUMBER,
    WORD,
    names_of,
    phone_digits,
    search_key,
    whole_fields,
)
from clientfolder.dossier.types import SLIP, Cover, is_slip
from clientfolder.errors import Ambiguous, NoClient, Refused
from clientfolder.text import comparable, words_of

LEAST_LETTERS = 2
LEAST_DIGITS = 6


class Fit(IntEnum):
    """How well words fit; the better beats the worse."""

    WHOLE_FIELD = 1
    WHOLE_WORD = 2
    FIRST_WORD_BEGINS = 3
    LATER_WORD_BEGINS = 4


def fit(cover: Cover, typed: str) -> Fit | None:
    """How the comparable words fit this client; None if they do not."""
    digits = re.sub(r"[^0-9]", "", typed)
    is_number = len(digits) >= LEAST_DIGITS and re.fullmatch(r"[0-9 ()+/.-]+", typed)
    if is_number and any(
        len(phone) >= LEAST_DIGITS and (phone.endswith(digits) or digits.endswith(phone))
        for phone in phone_digits(cover)
    ):
        return Fit.WHOLE_FIELD
    if any(comparable(field) == typed for field in whole_fields(cover)):
        return Fit.WHOLE_FIELD
    best: Fit | None = None
    beginning = " ".join(words_of(typed))
    for name in names_of(cover):
        words = words_of(comparable(name))
        for place, word in enumerate(words):
            found = None
            if word == beginning:
                found = Fit.WHOLE_WORD
            elif len(beginning) >= LEAST_LETTERS and " ".join(words[place:]).startswith(beginning):
                found = Fit.LATER_WORD_BEGINS if place else Fit.FIRST_WORD_BEGINS
            if found and (best is None or found < best):
                best = found
    return best


def _joined(typed: str) -> str:
    """The words of what was typed, as they stand in the search keys."""
    return WORD.join(words_of(typed))


def _likely(covers: IndexCovers, typed: str) -> Iterator[Cover]:
    """Those whose search key holds the comparable words; whom else they do not fit."""
    beginning = _joined(typed)
    signs = [f"{FIELD}{typed}{FIELD}"]
    if beginning:
        signs.append(f"{WORD}{beginning}")
    if len(digits := re.sub(r"[^0-9]", "", typed)) >= LEAST_DIGITS:
        signs.append(digits[-LEAST_DIGITS:])
    return covers.whose_search_key_holds(signs)


def candidates(covers: Iterable[Cover], typed: str) -> list[Cover]:
    """All whom the words fit best: clients before slips, and of these the open ones before those that are done."""
    plain = comparable(typed)
    fits: dict[tuple[int, Fit], list[Cover]] = {}
    if plain.startswith(SLIP):
        slips = IndexCovers.indexed(covers).called(is_slip)
        spelt = [cover for cover in slips if comparable(cover.client) == plain]
        if meant := spelt or candidates(slips, plain.removeprefix(SLIP).replace("-", " ")):
            return meant
    if plain:
        for cover in _likely(IndexCovers.indexed(covers), plain):
            if (found := fit(cover, plain)) is not None:
                fits.setdefault((_sort(cover), found), []).append(cover)
    return fits[min(fits)] if fits else []


def _sort(cover: Cover) -> int:
    return 0 if not cover.is_slip else 2 if cover.resting is not None else 1


def find(covers: Iterable[Cover], typed: str, desk_first: Callable[[], Iterable[str]] = tuple) -> Cover:
    """The one client that fits. Raises NoClient with the nearest, Ambiguous with all that fit, today's first."""
    covers = IndexCovers.indexed(covers)
    found = candidates(covers, typed)
    spelt = [cover for cover in found if cover.client == typed]
    if len(found) == 1 or (spelt and _only_by_short_name(found, typed)):
        return (spelt or found)[0]
    if not found:
        near = nearest(covers, typed)
        hint = f" Did you mean {' or '.join(near)}?" if near else " All of them: cf list"
        raise NoClient(f'No client is called "{typed}".{hint}', candidates=near)
    today = {client: place for place, client in enumerate(desk_first())}
    found.sort(key=lambda cover: (today.get(cover.client, len(today)), cover.sorted_by))
    names = tuple(cover.client for cover in found)
    raise Ambiguous(f'"{typed}" fits several: {", ".join(names)}. Type more letters.', candidates=names)


def _only_by_short_name(found: Iterable[Cover], typed: str) -> bool:
    """Whether the words are the short name of some, but for its case or accents, and nobody's name."""
    plain = comparable(typed)
    return not any(plain in map(comparable, list(whole_fields(cover))[1:]) for cover in found)


def nearest(covers: IndexCovers, typed: str) -> tuple[str, ...]:
    """The short names of up to three clients whose names look most like the words."""
    from difflib import get_close_matches

    by_word: dict[str, str] = {}
    for client, line in zip(covers.clients, covers.search_keys, strict=True):
        names = line.partition(NUMBER)[0].split(NAME)[1:]
        for word in (names[0].strip(WORD).replace(WORD, " "), *"".join(names).split(WORD)):
            if word:
                by_word.setdefault(word, client)
    close = get_close_matches(comparable(typed), list(by_word), n=6, cutoff=0.6)
    return tuple(dict.fromkeys(by_word[word] for word in close))[:3]


class Owners:
    """Who has which whole field and which number; put together once, for many questions."""

    def __init__(self, covers: Iterable[Cover]) -> None:
        self._covers = {cover.client: cover for cover in covers}
        self._fields: dict[str, dict[str, None]] = {}
        self._numbers: dict[str, dict[str, None]] = {}
        for cover in self._covers.values():
            for field in whole_fields(cover):
                self._fields.setdefault(comparable(field), {})[cover.client] = None
            for number in phone_digits(cover):
                # Numbers that fit one another have their last digits in common.
                if len(number) >= LEAST_DIGITS:
                    self._numbers.setdefault(number[-LEAST_DIGITS:], {})[cover.client] = None

    def of(self, typed: str) -> list[Cover]:
        """All who have the words as a whole field or a number, and hardly anybody else."""
        digits = re.sub(r"[^0-9]", "", typed)
        near = {**self._fields.get(comparable(typed), {}), **self._numbers.get(digits[-LEAST_DIGITS:], {})}
        return [self._covers[client] for client in near]


def letters_that_suffice(covers: Iterable[Cover], wanted: Iterable[Cover]) -> dict[str, int]:
    """For each wanted client, how many first characters of its name find it alone; one that none do is left out.

    The answer of `find` for those characters, looked up in the search keys of all.
    """
    covers = IndexCovers.indexed(covers)
    clients, slips = (_Beginnings(some.search_keys) for some in (covers.contacts, covers.slips))
    suffice = {}
    for cover in wanted:
        line = search_key(cover)
        for length in range(LEAST_LETTERS, len(cover.name) + 1):
            typed = comparable(cover.name[:length])
            if " " in typed:
                break
            if (clients if not cover.is_slip else slips).find_alone(typed, line) and not (
                cover.is_slip and clients.may_find(typed)
            ):
                suffice[cover.client] = length
                break
    return suffice


class _Beginnings:
    """The dossiers' search keys, narrowed down once for every beginning that is asked for."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = {"": lines}
        self._owners: dict[str, list[str]] = {}

    def find_alone(self, typed: str, line: str) -> bool:
        """Whether the comparable word finds the dossier of that line, and no other."""
        # Many names begin alike: of ten thousand that all do, each beginning is looked for once and not once a name.
        if typed not in self._owners:
            self._owners[typed] = self._first_two(typed, _joined(typed))
        return self._owners[typed] == [line]

    def _first_two(self, typed: str, beginning: str) -> list[str]:
        """Of the dossiers that the word fits best the first two, which is enough to know one that is alone."""
        if len(beginning) < LEAST_LETTERS:
            return []
        lines = self._beginning(typed, beginning)
        signs = [f"{FIELD}{typed}{FIELD}", f"{NAME}{WORD}{beginning}"]
        if WORD not in beginning:
            signs.insert(1, f"{WORD}{beginning}{WORD}")
        for sign in signs:
            owners = list(islice((other for other in lines if sign in other), 2))
            if owners:
                return owners
        return []

    def may_find(self, typed: str) -> bool:
        """Whether the comparable word could find any dossier here."""
        return bool(self._beginning(typed, _joined(typed)))

    def _beginning(self, typed: str, beginning: str) -> list[str]:
        if typed not in self._lines:
            shorter = next(typed[:end] for end in range(len(typed) - 1, -1, -1) if typed[:end] in self._lines)
            signs = f"{WORD}{beginning}", f"{FIELD}{typed}"
            self._lines[typed] = [line for line in self._lines[shorter] if signs[0] in line or signs[1] in line]
        return self._lines[typed]


def person_key(cover: Cover, typed: str) -> str:
    """The key of the person at this client, by key or by the beginning of a name's word. Raises Refused."""
    plain = comparable(typed)
    fits = [
        key
        for key, person in cover.people.items()
        if plain == comparable(key)
        or (person.name and any(word.startswith(plain) for word in words_of(comparable(person.name))))
    ]
    exact = [key for key in fits if comparable(key) == plain]
    if len(exact or fits) != 1:
        known = ", ".join(cover.people) or "nobody yet"
        raise Refused(f'"{typed}" is not one person at {cover.name}. There: {known}')
    return (exact or fits)[0]
