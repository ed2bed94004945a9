"""What is told of a day: the desk as it is laid out, and the next working days as they are counted everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from clientfolder.dates.calendar import WorkingDays
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Next
from clientfolder.settings.values import Capacity
from clientfolder.tickler import desk
from clientfolder.tickler.inserts import no_rhythm
from clientfolder.tickler.load import Room, loads, promised_days
from clientfolder.tickler.today import NEXT_DAYS, InSight, Note, today

DAY = date(2026, 7, 15)
WORKING = WorkingDays(off=frozenset({date(2026, 7, 16)}))


def covers() -> Covers:
    """One dossier at each of sixty days around the day, every third promised, every seventh resting."""
    days = [DAY + timedelta(days=count) for count in range(-30, 30)]
    return Covers.of(
        Cover(
            f"c{number:02}", f"C {number}",
            next=Next(on, how="agreed" if number % 3 == 0 else "planned"), resting="why" if number % 7 == 0 else None,
        )
        for number, on in enumerate(days)
    )  # fmt: skip


@pytest.mark.parametrize("day", [DAY + timedelta(days=count) for count in range(-8, 8)])
def test_the_next_days_are_those_that_are_worked_with_what_lies_there(day: date) -> None:
    there = covers()
    load = loads(there, day)
    told = today(there, day, Room(WORKING, Capacity((3,) * 7), load), no_rhythm)
    later = (day + timedelta(days=count) for count in range(1, 15))
    assert [one.on for one in told.ahead] == [on for on in later if on in WORKING][:NEXT_DAYS]
    promised = promised_days(there)
    for one in told.ahead:
        assert (one.load, bool(one.agreed), one.capacity) == (load[one.on], one.on in promised, 3)
    assert [pile.clients for pile in told.desk[1:]] == [pile.clients for pile in desk.lay_out(there, day)[1:]]
    assert told.weight == told.desk.load == load[day]


def test_notes_are_put_in_the_order_of_their_ranks() -> None:
    def one(sight: InSight) -> Iterator[Note]:
        yield from (Note(cover.client, 7, "seventh") for cover in sight.shown)

    def other(sight: InSight) -> Iterator[Note]:
        yield Note("c01", 9, f"of {len(sight.covers)} on {sight.day}")
        yield Note("c02", 1, "first")

    told = today(covers(), DAY, Room(), no_rhythm, makers=(one, other))
    notes = told.notes(told.desk.today)
    assert [note.rank for note in notes] == [1, 7, 9]
    assert notes[-1].text == "of 60 on 2026-07-15"
