"""Who paid is told surely or asked; however many clients there are, nobody is taken for another."""

from __future__ import annotations

import pytest

from clientfolder.dossier.types import Cover, Dossier, Person
from clientfolder.exchange.statements.payers import Payer, Payers, free_keys

COVERS = (
    Cover("anna", "Anna Kowalska", company="Kowalska Keramik"),
    Cover("anna-2", "Anna Nowak", email="anna@nowak.example"),
    Cover("novak", "Novák Tisk", people={"petra": Person("Petra Malá")}),
    Cover("studio", "Studio", company="Studio Lux GmbH & Co. KG"),
    Cover("ab", "A+B"),
)
PAYERS = Payers(COVERS, [("novak", "TISKARNA 7"), ("studio", "Lux Hamburg")])


@pytest.mark.parametrize(
    ("name", "client"),
    [
        ("anna kowalska", "anna"),
        ("KOWALSKA KERAMIK", "anna"),
        ("Petra Mala", "novak"),
        ("anna@nowak.example", "anna-2"),
        ("anna-2", "anna-2"),
        ("tiskárna 7", "novak"),
        ("LUX HAMBURG", "studio"),
    ],
)
def test_surely(name: str, client: str) -> None:
    assert PAYERS.find([name]) == Payer(client)


@pytest.mark.parametrize(
    ("name", "clients"),
    [
        ("Kowalska Anna Maria", ["anna"]),
        ("Kowalska", ["anna"]),
        ("A. Nowak", ["anna-2"]),
        ("Studio Lux", ["studio"]),
        ("Mala P", ["novak"]),
        ("Novák Tisk, s.r.o.", ["novak"]),
        ("Annalena", []),
        ("B. Nowak", []),
        ("Keramik Markt", []),
        ("GmbH & Co. KG", []),
        ("A B", []),
        ("", []),
    ],
)
def test_perhaps(name: str, clients: list[str]) -> None:
    found = PAYERS.find([name])
    assert (found.sure, sorted(found.maybe)) == (None, clients)


def test_a_sure_name_goes_before_one_that_may_be_and_a_text_is_the_last() -> None:
    assert PAYERS.find(["Kowalska A", "Novák Tisk"]) == Payer("novak")
    assert PAYERS.find(["Bank"], "SEPA Anna Nowak Invoice 7") == Payer(maybe=("anna-2",))
    assert PAYERS.find(["Bank"], "Studio rent") == Payer()


def test_two_who_are_called_the_same_are_asked_for() -> None:
    two = Payers([Cover("a", "Jan Novák"), Cover("b", "Jan Novák")], [])
    assert two.find(["JAN NOVAK"]) == Payer(maybe=("a", "b"))
    assert two.find(["a"]) == Payer("a")


def test_names_of_a_bank_have_keys_of_their_own_on_the_card() -> None:
    card = {"bank": ["One", "Two"], "bank_account": "PL1", "phone": 1}
    dossier = Dossier("a", "A", card=card)
    assert free_keys(dossier, ["TWO", "Three", "three", "Four"]) == [("bank2", "Three"), ("bank3", "Four")]
    assert free_keys(dossier._replace(card={"bank2": "x"}), ["y"]) == [("bank", "y")]
