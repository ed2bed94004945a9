"""Two who are promised the same time are named to each other wherever it can still be mended."""

from __future__ import annotations

import pytest

from clientfolder.cli.output.terminal import Window
from folders import Cf


@pytest.fixture
def two(cf: Cf) -> Cf:
    cf.ok("new Anna -n fri 10:00")
    cf.ok("new Petra -n fri 10:00")
    cf.ok("new Jan -n fri 11:00")
    return cf


def test_the_echo_names_the_other(two: Cf) -> None:
    assert "same time as Jan" in two.ok("file anna fri 11:00 --yes").out
    assert "same time" not in two.ok("file anna fri 12:00 --yes").out


def test_the_week_names_each_to_the_other(two: Cf) -> None:
    page = two.ok("week").out
    assert [line.split()[2] for line in page.splitlines() if "same time as" in line] == ["Anna", "Petra"]
    assert "same time as Petra" in page
    assert "same time as Anna" in page
    assert "same time" not in two.ok("week next week").out


def test_in_a_short_window_the_names_tell_it(two: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        two.write(f"c{number}", f'name = "Client {number}"\n[next]\non = 2026-07-{16 + number % 3}\n')
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: Window(80, 18)))
    page = two.ok("week").out
    assert "10:00 Anna (same time)" in page
    assert "10:00 Petra (same time)" in page
    assert "11:00 Jan (same" not in page


def test_the_desk_names_each_to_the_other(two: Cf) -> None:
    desk = two.ok("today", today="2026-07-17").out
    assert "same time as Petra" in desk
    assert "same time as Anna" in desk
    assert desk.count("same time") == 2
    assert "same time" not in two.ok("today", today="2026-07-18").out, "they are late, and no time is promised any more"


def test_the_doctor_names_the_second_and_the_line_that_mends_it(two: Cf) -> None:
    [found] = two("doctor --json").data["findings"]
    assert (found["code"], found["client"]) == ("same_time", "petra")
    assert "the same time as Anna" in found["message"]
    two.ok(found["mend"].removeprefix("cf "))
    assert two("doctor --json").data["findings"] == []
    assert (two.next("petra") or {})["time"] == "12:00", "11:00 is Jan's"


def test_a_resting_one_takes_no_time(two: Cf) -> None:
    two.ok("rest petra sold the shop --yes")
    assert two("doctor --json").data["findings"] == []
    assert "same time" not in two.ok("week").out
