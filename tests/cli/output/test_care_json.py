"""What scripts are told of complaints, questions and ratings: plain values, each key always there."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from clientfolder.care.checkup import Checkup, CheckupRow
from clientfolder.cli.output.care_json import checkup_json, complaint_json, minute, rating_row
from clientfolder.dossier.concerns import Complaint
from clientfolder.dossier.types import Dossier, Entry
from clientfolder.tickler.ratings import RatingDue

DAY = date(2026, 7, 15)
ANNA = Dossier("anna", "Anna").cover


def test_a_time_is_told_to_the_minute_without_its_offset_and_a_day_as_its_midnight() -> None:
    at = datetime(2026, 7, 14, 9, 5, 59, tzinfo=timezone(timedelta(hours=2)))
    assert minute(at) == "2026-07-14T09:05"
    assert minute(date(2026, 7, 14)) == "2026-07-14T00:00"


def test_a_complaint_says_what_came_of_it_and_null_where_nothing_did() -> None:
    entry = Entry(date(2026, 7, 10), "complaint", "two broke", rating=2)
    assert complaint_json(Complaint(entry), DAY) == {
        "at": "2026-07-10T00:00", "days": 5, "rating": 2, "text": "two broke", "cause": None, "remedied": None,
        "remedy": None, "mended": None,
    }  # fmt: skip
    mended = entry._replace(remedied=date(2026, 7, 12), cause="the box", mended="a thicker one")
    told = complaint_json(Complaint(mended), DAY)
    assert (told["remedied"], told["cause"], told["mended"]) == ("2026-07-12", "the box", "a thicker one")


def test_whom_nobody_ever_asked_has_no_last_rating() -> None:
    assert rating_row(RatingDue(ANNA, date(2026, 7, 1), None)) == {
        "client": "anna", "name": "Anna", "due": "2026-07-01", "last": None, "next": None,
    }  # fmt: skip
    last = Entry(date(2026, 1, 2), "call", rating=5)
    assert rating_row(RatingDue(ANNA, DAY, last))["last"] == {"on": "2026-01-02", "rating": 5}


def test_a_row_of_the_checkup_has_its_figures_and_its_mark() -> None:
    told = checkup_json(Checkup(DAY, date(2025, 7, 16), (CheckupRow("next", 1, 2),)))
    assert told == {
        "day": "2026-07-15", "from": "2025-07-16", "rows": [{"row": "next", "good": 1, "of": 2, "mark": "+/-"}],
    }  # fmt: skip
