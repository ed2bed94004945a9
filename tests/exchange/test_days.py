"""Days as other programs write them, read where they can be only one."""

from __future__ import annotations

import pytest

from clientfolder.exchange import days

CASES = [
    ("2018-03-15", "2018-03-15"), ("20180315", "2018-03-15"), ("1984-05-07T00:00:00Z", "1984-05-07"),
    ("2026/8/3", "2026-08-03"), ("--05-07", "--05-07"), ("--0507", "--05-07"), ("1604-07-04", "--07-04"),
    ("0000-07-04", "--07-04"), ("7.5.1984", "1984-05-07"), ("7. 5. 1984", "1984-05-07"), ("29.2.1968", "1968-02-29"),
    ("14 Jul 2025", "2025-07-14"), ("Jul 14, 2025", "2025-07-14"), ("3. März 1980", "1980-03-03"),
    ("7. května 1984", "1984-05-07"), ("7 May", "--05-07"), ("4/23/1965", "1965-04-23"), ("5/5/1980", "1980-05-05"),
    ("03/04/1990", None), ("31.12.84", None), ("32999", None), ("1990-13-01", None), ("1985-04", None), ("1985", None),
    ("circa 1800", None), ("---04", None), ("30.2.1980", None), ("", None), ("soon", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), CASES)
def test_a_day_is_read_or_not(text: str, day: str | None) -> None:
    assert days.read(text) == day


@pytest.mark.parametrize(("day_first", "day"), [(True, "1990-04-03"), (False, "1990-03-04")])
def test_what_may_be_two_days_is_read_by_the_order(day_first: bool, day: str) -> None:
    assert days.read("03/04/1990", day_first) == day
    assert days.read("2026-08-03", day_first) == "2026-08-03"


@pytest.mark.parametrize(
    ("column", "setting", "order"),
    [
        (["4/23/1965", "3/4/1990"], None, False), (["23/4/1965", "3/4/1990"], None, True), (["3/4/1990"], None, None),
        (["3/4/1990"], True, True), (["4/23/1965"], True, None), (["4/23/1965", "23/4/1965"], None, None),
    ],
)  # fmt: skip
def test_a_column_shows_its_order_by_what_can_only_be_one(
    column: list[str], setting: bool | None, order: bool | None
) -> None:
    assert days.order_of(column, setting) is order


@pytest.mark.parametrize("text", ["0/0/00", "00.00.0000", "0000-00-00", " 0/0/0000 "])
def test_zeros_are_no_day(text: str) -> None:
    assert days.is_empty(text)
