"""The pages of money: sums, shares and bars, and what is left out named at the top."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from clientfolder.cli.output.terminal import Line, Window, plain, width
from clientfolder.cli.pages.worth import drawn, funnel_page, left_out, products_page, share, worth_page
from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import funnel
from clientfolder.portfolio.portraits import products
from clientfolder.portfolio.worth import fitting_period, worth
from goldens import NARROW, ROLL, Golden, Rows
from portfolios import DAY, account, paid, portfolio

PAGES: Rows = {
    "worth": ("worth", ROLL),
    "worth narrow": ("worth", NARROW),
    "worth of one": ("worth zolta", ROLL),
    "funnel": ("funnel", ROLL),
    "funnel narrow": ("funnel", NARROW),
    "products": ("products", ROLL),
    "products of a segment": ("products b2c", ROLL),
    "period": ("period", ROLL),
    "period of a year": ("period year", ROLL),
    "payments of one": ("pay anna", ROLL),
    "deals of one": ("deal vodarny", ROLL),
}
STEPS = {"offer": date(2026, 7, 1)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


def of_nobody(one: Account) -> tuple[None, None]:
    return None, None


def lines(page: Iterable[Line]) -> list[str]:
    return [plain(line) for line in page]


def test_a_bar_is_as_long_as_its_part_and_what_is_not_nothing_is_seen() -> None:
    assert [drawn(part, 8, 2) for part in (0, 1, 4, 8)] == ["", "▎", "█", "██"]
    assert drawn(1, 1_000_000, 2) == "▏"
    assert drawn(1, 0) == ""


def test_of_nothing_there_is_no_share() -> None:
    assert (share(2, 3), share(1, 0), share(0, 5)) == ("67 %", "-", "0 %")


def test_what_is_in_no_sum_is_named_with_the_line_that_mends_it() -> None:
    assert 'currency = "CHF"' in lines(left_out({"CHF": 2}, (), None))[0]
    assert lines(left_out({"CHF": 1}, (), "EUR")) == [
        " LEFT OUT   1 amount in CHF, without a rate: clientfolder.toml: rates = { CHF = ... }"
    ]


@pytest.mark.parametrize(
    ("gap", "months", "fit"),
    [(20, 1, None), (40, 1, "2 months"), (200, 3, "1 year"), (2000, 1, "1 year"), (2000, 12, None)],
)
def test_a_longer_period_is_proposed_where_clients_come_again_later_than_it_is_long(
    gap: int, months: int, fit: str | None
) -> None:
    assert fitting_period(gap, months) == fit


def test_a_folder_without_money_says_how_it_begins() -> None:
    empty = portfolio(account("anna"))
    assert "cf pay anna 2500 shop" in lines(worth_page(worth(empty, DAY, of_nobody), (), Window(80)))[-1]
    assert "cf deal" in lines(funnel_page(funnel(empty, DAY), Window(80)))[-1]


def test_who_paid_most_stands_first_with_the_sum_and_the_share() -> None:
    whole = portfolio(account("anna", paid("2026-06-01", 300)), account("bert", paid("2026-06-01", 900)))
    page = lines(worth_page(worth(whole, DAY, of_nobody), (), Window(80)))
    [bert, anna] = [line for line in page if "Bert" in line or "Anna" in line][:2]
    assert "1 200 EUR" in page[0]
    assert ("Bert" in bert, "900" in bert, "75 %" in bert) == (True, True, True)
    assert ("Anna" in anna, "300" in anna, "25 %" in anna) == (True, True, True)


@pytest.mark.parametrize("columns", [80, 120])
def test_long_names_stay_in_the_window(columns: int) -> None:
    window = Window(columns, 40)
    whole = portfolio(
        *(
            account(
                "n" * 40 + str(number), paid("2026-06-01", 10**number, "p" * 50), deals=(Deal("d" * 50, steps=STEPS),)
            )
            for number in range(8)
        )
    )
    for page in (worth_page(worth(whole, DAY, of_nobody), (), window), funnel_page(funnel(whole, DAY), window)):
        assert max(map(width, lines(page))) <= columns
    assert max(map(width, lines(products_page(products(whole, DAY), window)))) <= columns
