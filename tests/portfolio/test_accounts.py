"""What the rules see of a dossier."""

from __future__ import annotations

from datetime import date

from clientfolder.dossier.sales import Payment
from clientfolder.dossier.types import Dossier, Entry, Next
from clientfolder.portfolio.accounts import Account, Paid, first_segment
from portfolios import DAY, account, paid


def test_what_cannot_be_counted_is_counted_as_such() -> None:
    found = account("anna", paid(DAY, 5), Payment(DAY, None), Payment(DAY, None, more={"amount": "x"}))
    assert (len(found.paid.days), found.odd) == (1, 2)


def test_only_who_was_spoken_with_counts_as_a_contact() -> None:
    log = (
        Entry(DAY, "call"), Entry(date(2026, 1, 1), "call", reached=False), Entry(date(2026, 1, 2), "note"),
        Entry(date(2026, 1, 3), "moved"), Entry(date(2026, 1, 4), "question"), Entry(date(2026, 1, 5), "mail"),
    )  # fmt: skip
    found = Account.of(Dossier("anna", "Anna", log=log))
    assert found.contacts == [date(2026, 1, 5).toordinal(), DAY.toordinal()]


def test_a_segment_is_the_first_tag_that_is_one_in_any_case() -> None:
    segments = {"makers": (), "inns": ()}
    assert first_segment(("vip", "INNS", "makers"), segments) == "inns"
    assert first_segment(("vip",), segments) is None


def test_a_resting_client_has_no_next_contact() -> None:
    assert account("anna", next=Next(DAY)).next_on == "2026-07-15"
    assert account("anna", next=Next(DAY), resting="sold").next_on is None


def test_payments_stand_by_day_and_what_came_in_before_what_went_back() -> None:
    first, second = paid(DAY, -5, "shop"), paid("2026-01-01", 7, "cards", currency="PLN")
    found = Paid.of([first, paid(DAY, 5), second, paid(DAY, 6)])
    assert [*found.payments()] == [second, paid(DAY, 5), paid(DAY, 6), first]
