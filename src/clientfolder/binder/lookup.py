"""How typed words find a client: a whole field, a whole word, or the beginning of one; accents or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum

from clientfolder.dossier import Cover
from clientfolder.errors import Ambiguous, NoClient, Refused

# Letters whose stroke is no accent that Unicode takes off.
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"})

LEAST_LETTERS = 2
LEAST_DIGITS = 6


class Fit(IntEnum):
    """How well words fit; the better beats the worse."""

    WHOLE_FIELD = 1
    WHOLE_WORD = 2
    FIRST_WORD_BEGINS = 3
    LATER_WORD_BEGINS = 4


def folded(text: str) -> str:
    """Without case and accents, blanks in single runs."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
        text = text.translate(_STROKED)
    return " ".join(text.casefold().split())


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)


def _names(cover: Cover) -> Iterator[str]:
    yield cover.name
    if cover.company:
        yield cover.company
    for person in cover.people.values():
        if person.name:
            yield person.name
    yield cover.client.replace("-", " ")


def _whole_fields(cover: Cover) -> Iterator[str]:
    yield cover.client
    yield cover.name
    if cover.company:
        yield cover.company
    if cover.email:
        yield cover.email
    for key, person in cover.people.items():
        yield key
        if person.name:
            yield person.name
        if person.email:
            yield person.email


def _phones(cover: Cover) -> Iterator[str]:
    for phone in (cover.phone, *(person.phone for person in cover.people.values())):
        if isinstance(phone, str):
            yield re.sub(r"[^0-9]", "", phone)


def fit(cover: Cover, typed: str) -> Fit | None:
    """How the folded words fit this client; None if they do not."""
    digits = re.sub(r"[^0-9]", "", typed)
    is_number = len(digits) >= LEAST_DIGITS and re.fullmatch(r"[0-9 ()+/.-]+", typed)
    if is_number and any(
        len(phone) >= LEAST_DIGITS and (phone.endswith(digits) or digits.endswith(phone)) for phone in _phones(cover)
    ):
        return Fit.WHOLE_FIELD
    if any(folded(field) == typed for field in _whole_fields(cover)):
        return Fit.WHOLE_FIELD
    best: Fit | None = None
    beginning = " ".join(words_of(typed))
    for name in _names(cover):
        words = words_of(folded(name))
        for place, word in enumerate(words):
            found = None
            if word == beginning:
                found = Fit.WHOLE_WORD
            elif len(beginning) >= LEAST_LETTERS and " ".join(words[place:]).startswith(beginning):
                found = Fit.LATER_WORD_BEGINS if place else Fit.FIRST_WORD_BEGINS
            if found and (best is None or found < best):
                best = found
    return best


def candidates(covers: Iterable[Cover], typed: str) -> list[Cover]:
    """All whom the words fit best."""
    plain = folded(typed)
    fits: dict[Fit, list[Cover]] = {}
    if plain:
        for cover in covers:
            if (found := fit(cover, plain)) is not None:
                fits.setdefault(found, []).append(cover)
    return fits[min(fits)] if fits else []


def find(covers: Iterable[Cover], typed: str, desk_first: Iterable[str] = ()) -> Cover:
    """The one client that fits. Raises NoClient with the nearest, Ambiguous with all that fit, today's first."""
    covers = tuple(covers)
    found = candidates(covers, typed)
    spelt = [cover for cover in found if cover.client == typed]
    if len(found) == 1 or (spelt and _only_by_short_name(found, typed)):
        return (spelt or found)[0]
    if not found:
        near = nearest(covers, typed)
        hint = f" Did you mean {' or '.join(near)}?" if near else " All of them: cf list"
        raise NoClient(f'No client is called "{typed}".{hint}', candidates=near)
    today = {client: place for place, client in enumerate(desk_first)}
    found.sort(key=lambda cover: (today.get(cover.client, len(today)), cover.sorted_by))
    names = tuple(cover.client for cover in found)
    raise Ambiguous(f'"{typed}" fits several: {", ".join(names)}. Type more letters.', candidates=names)


def _only_by_short_name(found: Iterable[Cover], typed: str) -> bool:
    """Whether the words are the short name of some, but for its case or accents, and nobody's name."""
    plain = folded(typed)
    return not any(plain in map(folded, list(_whole_fields(cover))[1:]) for cover in found)


def nearest(covers: Iterable[Cover], typed: str) -> tuple[str, ...]:
    """The short names of up to three clients whose names look most like the words."""
    from difflib import get_close_matches

    by_word: dict[str, str] = {}
    for cover in covers:
        by_word.setdefault(folded(cover.name), cover.client)
        for name in _names(cover):
            for word in words_of(folded(name)):
                by_word.setdefault(word, cover.client)
    close = get_close_matches(folded(typed), list(by_word), n=6, cutoff=0.6)
    return tuple(dict.fromkeys(by_word[word] for word in close))[:3]


def owners(covers: Iterable[Cover]) -> dict[str, set[str]]:
    """For each whole field, folded, the short names of the clients that have it."""
    fields: dict[str, set[str]] = {}
    for cover in covers:
        for field in _whole_fields(cover):
            fields.setdefault(folded(field), set()).add(cover.client)
    return fields


def letters_that_suffice(covers: Iterable[Cover], wanted: Iterable[Cover]) -> dict[str, int]:
    """For each wanted client, how many first characters of its name find it alone; one that none do is left out.

    The answer of `find` for those characters, worked out from one sorted list of all names.
    """
    covers = tuple(covers)
    fields = owners(covers)
    words: dict[str, set[str]] = {}
    names: list[tuple[str, str]] = []
    for cover in covers:
        for name in _names(cover):
            parts = words_of(folded(name))
            names.append((" ".join(parts), cover.client))
            for word in parts:
                words.setdefault(word, set()).add(cover.client)
    names.sort()
    suffice = {}
    for cover in wanted:
        for length in range(LEAST_LETTERS, len(cover.name) + 1):
            typed = folded(cover.name[:length])
            beginning = " ".join(words_of(typed))
            if " " in typed or len(beginning) < LEAST_LETTERS:
                continue
            theirs = fields.get(typed) or words.get(beginning) or _owners_of(beginning, names)
            if all(owner == cover.client for owner in theirs):
                suffice[cover.client] = length
                break
    return suffice


def _owners_of(beginning: str, sorted_names: list[tuple[str, str]]) -> Iterator[str]:
    """Whose names begin so."""
    from bisect import bisect_left

    place = bisect_left(sorted_names, (beginning,))
    while place < len(sorted_names) and sorted_names[place][0].startswith(beginning):
        yield sorted_names[place][1]
        place += 1


def person_key(cover: Cover, typed: str) -> str:
    """The key of the person at this client, by key or by the beginning of a name's word. Raises Refused."""
    plain = folded(typed)
    fits = [
        key
        for key, person in cover.people.items()
        if plain == folded(key)
        or (person.name and any(word.startswith(plain) for word in words_of(folded(person.name))))
    ]
    exact = [key for key in fits if folded(key) == plain]
    if len(exact or fits) != 1:
        known = ", ".join(cover.people) or "nobody yet"
        raise Refused(f'"{typed}" is not one person at {cover.name}. There: {known}')
    return (exact or fits)[0]
