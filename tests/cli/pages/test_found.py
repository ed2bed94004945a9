"""The page of what was found."""

from __future__ import annotations

import pytest

from folders import Cf
from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "find": ("find quote", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


def test_what_is_found_stands_with_its_day_and_the_match_in_view(vera: Cf) -> None:
    long = f"{'before ' * 40}the needle {'behind ' * 40}"
    vera.ok(["log", "anna", long, "-n", "fri"])
    page = vera.ok("find needle").out
    assert page.startswith(" 15 Jul  Anna Kowalska  …")
    assert "the needle behind" in page
    assert max(map(len, page.splitlines())) < 80
    vera.env["LINES"], vera.env["COLUMNS"] = "24", "80"
    assert "\x1b[1mneedle\x1b[0m" in vera.ok("find NEEDLE", terminal=True).out
    assert vera.ok("find xyzzy").out == "Nothing says xyzzy.\n"
