"""Birthdays as people write them on a card, and which of them are soon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clientfolder.dossier import birthdays
from clientfolder.dossier.birthdays import Birthday
from clientfolder.dossier.types import Dossier, Person
from folders import Cf


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("--05-07", Birthday(5, 7)),
        ("--0507", Birthday(5, 7)),
        ("1980-05-07", Birthday(5, 7, 1980)),
        (date(1980, 5, 7), Birthday(5, 7, 1980)),
        ("7 may", Birthday(5, 7)),
        ("7. May", Birthday(5, 7)),
        ("7th of may", None),
        ("May 7, 1980", Birthday(5, 7, 1980)),
        ("7 may 1980", Birthday(5, 7, 1980)),
        ("3 sept", Birthday(9, 3)),
        ("  29   February ", Birthday(2, 29)),
        ("--02-30", None),
        ("--13-01", None),
        ("in spring", None),
        ("7 m", None),
        ("05-07", None),
        ("5/7", None),
        ("", None),
        (7, None),
        ("20.07.1980", None),
        ("????-07-20", None),
        ("0000-07-20", Birthday(7, 20, 0)),
        ("1604-07-20", Birthday(7, 20, 1604)),
        ("7 may\U000e0041", None),
        ("7 may" + " " * 100_000, None),
        ("1" * 100_000, None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_forms_in_which_it_is_written(written: object, read: Birthday | None) -> None:
    assert birthdays.read(written) == read


def test_the_29th_of_february_is_told_on_the_28th_in_a_year_that_lacks_it() -> None:
    leap = Birthday(2, 29, 2000)
    assert leap.coming(date(2026, 2, 20)) == date(2026, 2, 28)
    assert leap.coming(date(2026, 3, 1)) == date(2027, 2, 28)
    assert leap.coming(date(2028, 2, 20)) == date(2028, 2, 29)
    assert leap.coming(date(2027, 3, 1)) == date(2028, 2, 29)


def test_the_coming_one_lies_within_a_year_on_every_day() -> None:
    for number in range(4 * 366):
        day = date(2026, 1, 1) + timedelta(days=number)
        for birthday in (Birthday(2, 29), Birthday(1, 1), Birthday(12, 31), Birthday(day.month, day.day)):
            assert day <= birthday.coming(day) <= day + timedelta(days=366)
    assert Birthday(7, 15).coming(date(2026, 7, 15)) == date(2026, 7, 15)


def test_the_age_is_told_where_the_year_is_known() -> None:
    assert Birthday(5, 7, 1980).age(date(2026, 5, 7)) == 46
    assert Birthday(5, 7).age(date(2026, 5, 7)) is None
    assert Birthday(5, 7, 2030).age(date(2026, 5, 7)) is None


@pytest.mark.parametrize("year", [0, 1, 1604, 1895])
def test_a_year_that_address_books_write_where_they_know_none_tells_no_age(year: int) -> None:
    birthday = birthdays.read(f"{year:04}-07-20")
    assert birthday
    assert birthday.coming(date(2026, 7, 15)) == date(2026, 7, 20)
    assert birthday.age(date(2026, 7, 20)) is None
    assert Birthday(7, 20, 1896).age(date(2026, 7, 20)) == 130


def test_clients_and_people_are_told_alike() -> None:
    dossier = Dossier(
        "anna",
        "Anna",
        card={"birthday": date(1980, 7, 20)},
        people={
            "marek": Person("Marek", more={"birthday": "29 jul"}),
            "eva": Person(more={"birthday": "--07-15"}),
            "late": Person("Late", more={"birthday": "--07-30"}),
            "odd": Person("Odd", more={"birthday": ["soon"]}),
        },
    )
    found = [(one.who, one.on.day, one.age) for one in birthdays.coming(dossier, date(2026, 7, 15), 14)]
    assert found == [("Anna", 20, 46), ("Marek", 29, None), ("eva", 15, None)]


@pytest.mark.parametrize(
    "line",
    [
        'birthday = "--07-20"',
        "birthday = 1980-07-20",
        "birthday='20 jul'",
        'birthday = """20 july"""',
        'card.birthday = "20 Jul"',
        'card = { birthday = 1980-07-20, phone = "1" }',
        '"birthday"\t=\t"July 20, 1980"',
        'birthday = "--01-01"\n[people.eva]\nbirthday = "--07-20"\r',
    ],
)
def test_the_bytes_tell_which_dossiers_need_be_opened(line: str) -> None:
    assert birthdays.may_come(date(2026, 7, 15), 14)(line.encode())
    assert not birthdays.may_come(date(2026, 7, 21), 14)(line.replace("--01-01", "--07-20").encode())


# On command lines -------------------------------------------------------------------------------------

UNREADABLE = ["20.07.1980", "????-07-20", "31 feb", "20 juli 1980", "0/0/00", "7/20/1980", "soon"]


@pytest.mark.parametrize("written", UNREADABLE)
def test_one_that_cannot_be_read_is_a_warning_and_a_finding_and_is_not_set(cf: Cf, written: str) -> None:
    path = cf.write("bo", f'name = "Bo"\n\n[card]\nbirthday = "{written}"\n\n[people.eva]\nbirthday = "{written}"\n')
    for line in ("show bo", "review week", "list"):
        warnings = cf.ok(f"{line} --json").json["warnings"]
        keys = {key for key in ("card.birthday", "people.eva.birthday") for one in warnings if key in one["message"]}
        assert keys == {"card.birthday", "people.eva.birthday"}, line
    findings = [one for one in cf("doctor --json").data["findings"] if "birthday" in one["message"]]
    assert sorted(one["line"] for one in findings) == [4, 7]
    assert {(one["code"], one["client"]) for one in findings} == {("odd_value", "bo")}
    path.write_text('name = "Bo"\n')
    for key in ("birthday", "people.eva.birthday"):
        before = cf.tree()
        answer = cf(["set", "bo", f"{key}={written}"])
        assert answer.exit == 2
        assert "birthday should be like" in answer.err
        assert cf.tree() == before


def test_a_new_dossier_with_one_that_cannot_be_read_is_kept_with_a_warning(cf: Cf) -> None:
    answer = cf.ok(["new", "Bo", "birthday=0/0/00", "-n", "fri", "--json"]).json
    assert "card.birthday should be like" in answer["warnings"][0]["message"]
    refused = cf("new -", piped="name,birthday,next\nAda,sometime,fri\nEva,20 july,fri\n")
    assert refused.exit == 2
    assert "Line 2 of the table" in refused.err
    cf.ok("new -", piped="name,birthday,next\nAda,0/0/00,fri\nEva,20 july,fri\n")
    assert "birthday" not in cf.text("ada")
    assert "BIRTHDAYS" in cf.ok("review week").out


@pytest.mark.parametrize("written", ["20 july", "--07-20", "1604-07-20", "0000-07-20", "20 Jul 1980"])
def test_one_that_can_be_read_is_set_and_told(cf: Cf, written: str) -> None:
    cf.write("bo", 'name = "Bo"\n')
    cf.ok(["set", "bo", f"birthday={written}"])
    told = cf.ok("review week").out
    assert "Mon 20 Jul" in told
    assert ("46" in told.partition("BIRTHDAYS")[2]) == ("1980" in written)
