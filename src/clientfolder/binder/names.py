"""Short names: from a client's name to the stem of its file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from clientfolder.dates import phrases
from clientfolder.dates.grammar import Ground, may_be_phrase
from clientfolder.dates.vocabulary import Refusal
from clientfolder.tickler import slots

LONGEST, LONGEST_OF_SLIP = 80, 40
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_DIGRAPHS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "å": "a"}
)
# What could stand at the beginning of a line for a client, and is said in another sense there.
_PHRASE_WORDS = frozenset({"today", "tomorrow", "yesterday", "next", "eow", "eom", "eoq", "eoy"})


def short_name(name: str) -> str:
    """ASCII, lower case, at most 80 characters, never empty, reserved, a slot or a date phrase."""
    stem = _stem(name)[:LONGEST].strip("-")
    if not stem:
        return "client-1"
    if stem in _RESERVED or is_phrase(stem):
        return f"client-{stem}"[:LONGEST].strip("-")
    return stem


def slip_name(text: str) -> str:
    """The short name of a slip, without its directory: whole words of the text, of at most 40 characters in all."""
    stem = _stem(text)
    if len(stem) > LONGEST_OF_SLIP:
        cut = stem[: LONGEST_OF_SLIP + 1]
        stem = cut.rpartition("-")[0] or cut[:-1]
    return f"slip-{stem}" if stem in _RESERVED else stem.strip("-") or "slip-1"


def key_of_label(label: str) -> str:
    """A key of a card made from a label: `první zakázka` -> `prvni_zakazka`; empty where nothing is left of it."""
    return _stem(label)[:LONGEST].strip("-").replace("-", "_")


def _stem(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).lower().translate(_DIGRAPHS)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    if not plain.isascii():
        # Here and not above: its tables are only wanted for names in other scripts.
        from anyascii import anyascii

        plain = "".join(c if c.isascii() or not c.isalnum() else anyascii(c).lower() for c in plain)
    return re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", plain)).strip("-")


def _is_phrase(stem: str) -> bool:
    if stem in _PHRASE_WORDS or slots.parse(stem):
        return True
    if not may_be_phrase(stem):
        return False
    from datetime import date

    # Any day does: whether a stem is a phrase hangs on its shape, and in a leap year no day is missing.
    for ground in (date(2024, 1, 1), date(2023, 12, 30)):
        try:
            phrases.understood(stem, Ground(ground, day_first=True))
        except Refusal:
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


def is_name_of_slip(stem: str) -> bool:
    """Whether this program would have given the file of a slip that name, or numbered it so."""
    unnumbered = re.sub(r"-[0-9]+\Z", "", stem)
    return slip_name(stem) == stem or slip_name(unnumbered) == unnumbered


def free(stem: str, taken: Container[str]) -> str:
    """The short name itself, or with the first number that makes it unique; `taken` is in lower case."""
    if stem not in taken:
        return stem
    base = stem[:-1] if stem in ("client-1", "slip-1") else f"{stem}-"
    number = 2
    while (numbered := f"{base[: LONGEST - len(str(number))]}{number}") in taken:
        number += 1
    return numbered
