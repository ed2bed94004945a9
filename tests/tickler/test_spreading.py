"""The laws of `spread` and `away`, on folders that hold anything."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clientfolder.dates import rhythm
from clientfolder.dates.availability import weekdays
from clientfolder.dates.calendar import Month, WorkingDays, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.retry import RetryStep
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, How, Next
from clientfolder.settings.values import Capacity
from clientfolder.tickler import absence, desk, slots
from clientfolder.tickler.inserts import lying_in
from clientfolder.tickler.load import Room, loads, weigh
from clientfolder.tickler.spreading import Plan, Terms, Why, importance, spread
from clients import client
from drawn import one_of_each

DAY = date(2026, 7, 15)
JULY = Month(2026, 7)
OFF = (date(2026, 7, 20), date(2026, 7, 27))
KINDS = {"visit": 4.0, "mail": 0.5, "note": 0.0}


# Half of them lie behind one of the days, the others behind another insert or today's.
PLACES = [DAY + timedelta(days=days) for days in range(-9, 17)] + 4 * [
    None,
    JULY,
    Month(2026, 6),
    Month(2026, 8),
    DAY,
    DAY,
]
HOWS: list[How] = ["agreed", "planned", "planned", "rhythm", "rhythm"]
# What else there is to a client: rhythm, last contact, days that it refuses, moves, whether it rests.
MANNERS = one_of_each(
    [None, "2 weeks", "1-3 weeks", "4-6 weeks", "first monday"],
    [None, *(DAY - timedelta(days=days) for days in (3, 10, 17, 30, 60))],
    [(), (), (), ("mon",), ("tue", "thu"), ("fri",)],
    [0, 0, 0, 1, 4],
    [None, None, None, None, "asleep"],
)


def covers(*, kinds: Sequence[str] = ("call",), most: int = 25) -> st.SearchStrategy[list[Cover]]:
    contacts = one_of_each(PLACES, HOWS, kinds).map(
        lambda said: said[0] and Next(said[0], how=said[1], kind=said[2]),
    )

    @st.composite
    def found(draw: st.DrawFn) -> list[Cover]:
        return [cover(number, draw(contacts), *draw(MANNERS)) for number in range(draw(st.integers(0, most)))]

    return found()


def cover(
    number: int, contact: Next | None, every: str | None, last: date | None, not_on: tuple[str, ...], moves: int,
    resting: str | None,
) -> Cover:  # fmt: skip
    return Cover(
        f"c{number:02}", f"C{number % 7}", next=contact, rhythm=every, last_contact=last, not_on=not_on, moves=moves,
        resting=resting,
    )  # fmt: skip


def every(cover: Cover) -> rhythm.Rhythm | None:
    return rhythm.parse(cover.rhythm) if cover.rhythm else None


def terms_for(
    there: Sequence[Cover], capacity: int, *, off: Sequence[date] = OFF, over: RetryStep | None = None
) -> Terms:
    room = Room(WorkingDays(off=frozenset(off)), Capacity((capacity,) * 7), weigh(there, DAY, KINDS))
    return Terms(DAY, room, loads(there, DAY), every, lambda cover: weight_of(cover), over)


def weight_of(cover: Cover) -> float:
    return KINDS.get(cover.next.kind, 1) if cover.next else 1


Choice = Callable[[Sequence[Cover]], list[Cover]]


def in_slot(*names: str) -> Choice:
    return lambda there: [*lying_in(Covers.of(there), slots.Inserts(names), DAY)]


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
    assert loads(now, DAY) == {on: count for on, count in plan.after.load.items() if count}
    assert {on: weight for on, weight in plan.after.room.weight.items() if weight} == weigh(now, DAY, {})


@given(over=st.sampled_from([None, RetryStep(3, "b"), RetryStep(2, "w")]), **anything)
def test_only_days_that_suit(there: list[Cover], choice: str, capacity: int, over: RetryStep | None) -> None:
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
            assert move.to <= over.after(place if isinstance(place, date) else DAY, terms.room.on_or_after)
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
    terms = terms_for(kinds, capacity)
    plan = spread(CHOICES[choice](kinds), terms)
    assert all(not plan.after.is_over(move.to) for move in plan.moves)
    for move in plan.moves:
        place = terms.place(move.cover)
        if isinstance(place, date):
            could_stay = plan.after.room.weight.get(place, 0) + weight_of(move.cover) <= plan.after.capacity(place)
            assert not could_stay, "nobody moves who could have stayed"
    again = after(kinds, plan)
    assert not spread(CHOICES[choice](again), terms_for(again, capacity)).moves


@given(seed=st.integers(0, 99), **anything)
def test_same_input_same_plan_and_twice_is_once(there: list[Cover], choice: str, capacity: int, seed: int) -> None:
    plan = spread(CHOICES[choice](there), terms_for(there, capacity))
    mixed = random.Random(seed).sample(there, len(there))
    assert spread(CHOICES[choice](mixed), terms_for(mixed, capacity)) == plan
    again = after(there, plan)
    assert not spread(CHOICES[choice](again), terms_for(again, capacity)).moves


# How late one of a crowd is, its rhythm, how long ago the last contact is, days that it refuses; and how firm it lies.
OF_A_CROWD = [
    one_of_each(range(4), ["1-3 weeks", "2-4 weeks", "3 weeks"], [10, 15, 17, 20, 24], [(), (), ("thu", "fri")], hows)
    for hows in (["planned", "rhythm"], ["agreed", "planned", "rhythm"])
]


def crowd(draw: st.DrawFn, place: date, *, promised: bool) -> list[Cover]:
    """Many that lie at a day, and whom their tolerance leaves little choice."""
    drawn = (draw(OF_A_CROWD[promised]) for _ in range(draw(st.integers(6, 20))))
    return [
        cover(number, Next(place - timedelta(days=late), how=how), every, place - timedelta(days=ago), not_on, 0, None)
        for number, (late, every, ago, not_on, how) in enumerate(drawn)
    ]


@given(st.data(), st.integers(1, 3))
def test_a_crowd_with_little_choice(data: st.DataObject, capacity: int) -> None:
    there = data.draw(st.composite(crowd)(DAY, promised=True))
    terms = terms_for(there, capacity)
    plan = spread(there, terms)
    for move in plan.moves:
        tolerance = terms.tolerance(move.cover)
        assert not (move.cover.next and move.cover.next.agreed)
        assert tolerance is None or move.to <= tolerance[1]
    # Who stays for want of room has none left on any day that suits.
    for stay in plan.stays:
        if stay.why is Why.NO_ROOM:
            tolerance = terms.tolerance(stay.cover)
            until = min(tolerance[1] if tolerance else date.max, RetryStep(10, "b").after(DAY, terms.room.on_or_after))
            days = [day for day in terms.worked(DAY, until) if day.weekday() not in weekdays(stay.cover.not_on)]
            assert all(plan.after.room.left(day) < 1 for day in days)


def where(plan: Plan) -> dict[str, date]:
    return {move.cover.client: move.to for move in plan.moves}


def test_with_weights_only_what_must_moves() -> None:
    """A visit takes two, a mail a half: when the visit has gone, the mail may stay."""
    there = [
        client("visit", DAY, kind="visit2"),
        client("mail", DAY, "rhythm", kind="mail"),
        client("call", DAY, "agreed"),
    ]
    weights = {"visit2": 2.0, "mail": 0.5, "call": 1.0}
    room = Room(WorkingDays(), Capacity((2,) * 7), weigh(there, DAY, weights))
    terms = Terms(DAY, room, loads(there, DAY), every, lambda cover: weights[cover.next.kind] if cover.next else 1)
    assert where(spread(there, terms)) == {"visit": date(2026, 7, 16)}


def test_of_equals_who_goes_the_least_way_and_the_late_ones_last() -> None:
    there = [client("aaa", DAY), client("zzz", DAY, not_on=("tue", "wed", "thu", "fri"))]
    assert where(spread(there, terms_for(there, 1))) == {"aaa": date(2026, 7, 16)}
    late = [client("anna", DAY - timedelta(days=3), "rhythm"), client("bert", DAY, "rhythm"), client("carl", DAY)]
    assert where(spread(late, terms_for(late, 2))) == {"bert": date(2026, 7, 16)}
    assert where(spread(late, terms_for(late, 1))) == {"bert": date(2026, 7, 17), "anna": date(2026, 7, 16)}


def test_who_is_important() -> None:
    """Planned before the rhythm's, then the latest against its rhythm, then whom one has dodged, then by name."""
    late = DAY - timedelta(days=4)
    there = [
        client("weekly", late, rhythm="1 week"),
        client("yearly", late, rhythm="1 year"),
        client("dodged", DAY, moves=2),
        client("anna", DAY),
        client("bert", DAY),
        client("rhythm", late, "rhythm", rhythm="1 week"),
    ]
    found = sorted(there, key=lambda cover: importance(cover, terms_for(there, 1)))
    assert [cover.client for cover in found] == ["weekly", "yearly", "dodged", "anna", "bert", "rhythm"]
    assert list(where(spread(there, terms_for(there, 4)))) == ["bert", "rhythm"]


def test_what_lies_on_a_day_that_is_not_worked_has_no_room_there() -> None:
    saturday = date(2026, 7, 18)
    there = [client("anna", saturday), client("bert", OFF[0], "agreed"), client("carl", OFF[0])]
    plan = spread(there, terms_for(there, 8))
    assert where(plan) == {"anna": date(2026, 7, 21), "carl": date(2026, 7, 21)}
    assert plan.too_full == [OFF[0]]


def test_a_heavy_one_that_goes_leaves_room_for_another() -> None:
    """The visit leaves the 17th for the 20th, and what did not fit there at first does then."""
    thursday, friday = date(2026, 7, 16), date(2026, 7, 17)
    there = [client(f"a{n}", thursday) for n in range(6)] + [
        client("visit", friday, "rhythm", kind="visit"),
        client("mine", friday),
        client("other", friday),
    ]
    terms = terms_for(there, 5, off=(), over=RetryStep(1, "b"))
    assert where(spread(there, terms)) == {"visit": date(2026, 7, 20), "a5": friday}


def test_an_undated_one_lies_in_its_month_while_there_is_room() -> None:
    there = [client(f"c{n}", JULY) for n in range(9)] + [client("promised", JULY, "agreed")]
    day = date(2026, 7, 29)
    room = Room(capacity=Capacity((3,) * 7))
    terms = Terms(day, room, {JULY: 10}, every, lambda cover: 1)
    plan = spread(there, terms)
    here = Counter(where(plan).values())
    assert here[date(2026, 7, 30)] == here[date(2026, 7, 31)] == 3
    assert sum(here.values()) == 9
    assert [stay.cover.client for stay in plan.stays] == ["promised"]
    assert {move.reasons for move in plan.moves if move.to > JULY.last} == {("planned", "no room in July")}


def test_the_nearest_days_are_for_the_most_important() -> None:
    there = [client("keen", Month(2026, 8), "rhythm"), client("mine", Month(2026, 8), moves=1)]
    plan = spread(there, terms_for(there, 1))
    assert where(plan) == {"mine": date(2026, 8, 3), "keen": date(2026, 8, 4)}


# Away --------------------------------------------------------------------------------------------------

absences = st.tuples(st.integers(0, 9), st.integers(0, 12)).map(
    lambda pair: DateRange(DAY + timedelta(days=pair[0]), DAY + timedelta(days=pair[0] + pair[1]))
)


def gone(there: Sequence[Cover], days: DateRange, capacity: int) -> tuple[Plan, Terms]:
    new = absence.new_days_off(days, WorkingDays(off=frozenset(OFF)))
    terms = terms_for(there, capacity, off=(*OFF, *new))
    return absence.away(absence.touched(there, days, DAY), days, terms), terms


@given(covers(), absences, st.integers(1, 6))
def test_nothing_computed_lies_in_an_absence(there: list[Cover], days: DateRange, capacity: int) -> None:
    plan, terms = gone(there, days, capacity)
    now = after(there, plan)
    touched = absence.touched(now, days, DAY)
    assert all(cover.next and cover.next.agreed for cover in touched)
    assert sorted(map(repr, touched)) == sorted(map(repr, plan.staying(Why.PROMISED)))
    for move in plan.moves:
        assert move.cover.next
        assert not move.cover.next.agreed
        assert move.to > DAY
        assert move.to not in days
        assert move.to in terms.room.working
        assert move.to.weekday() not in weekdays(move.cover.not_on)
        tolerance = terms.tolerance(move.cover)
        # What goes before the absence goes there within a tolerance.
        assert move.to > days.last or (tolerance and tolerance[0] <= move.to <= tolerance[1])
    assert not gone(now, days, capacity)[0].moves
    assert loads(now, DAY) == {on: count for on, count in plan.after.load.items() if count}


@given(covers(), absences, st.integers(1, 6))
def test_a_day_gets_too_much_only_where_none_has_room(there: list[Cover], days: DateRange, capacity: int) -> None:
    plan, terms = gone(there, days, capacity)
    count = max(absence.LEAST_DAYS, sum(day.weekday() < 5 for day in days))
    following = terms.room.working.following(days.last)
    after_it = [next(following) for _ in range(2 * count)]
    for move in plan.moves:
        if plan.after.is_over(move.to):
            suiting = [day for day in after_it if day.weekday() not in weekdays(move.cover.not_on)]
            assert all(plan.after.room.left(day) < 1 for day in suiting)


@given(st.integers(0, 40), absences)
def test_what_comes_back_lies_flat_within_one(count: int, days: DateRange) -> None:
    there = [Cover(f"c{place:02}", "C", next=Next(days.first)) for place in range(count)]
    plan, terms = gone(there, days, 8)
    following = terms.room.working.following(days.last)
    worked = max(absence.LEAST_DAYS, sum(day.weekday() < 5 for day in days))
    loads = [plan.after.load.get(next(following), 0) for _ in range(worked)]
    assert sum(loads) == min(count, 8 * worked)
    assert max(loads) - min(loads) <= 1


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_an_absence_of_a_crowd_with_little_choice(data: st.DataObject, capacity: int, length: int) -> None:
    """Before an absence only within a tolerance; past one only where there is no room in it."""
    place = DAY + timedelta(days=8)
    there = data.draw(st.composite(crowd)(place, promised=False))
    days = DateRange(place - timedelta(days=3), place + timedelta(days=length))
    plan, terms = gone(there, days, capacity)
    assert len(plan.moves) == len(there)
    for move in plan.moves:
        tolerance = terms.tolerance(move.cover)
        allowed = terms.worked(DAY, days.first - timedelta(days=1)) if tolerance else []
        if move.to < days.first:
            assert tolerance
            assert tolerance[0] <= move.to
        assert move.cover.next
        if tolerance and last_day(move.cover.next.on) <= tolerance[1] < move.to:
            within = [day for day in (*allowed, *terms.worked(days.last, tolerance[1])) if day >= tolerance[0]]
            suiting = [day for day in within if day.weekday() not in weekdays(move.cover.not_on)]
            assert all(plan.after.room.left(day) < 1 for day in suiting)


def test_before_the_absence_where_the_rhythm_leaves_a_choice() -> None:
    """Where the days of the tolerance are full it is left; a third, that has no tolerance, lies after the absence."""
    days = DateRange(date(2026, 7, 29), date(2026, 8, 7))
    often = {"rhythm": "4-6 weeks", "last_contact": date(2026, 6, 23)}
    there = [
        client("anna", date(2026, 8, 3), **often),
        client("bert", date(2026, 8, 3), "rhythm", **often),
        client("carl", date(2026, 8, 4)),
        *(client(f"c{number}", date(2026, 7, number)) for number in (21, 22, 23, 24, 28)),
    ]
    plan, _ = gone(there, days, 1)
    assert where(plan) == {"carl": date(2026, 8, 10), "anna": date(2026, 8, 11), "bert": date(2026, 8, 12)}
    plan, _ = gone(there[:3], days, 1)
    assert where(plan) == {"anna": date(2026, 7, 28), "bert": date(2026, 7, 24), "carl": date(2026, 8, 10)}


def test_a_plan_for_hundreds_takes_no_time() -> None:
    """Others wait while it is made."""
    year = DateRange(DAY, DAY + timedelta(days=365))
    late = [client(f"c{n:03}", DAY - timedelta(days=1 + n % 9)) for n in range(300)]
    rhythms, not_on = (None, "2 weeks", "4-6 weeks", "3-6 months"), ((), ("mon",), ("tue", "thu"))
    mixed = [
        client(
            f"c{n:03}", DAY + timedelta(days=n * 7 % 370 - 9), rhythm=rhythms[n % 4], not_on=not_on[n % 3],
            last_contact=DAY - timedelta(days=1 + n * 11 % 150),
        )
        for n in range(300)
    ]  # fmt: skip
    start = time.process_time()
    for there in (late, mixed):
        plan, _ = gone(there, year, 8)
        assert len(plan.moves) > 250
        assert not plan.too_full
        plan = spread(there, terms_for(there, 8, over=RetryStep(250, "b")))
        assert not plan.too_full
    undated = [cover._replace(next=None) for cover in mixed]
    assert len(spread(undated, terms_for(undated, 8, over=RetryStep(250, "b"))).moves) > 290
    assert time.process_time() - start < 3
