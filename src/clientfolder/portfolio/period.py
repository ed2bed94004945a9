"""The table of a period (rule R16): who was won, who paid again, status, loyalty, and where clients came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """Who or what has sent new clients, how many, and what these paid in the period."""

    sent_by: str | None
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


def period(
    portfolio: Portfolio, asked: AskedPeriod, complains: Callable[[str], bool] = lambda client: False
) -> PeriodTable:
    """The table of a period, as of its end; `complains`: whether a client's complaint is open then."""
    bought = portfolio.bought(asked.days.last)
    rows = [_row(portfolio, account, bought[account.client], asked, complains) for account in portfolio.accounts]
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
        sources=_sources(new),
        stages=Counter(row.stage for row in rows),
        clients=sorted(shown, key=lambda row: (-row.turnover, row.account.sorted_by)),
    )


def _row(
    portfolio: Portfolio, account: Account, found: Bought, asked: AskedPeriod, complains: Callable[[str], bool]
) -> ClientPeriod:
    days, before = asked.days, asked.previous
    first, last = days.first.toordinal(), days.last.toordinal()
    stages = portfolio.settings.stages
    deals = [one for deal in account.deals if (one := course(account, deal, stages, days.last)) is not None]
    has_paid_before = bool(found.days) and found.days[0] < first
    has_begun = bool(found.days) and not has_paid_before
    has_step = any(on in days for one in deals for on in one.days.values())
    has_contact = any(first <= on <= last for on in account.contacts)
    state = status(found.days, days, before)
    amounts = dict.fromkeys(Kind, 0)
    for on, units, _, order in found.flows:
        if order is not None and order.kind is not None and units is not None and first <= on <= last:
            amounts[order.kind] += units
    turnover = found.turnover(first, last)
    paid_then = any(before.first.toordinal() <= on <= before.last.toordinal() for on in found.days)
    paid_now = any(first <= on for on in found.days)
    return ClientPeriod(
        account=account,
        segment=portfolio.segment_of[account.client],
        status=state,
        stage=relationship(
            state, len(found.orders), is_selling=any(one.is_open and one.stage for one in deals),
            complains=complains(account.client),
        ),
        amounts=amounts,
        sales=Counter(order.kind for order in found.orders if order.kind and first <= order.day <= last),
        refunds=turnover - sum(amounts.values()),
        turnover=turnover,
        previous=found.turnover(before.first.toordinal(), before.last.toordinal()),
        was_worked_with=not has_paid_before and (has_contact or has_step or has_begun),
        has_begun=has_begun,
        has_paid_before=has_paid_before,
        is_gone=paid_then and not paid_now,
        orders=len(found.orders),
        products=_used(found, deals),
    )  # fmt: skip


def _used(found: Bought, deals: Iterable[Course]) -> int:
    return len(used_products(found, list(deals)))


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


def _sources(new: Iterable[ClientPeriod]) -> list[Origin]:
    """By word; those of whom nobody knows it come last."""
    groups: dict[str | None, list[ClientPeriod]] = {}
    for row in new:
        groups.setdefault((row.account.sent_by or "").strip() or None, []).append(row)
    found = [Origin(word, len(those), sum(row.turnover for row in those)) for word, those in groups.items()]
    return sorted(found, key=lambda one: (one.sent_by is None, (one.sent_by or "").casefold(), one.sent_by or ""))
