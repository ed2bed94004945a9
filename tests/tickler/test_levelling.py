"""Levelling against brute force on small cases, and its laws where the weights differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from clientfolder.tickler.levelling import Item, laid, levelled
from clientfolder.tickler.room import Capacity, Room

MONDAY = date(2026, 7, 20)
DAYS = [MONDAY + timedelta(days=count) for count in range(5)]
Going = Mapping[str, date]


@st.composite
def cases(draw: st.DrawFn, most: int = 5, days: int = 4, weights: Sequence[float] = (1,)) -> tuple[list[Item], Room]:
    """Items, the most important first, and days with room for some of them; often all may go to the same days."""
    items = []
    alike = draw(st.booleans())
    for place in range(draw(st.integers(1, most))):
        if not (alike and items):
            allowed = draw(st.sets(st.sampled_from(range(days)), max_size=days))
        items.append(Item(f"c{place}", {DAYS[day]: day + 1 for day in allowed}, draw(st.sampled_from(weights))))
    capacity = tuple(draw(st.integers(0, 3)) for _ in range(7))
    weight = {day: draw(st.integers(0, 3)) for day in DAYS[:days]}
    return items, Room(capacity=Capacity(capacity), weight=weight)


def possible(items: Sequence[Item], room: Room) -> Iterator[Going]:
    """Every way to lay some of them on their days within the capacity."""
    for choice in product(*([None, *item.far] for item in items)):
        here = Counter(day for day in choice if day)
        if all(count <= max(0, room.left(day)) for day, count in here.items()):
            yield {item.name: day for item, day in zip(items, choice, strict=True) if day}


def distances(items: Sequence[Item], going: Going) -> list[int]:
    """How far each goes, the most important first."""
    return [item.far[going[item.name]] for item in items if item.name in going]


@given(cases(), st.integers(0, 5))
def test_the_least_important_go_and_the_least_far(case: tuple[list[Item], Room], excess: int) -> None:
    items, room = case
    found = levelled(items, excess, room)
    ways = [going for going in possible(items, room) if len(going) <= excess]
    most = max(map(len, ways))
    names = [item.name for item in reversed(items)]

    def measure(going: Going) -> tuple[list[bool], int, list[int]]:
        far = distances(items, going)
        return [name not in going for name in names], sum(far), far

    best = min((going for going in ways if len(going) == most), key=measure)
    assert found == best


@given(cases(days=3), st.one_of(st.none(), st.sampled_from(DAYS[:3])))
def test_all_are_laid_as_flat_as_can_be_then_as_near(case: tuple[list[Item], Room], near: date | None) -> None:
    items, room = case
    found = laid(items, room, near)
    ways = list(possible(items, room))
    most = max(map(len, ways))

    def measure(going: Going) -> tuple[list[bool], int, int, int, list[int]]:
        beyond = sum(near is not None and day > near for day in going.values())
        full = sum(
            round(1e6 * (room.weight.get(day, 0) + nth) / room.capacity.on(day))
            for day, count in Counter(going.values()).items()
            for nth in range(1, count + 1)
        )
        far = distances(items, going)
        return [item.name not in going for item in items], beyond, full, sum(far), far

    best = min((going for going in ways if len(going) == most), key=measure)
    assert found == best


@given(st.integers(0, 12), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_what_may_go_anywhere_lies_flat_within_one(count: int, there: list[int]) -> None:
    items = [Item(f"c{place}", {day: far for far, day in enumerate(DAYS)}) for place in range(count)]
    room = Room(capacity=Capacity((8,) * 7), weight=dict(zip(DAYS, there, strict=True)))
    here = Counter(laid(items, room).values())
    assert here.total() == count
    got = [there[place] + here[day] for place, day in enumerate(DAYS) if here[day]]
    assert not got or max(got) <= min(there[place] + here[day] for place, day in enumerate(DAYS)) + 1


WEIGHTS = (0, 0.1, 0.5, 1, 2, 4)


@given(cases(most=8, days=5, weights=WEIGHTS), st.floats(0, 8))
def test_whatever_they_weigh_no_day_gets_more_than_it_holds(case: tuple[list[Item], Room], excess: float) -> None:
    items, room = case
    by_name = {item.name: item for item in items}
    for going in (levelled(items, excess, room), laid(items, room), laid(items, room, DAYS[1])):
        weight: Counter[date] = Counter()
        for name, day in going.items():
            assert day in by_name[name].far
            weight[day] += by_name[name].weight  # type: ignore[assignment]
        assert all(more <= max(0, room.left(day)) + 1e-6 for day, more in weight.items())


@given(cases(most=8, days=5, weights=WEIGHTS), st.floats(0.1, 8))
def test_no_more_go_than_must(case: tuple[list[Item], Room], excess: float) -> None:
    """Without the last that went it would be too much still; and what weighs nothing never goes."""
    items, room = case
    going = levelled(items, excess, room)
    weights = [item.weight for item in items if item.name in going]
    assert 0 not in weights
    assert not weights or sum(weights) - weights[0] < excess


def test_many_are_laid_soon() -> None:
    days = [MONDAY + timedelta(days=count) for count in range(40)]
    items = [Item(f"c{place}", {day: far for far, day in enumerate(days, 1)}) for place in range(330)]
    assert len(levelled(items, 320, Room(capacity=Capacity((8,) * 7)))) == 320
    assert len(laid(items, Room(capacity=Capacity((8,) * 7)))) == 320
