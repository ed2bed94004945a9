"""A table of contacts as an import reads it, on a day of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from clientfolder.dates.grammar import Ground
from clientfolder.dates.phrases import read as phrase
from clientfolder.exchange import table_reader
from clientfolder.exchange.contacts import from_table, shapes
from clientfolder.exchange.contacts.contact import Contact
from clientfolder.exchange.contacts.plan import FileRead
from clientfolder.exchange.contacts.table_row import Reads


def read_table(text: str, *pairs: str, day_first: bool | None = None) -> FileRead:
    table = table_reader.read("f.csv", text.encode(), shapes.fits)
    found = from_table.meant(table, "f.csv", pairs, lambda header: {})
    ground = Ground(date(2026, 7, 15), day_first=day_first)
    return from_table.read("f.csv", found, Reads(lambda said: phrase(said, ground), lambda kind: None, day_first))


def read_contact(text: str, *pairs: str, **how: Any) -> Contact:
    [contact] = read_table(text, *pairs, **how).contacts
    assert isinstance(contact, Contact), contact
    return contact
