"""The pages of money as a whole, in windows of several widths."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from busy_folder import busy
from clientfolder.cli.output.terminal import Line, Window, plain, width
from clientfolder.cli.pages.funnel import funnel_page
from clientfolder.cli.pages.products import products_page
from clientfolder.cli.pages.worth import worth_page
from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import funnel
from clientfolder.portfolio.portraits import products
from clientfolder.portfolio.worth import fitting_period, worth
from folders import Cf
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


@pytest.mark.parametrize("columns", [60, 80, 120])
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


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", ["worth", "worth client-3", "worth --apply --dry-run"])
def test_it_fits(cf: Cf, line: str, columns: int) -> None:
    busy(cf).env["COLUMNS"] = str(columns)
    out = cf(line).out.splitlines()
    assert len(out) > 5
    assert max(map(width, out)) < columns, max(out, key=width)
