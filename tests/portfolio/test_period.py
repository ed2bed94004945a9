"""The table of a period: which days it has, and that its sums come out."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dates.vocabulary import Refusal
from clientfolder.portfolio.accounts import Account, Paid
from clientfolder.portfolio.orders import Kind
from clientfolder.portfolio.period import PeriodTable, newest, of_days, period, read_asked
from clientfolder.portfolio.status import Relationship, Status
from portfolios import DAY, account, folders, paid, portfolio


@pytest.mark.parametrize(
    ("phrase", "first", "last", "before", "whole"),
    [
        ("", "2026-04-16", "2026-07-15", "2026-01-16", True), ("quarter", "2026-07-01", "2026-07-15", "2026-04-01", False),
        ("last quarter", "2026-04-01", "2026-06-30", "2026-01-01", True), ("q1", "2026-01-01", "2026-03-31", "2025-10-01", True),
        ("q4", "2025-10-01", "2025-12-31", "2025-07-01", True), ("2026-q1", "2026-01-01", "2026-03-31", "2025-10-01", True),
        ("Q1 2025", "2025-01-01", "2025-03-31", "2024-10-01", True), ("year", "2026-01-01", "2026-07-15", "2025-01-01", False),
        ("2025", "2025-01-01", "2025-12-31", "2024-01-01", True), ("last year", "2025-01-01", "2025-12-31", "2024-01-01", True),
        ("2026-05-01..2026-06-30", "2026-05-01", "2026-06-30", "2026-03-01", True),
        ("2026-05-02..2026-05-11", "2026-05-02", "2026-05-11", "2026-04-22", True),
    ],
)  # fmt: skip
def test_a_period_has_these_days_and_those_before(phrase: str, first: str, last: str, before: str, whole: bool) -> None:
    asked = read_asked(phrase, DAY, 3)
    assert asked is not None
    assert (str(asked.days.first), str(asked.days.last), str(asked.previous.first), asked.whole) == (
        first,
        last,
        before,
        whole,
    )
    assert (asked.days.first - asked.previous.last).days == 1


@pytest.mark.parametrize(
    "phrase", ["2027", "2026-q4", "2026-08-01..2026-08-31", "2026-06-30..2026-05-01", "2026-02-30..2026-03-01"]
)
def test_what_is_to_come_or_no_days_is_refused(phrase: str) -> None:
    with pytest.raises(Refusal):
        read_asked(phrase, DAY, 3)


@pytest.mark.parametrize("phrase", ["week", "june", "yesterday", "q5", "13"])
def test_anything_else_is_left_to_the_look_back(phrase: str) -> None:
    assert read_asked(phrase, DAY, 3) is None


def of(*accounts: Account, first: str = "2026-04-16", last: str = "2026-07-15") -> PeriodTable:
    asked = of_days(date.fromisoformat(first), date.fromisoformat(last), DAY)
    return period(portfolio(*accounts), asked)


ASKED = st.sampled_from(
    [
        ("2026-01-01", "2026-03-31"),
        ("2026-07-01", "2026-09-30"),
        ("2025-01-01", "2025-12-31"),
        ("2026-04-16", "2026-07-15"),
    ]
)


@settings(max_examples=80)
@given(folders(), ASKED)
def test_the_kinds_and_refunds_are_the_turnover_whole_and_by_segment(
    accounts: list[Account], asked: tuple[str, str]
) -> None:
    found = of(*accounts, first=asked[0], last=asked[1])
    for one in (found.total, *found.segments):
        assert one.turnover == sum(sold.amount for sold in one.sales.values()) + one.refunds
        assert 0 <= one.converted <= one.leads
    assert found.total.turnover == sum(one.turnover for one in found.segments)
    assert found.total.leads == sum(one.leads for one in found.segments)
    assert sum(found.statuses.values()) == sum(found.stages.values()) == len(accounts)
    assert len(found.new) == found.statuses.get(Status.NEW, 0) == sum(one.clients for one in found.sources)


@settings(max_examples=60)
@given(folders())
def test_nothing_of_a_later_day_changes_it_and_order_does_not_matter(accounts: list[Account]) -> None:
    last = date(2026, 3, 31)
    until = [
        one._replace(
            paid=Paid.of(payment for payment in one.paid.payments() if payment.on <= last),
            contacts=[on for on in one.contacts if on <= last.toordinal()],
        )
        for one in accounts
    ]
    then, now = (of(*those, first="2026-01-01", last="2026-03-31") for those in (until, list(reversed(accounts))))
    assert (then.total, then.segments, then.loyalty, then.sources) == (
        now.total,
        now.segments,
        now.loyalty,
        now.sources,
    )


def test_who_was_worked_with_and_who_of_them_bought() -> None:
    found = of(
        account("talked", contacts=(date(2026, 5, 1),)),
        account("bought", paid("2026-05-01", 10)),
        account("old", paid("2026-01-01", 10), contacts=(date(2026, 5, 1),)),
        account("earlier", contacts=(date(2026, 4, 15),)),
    )
    assert (found.total.leads, found.total.converted) == (2, 1)
    assert [row.account.client for row in found.clients] == ["bought", "old", "talked"]


def test_an_instalment_of_an_older_order_counts_as_money_and_not_as_a_sale() -> None:
    found = of(account("anna", paid("2026-04-01", 10, deal="x"), paid("2026-05-01", 20, deal="x")))
    assert found.total.sales[Kind.PRIMARY].sales == 0
    assert found.total.turnover == found.total.sales[Kind.PRIMARY].amount == 20 * 10**found.scale.places


def test_the_newest_period_ends_today() -> None:
    asked = newest(date(2026, 6, 30), 3)
    assert (asked.days, asked.previous.last) == ((date(2026, 4, 1), date(2026, 6, 30)), date(2026, 3, 31))


def test_sources_stand_by_word_and_those_unknown_last() -> None:
    found = of(
        account("anna", paid("2026-05-01", 10), sent_by="bert"), account("bert", paid("2026-05-01", 5)),
        account("carl", paid("2026-05-01", 1), sent_by="Airport"),
    )  # fmt: skip
    assert [one.sent_by for one in found.sources] == ["Airport", "bert", None]
    assert found.loyalty.referred == 1
    assert Counter(found.stages)[Relationship.HONEYMOON] == 3


def test_a_client_who_sent_others_is_told_by_name_and_other_words_as_they_stand() -> None:
    found = of(
        account("bob"), account("anna", paid("2026-05-01", 10), sent_by="bob"),
        account("cid", paid("2026-05-01", 5), sent_by="fair"), account("dan", paid("2026-05-01", 7)),
    )  # fmt: skip
    assert [(one.sent_by, one.name) for one in found.sources] == [("bob", "Bob"), ("fair", None), (None, None)]
