"""When a client can be called: hours and weekdays."""

from __future__ import annotations

from datetime import time

import pytest

from clientfolder.dates.availability import hours, weekday


@pytest.mark.parametrize(
    ("text", "clock", "holds"),
    [
        ("after 17:00", time(17), True), ("after 17:00", time(16, 59), False), ("before 12", time(11, 59), True),
        ("before 12", time(12), False), ("9:00-12:00, after 17", time(9), True), ("9 to 12, after 17", time(13), False),
        ("from 9", time(23, 59), True), ("until 9", time(0), True),
    ],
)  # fmt: skip
def test_the_hours_hold_from_the_first_to_before_the_last(text: str, clock: time, holds: bool) -> None:
    found = hours(text)
    assert found
    assert found.hold(clock) is holds


@pytest.mark.parametrize("text", ["", "evenings", "12-9", "9-9", "after 25", "after 17,", "\u0661"])
def test_what_names_no_hours_is_none(text: str) -> None:
    assert hours(text) is None


@pytest.mark.parametrize(
    ("name", "number"), [("mon", 0), ("Mondays", 0), ("thurs", 3), ("su", None), ("someday", None)]
)
def test_a_weekday_has_three_letters_at_least(name: str, number: int | None) -> None:
    assert weekday(name) == number
