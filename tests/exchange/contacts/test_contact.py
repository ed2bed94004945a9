"""What a contact says is gathered under the keys of a card, each once, and tidied of what nobody sees."""

from __future__ import annotations

import pytest

from clientfolder.exchange.contacts.contact import Gathering, NoName, block, next_key, one_line, tag_of


def gathered(**name: str) -> Gathering:
    found = Gathering(1)
    found.full_name = name.get("name", "Anna")
    return found


def test_the_first_stands_under_the_plain_key_and_others_by_their_label() -> None:
    found = gathered()
    for text, label in (("555 010 1001", "work"), ("555 010 1002", "mobile"), ("555 010 1003", ""), ("555 010 1004", ""),
                        ("555 010 1005", "mobile"), ("+420 555-010-1002", "home")):  # fmt: skip
        found.add("phone", text, label)
    assert found.contact().who.table() == {
        "phone": "555 010 1001", "phone_mobile": "555 010 1002", "phone2": "555 010 1003", "phone3": "555 010 1004",
        "phone_mobile2": "555 010 1005",
    }  # fmt: skip


def test_the_preferred_one_is_the_first() -> None:
    found = gathered()
    found.add("email", "a@x.example", "home")
    found.add("email", "b@x.example", "work", preference=1)
    assert found.contact().who.table() == {"email": "b@x.example", "email_home": "a@x.example"}


def test_a_fax_is_no_phone_and_an_address_of_an_exchange_no_mail() -> None:
    found = gathered()
    found.add("fax", "555 010 1001")
    found.add("email", "/o=x/cn=anna")
    contact = found.contact()
    assert contact.who.table() == {"fax": "555 010 1001"}
    assert [(one.kind, one.value) for one in contact.not_taken] == [("email", "/o=x/cn=anna")]


def test_a_key_of_ones_own_takes_no_meaning_from_above() -> None:
    found = gathered()
    for key in ("resting", "rhythm", "log", "phone", "shoe"):
        found.keep(key, "x")
    found.keep("shoe", "y")
    found.keep("shoe", "x")
    assert list(found.contact().who.card) == ["own_resting", "own_rhythm", "own_log", "own_phone", "shoe", "shoe2"]


@pytest.mark.parametrize(
    ("prefix", "name", "salutation"),
    [
        ("Herr", "Jan Lee", "Herr"),
        ("Frau Dr.", "Dr. Jan Lee", "Frau"),
        ("Mgr.", "Mgr. Jan Lee", None),
        ("Mr.", "Jan Lee", "Mr."),
    ],
)
def test_a_salutation_is_no_part_of_a_name_and_a_degree_is(prefix: str, name: str, salutation: str | None) -> None:
    found = gathered(name="")
    found.name_parts = (prefix, "Jan", "", "Lee", "")
    contact = found.contact()
    assert (contact.name, contact.who.card.get("salutation")) == (name, salutation)


def test_who_has_no_name_is_called_by_company_mail_or_number_and_nobody_by_nothing() -> None:
    found = gathered(name="")
    with pytest.raises(NoName):
        found.contact()
    found.add("phone", "555 010 1001")
    assert (found.contact().name, found.contact().is_nameless) == ("555 010 1001", True)
    found.add("email", "a@x.example")
    assert found.contact().name == "a@x.example"
    found.company = "Alba"
    assert (found.contact().name, found.contact().company, found.contact().is_nameless) == ("Alba", None, False)


def test_on_the_card_of_a_company_its_person_stands_among_the_people() -> None:
    found = gathered(name="Hotel Alba")
    found.company, found.name_parts = "Hotel Alba", ("", "Jana", "", "Malá", "")
    contact = found.contact()
    assert (contact.name, contact.company, contact.people["jana"].name) == ("Hotel Alba", None, "Jana Malá")


def test_text_that_steers_or_hides_goes_and_joiners_stay() -> None:
    assert one_line("a\x1b]0;x\x07\u202eb\u200b \u2066c\x00") == "a]0;xb c"
    assert one_line("👩\u200d🚒 می\u200cخواهم") == "👩\u200d🚒 می\u200cخواهم"
    assert block("a\r\n\r\n b\u2028c\t \n") == "a\n\n b\nc"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Velké zahrady", "velké-zahrady"),
        ("zákazníci, stálí", "zákazníci-stálí"),
        ("* myContacts", ""),
        ("Starred", ""),
        ("  ", ""),
    ],
)
def test_a_category_is_a_tag(text: str, tag: str) -> None:
    assert tag_of(text) == tag


def test_a_value_beyond_all_measure_is_reported() -> None:
    found = gathered()
    found.keep("note", "x" * 100_001)
    assert found.contact().not_taken[0].kind == "note"


def test_the_next_key_is_the_first_that_is_free() -> None:
    assert next_key("phone", "", {"phone", "phone2"}) == "phone3"
    assert next_key("phone", "work", {"phone", "phone_work"}) == "phone_work2"
