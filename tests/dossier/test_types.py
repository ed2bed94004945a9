"""What a cover tells of its dossier: how often it was moved, what was last, and what is a contact."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, Dossier, Entry, Next, in_order, moments


def day(number: int) -> date:
    return date(2026, 7, number)


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


def test_a_log_that_is_in_order_already_stays_as_any_other_would_be_put() -> None:
    """Whether it is in order is told in a way of its own, as most logs are; offsets are borrowed alike in both."""
    nine = datetime(2026, 7, 8, 9, 0)
    east = timezone(timedelta(hours=2))
    at = [nine, nine.replace(tzinfo=UTC), nine.replace(tzinfo=east), nine - timedelta(hours=1), day(8), datetime.min]
    for times in itertools.chain.from_iterable(itertools.product(at, repeat=length) for length in range(1, 5)):
        log = [Entry(one, "call", str(number)) for number, one in enumerate(times)]
        placed = sorted(zip(moments(log), range(len(log)), strict=True))
        assert in_order(log) == [log[place] for _, place in placed], times
