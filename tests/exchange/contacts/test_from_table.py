"""What the columns of a table mean, whatever program has written it, and which of its rows are contacts."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.errors import Refused
from clientfolder.exchange.contacts.contact import BadContact, Contact
from tables_read import read_contact, read_table


def test_a_column_shows_in_which_order_its_days_are() -> None:
    found = read_table("Name,Birthday\nA,03/04/1990\nB,4/23/1965\n")
    assert [contact.who.table() for contact in found.contacts if isinstance(contact, Contact)] == [
        {"birthday": "1990-03-04"},
        {"birthday": "1965-04-23"},
    ]
    assert read_contact("Name,Birthday\nA,03/04/1990\n", day_first=True).who.table() == {"birthday": "1990-04-03"}


def test_columns_without_a_use_are_counted_and_a_map_takes_them() -> None:
    text = "Record ID,First Name,Last Name,Contact owner\n1,A,B,me\n2,C,D,\n3,E,F,me\n"
    assert read_table(text).columns == {"Contact owner": 2}
    assert read_table(text, "Contact owner=owner").contacts[0].who.card["owner"] == "me"  # type: ignore[union-attr]


def test_rows_that_say_nothing_of_anybody_are_blank() -> None:
    text = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,,,,,21 Dec 2018\n,,,,,,\nA,B,,,,,\n"
    found = read_table(text)
    assert (found.empty, found.read) == (2, 1)


def test_a_row_with_no_name_is_bad() -> None:
    [bad] = read_table("Name,Ort\n,Town\n").contacts
    assert isinstance(bad, BadContact)


OWN = "client,person,name,company,phone,email,tags,since,rhythm,not_on,hours,resting,next,time,for,how,about,with,card.next,Größe,note\n"


def test_cfs_own_table_is_taken_as_it_stands() -> None:
    found = read_table(
        OWN
        + "anna,, Anna ,'=A,'+49,no mail,VIP,2020-01-02,6 weeks,\"mon,fri\",after 5,,2020-02-03,14:30,call,agreed,x,marek,7,L,' y\nanna,marek,Marek,,1,,,,,,,,,,,,,,,,\n"
    )
    anna, marek = found.contacts
    assert isinstance(anna, Contact)
    assert isinstance(marek, Contact)
    assert (anna.client, anna.name, anna.company, anna.tags) == ("anna", " Anna ", "=A", ("VIP",))
    assert anna.who.table() == {"phone": "+49", "email": "no mail", "next": "7", "Größe": "L", "note": "' y"}
    assert anna.root == {"since": date(2020, 1, 2), "rhythm": "6 weeks", "hours": "after 5", "not_on": ("mon", "fri")}
    assert anna.next is not None
    assert (str(anna.next.on), anna.next.how, anna.next.person) == ("2020-02-03", "agreed", "marek")
    assert (marek.client, marek.person, marek.who.table()) == ("anna", "marek", {"phone": "1"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nobody"),
        ("Name,Tel\n", "no rows"),
        ("Anna Bez;+420 555 010 780;anna@bez.example\n", "--map 1=name 2=phone 3=email"),
    ],
)
def test_a_table_of_nobody_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused) as no:
        read_table(text)
    assert said in no.value.message


def test_without_a_header_the_numbers_tell() -> None:
    contact = read_contact("Anna Bez;+420 555 010 780\n", "1=name", "2=phone")
    assert (contact.line, contact.name, contact.who.table()) == (1, "Anna Bez", {"phone": "+420 555 010 780"})
