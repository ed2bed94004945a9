"""The calendar file: what it says, and how it goes forward from the file that it takes the place of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from clientfolder.exchange import calendar
from clientfolder.exchange.calendar import NONE, OldFile, Renewal, read, write
from clientfolder.exchange.events import Event, uid
from folders import Cf

PRAGUE = ZoneInfo("Europe/Prague")
NOW = datetime(2026, 7, 15, 8, 30, tzinfo=UTC)
RENEWAL = Renewal(date(2026, 7, 15), PRAGUE, NOW)
DAY = date(2026, 7, 24)
CALL = Event(uid("anna"), DAY, DAY + timedelta(days=1), "Anna", sequence=2)
VISIT = Event(
    uid("bob"), datetime(2026, 7, 24, 8, tzinfo=UTC), datetime(2026, 7, 24, 9, tzinfo=UTC), "! Bob: a, b; c\\ (visit)",
    True, "one\ntwo", "Street 1, Town", alarm=timedelta(hours=2),
)  # fmt: skip
YEARLY = Event(uid("birthday", "anna", ""), date(2000, 5, 7), date(2000, 5, 8), "Birthday", rule=(("FREQ", "YEARLY"),))


def old(content: bytes) -> OldFile:
    found = read(content)
    assert found is not None
    return found


def first(*events: Event) -> bytes:
    return write(events, NONE, RENEWAL).content


def parsed(content: bytes) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_another_program_reads_what_was_meant() -> None:
    content = first(VISIT, CALL, YEARLY)
    events = parsed(content)
    assert [*events] == [YEARLY.uid, *sorted([CALL.uid, VISIT.uid])]
    visit = events[VISIT.uid]
    assert (visit["SUMMARY"], visit["DESCRIPTION"], visit["LOCATION"]) == (VISIT.summary, "one\ntwo", "Street 1, Town")
    assert (visit.start, visit.end, visit["STATUS"], visit["TRANSP"]) == (VISIT.start, VISIT.end, "CONFIRMED", "OPAQUE")
    [alarm] = visit.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(hours=2)
    assert (events[CALL.uid].start, events[CALL.uid]["SEQUENCE"]) == (DAY, 2)
    assert events[YEARLY.uid]["RRULE"].to_ical() == b"FREQ=YEARLY"
    for name in (b"METHOD", b"VTIMEZONE", b"TZID"):
        assert name not in content


def test_lines_end_with_crlf_and_hold_75_octets() -> None:
    content = first(CALL._replace(summary="🦔" * 200))
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines][-1] == ""
    assert parsed(content)[CALL.uid]["SUMMARY"] == "🦔" * 200


def test_the_same_again_are_the_same_bytes_whatever_day_it_is() -> None:
    content = first(VISIT, CALL, YEARLY)
    for days in range(31):
        later = RENEWAL._replace(today=RENEWAL.today + timedelta(days=days), now=NOW + timedelta(days=days))
        again = write([VISIT, CALL._replace(sequence=9), YEARLY], old(content), later)
        assert (again.content, again.same, again.changed) == (content, 3, 0)


def test_line_ends_that_git_has_changed_do_no_harm() -> None:
    content = first(VISIT, CALL)
    assert write([VISIT, CALL], old(content.replace(b"\r\n", b"\n")), RENEWAL).content == content


@pytest.mark.parametrize(
    ("now", "by"),
    [
        (CALL._replace(summary="Anna: texts"), 0),
        (CALL._replace(description="+48 1"), 0),
        (CALL._replace(is_firm=True), 1),
        (CALL._replace(start=DAY + timedelta(days=1), end=DAY + timedelta(days=2)), 1),
        (CALL._replace(start=VISIT.start, end=VISIT.end), 1),
    ],
)
def test_what_has_changed_is_told_as_new_and_a_new_day_goes_forward(now: Event, by: int) -> None:
    later = RENEWAL._replace(now=NOW + timedelta(hours=1))
    done = write([now._replace(sequence=0)], old(first(CALL)), later)
    event = parsed(done.content)[CALL.uid]
    assert (event["SEQUENCE"], event["DTSTAMP"].dt, done.changed) == (2 + by, later.now, 1)


def test_birthdays_never_count() -> None:
    event = YEARLY._replace(start=date(2000, 6, 1), end=date(2000, 6, 2))
    assert parsed(write([event], old(first(YEARLY)), RENEWAL).content)[YEARLY.uid]["SEQUENCE"] == 0
    assert parsed(write([], old(first(YEARLY)), RENEWAL).content) == {}


def test_what_is_gone_is_cancelled_until_its_day_has_passed() -> None:
    done = write([CALL], old(first(CALL, VISIT)), RENEWAL)
    assert (done.cancelled, done.same, done.written) == (1, 1, 2)
    gone = parsed(done.content)[VISIT.uid]
    assert (gone["STATUS"], gone["SEQUENCE"], gone.walk("VALARM")) == ("CANCELLED", 1, [])
    for day, is_there in ((DAY, True), (DAY + timedelta(days=1), False)):
        later = write([CALL], old(done.content), RENEWAL._replace(today=day, now=NOW + timedelta(days=9)))
        assert (VISIT.uid in parsed(later.content)) == is_there
        assert (later.content == done.content) == is_there


def test_what_comes_back_goes_forward_too() -> None:
    gone = write([], old(first(CALL)), RENEWAL).content
    assert parsed(write([CALL], old(gone), RENEWAL).content)[CALL.uid]["SEQUENCE"] == 4
    # And after its mark has gone, for the file remembers how far it was.
    passed = write([], old(gone), RENEWAL._replace(today=DAY + timedelta(days=3))).content
    assert parsed(passed) == {}
    assert parsed(write([CALL._replace(sequence=0)], old(passed), RENEWAL).content)[CALL.uid]["SEQUENCE"] == 4


def test_what_is_gone_says_no_names_where_initials_are_wanted() -> None:
    gone = write([], old(first(VISIT)), RENEWAL).content
    for content in (first(VISIT), gone):
        done = write([], old(content), RENEWAL._replace(initials=True))
        event = parsed(done.content)[VISIT.uid]
        assert (event["SUMMARY"], "DESCRIPTION" in event, "LOCATION" in event) == ("Cancelled", False, False)
        assert event["SEQUENCE"] == 1
        assert write([], old(done.content), RENEWAL._replace(initials=True)).content == done.content


def test_a_dossier_that_cannot_be_read_cancels_nothing() -> None:
    month = Event(uid("month", "2026-09"), date(2026, 9, 1), date(2026, 9, 2), "No day yet: Bob")
    content = first(CALL, VISIT, YEARLY, month)
    done = write([VISIT], old(content), RENEWAL._replace(unknown=(CALL.uid,)))
    assert done.content == content


FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:mine@example\r\nDTSTAMP:20260101T000000Z\r\nSEQUENCE:0\r\nDTSTART:20260101T000000Z\r\nDTEND:20260101T000000Z\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n", b"\xff\xfe", FOREIGN, first(CALL)[:-1], first(CALL)[:-20], first(CALL)[:200], first(CALL)[1:],
        first(CALL) + b"X", first(CALL) + first(CALL),
        first(CALL).replace(b"END:VCALENDAR", EVENT + b"END:VCALENDAR"),
        first(CALL).replace(b"END:VCALENDAR", b"BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\nEND:VCALENDAR"),
        first(CALL).replace(b"SEQUENCE:2\r\n", b""),
        first(CALL).replace(b"20260724", b"2026-7-4"),
        first(CALL).replace(b"-//clientfolder//cf//EN", b"-//clientfolder//cf//ENX"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_of_ours_is_none(content: bytes) -> None:
    assert read(content) is None


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/New_York"])
def test_the_day_of_an_appointment_is_that_of_its_place(zone: str) -> None:
    late = datetime(2026, 7, 24, 23, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    event = VISIT._replace(start=late, end=late + timedelta(minutes=20))
    there = RENEWAL._replace(zone=ZoneInfo(zone))
    gone = write([], old(write([event], NONE, there).content), there).content
    assert parsed(write([], old(gone), there._replace(today=DAY)).content)
    assert not parsed(write([], old(gone), there._replace(today=DAY + timedelta(days=1))).content)


def test_icalendar_is_what_reads_it_and_nothing_of_it_is_lost(cf: Cf) -> None:
    again = icalendar.Calendar.from_ical(first(VISIT, CALL, YEARLY)).to_ical(sorted=False)
    assert again == first(VISIT, CALL, YEARLY)
    assert calendar.PRODID in again.decode()
