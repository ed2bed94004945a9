"""The table of clients: which rows and columns it has, and which tables are its own."""

from __future__ import annotations

import csv
import io
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Dossier, Entry, Next, Person
from clientfolder.exchange.columns import as_it_stood
from clientfolder.exchange.tables import read, write

ANNA = Dossier(
    "anna", "Anna", "Keramik", date(2025, 11, 3), ("shop", "b2c"), rhythm="6 weeks", not_on=("mon", "fri"), hours="after 17",
    card={"phone": "+48 1", "birthday": date(1984, 2, 29), "Shoe size": 38, "note": "a\nb", "name": "other"},
    people={"marek": Person("Marek", "2", more={"role": "owner"}), "x": Person()},
    next=Next(Month(2026, 7), time(14, 30), "visit", "the quote", "marek", "agreed"),
    log=(Entry(date(2026, 1, 1), "call", "SECRET"),),
    more={"private": {"wife": "SECRET"}},
)  # fmt: skip
BOB = Dossier("bob", "Bob", resting="sold")


def rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))


def test_a_row_for_each_client_and_person() -> None:
    content = write([BOB, ANNA], {}).content
    assert content.decode().splitlines()[0] == (
        "client,person,name,company,phone,tags,since,rhythm,not_on,hours,resting,next,time,for,how,about,with,"
        "Shoe size,birthday,card.name,note,role"
    )
    anna, marek, nobody, bob = rows(content)
    assert anna == {
        "client": "anna", "person": "", "name": "Anna", "company": "Keramik", "phone": "'+48 1", "tags": "shop,b2c",
        "since": "2025-11-03", "rhythm": "6 weeks", "not_on": "mon,fri", "hours": "after 17", "resting": "",
        "next": "2026-07", "time": "14:30", "for": "visit", "how": "agreed", "about": "the quote", "with": "marek",
        "Shoe size": "38", "birthday": "1984-02-29", "note": "a\nb", "card.name": "other", "role": "",
    }  # fmt: skip
    assert {key: value for key, value in marek.items() if value} == {
        "client": "anna", "person": "marek", "name": "Marek", "phone": "2", "role": "owner",
    }  # fmt: skip
    assert (nobody["name"], nobody["person"]) == ("x", "x")
    assert bob["resting"] == "sold"
    assert b"SECRET" not in content


def test_nobody_is_a_header_alone() -> None:
    assert write([], {}).content == b"client,name\n"


def test_for_spreadsheets_it_has_a_mark_semicolons_and_crlf() -> None:
    content = write([ANNA], {}, excel=True).content
    assert content.startswith(b"\xef\xbb\xbfclient;person;name;")
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"").replace(b"a\nb", b"")
    assert [row["name"] for row in rows(content[3:], ";")] == ["Anna", "Marek", "x"]


FORMULAS = ["=1+1", "+1", "-20 %", "@x", "\t=1", "＝1", "'=1", "  =1", "''-1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    dossier = Dossier("a", text, text, tags=(text,), card={text: text, "note": text})
    lines = list(csv.reader(io.StringIO(write([dossier], {}).content.decode(), newline="")))
    for cell in (cell for line in lines for cell in line):
        assert cell.startswith("'") or as_it_stood(cell) == cell
        assert not cell.lstrip("' \t").startswith(("=", "+", "-", "@", "＝")) or cell.startswith("'")


TEXTS = st.text(max_size=12) | st.sampled_from([*FORMULAS, 'a"b', "a,b;c", "a\r\nb", "\x1b[2J", "\u202e", "\ufeff", ""])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3), st.booleans())
def test_a_table_of_ours_is_known_whatever_stands_in_it(texts: list[tuple[str, str, str]], excel: bool) -> None:
    dossiers = [
        Dossier(f"c-{number}", name, card={"note": note, key or "x": "1"}, people={"p": Person(note)})
        for number, (name, note, key) in enumerate(texts)
    ]
    made = write(dossiers, {}, excel=excel)
    again = read(made.content)
    assert again is not None
    assert write(dossiers, again, excel=excel).same == made.written == 2 * len(texts)


def test_what_has_changed_is_counted() -> None:
    old = read(write([ANNA, BOB], {}).content)
    assert old is not None
    done = write([ANNA, BOB._replace(name="Bobby"), Dossier("ida", "Ida")], old)
    assert (done.written, done.changed, done.same) == (5, 1, 3)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"name,phone\nAnna,1\n", b"client,name\nanna,Anna", b"client,name\nanna\n", b"name,client\n",
        b"client,name\n,Anna\n", b'client,name\n"anna",Anna\n', b"client;name\nanna;Anna\n",
        write([ANNA], {}).content[:-1], write([ANNA], {}).content[:120],
    ],
)  # fmt: skip
def test_what_is_no_table_of_ours_is_none(content: bytes) -> None:
    assert read(content) is None
