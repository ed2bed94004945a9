"""A form: what is understood by an answer of each type, and what is wrong with a form that cannot be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.toml import form_file
from clientfolder.dates.grammar import Ground
from clientfolder.dossier.forms import KINDS, Question, understood
from clientfolder.errors import PhraseRefused, Refused

GROUND = Ground(date(2026, 7, 15))
CHOICE = Question("a", "A?", "choice", ("Yes, soon", "yesterday", "10", "élan", "2"))


def answer(kind: str, typed: str) -> Any:
    return understood(CHOICE if kind == "choice" else Question("a", "A?", kind), typed, GROUND)  # type: ignore[arg-type]


UNDERSTOOD = [
    ("text", "  new logo ", "new logo"), ("text", "-20%", "-20%"), ("text", "2026-09", "2026-09"),
    ("choice", "Yes, soon", "Yes, soon"), ("choice", "yes,", "Yes, soon"), ("choice", "YESTERDAY", "yesterday"),
    # The words of a choice are read before its number.
    ("choice", "2", "2"), ("choice", "1", "Yes, soon"), ("choice", "4", "élan"), ("choice", "ÉL", "élan"), ("choice", "el", "élan"), ("choice", "e\u0301l", "élan"), ("choice", "10", "10"),
    ("number", "5000", 5000), ("number", "-3", -3), ("number", "+3", 3), ("number", "0", 0), ("number", "12.50", 12.5),
    ("number", "12,5", 12.5), ("number", "0.125", 0.125), ("number", "5 000", 5000), ("number", "5\u00a0000", 5000),
    ("number", "1.250,50", 1250.5), ("number", "1,250.50", 1250.5), ("number", "1 250 000", 1250000), ("number", "12'500", 12500),
    ("number", "1.250.000", 1250000), ("number", "1.1250", 1.125),
    ("date", "2026-07-15", date(2026, 7, 15)), ("date", "2019-02-03", date(2019, 2, 3)), ("date", "fri", date(2026, 7, 17)),
    ("date", "1 sept", date(2026, 9, 1)), ("date", "2w", date(2026, 7, 29)), ("date", "today", date(2026, 7, 15)),
    ("date", "yesterday", date(2026, 7, 14)), ("date", "3d ago", date(2026, 7, 12)), ("date", "september", "2026-09"),
    ("date", "2025-11", "2025-11"),
    ("yes/no", "y", True), ("yes/no", "Yes", True), ("yes/no", "n", False), ("yes/no", "NO", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "value"), UNDERSTOOD)
def test_an_answer_is_understood(kind: str, typed: str, value: Any) -> None:
    found = answer(kind, typed)
    assert (found, type(found)) == (value, type(value))


REFUSED = [
    ("choice", "ye", '"ye" could be Yes, soon or yesterday; type more letters, or the number'),
    ("choice", "9", '"9" is none of them: Yes, soon, yesterday, 10, élan or 2'),
    ("choice", "²", '"²" is none of them: Yes, soon, yesterday, 10, élan or 2'),
    ("number", "5.000", '"5.000" can be read in two ways; write 5000, or 5.0'),
    ("number", "1,125", '"1,125" can be read in two ways; write 1125, or 1.1250'),
    ("number", "5000 €", '"5000 €" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "1,250,50", '"1,250,50" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "nan", '"nan" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "9" * 16, f'"{"9" * 16}" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("number", "٣", '"٣" is no number that I know; digits alone, as in 5000 or 12.50'),
    ("date", "soon", '"soon" is not a date that I know; what I know is like fri, 13, 5 july or 2w'),
    ("date", "2026-02-30", '"2026-02-30" is not in the calendar'),
    ("date", "fri 10:00", '"fri 10:00" has a time; the answer is a day alone: 2026-07-17'),
    ("yes/no", "maybe", '"maybe" is neither yes nor no; y or n'),
]


@pytest.mark.parametrize(("kind", "typed", "message"), REFUSED)
def test_what_cannot_be_understood_is_refused_with_what_would_work(kind: str, typed: str, message: str) -> None:
    with pytest.raises((Refused, PhraseRefused)) as told:
        answer(kind, typed)
    assert told.value.message == message


@given(st.sampled_from(KINDS), st.text(min_size=1, max_size=12).filter(str.strip))
def test_anything_typed_is_an_answer_or_a_letter(kind: str, typed: str) -> None:
    try:
        found = answer(kind, typed)
    except (Refused, PhraseRefused):
        return
    wanted = {"text": str, "choice": str, "number": (int, float), "date": (date, str), "yes/no": bool}
    assert isinstance(found, wanted[kind])  # type: ignore[arg-type]


@given(st.integers(-(10**14), 10**14))
def test_a_number_in_groups_of_three_is_that_number(number: int) -> None:
    for sign in " '":
        assert answer("number", f"{number:,}".replace(",", sign)) == number


# What is wrong with a form ------------------------------------------------------------------------------

GOOD = {"key": "a", "ask": "A?"}
WRONG: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"question": [GOOD]}, (), "no title"),
    ({"title": 5, "question": [GOOD]}, ("title",), "a text in quotes"),
    ({"title": " ", "question": [GOOD]}, ("title",), "not empty"),
    ({"title": "T", "kind": 1, "question": [GOOD]}, ("kind",), "a text in quotes"),
    ({"title": "T", "kind": "moved", "question": [GOOD]}, ("kind",), "no move"),
    ({"title": "T", "colour": 1, "question": [GOOD]}, ("colour",), "no key of a form"),
    ({"title": "T"}, (), "asks nothing"),
    ({"title": "T", "question": {"key": "a"}}, ("question",), "a block of its own"),
    ({"title": "T", "question": [1]}, ("question",), "a block of its own"),
    ({"title": "T", "question": [{"say": "hi"}]}, (), "asks nothing"),
    ({"title": "T", "question": [GOOD, {"key": "b"}]}, ("question", 1), "asks nothing"),
    ({"title": "T", "question": [{"ask": "A?"}]}, ("question", 0), "no key"),
    ({"title": "T", "question": [{"key": "a b", "ask": "A?"}]}, ("question", 0, "key"), "one word"),
    ({"title": "T", "question": [{"key": ["a"], "ask": "A?"}]}, ("question", 0, "key"), "one word"),
    ({"title": "T", "question": [GOOD, GOOD]}, ("question", 1, "key"), "Two questions"),
    ({"title": "T", "question": [GOOD | {"type": "money"}]}, ("question", 0, "type"), "yes/no"),
    ({"title": "T", "question": [GOOD | {"type": ["text"]}]}, ("question", 0, "type"), "yes/no"),
    ({"title": "T", "question": [GOOD | {"type": "choice"}]}, ("question", 0, "type"), "choices"),
    ({"title": "T", "question": [GOOD | {"choices": ["x"]}]}, ("question", 0, "choices"), 'type = "choice"'),
    ({"title": "T", "question": [GOOD | {"type": "choice", "choices": []}]}, ("question", 0, "choices"), "a list"),
    ({"title": "T", "question": [GOOD | {"type": "choice", "choices": [1]}]}, ("question", 0, "choices"), "a list"),
    ({"title": "T", "question": [GOOD | {"type": "choice", "choices": "x"}]}, ("question", 0, "choices"), "a list"),
    (
        {"title": "T", "question": [GOOD | {"type": "choice", "choices": ["x", "X "]}]},
        ("question", 0, "choices"),
        "same",
    ),
    ({"title": "T", "question": [GOOD | {"required": "yes"}]}, ("question", 0, "required"), "true or false"),
    ({"title": "T", "question": [GOOD | {"hint": 1}]}, ("question", 0, "hint"), "a text"),
    ({"title": "T", "question": [GOOD | {"say": "x"}]}, ("question", 0, "say"), "says or asks"),
    ({"title": "T", "question": [GOOD, {"say": "x", "key": "b"}]}, ("question", 1, "key"), "not answered"),
    ({"title": "T", "question": [GOOD | {"asks": 1}]}, ("question", 0, "asks"), "no key of a question"),
    (
        {"title": "T", "question": [{"key": f"k{n}", "ask": "?"} for n in range(101)]},
        ("question", 100),
        "more than 100",
    ),
]


@pytest.mark.parametrize(("data", "path", "words"), WRONG)
def test_what_is_wrong_is_told_with_its_place(data: dict[str, Any], path: tuple[str | int, ...], words: str) -> None:
    found, [wrong] = form_file.read("f", None, data)
    assert found is None
    assert wrong.path == path
    assert words in wrong.message


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["choice", "date"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=5,
)  # fmt: skip
BLOCKS = st.dictionaries(st.sampled_from(["key", "ask", "say", "type", "choices", "required", "hint", "x"]), VALUES)


@given(st.dictionaries(st.sampled_from(["title", "kind", "question", "x"]), VALUES | st.lists(BLOCKS, max_size=3)))
def test_whatever_a_file_says_is_a_form_or_told(data: dict[str, Any]) -> None:
    found, wrong = form_file.read("f", None, data)
    assert (found is None) == bool(wrong)
    if found:
        assert found.asked
        assert all(isinstance(question.ask, str) for question in found.questions)
