"""A file of contacts read, whatever it is: vCards, or a table of any program."""

from __future__ import annotations

import re

from clientfolder.errors import Refused
from clientfolder.exchange import encoding, vcard
from clientfolder.exchange.contacts import from_vcard
from clientfolder.exchange.contacts.contact import BadContact, Contact, NoName
from clientfolder.exchange.contacts.plan import FileRead
from clientfolder.tuples import NamedTuple

MOST_BYTES = 50_000_000
_WORKBOOKS = {"ods": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "xls": b"\xd0\xcf\x11\xe0"}
_TO_CSV = 'soffice --headless --convert-to csv:"Text - txt - csv (StarCalc)":44,34,76'


class Source(NamedTuple):
    """A file as it lies there: its name in letters, its path as it was typed, and its bytes."""

    name: str
    typed: str
    content: bytes


def read_cards(source: Source, said: str | None) -> FileRead:
    """The contacts of a file of vCards. Raises Refused."""
    content, mark = _text_bytes(source, said)
    found = vcard.read(source.name, content, mark or said)
    contacts: list[Contact | BadContact] = []
    for card in found.cards:
        if isinstance(card, vcard.BadCard):
            contacts.append(BadContact(card.line, card.why))
        elif from_vcard.is_group(card):
            contacts.append(BadContact(card.line, "a group of contacts, and nobody", is_left=True))
        else:
            try:
                contacts.append(from_vcard.contact(card))
            except NoName as none:
                contacts.append(BadContact(card.line, str(none)))
    shape = f"vCard {', '.join(found.versions)}" if found.versions else "vCard"
    return FileRead(source.name, shape, encoding.shown(mark or found.encoding), tuple(contacts))


def _text_bytes(source: Source, said: str | None) -> tuple[bytes, str | None]:
    """The bytes, in UTF-8 where a mark tells what they are; then the name of that encoding."""
    try:
        content, mark = encoding.without_mark(source.content)
    except ValueError:
        message = "The mark at its beginning says that it is UTF-16 or UTF-32, and it is not"
        raise Refused(message, file=source.name, line=1) from None
    return content, (encoding.UTF_8 if mark and content is not source.content and said is None else None)


def check_kind(source: Source, then: str = "cf import") -> None:
    """Raises Refused for a workbook of a spreadsheet, with the line that makes a table of it, and `then` reads that."""
    ending = source.name.rpartition(".")[2].lower()
    is_one = ending in _WORKBOOKS or source.content.startswith(_WORKBOOKS["xls"])
    if is_one or source.content.startswith(b"PK\x03\x04"):
        table = re.sub(r"\.(ods|xlsx?|zip)$", "", source.typed, flags=re.IGNORECASE) + ".csv"
        raise Refused(
            f"This is a workbook, and cf reads tables. Make one of it: {_TO_CSV} {source.typed}, then: {then} {table}",
            file=source.name,
        )
