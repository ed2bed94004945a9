"""Complaints, questions and ratings as a log says them, and as the index keeps them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.desk_hours import DeskHours
from clientfolder.dossier import concerns
from clientfolder.dossier.concerns import Clock, State
from clientfolder.dossier.types import Dossier, Entry, Next

DAY = date(2026, 7, 15)
ALWAYS = DeskHours(0, 1440)
DAYS = st.dates(date(2026, 7, 1), date(2026, 7, 20))
WORDS = st.none() | st.sampled_from(["a", "b"])
ENTRIES = st.builds(
    lambda at, kind, **said: Entry(at, kind, **said),
    DAYS | st.datetimes(datetime(2026, 7, 1), datetime(2026, 7, 20)).map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(["call", "question", "complaint", "note", "moved"]),
    reached=st.booleans(),
    rating=st.none() | st.integers(1, 5),
    cause=WORDS,
    remedied=st.none() | DAYS,
    remedy=WORDS,
    mended=WORDS,
)


def clock(now: date | datetime, limit: int = 10, working: WorkingDays | None = None) -> Clock:
    return Clock(now, working or WorkingDays(), ALWAYS, timedelta(hours=limit))


@settings(max_examples=80)
@given(st.lists(ENTRIES, max_size=6).map(tuple), DAYS)
def test_the_index_keeps_what_the_log_says(log: tuple[Entry, ...], day: date) -> None:
    kept = json.loads(json.dumps(concerns.kept(log)))
    cover = Dossier("anna", "Anna", log=log, kept={concerns.LOG: kept}).cover
    found, whole = concerns.of_cover(cover, day), concerns.of_log(log, day)
    assert [(one.state_on(day), one.met, one.entry.at) for one in found.complaints] == [
        (one.state_on(day), one.met, one.entry.at) for one in whole.complaints
    ]
    assert [(one.entry.text, one.answered) for one in found.inquiries] == [
        (one.entry.text, one.answered) for one in whole.inquiries
    ]
    assert [(one.day, one.rating) for one in found.ratings] == [(one.day, one.rating) for one in whole.ratings]


@settings(max_examples=80)
@given(st.lists(ENTRIES, max_size=6).map(tuple), DAYS)
def test_a_complaint_is_in_one_state_and_what_is_written_later_changes_nothing(
    log: tuple[Entry, ...], day: date
) -> None:
    found = concerns.of_log(log, day)
    assert sum(len(found.in_state(state, day)) for state in State) == len(found.complaints)
    before = tuple(entry for entry in log if entry.day <= day)
    told = concerns.of_log(before, day)
    assert [one.entry for one in told.waiting(day)] == [one.entry for one in found.waiting(day)]
    assert [(one.entry, one.is_met_on(day)) for one in told.complaints] == [
        (one.entry, one.is_met_on(day)) for one in found.complaints
    ]


def test_steps_of_a_complaint_in_any_order() -> None:
    entry = Entry(date(2026, 7, 1), "complaint", "broken")

    def state(**steps: object) -> State:
        return concerns.Complaint(entry._replace(**steps)).state_on(DAY)

    assert state() is state(cause="thin", mended="thick") is state(remedied=date(2026, 7, 16)) is State.OPEN
    assert state(remedied=DAY) is state(remedy="new ones") is state(remedied=DAY, mended="thick") is State.TO_MEND
    assert state(remedy="new ones", cause="thin", mended="nothing to mend") is State.CLOSED
    assert state(remedied=date(2026, 7, 16), remedy="x") is State.OPEN


def test_a_question_waits_for_a_contact_and_for_nothing_else() -> None:
    asked = Entry(datetime(2026, 7, 14, 9), "question", "encrypted?")
    others = [
        Entry(datetime(2026, 7, 14, 10), "note", "look it up"),
        Entry(datetime(2026, 7, 14, 11), "call", reached=False),
        Entry(datetime(2026, 7, 14, 12), "moved"),
        Entry(datetime(2026, 7, 14, 13), "question", "and when?"),
        Entry(datetime(2026, 7, 13, 13), "call", "before it"),
    ]
    assert len(concerns.of_log([asked, *others]).waiting(DAY)) == 2
    for kind in ("call", "mail", "complaint"):
        answer = Entry(datetime(2026, 7, 14, 14), kind)
        assert not concerns.of_log([asked, *others, answer]).waiting(DAY)
    assert concerns.of_log([asked, Entry(date(2026, 7, 16), "call")]).waiting(DAY)


def test_a_rating_of_three_is_a_complaint_and_four_is_none() -> None:
    log = [Entry(DAY, "call", "slow", rating=rating) for rating in (1, 2, 3, 4, 5)]
    assert [one.entry.rating for one in concerns.of_log(log).complaints] == [1, 2, 3]
    assert len(concerns.of_log(log).ratings) == 5


def test_late_is_above_the_hours_and_a_promise_ahead_or_a_contact_makes_it_not_so() -> None:
    told = Entry(datetime(2026, 7, 14, 10), "complaint", "broken")
    complaint = concerns.Complaint(told)
    assert not clock(datetime(2026, 7, 14, 20)).is_neglected(complaint, None)
    late = clock(datetime(2026, 7, 14, 20, 1))
    assert late.is_neglected(complaint, None)
    assert late.is_neglected(complaint, Next(date(2026, 7, 20)))
    assert late.is_neglected(complaint, Next(date(2026, 7, 14), how="agreed"))
    assert not late.is_neglected(complaint, Next(date(2026, 7, 15), how="agreed"))
    assert not late.is_neglected(complaint._replace(met=datetime(2026, 7, 14, 11)), None)
    assert not late.is_neglected(complaint._replace(entry=told._replace(remedied=date(2026, 7, 14))), None)


def test_answered_in_time_is_told_by_the_clock_of_the_desk() -> None:
    asked = Entry(datetime(2026, 7, 10, 17), "question")
    now, off = datetime(2026, 7, 20, 12), WorkingDays(off=frozenset({date(2026, 7, 13)}))
    in_time = concerns.Inquiry(asked, datetime(2026, 7, 14, 3))
    assert clock(now, working=off).is_in_time(in_time)
    assert not clock(now).is_in_time(in_time)
    assert not clock(now).is_in_time(concerns.Inquiry(asked))
    assert clock(now).is_late(concerns.Inquiry(asked))
