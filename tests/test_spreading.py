"""The laws of `spread` and `away`, on folders that hold anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clientfolder import absence, desk
from clientfolder.covers import Covers
from clientfolder.dates import Month, WorkingDays, last_day
from clientfolder.dossier import Cover, Next
from clientfolder.spreading import Plan, Terms, Why, spread
from clientfolder.stretch import Stretch
from clientfolder.tickler import rhythm, slots
from clientfolder.tickler.attempts import Rung
from clientfolder.tickler.room import Capacity, Room
from clientfolder.tickler.suits import weekdays

DAY = date(2026, 7, 15)
JULY = Month(2026, 7)
OFF = (date(2026, 7, 20), date(2026, 7, 27))
KINDS = {"visit": 4.0, "mail": 0.5, "note": 0.0}


@st.composite
def covers(draw: st.DrawFn, *, kinds: Sequence[str] = ("call",), most: int = 25) -> list[Cover]:
    found = []
    for number in range(draw(st.integers(0, most))):
        on = draw(
            st.one_of(
                st.integers(-9, 16).map(lambda days: DAY + timedelta(days=days)),
                st.sampled_from([None, JULY, Month(2026, 6), Month(2026, 8), DAY, DAY]),
            )
        )
        how = draw(st.sampled_from(["agreed", "planned", "planned", "rhythm", "rhythm"]))
        contact = None if on is None else Next(on, kind=draw(st.sampled_from(kinds)), how=how)
        found.append(
            Cover(
                f"c{number:02}",
                f"C{number % 7}",
                next=contact,
                rhythm=draw(st.sampled_from([None, "2 weeks", "1-3 weeks", "4-6 weeks", "first monday"])),
                last_contact=draw(st.sampled_from([None, *(DAY - timedelta(days=d) for d in (3, 10, 17, 30, 60))])),
                not_on=draw(st.sampled_from([(), (), (), ("mon",), ("tue", "thu"), ("fri",)])),
                moves=draw(st.sampled_from([0, 0, 0, 1, 4])),
                resting=draw(st.sampled_from([None, None, None, None, "asleep"])),
            )
        )
    return found


def every(cover: Cover) -> rhythm.Rhythm | None:
    return rhythm.parse(cover.rhythm) if cover.rhythm else None


def terms_for(there: Sequence[Cover], capacity: int, *, off: Sequence[date] = OFF, over: Rung | None = None) -> Terms:
    room = Room(WorkingDays(off=frozenset(off)), Capacity((capacity,) * 7), desk.weigh(there, DAY, KINDS))
    return Terms(DAY, room, desk.loads(there, DAY), every, lambda cover: weight_of(cover), over)


def weight_of(cover: Cover) -> float:
    return KINDS.get(cover.next.kind, 1) if cover.next else 1


Choice = Callable[[Sequence[Cover]], list[Cover]]


def in_slot(*names: str) -> Choice:
    return lambda there: [*desk.lying_in(Covers.of(there), slots.Inserts(names), DAY)]


def pile(there: Sequence[Cover]) -> list[Cover]:
    return [*desk.lay_out(there, DAY, every).pile]


CHOICES: dict[str, Choice] = {
    "overdue": in_slot("overdue"), "today": pile, "16": in_slot("16"), "undated": in_slot("undated"),
    "unfiled": in_slot("unfiled"), "16..31": in_slot(*map(str, range(16, 32))), "august": in_slot("august"),
}  # fmt: skip
choices = st.sampled_from(sorted(CHOICES))
anything = {"there": covers(), "choice": choices, "capacity": st.integers(1, 6)}


def after(there: Sequence[Cover], plan: Plan) -> list[Cover]:
    """The folder when the plan is done."""
    to = {move.cover.client: move.to for move in plan.moves}
    return [moved(cover, to[cover.client]) if cover.client in to else cover for cover in there]


def moved(cover: Cover, to: date) -> Cover:
    return cover._replace(next=cover.next._replace(on=to) if cover.next else Next(to))


@given(**anything)
def test_everyone_has_one_place_and_promised_dates_stay(there: list[Cover], choice: str, capacity: int) -> None:
    chosen = CHOICES[choice](there)
    terms = terms_for(there, capacity)
    plan = spread(chosen, terms)
    looked_at = [move.cover for move in plan.moves] + [stay.cover for stay in plan.stays]
    assert sorted(cover.client for cover in looked_at) == sorted(cover.client for cover in chosen)
    assert not any(move.cover.next and move.cover.next.agreed for move in plan.moves)
    assert all(move.reasons or move.cover.next is None for move in plan.moves)
    now = after(there, plan)
    assert desk.loads(now, DAY) == {on: count for on, count in plan.after.load.items() if count}
    assert {on: weight for on, weight in plan.after.room.weight.items() if weight} == desk.weigh(now, DAY, {})


@given(over=st.sampled_from([None, Rung(3, "b"), Rung(2, "w")]), **anything)
def test_only_days_that_suit(there: list[Cover], choice: str, capacity: int, over: Rung | None) -> None:
    """Nothing before tomorrow, on a day off or another that is not worked, on a weekday that the client refuses,
    beyond the horizon, or outside a tolerance in which it lay."""
    terms = terms_for(there, capacity, over=over)
    for move in spread(CHOICES[choice](there), terms).moves:
        cover, place = move.cover, terms.place(move.cover)
        assert move.to > DAY
        assert move.to in terms.room.working
        assert not isinstance(place, date) or move.to > place
        assert move.to.weekday() not in weekdays(cover.not_on)
        if over and not (isinstance(place, Month) and place != JULY):
            assert move.to <= over.after(place if isinstance(place, date) else DAY, terms.room)
        tolerance = terms.tolerance(cover)
        if tolerance and cover.next and last_day(cover.next.on) <= tolerance[1]:
            assert move.to <= tolerance[1]
            assert move.to >= tolerance[0] or last_day(cover.next.on) < tolerance[0]


@given(**anything)
def test_the_capacity_is_kept_or_the_exception_named(there: list[Cover], choice: str, capacity: int) -> None:
    terms = terms_for(there, capacity)
    plan = spread(CHOICES[choice](there), terms)
    assert all(not plan.after.is_over(move.to) for move in plan.moves)
    for day in plan.too_full:
        staying = [stay for stay in plan.stays if terms.place(stay.cover) == day]
        assert {stay.why for stay in staying} <= {Why.PROMISED, Why.NO_ROOM}
    for stay in plan.stays:
        assert stay.why is not Why.PROMISED or (stay.cover.next and stay.cover.next.agreed)
        if stay.why is Why.NO_ROOM:
            place = terms.place(stay.cover)
            assert not isinstance(place, date) or plan.after.is_over(place)


@given(**anything)
def test_a_day_is_no_lighter_than_it_must_be(there: list[Cover], choice: str, capacity: int) -> None:
    """Today does not become mysteriously light, and neither does any other day that was too full."""
    terms = terms_for(there, capacity)
    plan = spread(CHOICES[choice](there), terms)
    for day in plan.places:
        before, now = (lay.room.weight.get(day, 0) for lay in (plan.before, plan.after))
        assert now >= min(before, plan.before.capacity(day))
        if before > plan.before.capacity(day) and day not in plan.too_full:
            assert now == plan.before.capacity(day)


@given(kinds=covers(kinds=("call", "visit", "mail", "note")), choice=choices, capacity=st.integers(1, 6))
def test_whatever_the_contacts_weigh(kinds: list[Cover], choice: str, capacity: int) -> None:
    plan = spread(CHOICES[choice](kinds), terms_for(kinds, capacity))
    assert all(not plan.after.is_over(move.to) for move in plan.moves)
    again = after(kinds, plan)
    assert not spread(CHOICES[choice](again), terms_for(again, capacity)).moves


@given(seed=st.integers(0, 99), **anything)
def test_same_input_same_plan_and_twice_is_once(there: list[Cover], choice: str, capacity: int, seed: int) -> None:
    plan = spread(CHOICES[choice](there), terms_for(there, capacity))
    mixed = random.Random(seed).sample(there, len(there))
    assert spread(CHOICES[choice](mixed), terms_for(mixed, capacity)) == plan
    again = after(there, plan)
    assert not spread(CHOICES[choice](again), terms_for(again, capacity)).moves


# Away --------------------------------------------------------------------------------------------------

stretches = st.tuples(st.integers(0, 9), st.integers(0, 12)).map(
    lambda pair: Stretch(DAY + timedelta(days=pair[0]), DAY + timedelta(days=pair[0] + pair[1]))
)


def gone(there: Sequence[Cover], days: Stretch, capacity: int) -> tuple[Plan, Terms]:
    new = absence.new_days_off(days, WorkingDays(off=frozenset(OFF)))
    terms = terms_for(there, capacity, off=(*OFF, *new))
    return absence.away(absence.touched(there, days, DAY), days, terms), terms


@given(covers(), stretches, st.integers(1, 6))
def test_nothing_computed_lies_in_an_absence(there: list[Cover], days: Stretch, capacity: int) -> None:
    plan, terms = gone(there, days, capacity)
    now = after(there, plan)
    touched = absence.touched(now, days, DAY)
    assert all(cover.next and cover.next.agreed for cover in touched)
    assert sorted(map(repr, touched)) == sorted(map(repr, plan.staying(Why.PROMISED)))
    for move in plan.moves:
        assert move.cover.next
        assert not move.cover.next.agreed
        assert move.to > DAY
        assert not days.holds(move.to)
        assert move.to in terms.room.working
        assert move.to.weekday() not in weekdays(move.cover.not_on)
        tolerance = terms.tolerance(move.cover)
        # What goes before the absence goes there within a tolerance.
        assert move.to > days.last or (tolerance and tolerance[0] <= move.to <= tolerance[1])
    assert not gone(now, days, capacity)[0].moves
    assert desk.loads(now, DAY) == {on: count for on, count in plan.after.load.items() if count}


@given(covers(), stretches, st.integers(1, 6))
def test_a_day_gets_too_much_only_where_none_has_room(there: list[Cover], days: Stretch, capacity: int) -> None:
    plan, terms = gone(there, days, capacity)
    count = max(absence.LEAST_DAYS, sum(day.weekday() < 5 for day in days.days()))
    following = terms.room.working.following(days.last)
    after_it = [next(following) for _ in range(2 * count)]
    for move in plan.moves:
        if plan.after.is_over(move.to):
            suiting = [day for day in after_it if day.weekday() not in weekdays(move.cover.not_on)]
            assert all(plan.after.room.left(day) < 1 for day in suiting)


@given(st.integers(0, 40), stretches)
def test_what_comes_back_lies_flat_within_one(count: int, days: Stretch) -> None:
    there = [Cover(f"c{place:02}", "C", next=Next(days.first)) for place in range(count)]
    plan, terms = gone(there, days, 8)
    following = terms.room.working.following(days.last)
    worked = max(absence.LEAST_DAYS, sum(day.weekday() < 5 for day in days.days()))
    loads = [plan.after.load.get(next(following), 0) for _ in range(worked)]
    assert sum(loads) == min(count, 8 * worked)
    assert max(loads) - min(loads) <= 1
