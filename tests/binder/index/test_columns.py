"""The file of the index gives back what was kept in it, and a due key its text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.index import codec, columns
from clientfolder.binder.index.columns import (
    NOTHING_SAVED,
    KeptColumns,
    SavedColumns,
    decode_due,
    encode_due,
    side_by_side,
)
from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import DueKey
from clientfolder.dossier.types import Cover, Next, Odd

DAY = date(2026, 7, 5)
LINE = codec.encode(Cover("x", "X", tags=("b2b",))) or b""


def row(client: str, name: str = "Anna", cover: bytes = LINE, due_key: str = "-") -> KeptColumns:
    return KeptColumns([client], [f"mark of {client}"], [due_key], [name], [f"\t{client}\t"], [""], [cover])


def encoded(*rows: KeptColumns) -> bytes:
    return columns.encode(
        KeptColumns(*([one for column in place for one in column] for place in zip(*rows, strict=True)))
    )


def read_anew(client: str) -> Cover:
    return Cover(client, "read anew")


def back(*rows: KeptColumns, begin: str = "") -> SavedColumns:
    return columns.decode(encoded(*rows), begin, read_anew)


# The due key --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cover", "text"),
    [
        (Cover("a", "A"), "-"),
        (Cover("a", "A", resting="done"), "z"),
        (Cover("a", "A", resting="done", next=Next(DAY, how="agreed")), "z"),
        (Cover("a", "A", next=Next(DAY)), "2026-07-05"),
        (Cover("a", "A", next=Next(DAY, kind="Visit", how="agreed")), "2026-07-05! visit"),
        (Cover("a", "A", next=Next(Month(2026, 7), kind="two words")), "2026-07 other"),
        (Cover("a", "A", next=Next(DAY, how="agreed"), odd=(Odd((), "odd"),)), "2026-07-05!~"),
        (Cover("a", "A", odd=(Odd((), "odd"),)), "-~"),
    ],
)
def test_a_due_key_in_letters(cover: Cover, text: str) -> None:
    due = DueKey.of(cover)
    assert encode_due(due) == text
    assert decode_due(text) == due


WORDS = st.from_regex(r"[^\W_][\w-]*", fullmatch=True).map(str.casefold)


@given(st.dates() | st.builds(Month, st.integers(1, 9999), st.integers(1, 12)), st.booleans(), st.booleans(), WORDS)
def test_every_due_key_comes_back_from_one_line(on: date | Month, agreed: bool, is_odd: bool, kind: str) -> None:
    due = DueKey(on, agreed, is_odd=is_odd, kind=kind)
    assert decode_due(encode_due(due)) == due
    assert "\n" not in encode_due(due)


@pytest.mark.parametrize("text", ["", "x", "2026-07-32", "2026-13", "!", "~z", "2026-07-05~!", "2026-7-5"])
def test_what_is_no_due_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_due(text)


# The file -----------------------------------------------------------------------------------------------


def test_a_file_gives_back_its_columns() -> None:
    saved = back(row("a", "Anna\nand\\n Bert"), row("b\udcff", "Bert"))
    assert saved.clients == ["a", "b\udcff"]
    assert saved.marks == ["mark of a", "mark of b\udcff"]
    assert saved.due_keys == ["-", "-"]
    assert saved.names() == ["Anna\nand\\n Bert", "Bert"]
    assert saved.search_keys().split("\n") == ["\ta\t", "\tb\udcff\t"]
    assert saved.decode("a", "Anna", saved.encoded_cover(0)) == Cover("a", "Anna", tags=("b2b",))


def test_a_line_that_cannot_be_decoded_is_read_anew() -> None:
    saved = back(row("a", cover=b"[]"), row("b", cover=b"{"))
    assert [saved.decode(client, "", saved.encoded_cover(number)).name for number, client in enumerate("ab")] == [
        "read anew",
        "read anew",
    ]


@pytest.mark.parametrize(
    ("begin", "client"),
    [("", "../a"), ("", ".a"), ("", "a\0"), ("", "slips/a"), ("slips/", "a"), ("slips/", "slips/a/b")],
)
def test_a_short_name_that_leads_elsewhere_is_not_believed(begin: str, client: str) -> None:
    good = row(f"{begin}good")
    assert back(good, begin=begin).clients == good.clients
    with pytest.raises(ValueError, match="somebody else"):
        back(good, row(client), begin=begin)


def test_a_due_key_that_is_none_is_not_believed() -> None:
    with pytest.raises(ValueError, match=r"."):
        back(row("a"), row("b", due_key="soon"))


@pytest.mark.parametrize("at", [0, 40, 60, -1])
def test_a_damaged_file_is_not_believed(at: int) -> None:
    raw = bytearray(encoded(row("a"), row("b")))
    raw[at] ^= 1
    with pytest.raises(ValueError, match=r"."):
        columns.decode(bytes(raw), "", read_anew)


def test_no_dossiers_are_no_index() -> None:
    """Of a text without lines a client would be made whose short name is nothing."""
    with pytest.raises(ValueError, match=r"."):
        columns.decode(columns.encode(KeptColumns([], [], [], [], [], [], [])), "", read_anew)


def test_two_stand_side_by_side() -> None:
    one, other = back(row("a", "Anna")), back(row("slips/b", "Bert"), begin="slips/")
    both = side_by_side(one, other)
    assert both.clients == ["a", "slips/b"]
    assert both.names() == ["Anna", "Bert"]
    assert both.search_keys() == "\ta\t\n\tslips/b\t"
    assert [both.encoded_cover(0), both.encoded_cover(1)] == [LINE, LINE]
    assert side_by_side(NOTHING_SAVED, one) is one
    assert side_by_side(one, NOTHING_SAVED) is one
