"""A setting as people type it is what the file would hold."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from clientfolder.binder.toml import typed_setting as typed
from clientfolder.settings import TABLE, Setting, plain
from clientfolder.settings.values import Unfit

ROWS = {row.name: row for row in TABLE}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_what_the_screen_shows_can_be_typed_back(row: Setting) -> None:
    meant = row.read(tomllib.loads(f"v = {row.example}")["v"])
    assert row.read(typed.read(row, typed.example(row))) == meant
    assert row.read(typed.read(row, row.example)) == meant, "TOML as it stands in the file"
    assert "\n" not in typed.shown(plain(meant))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("capacity", "6", 6),
        ("capacity", " mon 4, fri: 2,sat=0 ", {"mon": 4, "fri": 2, "sat": 0}),
        ("day_first", "YES", True),
        ("day_first", "n", False),
        ("working_days", "mon tue wed", ["mon", "tue", "wed"]),
        ("working_days", "mon", ["mon"]),
        ("days_off", "2026-12-24", [date(2026, 12, 24)]),
        ("days_off", "2026-12-24 2026-12-25", [date(2026, 12, 24), date(2026, 12, 25)]),
        ("days_off", "[]", []),
        ("attempts", "1b, 2 weeks", ["1b", "2 weeks"]),
        ("exports", "ics ~/a b.ics --promised", ["ics ~/a b.ics --promised"]),
        ("exports", "ics ~/a.ics, csv ~/b.csv", ["ics ~/a.ics", "csv ~/b.csv"]),
        ("rhythm", "4-6 weeks", "4-6 weeks"),
        ("label_sheet", "3474", "3474"),
        ("label_shift", "1.5,-0.5", "1.5,-0.5"),
        ("greet", "birthday name_day", ["birthday", "name_day"]),
        ("greet", "birthday", ["birthday"]),
        ("rhythm_by_tag", "vip 2-3 weeks, sleeping 6 months", {"vip": "2-3 weeks", "sleeping": "6 months"}),
        ("rates", "PLN 0.23", {"PLN": 0.23}),
    ],
)
def test_words_are_enough(name: str, text: str, value: Any) -> None:
    found = typed.read(ROWS[name], text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("capacity", "lots"), ("capacity", "0"), ("capacity", "mon 4, mon 5"), ("capacity", "mon 4, fri"),
        ("capacity", "5\nsnooze = 3"), ("capacity", "true"), ("weights", "visit nan"), ("days_off", "2026-12-24, soon"),
        ("days_off", "2026-02-30"), ("day_first", "perhaps"), ("rhythm", "sometimes"), ("stages", "one"),
        ("working_days", "mon, someday"), ("capacity", "[" * 3000), ("currency", "€"), ("rates", "PLN 0"),
    ],
)  # fmt: skip
def test_what_is_no_such_setting_is_none(name: str, text: str) -> None:
    with pytest.raises(Unfit):
        typed.read(ROWS[name], text)
