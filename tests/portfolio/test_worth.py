"""What clients are worth: laws over drawn folders, and the rhythms that are proposed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from clientfolder.dates import rhythm
from clientfolder.dates.rhythm import Rhythm
from clientfolder.portfolio.accounts import Account, Paid
from clientfolder.portfolio.worth import Worth, part_of, worth
from portfolios import DAY, SETTINGS, account, folders, paid, portfolio

LAWS = settings(max_examples=60)


def every(one: Account) -> tuple[str | None, Rhythm | None]:
    return one.rhythm, rhythm.parse(one.rhythm) if one.rhythm else None


def of(*accounts: Account, day: date = DAY, by_class: dict[str, str] | None = None) -> Worth:
    return worth(portfolio(*accounts, settings=SETTINGS._replace(rhythm_by_class=by_class or {})), day, every)


@LAWS
@given(folders())
def test_nothing_of_a_later_day_changes_it(accounts: list[Account]) -> None:
    until = [
        one._replace(paid=Paid.of(payment for payment in one.paid.payments() if payment.on <= DAY)) for one in accounts
    ]
    assert [one._replace(account=None) for one in of(*accounts).clients] == [
        one._replace(account=None) for one in of(*until).clients
    ]


@LAWS
@given(folders())
def test_the_part_that_a_sheet_tells_quickly_is_that_of_the_page(accounts: list[Account]) -> None:
    found = of(*accounts)
    rows = {one.account.client: (one.turnover, found.whole, one.abc) for one in found.clients}
    for one in accounts:
        part = part_of(portfolio(*accounts), one.client, DAY)
        assert (part is None) == bool(found.unpriced)
        if part is not None and one.client in rows:
            assert part == rows[one.client]


@LAWS
@given(folders())
def test_the_order_of_the_files_changes_nothing(accounts: list[Account]) -> None:
    assert of(*reversed(accounts)) == of(*accounts)


@LAWS
@given(folders())
def test_times_seven_all_letters_and_groups_stay(accounts: list[Account]) -> None:
    more = [one._replace(paid=one.paid._replace(digits=[digits * 7 for digits in one.paid.digits])) for one in accounts]
    then, now = of(*more), of(*accounts)
    assert [(one.abc, one.xyz, one.cv, one.group, one.r, one.f, one.m) for one in then.clients] == [
        (one.abc, one.xyz, one.cv, one.group, one.r, one.f, one.m) for one in now.clients
    ]


@LAWS
@given(folders())
def test_the_sums_of_the_periods_are_the_turnover(accounts: list[Account]) -> None:
    found = of(*accounts)
    assert all(sum(one.sums) == one.turnover for one in found.clients)
    assert all(one.sales <= one.sales_ever for one in found.clients)


def clients_with_gaps(*days: int) -> list[Account]:
    start = date(2026, 1, 1)
    return [
        account(f"c{number}", paid(start, 10), paid(date.fromordinal(start.toordinal() + gap), 10))
        for number, gap in enumerate(days)
    ]


def test_a_second_order_is_due_as_many_days_on_as_it_took_half_of_them() -> None:
    found = of(*clients_with_gaps(10, 20, 30, 40), account("new", paid("2026-06-01", 5)))
    assert (found.second, found.seconds, "second" in found.too_little) == (None, 4, True)
    others = clients_with_gaps(10, 20, 30, 40, 50)
    for on, due in (("2026-06-15", True), ("2026-06-16", False), ("2025-07-16", True), ("2025-07-15", False)):
        found = of(*others, account("new", paid(on, 5)))
        assert found.second == 30
        assert [one.second_due for one in found.clients if one.account.client == "new"] == [due], on


@pytest.mark.parametrize(
    ("by_class", "now", "wanted"),
    [
        ({"A": "4 weeks"}, None, "4 weeks"), ({"A": "4 weeks"}, "every 4 weeks", None), ({"A": "4 weeks", "AX": "3 weeks"}, None, "3 weeks"),
        ({"A": "4 weeks", "AX": "3 weeks", "vip": "2 weeks"}, None, "2 weeks"), ({"C": "1 year"}, None, None),
    ],
)  # fmt: skip
def test_the_group_beats_the_pair_and_the_pair_the_letter(
    by_class: dict[str, str], now: str | None, wanted: str | None
) -> None:
    steady = [paid(on, 1000, "shop") for on in ("2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01")]
    small = [account(f"c{number}", paid("2026-05-01", 10)) for number in range(4)]
    found = of(account("anna", *steady, rhythm=now), *small, by_class=by_class)
    assert found.clients[0].letters == "AX"
    assert found.clients[0].proposed == wanted


def test_an_order_is_as_old_as_its_first_instalment_however_late_the_last_one_came() -> None:
    days = [DAY - timedelta(days=count) for count in (200, 10)]
    (one,) = of(account("anna", *(paid(day, 50, "shop", deal="shop") for day in days))).clients
    assert (one.sales_ever, one.since_first, one.days) == (1, 200, 10)
