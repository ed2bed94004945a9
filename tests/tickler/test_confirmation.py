"""What is true of the day where something lies after a write: each fact where it holds, and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from clientfolder.dates.calendar import Month, WorkingDays
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Next
from clientfolder.settings.values import Capacity
from clientfolder.tickler.confirmation import Held, Landing, Left, Loads, landing, left
from clientfolder.tickler.load import Room, loads
from clientfolder.tickler.next_date import Planning
from clients import client

WEDNESDAY, FRIDAY, SATURDAY = date(2026, 7, 15), date(2026, 7, 17), date(2026, 7, 18)
NINE = time(9)


def loads_of(*covers: Cover, capacity: int = 8, **working: object) -> Loads:
    there = Covers.of(covers)
    load = loads(there, WEDNESDAY)
    room = Room(WorkingDays(**working), Capacity((capacity,) * 7), load)  # type: ignore[arg-type]
    return Loads(there, load, room)


def planning_in(there: Loads) -> object:
    return lambda cover, kind: Planning(WEDNESDAY, there.room)


def landed(there: Loads, cover: Cover) -> Landing:
    assert cover.next
    return landing(cover.next, there, cover, planning_in(there))  # type: ignore[arg-type]


def test_a_quiet_day_has_its_count_and_nothing_else() -> None:
    anna = client("Anna", FRIDAY)
    assert landed(loads_of(anna, client("Petra", FRIDAY)), anna) == Landing(anna.next or Next(FRIDAY), Held(2, 2), 8)


def test_a_month_has_neither_room_nor_day_off() -> None:
    anna = client("Anna", Month(2026, 8))
    there = loads_of(anna, capacity=0, off=frozenset({date(2026, 8, 1)}))
    assert landed(there, anna) == Landing(anna.next or Next(FRIDAY), Held(1, 1))


def test_a_holiday_has_its_name() -> None:
    anna = client("Anna", FRIDAY)
    assert landed(loads_of(anna, holidays={FRIDAY: "Founders' Day"}), anna).off == "Founders' Day"
    assert landed(loads_of(anna, off=frozenset({FRIDAY})), anna).off == "day off"
    # A weekend is not worked, and is no day off.
    assert landed(loads_of(client("Anna", SATURDAY)), client("Anna", SATURDAY)).off is None


def test_who_has_the_same_time_is_the_first_by_name_and_somebody_else() -> None:
    anna = client("Anna", FRIDAY, at=NINE)
    others = (client("petra", FRIDAY, at=NINE), client("Olga", FRIDAY, at=NINE), client("Bea", FRIDAY, at=time(10)))
    assert landed(loads_of(anna, *others), anna).same_time == "Olga"
    assert landed(loads_of(anna, client("Bea", FRIDAY)), anna).same_time is None
    assert landed(loads_of(client("Anna", FRIDAY), *others), client("Anna", FRIDAY)).same_time is None


def test_what_a_client_has_said_of_days_and_hours_is_told_where_the_date_goes_against_it() -> None:
    anna = client("Anna", FRIDAY, at=NINE, not_on=("fri",), hours="after 10:00")
    found = landed(loads_of(anna), anna)
    assert (found.is_not_on, found.other_hours) == (True, "after 10:00")
    anna = client("Anna", FRIDAY, at=time(11), not_on=("mon",), hours="after 10:00")
    found = landed(loads_of(anna), anna)
    assert (found.is_not_on, found.other_hours) == (False, None)


def test_an_over_full_day_has_a_lighter_one_beside_it_unless_it_was_promised() -> None:
    anna, petra = client("Anna", FRIDAY), client("Petra", FRIDAY)
    there = loads_of(anna, petra, capacity=1)
    found = landed(there, anna)
    assert found.is_over
    assert found.lighter
    assert not there.room.is_over(found.lighter.on)
    assert found.lighter.held == there.held(found.lighter.on)
    promised = anna._replace(next=Next(FRIDAY, how="agreed"))
    assert landed(there, promised).lighter is None
    # Of a day that nobody in particular was put at no other is offered.
    assert landing(Next(FRIDAY), there).lighter is None


@pytest.mark.parametrize(("hour", "first"), [(9, "b"), (11, "a")])
def test_first_of_what_is_left_comes_who_can_be_called_now(hour: int, first: str) -> None:
    late, other = client("A", WEDNESDAY, hours="after 10:00"), client("B", WEDNESDAY)
    pile = Covers.of([late, other])
    found = left(pile, pile, datetime(2026, 7, 15, hour, tzinfo=UTC))
    assert found.first
    assert (found.to_do, found.first.client) == (2, first)


def test_where_nobody_can_be_called_now_the_first_is_still_told() -> None:
    pile = Covers.of([client("A", WEDNESDAY, hours="after 10:00")])
    found = left(pile, pile, datetime(2026, 7, 15, 9, tzinfo=UTC))
    assert found.first
    assert found.first.client == "a"
    assert left(Covers.of([]), pile, WEDNESDAY) == Left(0, None)


def test_a_slip_that_is_left_has_the_name_and_number_of_its_client() -> None:
    owner = Cover("anna", "Anna", phone="+48 22")
    slip = Cover("slips/mockups", "mockups", next=Next(WEDNESDAY, kind="task"), belongs_to="anna")
    found = left(Covers.of([slip]), Covers.of([owner, slip]), WEDNESDAY).first
    assert found
    assert (found.company, found.number) == ("Anna", "+48 22")
