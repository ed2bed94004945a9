"""A slip is told with the client whose it is."""

from __future__ import annotations

from clientfolder.dossier.covers import Covers
from clientfolder.dossier.slips import owner, with_owner
from clientfolder.dossier.types import Cover


def test_a_slip_has_its_clients_name_and_number_and_keeps_its_own() -> None:
    anna = Cover("anna", "Anna Kowalska", phone="1")
    slip = Cover("slips/cards", "Cards", belongs_to="anna")
    covers = Covers.of([anna, slip])
    assert owner(slip, covers) == anna
    assert (with_owner(slip, covers).company, with_owner(slip, covers).phone) == ("Anna Kowalska", "1")
    assert with_owner(anna, covers) == anna


def test_where_the_client_is_gone_its_short_name_is_told() -> None:
    slip = Cover("slips/cards", "Cards", belongs_to="anna")
    assert with_owner(slip, Covers.of([slip])).company == "anna"
