"""The sheet of one dossier."""

from __future__ import annotations

import pytest

from goldens import ROLL, WINDOW, Golden, Rows

PAGES: Rows = {
    "show": ("show anna", WINDOW),
    "show whole": ("show bistro -a", WINDOW),
    "show resting": ("show pivovar", ROLL),
    "show with papers": ("show novak", WINDOW),
    "show with a form": ("show novak", WINDOW),
    "show with slips": ("show nov", WINDOW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
