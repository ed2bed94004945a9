"""The screen of one dossier on the desk."""

from __future__ import annotations

import pytest

from clientfolder.cli.output.terminal import Span, Window, plain, width
from clientfolder.cli.pages.one_by_one import folded
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


def test_what_was_done_names_commands_whole_and_the_rest_as_wide_as_the_window() -> None:
    news = [
        (Span("   beside it: send the mockups, Thu 16 Jul, 1 day late: cf log slips/send-the-mockups"),),
        (Span("A line of many words that is told in red, and longer than the window is wide.", "late"),),
    ]
    lines = [*folded(news, Window(60))]
    assert "    cf log slips/send-the-mockups" in [plain(line) for line in lines]
    assert all(width(plain(line)) < 60 for line in lines)
    assert {span.style for line in lines[2:] for span in line if span.text.strip()} == {"late"}
