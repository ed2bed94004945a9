"""The whole binder: nothing that is filed is missing from it, and every load is the one that is counted everywhere."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, How, Next
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import no_rhythm, whole_binder
from clientfolder.tickler.load import Room, loads

DAY = date(2026, 7, 15)


def many() -> Covers:
    """Dossiers around the day, late and ahead; every ninth without a day, every eleventh without a date or resting."""
    chance = random.Random(7)
    covers = []
    for number in range(400):
        on: date | Month = DAY + timedelta(days=chance.randint(-20, 200))
        if number % 9 == 0:
            on = Month.of(on) if isinstance(on, date) else on
        how: How = "agreed" if number % 4 == 0 else "planned"
        contact = None if number % 11 == 1 else Next(on, how=how)
        covers.append(Cover(f"c{number}", f"C {number}", next=contact, resting="why" if number % 11 == 2 else None))
    return Covers.of(covers)


@pytest.mark.parametrize("day", [DAY, DAY + timedelta(days=16), date(2026, 12, 31)])
def test_every_dossier_that_does_not_rest_lies_behind_one_insert(day: date) -> None:
    there = many()
    load = loads(there, day)
    binder = whole_binder(there, day, load, Room(weight=load), no_rhythm)
    filed = [client for place in binder.places for client in place.dossiers.clients]
    assert sorted(filed) == sorted(cover.client for cover in there if cover.resting is None)
    assert binder.overdue == len(desk.lay_out(there, day).overdue)
    assert binder.promised == {c.next.on for c in there if c.next and c.next.agreed and c.resting is None}
    for place in binder.places:
        if slots.is_day_insert(place.slot) and place.on is not None:
            late = binder.overdue if place.on == day else 0
            assert binder.load[place.on] == len(place.dossiers) + late


def test_an_empty_binder_has_no_insert_and_nothing_late() -> None:
    binder = whole_binder(Covers.of([]), DAY, {}, Room(), no_rhythm)
    assert (binder.places, binder.overdue, binder.promised) == ((), 0, frozenset())
