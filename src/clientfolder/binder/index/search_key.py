"""What the look-up searches of a dossier: one line that holds every name and number by which it may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientfolder.dossier.types import SLIP, Cover
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
    if cover.email:
        yield cover.email
    for key, person in cover.people.items():
        yield key
        if person.name:
            yield person.name
        if person.email:
            yield person.email


def phone_digits(cover: Cover) -> Iterator[str]:
    """The digits of each phone number."""
    for phone in (cover.phone, *(person.phone for person in cover.people.values())):
        if isinstance(phone, str):
            yield re.sub(r"[^0-9]", "", phone)


def search_key(cover: Cover) -> str:
    """The line of one dossier: first its whole fields, then its names word by word, then its numbers.

    Whatever words fit the dossier, their beginning stands here behind the sign of what they fit.
    """
    fields = FIELD.join(map(comparable, whole_fields(cover)))
    names = "".join(f"{NAME}{WORD}{WORD.join(words_of(comparable(name)))}{WORD}" for name in names_of(cover))
    numbers = "".join(f"{NUMBER}{number}" for number in phone_digits(cover))
    return f"{FIELD}{fields}{FIELD}{names}{numbers}"
