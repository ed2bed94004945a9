"""Covers are sorted, grouped, filtered and counted as a plain list of them would be, whatever stands behind them.

The covers of the index are asked the same: some of them saved and some read since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder.index import codec
from clientfolder.binder.index.columns import NOTHING_SAVED, SavedColumns, encode_due
from clientfolder.binder.index.rows import IndexCovers
from clientfolder.binder.index.search_key import search_key
from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import Covers, DueKey, ListedCovers, kind_of, with_owner
from clientfolder.dossier.types import Cover, How, Next, Odd, is_slip
from drawn import one_of_each

DAYS = (date(2026, 7, 15), date(2026, 7, 16), Month(2026, 7), Month(2026, 8))
HOWS: tuple[How, ...] = ("agreed", "planned")
CONTACTS = [Next(on, kind=kind, how=how) for on in DAYS for kind in ("call", "Visit", "two words") for how in HOWS]
NAMES = ("Anna", "ANNA", "anna", "Bert", "Straße", "Strasse")
RESTING = (None, None, "done", "moved away")
ODD = ((), (Odd((), "odd"),))


def cover(client: str, said: tuple[str, Next | None, str | None, tuple[Odd, ...], int]) -> Cover:
    name, contact, resting, odd, moves = said
    return Cover(client, name, next=contact, resting=resting, odd=odd, moves=moves)


CLIENTS = st.sampled_from([*"abcdefgh", "slips/a", "slips/i"])
# Half of them have no contact.
SAID = one_of_each(NAMES, (*[None] * len(CONTACTS), *CONTACTS), RESTING, ODD, range(4))
FOUND = st.lists(st.builds(cover, CLIENTS, SAID), unique_by=lambda one: one.client)
Behind = Callable[[list[Cover]], Covers]


def saved(covers: list[Cover]) -> SavedColumns:
    """The columns of these covers; no cover is ever decoded but from its line."""
    lines = [codec.encode(one) or b"" for one in covers]
    return NOTHING_SAVED._replace(
        clients=[one.client for one in covers],
        due_keys=[encode_due(DueKey.of(one)) for one in covers],
        names=lambda: [one.name for one in covers],
        search_keys=lambda: "\n".join(map(search_key, covers)),
        encoded_cover=lines.__getitem__,
    )


def all_read(covers: list[Cover]) -> Covers:
    return IndexCovers.indexed(covers)


def all_saved(covers: list[Cover]) -> Covers:
    return IndexCovers.saved(saved(covers))


def half_saved(covers: list[Cover]) -> Covers:
    """Every other one was saved, and the order is another than that in the index."""
    there = IndexCovers.saved(saved(covers[::2])).replaced([], covers[1::2])
    numbers = [there.clients.index(one.client) for one in covers]
    return there._only(numbers)


KINDS: list[Behind] = [ListedCovers, all_read, all_saved, half_saved]
BEHIND = st.sampled_from(KINDS)


@given(behind=BEHIND, covers=FOUND)
def test_they_are_a_sequence(behind: Behind, covers: list[Cover]) -> None:
    found = behind(covers)
    assert [*found] == covers
    assert len(found) == len(covers)
    assert [found[number] for number in range(-len(covers), len(covers))] == covers * 2
    assert [*found[1:4]] == covers[1:4]
    assert [*found[::-1]] == covers[::-1]
    assert found.clients == [one.client for one in covers]
    assert found.names == [one.name for one in covers]
    assert [found.of_client(one.client) for one in covers] == covers
    assert found.of_client("nobody") is None


@given(behind=BEHIND, covers=FOUND)
def test_what_is_chosen_keeps_its_order(behind: Behind, covers: list[Cover]) -> None:
    found = behind(covers)
    assert [*found.where(lambda one: one.moves > 1)] == [one for one in covers if one.moves > 1]
    assert [*found.called(lambda client: client < "d")] == [one for one in covers if one.client < "d"]
    assert [*found.contacts] == [one for one in covers if not is_slip(one.client)]
    assert [*found.slips] == [one for one in covers if is_slip(one.client) and one.resting is None]
    assert [*found.odd()] == [one for one in covers if one.odd]
    july = [one for one in covers if one.resting is None and one.next and one.next.on == Month(2026, 7)]
    assert [*found.where_due(lambda due: due.on == Month(2026, 7))] == july


@given(behind=BEHIND, covers=FOUND, promised=st.integers(-1, 4), others=st.integers(-1, 4))
def test_the_first_of_the_promised_and_of_the_others(
    behind: Behind, covers: list[Cover], promised: int, others: int
) -> None:
    left, wanted = {True: promised, False: others}, []
    for one in covers:
        agreed = DueKey.of(one).agreed
        if left[agreed] > 0:
            left[agreed] -= 1
            wanted.append(one)
    assert [*behind(covers).first(promised, others)] == wanted


@given(behind=BEHIND, covers=FOUND)
def test_they_are_grouped_and_counted_by_due_key(behind: Behind, covers: list[Cover]) -> None:
    found = behind(covers)
    assert found.count_by_due() == Counter(map(DueKey.of, covers))
    groups = found.grouped(lambda due: due.on)
    assert {on: [*here] for on, here in groups.items()} == {
        on: [one for one in covers if DueKey.of(one).on == on]
        for on in {DueKey.of(one).on for one in covers}
        if on is not None
    }


@given(behind=BEHIND, covers=FOUND)
def test_they_are_sorted_and_where_equal_by_name(behind: Behind, covers: list[Cover]) -> None:
    found = behind(covers)
    assert [*found.by_name()] == sorted(covers, key=lambda one: one.sorted_by)
    assert [*found.sorted(lambda one: -one.moves)] == sorted(covers, key=lambda one: (-one.moves, one.sorted_by))
    by_kind = sorted(covers, key=lambda one: (DueKey.of(one).kind, one.sorted_by))
    assert [*found.sorted_by_due(lambda due: due.kind)] == by_kind


@given(behind=BEHIND, covers=FOUND)
def test_namesakes_are_of_exactly_the_same_name(behind: Behind, covers: list[Cover]) -> None:
    groups = behind(covers).namesakes()
    names = Counter(one.name for one in covers)
    assert sorted(client for group in groups for client in group) == sorted(
        one.client for one in covers if names[one.name] > 1
    )
    assert len(groups) == sum(count > 1 for count in names.values())


@given(behind=BEHIND, covers=FOUND, new=FOUND, gone=st.lists(CLIENTS, max_size=3))
def test_some_are_replaced(behind: Behind, covers: list[Cover], new: list[Cover], gone: list[str]) -> None:
    wanted = {one.client: one for one in covers if one.client not in gone} | {one.client: one for one in new}
    before = behind(covers)
    found = before.replaced(gone, new)
    assert [*found] == [one for _, one in sorted(wanted.items())]
    # Whoever looked at them before sees what was there before.
    assert [*before] == covers
    later = {one.client for one in new}
    assert [*before.called(lambda client: client in later) + found.called(lambda client: client in later)] == [
        *(one for one in covers if one.client in later),
        *sorted(new, key=lambda one: one.client),
    ]


@given(FOUND, FOUND)
def test_covers_of_any_kind_are_put_together(one: list[Cover], other: list[Cover]) -> None:
    for first in (ListedCovers, all_saved, half_saved):
        for second in (ListedCovers, all_saved, half_saved):
            assert [*first(one) + second(other)] == one + other


def test_what_is_told_by_names_and_due_keys_looks_at_no_cover() -> None:
    def decode(client: str, name: str, line: bytes) -> Cover:
        raise AssertionError(f"{client} was looked at")

    covers = [Cover("b", "Bert", next=Next(date(2026, 7, 15))), Cover("a", "Anna"), Cover("slips/c", "Anna")]
    found = IndexCovers.saved(saved(covers)._replace(decode=decode))
    found = found.beside(IndexCovers.saved(saved([Cover("d", "Dora")])._replace(decode=decode)))
    assert found.by_name().clients == ["a", "slips/c", "b", "d"]
    assert found.sorted_by_due(lambda due: due.on is None).clients == ["b", "a", "slips/c", "d"]
    assert found.namesakes() == [["a", "slips/c"]]
    assert found.slips.names == ["Anna"]
    assert len(found.where_due(lambda due: due.on is None).contacts[:1] + found.odd()) == 1
    assert found.first(1, 1).clients == ["a"]
    assert found.replaced(["a"], []).clients == ["b", "d", "slips/c"]
    assert sum(found.count_by_due().values()) == 4


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (Cover("a", "A"), DueKey(None)),
        (Cover("a", "A", resting="ill", next=Next(date(2026, 7, 15), how="agreed")), DueKey(None, resting=True)),
        (
            Cover("a", "A", next=Next(Month(2026, 7), kind="Visit", how="agreed"), odd=(Odd((), "odd"),)),
            DueKey(Month(2026, 7), agreed=True, is_odd=True, kind="visit"),
        ),
    ],
)
def test_the_due_key_of_a_cover(one: Cover, due: DueKey) -> None:
    assert DueKey.of(one) == due


@pytest.mark.parametrize(
    ("kind", "weighed"),
    [("Call", "call"), ("on-site", "on-site"), ("two words", "other"), ("", "other"), ("_a", "other")],
)
def test_a_kind_as_it_is_weighed(kind: str, weighed: str) -> None:
    assert kind_of(kind) == weighed


# Slips with their clients -----------------------------------------------------------------------------

ANNA = Cover("anna", "Anna Kowalska", phone="+48 22")
SLIP = Cover("slips/mockups", "mockups", belongs_to="anna")
FOLDER = Covers.of([ANNA, SLIP])


def test_a_slip_has_the_name_and_the_number_of_its_client() -> None:
    told = with_owner(SLIP, FOLDER)
    assert (told.name, told.company, told.phone) == ("mockups", "Anna Kowalska", "+48 22")


def test_what_a_slip_says_itself_stands() -> None:
    told = with_owner(SLIP._replace(company="Tisk", phone="112"), FOLDER)
    assert (told.company, told.phone) == ("Tisk", "112")


def test_of_a_client_who_is_gone_the_short_name_is_told() -> None:
    assert with_owner(SLIP._replace(belongs_to="nobody"), FOLDER).company == "nobody"


def test_a_client_and_a_slip_of_none_are_told_as_they_are() -> None:
    for cover in (ANNA, SLIP._replace(belongs_to=None)):
        assert with_owner(cover, FOLDER) == cover
