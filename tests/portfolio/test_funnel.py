"""The funnel: its laws over drawn folders, slow deals, reasons."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import Funnel, course, funnel
from portfolios import DAY, SETTINGS, account, folders, portfolio


def of(*accounts: Account) -> Funnel:
    return funnel(portfolio(*accounts), DAY)


def with_deals(*deals: Deal) -> list[Account]:
    return [account(f"c{number:02}", deals=(deal,)) for number, deal in enumerate(deals)]


@settings(max_examples=80)
@given(folders())
def test_who_reached_a_stage_went_on_was_lost_or_is_still_there(accounts: list[Account]) -> None:
    found = of(*accounts)
    for one, after in zip(found.stages, [*found.stages[1:], None], strict=True):
        assert one.reached == one.passed + one.lost + one.still
        assert min(one.passed, one.lost, one.still) >= 0
        assert one.passed == (after.reached if after else found.won.deals)
        assert sum(reason.times for reason in one.reasons) == one.lost
    assert found.deals == found.stages[0].reached
    assert sum(one.open for one in found.stages) == len(found.open)
    assert found == of(*reversed(accounts))


@settings(max_examples=60)
@given(folders())
def test_nothing_of_a_later_day_changes_it(accounts: list[Account]) -> None:
    def until(deal: Deal) -> Deal | None:
        steps = {stage: on for stage, on in deal.steps.items() if on <= DAY}
        won, lost = (on if on and on <= DAY else None for on in (deal.won, deal.lost))
        is_ahead = deal.newest_day is not None and not (steps or won or lost)
        return None if is_ahead else deal._replace(steps=steps, won=won, lost=lost)

    then = [one._replace(deals=tuple(filter(None, map(until, one.deals)))) for one in accounts]
    assert of(*then).stages == of(*accounts).stages


def test_a_deal_without_a_day_stands_at_the_first_stage_and_in_no_span() -> None:
    found = of(*with_deals(Deal("shop", amount=Amount(5))))
    assert (found.deals, found.open[0].stage, found.open[0].since, found.open[0].days) == (0, 0, None, None)
    assert found.stages[0].open == 1


def test_a_stage_that_nobody_knows_is_no_step() -> None:
    one = account("anna")
    steps = {"OFFER": date(2026, 7, 1), "dinner": date(2026, 7, 2)}
    found = course(one, Deal("shop", steps=steps), SETTINGS.stages, DAY)
    assert found is not None
    assert found.days == {1: date(2026, 7, 1)}


def test_slow_is_more_than_twice_what_half_of_them_took() -> None:
    start = date(2026, 1, 1)
    left = [Deal("x", steps={"presentation": start, "offer": start + timedelta(days=days)}) for days in (8, 10, 12)]
    still = [Deal("x", steps={"presentation": DAY - timedelta(days=days)}) for days in (20, 21)]
    found = of(*with_deals(*left, *still))
    assert found.stages[0].median_days == 10
    assert [(one.days, one.slow) for one in found.open if one.stage == 0] == [(21, True), (20, False)]
    assert of(*with_deals(*left[:2], *still)).stages[0].median_days is None


def test_equal_reasons_are_one_as_the_newest_spells_it() -> None:
    lost = [
        Deal("x", steps={"offer": date(2026, 1, 1)}, lost=date(2026, 2, number), why=why)
        for number, why in enumerate(("Too dear", "too  DEAR", None, "no need"), 1)
    ]
    reasons = of(*with_deals(*lost)).stages[1].reasons
    assert [(reason.why, reason.times) for reason in reasons] == [("too DEAR", 2), ("no need", 1), (None, 1)]


def test_a_rate_is_told_from_five_up() -> None:
    won = [Deal("x", steps={"offer": date(2026, 1, 1)}, won=date(2026, 2, 1)) for _ in range(5)]
    assert not of(*with_deals(*won[:4])).has_rate
    assert of(*with_deals(*won)).has_rate
    assert of(*with_deals(*won)).stages[5].has_rate


def test_a_deal_without_a_rate_is_named() -> None:
    found = of(*with_deals(Deal("x", amount=Amount(5), currency="CHF"), Deal("y", amount=Amount(7), currency="PLN")))
    assert found.no_rate == {"CHF": 1}
    assert (found.stages[0].unpriced, found.stages[0].open_amount) == (1, 7 * 23 * 10 ** (found.scale.places - 2))
