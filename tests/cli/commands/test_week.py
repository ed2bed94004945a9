"""`week` and `binder --dated`: the days ahead on a page and for scripts."""

from __future__ import annotations

import re

import pytest

from folders import Cf

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
