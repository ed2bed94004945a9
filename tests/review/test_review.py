"""Looking back: what counts as a contact, as a promise kept or broken, as planned, done, put off and left."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.binder.toml import dossier_file
from clientfolder.dates.calendar import Month, WorkingDays
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Dossier, Entry, How, Next, Person
from clientfolder.errors import PhraseRefused
from clientfolder.review import period as periods
from clientfolder.review import review as reviews
from clientfolder.review.period import Period, read_period
from clientfolder.review.review import Review, ahead, look_back
from clientfolder.review.weekly import NOTHING_WANTED, weekly
from clientfolder.settings.values import Capacity
from clientfolder.tickler.desk import lay_out
from clientfolder.tickler.load import Room
from drawn import one_of_each

TODAY = date(2026, 7, 15)
JULY, JUNE = Month(2026, 7), Month(2026, 6)


def day(number: int, month: int = 7) -> date:
    return date(2026, month, number)


def at(number: int, hour: int | None = None) -> date | datetime:
    return day(number) if hour is None else datetime.combine(day(number), time(hour), UTC)


def call(number: int, hour: int | None = None, **more: Any) -> Entry:
    return Entry(at(number, hour), "call", **more)


def attempt(number: int, **more: Any) -> Entry:
    return Entry(at(number), "call", reached=False, **more)


def moved(number: int, left: date | Month, to: date | Month, how: How = "planned") -> Entry:
    return Entry(at(number), "moved", from_on=left, to_on=to, how=how)


def client(
    *log: Entry, on: date | Month | None = None, how: How = "planned", name: str = "Anna", **more: Any
) -> Dossier:
    return Dossier(name.lower(), name, next=Next(on, how=how) if on else None, log=log, **more)


def looked(*dossiers: Dossier, phrase: str = "", today: date = TODAY) -> Review:
    """The review as `cf review` makes it: only what speaks of the period is opened."""
    period = read_period(phrase, today)
    speaks = periods.speaks_of(period, today)
    opened = [dossier for dossier in dossiers if speaks(dossier_file.fresh(dossier).encode())]
    covers = Covers.of(dossier.cover for dossier in dossiers)
    return reviews.review(opened, covers, period, lay_out(covers, today))


# The period -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("", day(15), day(15)),
        ("today", day(15), day(15)),
        ("yesterday", day(14), day(14)),
        ("fri", day(10), day(10)),
        ("13", day(13), day(13)),
        ("2026-07-03", day(3), day(3)),
        ("3d ago", day(12), day(12)),
        ("july 5", day(5), day(5)),
        ("week", day(13), day(15)),
        ("This  Week", day(13), day(15)),
        ("last week", day(6), day(12)),
        ("month", day(1), day(15)),
        ("july", day(1), day(15)),
        ("last month", day(1, 6), day(30, 6)),
        ("june", day(1, 6), day(30, 6)),
        ("2026-06", day(1, 6), day(30, 6)),
        ("feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("sept", date(2025, 9, 1), date(2025, 9, 30)),
    ],
)
def test_a_day_a_week_or_a_month(phrase: str, first: date, last: date) -> None:
    assert read_period(phrase, TODAY).days == DateRange(first, last)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("soon", ""), ("tomorrow", ""), ("2026-08", ""), ("july 2027", ""), ("2026-13", ""), ("0000-12", ""),
        ("fri 10:00", ""), ("week fri", ""), ("july²", ""), ("9" * 100_000, ""), ("yestreday", "yesterday"),
        ("2026-7-3", "2026-07-03"), ("in june", "june"), ("5/7", "5 july or 7 may"),
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_is_no_day_that_has_been_is_refused_with_lines_that_mean_the_same(phrase: str, line: str) -> None:
    with pytest.raises(PhraseRefused) as refused:
        read_period(phrase, TODAY)
    assert refused.value.message.partition(" This would work: ")[2] == line
    for one in line.split(" or ") if line else ():
        read_period(one, TODAY)


def test_two_numbers_are_a_day_by_the_setting() -> None:
    assert read_period("5/7", TODAY, True).first == date(2026, 7, 5)
    assert read_period("5/7", TODAY, False).first == date(2026, 5, 7)
    assert read_period("13.7.", TODAY).first == date(2026, 7, 13)


def test_the_running_week_begins_on_monday_on_every_day() -> None:
    for number in range(800):
        today = date(2026, 1, 1) + timedelta(days=number)
        week, last = read_period("week", today), read_period("last week", today)
        assert (week.first.weekday(), week.last) == (0, today)
        assert (last.first.weekday(), last.last) == (0, week.first - timedelta(days=1))
        assert read_period("month", today).first.day == 1
        assert read_period("last month", today).last == read_period("month", today).first - timedelta(days=1)


# Contacts -------------------------------------------------------------------------------------------------


def test_contacts_attempts_and_moves_are_counted_apart_and_notes_not_at_all() -> None:
    found = looked(
        client(call(1), call(15, 9), Entry(at(15), "mail"), attempt(15), Entry(at(15), "note"), on=day(20)),
        client(call(14), moved(15, day(15), day(16)), on=day(16), name="Bert"),
    )
    assert (len(found.contacts), len(found.attempts), len(found.moves)) == (2, 1, 1)
    assert found.by_kind == [("call", 1), ("mail", 1)]
    assert found.by_hour == {9: 1}
    assert not found.first_calls


def test_a_first_call_is_the_first_contact_ever() -> None:
    assert len(looked(client(attempt(10), Entry(at(14), "note"), call(15))).first_calls) == 1
    assert not looked(client(call(10), call(15))).first_calls
    assert len(looked(client(call(15, 9), call(15, 11))).first_calls) == 1


def test_a_move_made_when_the_day_had_come_is_counted_apart() -> None:
    found = looked(
        client(moved(15, day(15), day(16)), on=day(16)),
        client(moved(15, day(20), day(22)), on=day(22), name="Bert"),
        client(moved(15, JULY, day(22)), on=day(22), name="Carl"),
    )
    assert len(found.moves) == 3
    assert [one.name for one in found.late_moves] == ["Anna", "Carl"]


def test_kinds_that_are_no_single_word_are_told_as_other() -> None:
    found = looked(client(Entry(at(15), "Call"), Entry(at(15), "call"), Entry(at(15), "a long talk")))
    assert found.by_kind == [("call", 2), ("other", 1)]


# Promises -------------------------------------------------------------------------------------------------

PROMISES: dict[str, tuple[Dossier, str, str]] = {
    "called on the day": (client(call(14, promised=day(14))), "kept", "14"),
    "called before the day": (client(call(13, promised=day(14))), "kept", "13"),
    "called in the month": (client(call(14, promised=JULY)), "kept", "14"),
    "called too late": (client(call(14, promised=day(13))), "broken", "13"),
    "called after the month": (client(call(14, promised=JUNE)), "broken", "2026-06-30"),
    "tried on the day": (client(attempt(14, promised=day(14)), on=day(15)), "broken", "14"),
    "tried today": (client(attempt(15, promised=day(15)), on=day(16)), "broken", "today"),
    "tried on the day, then reached": (client(attempt(14, promised=day(14)), call(14), on=day(20)), "kept", "14"),
    "tried before the day, then reached": (client(attempt(13, promised=day(14)), call(14), on=day(20)), "kept", "14"),
    "tried before the day, reached after it": (client(attempt(10, promised=day(13)), call(14)), "broken", "13"),
    "tried on the day, reached after it": (client(attempt(13, promised=day(13)), call(14, promised=day(13))), "broken", "13"),
    "tried in advance, and the day is today": (client(attempt(13, promised=day(15)), on=day(14)), "open", "today"),
    "tried in advance, and the day is to come": (client(attempt(13, promised=day(17)), on=day(14)), "", "week"),
    "put off on the day": (client(moved(14, day(14), day(16), "agreed"), on=day(16)), "broken", "14"),
    "put off late": (client(moved(14, day(13), day(16), "agreed"), on=day(16)), "broken", "13"),
    "put off twice": (client(moved(13, day(13), day(14), "agreed"), moved(14, day(14), day(16)), on=day(16)), "broken", "13"),
    "put off on the day, then reached": (client(moved(14, day(14), day(16), "agreed"), call(14)), "kept", "14"),
    "moved in advance, as agreed": (client(moved(13, day(14), day(16), "agreed"), on=day(16)), "", "week"),
    "a day given to a promised month": (client(moved(14, JULY, day(22), "agreed"), on=day(22)), "", "month"),
    "only planned, and moved": (client(moved(14, day(14), day(16)), on=day(16)), "", "week"),
    "still lying": (client(on=day(14), how="agreed"), "broken", "14"),
    "still lying in a past month": (client(on=JUNE, how="agreed"), "broken", "2026-06-30"),
    "still lying today": (client(on=day(15), how="agreed"), "open", "today"),
    "lying ahead": (client(on=day(16), how="agreed"), "", "week"),
    "only planned, and still lying": (client(on=day(14)), "", "week"),
    "put to rest": (client(on=day(14), how="agreed", resting="moved away"), "", "week"),
    "put to rest on the day": (client(Entry(at(14), "note", promised=day(14)), resting="x"), "broken", "14"),
    "put to rest late, and woken": (client(Entry(at(14), "note", promised=day(13)), on=day(20)), "broken", "13"),
    "put to rest in advance": (client(Entry(at(13), "note", promised=day(14)), resting="x"), "", "week"),
    "put to rest on the day, reached all the same": (client(Entry(at(14), "note", promised=day(14)), call(14)), "kept", "14"),
    "put to rest, and only planned": (client(Entry(at(14), "note", planned=day(14)), resting="x"), "", "week"),
    "only planned, and called late": (client(call(15, planned=day(14))), "", "week"),
    "tried at nine, reached without a time": (
        client(Entry(at(14, 9), "call", reached=False, promised=day(14)), call(14), on=day(20)), "kept", "14"),
}  # fmt: skip


@pytest.mark.parametrize("case", PROMISES)
def test_what_became_of_a_promise(case: str) -> None:
    dossier, fate, when = PROMISES[case]
    for phrase in (when, "last month" if "06" in when else "month"):
        found = looked(dossier, phrase=phrase)
        fates = {"kept": found.kept, "broken": found.broken, "open": found.open}
        assert [name for name, given in fates.items() for _ in given] == ([fate] if fate else []), phrase


def test_one_day_promised_again_after_a_contact_is_another_promise() -> None:
    found = looked(client(attempt(12, promised=day(14)), call(13), on=day(14), how="agreed"), phrase="week")
    assert (len(found.kept), len(found.broken)) == (1, 1)


# Planned against done -------------------------------------------------------------------------------------


def figures(found: Review) -> tuple[int, int, int, int]:
    return found.planned, found.done, found.put_off, len(found.left)


PLANNED: dict[str, tuple[Dossier, tuple[int, int, int, int]]] = {
    "called": (client(call(15, planned=day(15)), on=day(20)), (1, 1, 0, 0)),
    "called late": (client(call(15, planned=day(3)), on=day(20)), (1, 1, 0, 0)),
    "called in its month": (client(call(15, planned=JULY), on=day(20)), (1, 1, 0, 0)),
    "tried": (client(attempt(15, planned=day(15)), on=day(16)), (1, 0, 0, 0)),
    "tried, then called": (client(attempt(15, planned=day(15)), call(15), on=day(20)), (1, 1, 0, 0)),
    "called twice": (client(call(15, planned=day(15)), call(15), on=day(20)), (1, 1, 0, 0)),
    "put off": (client(moved(15, day(15), day(16)), on=day(16)), (1, 0, 1, 0)),
    "put off late": (client(moved(15, day(3), day(16)), on=day(16)), (1, 0, 1, 0)),
    "put off after a try": (client(attempt(15, planned=day(15)), moved(15, day(16), day(20)), on=day(20)), (1, 0, 0, 0)),
    "put off, and brought back": (client(moved(15, day(15), day(16)), moved(15, day(16), day(15)), on=day(15)), (1, 0, 0, 1)),
    "put off, then called": (client(moved(15, day(15), day(22)), call(15), on=day(24)), (1, 1, 0, 0)),
    "rang where it had been moved twice ahead": (client(moved(15, day(20), day(22)), call(15), on=day(24)), (0, 0, 0, 0)),
    "moved in advance": (client(moved(15, day(16), day(20)), on=day(20)), (0, 0, 0, 0)),
    "a day given to the month": (client(moved(15, JULY, day(20)), on=day(20)), (0, 0, 0, 0)),
    "left": (client(on=day(15)), (1, 0, 0, 1)),
    "left for long": (client(on=day(3)), (1, 0, 0, 1)),
    "left from a past month": (client(on=JUNE), (1, 0, 0, 1)),
    "in this month without a day": (client(on=JULY), (0, 0, 0, 0)),
    "ahead": (client(on=day(16)), (0, 0, 0, 0)),
    "resting": (client(on=day(15), resting="moved away"), (0, 0, 0, 0)),
    "no date": (client(), (0, 0, 0, 0)),
    "only noted": (client(Entry(at(15), "note"), on=day(15)), (1, 0, 0, 1)),
    "called, and to be called once more today": (client(call(15), on=day(15)), (2, 1, 0, 1)),
    "rang from where it had been moved to": (client(moved(10, day(10), day(20)), call(15), on=day(20)), (0, 0, 0, 0)),
    "rang before the planned day": (client(call(15, planned=day(17)), on=day(20)), (0, 0, 0, 0)),
    "rang before the day, which stays": (client(call(15), on=day(20)), (0, 0, 0, 0)),
    "rang before the day, which the next entry tells": (client(call(15), call(15, planned=day(20)), on=day(22)), (0, 0, 0, 0)),
    "rang, and had no date": (client(call(15), resting="x"), (0, 0, 0, 0)),
    "put to rest on its day": (client(Entry(at(15), "note", planned=day(15)), resting="x"), (1, 0, 1, 0)),
    "put to rest in advance": (client(Entry(at(15), "note", planned=day(16)), resting="x"), (0, 0, 0, 0)),
    "rang before the promised day": (client(call(15, promised=day(17)), on=day(20)), (0, 0, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANNED)
def test_planned_done_put_off_and_left(case: str) -> None:
    dossier, expected = PLANNED[case]
    found = looked(dossier)
    assert figures(found) == expected
    assert found.unplanned == case.startswith("rang")
    assert found.tried == (case in ("tried", "put off after a try"))


def test_an_evening_that_is_past_is_told_by_what_came_after_it() -> None:
    later = {
        "moved": client(moved(15, day(13), day(20)), on=day(20)),
        "answered": client(call(15, promised=day(13)), on=day(20), name="Bert"),
        "still there": client(on=day(13), name="Carl"),
        "moved, then called": client(moved(10, day(10), day(13)), call(15), on=day(20), name="Dora"),
        "called, and nothing tells from where": client(call(15), on=day(20), name="Eva"),
        "called, as planned": client(call(15, planned=day(13)), on=day(20), name="Gerd"),
        "put to rest since": client(Entry(at(15), "note", planned=day(13)), name="Hanna", resting="x"),
        "moved there since": client(moved(15, day(20), day(14)), on=day(14), name="Fred"),
    }
    found = looked(*later.values(), phrase="13")
    assert found.left.names == ["Carl", "Anna", "Bert", "Dora", "Gerd", "Hanna"]
    assert figures(found) == (6, 0, 0, 6)


def test_what_lies_in_a_month_is_left_when_the_month_is_over() -> None:
    assert not looked(client(on=JULY), today=day(31)).left
    assert len(looked(client(on=JULY), today=day(1, 8)).left) == 1
    assert not looked(client(moved(31, JULY, day(3, 8)), on=day(3, 8)), today=day(31)).put_off


def test_over_a_week_left_is_what_the_last_evening_left() -> None:
    found = looked(
        client(on=day(13)),
        client(call(13, planned=day(13)), call(14, planned=day(14)), on=day(20), name="Bert"),
        client(moved(13, day(13), day(14)), moved(14, day(14), day(16)), on=day(16), name="Carl"),
        phrase="week",
    )
    assert figures(found) == (5, 2, 2, 1)
    assert [(one.done, one.put_off, one.left) for one in found.days] == [(1, 1, 1), (1, 1, 1), (0, 0, 1)]


def test_left_are_told_in_the_order_of_the_desk() -> None:
    found = looked(
        client(on=day(15), name="Anna"),
        client(on=day(10), name="Zoe"),
        client(on=day(14), how="agreed", name="Yves"),
    )
    assert found.left.names == ["Yves", "Zoe", "Anna"]


# What comes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "today", "expected"),
    [
        ("", day(15), day(16)),
        ("week", day(15), day(16)),
        ("", day(17), day(20)),
        ("yesterday", day(15), day(15)),
        ("last week", day(13), day(13)),
        ("last week", day(12), day(13)),
        ("june", day(15), day(15)),
    ],
)
def test_the_next_working_day_is_the_first_that_is_not_past(phrase: str, today: date, expected: date) -> None:
    covers = Covers.of(
        [
            client(on=on, how=how, name=f"{on} {how}").cover
            for on in (day(10), day(15), day(16), day(20))
            for how in ("agreed", "planned")
        ]  # type: ignore[arg-type]
    )
    room = Room(weight={expected: 2.5}, capacity=Capacity((7,) * 7))
    found = ahead(covers, read_period(phrase, today), lay_out(covers, today), room)
    assert (found.on, found.weight, found.capacity) == (expected, 2.5, 7)
    assert found.load == len(found.pile)
    assert found.agreed == found.load // 2


def test_a_day_off_is_no_next_day() -> None:
    room = Room(WorkingDays(off=frozenset([day(16)])))
    found = ahead(Covers.of([]), read_period("", TODAY), lay_out([], TODAY), room)
    assert (found.on, found.weight) == (day(17), 0)


@pytest.mark.parametrize(("phrase", "has_week"), [("week", True), ("last week", True), ("", False), ("june", False)])
def test_who_looks_back_on_a_week_leafs_through_the_binder_too(phrase: str, has_week: bool) -> None:
    dossiers = [client(on=day(15), name="Anna", card={})]
    covers = Covers.of([dossier.cover for dossier in dossiers])
    period = read_period(phrase, TODAY)
    found = look_back(dossiers, covers, period, lay_out(covers, TODAY), Room())
    assert (found.day, found.review.period) == (TODAY, period)
    assert (found.weekly is not None) == has_week
    assert found.weekly is None or found.weekly.no_phone.names == ["Anna"]


# Once a week ----------------------------------------------------------------------------------------------


def test_once_a_week_one_leafs_through_the_binder() -> None:
    put_off = tuple(moved(number, day(number), day(number + 1)) for number in (12, 13, 14))
    number = {"phone": "+1"}
    rest: dict[str, Any] = {"on": day(20), "card": number}
    dossiers = [
        client(name="No date", card=number),
        client(*put_off, name="Dodged", **rest),
        client(*put_off[1:], name="Put off twice", **rest),
        client(*put_off, name="Dodged, at rest", resting="x", **rest),
        client(call(1), call(3), call(5), name="Drifting", **rest),
        client(call(1), call(8), call(13), name="As usual", **rest),
        client(on=day(20), name="No phone"),
        client(name="No phone, at rest", resting="x"),
        client(on=day(20), name="A person has one", people={"eva": Person("Eva", "+1")}),
        client(name="Birthday", on=day(20), card={**number, "birthday": "--07-29"}),
        client(name="Birthday, at rest", resting="x", card={"birthday": "--07-29"}),
        client(name="Birthday in August", on=day(20), card={**number, "birthday": "--08-15"}),
    ]
    covers = Covers.of(dossier.cover for dossier in dossiers)
    found = weekly(dossiers, covers, lay_out(covers, TODAY), NOTHING_WANTED)
    assert found.unfiled.names == ["No date"]
    assert found.dodged.names == ["Dodged"]
    assert found.drifting.names == ["Drifting"]
    assert found.no_phone.names == ["No phone"]
    assert [(one.name, one.on) for one in found.birthdays] == [("Birthday", day(29))]


# Laws -----------------------------------------------------------------------------------------------------

WEEKS = [date(2026, 6, 20) + timedelta(days=count) for count in range(36)]
MONTHS = [JUNE, JULY, Month(2026, 8)]
# As many months as days.
PLACES = [*WEEKS, *MONTHS * 12]
HOWS = ["agreed", "planned", "rhythm"]
# Half of the contacts hold a promise or a plan.
PERHAPS = st.sampled_from([*PLACES, *[None] * len(PLACES)])
ENTRIES = st.one_of(
    st.tuples(one_of_each(WEEKS, ["call", "mail", "note"], [False, True]), PERHAPS, PERHAPS).map(
        lambda said: Entry(*said[0][:2], reached=said[0][2], promised=said[1], planned=said[2])
    ),
    st.tuples(one_of_each(WEEKS, HOWS), one_of_each(PLACES, PLACES)).map(
        lambda said: Entry(said[0][0], "moved", from_on=said[1][0], to_on=said[1][1], how=said[0][1])
    ),
)
LOGS = st.lists(ENTRIES, max_size=6).map(lambda log: tuple(sorted(log, key=lambda entry: entry.day)))
NEXTS = st.none() | one_of_each(PLACES, HOWS).map(lambda said: Next(said[0], how=said[1]))
DOSSIERS = st.lists(st.tuples(NEXTS, LOGS, st.sampled_from([None, "x"])), max_size=4).map(
    lambda found: [
        Dossier(f"c{number}", f"C{number}", next=contact, log=log, resting=resting)
        for number, (contact, log, resting) in enumerate(found)
    ]
)
PHRASES = st.sampled_from(["", "yesterday", "13", "30", "week", "last week", "month", "june"])


def facts(found: Review) -> list[Any]:
    return [*found[:-1], found.left.clients]


@settings(max_examples=300)
@given(DOSSIERS, PHRASES, st.dates(date(2026, 6, 30), date(2026, 7, 31)))
def test_what_is_not_opened_has_nothing_to_tell(dossiers: list[Dossier], phrase: str, today: date) -> None:
    period = read_period(phrase, today)
    covers = Covers.of(dossier.cover for dossier in dossiers)
    assert facts(looked(*dossiers, phrase=phrase, today=today)) == facts(
        reviews.review(dossiers, covers, period, lay_out(covers, today))
    )


@settings(max_examples=300)
@given(DOSSIERS, PHRASES, st.dates(date(2026, 7, 1), date(2026, 7, 31)))
def test_the_figures_agree_with_one_another(dossiers: list[Dossier], phrase: str, today: date) -> None:
    found = looked(*dossiers, phrase=phrase, today=today)
    assert found.planned == found.done + found.tried + found.put_off + len(found.left)
    assert sum(count for _, count in found.by_kind) == len(found.contacts) == sum(one.contacts for one in found.days)
    assert len(found.attempts) == sum(one.attempts for one in found.days)
    assert len(found.moves) == sum(one.moves for one in found.days)
    assert found.days[-1].left == len(found.left)
    assert [one.on for one in found.days] == [*found.period.days]
    worked = {(one.entry.day, one.client) for one in (*found.contacts, *found.attempts)}
    assert found.done + found.tried + found.unplanned == len(worked)
    if found.period.last == today:
        assert found.left.clients == lay_out((dossier.cover for dossier in dossiers), today).pile.clients


@given(DOSSIERS)
def test_a_promise_counts_on_one_day_alone(dossiers: list[Dossier]) -> None:
    """The days of a month, one by one, have the promises that the month has."""
    month = looked(*dossiers, phrase="month", today=date(2026, 7, 31))
    covers = Covers.of(dossier.cover for dossier in dossiers)
    desk = lay_out(covers, date(2026, 7, 31))
    days = [reviews.review(dossiers, covers, Period("day", DateRange(on, on)), desk) for on in month.period.days]
    for fate in ("kept", "broken", "open"):
        assert sorted(map(str, getattr(month, fate))) == sorted(str(one) for day in days for one in getattr(day, fate))
