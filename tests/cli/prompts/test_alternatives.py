"""The questions that an act may raise, each answered with one key."""

from __future__ import annotations

import tomllib

import pytest

from acts import DODGED, NEVER, anna, entries, fill, on, settings
from folders import Cf


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("\r", 'on = 2026-07-22'),
        ("tmoved away\n", 'resting = "moved away"'),
        ("r2 months\n", 'rhythm = "2 months"'),
        ("n+49 89 555 99 88\n", 'phone = "+49 89 555 99 88"'),
    ],
)  # fmt: skip
def test_after_the_last_rung_it_is_asked_what_else(cf: Cf, keys: str, shown: str) -> None:
    anna(cf, log=NEVER)
    cf.write("anna", cf.text("anna").replace("[next]", '[card]\nphone = "1234567"\n\n[next]'))
    answer = cf("log anna -x", typed=keys, terminal=True)
    assert answer.exit == 0, answer
    assert "was not reached 4 times" in answer.out
    assert shown in cf.text("anna")
    assert len(entries(cf)) == 4
    if keys.startswith("n"):
        assert 'old_phone = "1234567"' in cf.text("anna")
    cf.ok("undo")
    assert len(entries(cf)) == 3


@pytest.mark.parametrize(("keys", "exit_code"), [("\x03", 130), ("", 2)])
def test_leaving_at_that_question_writes_nothing(cf: Cf, keys: str, exit_code: int) -> None:
    anna(cf, log=NEVER)
    before = cf.text("anna")
    assert cf("log anna -x", typed=keys, terminal=True).exit == exit_code
    assert cf.text("anna") == before


def test_a_full_day_names_the_nearest_with_room_and_one_key_takes_that(cf: Cf) -> None:
    settings(cf, "capacity = 2\n")
    anna(cf)
    fill(cf, "2026-07-17", 2)
    fill(cf, "2026-07-16", 2)
    fill(cf, "2026-07-20", 1)
    answer = cf("log anna fine -n fri", typed="l", terminal=True)
    assert "Fri 17 Jul holds 2 already, room for 2; Mon 20 Jul holds 1." in answer.out
    assert on(cf) == "2026-07-20"
    cf.ok("undo")
    cf("log anna fine -n fri", typed="\r", terminal=True)
    assert on(cf) == "2026-07-17"


@pytest.mark.parametrize("line", ["snooze anna", "file anna fri"])
@pytest.mark.parametrize(
    ("keys", "shown"),
    [("\r", 'kind = "moved"'), ("tgone sailing\n", 'resting = "gone sailing"'), ("r3 weeks\n", "on = 2026-08-05")],
)
def test_from_the_third_move_on_it_is_asked_what_else(cf: Cf, line: str, keys: str, shown: str) -> None:
    anna(cf, log=DODGED)
    answer = cf(line, typed=keys, terminal=True)
    assert answer.exit == 0, answer
    assert "was put off 2x since the last contact" in answer.out
    assert shown in cf.text("anna")
    cf.ok("undo")
    assert on(cf) == "2026-07-15"


def test_calling_now_instead_writes_nothing_and_says_the_number(cf: Cf) -> None:
    anna(cf, log=DODGED)
    before = cf.text("anna")
    answer = cf("snooze anna", typed="c", terminal=True)
    assert answer.exit == 0
    assert "Call now: " in answer.out
    assert "cf log anna" in answer.out
    assert cf.text("anna") == before


def test_a_lighter_day_is_never_earlier_than_the_day_that_is_put_off(cf: Cf) -> None:
    settings(cf, "capacity = 1\n")
    anna(cf, on="2026-07-17")
    fill(cf, "2026-07-20", 1)
    assert "lighter" in cf("snooze anna 20", typed="l", terminal=True).out
    assert on(cf) == "2026-07-21"


def test_no_number_is_lost_for_another(cf: Cf) -> None:
    anna(cf, log=NEVER)
    cf.write("anna", cf.text("anna").replace("[next]", '[card]\nphone = "1111111"\nold_phone = "mother"\n\n[next]'))
    cf("log anna -x", typed="n222222\n", terminal=True)
    card = tomllib.loads(cf.text("anna"))["card"]
    assert card == {"phone": "222222", "old_phone": "mother", "old_phone_2": "1111111"}
