"""The days that are dated, as a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

import thorough
from acts import window
from clientfolder.cli.output.terminal import Window, width
from folders import Cf
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


SHORT = {
    "Jan": 1,
    "Feb": 2,
    "Mar": 3,
    "Apr": 4,
    "May": 5,
    "Jun": 6,
    "Jul": 7,
    "Aug": 8,
    "Sep": 9,
    "Oct": 10,
    "Nov": 11,
    "Dec": 12,
}


@pytest.mark.parametrize("months", ["0", "4", "-1", "x", "1.5"])
def test_one_to_three_months(vera: Cf, months: str) -> None:
    assert vera(["binder", "--dated", f"--months={months}"]).exit == 2


@pytest.mark.parametrize("day", range(0, 366, thorough.sweep(11, 33)))
def test_a_month_fits_into_a_window_on_any_day(vera: Cf, day: int, monkeypatch: pytest.MonkeyPatch) -> None:
    (vera.root / "clientfolder.toml").write_text('holidays = "DE-BY"\n')
    today = str(date(2026, 1, 1) + timedelta(days=day))
    lines = window(vera, "binder --dated", Window(80, 24), monkeypatch, today)
    assert len(lines) < 24
    assert "! promised" in lines[0]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "working", ["", 'working_days = ["sat"]\n', 'working_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n']
)
def test_the_page_shows_each_day_with_its_load(
    crowd: Cf, columns: int, working: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (crowd.root / "clientfolder.toml").write_text(working)
    days = crowd.ok("binder --months 2 --json").data["days"]
    lines = window(crowd, "binder --months 2", Window(columns), monkeypatch)
    assert all(width(line) <= columns for line in lines)
    page = "\n".join(lines)
    for one in days:
        on = date.fromisoformat(one["on"])
        name = on.strftime("%a")
        month = next(short for short, number in SHORT.items() if number == on.month)
        assert re.search(rf"{name} {on.day}\b", page) or f"{on.day} {month}" in page or columns == 40, on
    counts = sum(one["load"] for one in days)
    assert counts == 120
    # The sum of each week stands at its right.
    if columns >= 80:
        assert (
            sum(int(found) for found in re.findall(r"(\d+)(?:, [\d.]+/day)$", page, re.MULTILINE)) == counts or working
        )


def test_names_of_holidays_that_have_no_room_stand_below(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    (vera.root / "clientfolder.toml").write_text('holidays = "DE-BY"\n')
    page = "\n".join(window(vera, "binder --dated", Window(80, 24), monkeypatch, "2026-05-10"))
    assert "Thu 14 May Ascension Day" in page
    assert "Thu 4 Jun Corpus Christi" in page
