"""The days that are dated, as a calendar."""

from __future__ import annotations

import pytest

from goldens import NARROW, WIDE, WINDOW, Golden, Rows

PAGES: Rows = {
    "binder dated": ("binder --dated", WINDOW),
    "binder dated narrow": ("binder --dated --months 3", NARROW),
    "binder dated wide": ("binder --months 2", WIDE),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
