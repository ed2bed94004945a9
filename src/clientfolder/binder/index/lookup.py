"""How typed words find a client: a whole field, a whole word, or the beginning of one; accents or none.

A slip is found by the words of its text, but only where they fit no client, so that no slip takes a client's words
away; and one that is done only where they fit no other. Words that begin with `slips/` mean slips alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum

from clientfolder.binder.index.rows import IndexCovers
from clientfolder.binder.index.search_key import (
    FIELD,
    NAME,
    NUMBER,
    WORD,
    addresses,
    names_of,
    phone_digits,
    search_key,
    whole_fields,
)
from clientfolder.dossier.phones import LEAST_DIGITS, numbers, same_number
from clientfolder.dossier.types import SLIP, Cover, is_slip
from clientfolder.errors import Ambiguous, NoClient, Refused
from clientfolder.text import comparable, words_of
from clientfolder.tuples import NamedTuple

LEAST_LETTERS = 2


class Fit(IntEnum):
    """How well words fit; the better beats the worse."""

    WHOLE_FIELD = 1
    WHOLE_WORD = 2
    FIRST_WORD_BEGINS = 3
    LATER_WORD_BEGINS = 4


def fit(cover: Cover, typed: str) -> Fit | None:
    """How the comparable words fit this client; None if they do not."""
    number = _number(typed)
    if number and any(same_number(number, other) for other in phone_digits(cover)):
        return Fit.WHOLE_FIELD
    meant = {typed, *addresses(typed)}
    if any(comparable(field) in meant for field in whole_fields(cover)):
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


def _number(typed: str) -> str | None:
    """The digits of what was typed, where that is one phone number and no name."""
    found = numbers(typed) if re.match(r"(?:tel:)?[+(\[ ]*[0-9]", typed) else []
    return found[0] if len(found) == 1 else None


def is_whole(cover: Cover, typed: str) -> bool:
    """Whether the words are the whole of one of the client's names, addresses or numbers."""
    return fit(cover, comparable(typed)) is Fit.WHOLE_FIELD


class WholeAhead(NamedTuple):
    """How many of some words together are the whole of a name, and whose: all who have it. 1 and nobody for none."""

    length: int = 1
    covers: tuple[Cover, ...] = ()


def whole_ahead(covers: Iterable[Cover], words: Sequence[str]) -> WholeAhead:
    """The longest run of the first words, two at least, that is the whole of a field or a phone number.

    A client goes before a slip, which needs to be longer than a client's whole name or word with which it begins.
    """
    covers = IndexCovers.indexed(covers)
    found: dict[bool, WholeAhead] = {}
    for count in range(1, len(words) + 1):
        plain = comparable(" ".join(words[:count])).rstrip(" ,")
        if not plain or next(covers.whose_search_key_holds([f"{FIELD}{plain}"]), None) is None:
            break
        if count > 1:
            whole = [cover for cover in _likely(covers, plain) if plain in map(comparable, whole_fields(cover))]
            for is_slip_ in (False, True):
                if fits := tuple(cover for cover in whole if cover.is_slip is is_slip_):
                    found[is_slip_] = WholeAhead(count, fits)
    if False in found or True not in found:
        return found.get(False) or _number_ahead(covers, words)
    beaten = (fit(cover, comparable(words[0])) for cover in candidates(covers.contacts, words[0]))
    return WholeAhead() if any(how in (Fit.WHOLE_FIELD, Fit.WHOLE_WORD) for how in beaten) else found[True]


def _number_ahead(covers: IndexCovers, words: Sequence[str]) -> WholeAhead:
    """The longest run of the first words, two at least, that is a number as it stands on a display."""
    count = next((at for at, word in enumerate(words) if not re.fullmatch(r"[+(]?[0-9][0-9()/.-]*", word)), len(words))
    for length in range(count, 1, -1):
        if _number(typed := comparable(" ".join(words[:length]))) and (fits := candidates(covers, typed)):
            return WholeAhead(length, tuple(fits))
    return WholeAhead()


def _joined(typed: str) -> str:
    """The words of what was typed, as they stand in the search keys."""
    return WORD.join(words_of(typed))


def _likely(covers: IndexCovers, typed: str) -> Iterator[Cover]:
    """Those whose search key holds the comparable words; whom else they do not fit."""
    beginning = _joined(typed)
    signs = [f"{FIELD}{text}{FIELD}" for text in (typed, *addresses(typed))]
    if beginning:
        signs.append(f"{WORD}{beginning}")
    if number := _number(typed):
        # Of two that are one, these digits are the same.
        signs.append(number[-LEAST_DIGITS:])
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
        is_short = len(comparable(typed)) < LEAST_LETTERS
        near = () if is_short else nearest(covers, typed)
        hint = f"Did you mean {' or '.join(near)}?" if near else "All of them"
        if is_short:
            hint = f"It takes {LEAST_LETTERS} letters of a name. {hint}"
        raise NoClient(f'No client is called "{typed}". {hint}', candidates=near, then=() if near else ("list",))
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
                self._numbers.setdefault(number[-LEAST_DIGITS:], {})[cover.client] = None

    def of(self, typed: str) -> list[Cover]:
        """All who have the words as a whole field or a number, and hardly anybody else."""
        plain = comparable(typed)
        number = _number(plain) or ""
        near = {**self._fields.get(plain, {}), **self._numbers.get(number[-LEAST_DIGITS:], {})}
        return [self._covers[client] for client in near]


def letters_that_suffice(
    covers: Iterable[Cover], wanted: Iterable[Cover], unreadable: Iterable[str] = ()
) -> dict[str, int]:
    """For each wanted client, how many first characters of its name find it alone; one that none do is left out.

    The answer of `find` for those characters. `unreadable`: the short names of dossiers that cannot be read; whoever
    types one of them means that dossier.
    """
    covers, wanted = IndexCovers.indexed(covers), list(wanted)
    slips = [cover for cover in wanted if cover.is_slip and cover.resting is None]
    clients = _Keys(covers.contacts.search_keys)
    taken = {comparable(client) for client in unreadable}
    suffice = {}
    for cover, alone in clients.found_alone(cover for cover in wanted if not cover.is_slip):
        suffice[cover.client] = next((typed.length for typed in alone if typed.folded not in taken), 0)
    for cover, alone in _Keys(covers.slips.search_keys).found_alone(slips) if slips else ():
        free = (typed for typed in alone if typed.folded not in taken and not clients.finds_any(typed))
        suffice[cover.client] = next((typed.length for typed in free), 0)
    return {client: length for client, length in suffice.items() if length}


class _Typed(NamedTuple):
    """The first `length` characters of a name: comparable, and their words as they stand in a search key."""

    length: int
    folded: str
    joined: str

    @classmethod
    def beginnings(cls, name: str) -> list[_Typed]:
        """What may be typed of a name's first word, but for what is also looked for among the phone numbers."""
        found = []
        for length in range(LEAST_LETTERS, len(name) + 1):
            folded = comparable(name[:length])
            if " " in folded or folded.startswith(SLIP) or len(re.sub(r"[^0-9]", "", folded)) >= LEAST_DIGITS:
                break
            if len(joined := _joined(folded)) >= LEAST_LETTERS:
                found.append(cls(length, folded, joined))
        return found

    @property
    def exactly(self) -> list[str]:
        """What stands in the keys of those whom it fits as a whole field, and as a whole word."""
        word = [] if WORD in self.joined else [f"{WORD}{self.joined}{WORD}"]
        return [f"{FIELD}{self.folded}{FIELD}", *word]


class _Keys:
    """The search keys of many dossiers as one text, of which two searches take what the answers need.

    At 10,000 keys such a search takes 4 to 8 ms; to look at the keys one by one takes as long for each name.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._text = "\n".join(keys)

    def found_alone(self, wanted: Iterable[Cover]) -> Iterator[tuple[Cover, Iterator[_Typed]]]:
        """Each of these with the beginnings of its name that find it and no other here, the shortest first."""
        tried = [(cover, search_key(cover), _Typed.beginnings(cover.name)) for cover in wanted]
        names = self._names({typed[0].joined for _, _, typed in tried if typed})
        own = [[typed for typed in all_ if names.has_no_more(typed.joined, key)] for _, key, all_ in tried]
        exact = self._fields_and_words({text for typed in own if typed for text in typed[0][1:]})
        for (cover, key, all_), alone in zip(tried, own, strict=True):
            free = {typed for typed in alone if exact.isdisjoint(typed[1:]) or self._holds_only_letters_of(typed)}
            yield cover, (typed for typed in all_ if self._finds_alone(typed, key, names, typed in free))

    def _names(self, begin: set[str]) -> _Names:
        """The names that begin with one of these."""
        found = re.findall(f"{NAME}{WORD}({_any_of(begin)}[^{NAME}{NUMBER}\n]*)", self._text) if begin else []
        return _Names(sorted(found))

    def _fields_and_words(self, begin: set[str]) -> set[str]:
        """The whole fields and the whole words that begin with one of these; several words are no whole word."""
        begin = {text for text in begin if WORD not in text}
        # With one sign before both, the search looks for that sign first, which is three times as fast.
        text = self._text.replace(FIELD, WORD) if begin else ""
        return set(re.findall(f"{WORD}({_any_of(begin)}[^{WORD}]*)", text)) if begin else set()

    def _holds_only_letters_of(self, typed: _Typed) -> bool:
        """Whether nothing is whole what was typed, but a field is what its words are without their marks: `ss`, `.ss`.

        The sets of fields and words cannot tell these two apart.
        """
        return typed.folded != typed.joined and not any(sign in self._text for sign in typed.exactly)

    def _finds_alone(self, typed: _Typed, key: str, names: _Names, is_free: bool) -> bool:
        """Whether it finds the dossier of that key alone; `is_free`: no other name begins so, nothing is it whole."""
        signs = typed.exactly
        if not any(sign in key for sign in signs):
            return is_free
        if signs[0] not in key and names.has_more(f"{typed.joined}{WORD}", key):
            # It is a word of this name, but of another too.
            return False
        for sign in signs:
            if count := self._text.count(sign):
                return count == key.count(sign)
        return False

    def finds_any(self, typed: _Typed) -> bool:
        """Whether it finds any dossier here."""
        return f"{WORD}{typed.joined}" in self._text or f"{FIELD}{typed.folded}{FIELD}" in self._text


class _Names(NamedTuple):
    """Names as they stand in search keys, in order."""

    names: list[str]

    def has_no_more(self, begin: str, key: str) -> bool:
        """Whether names in that key begin so, and no others do."""
        return f"{NAME}{WORD}{begin}" in key and not self.has_more(begin, key)

    def has_more(self, begin: str, key: str) -> bool:
        """Whether a name begins so that is not in that key."""
        next_one = bisect_left(self.names, begin) + key.count(f"{NAME}{WORD}{begin}")
        return "".join(self.names[next_one : next_one + 1]).startswith(begin)


def _any_of(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, texts))})"


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
