"""What printed pages say of dossiers."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from clientfolder.dossier.types import Cover, Dossier, Entry, Next, Person
from clientfolder.exchange.printed import (
    LINES_A_TAIL,
    Part,
    WeekColumn,
    address_lines,
    dossier,
    in_sheets,
    row,
    tails,
    week_sheets,
)  # fmt: skip

DAY = date(2026, 7, 15)


def test_a_row_says_when_and_whom_to_ring() -> None:
    people = {"petra": Person("Petra", "+48 2")}
    cover = Cover(
        "n", "Novák", "Tisk", "+48 1", people=people, next=Next(DAY, time(9, 30), "visit", "logos", "petra", "agreed")
    )
    assert row(4, cover, DAY)[:7] == (4, True, "09:30", "Novák", "Petra · Tisk", "+48 2", "visit: logos")
    late = cover._replace(next=Next(date(2026, 7, 9), time(9)), last=Entry(date(2026, 7, 1), "call", "a\nb"))
    assert row(1, late, DAY)[1:3] == (False, "6 days late")
    assert row(1, late, DAY).last == "1 Jul a b"


def test_a_tail_goes_on_as_long_as_it_is() -> None:
    assert tails([Part("No date", [])]) == []
    assert len(tails([Part("No day yet", ["a"]), Part("No date", ["b"])])) == 1
    long = tails([Part("No date", [str(number) for number in range(2 * LINES_A_TAIL + 1)]), Part("Birthdays", ["x"])])
    assert [sum(len(part.lines) for part in sheet) for sheet in long] == [LINES_A_TAIL, LINES_A_TAIL, 2]


@pytest.mark.parametrize(("rows", "sheets"), [(0, 0), (1, 1), (5, 1), (6, 2), (11, 3)])
def test_so_many_rows_a_sheet(rows: int, sheets: int) -> None:
    assert len(in_sheets(range(rows), 5)) == sheets


def test_a_long_day_of_a_week_goes_on_in_its_column() -> None:
    rows = [row(1, Cover("a", "A"), DAY)] * 12
    first, second = week_sheets([WeekColumn("Mon", "", rows), WeekColumn("Tue", "", rows[:1])], 210)
    assert [[len(one.rows) for one in sheet] for sheet in (first, second)] == [[11, 1], [1, 0]]
    assert [len(sheet[0].rows) for sheet in week_sheets([WeekColumn("Mon", "", rows)], 148)] == [7, 5]
    assert len(week_sheets([], 210)) == 1


ANNA = Dossier(
    "anna", "Anna", "Keramik", tags=("shop", "seeker"), card={"phone": "1", "note": "a\nb"},
    people={"marek": Person("Marek", more={"role": "brother"})}, next=Next(date(2026, 7, 24), about="the quote"),
    log=(Entry(datetime(2026, 7, 1, 9, 30), "call", "<first>", person="marek"), Entry(date(2026, 7, 2), "moved"),
         Entry(date(2026, 7, 3), "call", "second", reached=False)),
)  # fmt: skip


def test_a_dossier_has_card_people_and_the_log_newest_first() -> None:
    whole = dossier(ANNA, DAY, last=None)
    assert (whole.title, whole.next) == ("Anna · Keramik", "next Fri 24 July 2026, the quote")
    card, marek = whole.parts
    assert list(card.lines) == [("phone", "1"), ("note", "a b"), ("tags", "shop")]
    assert (marek.heading, list(marek.lines)) == ("Marek", [("role", "brother")])
    assert [entry.head for entry in whole.log] == [
        "Fri 3 July 2026 call, no answer", "Wed 1 July 2026 09:30 call with Marek",
    ]  # fmt: skip
    assert [entry.text for entry in whole.log] == ["second", "<first>"]


def test_of_a_dossier_so_many_entries() -> None:
    whole = dossier(ANNA, DAY, last=1)
    assert ([entry.text for entry in whole.log], whole.more) == (["second"], "older ones that are not printed: 1")
    assert dossier(ANNA, DAY, last=None, worth=()).parts[0].lines[-1] == ("tags", "shop,seeker")


def test_an_address_in_lines() -> None:
    card = {"address": "ul. Gliniana 4, 00-950 Warszawa\nPolska"}
    assert address_lines(ANNA._replace(card=card)) == ["Anna", "Keramik", "ul. Gliniana 4", "00-950 Warszawa", "Polska"]
    assert address_lines(ANNA) == []
