"""The dates that are computed for a client, against a calendar that is leafed through day by day."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from statistics import mean

import pytest

import thorough
from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays
from clientfolder.dates.rhythm import Rhythm, parse
from clientfolder.dossier.types import SLIP, Cover, Entry, Next, Proposal
from clientfolder.settings.values import Capacity
from clientfolder.tickler.load import Room
from clientfolder.tickler.next_date import Planning, lighter_day, proposed

EVERY_DAY = Room(WorkingDays(frozenset(range(7))))


def next_by(
    rhythm: str | Rhythm, contact: date, lay: date | Month | None = None, *, today: date | None = None,
    before: date | None = None, slip: bool = False, room: Room = EVERY_DAY,
) -> Proposal:  # fmt: skip
    """Where a client, or a slip, that lay there goes after a contact on that day."""
    every = parse(rhythm) if isinstance(rhythm, str) else rhythm
    assert every
    cover = Cover(f"{SLIP}x" if slip else "x", "X", next=Next(lay) if lay else None, last_contact=before)
    return proposed(cover, Entry(contact, "call"), Planning(today or contact, room, every))


# A wanted day every few months ----------------------------------------------------------------------------

JULY_6, OCTOBER_5 = date(2026, 7, 6), date(2026, 10, 5)


@pytest.mark.parametrize(
    ("rhythm", "lay", "contact", "expected"),
    [
        ("every 3 months on the first monday", "2026-07-06", "2026-07-06", "2026-10-05"),
        ("every 2 months on the 31st", "2026-04-30", "2026-04-30", "2026-06-30"),
        ("every 3 months on the 31st", "2026-11-30", "2026-11-30", "2027-02-28"),
        ("every 12 months on the second tuesday", "2024-01-09", "2024-01-09", "2025-01-14"),
        ("every 2 months on the last friday", "2026-02-27", "2026-02-27", "2026-04-24"),
        # Late: the months stay the same.
        ("every 3 months on the first monday", "2026-07-06", "2026-09-10", "2026-10-05"),
        ("every 3 months on the first monday", "2026-07-06", "2026-10-05", "2027-01-04"),
        ("every 3 months on the first monday", "2026-07-06", "2026-10-20", "2027-01-04"),
        ("every 3 months on the 15th", "2026-01-15", "2026-07-20", "2026-10-15"),
        # Early in its month: it is answered.
        ("every 3 months on the 15th", "2026-07-15", "2026-07-02", "2026-10-15"),
        ("every month on the 15th", "2026-07-15", "2026-07-14", "2026-08-15"),
        # Early over the end of a month: a contact for itself, of the months before.
        ("every 3 months on the first monday", "2026-10-05", "2026-09-30", "2026-12-07"),
        ("first monday", "2026-08-03", "2026-07-31", "2026-08-03"),
        # After it had slid off a day off, also into the next month.
        ("every month on the 1st", "2026-08-03", "2026-08-03", "2026-09-01"),
        ("every 2 months on the 31st", "2026-06-01", "2026-06-01", "2026-07-31"),
        ("every 3 months on the last sunday", "2026-06-01", "2026-06-02", "2026-08-30"),
        # A month without a day is done with.
        ("every 3 months on the 15th", "2026-07", "2026-07-02", "2026-10-15"),
        ("every 3 months on the 31st", "2026-06", "2026-06-02", "2026-09-30"),
        ("every 3 months on the 15th", "2026-08", "2026-07-20", "2026-10-15"),
        # No date to answer.
        ("every 3 months on the first monday", None, "2026-07-06", "2026-10-05"),
        ("every 3 months on the first monday", None, "2026-07-05", "2026-09-07"),
        ("every 3 months on the 31st", None, "2026-02-28", "2026-05-31"),
    ],
)
def test_a_wanted_day_comes_so_many_months_after_the_one_that_is_answered(
    rhythm: str, lay: str | None, contact: str, expected: str
) -> None:
    at = None if lay is None else Month.parse(lay) if len(lay) == 7 else date.fromisoformat(lay)
    found = next_by(rhythm, date.fromisoformat(contact), at)
    assert (found.on, found.why) == (date.fromisoformat(expected), None)


@pytest.mark.parametrize(
    ("lay", "ticked", "expected"),
    [
        (JULY_6, JULY_6, OCTOBER_5),
        (JULY_6, date(2026, 6, 20), OCTOBER_5),
        (JULY_6, date(2026, 9, 30), OCTOBER_5),
        (JULY_6, date(2026, 10, 5), date(2027, 1, 4)),
        (Month(2026, 7), date(2026, 6, 20), OCTOBER_5),
    ],
)
def test_a_slip_counts_from_the_day_at_which_it_lay(lay: date | Month, ticked: date, expected: date) -> None:
    assert next_by("every 3 months on the first monday", ticked, lay, slip=True).on == expected


def test_what_is_noted_afterwards_counts_as_if_it_had_been_noted_then() -> None:
    found = next_by("every 3 months on the 15th", date(2026, 1, 15), date(2026, 1, 15), today=date(2026, 7, 20))
    assert found == Proposal(date(2026, 10, 15), date(2026, 10, 15), date(2026, 10, 15))
    assert next_by("every friday", date(2026, 6, 26), today=date(2026, 7, 15)).on == date(2026, 7, 17)
    newer = date(2026, 7, 15)
    found = next_by("every 3 months on the 15th", date(2026, 6, 2), date(2026, 10, 15), today=newer, before=newer)
    assert found.on == date(2026, 10, 15)


def wanted_days(is_wanted: Callable[[date], bool]) -> list[date]:
    """The wanted days of some years, one a month."""
    start = date(2019, 12, 1)
    return [day for count in range(366 * 14) if is_wanted(day := start + timedelta(days=count))]


def is_number(number: int) -> Callable[[date], bool]:
    return lambda day: day.day == min(number, monthrange(day.year, day.month)[1])


def is_weekday(nth: int, weekday: int) -> Callable[[date], bool]:
    def is_wanted(day: date) -> bool:
        until_end = monthrange(day.year, day.month)[1] - day.day
        return day.weekday() == weekday and (until_end < 7 if nth < 0 else (day.day - 1) // 7 == nth - 1)

    return is_wanted


WANTED = [
    *((Rhythm(1, "month", day=number), is_number(number)) for number in (1, 29, 31)),
    *(
        (Rhythm(1, "month", weekday=weekday, nth=nth), is_weekday(nth, weekday))
        for nth, weekday in ((1, 0), (2, 1), (4, 6), (-1, 4))
    ),
]


@pytest.mark.parametrize("slip", [False, True])
@pytest.mark.parametrize(("one", "is_wanted"), WANTED, ids=[str(rhythm) for rhythm, _ in WANTED])
def test_ten_years_of_every_number_of_months(one: Rhythm, is_wanted: Callable[[date], bool], slip: bool) -> None:
    """For each date of ten years, done on it, late, or early: the wanted days are counted off a list of them all."""
    days = wanted_days(is_wanted)
    dice = random.Random(str(one))
    for every in thorough.sweep(range(1, 25), (1, 2, 3, 7, 12, 24)):
        for place in range(2, 12 * 10):
            lay = days[place] + dice.choice([0, 0, 0, 1, 2, 3]) * ONE_DAY
            contact = lay + dice.choice([0, 0, -1, -5, -20, -40, 1, 6, 30, 45, 100, 400]) * ONE_DAY
            counts = slip or (lay.year, lay.month) <= (contact.year, contact.month)
            number = max(index for index, day in enumerate(days) if day <= (lay if counts else contact)) + every
            while number < len(days) and days[number] <= contact:
                number += every
            if number < len(days):
                found = next_by(one._replace(every=every), contact, lay, slip=slip)
                assert found.on == days[number], (every, lay, contact)


# Inside a tolerance ---------------------------------------------------------------------------------------


def test_the_day_nearest_to_the_middle_that_is_not_nearly_full() -> None:
    monday = date(2026, 7, 6)
    middle = monday + timedelta(weeks=5)

    def chosen(*full: int, rhythm: str = "4-6 weeks", room: int = 8, lies: float = 7) -> Proposal:
        weight = {middle + count * ONE_DAY: lies for count in full}
        return next_by(rhythm, monday, room=Room(capacity=Capacity((room,) * 7), weight=weight))

    assert chosen().on == middle
    assert chosen(0).on == middle + ONE_DAY, "the day before is a Sunday"
    assert chosen(0, 1).on == middle + 2 * ONE_DAY
    assert chosen(0, 1, 2).on == middle - 3 * ONE_DAY, "of two that are equally near the earlier"
    assert chosen(0, lies=6).on == middle, "three quarters are not nearly full"
    assert chosen(0, lies=17, room=20).on == middle + ONE_DAY, "85 of 100 are"
    assert chosen(0, lies=16.9, room=20).on == middle
    assert next_by("4-5 weeks", monday).on == monday + timedelta(days=31), "of an even number of days the earlier"


def test_only_where_all_are_nearly_full_the_lightest() -> None:
    monday = date(2026, 7, 6)
    days = [monday + timedelta(days=count) for count in range(28, 43)]
    full = Room(capacity=Capacity((8,) * 7), weight={**dict.fromkeys(days, 9.0), days[2]: 7.0, days[3]: 7.0})
    found = next_by("4-6 weeks", monday, room=full)
    assert (found.on, found.is_lightest) == (days[3], True)
    free = full._replace(weight={**full.weight, days[-1]: 6.0})
    found = next_by("4-6 weeks", monday, room=free)
    assert (found.on, found.is_lightest) == (days[-1], False)


def test_with_sixty_clients_the_mean_gap_lies_near_the_middle_and_not_at_the_end() -> None:
    """Each is called on its day, for two years; there is room for all."""
    start = date(2026, 1, 5)
    every = parse("4-6 weeks")
    assert every
    dice = random.Random(1)
    lies = {number: start + timedelta(days=dice.randrange(28)) for number in range(60)}
    last: dict[int, date] = {}
    gaps = []
    for count in range(730):
        day = start + count * ONE_DAY
        for number in [number for number, on in lies.items() if on == day]:
            weight: dict[date | Month, float] = {}
            for on in lies.values():
                weight[on] = weight.get(on, 0) + 1
            found = proposed(
                Cover(f"c{number}", "C", next=Next(day, how="rhythm")),
                Entry(day, "call"),
                Planning(day, Room(capacity=Capacity((4,) * 7), weight=weight), every),
            )
            if number in last:
                gaps.append((day - last[number]).days)
            last[number], lies[number] = day, found.on
    assert len(gaps) > 1000
    assert 33 <= mean(gaps) <= 37
    assert sum(gap == 42 for gap in gaps) < 0.1 * len(gaps)


# A day that is full ---------------------------------------------------------------------------------------


def test_a_lighter_day_is_the_nearest_with_room() -> None:
    friday = date(2026, 7, 17)
    room = Room(capacity=Capacity((2,) * 7), weight={friday: 2.0, date(2026, 7, 16): 1.0})
    cover, today = Cover("x", "X"), date(2026, 7, 15)
    assert lighter_day(cover, friday, Planning(today, room)) == date(2026, 7, 16)
    full = room._replace(weight={friday: 2.0, date(2026, 7, 16): 2.0, date(2026, 7, 20): 1.0})
    assert lighter_day(cover, friday, Planning(today, full)) == date(2026, 7, 20)
    wednesday = date(2026, 7, 22)
    full = room._replace(weight={wednesday: 2.0, date(2026, 7, 21): 1.5, date(2026, 7, 23): 0.0})
    assert lighter_day(cover, wednesday, Planning(today, full)) == date(2026, 7, 23)
    full = full._replace(weight={wednesday: 2.0, date(2026, 7, 21): 1.0})
    assert lighter_day(cover, wednesday, Planning(today, full)) == date(2026, 7, 21), "of two the earlier"
