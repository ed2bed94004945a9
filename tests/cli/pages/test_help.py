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


@pytest.mark.parametrize("columns", [60, 70, 80, 120])
def test_the_overview_and_the_help_of_each_command_fit_the_window_and_an_example_is_one_line(
    cf: Cf, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cf.env["COLUMNS"] = str(columns)
    # What lays out the options asks the process.
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, cf.ok("--help").out.splitlines())) <= columns
    for row in table.TABLE:
        lines = cf.ok(f"{row.name} -h").out.splitlines()
        assert lines[-1] == f"  Example: cf {row.example}"
        assert max(map(len, lines[:-1])) <= columns, row.name
