"""Text made safe and comparable, and numbers with their nouns."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.text import byte_size, comparable, counted, place_of_number, sentence, sort_key, visible, words_of


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x9b31m", "a\rb", "a\u202eb", "\u2066", "\ud800", "\U000e0041", "a\u200bb"]
)
def test_what_could_steer_a_terminal_is_written_out(text: str) -> None:
    assert visible(text) != text
    assert visible(text).isascii()


@given(st.text())
def test_what_is_visible_stays_so(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("text", ["Łódź", "日本", "नमस्ते", "می\u200cخواهم", "👩\u200d🚀"])
def test_every_script_keeps_its_signs(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [("  Łódź\t Straße ", "lodz strasse"), ("ŒUVRE", "oeuvre"), ("I\u0307zmir", "izmir"), ("ﬁne", "fine"), ("", "")],
)
def test_case_accents_and_blanks_count_for_nothing(text: str, same: str) -> None:
    assert comparable(text) == same


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_an_accent_may_be_written_in_one_sign_or_two(text: str) -> None:
    assert comparable(unicodedata.normalize("NFC", text)) == comparable(unicodedata.normalize("NFD", text))


def test_an_apostrophe_lies_within_a_word_and_no_other_mark_does() -> None:
    assert words_of("o'brien & co_op, l’oréal-2") == ["o'brien", "co", "op", "l’oréal", "2"]


def test_only_one_is_not_many() -> None:
    assert [counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (77_000, "77 kB"), (82_400, "82 kB"),
     (999_400, "999 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (1_440_000, "1.4 MB"), (82_000_000, "82 MB"),
     (4_000_000_000, "4.0 GB"), (40_000_000_000, "40 GB"), (10**18, "1000000 TB")],
)  # fmt: skip
def test_sizes_are_rounded(count: int, shown: str) -> None:
    assert byte_size(count) == shown


def test_names_are_sorted_case_folded_and_accents_behind_their_letter() -> None:
    names = ["Zeman", "Ďáblice", "emil", "Dvořák", "łata", "Lysá", "Mara", "Élise", "Eva"]
    wanted = ["Dvořák", "Ďáblice", "emil", "Eva", "Élise", "Lysá", "łata", "Mara", "Zeman"]
    assert sorted(names, key=sort_key) == wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [("Put Anna off", "Put Anna off."), ("New: Ivana & Co.", "New: Ivana & Co."), ("Asked: when?", "Asked: when?")],
)
def test_a_sentence_ends_with_one_full_stop(words: str, said: str) -> None:
    assert sentence(words) == said


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("1", 0),
        ("3", 2),
        ("03", 2),
        ("0", None),
        ("4", None),
        ("-1", None),
        ("²", None),
        ("", None),
        ("2nd", None),
        ("9" * 5000, None),
    ],
)
def test_a_typed_number_means_one_of_so_many(typed: str, place: int | None) -> None:
    assert place_of_number(typed, 3) == place
