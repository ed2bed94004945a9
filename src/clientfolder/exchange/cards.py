"""Contact cards for phones and address books, vCard 3.0: one for each client, and for each further person there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clientfolder.binder.names import short_name
from clientfolder.dossier import birthdays
from clientfolder.dossier.types import Dossier
from clientfolder.exchange.columns import KEY_PARAMETER, PRODID, PROPERTIES, SEVERAL, TYPES, UID, property_of, text_of
from clientfolder.exchange.exported import Exported

MOST_OCTETS = 75
_CARD = re.compile(r"BEGIN:VCARD\r\n(?:(?!BEGIN:VCARD|END:VCARD).+\r\n)+END:VCARD\r\n")
_UID = re.compile(r"^UID(?:;[^:]*)?:(.*(?:\r\n .*)*)\r$", re.MULTILINE)
# Phones that know no birthday without a year write this one, and say that it is none.
_NO_YEAR = 1604
# The property under which each key with labels stands.
_OF_KEY = {key: name for name, key in PROPERTIES.items()} | {"fax": "TEL", "pager": "TEL"}
_LABELS = {label: type for type, label in TYPES.items()}
_UNQUOTED = str.maketrans({'"': "'", "\n": " "})
# Keys of their own property in this version, which has no labels for them.
_PLAIN = {"note": "NOTE", "nickname": "NICKNAME"}


def write(dossiers: Iterable[Dossier], old: Mapping[str, str]) -> Exported:
    """The cards of these clients, in the order of their short names, those of their people behind them."""
    cards = [card for dossier in sorted(dossiers, key=lambda one: one.client) for card in _cards(dossier)]
    same = sum(old.get(_uid_in(card)) == card for card in cards)
    changed = sum(_uid_in(card) in old for card in cards) - same
    return Exported("".join(cards).encode(), len(cards), changed, same=same)


def read(raw: bytes) -> dict[str, str] | None:
    """The cards of a file that this program has written, by their UID; None for any other, and for a part of one."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    cards = _CARD.findall(text)
    if "".join(cards) != text or any(f"\r\nPRODID:{PRODID}\r\n" not in card for card in cards):
        return None
    return {_uid_in(card): card for card in cards}


def _uid_in(card: str) -> str:
    found = _UID.search(card)
    return found[1] if found else ""


# Cards --------------------------------------------------------------------------------------------------


def _cards(dossier: Dossier) -> Iterator[str]:
    of_company = [text for text in [text_of(dossier.company or "")] if text]
    yield _card(dossier.client, dossier.name, of_company, dossier.card, dossier.tags)
    for key, person in dossier.people.items():
        values = {"phone": person.phone, "email": person.email, **person.more}
        yield _card(f"{dossier.client}/{key}", person.name or key, [text_of(dossier.name) or dossier.client], values)


def _card(
    who: str, name: str, company: list[str], values: Mapping[str, Any], tags: Iterable[str] = ()
) -> str:  # fmt: skip
    """One card. `who`: the short name, of a person with the key behind a slash; `company`: none, or one."""
    texts = {key: text for key, value in values.items() if value is not None and (text := text_of(value))}
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{PRODID}", _uid(who, texts.pop("uid", ""), name)]
    called = _escaped(text_of(name) or who)
    lines += [f"FN:{called}", f"N:{called};;;;"]
    if company:
        # What else stands there is the department.
        lines.append(f"ORG:{';'.join(map(_escaped, [*company, *filter(None, [texts.pop('department', '')])]))}")
    items = 0
    for key, text in texts.items():
        for line in _property(key, text, texts, f"item{items + 1}"):
            items += ".X-ABLabel:" in line
            lines.append(line)
    if categories := ",".join(_escaped(tag) for tag in map(text_of, tags) if tag):
        lines.append(f"CATEGORIES:{categories}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _uid(who: str, kept: str, name: str) -> str:
    """The UID that came with the card, else one of our own, which tells whose card it is.

    Beside one that came with it this stands where the name does not tell it either.
    """
    if not kept:
        return f"UID:{_escaped(UID + who)}"
    return f"UID{'' if who == short_name(name) else _parameter(KEY_PARAMETER, who)}:{_escaped(kept)}"


def _property(key: str, text: str, texts: Mapping[str, str], item: str) -> Iterator[str]:
    """The lines of one key of a card; those of a label of one's own begin with `item`."""
    if key == "birthday" and (line := _birthday(text)):
        yield line
        return
    if key in _PLAIN:
        yield f"{_PLAIN[key]}:{_escaped(text)}"
        return
    base, label = _of_several(key)
    if not base:
        yield f"{property_of(key) or f'X-CF{_parameter(KEY_PARAMETER, key)}'}:{_escaped(text)}"
        return
    # The first of several is the one without a label, and so is read as that, whatever it was.
    named = _parameter(KEY_PARAMETER, key) if label and (base not in texts or label not in _LABELS) else ""
    kinds = [_LABELS[label]] if label in _LABELS else []
    kinds += [base.upper()] if base in ("fax", "pager") else []
    types = f";TYPE={','.join(kinds)}" if kinds else ""
    value = f";;{_escaped(text)};;;;" if base == "address" else _escaped(text)
    is_ones_own = bool(label) and label not in _LABELS and not label.isdigit()
    yield f"{f'{item}.' if is_ones_own else ''}{_OF_KEY[base]}{types}{named}:{value}"
    if is_ones_own:
        yield f"{item}.X-ABLabel:{_escaped(label)}"


def _of_several(key: str) -> tuple[str, str]:
    """Of a key that there may be several of the key without its label, and the label: `phone_work`, `phone2`."""
    for base in SEVERAL:
        if found := re.fullmatch(rf"{base}(?:_([a-z0-9_]+)|([2-9]|[1-9]\d+))?", key):
            return base, found[1] or found[2] or ""
    return "", ""


def _birthday(text: str) -> str | None:
    """A birthday as phones write it; None for a text that is none."""
    day = birthdays.read(text)
    if day is None:
        return None
    if day.year is None:
        return f"BDAY;X-APPLE-OMIT-YEAR={_NO_YEAR}:{_NO_YEAR}-{day.month:02}-{day.number:02}"
    return f"BDAY:{day.year:04}-{day.month:02}-{day.number:02}"


# Lines --------------------------------------------------------------------------------------------------


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _parameter(name: str, value: str) -> str:
    """A parameter in quotes, in which neither a quote nor a line end can stand."""
    return f';{name}="{text_of(value).translate(_UNQUOTED)}"'


def _folded(line: str) -> str:
    """A line in pieces of 75 octets at the most, cut between characters; a blank begins those behind the first."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MOST_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)
