"""The pages of care: who wants something, and how far the figures carry."""

from __future__ import annotations

import pytest

from folders import Cf
from goldens import NARROW, ROLL, Golden, Rows

PAGES: Rows = {
    "care": ("care", ROLL),
    "care narrow": ("care", NARROW),
    "care of one": ("care bistro", ROLL),
    "care of what is mended": ("care prazirna", ROLL),
    "checkup": ("checkup", ROLL),
    "checkup narrow": ("checkup", NARROW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


@pytest.fixture
def anna(called: Cf) -> Cf:
    return called


def test_the_page_has_who_wants_something_and_says_so_where_nobody_does(anna: Cf) -> None:
    assert "Nobody complains" in anna.ok("care").out
    anna.ok("log anna --complaint two broke --question why?", today="2026-07-10T10:00")
    page = anna.ok("care").out
    assert "COMPLAINTS" in page
    assert "late: two broke" in page
    assert "WAITING FOR MY ANSWER" in page
    [complaint] = anna.ok("care --json").data["complaints"]
    assert (complaint["client"], complaint["at"], complaint["days"], complaint["late"]) == (
        "anna", "2026-07-10T10:00", 5, True,
    )  # fmt: skip
    [waiting] = anna.ok("care --json").data["waiting"]
    assert waiting["hours"] == 8 + 10 + 10 + 2


def test_the_check_of_oneself_says_what_mends_it(anna: Cf) -> None:
    page = anna.ok("checkup").out
    assert "clients with a next date" in page
    assert "1 of 1" in page
    assert "cf set CLIENT sent_by=WHO" in page
    assert anna.ok("checkup --json").data["rows"][1] == {"row": "next", "good": 1, "of": 1, "mark": "+"}
