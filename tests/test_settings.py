"""One table makes the loader, the commented file and `cf settings`."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from clientfolder.dates.rhythm import Rhythm
from clientfolder.settings import TABLE, Settings, commented, load
from clientfolder.settings.values import Capacity


def test_without_a_word_in_the_file_every_setting_has_its_default() -> None:
    settings, warnings = load({})
    assert warnings == []
    assert settings == Settings(
        day_first=None,
        capacity=Capacity((8,) * 7),
        weights={},
        working_days=("monday", "tuesday", "wednesday", "thursday", "friday"),
        days_off=(),
        holidays=None,
        snooze="+1b",
        attempts=("1b", "2d", "1w"),
        rhythm=None,
        rhythm_by_tag={},
    )
    assert settings.every() is None


@pytest.mark.parametrize(
    ("name", "value", "meaning"),
    [
        ("day_first", True, True),
        ("day_first", False, False),
        ("capacity", 1, Capacity((1,) * 7)),
        ("capacity", 12, Capacity((12,) * 7)),
        ("capacity", {"mon": 10, "Friday": 0}, Capacity((10, 8, 8, 8, 0, 8, 8))),
        ("weights", {"visit": 4, "Mail": 0.5}, {"visit": 4, "mail": 0.5}),
        ("holidays", "de-by", "DE-BY"),
        ("attempts", ["1b", "3 days"], ("1b", "3 days")),
        ("rhythm", "4-6 weeks", "4-6 weeks"),
        ("rhythm_by_tag", {"vip": "2 weeks", "b2c": "first monday"}, {"vip": "2 weeks", "b2c": "first monday"}),
        ("working_days", ["mon", "Wed", "FRIDAY"], ("monday", "wednesday", "friday")),
        ("working_days", ["sun", "mon"], ("monday", "sunday")),
        ("working_days", ["tues", "thurs", "Mondays"], ("monday", "tuesday", "thursday")),
        ("days_off", [], ()),
        ("days_off", [date(2026, 12, 25), date(2026, 12, 24)], (date(2026, 12, 24), date(2026, 12, 25))),
        ("days_off", ["2026-12-24"], (date(2026, 12, 24),)),
        ("snooze", "+3b", "+3b"),
        ("snooze", "1w", "1w"),
        ("snooze", "next mon", "next mon"),
        ("rhythm", "6 weeks", "6 weeks"),
        ("rhythm", "1 month", "1 month"),
    ],
)
def test_a_setting_is_read(name: str, value: Any, meaning: Any) -> None:
    settings, warnings = load({name: value})
    assert warnings == []
    assert getattr(settings, name) == meaning


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day_first", "true"),
        ("day_first", 1),
        ("capacity", 0),
        ("capacity", -3),
        ("capacity", True),
        ("capacity", "8"),
        ("capacity", 8.0),
        ("capacity", {"mon": -1}),
        ("capacity", {"someday": 3}),
        ("capacity", {"mon": "3"}),
        ("weights", 2),
        ("weights", {"visit": "much"}),
        ("weights", {"visit": -1}),
        ("weights", {"visit": True}),
        ("weights", {"phone call": 2}),
        ("holidays", "Bavaria"),
        ("holidays", 49),
        ("attempts", []),
        ("attempts", ["soon"]),
        ("attempts", "1b"),
        ("rhythm_by_tag", "6 weeks"),
        ("rhythm_by_tag", {"vip": "often"}),
        ("working_days", []),
        ("working_days", "mon"),
        ("working_days", "monday"),
        ("working_days", ["mon", "holiday"]),
        ("working_days", ["mo"]),
        ("working_days", [""]),
        ("working_days", [1, 2]),
        ("working_days", 5),
        ("days_off", "2026-12-24"),
        ("days_off", date(2026, 12, 24)),
        ("days_off", ["christmas"]),
        ("days_off", [20261224]),
        ("snooze", "a bit"),
        ("snooze", ""),
        ("snooze", 3),
        ("rhythm", "often"),
        ("rhythm", 6),
        ("rhythm", ""),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_warning(name: str, value: Any) -> None:
    settings, warnings = load({name: value, "capacity" if name != "capacity" else "rhythm": None})
    assert getattr(settings, name) == getattr(Settings(), name)
    assert [warned.code for warned in warnings] == ["setting", "setting"]
    assert name in warnings[0].message


@pytest.mark.parametrize(
    ("unknown", "nearest"),
    [("capacty", "capacity"), ("dayfirst", "day_first"), ("workdays", "working_days"), ("rythm", "rhythm"),
     ("days-off", "days_off"), ("snoose", "snooze")],
)  # fmt: skip
def test_an_unknown_setting_is_a_warning_with_the_nearest_known_name(unknown: str, nearest: str) -> None:
    settings, warnings = load({unknown: 3})
    assert settings == Settings()
    assert [warned.code for warned in warnings] == ["setting"]
    assert unknown in warnings[0].message
    assert nearest in warnings[0].message


def test_one_bad_setting_leaves_the_others_standing() -> None:
    settings, warnings = load({"capacity": 5, "snooze": "soon", "day_first": True})
    assert (settings.capacity, settings.snooze, settings.day_first) == (Capacity((5,) * 7), "+1b", True)
    assert len(warnings) == 1


def test_the_working_days_are_the_week_without_the_days_off() -> None:
    working = load({"working_days": ["mon", "thu"], "days_off": [date(2026, 7, 16)]})[0].working({})
    july = [date(2026, 7, number) for number in range(13, 27)]
    assert [day.day for day in july if day in working] == [13, 20, 23]


def test_the_rhythm_of_clients_without_their_own() -> None:
    assert load({"rhythm": "6 weeks"})[0].every() == Rhythm(6, "week")


def test_the_rhythm_of_the_first_tag_that_has_one_comes_before_that_of_all() -> None:
    settings, _ = load({"rhythm": "6 weeks", "rhythm_by_tag": {"VIP": "2 weeks", "b2c": "1 year"}})
    assert settings.every(["new", "b2c", "vip"]) == Rhythm(12, "month")
    assert settings.every(["vip"]) == Rhythm(2, "week")
    assert settings.every(["new"]) == Rhythm(6, "week")


def test_public_holidays_are_no_working_days() -> None:
    working = load({"days_off": [date(2026, 7, 16)]})[0].working({date(2026, 7, 17): "Founders' Day"})
    assert date(2026, 7, 17) not in working
    assert [working.off_for(date(2026, 7, day)) for day in (16, 17)] == ["day off", "Founders' Day"]


@pytest.mark.parametrize("made", [{}, {"day_first": "true"}, {"day_first": "false", "rates": "{ PLN = 0.23 }"}])
def test_the_file_of_a_new_folder_makes_only_what_was_asked_for(made: dict[str, str]) -> None:
    asked_for = {name: tomllib.loads(f"value = {value}")["value"] for name, value in made.items()}
    assert tomllib.loads(commented(made)) == asked_for


def test_the_file_of_a_new_folder_explains_every_setting_with_an_example_that_works() -> None:
    text = commented({})
    examples = [line.removeprefix("# ") for line in text.splitlines() if " = " in line]
    settings, warnings = load(tomllib.loads("\n".join(examples)))
    assert warnings == []
    assert settings.rhythm
    assert [example.split(" = ")[0] for example in examples] == [setting.name for setting in TABLE]
    assert all(f"# {setting.meaning}" in text.splitlines() for setting in TABLE)


def test_the_table_has_a_row_for_each_setting() -> None:
    assert [setting.name for setting in TABLE] == list(Settings._fields)
