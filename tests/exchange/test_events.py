"""What stands in the calendar, and that nothing of it depends on today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import DONE, Dossier, Entry, Next, Person
from clientfolder.exchange.events import Event, Wanted, events, initials, of_cover

PRAGUE = Wanted(ZoneInfo("Europe/Prague"))
DAY = date(2026, 7, 24)


def one(dossier: Dossier, wanted: Wanted = PRAGUE, *others: Dossier) -> Event:
    [event] = [event for event in events([dossier, *others], wanted)[0] if not event.rule]
    return event


def anna(contact: Next | None = None, **more: object) -> Dossier:
    return Dossier("anna", "Anna Kowalska", next=contact, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (Next(DAY), "Anna Kowalska"),
        (Next(DAY, how="agreed"), "! Anna Kowalska"),
        (Next(DAY, about="the quote"), "Anna Kowalska: the quote"),
        (Next(DAY, kind="meeting", about="the quote", person="marek", how="agreed"),
         "! Anna Kowalska, Marek Nowak: the quote (meeting)"),
        (Next(DAY, kind="visit", person="nobody known"), "Anna Kowalska, nobody known (visit)"),
        (Next(DAY, about="a\r\nBEGIN:VALARM\u2028b\x1b[2Jc\u202e"), "Anna Kowalska: a BEGIN:VALARM b[2Jc"),
    ],
)  # fmt: skip
def test_what_an_event_is_called(contact: Next, words: str) -> None:
    assert one(anna(contact, people={"marek": Person("Marek Nowak")})).summary == words


def test_a_slip_is_called_by_its_client() -> None:
    slip = Dossier("slips/send", "send the mockups", next=Next(DAY, kind="task"), more={"client": "anna"})
    assert one(slip, PRAGUE, anna()).summary == "send the mockups (Anna Kowalska)"
    assert one(slip).summary == "send the mockups"


def test_whom_to_ring_and_where_to_go() -> None:
    card = {"phone": "+48 1", "email": "anna@k.example", "address": "Gliniana 4\n00-950 Warszawa"}
    people = {"marek": Person("Marek", "+48 2")}
    dossier = anna(Next(DAY, person="marek"), company="Keramik", card=card, people=people, hours="after 17")
    assert one(dossier).description == "Keramik\n+48 2\nanna@k.example\nafter 17"
    assert one(dossier).location == ""
    for kind in ("visit", "meeting"):
        assert one(dossier._replace(next=Next(DAY, kind=kind))).location == "Gliniana 4 00-950 Warszawa"


def test_the_log_and_what_is_private_are_told_nobody() -> None:
    log = (Entry(datetime(2026, 7, 1, 9, tzinfo=UTC), "call", "SECRET"),)
    dossier = anna(Next(DAY), log=log, more={"private": {"wife": "SECRET"}}, card={"note": "SECRET"})
    assert "SECRET" not in repr(one(dossier))


@pytest.mark.parametrize(
    ("kind", "minutes"), [("call", 30), ("mail", 30), ("meeting", 60), ("visit", 60), ("Visit", 60)]
)
def test_a_time_is_a_moment_and_takes_as_long_as_its_kind(kind: str, minutes: int) -> None:
    event = one(anna(Next(DAY, time(10), kind)))
    assert event.start == datetime(2026, 7, 24, 8, tzinfo=UTC)
    assert event.end - event.start == timedelta(minutes=minutes)
    assert event.alarm == timedelta(minutes=15)


def test_a_day_ends_before_the_next_and_wakes_nobody() -> None:
    event = one(anna(Next(DAY)))
    assert (event.start, event.end, event.alarm) == (DAY, date(2026, 7, 25), None)


@pytest.mark.parametrize("zone", ["Europe/Prague", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"])
def test_every_hour_of_two_years_is_the_right_moment(zone: str) -> None:
    """On a clock there that shows the hour; where the clocks skip it, on one that was not put forward yet."""
    there = ZoneInfo(zone)
    wanted, hour = Wanted(there), datetime(2026, 1, 1)
    while hour.year < 2028:
        event = one(anna(Next(hour.date(), hour.time())), wanted)
        assert isinstance(event.start, datetime)
        shown = event.start.astimezone(there).replace(tzinfo=None)
        before = (event.start - timedelta(hours=3)).astimezone(there).utcoffset()
        if shown != hour:
            assert before is not None
            assert event.start.replace(tzinfo=None) + before == hour
        else:
            # Of two that the clock shows so, the first.
            earlier = (event.start - timedelta(hours=1)).astimezone(there).replace(tzinfo=None)
            assert earlier != hour
        hour += timedelta(hours=1)


def test_birthdays_of_everybody_from_2000_on() -> None:
    people = {"petra": Person("Petra", more={"birthday": date(1984, 2, 29)}), "jan": Person(more={"birthday": "bad"})}
    found, left_out = events([anna(card={"birthday": "--05-07"}, people=people, since=date(2025, 2, 3))], PRAGUE)
    assert [(one.summary, one.start, one.rule) for one in found] == [
        ("Birthday: Anna Kowalska", date(2000, 5, 7), (("FREQ", "YEARLY"),)),
        ("Birthday: Petra (1984)", date(2000, 2, 29), (("FREQ", "YEARLY"), ("BYMONTH", 2), ("BYMONTHDAY", -1))),
    ]
    assert {one.stamp for one in found} == {datetime(2025, 2, 3, tzinfo=UTC)}
    assert [(one.client, one.why) for one in left_out] == [("anna", "no date")]


def test_a_year_that_an_address_book_has_made_up_is_not_told() -> None:
    [event] = events([anna(card={"birthday": date(1604, 5, 7)})], PRAGUE)[0]
    assert event.summary == "Birthday: Anna Kowalska"


def test_months_and_days_off() -> None:
    may = Month(2026, 5)
    dossiers = [Dossier("b", "bob", next=Next(may)), Dossier("a", "Ann", next=Next(may, how="agreed"))]
    days = (date(2026, 8, 10), date(2026, 8, 11), date(2026, 12, 24))
    told = [(one.summary, str(one.start), str(one.end)) for one in events(dossiers, PRAGUE._replace(days_off=days))[0]]
    assert told == [
        ("No day yet: Ann, bob", "2026-05-01", "2026-05-02"),
        ("Days off", "2026-08-10", "2026-08-12"),
        ("Day off", "2026-12-24", "2026-12-25"),
    ]
    promised = PRAGUE._replace(days_off=days, promised=True)
    assert [one.summary for one in events(dossiers, promised)[0]] == ["No day yet: Ann", "Days off", "Day off"]


def test_some_clients_are_their_contacts_and_slips_alone() -> None:
    dossiers = [
        anna(Next(DAY), card={"birthday": "--05-07"}),
        Dossier("bob", "Bob", next=Next(DAY)),
        Dossier("slips/hers", "hers", next=Next(DAY), more={"client": "anna"}),
        Dossier("slips/mine", "mine", next=Next(DAY)),
        Dossier("ida", "Ida", next=Next(Month(2026, 9))),
    ]
    found, left_out = events(dossiers, PRAGUE._replace(clients={"anna", "ida"}, days_off=(DAY,)))
    assert [one.summary for one in found] == ["Anna Kowalska", "hers (Anna Kowalska)"]
    assert [(one.client, one.why) for one in left_out] == [("ida", "no day yet")]


def test_who_rests_and_what_is_done_is_left_out() -> None:
    dossiers = [
        anna(Next(DAY), resting="sold", card={"birthday": "--05-07"}),
        Dossier("slips/old", "old", resting=DONE, next=Next(DAY)),
        Dossier("bob", "Bob", next=Next(DAY)),
    ]
    found, left_out = events(dossiers, PRAGUE._replace(promised=True))
    assert found == []
    assert [one.why for one in left_out] == ["at rest", "not promised", "done"]


def test_entries_tell_how_often_it_was_changed_and_notes_do_not() -> None:
    first, second = datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 7, 2, 9, tzinfo=UTC)
    log = (Entry(second, "moved"), Entry(first, "call"), Entry(datetime(2026, 7, 3, tzinfo=UTC), "note"))
    event = one(anna(Next(DAY), log=log, since=date(2020, 1, 1)))
    assert (event.sequence, event.stamp) == (2, second)
    assert one(anna(Next(DAY), since=date(2020, 1, 1))).stamp == datetime(2020, 1, 1, tzinfo=UTC)
    assert one(anna(Next(DAY))).stamp == datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("on", [date.min, date.max, date(9999, 12, 30)])
def test_a_day_at_the_end_of_time_is_left_out_and_stops_nothing(on: date) -> None:
    found, left_out = events([anna(Next(on, time(23, 59)))], PRAGUE._replace(days_off=(on,)))
    assert (found, [one.why for one in left_out]) == ([], ["no year of a calendar"])


@pytest.mark.parametrize(
    ("name", "letters"), [("Öztürk Bau", "Ö.B."), ("Winter & Söhne", "W.S."), ("🦔", "?"), ("ﬃdavit", "F."),
                          ("o\u0308ga", "Ö."), ("x", "X.")],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("person", [None, "marek", "petra", "nobody"])
def test_a_cover_says_as_much_of_a_call_as_the_dossier(person: str | None) -> None:
    people = {"marek": Person("Marek", "2", "m@x.example", {"role": "brother"}), "petra": Person()}
    card = {"phone": 1234567, "email": "a@x.example", "address": "Street 1"}
    dossier = anna(
        Next(DAY, time(10), "call", "texts", person, "agreed"), card=card, people=people, company="K", hours="9-17"
    )
    assert one(of_cover(dossier.cover)) == one(dossier)
    slip = Dossier("slips/x", "x", next=Next(DAY, kind="task"), more={"client": "anna"})
    assert one(of_cover(slip.cover), PRAGUE, dossier._replace(next=None)) == one(
        slip, PRAGUE, dossier._replace(next=None)
    )
