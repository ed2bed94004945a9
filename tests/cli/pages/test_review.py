"""The page that looks back."""

from __future__ import annotations

import pytest

from goldens import NARROW, ROLL, SMALL, WIDE, WINDOW, Golden, Rows

PAGES: Rows = {
    "review": ("review", ROLL),
    "review of yesterday": ("review yesterday", ROLL),
    "review of an empty day": ("review 12", ROLL),
    "review of a week": ("review week", WINDOW),
    "review of last week": ("review last week", ROLL),
    "review of a month": ("review june", ROLL),
    "review in a small window": ("review last week", SMALL),
    "review narrow": ("review last week", NARROW),
    "review wide": ("review june", WIDE),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
