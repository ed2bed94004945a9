"""How a date phrase is understood: `when`."""

from __future__ import annotations

import pytest

from folders import Cf
from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "when": ("when next fri 10:00", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


@pytest.mark.parametrize(
    ("text", "code", "read"),
    [
        ("fri\nmon\n", 0, [True, True]),
        ("fri\r\nmon\r\n", 0, [True, True]),
        ("fri\r\nmon", 0, [True, True]),
        ("fri\n\nmon\n", 1, [True, False, True]),
        ("fri\r\n\r\n", 1, [True, False]),
        ("\n", 2, [False]),
        ("\r\n \n", 2, [False, False]),
        ("fri\rmon\n", 2, [False]),
        ("soon\n17:00\n", 2, [False, False]),
        ("9" * 100_000 + "\nfri\n", 1, [False, True]),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_phrases_are_read_one_a_line(cf: Cf, text: str, code: int, read: list[bool]) -> None:
    answer = cf("when - --json", piped=text)
    assert answer.exit == code
    assert [one["error"] is None for one in answer.data["phrases"]] == read
    assert [one["phrase"] for one in answer.data["phrases"]] == [
        line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")
    ]
    assert len(answer.err) < 5_000
