"""What lies on the desk and in the binder, in which order, and what a cover tells of its dossier."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, Dossier, Entry, How, Next
from clientfolder.tickler import desk, slots

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
    assert desk.is_undated(client("July", Month(2026, 7)), WEDNESDAY)
    assert not desk.is_undated(client("August", Month(2026, 8)), WEDNESDAY)
    assert not desk.is_undated(client("June", Month(2026, 6)), WEDNESDAY)
    assert not desk.is_undated(client("A year on", Month(2027, 7)), WEDNESDAY)
    assert not desk.is_undated(client("The 15th", day(15)), WEDNESDAY)
    assert not desk.is_undated(client("Nowhere"), WEDNESDAY)
    assert not desk.is_undated(client("Resting", Month(2026, 7), resting="moved away"), WEDNESDAY)


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
    assert desk.slot_of(cover, WEDNESDAY) == slot


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


def told(places: list[desk.Insert]) -> list[tuple[str, str, list[str]]]:
    return [(place.slot, str(place.on), names(place.dossiers)) for place in places]


def test_the_binder_goes_overdue_undated_days_months_later_unfiled() -> None:
    assert told(desk.leaf_through(BINDER, WEDNESDAY)) == [
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
    places = told(desk.leaf_through(BINDER, WEDNESDAY, resting=True))
    assert places[:-1] == told(desk.leaf_through(BINDER, WEDNESDAY))
    assert places[-1] == ("resting", "None", ["Resting"])


def test_an_empty_binder_has_no_places() -> None:
    assert desk.leaf_through([], WEDNESDAY) == []
    assert desk.leaf_through([client("A", day(16), resting="moved away")], WEDNESDAY) == []


def test_covers_that_can_be_gone_through_only_once_are_all_there_too() -> None:
    assert told(desk.leaf_through(iter(BINDER), WEDNESDAY)) == told(desk.leaf_through(BINDER, WEDNESDAY))


def test_a_load_is_counted_for_each_day_and_month_the_overdue_with_today() -> None:
    assert desk.loads(BINDER, WEDNESDAY) == {
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
    load = desk.loads([client("June", Month(2026, 6)), client("Nowhere"), client("A", day(16), resting="")], WEDNESDAY)
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
    leaves = desk.leaf_through(found, today, resting=True)
    assert sorted(id(cover) for place in leaves for cover in place.dossiers) == sorted(map(id, found))
    assert all(desk.slot_of(cover, today) == place.slot for place in leaves for cover in place.dossiers)
    assert len({(place.slot, place.on) for place in leaves}) == len(leaves)

    table = desk.lay_out(found, today)
    living = [cover for cover in found if cover.resting is None]
    ahead = [cover for cover in living if cover.next and slots.days_late(cover.next.on, today) == 0]
    ahead = [cover for cover in ahead if cover not in table.today and cover not in table.undated]
    on_the_desk = table.overdue + table.today + table.undated + table.unfiled
    assert sorted(map(id, (*on_the_desk, *ahead))) == sorted(map(id, living))
    assert sum(desk.loads(found, today).values()) == len(living) - len(table.unfiled)
    assert desk.loads(found, today)[today] == table.load


# What a cover tells -----------------------------------------------------------------------------------


def moved(at: date | datetime, away: date | Month) -> Entry:
    return Entry(at, "moved", from_on=away, to_on=day(24), how="planned")


def cover_of(*log: Entry) -> Cover:
    return Dossier("anna", "Anna", next=Next(day(24)), log=log).cover


CALL = Entry(day(1), "call", "Wants the quote.")


@pytest.mark.parametrize(
    ("log", "moves"),
    [
        ([], 0),
        ([CALL], 0),
        ([CALL, moved(day(8), away=day(8))], 1),
        ([CALL, moved(day(8), away=day(8)), moved(day(10), away=day(9))], 2),
        ([moved(day(8), away=day(8))], 1),
        ([moved(day(8), away=day(8)), Entry(day(9), "call")], 0),
        ([moved(day(8), away=day(8)), Entry(day(9), "call", reached=False)], 1),
        ([moved(day(8), away=day(8)), Entry(day(9), "note")], 1),
        ([moved(day(8), away=day(8)), Entry(day(9), "mail"), moved(day(10), away=day(10))], 1),
        ([CALL, moved(day(8), away=day(9))], 0),
        ([CALL, moved(day(8), away=Month(2026, 7))], 1),
        ([CALL, moved(day(1), away=Month(2026, 7))], 1),
        ([CALL, moved(day(8), away=Month(2026, 8))], 0),
        ([CALL, moved(day(8), away=Month(2026, 6))], 1),
        ([CALL, moved(datetime(2026, 7, 8, 9, 0, tzinfo=UTC), away=day(8))], 1),
    ],
)
def test_moves_since_the_last_contact_count_when_made_on_or_after_the_day_moved_from(
    log: list[Entry], moves: int
) -> None:
    assert cover_of(*log).moves == moves


def test_last_is_the_newest_entry_that_is_no_move() -> None:
    note = Entry(day(3), "note", "Sent the photos.")
    assert cover_of().last is None
    assert cover_of(moved(day(2), away=day(2))).last is None
    assert cover_of(CALL, moved(day(2), away=day(2))).last == CALL
    assert cover_of(CALL, note, moved(day(8), away=day(8))).last == note
    assert cover_of(note, CALL).last == note


def test_newest_is_by_time_a_plain_date_lies_behind_what_stands_before_it_and_place_settles_a_tie() -> None:
    evening = Entry(datetime(2026, 7, 1, 18, tzinfo=UTC), "call", "evening")
    all_day = Entry(day(1), "note", "some time that day")
    same_day = Entry(day(1), "note", "and more that day")
    assert cover_of(evening, all_day).last == all_day
    assert cover_of(all_day, evening).last == evening
    assert cover_of(all_day, same_day).last == same_day
    assert cover_of(same_day, all_day).last == all_day
    assert cover_of(evening, evening._replace(text="again")).last == evening._replace(text="again")


def test_times_are_compared_across_offsets() -> None:
    prague = timezone(timedelta(hours=2))
    ten_in_prague = Entry(datetime(2026, 7, 1, 10, tzinfo=prague), "call", "ten in Prague")
    nine_in_london = Entry(datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=1))), "call", "nine in London")
    half_past = Entry(datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "call", "half past eight, universal")
    assert cover_of(half_past, ten_in_prague).last == half_past
    assert cover_of(ten_in_prague, nine_in_london).last == nine_in_london
    assert cover_of(nine_in_london, ten_in_prague).last == ten_in_prague


@pytest.mark.parametrize(
    ("entry", "contact"),
    [
        (Entry(day(1), "call"), True),
        (Entry(day(1), "mail"), True),
        (Entry(day(1), "meeting"), True),
        (Entry(day(1), "visit"), True),
        (Entry(day(1), "walk in the park"), True),
        (Entry(day(1), "note"), False),
        (Entry(day(1), "call", reached=False), False),
        (moved(day(1), away=day(1)), False),
    ],
)
def test_a_contact_is_no_move_no_note_and_no_attempt(entry: Entry, contact: bool) -> None:
    assert entry.is_contact is contact
    assert cover_of(entry).last_contact == (day(1) if contact else None)
