"""Days, dossiers and papers in words: each as short as it can be said without a doubt."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from clientfolder.cli.output import words
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Dossier, Next, Proposal
from clientfolder.tickler.confirmation import Held

DAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("on", "short", "far"),
    [
        (date(2026, 7, 15), "Wed 15 Jul", "today"), (date(2026, 7, 16), "Thu 16 Jul", "tomorrow"), (date(2026, 7, 24), "Fri 24 Jul", "in 9 days"),
        (date(2026, 7, 14), "Tue 14 Jul", "1 day late"), (date(2026, 7, 12), "Sun 12 Jul", "3 days late"), (date(2027, 1, 1), "Fri 1 Jan 2027", "in 170 days"),
    ],
)  # fmt: skip
def test_a_day_has_its_year_where_it_is_another_one(on: date, short: str, far: str) -> None:
    assert words.day_short(on, DAY) == short
    assert words.in_days(on, DAY) == far


@pytest.mark.parametrize(
    ("month", "short", "far"),
    [(Month(2026, 7), "July", "this month, no day yet"), (Month(2026, 8), "August", "in 1 month"),
     (Month(2027, 7), "July 2027", "in 12 months"), (Month(2026, 6), "June", "past")],
)  # fmt: skip
def test_a_month_is_no_day(month: Month, short: str, far: str) -> None:
    assert words.day_short(month, DAY) == short
    assert words.in_months(month, DAY) == far


@pytest.mark.parametrize(
    ("at", "came"),
    [(datetime(2026, 7, 15, 8, 5), "8:05"), (DAY, "Wed"), (date(2026, 7, 9), "Thu"), (date(2026, 7, 8), "8 Jul"), (date(2026, 7, 16), "16 Jul")],
)  # fmt: skip
def test_when_something_came_takes_six_columns_at_most(at: date, came: str) -> None:
    assert words.came(at, DAY) == came
    assert len(came) <= 6


def test_only_what_lies_below_the_home_directory_is_shortened() -> None:
    assert words.shortened("/home/vera/clients", "/home/vera") == "~/clients"
    assert words.shortened("/home/veranda/x", "/home/vera") == "/home/veranda/x"
    assert words.shortened("/x", "") == "/x"


def test_a_weight_is_told_where_it_is_another_number_than_the_count() -> None:
    assert words.held_words(Held(3, 3)) == "3"
    assert words.held_words(Held(3, 6.5)) == "3 (weighing 6.5)"


def test_a_proposal_says_why_it_is_not_the_day_that_was_computed() -> None:
    friday, monday = date(2026, 5, 1), date(2026, 5, 4)
    assert words.proposal_words(Proposal(monday, friday, friday, "day off"), DAY) == "Fri 1 May -> Mon 4 May (day off)"
    within = Proposal(monday, date(2026, 4, 24), date(2026, 5, 8), "")
    assert words.proposal_words(within, DAY) == "Mon 4 May (within 24 Apr to 8 May)"
    assert words.proposal_words(within._replace(is_lightest=True), DAY) == "Mon 4 May (lightest of 24 Apr to 8 May)"


def test_where_a_dossier_lies_is_a_date_and_never_a_slot() -> None:
    def lies(**facts: object) -> str:
        return words.where(Dossier("anna", "Anna")._replace(**facts).cover, DAY)  # type: ignore[arg-type]

    assert lies() == "no date"
    assert lies(resting="gone sailing") == "resting: gone sailing"
    assert lies(next=Next(date(2026, 7, 10), how="agreed")) == "! Fri 10 Jul, 5 days late"
    assert lies(next=Next(date(2026, 7, 24))) == "Fri 24 Jul"


def test_the_company_is_said_only_where_it_says_more() -> None:
    assert words.title(Dossier("anna", "Anna", company="Alba").cover) == "Anna · Alba"
    assert words.title(Dossier("alba", "Alba", company="ALBA").cover) == "Alba"
