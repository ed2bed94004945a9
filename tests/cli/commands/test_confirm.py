"""What a command that has written tells: its changes to scripts, its lines to people."""

from __future__ import annotations

from acts import anna, fill, settings
from folders import Cf


def test_in_a_script_a_full_day_is_a_warning_and_a_line(cf: Cf) -> None:
    settings(cf, "capacity = 2\n")
    anna(cf)
    fill(cf, "2026-07-17", 2)
    answer = cf.ok("file anna fri")
    assert "3 that day, over 2" in answer.out
    assert "lighter: Thu 16 Jul, 0 that day" in answer.out
    codes = [warning["code"] for warning in cf.ok("snooze anna 1w --json").json["warnings"]]
    assert codes == []
    assert [w["code"] for w in cf.ok("file anna fri --json").json["warnings"]] == ["over_capacity"]
