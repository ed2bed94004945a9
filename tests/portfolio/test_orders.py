"""Orders, refunds and kinds: tables of cases, and the laws of what is given back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.portfolio.accounts import Account, Paid, scale_of
from clientfolder.portfolio.money import Prices
from clientfolder.portfolio.orders import Bought, Counting, Kind, bought
from portfolios import DAY, SETTINGS, account, folders, paid

PRICES = Prices(SETTINGS.currency, SETTINGS.rates)


def found(*payments: Payment, deals: tuple[Deal, ...] = (), day: date = DAY) -> Bought:
    one = account("anna", *payments, deals=deals)
    return bought(one, day, Counting(scale_of([one], PRICES)))


def told(*payments: Payment, deals: tuple[Deal, ...] = ()) -> list[tuple[str, str | None, Kind | None]]:
    one = found(*payments, deals=deals)
    days = [str(date.fromordinal(day)) for day in one.orders]
    return list(zip(days, one.products, one.kinds(), strict=True))


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
    one = found(paid("2026-01-01", 100, "shop"), paid("2026-02-01", -100, "shop"), paid("2026-03-01", 5, "shop"))
    assert one.flow_orders == [None, None, 0]
    assert one.kinds() == [Kind.PRIMARY]


def test_several_currencies_of_one_deal_count_by_their_rates() -> None:
    payments = (paid("2026-01-01", 1000, deal="x", currency="PLN"), paid("2026-02-01", -230, deal="x"))
    assert not found(*payments).orders
    assert found(*payments[:1], paid("2026-02-01", -229, deal="x")).orders


def test_without_a_rate_it_is_an_order_and_in_no_sum() -> None:
    one = found(paid("2026-01-01", 100, "shop", currency="CHF"))
    assert len(one.orders) == 1
    assert one.turnover(0, DAY.toordinal()) == 0
    assert one.unpriced_in(0, DAY.toordinal()) == ["CHF"]
    assert "shop" in one.used


def test_what_lies_ahead_does_not_count() -> None:
    payments = (paid("2026-07-15", 5), paid("2026-07-16", -5), paid("2026-07-16", 7))
    assert len(found(*payments).orders) == 1


@given(folders(most=1))
def test_the_turnover_is_what_fractions_have_and_every_kind_is_in_it(accounts: list[Account]) -> None:
    one = accounts[0]
    scale = scale_of([one], PRICES)
    found = bought(one, DAY, Counting(scale))
    rates = {None: 1, "EUR": 1, "PLN": Fraction(23, 100)}
    exact = sum(
        Fraction(payment.amount.digits, 10**payment.amount.places) * rates[payment.currency]
        for payment in one.paid.payments()
        if payment.on <= DAY and payment.amount and payment.currency in rates
    )
    assert Fraction(found.turnover(0, DAY.toordinal()), 10**scale.places) == exact
    assert found.kinds().count(Kind.PRIMARY) == bool(found.orders)
    assert len(found.kinds()) == len(found.orders) == len(found.products)


@given(folders(most=1))
def test_an_order_that_is_given_back_whole_changes_no_count(accounts: list[Account]) -> None:
    one = accounts[0]
    scale = scale_of([one], PRICES)
    gone = [paid(DAY, amount, "boat", "gone", "USD") for amount in (77, -77)]
    before = bought(one, DAY, Counting(scale))
    after = bought(one._replace(paid=Paid.of([*one.paid.payments(), *gone])), DAY, Counting(scale))
    assert [*after.orders] == [*before.orders]
    assert after.kinds() == before.kinds()
    assert [*after.days] == [*before.days]
    assert after.used == before.used


def test_amounts_with_many_decimals_are_exact() -> None:
    payments = (Payment(DAY, Amount(1, 9)), Payment(DAY, Amount(-1, 9)))
    assert not found(*payments).orders


@given(folders(most=1))
def test_an_instalment_paid_back_at_once_leaves_what_was_told_without_it(accounts: list[Account]) -> None:
    """Plain payments, instalments and refunds are told on three ways: something given back takes the longest one."""
    came = accounts[0]._replace(paid=Paid.of(one for one in accounts[0].paid.payments() if one.amount.digits > 0))
    scale = scale_of([came], PRICES)
    short = bought(came, DAY, Counting(scale))
    given_back = Paid.of([*came.paid.payments(), *(paid("2000-01-01", amount, "boat") for amount in (7, -7))])
    whole = bought(came._replace(paid=given_back), DAY, Counting(scale))
    assert [*whole.orders] == [*short.orders]
    assert [*whole.products] == [*short.products]
    assert whole.kinds() == short.kinds()
    assert [*whole.days] == [*short.days]
    assert whole.used == short.used
    assert [*whole.flow_orders][2:] == [*short.flow_orders]
    assert whole.sums([0, DAY.toordinal() + 1]) == short.sums([0, DAY.toordinal() + 1])
    assert [*whole.unpriced] == [*short.unpriced]
