"""What the look-up searches of a dossier: one line that holds every name and number by which it may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientfolder.dossier.phones import numbers
from clientfolder.dossier.types import REACHED_AT, SLIP, Cover
from clientfolder.text import comparable, words_of

# The signs between the parts of a search key are blanks of a kind that no comparable text holds.
FIELD, NAME, WORD, NUMBER = "\t", "\r", "\v", "\f"


def names_of(cover: Cover) -> Iterator[str]:
    """The names whose words find the dossier, that of the client first."""
    yield cover.name
    if cover.company:
        yield cover.company
    for person in cover.people.values():
        if person.name:
            yield person.name
    yield cover.client.removeprefix(SLIP).replace("-", " ")


def whole_fields(cover: Cover) -> Iterator[str]:
    """The texts that find the dossier when typed in full, the short name first."""
    yield cover.client
    yield cover.name
    if cover.company:
        yield cover.company
    for key, person in cover.people.items():
        yield key
        if person.name:
            yield person.name
    for text in _reached_at(cover):
        if "@" in text:
            yield text
            yield from (address for address in addresses(text) if address != text)


def addresses(text: str) -> list[str]:
    """The mail addresses in a text such as `Cor Cap <cor@cap.example>`."""
    return re.findall(r"[^\s<>(),;:\"\[\]]+@[^\s<>(),;:\"\[\]]+", text)


def phone_digits(cover: Cover) -> Iterator[str]:
    """The digits of each phone and fax number, as `phones.numbers` has them."""
    for text in _reached_at(cover):
        if "@" not in text:
            yield from numbers(text)


def _reached_at(cover: Cover) -> Iterator[str]:
    """All numbers and addresses of the client and its people, as they are written."""
    yield from (text for text in (cover.phone, cover.email, *cover.reached_at) if text)
    for person in cover.people.values():
        yield from (text for text in (person.phone, person.email) if text)
        for key, value in person.more.items():
            if key.startswith(REACHED_AT):
                yield from map(str, value if isinstance(value, list) else [value])


def search_key(cover: Cover) -> str:
    """The line of one dossier: first its whole fields, then its names word by word, then its numbers.

    Whatever words fit the dossier, their beginning stands here behind the sign of what they fit.
    """
    fields = FIELD.join(map(comparable, whole_fields(cover)))
    names = "".join(f"{NAME}{WORD}{WORD.join(words_of(comparable(name)))}{WORD}" for name in names_of(cover))
    numbers = "".join(f"{NUMBER}{number}" for number in phone_digits(cover))
    return f"{FIELD}{fields}{FIELD}{names}{numbers}"
