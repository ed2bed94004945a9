"""Contact cards: what phones are told, and which files are cf's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dossier.types import Dossier, Entry, Person
from clientfolder.exchange.cards import read, write

ANNA = Dossier(
    "anna", "Anna; Kowalska", "Keramik, s.r.o.", tags=("b2c", "vip"),
    card={
        "phone": "+48 1", "phone_mobile": "+48 2", "phone_dilna": "+48 3", "phone2": "+48 4", "fax_work": "5",
        "email": "a@x.example", "birthday": "7 may", "address": "Gliniana 4, Warszawa", "web": "x.example",
        "role": "owner", "department": "shop", "note": "a\nb\\c", "shoe_size": 38, "Own Key": "x", "uid": "kept-1",
    },
    people={"marek": Person("Marek", "+48 9", more={"birthday": date(1984, 2, 29), "uid": "kept-2"}), "x": Person()},
    log=(Entry(date(2026, 1, 1), "call", "SECRET"),), more={"private": {"wife": "SECRET"}},
)  # fmt: skip


def lines(card: str) -> list[str]:
    return card.replace("\r\n ", "").split("\r\n")[:-1]


def cards(*dossiers: Dossier) -> list[str]:
    return [f"{card}END:VCARD\r\n" for card in write(dossiers, {}).content.decode().split("END:VCARD\r\n")[:-1]]


def test_a_card_says_what_the_dossier_does() -> None:
    anna, marek, nobody = map(lines, cards(ANNA))
    assert anna == [
        "BEGIN:VCARD", "VERSION:3.0", "PRODID:-//clientfolder//cf//EN", 'UID;X-CF-KEY="anna":kept-1', "FN:Anna\\; Kowalska",
        "N:Anna\\; Kowalska;;;;", "ORG:Keramik\\, s.r.o.;shop", "TEL:+48 1", "TEL;TYPE=CELL:+48 2", 'item1.TEL;X-CF-KEY="phone_dilna":+48 3',
        "item1.X-ABLabel:dilna", 'TEL;X-CF-KEY="phone2":+48 4', 'TEL;TYPE=WORK,FAX;X-CF-KEY="fax_work":5', "EMAIL:a@x.example",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-07", "ADR:;;Gliniana 4\\, Warszawa;;;;", "URL:x.example",
        "TITLE:owner", "NOTE:a\\nb\\\\c", "X-SHOE-SIZE:38", 'X-CF;X-CF-KEY="Own Key":x', "CATEGORIES:b2c,vip", "END:VCARD",
    ]  # fmt: skip
    assert marek[3:] == [
        'UID;X-CF-KEY="anna/marek":kept-2', "FN:Marek", "N:Marek;;;;", "ORG:Anna\\; Kowalska", "TEL:+48 9",
        "BDAY:1984-02-29", "END:VCARD",
    ]  # fmt: skip
    assert nobody[3:5] == ["UID:clientfolder:anna/x", "FN:x"]


def test_a_kept_uid_stands_alone_where_the_name_tells_the_rest() -> None:
    [card] = cards(Dossier("anna-nowak", "Anna Nowak", card={"uid": "kept"}))
    assert "UID:kept" in lines(card)


def test_who_has_no_uid_gets_one_that_stays() -> None:
    [card] = cards(Dossier("bob", "Bob"))
    assert "UID:clientfolder:bob" in lines(card)


def test_nothing_of_the_log_or_what_is_private_is_told() -> None:
    assert "SECRET" not in "".join(cards(ANNA))
    assert "REV" not in "".join(cards(ANNA))


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["a\r\nEND:VCARD\r\nBEGIN:VCARD", "\x1b[2J", "\u2028", "🦔" * 40, ";:,\\"]
)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3))
def test_no_text_ends_a_card_and_no_line_is_long(texts: list[tuple[str, str, str]]) -> None:
    dossiers = [
        Dossier(f"c-{number}", name, card={"note": note, key: note, "uid": key}, people={"p": Person(note)})
        for number, (name, note, key) in enumerate(texts)
    ]
    made = write(dossiers, {})
    assert made.content.decode().split("\r\n").count("BEGIN:VCARD") == made.written == 2 * len(texts)
    assert all(len(line) <= 75 for line in made.content.split(b"\r\n"))
    kept = read(made.content)
    assert kept is not None
    assert write(dossiers, kept).content == made.content


def test_what_has_changed_is_counted() -> None:
    old = read(write([ANNA], {}).content)
    assert old is not None
    done = write([ANNA._replace(people={}, name="Anna"), Dossier("bob", "Bob")], old)
    assert (done.written, done.changed, done.same) == (2, 1, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"x", b"\xff", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEND:VCARD\r\n", write([ANNA], {}).content[:-3],
        write([ANNA], {}).content[:200], b" " + write([ANNA], {}).content,
    ],
)  # fmt: skip
def test_what_are_no_cards_of_ours_is_none(content: bytes) -> None:
    assert read(content) is None


def test_an_empty_file_holds_nothing_to_lose() -> None:
    assert read(b"") == {}
