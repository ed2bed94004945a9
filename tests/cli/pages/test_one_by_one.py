"""The screen of one dossier on the desk."""

from __future__ import annotations

import pytest

from goldens import NARROW, WINDOW, Golden, Rows

PAGES: Rows = {
    "one by one": ("today -i", WINDOW),
    "one by one narrow": ("today -i", NARROW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
