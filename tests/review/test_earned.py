"""What came in, and what was won and lost, in some days."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.review.earned import ClosedDeal, earned
from clientfolder.review.period import read_period

DAY = date(2026, 7, 15)


def of(phrase: str, *dossiers: Dossier, currency: str | None = "EUR") -> object:
    found = earned(dossiers, read_period(phrase, DAY), currency)
    return {code: str(amount) for code, amount in found.paid.items()}, found.won, found.lost


def paid(day: int, digits: int, places: int = 0, currency: str | None = None) -> Payment:
    return Payment(date(2026, 7, day), Amount.of(digits, places), currency)


def seller(*payments: Payment, deals: tuple[Deal, ...] = ()) -> Dossier:
    return Dossier("anna", "Anna", records={"payments": payments, "deals": deals})


def test_sums_are_exact_by_currency_in_the_order_in_which_money_came_and_refunds_are_off() -> None:
    anna = seller(
        paid(14, 10, 2), paid(13, 20, 2, "pln"), paid(15, 20, 2, "EUR"), paid(15, -5), paid(13, 3, 0, " PLN ")
    )
    assert of("week", anna) == ({"PLN": "3.20", "EUR": "-4.70"}, (), ())
    assert of("14", anna) == ({"EUR": "0.10"}, (), ())
    assert of("yesterday", anna, currency=None) == ({None: "0.10"}, (), ())
    assert of("last week", anna) == ({}, (), ())


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({"won": 14}, "won"), ({"lost": 14}, "lost"), ({"won": 14, "lost": 14}, "won"), ({"won": 13, "lost": 14}, "lost"),
        ({"won": 14, "lost": 13}, "won"), ({"won": 15}, None), ({"lost": 13}, None), ({}, None),
        # What came later changes nothing of that day.
        ({"won": 14, "lost": 15}, "won"), ({"lost": 14, "won": 15}, "lost"),
    ],
)  # fmt: skip
def test_a_deal_is_told_on_the_day_on_which_it_was_closed(days: dict[str, int], state: str | None) -> None:
    deal = Deal("shop", why="too dear", **{key: date(2026, 7, day) for key, day in days.items()})  # type: ignore[arg-type]
    won = (ClosedDeal("anna", "Anna", "shop"),) if state == "won" else ()
    lost = (ClosedDeal("anna", "Anna", "shop", "too dear"),) if state == "lost" else ()
    assert of("14", seller(deals=(deal,))) == ({}, won, lost)
