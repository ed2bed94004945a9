"""Tables of other programs are known by a few of their columns, lists of one's own by the words above them."""

from __future__ import annotations

import pytest

from clientfolder.exchange.contacts import shapes

HEADERS = {
    "own": "client,name,phone,next",
    "google": "First Name,Middle Name,Last Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value|"
    "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value",
    "outlook": "Title,First Name,Last Name,Company,Business Phone,E-mail Address|First Name,Last Name,E-mail Address,Mobile Phone|"
    "Anrede,Vorname,Nachname,Firma,Telefon geschäftlich,E-Mail-Adresse|Vorname,Nachname,E-Mail-Adresse,E-Mail-Typ",
    "thunderbird": "First Name,Last Name,Display Name,Nickname,Primary Email|Vorname,Nachname,Anzeigename,Primäre E-Mail-Adresse",
    "linkedin": "First Name,Last Name,URL,Email Address,Company,Position,Connected On|First Name,Last Name,Connected On",
    "hubspot": "Record ID,First Name,Last Name,Email,Lifecycle Stage|Contact ID,Email,Lead Status",
    "pipedrive": "Person - Name,Person - Phone - Work|Person - ID,Person - Email",
    "table": "Name,Tel.|Firma;Ansprechpartner|Jméno,Příjmení,Telefon|name,phone,birthday|Vorname,Nachname,E-Mail|First Name,Last Name,Email",
}


@pytest.mark.parametrize(
    ("name", "header"), [(name, header) for name, many in HEADERS.items() for header in many.split("|")]
)
def test_a_header_is_known(name: str, header: str) -> None:
    shape = shapes.shape_of(header.replace(";", ",").split(","))
    assert shape is not None
    assert shape.name == name


@pytest.mark.parametrize(
    "line",
    [
        "Notes:",
        "Meine Kundenliste 2026",
        "Anna Bez,+420 555 010 780,anna@bez.example",
        "name of the list,",
        ",,",
        "Phone",
    ],
)
def test_a_line_of_something_else_is_no_header(line: str) -> None:
    assert shapes.fits(line.split(",")) == 0


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("phone", "Phone,Phone Number,Tel.,Telefon,Telefonnummer,Telefonní číslo,TELEPHONE"),
        ("phone:mobile", "Mobil,Handy,Mobile phone,Mobilní telefon,Cell"),
        ("email", "E-Mail,e-mail,Email,Mail,E-Mail-Adresse,E-mailová adresa"),
        ("company", "Firma,Company,Společnost,Unternehmen,Organization"),
        ("given", "Vorname,First name,Jméno,Křestní jméno"), ("family", "Nachname,Surname,Příjmení"),
        ("address::street", "Straße,Street,Ulice,Strasse"), ("address::code", "PLZ,Zip,PSČ,Postal code"),
        ("address::city", "Ort,City,Město"), ("birthday", "Geburtstag,Date of birth,Datum narození"),
        ("note", "Notizen,Poznámka,Bemerkung,Notes"), ("tags", "Kategorie,Štítky,Tags"),
        ("next", "Nächster Kontakt,Next contact,Wiedervorlage,Příští kontakt"), ("rhythm", "Rhythm"), ("not_on", "not_on"),
        ("since", "Kunde seit,since"), ("people.petra.phone", "people.petra.phone"), ("rabatt", "Rabatt %"),
        ("phone:dilna", "phone_dilna"), ("fax", "Fax"), ("web", "Webseite,Website,URL"),
    ],
)  # fmt: skip
def test_words_of_three_languages_and_keys_of_ones_own(meaning: str, words: str) -> None:
    for word in words.split(","):
        assert shapes.LIST.of(word) == meaning, word


def test_a_column_that_a_program_fills_by_itself_goes_without_a_word_and_an_unknown_one_is_told() -> None:
    shape = shapes.shape_of(["First Name", "E-mail Address", "Business Phone"])
    assert shape is not None
    assert [shape.of(column) for column in ("Gender", "E-mail 2 Type", "Quux")] == [shapes.SILENT, shapes.SILENT, None]
