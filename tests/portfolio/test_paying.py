"""Which deal a payment belongs to, in which currency it is, and which names are one letter apart."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.portfolio import paying
from clientfolder.portfolio.money import Prices

DAY = date(2026, 7, 15)
PRICES = Prices("EUR", {"PLN": Amount(23, 2)})


def dossier(*deals: Deal, payments: tuple[Payment, ...] = ()) -> Dossier:
    return Dossier("anna", "Anna", records={"deals": deals, "payments": payments})


def test_it_belongs_to_the_only_open_deal_of_that_product() -> None:
    site, shop = Deal("spring", product="Site"), Deal("shop")
    assert paying.deal_of_product(dossier(site, shop), "site", DAY, PRICES) == site
    assert paying.deal_of_product(dossier(site, site._replace(name="autumn")), "site", DAY, PRICES) is None
    assert paying.deal_of_product(dossier(site, shop), "cards", DAY, PRICES) is None


def test_else_to_the_newest_won_one_that_is_not_paid_in_full() -> None:
    old = Deal("shop", amount=Amount(100), won=date(2026, 1, 1))
    new = Deal("shop-2", product="shop", amount=Amount(200), won=date(2026, 3, 1))
    paid = Payment(date(2026, 3, 2), Amount(200), deal="SHOP-2")
    assert paying.deal_of_product(dossier(new, old), "shop", DAY, PRICES) == new
    assert paying.deal_of_product(dossier(new, old, payments=(paid,)), "shop", DAY, PRICES) == old
    assert paying.deal_of_product(dossier(new._replace(amount=None), payments=(paid,)), "shop", DAY, PRICES) is None


def test_what_is_left_is_told_in_the_currency_of_the_deal() -> None:
    deal = Deal("shop", amount=Amount(1000), currency="PLN")
    in_zloty = Payment(DAY, Amount(25050, 2), "PLN", deal="shop")
    assert paying.instalments(deal, [in_zloty], PRICES).left == Amount.of(74950, 2)
    in_euro = Payment(DAY, Amount(115), None, deal="shop")
    assert paying.instalments(deal, [in_euro], PRICES).left == Amount(500)
    unknown = Payment(DAY, Amount(115), "CHF", deal="shop")
    assert paying.instalments(deal, [unknown], PRICES).left is None


def test_the_currency_is_that_of_the_deal_else_of_the_newest_money_else_of_the_settings() -> None:
    offered = Deal("shop", currency="PLN", steps={"offer": date(2026, 5, 1)})
    paid = Payment(date(2026, 5, 2), Amount(5), "CZK")
    assert paying.usual_currency(dossier(), None, PRICES) == ("EUR", False)
    assert paying.usual_currency(dossier(offered), None, PRICES) == ("PLN", True)
    assert paying.usual_currency(dossier(offered, payments=(paid,)), None, PRICES) == ("CZK", True)
    assert paying.usual_currency(dossier(offered, payments=(paid,)), offered, PRICES) == ("PLN", False)


@pytest.mark.parametrize("typo", ["shpo", "shp", "shopp", "shap", "hop", "SHIP"])
def test_a_name_one_letter_off_is_seen(typo: str) -> None:
    assert paying.near_name(typo, ["cards", "Shop"]) == "Shop"


@pytest.mark.parametrize("other", ["shop", "SHOP", "sh", "shopping", "stop it", "poshs"])
def test_any_other_name_is_its_own(other: str) -> None:
    assert paying.near_name(other, ["cards", "Shop"]) is None
