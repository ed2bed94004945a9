"""A card that cf has written is taken as it stands: no key is renamed and no text tidied."""

from __future__ import annotations

from clientfolder.exchange import columns, vcard
from clientfolder.exchange.contacts import from_vcard
from clientfolder.exchange.contacts.contact import Contact
from clientfolder.exchange.vcard import Card


def read(lines: str) -> Contact:
    text = f"BEGIN:VCARD\nVERSION:3.0\nPRODID:{columns.PRODID}\n{lines}\nEND:VCARD\n"
    [card] = vcard.read("f", text.encode()).cards
    assert isinstance(card, Card), card
    return from_vcard.contact(card)


def test_keys_stand_as_they_stood() -> None:
    lines = (
        "FN: Herr  Lee \nORG:Alba\nNOTE:a \\n b\nTEL;TYPE=CELL:1\nTEL;TYPE=WORK:1\nitem1.TEL:2\nitem1.X-ABLabel:dílna\n"
        "TEL;X-CF-KEY=phone9:3\nX-SHOE-SIZE:39\nX-CF;X-CF-KEY=Größe:L\nEMAIL:no mail\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-05-07\n"
        "UID:clientfolder:anna-lee\nCATEGORIES:VIP,a b"
    )
    contact = read(lines)
    assert (contact.name, contact.company, contact.client, contact.person) == (" Herr  Lee ", "Alba", "anna-lee", None)
    assert contact.tags == ("VIP", "a b")
    assert contact.who.table() == {
        "note": "a \n b", "phone_mobile": "1", "phone_work": "1", "phone_dílna": "2", "phone9": "3", "shoe_size": "39",
        "Größe": "L", "email": "no mail", "birthday": "--05-07",
    }  # fmt: skip
    assert contact.not_taken == ()


def test_a_person_names_the_client() -> None:
    contact = read("FN:Marek\nORG:Anna Lee\nUID:clientfolder:anna-lee/marek")
    assert (contact.client, contact.person, contact.company) == ("anna-lee", "marek", None)


def test_a_uid_of_another_program_is_kept() -> None:
    assert read("FN:A\nUID:abc").who.table() == {"uid": "abc"}
