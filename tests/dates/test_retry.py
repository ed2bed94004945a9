"""When to try again, and what suits a client."""

from __future__ import annotations

from datetime import date, time

import pytest

from clientfolder.dates.availability import Hours, hours, weekdays
from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.retry import RetryStep, parse, step_after
from clientfolder.tickler.load import Room

WEDNESDAY = date(2026, 7, 15)
LADDER = (RetryStep(1, "b"), RetryStep(2, "d"), RetryStep(1, "w"))


@pytest.mark.parametrize(
    ("text", "step"),
    [("1b", RetryStep(1, "b")), ("+2d", RetryStep(2, "d")), ("1 week", RetryStep(1, "w")), ("3 workdays", RetryStep(3, "b")),
     (" 1M ", RetryStep(1, "m")), ("soon", None), ("", None), ("0d", None), ("1y", None), ("-1d", None), ("١d", None)],
)  # fmt: skip
def test_a_rung_is_a_step_ahead(text: str, step: RetryStep | None) -> None:
    assert parse(text) == step


@pytest.mark.parametrize(
    ("before", "on"), [(0, date(2026, 7, 16)), (1, date(2026, 7, 17)), (2, date(2026, 7, 22)), (9, date(2026, 7, 22))]
)
def test_each_attempt_steps_further_and_the_last_rung_stays(before: int, on: date) -> None:
    assert step_after(LADDER, before).after(WEDNESDAY, Room().on_or_after) == on


def test_a_step_slides_over_days_off_and_weekdays_that_do_not_suit() -> None:
    room = Room(WorkingDays(off=frozenset({date(2026, 7, 16)})))
    assert RetryStep(1, "b").after(WEDNESDAY, room.on_or_after) == date(2026, 7, 17)
    assert RetryStep(2, "b").after(WEDNESDAY, room.on_or_after) == date(2026, 7, 20)
    assert RetryStep(2, "d").after(WEDNESDAY, lambda day: room.on_or_after(day, frozenset({4, 0}))) == date(2026, 7, 21)
    assert RetryStep(1, "m").after(WEDNESDAY, room.on_or_after) == date(2026, 8, 17)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("after 17:00", [(time(17), None)]),
        ("After 17", [(time(17), None)]),
        ("before 12:00", [(time(0), time(12))]),
        ("9:00-12:30", [(time(9), time(12, 30))]),
        ("9 to 12, after 17:30", [(time(9), time(12)), (time(17, 30), None)]),
        ("whenever", None), ("12-9", None), ("", None), ("after 25:00", None), ("after 17:00,", None),
    ],
)  # fmt: skip
def test_hours_are_read(text: str, spans: list[tuple[time, time | None]] | None) -> None:
    assert hours(text) == (None if spans is None else Hours(tuple(spans)))


def test_hours_hold_from_their_beginning_to_before_their_end() -> None:
    suiting = hours("9-12, after 17:00")
    assert suiting
    assert [suiting.hold(time(*at)) for at in ((8, 59), (9,), (11, 59), (12,), (17,), (23, 59))] == [
        False, True, True, False, True, True,
    ]  # fmt: skip


def test_weekdays_are_named_in_full_by_three_letters_or_in_the_plural() -> None:
    assert weekdays(["mon", "Tuesday", "fridays", "x", ""]) == {0, 1, 4}
