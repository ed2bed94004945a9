"""Who complains, waits, and is to be greeted: of the living, the oldest first."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.desk_hours import DeskHours
from clientfolder.dossier import birthdays, concerns
from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.covers import ListedCovers
from clientfolder.dossier.types import Cover, Dossier, Entry, Person
from clientfolder.tickler.concerned import concerned, greetings

NOW = datetime(2026, 7, 15, 10, 30)
CLOCK = Clock(NOW, WorkingDays(), DeskHours(480, 1080), timedelta(hours=10))


def cover(client: str, *log: Entry, card: dict[str, Any] | None = None, **more: Any) -> Cover:
    kept = {concerns.LOG: concerns.kept(log), birthdays.CARD: birthdays.yearly(card or {})}
    return Dossier(client, client.capitalize(), log=log, card=card or {}, kept=kept, **more).cover


def test_the_oldest_stands_first_and_who_rests_is_left_in_peace() -> None:
    covers = [
        cover("anna", Entry(datetime(2026, 7, 14, 9), "question", "why?")),
        cover("bob", Entry(date(2026, 7, 14), "question", "when?"), Entry(date(2026, 7, 1), "complaint", "dear")),
        cover("cilla", Entry(date(2026, 6, 1), "complaint", "late"), resting="sailing"),
        cover("doro", Entry(date(2026, 6, 30), "call", "slow", rating=3)),
        cover("emil", Entry(date(2026, 6, 30), "complaint", "old", remedied=date(2026, 7, 2))),
    ]
    found = concerned(ListedCovers(covers), CLOCK, ())
    assert [one.cover.client for one in found.waiting] == ["bob", "anna"]
    assert [(one.waited, one.is_late) for one in found.waiting] == [
        (timedelta(hours=12, minutes=30), True),
        (timedelta(hours=11, minutes=30), True),
    ]
    assert [one.cover.client for one in found.complaints] == ["doro", "bob"]
    assert [one.days(NOW.date()) for one in found.complaints] == [15, 14]
    assert [one.cover.client for one in found.to_mend] == ["emil"]


@pytest.mark.parametrize(
    ("day", "clients"),
    [
        ("2026-07-17", ["fri", "sat", "sun"]),
        ("2026-07-16", []),
        ("2026-07-18", ["sat", "sun"]),
        ("2026-07-19", ["sun"]),
        ("2026-07-20", []),
    ],
)
def test_who_has_the_day_today_or_on_the_days_off_behind_it(day: str, clients: list[str]) -> None:
    covers = [
        cover("sun", card={"birthday": "19 july 1980"}),
        cover("fri", card={"birthday": "--07-17"}),
        cover("sat", card={"birthday": date(1986, 7, 18)}),
        cover("rests", card={"birthday": "--07-17"}, resting="why"),
    ]
    found = list(greetings(ListedCovers(covers), date.fromisoformat(day), WorkingDays(), ("birthday",)))
    assert [one.cover.client for one in found] == clients
    assert all(one.years == {"sun": 46, "sat": 40}.get(one.cover.client) for one in found)


def test_people_are_greeted_on_the_days_that_one_keeps_and_a_leap_day_on_the_28th() -> None:
    people = {"petr": Person("Petr", more={"name_day": "--02-29", "birthday": "--02-28"})}
    covers = ListedCovers([cover("hana", card={"founded": "--02-28"}, people=people)])
    found = list(greetings(covers, date(2026, 2, 28), WorkingDays(frozenset(range(7))), ("name_day", "founded")))
    assert [(one.who, one.what) for one in found] == [("Hana", "founded"), ("Petr", "name_day")]
    leap = list(greetings(covers, date(2028, 2, 28), WorkingDays(frozenset(range(7))), ("name_day",)))
    assert not leap
