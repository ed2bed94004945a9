"""A merge fills in and adds, and takes nothing away; what differs is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clientfolder.dossier.types import Dossier, Entry, Person
from clientfolder.exchange.contacts.contact import Contact, Someone, Value
from clientfolder.exchange.contacts.merging import Additions, Kept, Merging, Sheet

OURS = Dossier(
    "anna", "Anna Lee", "Alba", tags=("vip",), card={"phone": "+420 555 010 101", "birthday": "7 may", "note": "ours"},
    people={"marek": Person("Marek Lee", "555 010 102")}, log=(Entry(date(2026, 7, 1), text="x.vcf: theirs"),),
)  # fmt: skip


def merged(
    contact: Contact, *, person: str | None = None, overwrite: bool = False, dossier: Dossier = OURS
) -> tuple[Additions, Sheet]:
    sheet = Sheet(dossier, is_new=False)
    return Merging(sheet, "y.vcf", overwrite=overwrite).merge(contact, person), sheet


def contact(company: str | None = None, tags: tuple[str, ...] = (), people: Any = None, **card: str) -> Contact:
    several = {key: (Value(card.pop(key), "work"),) for key in ("phone", "email", "role") if key in card}
    return Contact(1, "Anna Lee", company, Someone(None, several, card), people or {}, tags)


@pytest.mark.parametrize(
    ("theirs", "sets", "adds", "kept"),
    [
        (contact(), {}, {}, []),
        (contact(phone="555010101", company="ALBA", tags=("vip",), birthday="--05-07"), {}, {}, []),
        (contact(phone="555 010 999"), {}, {"card.phone_work": "555 010 999"}, []),
        (contact(email="a@x.example"), {"card.email": "a@x.example"}, {}, []),
        (contact(company="Other"), {}, {}, [Kept("company", "Alba", "Other")]),
        (contact(birthday="--05-08"), {}, {}, [Kept("card.birthday", "7 may", "--05-08")]),
        (contact(tags=("vip", "new")), {}, {"tags": ["new"]}, []),
        (contact(note="another"), {}, {"log": ["y.vcf: another"]}, []),
        (contact(note="theirs"), {}, {}, []),
        (contact(note="ours"), {}, {}, []),
        (
            contact(people={"marek": Someone("MAREK LEE", {"phone": (Value("555010102"),)}, {"role": "boss"})}),
            {"people.marek.role": "boss"},
            {},
            [],
        ),
        (contact(people={"marek": Someone("Marek Other")}), {"people.marek2.name": "Marek Other"}, {}, []),
    ],
)
def test_per_key(theirs: Contact, sets: dict[str, Any], adds: dict[str, Any], kept: list[Kept]) -> None:
    done, sheet = merged(theirs)
    assert (done.sets, done.adds, done.kept) == (sets, adds, kept)
    assert done.is_empty == (not sheet.edits and not sheet.notes)


def test_the_same_contact_a_second_time_changes_nothing() -> None:
    theirs = contact(
        company="Other", tags=("new",), phone="555 010 999", email="a@x.example", note="another", shoe="39"
    )
    _, sheet = merged(theirs)
    again = Merging(sheet, "z.vcf", overwrite=False).merge(theirs, None)
    assert again.is_empty


def test_the_files_values_win_where_that_was_said_and_the_old_ones_are_kept_in_a_note() -> None:
    theirs = contact(company="Other", birthday="--05-08")
    done, sheet = merged(theirs, overwrite=True)
    assert done.sets == {"company": "Other", "card.birthday": "--05-08"}
    assert sheet.notes == ["y.vcf replaced company: Alba; card.birthday: 7 may"]
    assert Merging(sheet, "y.vcf", overwrite=True).merge(theirs, None).is_empty


def test_into_a_person() -> None:
    theirs = contact(phone="555 010 777", email="m@x.example")._replace(name="Marek Lee")
    done, _ = merged(theirs, person="marek")
    assert (done.sets, done.adds) == ({"people.marek.email": "m@x.example"}, {"people.marek.phone_work": "555 010 777"})


def test_what_is_due_stays() -> None:
    done, sheet = merged(contact()._replace(root={"rhythm": "6 weeks", "resting": "x", "hours": "after 5"}))
    assert done.sets == {"hours": "after 5"}
    assert [one.key for one in done.kept] == ["rhythm", "resting"]
    assert "rhythm" not in sheet.root
