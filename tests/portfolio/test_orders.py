"""Orders, refunds and kinds: tables of cases, and the laws of what is given back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.portfolio.accounts import Account, scale_of
from clientfolder.portfolio.money import Prices
from clientfolder.portfolio.orders import Bought, Kind, bought
from portfolios import DAY, SETTINGS, account, folders, paid

PRICES = Prices(SETTINGS.currency, SETTINGS.rates)


def found(*payments: Payment, deals: tuple[Deal, ...] = (), day: date = DAY) -> Bought:
    one = account("anna", *payments, deals=deals)
    return bought(one, day, scale_of([one], PRICES))


def told(*payments: Payment, deals: tuple[Deal, ...] = ()) -> list[tuple[str, str | None, Kind | None]]:
    orders = found(*payments, deals=deals).orders
    return [(str(date.fromordinal(order.day)), order.product, order.kind) for order in orders]


def test_instalments_of_a_deal_are_one_order_from_its_first_day() -> None:
    deal = Deal("spring", product="site")
    orders = told(paid("2026-03-01", 5, deal="Spring"), paid("2026-01-01", 5, deal="spring"), deals=(deal,))
    assert orders == [("2026-01-01", "site", Kind.PRIMARY)]


def test_the_kinds_follow_the_days_and_the_products() -> None:
    orders = told(
        paid("2026-02-01", 5, "SHOP"), paid("2026-01-01", 5, "shop"), paid("2026-03-01", 5, "cards"),
        paid("2026-04-01", 5), paid("2026-05-01", 5, "cards"),
    )  # fmt: skip
    assert [kind for _, _, kind in orders] == [
        Kind.PRIMARY, Kind.REPEAT, Kind.NEW_DIRECTION, Kind.REPEAT, Kind.REPEAT,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("refund", "left"),
    [
        # Of its product the newest before it, and so on back.
        (paid("2026-06-01", -100, "shop"), ["2026-01-01", "2026-02-01", "2026-04-01"]),
        (paid("2026-06-01", -150, "shop"), ["2026-01-01", "2026-02-01", "2026-04-01"]),
        (paid("2026-06-01", -200, "shop"), ["2026-02-01", "2026-04-01"]),
        # Without a product the newest of any; never one that came after it.
        (paid("2026-06-01", -100), ["2026-01-01", "2026-02-01", "2026-03-01"]),
        (paid("2026-02-01", -100), ["2026-01-01", "2026-03-01", "2026-04-01"]),
        # Of its deal alone.
        (paid("2026-06-01", -999, deal="spring"), ["2026-01-01", "2026-03-01", "2026-04-01"]),
        # Not from another currency or product.
        (paid("2026-06-01", -100, currency="PLN"), ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
        (paid("2026-06-01", -100, "logo"), ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
    ],
)
def test_a_refund_is_taken_from_the_order_it_belongs_to(refund: Payment, left: list[str]) -> None:
    payments = (
        paid("2026-01-01", 100, "shop"), paid("2026-02-01", 100, "cards", deal="spring"),
        paid("2026-03-01", 100, "shop"), paid("2026-04-01", 100, "cards"),
    )  # fmt: skip
    assert [day for day, *_ in told(refund, *payments)] == left


def test_what_was_paid_for_an_order_that_never_happened_is_in_no_kind() -> None:
    flows = found(
        paid("2026-01-01", 100, "shop"), paid("2026-02-01", -100, "shop"), paid("2026-03-01", 5, "shop")
    ).flows
    assert [order and order.kind for *_, order in flows] == [None, None, Kind.PRIMARY]


def test_several_currencies_of_one_deal_count_by_their_rates() -> None:
    payments = (paid("2026-01-01", 1000, deal="x", currency="PLN"), paid("2026-02-01", -230, deal="x"))
    assert not found(*payments).orders
    assert found(*payments[:1], paid("2026-02-01", -229, deal="x")).orders


def test_without_a_rate_it_is_an_order_and_in_no_sum() -> None:
    one = found(paid("2026-01-01", 100, "shop", currency="CHF"))
    assert len(one.orders) == 1
    assert one.turnover(0, DAY.toordinal()) == 0
    assert one.unpriced(0, DAY.toordinal()) == ["CHF"]
    assert "shop" in one.used


def test_what_lies_ahead_does_not_count() -> None:
    payments = (paid("2026-07-15", 5), paid("2026-07-16", -5), paid("2026-07-16", 7))
    assert len(found(*payments).orders) == 1


@given(folders(most=1))
def test_the_turnover_is_what_fractions_have_and_every_kind_is_in_it(accounts: list[Account]) -> None:
    one = accounts[0]
    scale = scale_of([one], PRICES)
    found = bought(one, DAY, scale)
    rates = {None: 1, "EUR": 1, "PLN": Fraction(23, 100)}
    exact = sum(
        Fraction(digits, 10**places) * rates[currency]
        for on, digits, places, currency, *_ in one.payments
        if on <= DAY.toordinal() and currency in rates
    )
    assert Fraction(found.turnover(0, DAY.toordinal()), 10**scale.places) == exact
    first = [order for order in found.orders if order.kind is Kind.PRIMARY]
    assert len(first) == bool(found.orders)


@given(folders(most=1))
def test_an_order_that_is_given_back_whole_changes_no_count(accounts: list[Account]) -> None:
    one = accounts[0]
    scale = scale_of([one], PRICES)
    row = (DAY.toordinal(), 77, 0, "USD", "boat", "gone")
    before = bought(one, DAY, scale)
    after = bought(one._replace(payments=[*one.payments, row, (*row[:1], -77, *row[2:])]), DAY, scale)
    assert [(order.day, order.kind) for order in after.orders] == [(order.day, order.kind) for order in before.orders]
    assert after.days == before.days
    assert after.used == before.used


def test_amounts_with_many_decimals_are_exact() -> None:
    payments = (Payment(DAY, Amount(1, 9)), Payment(DAY, Amount(-1, 9)))
    assert not found(*payments).orders
