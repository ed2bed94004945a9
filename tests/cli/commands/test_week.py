"""`week` and `binder --dated`: the days ahead on a page and for scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

import thorough
from clientfolder.cli.output.terminal import Window, width
from folders import Cf

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


@pytest.fixture
def crowd(cf: Cf) -> Cf:
    """A hundred and twenty dossiers, many of them this week; some promised."""
    for number in range(120):
        on = date(2026, 7, 13) + timedelta(days=number % 24)
        how = "agreed" if number % 6 == 0 else "planned"
        cf.write(f"client-{number}", f'name = "Client {number:03}"\n[next]\non = {on}\nhow = "{how}"\n')
    return cf


def window(cf: Cf, line: str, paper: Window, monkeypatch: pytest.MonkeyPatch, today: str | None = None) -> list[str]:
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: paper))
    return cf.ok(line, today=today).out.splitlines()


# week -------------------------------------------------------------------------------------------------


def test_the_week_for_scripts(vera: Cf) -> None:
    data = vera.ok("week --json").data
    assert list(data) == ["from", "to", "days"]
    assert (data["from"], data["to"]) == ("2026-07-15", "2026-07-19")
    today = data["days"][0]
    assert list(today) == ["on", "slot", "capacity", "load", "agreed", "off", "weight", "dossiers"]
    assert (today["on"], today["slot"], today["capacity"], today["load"], today["agreed"]) == (
        "2026-07-15",
        "15",
        8,
        9,
        3,
    )
    desk = vera.ok("today --json").data
    assert {row["client"] for row in today["dossiers"]} == {row["client"] for row in desk["overdue"] + desk["today"]}
    assert [day["on"] for day in data["days"]] == ["2026-07-15", "2026-07-16", "2026-07-17"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("", "2026-07-15", "2026-07-19"), ("today", "2026-07-15", "2026-07-19"), ("fri", "2026-07-15", "2026-07-19"),
        ("next week", "2026-07-20", "2026-07-26"), ("mon", "2026-07-20", "2026-07-26"), ("5 aug", "2026-08-03", "2026-08-09"),
        ("2w", "2026-07-27", "2026-08-02"), ("1 jan", "2026-12-28", "2027-01-03"),
    ],
)  # fmt: skip
def test_which_week_is_meant(vera: Cf, words: str, first: str, last: str) -> None:
    data = vera.ok(f"week {words} --json").data
    assert (data["from"], data["to"]) == (first, last)


@pytest.mark.parametrize("words", ["august", "fri 10:00", "fri!", "soon", "yesterday", "10..21", "2026-07-01"])
def test_what_is_no_day_is_refused(vera: Cf, words: str) -> None:
    answer = vera(f"week {words} --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (2, "phrase")


def test_days_off_say_so_and_idle_weekends_are_left_out(vera: Cf) -> None:
    (vera.root / "clientfolder.toml").write_text(
        'days_off = [2026-07-20, 2026-07-21, 2026-07-23]\nholidays = "DE-BY"\n'
    )
    vera.ok("file anna 25 july --yes")
    page = vera.ok("week next week").out
    assert " Mon 20 July   day off" in page
    assert " Thu 23 July   day off" in page
    assert " Sat 25 July " in page
    assert "Sun 26" not in page
    assert [day["off"] for day in vera.ok("week 14 may --json", today="2026-05-01").data["days"]] == [
        None, None, None, "Ascension Day", None,
    ]  # fmt: skip


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


def test_a_pipe_gets_a_line_for_each(crowd: Cf) -> None:
    page = crowd.ok("week").out
    assert len(re.findall(r"Client \d{3}", page)) == sum(day["load"] for day in crowd.ok("week --json").data["days"])
    assert "more" not in page


def test_an_unreadable_dossier_stops_no_week(vera: Cf) -> None:
    vera.write("broken", "name = \n")
    for line in ("week", "binder --dated"):
        answer = vera(line)
        assert answer.exit == 1
        assert "15" in answer.out
        assert "broken.toml" in answer.err


# binder --dated ---------------------------------------------------------------------------------------


def test_the_dated_inserts_for_scripts(vera: Cf) -> None:
    data = vera.ok("binder --dated --json").data
    assert data["slots"] == vera.ok("binder --json").data["slots"]
    assert list(data["days"][0].items()) == [
        ("on", "2026-07-15"), ("slot", "15"), ("capacity", 8), ("load", 9), ("agreed", 3), ("off", None),
    ]  # fmt: skip
    assert len(data["days"]) == 23
    assert len(vera.ok("binder --months 3 --json").data["days"]) > 60
    assert "days" not in vera.ok("binder --json").data


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
