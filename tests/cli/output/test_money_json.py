"""What scripts are told of money: numbers as numbers, days as text, and null where there is no figure."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings

from clientfolder.cli.output.money_json import funnel_json, products_json, worth_json
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import funnel
from clientfolder.portfolio.portraits import products
from clientfolder.portfolio.worth import worth
from portfolios import DAY, account, folders, paid, portfolio


def of_nobody(one: Account) -> tuple[None, None]:
    return None, None


def test_a_share_is_of_the_whole_and_what_is_too_little_to_tell_is_null() -> None:
    anna, bert = account("anna", paid("2026-06-01", 300)), account("bert", paid("2026-06-01", 100))
    told = worth_json(worth(portfolio(anna, bert), DAY, of_nobody))
    assert (told["turnover"], told["currency"]) == (400, "EUR")
    assert [(row["client"], row["share"], row["last"]) for row in told["clients"]] == [
        ("anna", 75, "2026-06-01"), ("bert", 25, "2026-06-01"),
    ]  # fmt: skip
    assert (told["second"]["days"], "second" in told["too_little"]) == (None, True)


def test_an_open_deal_without_an_amount_has_none_and_a_rate_waits_for_enough_deals() -> None:
    deal = Deal("site", steps={"offer": date(2026, 7, 1)})
    priced = Deal("shop", amount=Amount.of(1250, 1), steps={"offer": date(2026, 7, 5)})
    told = funnel_json(funnel(portfolio(account("anna", deals=(deal, priced))), DAY))
    assert {row["deal"]: row["amount"] for row in told["open"]} == {"site": None, "shop": 125}
    assert {row["since"] for row in told["open"]} == {"2026-07-01", "2026-07-05"}
    assert told["rate"] is None
    assert [stage["rate"] for stage in told["stages"]] == [None] * len(told["stages"])


def test_a_cell_of_a_product_says_its_state() -> None:
    anna = account("anna", paid("2026-01-01", 5, "shop"), tags=("makers",))
    [row] = products_json(products(portfolio(anna), DAY))["clients"]
    cells = {cell["product"]: (cell["state"], cell["on"]) for cell in row["cells"]}
    assert (cells["shop"], cells["cards"]) == (("bought", "2026-01-01"), ("not_offered", None))
    assert row["lacks"] == ["cards"]


@settings(max_examples=15)
@given(folders(most=4))
def test_all_of_it_is_json_that_every_reader_takes(accounts: list[Account]) -> None:
    whole = portfolio(*accounts)
    for told in (
        worth_json(worth(whole, DAY, of_nobody)), funnel_json(funnel(whole, DAY)), products_json(products(whole, DAY)),
    ):  # fmt: skip
        assert json.loads(json.dumps(told, allow_nan=False)) == told
