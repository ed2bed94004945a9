"""The page of a week."""

from __future__ import annotations

import pytest

from goldens import NARROW, ROLL, SMALL, WIDE, WINDOW, Golden, Rows

PAGES: Rows = {
    "week": ("week", ROLL),
    "week in a window": ("week", WINDOW),
    "week in a small window": ("week", SMALL),
    "week narrow": ("week", NARROW),
    "week wide": ("week next week", WIDE),
    "week of the month end": ("week 29 july", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
