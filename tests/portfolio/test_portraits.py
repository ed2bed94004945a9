"""Portraits: cells, degrees, and that more money never means less."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dossier.sales import Deal, Payment
from clientfolder.portfolio.accounts import Account, Paid
from clientfolder.portfolio.portraits import Cell, Products, products
from portfolios import DAY, SETTINGS, account, folders, paid, portfolio


def of(*accounts: Account) -> Products:
    return products(portfolio(*accounts), DAY)


def cells(*payments: Payment, deals: tuple[Deal, ...] = ()) -> dict[str, Cell]:
    found = of(account("anna", *payments, deals=deals, tags=("makers",)))
    return {cell.product: cell for cell in found.cells(found.clients[0])}


def test_the_columns_are_the_segments_then_the_others_by_name() -> None:
    found = of(account("anna", paid("2026-01-01", 5, "Zebra"), paid("2026-01-02", 5, "zebra"), deals=(Deal("apple"),)))
    assert found.products == ["shop", "cards", "menu", "site", "apple", "zebra"]


def test_an_open_deal_beats_what_was_bought_and_that_a_refusal() -> None:
    offered, lost = date(2026, 6, 1), date(2026, 5, 1)
    refused = Deal("old", product="shop", steps={"offer": date(2026, 4, 1)}, lost=lost)
    bought = paid("2026-03-01", 5, "Shop")
    open_ = Deal("new", product="SHOP", steps={"offer": offered})
    assert cells(bought, deals=(refused, open_))["shop"] == Cell("shop", "open", "offer", offered)
    assert cells(bought, deals=(refused,))["shop"] == Cell("shop", "bought", on=date(2026, 3, 1))
    assert cells(deals=(refused,))["shop"] == Cell("shop", "refused", "offer", lost)
    assert cells(deals=(refused,))["cards"] == Cell("cards", "not_offered")
    assert cells(deals=(refused,))["menu"] == Cell("menu", "none")


def test_what_was_given_back_is_not_used_and_what_was_won_is() -> None:
    assert cells(paid("2026-01-01", 5, "shop"), paid("2026-02-01", -5, "shop"))["shop"].state == "not_offered"
    assert cells(deals=(Deal("shop", won=date(2026, 3, 1)),))["shop"] == Cell("shop", "bought", on=date(2026, 3, 1))


def test_a_degree_is_over_those_that_ever_bought() -> None:
    found = of(
        account("anna", paid("2026-01-01", 5, "shop"), paid("2026-01-01", 5, "menu"), tags=("makers",)),
        account("bert", tags=("makers",)),
        account("carl", paid("2026-01-01", 5, "shop")),
    )
    [makers] = [one for one in found.segments if one.segment == "makers"]
    assert (makers.clients, makers.used, makers.meant) == (1, 1, 2)
    assert [(segment, product, [one.client for one in who]) for segment, product, who in found.outside] == [
        ("makers", "menu", ["anna"])
    ]
    assert [one.client for one in found.no_segment] == ["carl"]
    assert [one.account.client for one in found.of_segment("makers").clients] == ["anna", "bert"]


MORE = st.sampled_from([product for ideal in SETTINGS.segments.values() for product in ideal])


@settings(max_examples=80)
@given(folders(most=3), MORE, st.integers(-800, 0))
def test_one_more_payment_lowers_no_degree(accounts: list[Account], product: str, days: int) -> None:
    further = paid(DAY + timedelta(days=days), 40, product)
    more = [one._replace(paid=Paid.of([*one.paid.payments(), further])) for one in accounts]
    then = {one.account.client: len(one.used) for one in of(*more).clients}
    assert all(then[one.account.client] >= len(one.used) for one in of(*accounts).clients)


@settings(max_examples=60)
@given(folders())
def test_what_is_lacking_and_what_is_used_are_what_is_meant(accounts: list[Account]) -> None:
    found = of(*accounts)
    assert found == of(*reversed(accounts))
    for one in found.clients:
        assert len(one.lacks) + len(one.used) == len(one.meant)
        assert len(found.cells(one)) == len(found.products)
    for segment in found.segments:
        assert segment.used == sum(used for _, meant, used in segment.cells if meant)
