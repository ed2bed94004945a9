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
        encoded_cover=[codec.encode(cover) or b"" for cover in covers].__getitem__,
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
    kept = more.to_save(marks)
    assert (kept.clients, kept.marks) == (["anna", "celia"], ["1", "2"])
    assert codec.decode("anna", kept.names[0], kept.covers[0]) == ANNA


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


def test_what_is_kept_of_records_is_told_without_a_cover() -> None:
    paid = {"payments": {"days": ["2026-07-01"], "products": ["shop", 'a "], {}'], "first": None}}
    rich = Cover("dan", "Dan", is_merged=True, reached_at=("1",), records=paid)
    poor = Cover("eve", "Eve", is_merged=True, reached_at=("2", "3"))
    assert [codec.has_records(codec.encode(cover) or b"") for cover in (rich, poor, ANNA)] == [True, False, False]

    def decode(client: str, name: str, line: bytes) -> Cover:
        raise AssertionError(f"{client} is decoded")

    covers = IndexCovers.saved(saved(ANNA, rich, poor)._replace(decode=decode))
    assert [*covers.kept_records()] == [paid]
    sent = Cover("fay", "Fay", people={"log": Person("Jan")}, records={"sent_by": 'a "fair"'})
    assert [*IndexCovers.saved(saved(sent, poor)._replace(decode=decode)).kept_records()] == [sent.records]
    # Those that were read anew are told by themselves.
    changed = covers.replaced([], [poor._replace(records={"deals": []}), BERT])
    assert [*changed.kept_records()] == [{"deals": []}, paid] or [*changed.kept_records()] == [paid, {"deals": []}]


def test_a_line_that_is_none_of_ours_is_read_from_its_file() -> None:
    paid = {"payments": {"days": ["2026-07-01"], "products": ["shop"]}}
    broken = saved(ANNA, BERT)._replace(
        encoded_cover=[b"[", codec.encode(BERT) or b""].__getitem__,
        decode=lambda client, name, line: ANNA._replace(records=paid),
    )
    assert [*IndexCovers.saved(broken).kept_records()] == [paid]
