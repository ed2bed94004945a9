"""Dossiers made and changed: `new edit set rename rest remove`."""

from __future__ import annotations

import pytest

from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "rest": ("rest tomas gone sailing", ROLL),
    "new": ("new Jana Malá -n 25 july", ROLL),
    "set": ("set anna phone=+48 22 555 01 99 tags+=vip", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
