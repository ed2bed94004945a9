"""Each cell of a table stands under the key where somebody looks for it, whatever program has written it."""

from __future__ import annotations

from typing import Any

import pytest

from tables_read import read_contact

ROWS: list[tuple[str, dict[str, Any]]] = [
    ("Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name,Organization 1 - Title,Custom Field 1 - Type,Custom Field 1 - Value\n"
     "Jan Malý,Jan,Malý,* My Contacts ::: Klienti,* Home,a@x.example ::: b@x.example,Work Fax,555 010 1001,Mobile,555 010 1002,Alba,boss,IČO,0123\n",
     {"name": "Jan Malý", "company": "Alba", "tags": ("klienti",), "role": "boss", "email": "a@x.example", "email_home": "b@x.example",
      "fax": "555 010 1001", "phone": "555 010 1002", "ico": "0123"}),
    ("First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value,Birthday\n"
     "Jan,Malý,* starred,Home Fax,1,* Dílna,2,Anniversary,2001-05-07,Spouse,Eva,1604-02-29\n",
     {"name": "Jan Malý", "fax": "1", "phone": "2", "anniversary": "2001-05-07", "spouse": "Eva", "birthday": "--02-29"}),
    ("First Name,Last Name,Company,Business Phone,Business Fax,Home Phone,Assistant's Phone,E-mail Address,E-mail 2 Address,Business Street,Business Street 2,Business City,Business Postal Code,Home City,Categories,Title,Anniversary\n"
     "Jan,Malý,Alba,,4,2,3,a@x.example,b@x.example,Lane 1,Back,Town,123,Elsewhere,A;B c,Dr.,0/0/00\n",
     {"name": "Dr. Jan Malý", "company": "Alba", "tags": ("a", "b-c"), "phone": "2", "phone_assistant": "3", "fax": "4",
      "email": "a@x.example", "email2": "b@x.example", "address": "Lane 1, Back, 123 Town", "address_home": "Elsewhere"}),
    ("Anrede;Vorname;Nachname;Firma;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;E-Mail-Typ;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Geburtstag;Priorität;Kategorien\n"
     "Herr Dr.;Jörg;Öxle;Öxle GmbH;1;2;j@x.example;SMTP;Kirchgasse 9;Hüpfing;84998;23.8.1971;Normal;Kunden\n",
     {"name": "Dr. Jörg Öxle", "company": "Öxle GmbH", "tags": ("kunden",), "phone": "1", "phone_mobile": "2", "email": "j@x.example",
      "address": "Kirchgasse 9, 84998 Hüpfing", "birthday": "1971-08-23", "salutation": "Herr"}),
    ("First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Fax Number,Birth Year,Birth Month,Birth Day,Home City,Organization,\n"
     "Jan,Malý,Honza Malý,a@x.example,b@x.example,1,2,1984,5,7,Town,Alba,\n",
     {"name": "Honza Malý", "company": "Alba", "phone": "1", "fax": "2", "email": "a@x.example", "email2": "b@x.example",
      "birthday": "1984-05-07", "address": "Town"}),
    ("First Name,Last Name,Display Name,Primary Email,Birth Year,Birth Month,Birth Day\nJan,Malý,a@x.example,a@x.example,,12,24\n",
     {"name": "Jan Malý", "email": "a@x.example", "birthday": "--12-24"}),
    ("Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company Name,Job Title,City,Street Address,Postal Code\n"
     "901,Jan,Malý,a@x.example,1,2,Alba,boss,Town,Lane 1,123\n",
     {"name": "Jan Malý", "company": "Alba", "role": "boss", "phone": "1", "phone_mobile": "2", "email": "a@x.example",
      "address": "Lane 1, 123 Town", "uid": "hubspot:901"}),
    ("Jméno;Příjmení;Telefon;Mobil;Ulice;PSČ;Město;Poznámka;Štítky\nJan;Malý;1;2;Lípová 1;500 00;Brno;volat;vip, nový\n",
     {"name": "Jan Malý", "phone": "1", "phone_mobile": "2", "address": "Lípová 1, 500 00 Brno", "note": "volat", "tags": ("vip", "nový")}),
    ("Name,Phone,Phone,E-Mail\nJan,1,2,a@x.example; b@x.example\n", {"name": "Jan", "phone": "1", "phone2": "2", "email": "a@x.example", "email2": "b@x.example"}),
    ('Name,Tel.\nJan,"=""0170 555010"""\n', {"name": "Jan", "phone": "0170 555010"}),
    ("Name,Tel.\nJan,'+49 170 555010\n", {"name": "Jan", "phone": "+49 170 555010"}),
    ("Name,Anrede,E-Mail\nJan Malý,Herr,a@x.example\n", {"name": "Jan Malý", "salutation": "Herr", "email": "a@x.example"}),
    ("Name,Birthday\nJan,7.5.1984\n", {"name": "Jan", "birthday": "1984-05-07"}),
    ("Name,Ansprechpartner,Tel\nAlba,Eva Velká,1\n", {"name": "Alba", "phone": "1", "people": {"eva": "Eva Velká"}}),
    ("Company,Email\nAlba,a@x.example\n", {"name": "Alba", "email": "a@x.example"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_a_row(text: str, wanted: dict[str, Any]) -> None:
    contact = read_contact(text)
    found: dict[str, Any] = {"name": contact.name, **contact.who.table()}
    found |= {"company": contact.company} if contact.company else {}
    found |= {"tags": contact.tags} if contact.tags else {}
    found |= {"people": {key: person.name for key, person in contact.people.items()}} if contact.people else {}
    assert found == wanted
    assert contact.not_taken == ()


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("Name,Birthday\nA,03/04/1990\n", "birthday", ["03/04/1990"]), ("Name,Next\nA,soon\n", "next", ["soon"]),
        ("Name,Phone\nA,4.20555E+11\n", "phone", ["4.20555E+11"]), ("Name,E-Mail\nA,none\n", "email", ["none"]),
        ("Name,Rhythm\nA,often\n", "rhythm", ["often"]), ("Name,About\nA,offer\n", "about", ["offer"]),
        ("Name,Since\nA,long ago\n", "since", ["long ago"]), ("Name,Next,Time\nA,fri,noon\n", "time", ["noon"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_reported_and_the_rest_is_taken(text: str, kind: str, values: list[str]) -> None:
    contact = read_contact(text)
    assert [(told.kind, told.value) for told in contact.not_taken] == [(kind, value) for value in values]
    assert contact.name == "A"


def test_a_next_contact() -> None:
    contact = read_contact("Name,Next,Time,For,About,With\nA,24 jul,9:30,visit,the offer,petra\n")
    assert contact.next is not None
    assert (str(contact.next.on), f"{contact.next.time:%H:%M}", contact.next.kind, contact.next.about, contact.next.how) == (
        "2026-07-24", "09:30", "visit", "the offer", "agreed",
    )  # fmt: skip
