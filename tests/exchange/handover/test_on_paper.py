"""The first page for a colleague without cf: who stands on it, and in which order."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import COMPLAINT, Dossier, Entry, Next
from clientfolder.exchange.handover.on_paper import by_day, sheets

DAY = date(2026, 7, 15)
PROMISED = Next(date(2026, 8, 13), how="agreed")
CRACKED = Entry(date(2026, 7, 1), COMPLAINT, "cracked")


def told(*wholes: Dossier) -> list[tuple[str, list[str]]]:
    return [(one.heading, [row.client for row in one.rows]) for one in by_day(wholes, DAY)]


def test_by_day_a_time_first_then_months_and_last_whom_no_date_has() -> None:
    assert told(
        Dossier("none", "None", log=(CRACKED,)),
        Dossier("month", "Month", next=Next(Month(2026, 8), how="agreed")),
        Dossier("end", "End", next=Next(date(2026, 8, 31), how="agreed")),
        Dossier("b", "B", next=PROMISED),
        Dossier("a", "A", next=PROMISED),
        Dossier("z", "Z", next=PROMISED._replace(time=time(9))),
    ) == [
        ("Thu 13 August 2026", ["z", "a", "b"]), ("Mon 31 August 2026", ["end"]), ("August 2026", ["month"]),
        ("No date", ["none"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "whole",
    [
        Dossier("planned", "P", next=Next(date(2026, 8, 13))),
        Dossier("rests", "R", next=PROMISED, resting="why"),
        Dossier("mended", "M", log=(CRACKED._replace(remedied=date(2026, 7, 2), cause="kiln"), Entry(date(2026, 7, 3), "call"))),
        Dossier("ahead", "A", log=(CRACKED._replace(at=datetime(2026, 7, 16, 9)),)),
    ],
    ids=lambda whole: whole.client,
)  # fmt: skip
def test_who_is_neither_promised_nor_complains_is_not_on_it(whole: Dossier) -> None:
    assert told(whole) == []


def test_who_rests_and_complains_stands_without_a_date() -> None:
    assert told(Dossier("rests", "R", next=PROMISED, resting="why", log=(CRACKED,))) == [("No date", ["rests"])]


def test_a_complaint_without_a_text_is_told_too() -> None:
    whole = Dossier("a", "A", next=PROMISED, log=(CRACKED, CRACKED._replace(at=date(2026, 7, 2), text="")))
    row = by_day([whole], DAY)[0].rows[0]
    assert [*row.complaints] == ["cracked", "no word of what it is"]
    assert (row.row.number, row.row.agreed) == (1, True)


def test_a_slip_has_the_name_of_its_client_if_that_goes_too() -> None:
    anna, slip = Dossier("anna", "Anna"), Dossier("slips/cups", "cups", more={"client": "anna"})
    assert [one.title for one in sheets([anna, slip], DAY, last=None, worth=lambda client: None)] == [
        "Anna",
        "Anna: cups",
    ]
    assert [one.title for one in sheets([slip], DAY, last=None, worth=lambda client: None)] == ["anna: cups"]
