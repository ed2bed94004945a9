"""A slip is told with its client, as far as that is known."""

from __future__ import annotations

from clientfolder.dossier.covers import Covers
from clientfolder.dossier.slips import owner, with_owner
from clientfolder.dossier.types import Cover

ANNA = Cover("anna", "Anna Kowalska", phone="+48 22")
SLIP = Cover("slips/mockups", "mockups", belongs_to="anna")
ALL = Covers.of([ANNA, SLIP])


def test_a_slip_has_the_name_and_the_number_of_its_client() -> None:
    told = with_owner(SLIP, ALL)
    assert (told.name, told.company, told.phone) == ("mockups", "Anna Kowalska", "+48 22")
    assert owner(SLIP, ALL) == ANNA


def test_what_a_slip_says_itself_stands() -> None:
    told = with_owner(SLIP._replace(company="Tisk", phone="112"), ALL)
    assert (told.company, told.phone) == ("Tisk", "112")


def test_of_a_client_who_is_gone_the_short_name_is_told() -> None:
    assert with_owner(SLIP._replace(belongs_to="nobody"), ALL).company == "nobody"
    assert owner(SLIP._replace(belongs_to="nobody"), ALL) is None


def test_a_client_and_a_slip_of_none_are_told_as_they_are() -> None:
    for cover in (ANNA, SLIP._replace(belongs_to=None)):
        assert with_owner(cover, ALL) == cover
        assert owner(cover, ALL) is None
