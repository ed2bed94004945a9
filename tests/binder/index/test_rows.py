"""The covers of the index are searched by their keys; all else that they do is tested with the other covers."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.binder.index import codec
from clientfolder.binder.index.columns import NOTHING_SAVED, SavedColumns, encode_due
from clientfolder.binder.index.rows import IndexCovers
from clientfolder.binder.index.search_key import FIELD, WORD, search_key
from clientfolder.dossier.covers import DueKey, ListedCovers
from clientfolder.dossier.types import Cover, Entry, Person

ANNA, BERT, CELIA = Cover("anna", "Anna Kowalska"), Cover("bert", "Bert"), Cover("celia", "Celia Anders")


def saved(*covers: Cover) -> SavedColumns:
    return NOTHING_SAVED._replace(
        clients=[cover.client for cover in covers],
        due_keys=[encode_due(DueKey.of(cover)) for cover in covers],
        names=lambda: [cover.name for cover in covers],
        search_keys=lambda: "\n".join(map(search_key, covers)),
        signals=lambda: "\n" * (len(covers) - 1),
        covers=lambda: [codec.encode(cover) or b"" for cover in covers],
    )


ALL = [
    IndexCovers.indexed([ANNA, BERT, CELIA]),
    IndexCovers.saved(saved(ANNA, BERT, CELIA)),
    IndexCovers.saved(saved(CELIA, ANNA)).replaced([], [BERT]),
    IndexCovers.saved(saved(BERT)).beside(IndexCovers.indexed([CELIA, ANNA])),
]


@pytest.mark.parametrize("covers", ALL)
def test_the_search_key_finds_whom_it_holds(covers: IndexCovers) -> None:
    def found(*parts: str) -> list[Cover]:
        return [*covers.whose_search_key_holds(parts)]

    assert found(f"{WORD}an") == [ANNA, CELIA]
    assert found(f"{FIELD}bert{FIELD}", f"{WORD}kow") == [ANNA, BERT]
    assert found("nobody") == []
    assert covers.search_keys == [search_key(cover) for cover in covers]
    assert [*covers.contacts[1:].whose_search_key_holds([f"{WORD}an"])] == [CELIA]


@pytest.mark.parametrize("covers", ALL)
def test_what_has_a_mark_is_saved_and_what_no_line_can_hold_is_not(covers: IndexCovers) -> None:
    more = covers.replaced([], [Cover("x\ny", "X"), Cover("nan", "Y", tags=("\ud800",))])
    marks = {"anna": "1", "celia": "2", "x\ny": "3", "nan": "4"}
    rows = {row.client: row for row in more.to_save(marks)}
    assert list(rows) == ["anna", "celia"]
    assert rows["anna"].mark == "1"
    assert codec.decode("anna", rows["anna"].name, rows["anna"].cover) == ANNA


def test_covers_of_an_index_are_taken_as_they_are() -> None:
    assert IndexCovers.indexed(ALL[0]) is ALL[0]


def test_deals_are_told_without_a_look_at_the_rest_whatever_the_rest_says() -> None:
    last = Entry(date(2026, 7, 1), "call", 'says "deals":[{"name":"none"}]')
    own = Person("Jan", more={"deals": [1, 2]})
    records = {
        "deals": [{"name": 'the "deals":[ shop', "steps": {"deals": "2026-07-01"}}],
        "card": {"deals": "--07-01"},
    }
    seller = Cover("anna", "Anna", last=last, people={"jan": own}, records=records)
    nobody = Cover("bert", "Bert", last=last, people={"jan": own})
    kept = saved(seller, nobody)._replace(signals=lambda: "d\n")
    for covers in (IndexCovers.saved(kept), IndexCovers.indexed([seller, nobody]), ListedCovers([seller, nobody])):
        assert [*covers.kept_deals()] == [records["deals"]]
