"""Short names: from a client's name to the stem of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from clientfolder import when
from clientfolder.errors import PhraseRefused
from clientfolder.tickler import slots

LONGEST = 80
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "å": "a"}
)
# What could stand at the beginning of a line for a client, and is said in another sense there.
_PHRASE_WORDS = frozenset({"today", "tomorrow", "yesterday", "next", "eow", "eom", "eoq", "eoy"})


def short_name(name: str) -> str:
    """ASCII, lower case, at most 80 characters, never empty, reserved, a slot or a date phrase."""
    plain = unicodedata.normalize("NFC", name).lower().translate(_DIGRAPHS)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    if not plain.isascii():
        # Here and not above: its tables are only wanted for names in other scripts.
        from anyascii import anyascii

        plain = "".join(c if c.isascii() or not c.isalnum() else anyascii(c).lower() for c in plain)
    stem = re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", plain)).strip("-")[:LONGEST].strip("-")
    if not stem:
        return "client-1"
    if stem in _RESERVED or is_phrase(stem):
        return f"client-{stem}"[:LONGEST].strip("-")
    return stem


def _is_phrase(stem: str) -> bool:
    if stem in _PHRASE_WORDS or slots.parse(stem):
        return True
    if not when.may_be(stem):
        return False
    from datetime import date

    # Any day does: whether a stem is a phrase hangs on its shape, and in a leap year no day is missing.
    for ground in (date(2024, 1, 1), date(2023, 12, 30)):
        try:
            when.read(stem, when.Ground(ground, day_first=True))
        except PhraseRefused:
            continue
        return True
    return False


def same(name: str) -> str:
    """What two names have in common that are one name to a reader."""
    return unicodedata.normalize("NFC", name).casefold()


def is_phrase(stem: str) -> bool:
    """Whether it would be said in another sense: a slot, or a date."""
    return stem in slots.NAMES or _is_phrase(stem)


def is_portable(stem: str) -> bool:
    """Whether every system can hold a file of this name."""
    first = stem.partition(".")[0].rstrip(" ").lower()
    return first not in _RESERVED and not re.search(r'[<>:"|?*\\\x00-\x1f\ud800-\udfff]|[ .]$', stem)


def is_short_name(stem: str) -> bool:
    """Whether this program would have given a file that name."""
    return short_name(stem) == stem


def free(stem: str, taken: Container[str]) -> str:
    """The short name itself, or with the first number that makes it unique; `taken` is in lower case."""
    if stem not in taken:
        return stem
    base = "client-" if stem == "client-1" else f"{stem}-"
    number = 2
    while (numbered := f"{base[: LONGEST - len(str(number))]}{number}") in taken:
        number += 1
    return numbered
