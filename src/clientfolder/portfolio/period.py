"""The table of a period (rule R16): who was won, who paid again, status, loyalty, and where clients came from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from clientfolder.dates.calendar import ONE_DAY, Month, back
from clientfolder.dates.vocabulary import Refusal, plain_words
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.funnel import Course, course
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.orders import Bought, Kind
from clientfolder.portfolio.portraits import used_products
from clientfolder.portfolio.spans import Days
from clientfolder.portfolio.status import Relationship, Status, relationship, status
from clientfolder.tuples import NamedTuple

# Which days a period is -----------------------------------------------------------------------------------


class AskedPeriod(NamedTuple):
    """The days of a period until today, those of the one before it, and whether all of it has passed."""

    days: Days
    previous: Days
    whole: bool


def of_months(first: Month, months: int, day: date) -> AskedPeriod:
    """So many calendar months, as far as they have come."""
    last = first.plus(months - 1).last
    previous = Days(first.plus(-months).first, first.first - ONE_DAY)
    return AskedPeriod(Days(first.first, min(last, day)), previous, last <= day)


def newest(day: date, months: int) -> AskedPeriod:
    """The newest period up to that day, and the one before."""
    start, before = back(day, months), back(day, 2 * months)
    return AskedPeriod(Days(start + ONE_DAY, day), Days(before + ONE_DAY, start), True)


def of_days(first: date, last: date, day: date) -> AskedPeriod:
    """From one day to another: whole months have as many months before them, else as many days."""
    end = min(last, day)
    if first.day == 1 and last == Month.of(last).last:
        return of_months(Month.of(first), Month.of(last).since(Month.of(first)) + 1, day)
    return AskedPeriod(Days(first, end), Days(first - (last - first) - ONE_DAY, first - ONE_DAY), last <= day)


_QUARTER = re.compile(r"(?:([0-9]{4})[- ]?)?q([1-4])(?: ([0-9]{4}))?")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ?\.\. ?([0-9]{4}-[0-9]{2}-[0-9]{2})")


def read_asked(phrase: str, day: date, months: int) -> AskedPeriod | None:
    """`quarter`, `last quarter`, `q1`, `2026-q1`, `year`, `last year`, `2025`, `A..B`; nothing is the newest period.

    None for what may be a period that is looked back at. Raises Refusal for what is to come or no days.
    """
    words = plain_words(phrase)
    if not words:
        return newest(day, months)
    try:
        found = _quarter(words, day) or _year(words, day) or _range(words, day)
    except (ValueError, OverflowError):
        raise Refusal("lies beyond the calendar") from None
    if found and found.days.first > day:
        raise Refusal("is still to come")
    return found


def _quarter(words: str, day: date) -> AskedPeriod | None:
    running = Month(day.year, (day.month - 1) // 3 * 3 + 1)
    if words in ("quarter", "this quarter", "last quarter"):
        return of_months(running.plus(-3) if words == "last quarter" else running, 3, day)
    found = _QUARTER.fullmatch(words)
    if found is None or (found[1] and found[3]):
        return None
    first = int(found[2]) * 3 - 2
    year = int(found[1] or found[3] or day.year - (first > day.month))
    return of_months(Month.parse(f"{year:04}-{first:02}"), 3, day)


def _year(words: str, day: date) -> AskedPeriod | None:
    if words in ("year", "this year", "last year"):
        return of_months(Month(day.year - (words == "last year"), 1), 12, day)
    return of_months(Month.parse(f"{words}-01"), 12, day) if re.fullmatch("[0-9]{4}", words) else None


def _range(words: str, day: date) -> AskedPeriod | None:
    found = _RANGE.fullmatch(words)
    if found is None:
        return None
    first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
    if last < first:
        raise Refusal("ends before it begins")
    return of_days(first, last, day)


# The table -------------------------------------------------------------------------------------------------


class Sales(NamedTuple):
    """How many orders of a kind began in the period, and what was paid in it for orders of that kind."""

    sales: int
    amount: int


class Figures(NamedTuple):
    """The figures of all clients, or of those of one segment. `refunds`: the rest of the turnover."""

    segment: str | None
    leads: int
    converted: int
    sales: Mapping[Kind, Sales]
    refunds: int
    turnover: int
    previous: int
    lost: int
    restored: int


class ClientPeriod(NamedTuple):
    """One client in the period; money in whole units."""

    account: Account
    segment: str | None
    status: Status
    stage: Relationship
    amounts: Mapping[Kind, int]
    sales: Mapping[Kind, int]
    refunds: int
    turnover: int
    previous: int
    was_worked_with: bool
    has_begun: bool
    has_paid_before: bool
    is_gone: bool
    orders: int
    products: int


class Loyalty(NamedTuple):
    """How faithful the clients are, as of the period's end."""

    buyers: int
    repeat_buyers: int
    permanent: int
    referred: int
    referred_amount: int
    old_amount: int
    products: int


class Origin(NamedTuple):
    """Who or what has sent new clients, how many, and what these paid in the period; of a client also the `name`."""

    sent_by: str | None
    name: str | None
    clients: int
    amount: int


class PeriodTable(NamedTuple):
    """The page of a period. `fits`: the setting `period` that the usual gap calls for, where that is longer."""

    asked: AskedPeriod
    scale: Scale
    currency: str | None
    unpriced: Mapping[str, int]
    total: Figures
    segments: Sequence[Figures]
    statuses: Mapping[Status, int]
    new: Sequence[Account]
    lost: Sequence[Account]
    restored: Sequence[Account]
    loyalty: Loyalty
    sources: Sequence[Origin]
    stages: Mapping[Relationship, int]
    clients: Sequence[ClientPeriod]


def period(portfolio: Portfolio, asked: AskedPeriod, complaining: Collection[str] = frozenset()) -> PeriodTable:
    """The table of a period, as of its end; `complaining`: the clients of whom a complaint is open then."""
    bought = portfolio.bought(asked.days.last)
    making = _PeriodRows(portfolio, asked)
    rows = [
        making.row(account, found, complains=account.client in complaining)
        for account, found in zip(portfolio.accounts, bought.values(), strict=True)
    ]
    new = [row for row in rows if row.status is Status.NEW]
    segments = [*portfolio.settings.segments, None] if portfolio.settings.segments else []
    shown = [row for row in rows if row.orders or row.was_worked_with]
    return PeriodTable(
        asked=asked,
        scale=portfolio.scale,
        currency=portfolio.prices.currency,
        unpriced=portfolio.unpriced(asked.days.last, asked.days),
        total=_figures(rows, None),
        segments=[_figures([row for row in rows if row.segment == one], one) for one in segments],
        statuses=Counter(row.status for row in rows),
        new=[row.account for row in new],
        lost=[row.account for row in rows if row.is_gone],
        restored=[row.account for row in rows if row.status is Status.RESTORED],
        loyalty=_loyalty(rows, {account.client for account in portfolio.accounts}),
        sources=_sources(new, {account.client: account.name for account in portfolio.accounts}),
        stages=Counter(row.stage for row in rows),
        # The accounts stand by name.
        clients=sorted(shown, key=lambda row: -row.turnover),
    )


_NO_AMOUNTS: Mapping[Kind, int] = dict.fromkeys(Kind, 0)
_NO_SALES: Mapping[Kind, int] = {}


class _PeriodRows:
    """Makes the rows, of what is told once of the period and of the settings."""

    def __init__(self, portfolio: Portfolio, asked: AskedPeriod) -> None:
        self.asked, self.stages, self.segment_of = asked, portfolio.settings.stages, portfolio.segment_of
        self.first, self.last = asked.days.first.toordinal(), asked.days.last.toordinal()
        self.before = asked.previous.first.toordinal()
        self.until = asked.previous.last.toordinal()

    def row(self, account: Account, found: Bought, *, complains: bool) -> ClientPeriod:
        """The row of a client, who has bought that until the end of the period."""
        days, first = found.days, self.first
        deals = [one for deal in account.deals if (one := course(account, deal, self.stages, self.asked.days.last))]
        has_paid_before = bool(days) and days[0] < first
        has_begun = bool(days) and not has_paid_before
        paid_now = bool(days) and days[-1] >= first
        state = status(days, first, self.before)
        amounts, sales = self._by_kind(found)
        turnover = found.turnover(first, self.last)
        return ClientPeriod(
            account=account,
            segment=self.segment_of[account.client],
            status=state,
            stage=relationship(
                state,
                len(found.orders),
                is_selling=any(one.is_open and one.stage for one in deals),
                complains=complains,
            ),
            amounts=amounts,
            sales=sales,
            refunds=turnover - sum(amounts.values()),
            turnover=turnover,
            previous=found.turnover(self.before, self.until),
            was_worked_with=not has_paid_before and (has_begun or self._has_contact(account) or self._has_step(deals)),
            has_begun=has_begun,
            has_paid_before=has_paid_before,
            is_gone=not paid_now and _has_any(days, self.before, self.until),
            orders=len(found.orders),
            products=len(used_products(found, deals)) if deals else len(found.used),
        )

    def _by_kind(self, found: Bought) -> tuple[Mapping[Kind, int], Mapping[Kind, int]]:
        """What was paid in the period for orders of each kind, and how many of each began in it."""
        flows = range(bisect_left(found.flow_days, self.first), len(found.flow_days))
        if not flows:
            return _NO_AMOUNTS, _NO_SALES
        kinds, amounts = found.kinds(), {**_NO_AMOUNTS}
        for number in flows:
            if (order := found.flow_orders[number]) is not None:
                amounts[kinds[order]] += found.flow_units[number]
        return amounts, Counter(kinds[bisect_left(found.orders, self.first) :])

    def _has_contact(self, account: Account) -> bool:
        return _has_any(account.contacts, self.first, self.last)

    def _has_step(self, deals: Iterable[Course]) -> bool:
        return any(on in self.asked.days for one in deals for on in one.days.values())


def _has_any(days: Sequence[int], first: int, last: int) -> bool:
    """Whether any of the days, which are ascending, lies from the first to the last."""
    return bisect_left(days, first) < bisect_right(days, last)


def _figures(rows: Sequence[ClientPeriod], segment: str | None) -> Figures:
    leads = [row for row in rows if row.was_worked_with]
    return Figures(
        segment=segment,
        leads=len(leads),
        converted=sum(row.has_begun for row in leads),
        sales={
            kind: Sales(sum(row.sales.get(kind, 0) for row in rows), sum(row.amounts[kind] for row in rows))
            for kind in Kind
        },
        refunds=sum(row.refunds for row in rows),
        turnover=sum(row.turnover for row in rows),
        previous=sum(row.previous for row in rows),
        lost=sum(row.is_gone for row in rows),
        restored=sum(row.status is Status.RESTORED for row in rows),
    )


def _loyalty(rows: Sequence[ClientPeriod], clients: set[str]) -> Loyalty:
    buyers = [row for row in rows if row.orders]
    referred = [row for row in rows if row.status is Status.NEW and row.account.sent_by in clients]
    return Loyalty(
        buyers=len(buyers),
        repeat_buyers=sum(row.orders > 1 for row in buyers),
        permanent=sum(row.status is Status.PERMANENT for row in rows),
        referred=len(referred),
        referred_amount=sum(row.turnover for row in referred),
        old_amount=sum(row.turnover for row in rows if row.has_paid_before),
        products=sum(row.products for row in buyers),
    )


def _sources(new: Iterable[ClientPeriod], names: Mapping[str, str]) -> list[Origin]:
    """By word; those of whom nobody knows it come last."""
    groups: dict[str | None, list[ClientPeriod]] = {}
    for row in new:
        groups.setdefault((row.account.sent_by or "").strip() or None, []).append(row)
    found = [
        Origin(word, names.get(word or ""), len(those), sum(row.turnover for row in those))
        for word, those in groups.items()
    ]
    return sorted(found, key=lambda one: (one.sent_by is None, (one.sent_by or "").casefold(), one.sent_by or ""))
