"""The folder itself: `init demo undo redo history doctor`."""

from __future__ import annotations

import pytest

from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "doctor": ("doctor", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
