"""Laying dossiers over days: from an over-full day the least important first and least far, or all of them flat.

Pure. Where all weigh the same the answer is the best there is; where they do not, or where they are a great many that
differ in their days, each takes the best day that is left, and no day gets more than it has room for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heapreplace
from math import ceil, floor
from typing import Any

from clientfolder.tickler.load import EPSILON, Room
from clientfolder.tuples import NamedTuple

# Fullness is compared in millionths of a day's capacity.
_WHOLE = 10**6
# Items times days: how large a table is still laid in a fraction of a second.
_MOST_PLACES = 4000


class Item(NamedTuple):
    """A dossier that may be laid elsewhere: on which days, how far each of them is, and how much of a day it takes.

    Those of one `rank` matter the same; without ranks each matters more than all that stand behind it.
    """

    name: str
    far: Mapping[date, int]
    weight: float = 1
    rank: Hashable = None


class _Guest(NamedTuple):
    """An item at the table: the cost of each day, by its number; those of one `kind` differ in `place` alone."""

    place: int
    kind: int
    costs: Mapping[int, int]


class _Table:
    """Seats at days, and who sits where; each guest is added so that all together sit as cheaply as can be.

    This is minimum-cost bipartite matching, by successive shortest augmenting paths: of days with seats and guests with
    a cost for each day. `price` is what the nth seat of a day costs besides.
    """

    def __init__(self, seats: Sequence[int], price: Callable[[int, int], int]) -> None:
        self.seats, self.price = seats, price
        self.at: list[list[_Guest]] = [[] for _ in seats]

    def seat(self, guests: Sequence[_Guest]) -> _Guest | None:
        """Find one of the guests a seat, others moving up where that is cheapest; None where there is none for all."""
        new = _cheapest(guests)
        cheapest, came = self._reached(new)
        ends = [day for day in cheapest if len(self.at[day]) < self.seats[day]]
        if not ends:
            return None
        day = min(ends, key=lambda end: (cheapest[end] + self.price(end, len(self.at[end]) + 1), end))
        while day in came:
            before, moving = came[day]
            self.at[before].remove(moving)
            self.at[day].append(moving)
            day = before
        self.at[day].append(new[day])
        return new[day]

    def _reached(self, new: Mapping[int, _Guest]) -> tuple[dict[int, int], dict[int, tuple[int, _Guest]]]:
        """What it costs that one more sits at a day, and who would move there from which day for it.

        `new` has who comes to a day from outside.
        """
        cheapest = {day: guest.costs[day] for day, guest in new.items()}
        came: dict[int, tuple[int, _Guest]] = {}
        outermost = [_outermost(here) for here in self.at]
        waiting = set(cheapest)
        while waiting:
            # The cheapest first: what is reached from it hardly ever gets cheaper again.
            day = min(waiting, key=lambda day: (cheapest[day], day))
            waiting.remove(day)
            for other in outermost[day]:
                for to, cost in other.costs.items():
                    total = cheapest[day] + cost - other.costs[day]
                    if to not in cheapest or total < cheapest[to]:
                        cheapest[to] = total
                        came[to] = day, other
                        waiting.add(to)
        return cheapest, came


def _cheapest(guests: Iterable[_Guest]) -> dict[int, _Guest]:
    """For each day the guest that comes to it at the least cost."""
    found: dict[int, _Guest] = {}
    for guest in guests:
        for day, cost in guest.costs.items():
            if day not in found or cost < found[day].costs[day]:
                found[day] = guest
    return found


def _outermost(here: Sequence[_Guest]) -> list[_Guest]:
    """The most and the least important of each kind: to move one of those between them never costs less."""
    first: dict[int, _Guest] = {}
    last: dict[int, _Guest] = {}
    for guest in sorted(here):
        first.setdefault(guest.kind, guest)
        last[guest.kind] = guest
    return [*first.values(), *(guest for guest in last.values() if first[guest.kind] is not guest)]


def levelled(items: Sequence[Item], excess: float, room: Room) -> dict[str, date]:
    """Who goes where, so that so much less lies where they come from; the most important item stands first.

    The least important that can go do, and no more than must: none of them could have stayed. Where they weigh the
    same, their way is as short as can be altogether, and of two such plans the more important one's is the shorter.
    No day gets more than it has room for.
    """
    movable = [item for item in items if item.weight > 0 and item.far]
    if not movable or len({item.weight for item in movable}) > 1:
        return _levelled_by_weight(movable, excess, room)
    many = max(0, ceil(excess / movable[0].weight - EPSILON))
    if _are_alike(movable):
        return _laid_alike(movable[max(0, len(movable) - many) :], room, lambda day, nth: 0, least_first=True)
    movable = _no_further_than_must(movable, room)
    days = _days_of(movable)
    if len(movable) * len(days) > _MOST_PLACES:
        return _levelled_by_weight(movable, excess, room)
    table = _Table(_seats(movable, days, room), lambda day, nth: 0)
    going = 0
    guests = _guests(movable, days, lambda day: 0)
    for places in _ranks(movable):
        waiting = [guests[place] for place in places]
        while going < many and waiting and (seated := table.seat(waiting)):
            waiting.remove(seated)
            going += 1
    return _names(table, movable, days)


def _ranks(items: Sequence[Item]) -> list[list[int]]:
    """The places of those that matter the same, the least important first."""
    ranks: dict[Hashable, list[int]] = {}
    for place, item in enumerate(items):
        ranks.setdefault(place if item.rank is None else (item.rank,), []).append(place)
    return [*reversed(ranks.values())]


def laid(items: Sequence[Item], room: Room, near: date | None = None) -> dict[str, date]:
    """A day for each, as flat as can be, then as near, the most important nearest; who has no room gets none.

    The most important item stands first, and goes without last. Days after `near` are taken where no other is left.
    """
    movable = [item for item in items if item.far]
    if len({item.weight for item in movable}) > 1 or any(not item.weight for item in movable):
        return _laid_by_weight(movable, room, near)
    if _are_alike(movable):
        return _laid_alike(movable, room, lambda day, nth: _dear(day, nth, movable[0].weight, room, near))
    days = _days_of(movable)
    if len(movable) * len(days) > _MOST_PLACES:
        return _laid_by_weight(movable, room, near)
    # One step of fullness outweighs every distance, and a day that is not near every fullness.
    step: int = 2 * (len(movable) + 1) * _base(movable) ** (len(movable) + 1)
    beyond = step * (_WHOLE + 1) * (len(movable) + 1)

    def price(day: int, nth: int) -> int:
        return step * round(_WHOLE * room.fullness(days[day], nth * movable[0].weight))

    seats = _seats(movable, days, room)
    guests = _guests(movable, days, lambda day: beyond if near and day > near else 0)
    who = _Table(seats, lambda day, nth: 0)
    fitting = [guest for guest in guests if who.seat([guest._replace(costs=dict.fromkeys(guest.costs, 0))])]
    table = _Table(seats, price)
    # That all of them have a seat is known; from the least important on it takes the least time to find it.
    for guest in reversed(fitting):
        table.seat([guest])
    return _names(table, movable, days)


def _are_alike(items: Sequence[Item]) -> bool:
    """Whether all may go to the same days, as far for one as for the other."""
    return all(item.far == items[0].far for item in items)


def _laid_alike(
    items: Sequence[Item], room: Room, price: Callable[[date, int], object], *, least_first: bool = False
) -> dict[str, date]:
    """The cheapest seats for those who are alike, the nearest of them for the most important.

    `price` is what the nth seat of a day costs, and never less than the one before it; where that is the same, the
    nearer day is taken. Where not all have a seat, the first ones get them; with `least_first`, the last ones.
    """
    if not items:
        return {}
    seats = {day: room_for for day in items[0].far if (room_for := _seats(items, [day], room)[0])}
    waiting: list[tuple[Any, int, date, int]] = [(price(day, 1), items[0].far[day], day, 1) for day in seats]
    heapify(waiting)
    taken: list[tuple[int, date]] = []
    while waiting and len(taken) < len(items):
        _, far, day, nth = waiting[0]
        taken.append((far, day))
        if nth < seats[day]:
            heapreplace(waiting, (price(day, nth + 1), far, day, nth + 1))
        else:
            heappop(waiting)
    going = items[len(items) - len(taken) :] if least_first else items[: len(taken)]
    return {item.name: day for item, (_, day) in zip(going, sorted(taken), strict=True)}


def _dear(day: date, nth: int, weight: float, room: Room, near: date | None) -> tuple[bool, int]:
    """What the nth seat of a day costs where all are laid flat."""
    return near is not None and day > near, round(_WHOLE * room.fullness(day, nth * weight))


def _no_further_than_must(items: Sequence[Item], room: Room) -> list[Item]:
    """The items with their nearest days alone, which have a seat for each of them: nobody goes past a free one."""
    seats = dict(zip(days := _days_of(items), _seats(items, days, room), strict=True))
    return [item._replace(far=_nearest(item, seats, len(items))) for item in items]


def _nearest(item: Item, seats: Mapping[date, int], many: int) -> dict[date, int]:
    found: dict[date, int] = {}
    there = 0
    for day in sorted(item.far, key=lambda day: (item.far[day], day)):
        found[day] = item.far[day]
        there += seats[day]
        if there >= many:
            break
    return found


def _days_of(items: Sequence[Item]) -> list[date]:
    return sorted({day for item in items for day in item.far})


def _seats(items: Sequence[Item], days: Sequence[date], room: Room) -> list[int]:
    return [max(0, floor(room.left(day) / items[0].weight + EPSILON)) for day in days]


def _guests(items: Sequence[Item], days: Sequence[date], dearer: Callable[[date], int]) -> list[_Guest]:
    """What the days cost each: how far they are, and in a tie that of the more important before all others."""
    numbers = {day: number for number, day in enumerate(days)}
    kinds: dict[tuple[tuple[int, int], ...], int] = {}
    guests = []
    for place, item in enumerate(items):
        far = tuple(sorted((numbers[day], far) for day, far in item.far.items()))
        kind = kinds.setdefault(far, len(kinds))
        step: int = _base(items) ** len(items) + _base(items) ** (len(items) - 1 - place)
        guests.append(_Guest(place, kind, {day: steps * step + dearer(days[day]) for day, steps in far}))
    return guests


def _base(items: Sequence[Item]) -> int:
    """More than any item goes far."""
    return max((max(item.far.values()) for item in items), default=0) + 1


def _names(table: _Table, items: Sequence[Item], days: Sequence[date]) -> dict[str, date]:
    seated = {guest.place: days[number] for number, here in enumerate(table.at) for guest in here}
    return {items[place].name: seated[place] for place in sorted(seated)}


def _levelled_by_weight(items: Sequence[Item], excess: float, room: Room) -> dict[str, date]:
    """The least important go, as far as they fit; then the most important of them that need not have gone stay."""
    going = _walked(items, excess, room)
    weight = {item.name: item.weight for item in items}
    spare = sum(weight[name] for name in going) - excess
    needed = []
    for item in items:
        if item.name in going and item.weight <= spare + EPSILON:
            spare -= item.weight
        elif item.name in going:
            needed.append(item)
    if len(needed) < len(going):
        # The days that the others would have taken may be nearer.
        again = _walked(needed, excess, room)
        going = again if len(again) == len(needed) else {item.name: going[item.name] for item in needed}
    return going


def _walked(items: Sequence[Item], excess: float, room: Room) -> dict[str, date]:
    """Who goes where, one after the other to the nearest day that is left, until so much has gone."""
    weight = dict(room.weight)
    now = room._replace(weight=weight)
    going: dict[str, date] = {}
    for places in _ranks(items):
        waiting = [*places]
        while excess > EPSILON and (nearest := _nearest_left([items[place] for place in waiting], excess, now)):
            item, on = nearest
            going[item.name] = on
            weight[on] = weight.get(on, 0) + item.weight
            excess -= item.weight
            waiting.remove(next(place for place in waiting if items[place] is item))
    return going


def _nearest_left(equals: Sequence[Item], excess: float, room: Room) -> tuple[Item, date] | None:
    """Who of those that matter the same goes next, and to which day; None where no day has room for any of them.

    One that is enough, the nearest of them; where none is, the heaviest, so that as few as can be go.
    """
    found = []
    for place, item in enumerate(equals):
        fitting = [day for day in item.far if room.has_room(day, item.weight)]
        if fitting:
            on = min(fitting, key=lambda day: (item.far[day], day))
            is_enough = item.weight >= excess - EPSILON
            found.append((not is_enough, 0 if is_enough else -item.weight, item.far[on], item.weight, -place, on))
    if not found:
        return None
    *_, place, on = min(found)
    return equals[-place], on


def _laid_by_weight(items: Sequence[Item], room: Room, near: date | None) -> dict[str, date]:
    weight = dict(room.weight)
    now = room._replace(weight=weight)
    going: dict[str, date] = {}
    for item in items:
        fitting = [day for day in item.far if now.has_room(day, item.weight)]
        if fitting:
            going[item.name] = on = min(fitting, key=lambda day: _choice(day, item, now, near))
            weight[on] = weight.get(on, 0) + item.weight
    return going


def _choice(day: date, item: Item, room: Room, near: date | None) -> tuple[bool, float, int, date]:
    return near is not None and day > near, room.fullness(day, item.weight), item.far[day], day
