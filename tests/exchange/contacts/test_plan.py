"""Every contact is one of new, merge, same, maybe, bad, left; and a plan is made without a word written."""

from __future__ import annotations

from typing import Any

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.exchange.contacts import plan as plans
from clientfolder.exchange.contacts.contact import BadContact, Contact, Someone, Value
from clientfolder.exchange.contacts.plan import Choice, FileRead, FolderNow, ImportPlan, Place, Wishes
from folders import Cf


def contact(line: int, name: str, **card: Any) -> Contact:
    several = {key: (Value(card.pop(key)),) for key in ("phone", "email") if key in card}
    tags = card.pop("tags", ())
    company = card.pop("company", None)
    return Contact(line, name, company, Someone(None, several, card), tags=tags, categories=tags)


def planned(cf: Cf, *contacts: Contact | BadContact, **wishes: Any) -> ImportPlan:
    binder = Binder(str(cf.root))
    ground = FolderNow(binder, frozenset(binder.clients()), {}, lambda dossier, _: (dossier, None), "2026-07-15")  # type: ignore[arg-type]
    before = cf.tree()
    found = plans.plan([FileRead("f.vcf", "vCard", "UTF-8", contacts)], Wishes(**wishes), ground)
    assert cf.tree() == before
    return found


ANNA = 'name = "Anna Lee"\n[card]\nphone = "555 010 1001"\n'
WHO = [
    contact(1, "anna lee", phone="+420 555 010 1001"), contact(2, "Anna Lee", email="a@x.example"),
    contact(3, "Jan Lee", phone="555 010 1001"), contact(4, "Eva"), BadContact(5, "no name"), contact(6, "Eva", phone="555 010 1001"),
    contact(7, "Eva"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wishes", "what"),
    [
        ({}, "same maybe maybe new bad maybe same"),
        ({"only_known": True}, "same maybe maybe left bad maybe left"),
        ({"maybe": "new"}, "same new new new bad new maybe"),
        ({"maybe": "same"}, "same merge same new bad maybe same"),
        ({"category": "x"}, "left left left left bad left left"),
        ({"tag": "x"}, "merge maybe maybe new bad maybe same"),
        (
            {"choices": {Place(0, 3): Choice("merge", "anna", True), Place(0, 2): Choice("left")}},
            "same left merge new bad maybe same",
        ),
    ],
)
def test_what_becomes_of_each(cf: Cf, wishes: dict[str, Any], what: str) -> None:
    cf.write("anna", ANNA)
    found = planned(cf, *WHO, **wishes)
    assert [card.what for card in found.cards][:5] == what.split()[:5]
    assert len(found.cards) == len(WHO)


def test_within_one_act_another_name_is_another_client(cf: Cf) -> None:
    found = planned(cf, contact(1, "Anna", phone="555 010 1001"), contact(2, "Jan", phone="555 010 1001"))
    assert [card.what for card in found.cards] == ["new", "new"]
    assert [warned.code for warned in found.warnings] == ["shared"]


def test_the_same_contact_twice_is_one_dossier(cf: Cf) -> None:
    found = planned(cf, contact(1, "Anna", phone="555 010 1001"), contact(2, "anna", phone="555 010 1001", shoe="39"))
    assert [(card.what, card.client) for card in found.cards] == [("new", "anna"), ("merge", "anna")]
    [made] = found.creations
    assert made.dossier.card == {"phone": "555 010 1001", "shoe": "39"}


def test_the_contacts_of_a_company_are_the_people_of_one_dossier(cf: Cf) -> None:
    both = (
        contact(1, "Jan Malý", company="Alba", phone="1"),
        contact(2, "Jan Velký", company="ALBA", email="j@x.example"),
    )
    found = planned(cf, *both, contact(3, "Eva"), by_company=True)
    assert [(card.what, card.client) for card in found.cards] == [("new", "alba"), ("merge", "alba"), ("new", "eva")]
    people = found.creations[0].dossier.people
    assert {key: person.name for key, person in people.items()} == {"jan": "Jan Malý", "jan_velky": "Jan Velký"}


def test_an_unreadable_dossier_of_that_short_name_is_in_the_way(cf: Cf) -> None:
    answer_file = cf.write("anna", "broken =")
    (cf.root / "a.vcf").write_text(
        "BEGIN:VCARD\nFN:Anna\nTEL:555 010 1001\nEND:VCARD\nBEGIN:VCARD\nFN:Eva\nEND:VCARD\n"
    )
    answer = cf("import a.vcf --yes --json")
    assert answer.exit == 1
    assert [card["what"] for card in answer.data["cards"]] == ["bad", "new"]
    assert answer_file.read_text() == "broken ="
