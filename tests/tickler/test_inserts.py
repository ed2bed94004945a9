"""The whole binder: nothing that is filed is missing from it, and every load is the one that is counted everywhere."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

import pytest

from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, How, Next
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import Insert, is_undated, leaf_through, no_rhythm, slot_of, whole_binder
from clientfolder.tickler.load import Room, loads
from clients import client

DAY = date(2026, 7, 15)


def day(number: int, month: int = 7, year: int = 2026) -> date:
    return date(year, month, number)


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


@pytest.mark.parametrize("today", [DAY, DAY + timedelta(days=16), date(2026, 12, 31)])
def test_every_dossier_that_does_not_rest_lies_behind_one_insert(today: date) -> None:
    there = many()
    load = loads(there, today)
    binder = whole_binder(there, today, load, Room(weight=load), no_rhythm)
    filed = [client for place in binder.places for client in place.dossiers.clients]
    assert sorted(filed) == sorted(cover.client for cover in there if cover.resting is None)
    assert binder.overdue == len(desk.lay_out(there, today).overdue)
    assert binder.promised == {c.next.on for c in there if c.next and c.next.agreed and c.resting is None}
    for place in binder.places:
        if slots.is_day_insert(place.slot) and place.on is not None:
            late = binder.overdue if place.on == today else 0
            assert binder.load[place.on] == len(place.dossiers) + late


def test_an_empty_binder_has_no_insert_and_nothing_late() -> None:
    binder = whole_binder(Covers.of([]), DAY, {}, Room(), no_rhythm)
    assert (binder.places, binder.overdue, binder.promised) == ((), 0, frozenset())


def test_the_undated_are_those_of_the_running_month_alone() -> None:
    assert is_undated(client("July", Month(2026, 7)), DAY)
    assert not is_undated(client("August", Month(2026, 8)), DAY)
    assert not is_undated(client("June", Month(2026, 6)), DAY)
    assert not is_undated(client("A year on", Month(2027, 7)), DAY)
    assert not is_undated(client("The 15th", day(15)), DAY)
    assert not is_undated(client("Nowhere"), DAY)
    assert not is_undated(client("Resting", Month(2026, 7), resting="moved away"), DAY)


@pytest.mark.parametrize(
    ("cover", "slot"),
    [
        (client("A", day(20)), "20"),
        (client("A", day(8, month=8)), "8"),
        (client("A", day(20, month=8)), "august"),
        (client("A", Month(2026, 7)), "july"),
        (client("A", day(1, year=2028)), "later"),
        (client("A", day(1)), "overdue"),
        (client("A"), "unfiled"),
        (client("A", resting="moved away"), "resting"),
        (client("A", day(1), resting="moved away"), "resting"),
        (client("A", day(20), resting=""), "resting"),
    ],
)
def test_resting_wins_over_a_date_and_no_date_is_a_slot_of_its_own(cover: Cover, slot: str) -> None:
    assert slot_of(cover, DAY) == slot


# From front to back -----------------------------------------------------------------------------------

BINDER = [
    client("Resting", day(16), resting="moved away"),
    client("Nowhere"),
    client("2028", Month(2028, 1)),
    client("Next July", day(15, year=2027)),
    client("Next July too", Month(2027, 7)),
    client("June", Month(2027, 6)),
    client("January", day(5, month=1, year=2027)),
    client("Late August", day(28, month=8)),
    client("August", Month(2026, 8)),
    client("September", day(1, month=9)),
    client("Early August", day(3, month=8)),
    client("Friday", day(17)),
    client("Also Friday", day(17), "agreed", time(9)),
    client("Today", day(15)),
    client("Today at nine", day(15), "agreed", time(9)),
    client("July", Month(2026, 7)),
    client("Yesterday", day(14)),
    client("Promised", day(14), "agreed"),
]


def told(places: list[Insert]) -> list[tuple[str, str, list[str]]]:
    return [(place.slot, str(place.on), [cover.name for cover in place.dossiers]) for place in places]


def test_the_binder_goes_overdue_undated_days_months_later_unfiled() -> None:
    assert told(leaf_through(BINDER, DAY)) == [
        ("overdue", "None", ["Promised", "Yesterday"]),
        ("july", "2026-07", ["July"]),
        ("15", "2026-07-15", ["Today at nine", "Today"]),
        ("17", "2026-07-17", ["Also Friday", "Friday"]),
        ("3", "2026-08-03", ["Early August"]),
        ("august", "2026-08", ["August", "Late August"]),
        ("september", "2026-09", ["September"]),
        ("january", "2027-01", ["January"]),
        ("june", "2027-06", ["June"]),
        ("later", "2027-07", ["Next July", "Next July too"]),
        ("later", "2028-01", ["2028"]),
        ("unfiled", "None", ["Nowhere"]),
    ]


def test_the_resting_come_last_and_only_when_asked_for() -> None:
    places = told(leaf_through(BINDER, DAY, resting=True))
    assert places[:-1] == told(leaf_through(BINDER, DAY))
    assert places[-1] == ("resting", "None", ["Resting"])


def test_an_empty_binder_has_no_places() -> None:
    assert leaf_through([], DAY) == []
    assert leaf_through([client("A", day(16), resting="moved away")], DAY) == []


def test_covers_that_can_be_gone_through_only_once_are_all_there_too() -> None:
    assert told(leaf_through(iter(BINDER), DAY)) == told(leaf_through(BINDER, DAY))
