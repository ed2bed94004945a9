"""How a command declares what it takes: one declaration, of which both readings of a line are made."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from clientfolder.cli.arguments import Known, Takes, arranged
from clientfolder.cli.parameters import Argument, Call, Option, parameters, values_of


def visit(
    ctx: Call,
    client: Annotated[str, Argument()],
    words: Annotated[list[str] | None, Argument()] = None,
    next_: Annotated[str | None, Option("-n", "--next"), Takes.WORDS] = None,
    dry: Annotated[bool, Option()] = False,
    answer: Annotated[list[str] | None, Option(), Takes.EACH] = None,
    cap: Annotated[int | None, Option()] = None,
    is_: Annotated[list[str] | None, Option("--is"), Takes.A_WORD_AGAIN] = None,
) -> None:
    """A command with one parameter of each kind."""


FOUND = parameters(visit) or []
KNOWN = dict(pair for one in FOUND for pair in one.known())


def read(line: str) -> dict[str, Any] | None:
    return values_of(arranged(line.split(), KNOWN), FOUND, KNOWN)


def test_an_option_is_known_by_each_spelling_and_without_one_by_its_parameter() -> None:
    assert [one.name for one in FOUND] == ["client", "words", "next_", "dry", "answer", "cap", "is_"]
    assert {
        "-n": Known(Takes.WORDS, "--next"), "--next": Known(Takes.WORDS, "--next"), "--dry": Known(Takes.NOTHING, "--dry"),
        "--answer": Known(Takes.EACH, "--answer"), "--cap": Known(Takes.A_WORD, "--cap"),
        "--is": Known(Takes.A_WORD_AGAIN, "--is"),
    } == KNOWN  # fmt: skip


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("anna", {"client": "anna"}),
        ("anna took B -n next fri", {"client": "anna", "words": ["took", "B"], "next_": "next fri"}),
        ("anna --next fri --dry", {"client": "anna", "next_": "fri", "dry": True}),
        ("--is A anna --is vip b --is", {"client": "anna", "words": ["b"], "is_": ["A", "vip", ""]}),
        ("--is=A --is= anna --is --dry", {"client": "anna", "is_": ["A", "", ""], "dry": True}),
        ("--answer a=1 b=2 -n fri -- anna", {"client": "anna", "answer": ["a=1", "b=2"], "next_": "fri"}),
    ],
)
def test_each_parameter_that_is_said_has_its_value_and_no_other(line: str, values: dict[str, Any]) -> None:
    assert read(line) == values


@pytest.mark.parametrize("line", ["anna --dry=1", "anna --cap 3", "anna --unknown", "anna --dry --dry"])
def test_whatever_is_not_sure_is_left_to_the_option_parser(line: str) -> None:
    assert read(line) is None


def test_more_words_than_the_command_takes_are_left_to_the_option_parser_too() -> None:
    assert values_of(["--", "anna", "bert"], [FOUND[0]], {}) is None
    assert values_of(["--", "anna"], [FOUND[0]], {}) == {"client": "anna"}


def test_a_command_that_is_declared_otherwise_has_no_reading_of_this_kind() -> None:
    def marked(ctx: Call, client: Annotated[str, "no declaration"]) -> None: ...

    assert parameters(marked) is None
