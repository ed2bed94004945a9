"""A file is known by what stands in it."""

from __future__ import annotations

import pytest

from clientfolder.errors import Refused
from clientfolder.exchange.contacts import files
from clientfolder.exchange.contacts.contact import BadContact, Contact
from clientfolder.exchange.contacts.files import Source


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ods", b"PK\x03\x04x"),
        ("a.XLSX", b"PK\x03\x04x"),
        ("a.xls", b"\xd0\xcf\x11\xe0x"),
        ("a.csv", b"PK\x03\x04x"),
        ("a", b"\xd0\xcf\x11\xe0x"),
    ],
)
def test_a_workbook_is_refused_with_the_line_that_makes_a_table_of_it(name: str, content: bytes) -> None:
    with pytest.raises(Refused) as no:
        files.check_kind(Source(name, f"~/{name}", content))
    assert "soffice --headless --convert-to csv" in no.value.message
    assert "cf import ~/a.csv" in no.value.message


def test_cards_are_read_or_named() -> None:
    content = "BEGIN:VCARD\nVERSION:4.0\nFN:Žofie\nEND:VCARD\nBEGIN:VCARD\nTEL:\nEND:VCARD\n".encode("utf-16")
    found = files.read_cards(Source("a.vcf", "a.vcf", content), None)
    assert (found.shape, found.encoding, found.read, found.bad) == ("vCard 3.0, 4.0", "UTF-8", 2, 1)
    good, bad = found.contacts
    assert isinstance(good, Contact)
    assert isinstance(bad, BadContact)
    assert (good.name, bad.line) == ("Žofie", 5)


def test_a_mark_that_lies_is_refused() -> None:
    with pytest.raises(Refused):
        files.read_cards(Source("a", "a", b"\xff\xfeB"), None)
