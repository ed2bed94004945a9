"""Which clients a word of money means: a status, a letter, a group, a stage of an open deal, or `unpaid`.

The words are the ones of rules R5 to R9, read in this order, without regard to case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property

from clientfolder.dossier.sales import CLASSES, GROUPS, Payment
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.funnel import courses
from clientfolder.portfolio.money import Prices
from clientfolder.portfolio.paying import Instalments, instalments
from clientfolder.portfolio.status import Status, status
from clientfolder.portfolio.worth import Every, Worth, worth

STATUSES = tuple(one.value for one in Status)
LETTERS = (*"ABC", *"XYZ", *(one for one in sorted(CLASSES) if len(one) == 2 and one.isupper()))
UNPAID = "unpaid"


class Standings:
    """How all clients of a portfolio stand on a day, each part told when it is asked for; sets are of short names."""

    def __init__(self, portfolio: Portfolio, day: date, every: Every) -> None:
        self.portfolio = portfolio
        self.day = day
        self.every = every

    @cached_property
    def worth(self) -> Worth:
        """What each is worth, by which letters and groups are told."""
        return worth(self.portfolio, self.day, self.every)

    def meant_by(self, word: str) -> Collection[str]:
        """The clients whom the word means; nobody for one that is none of these."""
        said = word.casefold()
        if said in STATUSES:
            return self._in_status(Status(said))
        if word.upper() in LETTERS:
            letters = {*word.upper()}
            return {one.account.client for one in self.worth.clients if letters <= {one.abc, one.xyz}}
        if said in GROUPS:
            return {one.account.client for one in self.worth.clients if one.group == said}
        stages = [stage.casefold() for stage in self.portfolio.settings.stages]
        if said in stages:
            stage, deals = stages.index(said), courses(self.portfolio, self.day)
            return {one.account.client for one in deals if one.is_open and one.stage == stage}
        return {one.client for one in self.portfolio.accounts if said == UNPAID and self._is_unpaid(one)}

    def _in_status(self, wanted: Status) -> Collection[str]:
        span, bought = self.portfolio.span(self.day), self.portfolio.bought(self.day)
        now, before = span.now.first.toordinal(), span.before.first.toordinal()
        return {client for client, found in bought.items() if status(found.days, now, before) is wanted}

    def _is_unpaid(self, account: Account) -> bool:
        return bool(short_deals(account, self.portfolio.prices, self.day))


def short_deals(account: Account, prices: Prices, day: date) -> list[Instalments]:
    """The won deals whose payments until the end of a day do not reach their amounts."""
    won = [deal for deal in account.deals if deal.is_won_on(day)]
    paid = payments_until(account, day) if won else ()
    return [one for deal in won if (one := instalments(deal, paid, prices)).is_short]


def payments_until(account: Account, day: date) -> Sequence[Payment]:
    """The payments of an account until the end of a day."""
    return [payment for payment in account.paid.payments() if payment.on <= day]
