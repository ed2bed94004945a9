"""What is wrong with a form that cannot be asked, told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.toml import form_file

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
