"""What lies on the desk, and in which order."""

from __future__ import annotations

import random
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import leaf_through, slot_of
from clientfolder.tickler.load import loads
from clients import client

WEDNESDAY = date(2026, 7, 15)


def day(number: int, month: int = 7, year: int = 2026) -> date:
    return date(year, month, number)


def names(covers: tuple[Cover, ...]) -> list[str]:
    return [cover.name for cover in covers]


def laid_out(*covers: Cover) -> desk.Desk:
    """The desk, whatever the order in which the dossiers were found."""
    found = list(covers)
    random.Random(7).shuffle(found)
    return desk.lay_out(found, WEDNESDAY)


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
        resting=st.none() | st.just("moved away"),
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
