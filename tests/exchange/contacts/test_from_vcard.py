"""Each line of a card stands under the key where somebody looks for it."""

from __future__ import annotations

from typing import Any

import pytest

from clientfolder.exchange import vcard
from clientfolder.exchange.contacts import from_vcard
from clientfolder.exchange.contacts.contact import Contact
from clientfolder.exchange.vcard import Card


def read(lines: str, version: str = "3.0") -> Contact:
    text = f"BEGIN:VCARD\nVERSION:{version}\nFN:Anna\n{lines}\nEND:VCARD\n"
    [card] = vcard.read("f", text.encode()).cards
    assert isinstance(card, Card), card
    return from_vcard.contact(card)


CASES: list[tuple[str, dict[str, Any]]] = [
    ("TEL;TYPE=CELL:1\nTEL;TYPE=WORK,VOICE:2", {"phone": "1", "phone_work": "2"}),
    ("TEL;HOME:1\nTEL;CELL;PREF:2", {"phone": "2", "phone_home": "1"}),
    ("TEL;PREF=2:1\nTEL;PREF=1;TYPE=\"work,cell\":2", {"phone": "2", "phone2": "1"}),
    ("TEL;VALUE=uri:tel:+1-555-0100;ext=12", {"phone": "+1-555-0100 ext. 12"}),
    ("TEL;WORK;FAX:1\nTEL;TYPE=PAGER:2\nTEL:3", {"phone": "3", "fax": "1", "pager": "2"}),
    ("i.TEL:1\ni.X-ABLabel:_$!<HomeFAX>!$_", {"fax": "1"}),
    ("TEL:0\ni.TEL:1\ni.X-ABLabel:_$!<Work>!$_", {"phone": "0", "phone_work": "1"}),
    ("TEL:0\nITEM9.TEL:1\nitem9.X-ABLABEL:Dílna č. 2", {"phone": "0", "phone_dilna_c_2": "1"}),
    ("EMAIL:mailto:a@x.example", {"email": "a@x.example"}),
    ("ADR:;;Lane 1\\nBack;Town;;123;Land", {"address": "Lane 1, Back, 123 Town, Land"}),
    ("LABEL;WORK:Lane 1\\nTown", {"address": "Lane 1, Town"}),
    ("ADR:;;Lane;;;;\nLABEL:Other", {"address": "Lane"}),
    ("URL:https\\://a.example\nURL;HOME:b.example", {"web": "https://a.example", "web_home": "b.example"}),
    ("TITLE:boss\nROLE:leads", {"role": "boss", "role2": "leads"}),
    ("ROLE:leads", {"role": "leads"}),
    ("ORG:;Sales", {"department": "Sales"}),
    ("BDAY;X-APPLE-OMIT-YEAR=1605:1605-07-04", {"birthday": "--07-04"}),
    ("BDAY:19710823T000000Z", {"birthday": "1971-08-23"}),
    ("i.X-ABDATE:20180315\ni.X-ABLabel:_$!<Anniversary>!$_", {"anniversary": "2018-03-15"}),
    ("RELATED;TYPE=spouse;VALUE=text:Jan", {"spouse": "Jan"}),
    ("IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:+420555", {"whatsapp": "+420555"}),
    ("IMPP:xmpp:a@x.example", {"xmpp": "a@x.example"}),
    ("IMPP;TYPE=HOME:skype:anna", {"skype": "anna"}),
    ("X-SKYPE:anna\nX-ICQ:123", {"skype": "anna", "icq": "123"}),
    ("X-SOCIALPROFILE;x-user=anna:https://www.mastodon.example/@anna", {"mastodon": "https://www.mastodon.example/@anna"}),
    ("X-SOCIALPROFILE;type=twitter:x-apple:anna", {"twitter": "anna"}),
    ("X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Anka;1;;", {"nickname": "Anka"}),
    ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-05-07;1;", {"anniversary": "2001-05-07"}),
    ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Jan;0;Chef", {"chef": "Jan"}),
    ("NICKNAME:Anka,Andula", {"nickname": "Anka, Andula"}),
    ("NOTE:one\nNOTE:two", {"note": "one\n\ntwo"}),
    ("X-MS-SPOUSE:Jan\nX-MS-OL-DESIGN:<x>\nX-EVOLUTION-FILE-AS:A\nX-PHONETIC-FIRST-NAME:A\nREV:1\nSOURCE:x", {"spouse": "Jan"}),
    ("X-SHOE-SIZE:39\nGEO:1\\,2\nTZ:+01:00", {"shoe_size": "39", "geo": "1,2", "tz": "+01:00"}),
    ("UID:urn:uuid:ABC", {"uid": "urn:uuid:ABC"}),
    ("GENDER:O;it is complicated", {"gender": "O it is complicated"}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "card"), CASES)
def test_a_line_stands_where_it_is_looked_for(lines: str, card: dict[str, Any]) -> None:
    assert read(lines).who.table() == card


@pytest.mark.parametrize(
    ("lines", "kind", "value"),
    [("BDAY:---04", "birthday", "---04"), ("BDAY;VALUE=text:circa 1800", "birthday", "circa 1800"), ("BDAY:1985-04", "birthday", "1985-04"),
     ("EMAIL:nobody", "email", "nobody"), ("PHOTO:data:,x", "photo", None), ("KEY:x", "key", None), ("SOUND:x", "sound", None)],
)  # fmt: skip
def test_what_has_no_place_is_reported(lines: str, kind: str, value: str | None) -> None:
    contact = read(lines)
    assert [(one.kind, one.value) for one in contact.not_taken] == [(kind, value)]
    assert contact.who.table() == {}


@pytest.mark.parametrize("lines", ["BDAY:0000-00-00", "TEL:", "ORG:;;", "CATEGORIES:", "EMAIL: "])
def test_what_says_nothing_is_nothing(lines: str) -> None:
    contact = read(lines)
    assert (contact.who.table(), contact.not_taken, contact.company, contact.tags) == ({}, (), None, ())


@pytest.mark.parametrize("mark", ["X-ABShowAs:COMPANY", "KIND:org", "FN;PREF=1:Alba s.r.o."])
def test_a_card_of_a_company(mark: str) -> None:
    contact = read(f"ORG:Alba s.r.o.\nN:Malá;Jana;;;\n{mark}", "4.0")
    assert (contact.name, contact.company, {key: one.name for key, one in contact.people.items()}) == (
        "Alba s.r.o.", None, {"jana": "Jana Malá"},
    )  # fmt: skip


def test_beside_an_fn_the_parts_of_a_name_are_not_read() -> None:
    contact = read("N:Lee;Anna;;Frau;")
    assert (contact.name, contact.who.table()) == ("Anna", {})


def test_a_group_is_nobody() -> None:
    [card] = vcard.read("f", b"BEGIN:VCARD\nFN:Choir\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n").cards
    assert isinstance(card, Card)
    assert from_vcard.is_group(card)
