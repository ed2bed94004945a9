"""What is to be cared for on a day, gathered from covers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from clientfolder.care.care import care
from clientfolder.dates.calendar import WorkingDays
from clientfolder.dates.desk_hours import DeskHours
from clientfolder.dossier import concerns
from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.covers import ListedCovers
from clientfolder.dossier.types import Dossier, Entry

CLOCK = Clock(datetime(2026, 7, 15, 10), WorkingDays(), DeskHours(480, 1080), timedelta(hours=10))


def test_it_has_who_wants_something_and_who_is_to_be_asked() -> None:
    log = (Entry(date(2026, 7, 14), "complaint", "broken"), Entry(date(2025, 1, 1), "call", rating=5))
    kept = {concerns.LOG: concerns.kept(log)}
    paid = {"payments": {"days": ["2026-02-01"]}}
    covers = ListedCovers(
        [Dossier("anna", "Anna", log=log, kept=kept | paid).cover, Dossier("bob", "Bob", kept=paid).cover]
    )
    found = care(covers, CLOCK, (), 3)
    assert [one.cover.client for one in found.concerned.complaints] == ["anna"]
    # Whoever complains is not asked how content they are.
    assert [(one.cover.client, one.due) for one in found.ratings_due] == [("bob", date(2026, 5, 1))]
    assert found.day == CLOCK.day
