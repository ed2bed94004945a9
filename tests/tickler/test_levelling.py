"""Levelling against brute force on small cases, and its laws where the weights differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import compress, product

from hypothesis import given
from hypothesis import strategies as st

from clientfolder.settings.values import Capacity
from clientfolder.tickler.levelling import Item, laid, levelled
from clientfolder.tickler.load import Room
from drawn import one_of_each

MONDAY = date(2026, 7, 20)
DAYS = [MONDAY + timedelta(days=count) for count in range(5)]
Going = Mapping[str, date]


CAPACITIES = one_of_each(*[range(4)] * 7)
LAID = one_of_each(*[range(4)] * len(DAYS))
ALIKE_AND_RANKED = one_of_each([False, True], [False, True])


def cases(most: int = 5, days: int = 4, weights: Sequence[float] = (1,)) -> st.SearchStrategy[tuple[list[Item], Room]]:
    """Items, the most important first, and days with room for some of them; often all may go to the same days, and
    often some of them matter the same."""
    allowed_days = st.sampled_from([[*compress(range(days), signs)] for signs in product([False, True], repeat=days)])
    steps = one_of_each([0, 1], weights)

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[list[Item], Room]:
        items = []
        alike, has_ranks = draw(ALIKE_AND_RANKED)
        rank = 0
        for place in range(draw(st.integers(1, most))):
            if not (alike and items):
                allowed = draw(allowed_days)
            further, weight = draw(steps)
            rank += further
            items.append(
                Item(f"c{place}", {DAYS[day]: day + 1 for day in allowed}, weight, rank if has_ranks else None)
            )
        there = dict(zip(DAYS[:days], draw(LAID), strict=False))
        return items, Room(capacity=Capacity(draw(CAPACITIES)), weight=there)

    return drawn()


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
    ranks = sorted({rank_of(items, item) for item in items}, reverse=True)

    def measure(going: Going) -> tuple[list[int], int, list[int]]:
        here = Counter(rank_of(items, item) for item in items if item.name in going)
        return [-here[rank] for rank in ranks], sum(distances(items, going)), of_each(items, going)

    best = min((going for going in ways if len(going) == most), key=measure)
    assert found == best


def rank_of(items: Sequence[Item], item: Item) -> int:
    """What it is that matters the same; without ranks the place in the order."""
    return items.index(item) if item.rank is None else item.rank  # type: ignore[return-value]


def of_each(items: Sequence[Item], going: Going) -> list[int]:
    """How far each goes, the most important first; none for who stays."""
    return [item.far[going[item.name]] if item.name in going else 0 for item in items]


def test_who_goes_first_makes_room_for_who_goes_next() -> None:
    """To send each to the nearest day that is left, the least important first, would leave some behind, and far away."""
    one_each = Room(capacity=Capacity((1,) * 7))
    near, far = {DAYS[0]: 1}, {DAYS[0]: 1, DAYS[1]: 2}
    assert levelled([Item("a", near), Item("b", far)], 2, one_each) == {"a": DAYS[0], "b": DAYS[1]}
    choosy = {DAYS[0]: 1, DAYS[4]: 5}
    assert levelled([Item("a", choosy), Item("b", far)], 2, one_each) == {"a": DAYS[0], "b": DAYS[1]}


def test_of_those_that_matter_the_same_who_goes_the_least_way() -> None:
    room = Room(capacity=Capacity((8,) * 7))
    items = [Item("a", {DAYS[0]: 1}, rank="same"), Item("b", {DAYS[4]: 5}, rank="same")]
    assert levelled(items, 1, room) == {"a": DAYS[0]}
    assert levelled([item._replace(rank=None) for item in items], 1, room) == {"b": DAYS[4]}


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
def test_nobody_goes_who_could_have_stayed(case: tuple[list[Item], Room], excess: float) -> None:
    """Without any one of those that went it would be too much still; and what weighs nothing never goes."""
    items, room = case
    going = levelled(items, excess, room)
    weights = [item.weight for item in items if item.name in going]
    assert 0 not in weights
    assert not weights or sum(weights) - min(weights) < excess
    if sum(weights) < excess - 1e-6:
        for item in items:
            left = {
                day: room.left(day) - sum(other.weight for other in items if going.get(other.name) == day)
                for day in item.far
            }
            assert item.name in going or not item.weight or all(more < item.weight for more in left.values())


@given(cases(most=6, days=3, weights=(0.5, 1, 2)), st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0]))
def test_where_every_day_has_room_the_fewest_of_those_that_matter_the_same_go(
    case: tuple[list[Item], Room], excess: float
) -> None:
    items = [item._replace(far={DAYS[0]: 1}, rank="same") for item in case[0]]
    going = levelled(items, excess, Room(capacity=Capacity((99,) * 7)))
    weights = [item.weight for item in items]
    enough = [
        sum(choice)
        for choice in product((False, True), repeat=len(items))
        if sum(weight for weight, goes in zip(weights, choice, strict=True) if goes) >= excess
    ]
    assert len(going) == min(enough, default=len(items))


def test_what_a_heavy_one_leaves_behind_is_filled_again() -> None:
    """The mail would go first, but when the visit has gone it need not; and then the visit finds the nearer day."""
    room = Room(capacity=Capacity((2,) * 7))
    far = {day: place for place, day in enumerate(DAYS, 1)}
    assert levelled([Item("visit", far, 2), Item("mail", far, 0.5)], 1.5, room) == {"visit": DAYS[0]}


def test_many_are_laid_soon() -> None:
    days = [MONDAY + timedelta(days=count) for count in range(40)]
    items = [Item(f"c{place}", {day: far for far, day in enumerate(days, 1)}) for place in range(330)]
    assert len(levelled(items, 320, Room(capacity=Capacity((8,) * 7)))) == 320
    assert len(laid(items, Room(capacity=Capacity((8,) * 7)))) == 320
