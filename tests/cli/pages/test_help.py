"""The pages of help."""

from __future__ import annotations

import re

import pytest

from clientfolder.cli.commands import table
from folders import Cf
from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "help": ("--help", ROLL),
    "help of form": ("form --help", ROLL),
    "help of log": ("log --help", ROLL),
    "help of slip": ("slip --help", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


def test_the_first_help_fits_a_window_and_names_what_is_typed_weekly(cf: Cf) -> None:
    page = cf.ok("--help").out
    assert page.count("\n") <= 22
    assert max(map(len, page.splitlines())) <= 80
    found = re.findall(r"^  (\w+) {2,}[A-Z]", page, re.MULTILINE)
    assert found == list(table.WEEKLY)
    assert {*table.names()} - {*re.findall(r"[\w-]+", page)} == {"today"}
    assert "cf -i" in page
