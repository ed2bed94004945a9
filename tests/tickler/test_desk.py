"""What lies on the desk and in the binder, and in which order."""

from __future__ import annotations

import random
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, How, Next
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import Insert, is_undated, leaf_through, slot_of
from clientfolder.tickler.load import loads

WEDNESDAY = date(2026, 7, 15)


def day(number: int, month: int = 7, year: int = 2026) -> date:
    return date(year, month, number)


def client(
    name: str, on: date | Month | None = None, how: How = "planned", at: time | None = None, resting: str | None = None
) -> Cover:
    contact = Next(on, time=at, how=how) if on else None
    return Cover(name.lower().replace(" ", "-"), name, next=contact, resting=resting)


def names(covers: tuple[Cover, ...]) -> list[str]:
    return [cover.name for cover in covers]


def laid_out(*covers: Cover) -> desk.Desk:
    """The desk, whatever the order in which the dossiers were found."""
    found = list(covers)
    random.Random(7).shuffle(found)
    return desk.lay_out(found, WEDNESDAY)


# The desk ---------------------------------------------------------------------------------------------


def test_a_dossier_lies_in_one_pile_of_the_desk_or_ahead() -> None:
    found = laid_out(
        client("Yesterday", day(14)),
        client("June", Month(2026, 6)),
        client("Today", day(15)),
        client("July", Month(2026, 7)),
        client("Nowhere"),
        client("Tomorrow", day(16)),
        client("August", Month(2026, 8)),
        client("Resting", day(1), resting="moved away"),
        client("Resting without a date", resting="moved away"),
    )
    assert names(found.overdue) == ["June", "Yesterday"]
    assert names(found.today) == ["Today"]
    assert names(found.undated) == ["July"]
    assert names(found.unfiled) == ["Nowhere"]
    assert names(found.pile) == ["June", "Yesterday", "Today"]


def test_the_load_is_what_is_overdue_and_what_lies_at_today() -> None:
    found = laid_out(client("A", day(14)), client("B", day(15)), client("C", Month(2026, 7)), client("D"))
    assert found.load == len(found.pile) == 2


def test_overdue_are_the_agreed_first_then_the_latest_then_by_name() -> None:
    found = laid_out(
        client("Zoe", day(14), "agreed"),
        client("Yves", day(10), "agreed"),
        client("adam", day(1)),
        client("Bert", Month(2026, 6)),
        client("Adam", day(1, month=6)),
        client("Celia", Month(2026, 6), "rhythm"),
        client("berta", day(30, month=6)),
    )
    assert names(found.overdue) == ["Yves", "Zoe", "Adam", "Bert", "berta", "Celia", "adam"]


def test_today_goes_by_time_then_without_a_time_agreed_first_then_by_name() -> None:
    found = laid_out(
        client("Zoe", day(15)),
        client("yves", day(15)),
        client("Xaver", day(15), "agreed"),
        client("Wim", day(15), "agreed", time(16)),
        client("Vera", day(15), "planned", time(9, 30)),
        client("Ute", day(15), "agreed", time(9, 30)),
        client("Tom", day(15), "agreed", time(9, 5)),
        client("Sam", day(15), "rhythm"),
    )
    assert names(found.today) == ["Tom", "Ute", "Vera", "Wim", "Xaver", "Sam", "yves", "Zoe"]


def test_names_are_ordered_with_case_folded_and_the_short_name_settles_a_tie() -> None:
    twins = [
        Cover("anna-2", "Anna"),
        Cover("anna", "ANNA"),
        Cover("z", "straße"),
        Cover("y", "Strasse"),
        Cover("b", "bo"),
    ]
    assert [cover.client for cover in desk.lay_out(twins, WEDNESDAY).unfiled] == ["anna", "anna-2", "b", "y", "z"]
    assert [cover.client for cover in laid_out(*twins).unfiled] == ["anna", "anna-2", "b", "y", "z"]


def test_the_undated_are_those_of_the_running_month_alone() -> None:
    assert is_undated(client("July", Month(2026, 7)), WEDNESDAY)
    assert not is_undated(client("August", Month(2026, 8)), WEDNESDAY)
    assert not is_undated(client("June", Month(2026, 6)), WEDNESDAY)
    assert not is_undated(client("A year on", Month(2027, 7)), WEDNESDAY)
    assert not is_undated(client("The 15th", day(15)), WEDNESDAY)
    assert not is_undated(client("Nowhere"), WEDNESDAY)
    assert not is_undated(client("Resting", Month(2026, 7), resting="moved away"), WEDNESDAY)


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
    assert slot_of(cover, WEDNESDAY) == slot


# The binder from front to back ------------------------------------------------------------------------

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
    return [(place.slot, str(place.on), names(place.dossiers)) for place in places]


def test_the_binder_goes_overdue_undated_days_months_later_unfiled() -> None:
    assert told(leaf_through(BINDER, WEDNESDAY)) == [
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
    places = told(leaf_through(BINDER, WEDNESDAY, resting=True))
    assert places[:-1] == told(leaf_through(BINDER, WEDNESDAY))
    assert places[-1] == ("resting", "None", ["Resting"])


def test_an_empty_binder_has_no_places() -> None:
    assert leaf_through([], WEDNESDAY) == []
    assert leaf_through([client("A", day(16), resting="moved away")], WEDNESDAY) == []


def test_covers_that_can_be_gone_through_only_once_are_all_there_too() -> None:
    assert told(leaf_through(iter(BINDER), WEDNESDAY)) == told(leaf_through(BINDER, WEDNESDAY))


def test_a_load_is_counted_for_each_day_and_month_the_overdue_with_today() -> None:
    assert loads(BINDER, WEDNESDAY) == {
        day(15): 4,
        day(17): 2,
        day(3, month=8): 1,
        day(28, month=8): 1,
        day(1, month=9): 1,
        day(5, month=1, year=2027): 1,
        day(15, year=2027): 1,
        Month(2026, 7): 1,
        Month(2026, 8): 1,
        Month(2027, 6): 1,
        Month(2027, 7): 1,
        Month(2028, 1): 1,
    }


def test_a_month_wholly_past_counts_today_and_a_day_nobody_lies_at_counts_nothing() -> None:
    load = loads([client("June", Month(2026, 6)), client("Nowhere"), client("A", day(16), resting="")], WEDNESDAY)
    assert load == {WEDNESDAY: 1}
    assert load[day(16)] == 0


places = st.one_of(
    st.none(),
    st.dates(date(2026, 5, 1), date(2028, 12, 31)),
    st.builds(Month, st.integers(2026, 2028), st.integers(1, 12)),
)
covers = st.lists(
    st.builds(
        client,
        st.text("abAB ", max_size=3),
        places,
        st.sampled_from(["agreed", "planned", "rhythm"]),
        st.none() | st.times(),
        st.none() | st.just("moved away"),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150, database=None)
@given(covers, st.dates(date(2026, 7, 1), date(2026, 12, 31)))
def test_nobody_falls_out_of_the_binder_or_lies_in_it_twice(found: list[Cover], today: date) -> None:
    leaves = leaf_through(found, today, resting=True)
    assert sorted(id(cover) for place in leaves for cover in place.dossiers) == sorted(map(id, found))
    assert all(slot_of(cover, today) == place.slot for place in leaves for cover in place.dossiers)
    assert len({(place.slot, place.on) for place in leaves}) == len(leaves)

    table = desk.lay_out(found, today)
    living = [cover for cover in found if cover.resting is None]
    ahead = [cover for cover in living if cover.next and slots.days_late(cover.next.on, today) == 0]
    ahead = [cover for cover in ahead if cover not in table.today and cover not in table.undated]
    on_the_desk = table.overdue + table.today + table.undated + table.unfiled
    assert sorted(map(id, (*on_the_desk, *ahead))) == sorted(map(id, living))
    assert sum(loads(found, today).values()) == len(living) - len(table.unfiled)
    assert loads(found, today)[today] == table.load
