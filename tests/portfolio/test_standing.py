"""Whom a word of money means: each client has one status and one group, and no word means two things."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import GROUPS, Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import courses
from clientfolder.portfolio.standing import LETTERS, STATUSES, Standings
from portfolios import DAY, SETTINGS, account, folders, paid, portfolio


def standings(*accounts: Account, **more: object) -> Standings:
    return Standings(portfolio(*accounts, settings=SETTINGS._replace(**more)), DAY, lambda _: (None, None))


@given(folders())
@settings(max_examples=30)
def test_a_client_is_in_one_status_and_who_ever_bought_in_one_group(accounts: list[Account]) -> None:
    found = standings(*accounts)
    everybody = {one.client for one in accounts}
    by_status = [client for word in STATUSES for client in found.meant_by(word)]
    assert sorted(by_status) == sorted(everybody)
    by_group = [client for word in GROUPS for client in found.meant_by(word)]
    assert sorted(by_group) == sorted(everybody - {*found.meant_by("potential")})


@given(folders())
@settings(max_examples=30)
def test_a_pair_of_letters_means_who_has_both_and_a_stage_whose_deal_stands_there(accounts: list[Account]) -> None:
    found = standings(*accounts)
    for pair in (one for one in LETTERS if len(one) == 2):
        assert {*found.meant_by(pair)} == {*found.meant_by(pair[0])} & {*found.meant_by(pair[1].lower())}
    open_ = {one.account.client for one in courses(found.portfolio, DAY) if one.is_open}
    assert {client for stage in SETTINGS.stages for client in found.meant_by(stage)} == open_


def won(amount: int, currency: str | None = None, days: int = 10) -> Deal:
    return Deal("site", None, Amount.of(amount), currency, {}, DAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("deal", "payments", "is_unpaid"),
    [
        (won(500), [], True),
        (won(500), [paid(DAY, 499, deal="Site")], True),
        (won(500), [paid(DAY, 500, deal="site")], False),
        (won(500), [paid(DAY, 500, deal="site"), paid(DAY, -1, deal="site")], True),
        # Another's instalment, and one of tomorrow, do not count.
        (won(500), [paid(DAY, 500)], True),
        (won(500), [paid(DAY + timedelta(days=1), 500, deal="site")], True),
        # Not yet won; and what has no rate is not told to be short.
        (won(500, days=-1), [], False),
        (won(500, "CHF"), [paid(DAY, 1, deal="site")], False),
    ],
)
def test_unpaid_is_a_won_deal_whose_payments_until_today_do_not_reach_its_amount(
    deal: Deal, payments: list[object], is_unpaid: bool
) -> None:
    found = standings(account("anna", *payments, deals=(deal,)))  # type: ignore[arg-type]
    assert {*found.meant_by("unpaid")} == ({"anna"} if is_unpaid else set())


def test_a_stage_that_is_called_as_a_group_is_read_as_the_group() -> None:
    deal = Deal("site", steps={"vip": DAY})
    found = standings(account("anna", deals=(deal,)), stages=("talk", "vip"))
    assert not found.meant_by("vip")
    assert {*found.meant_by("potential")} == {"anna"}
