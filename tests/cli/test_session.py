"""What a command has at hand: the folder, the day, and what the settings say of them."""

from __future__ import annotations

from acts import anna, on, settings
from folders import Cf


def test_the_rhythm_of_a_tag_comes_from_the_settings(cf: Cf) -> None:
    settings(cf, 'rhythm = "6 months"\nrhythm_by_tag = { vip = "1 week" }\n')
    anna(cf, 'tags = ["b2c", "VIP"]')
    cf.ok("log anna fine")
    assert on(cf) == "2026-07-22"


def test_the_ladder_is_a_setting(cf: Cf) -> None:
    settings(cf, 'attempts = ["3b"]\n')
    anna(cf)
    cf.ok("log anna -x")
    assert on(cf) == "2026-07-20"


def test_capacity_by_weekday_and_weights_by_kind(cf: Cf) -> None:
    settings(cf, "capacity = { fri = 4 }\nweights = { visit = 3, mail = 0.5 }\n")
    anna(cf)
    cf.write("bert", 'name = "Bert"\n[next]\non = 2026-07-17\nkind = "Visit"\n')
    assert "over" not in cf.ok("log anna fine -n fri --for mail").out
    cf.write("carl", 'name = "Carl"\n[next]\non = 2026-07-16\nkind = "visit"\n')
    assert "3 (weighing 6.5) that day, over 4" in cf.ok("file carl fri").out
    assert cf.ok("today --json", today="2026-07-17").data["capacity"] == 4
    assert cf.ok("today --json", today="2026-07-17").data["load"] == 3


def test_one_bad_day_off_leaves_the_others_in_force(cf: Cf) -> None:
    settings(cf, 'days_off = ["2026-07-16", "24.12.2026", 5]\n')
    anna(cf)
    answer = cf.ok("log anna -x")
    assert on(cf) == "2026-07-17"
    assert "days_off" in answer.err
