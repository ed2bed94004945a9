"""Who somebody is: surely by UID, or name and mail or number; and of the folder only those are parsed who may be it."""

from __future__ import annotations

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.exchange.contacts import known
from clientfolder.exchange.contacts.known import KnownPeople, Match, Signs, Target
from folders import Cf


def signs(name: str, **values: str) -> Signs:
    return Signs.of(name, values.items())


@pytest.fixture
def people() -> KnownPeople:
    found = KnownPeople()
    found.learn(
        Target("anna"), signs("Anna Lee", phone="+420 555 010 101", email_work="anna@x.example", uid="urn:uuid:A1")
    )
    found.learn(Target("novak", "petra"), signs("Petra Nová", phone_mobile="0555/010102"))
    found.learn(Target("anna-2"), signs("Anna Lee", fax="555 010 103"))
    return found


@pytest.mark.parametrize(
    ("who", "sure", "maybe", "why"),
    [
        (signs("Somebody", uid="a1"), ["anna"], [], "the UID"),
        (signs("ANNA lee", phone="555010101"), ["anna"], [], "the name and the number"),
        (signs("Anna Lee", email="ANNA@x.example"), ["anna"], [], "the name and the mail"),
        (signs("anna lee", phone="00420 555 010 103"), ["anna-2"], [], "the name and the number"),
        (signs("Petra Nova", phone="555 010 102"), ["novak"], [], "the name and the number"),
        (signs("Anna Lee"), [], ["anna", "anna-2"], "the name alone"),
        (signs("Anna Lee", phone="555 010 101 / 555 010 103"), [], ["anna", "anna-2"], "several fit"),
        (signs("Jan", email="anna@x.example"), [], ["anna"], "the mail, another name"),
        (signs("Jan", fax="555 010 102"), [], ["novak"], "the number, another name"),
        (signs("Jan", phone="010 101"), [], [], ""),
        (signs("", phone="555 999 999"), [], [], ""),
    ],
)
def test_who_is_whom(people: KnownPeople, who: Signs, sure: list[str], maybe: list[str], why: str) -> None:
    found = people.find(who)
    assert ([target.client for target in found.sure], [target.client for target in found.maybe]) == (sure, maybe)
    assert found.why == why


@pytest.mark.parametrize(
    "text",
    [
        'name = "Other"\n[card]\nphone_dilna = "+420 555 010 101"\n',
        "name = 'Other'\ncard.email2 = 'anna@x.example'\n",
        'name = "Other"\n[people.petra]\nphone = "555010101"\n',
        'name = "Other"\ncard = { "uid" = "a1" }\n',
        'name = "\\u0041nna  LEE"\n',
        'name = "Other"\n[card]\nphone = 555010101\n',
        'name = "Other"\n\n[[log]]\nat = 2026-07-01\ntext = "x"\n\n[card]\nphone = "555 010 101"\n',
    ],
)
def test_whoever_has_a_sign_is_found_however_it_is_written(cf: Cf, text: str) -> None:
    cf.write("other", text)
    cf.write("nobody", 'name = "Nobody"\n[[log]]\nat = 2026-07-01\ntext = "Anna Lee 555 010 101"\n')
    wanted = [signs("Anna Lee", phone="555 010 101", email="anna@x.example", uid="A1")]
    found, dossiers, _ = known.look_up(Binder(str(cf.root)), wanted)
    assert list(dossiers) == ["other"]
    assert found.find(wanted[0]) != Match()
