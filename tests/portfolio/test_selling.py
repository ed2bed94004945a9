"""The stage of the furthest open deal, as the page of the funnel has it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dossier import schema
from clientfolder.dossier.covers import ListedCovers
from clientfolder.dossier.sales import Deal
from clientfolder.dossier.types import Cover
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import funnel
from clientfolder.portfolio.selling import Selling, selling
from portfolios import DAY, SETTINGS, folders, portfolio


def cover(account: Account) -> Cover:
    return Cover(account.client, account.name, records=schema.kept({"deals": tuple(account.deals)}))


def told(covers: list[Cover], shown: list[Cover] | None = None, day: date = DAY) -> dict[str, Selling]:
    those = covers if shown is None else shown
    return dict(selling(those, ListedCovers(covers), SETTINGS.stages, SETTINGS.months, day))


@given(folders(), st.booleans())
@settings(max_examples=40)
def test_it_is_told_as_the_funnel_tells_it(accounts: list[Account], shows_one: bool) -> None:
    page = funnel(portfolio(*accounts), DAY)
    furthest: dict[str, Selling] = {}
    for one in page.open:
        furthest.setdefault(one.account.client, Selling(SETTINGS.stages[one.stage], one.days if one.slow else None))
    covers = [cover(one) for one in accounts]
    shown = covers[:1] if shows_one else covers
    wanted = {one.client for one in shown}
    assert told(covers, shown) == {client: one for client, one in furthest.items() if client in wanted}


def test_slow_is_more_than_twice_what_half_of_all_take() -> None:
    quick = [
        Deal(f"deal {number}", steps={"offer": DAY - timedelta(days=50), "contract": DAY - timedelta(days=40)})
        for number in range(3)
    ]
    others = cover(Account("bob", "Bob", deals=quick))
    for days, slow in ((20, None), (21, 21)):
        anna = cover(Account("anna", "Anna", deals=[Deal("shop", steps={"offer": DAY - timedelta(days=days)})]))
        assert told([anna, others], [anna]) == {"anna": Selling("offer", slow)}
