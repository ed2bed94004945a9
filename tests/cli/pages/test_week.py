"""The page of a week."""

from __future__ import annotations

import re

import pytest

import thorough
from acts import window
from clientfolder.cli.output.terminal import Window, width
from folders import Cf
from goldens import NARROW, ROLL, SMALL, WIDE, WINDOW, Golden, Rows

PAGES: Rows = {
    "week": ("week", ROLL),
    "week in a window": ("week", WINDOW),
    "week in a small window": ("week", SMALL),
    "week narrow": ("week", NARROW),
    "week wide": ("week next week", WIDE),
    "week of the month end": ("week 29 july", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


def test_days_off_in_a_row_are_one_line(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text("days_off = [2026-07-15, 2026-07-16, 2026-07-17, 2026-07-20]\n")
    page = cf.ok("week").out
    assert " Wed 15 to Mon 20 July   day off\n" in page
    assert " Tue 21 July " in page


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("rows", thorough.share(range(10, 40, 3), 0, 3))
@pytest.mark.parametrize("line", ["week", "week next week"])
def test_the_week_never_scrolls_away_and_counts_whom_it_does_not_show(
    crowd: Cf, rows: int, columns: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = crowd.ok(f"{line} --json").data["days"]
    lines = window(crowd, line, Window(columns, rows), monkeypatch)
    assert len(lines) < rows
    assert all(width(one) <= columns for one in lines)
    heads = [place for place, one in enumerate(lines) if re.match(r" (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d", one)]
    assert [int(lines[place].split()[1]) for place in heads] == [int(day["on"][-2:]) for day in days]
    for place, end, day in zip(heads, [*heads[1:], len(lines)], days, strict=True):
        block = "\n".join(lines[place + 1 : end])
        names = re.findall(r"Client (\d{3})", block)
        more = re.findall(r" · (\d+) more", block)
        assert len(set(names)) == len(names)
        if names or more:
            assert len(names) + sum(map(int, more)) == day["load"]


def test_promised_ones_are_not_the_ones_left_out(crowd: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = window(crowd, "week", Window(80, 14), monkeypatch)
    assert any("more" in line for line in lines)
    shown = re.findall(r"(! )?(?:\d+ d )?Client", lines[3])
    assert shown[0] == "! "
