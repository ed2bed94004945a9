"""The page of a plan."""

from __future__ import annotations

import pytest

from goldens import NARROW, ROLL, Golden, Rows

PAGES: Rows = {
    "spread overdue": ("spread overdue --cap 6", ROLL),
    "spread today": ("spread today --cap 4 --yes", ROLL),
    "spread a range": ("spread 17..24 --cap 3 --dry-run", ROLL),
    "spread undated": ("spread undated --yes", ROLL),
    "spread narrow": ("spread today --cap 4", NARROW),
    "spread nothing": ("spread fri", ROLL),
    "away": ("away 15..28 july --dry-run", ROLL),
    "away narrow": ("away today..fri --yes", NARROW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
