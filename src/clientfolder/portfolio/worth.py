"""What each client is worth on a day: letters, groups, rhythms and what is to come (rules R5 to R8)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from clientfolder.dates import rhythm
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import PERIODS
from clientfolder.portfolio import classes
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.orders import Bought, Order
from clientfolder.portfolio.spans import PeriodSpan
from clientfolder.portfolio.status import Status, status
from clientfolder.tuples import NamedTuple

LEAST_SECONDS = LEAST_GAPS = 5
LEAST_ORDERS_FOR_A_GAP = 3


class ClientWorth(NamedTuple):
    """What one client is worth. Sums are whole units of the scale; `sums` by period, the oldest first.

    `before`: what all who earned more are together. `cv` in percent. `days`: since the last payment.
    """

    account: Account
    segment: str | None
    status: Status
    turnover: int
    before: int | None
    abc: str | None
    xyz: str | None
    cv: float | None
    sums: Sequence[int]
    r: int
    f: int
    m: int | None
    group: str
    sales: int
    sales_ever: int
    last: date
    days: int
    gap: int | None
    second_due: bool
    unpriced: int
    rhythm: str | None
    proposed: str | None

    @property
    def letters(self) -> str:
        """`AX`, `B`, or nothing."""
        return f"{self.abc or ''}{self.xyz or ''}"


class Worth(NamedTuple):
    """The page of what clients are worth; `whole` is what all with a turnover above 0 earned together.

    `second` and `gap` are medians in days, None where too few tell them; beside them how many tell them.
    """

    day: date
    span: PeriodSpan
    scale: Scale
    currency: str | None
    turnover: int
    whole: int
    paying: int
    unpriced: Mapping[str, int]
    too_little: tuple[str, ...]
    second: int | None
    seconds: int
    gap: int | None
    gaps: int
    clients: Sequence[ClientWorth]

    def of(self, client: str) -> ClientWorth | None:
        return next((one for one in self.clients if one.account.client == client), None)


Every = Callable[[Account], tuple[str | None, Rhythm | None]]


def worth(portfolio: Portfolio, day: date, every: Every) -> Worth:
    """What each client who ever paid is worth; `every` tells the rhythm in force, in words and read."""
    span, bought = portfolio.span(day), portfolio.bought(day)
    first, last = span.days.first.toordinal(), day.toordinal()
    turnovers = [bought[account.client].turnover(first, last) for account in portfolio.accounts]
    letters = classes.abc(turnovers)
    paying = sum(turnover > 0 for turnover in turnovers)
    gaps_of = {client: _days_between(found.orders) for client, found in bought.items()}
    seconds = [gaps_[0] for gaps_ in gaps_of.values() if gaps_]
    gap, gaps = _median_gap([gap for gaps_ in gaps_of.values() for gap in gaps_])
    parsed = cache(rhythm.parse)
    second = classes.median(seconds) if len(seconds) >= LEAST_SECONDS else None
    has_letters = paying >= classes.LEAST_CLIENTS
    rows = [
        _row(
            portfolio,
            account,
            bought[account.client],
            gaps_of[account.client],
            span,
            turnover,
            letter,
            second,
            has_letters,
            every,
            parsed,
        )
        for account, turnover, letter in zip(portfolio.accounts, turnovers, letters, strict=True)
        if bought[account.client].orders
    ]
    return Worth(
        day=day,
        span=span,
        scale=portfolio.scale,
        currency=portfolio.prices.currency,
        turnover=sum(turnovers),
        whole=sum(turnover for turnover in turnovers if turnover > 0),
        paying=paying,
        unpriced=portfolio.unpriced(day, span.days),
        too_little=(*(() if has_letters else ("abc",)), *(() if second is not None else ("second",))),
        second=second,
        seconds=len(seconds),
        gap=gap,
        gaps=gaps,
        clients=sorted(rows, key=lambda one: (-one.turnover, one.account.sorted_by)),
    )


def usual_gap(bought: Mapping[str, Bought]) -> tuple[int | None, int]:
    """The median of the days between orders of one client, if enough tell it, and how many do."""
    return _median_gap([gap for found in bought.values() for gap in _days_between(found.orders)])


def _median_gap(gaps: Sequence[int]) -> tuple[int | None, int]:
    return (classes.median(gaps) if len(gaps) >= LEAST_GAPS else None), len(gaps)


def fitting_period(gap: int | None, months: int) -> str | None:
    """The setting that the usual gap in days calls for, where it is longer than the period that is set."""
    if gap is None or gap <= months * 365 // 12:
        return None
    longer = [name for name, count in PERIODS.items() if count > months]
    return next((name for name in longer if gap <= PERIODS[name] * 365 // 12), longer[-1] if longer else None)


def _days_between(orders: Sequence[Order]) -> list[int]:
    return [later.day - earlier.day for earlier, later in pairwise(orders)]


def _row(
    portfolio: Portfolio, account: Account, found: Bought, gaps: Sequence[int], span: PeriodSpan, turnover: int,
    letter: tuple[str, int] | None, second: int | None, has_letters: bool, every: Every,
    parsed: Callable[[str], Rhythm | None],
) -> ClientWorth:  # fmt: skip
    now, start, today = span.now.first.toordinal(), span.days.first.toordinal(), span.day.toordinal()
    state = status(found.days, span.now, span.before)
    sums, steady = _sums(found, span), None
    first = found.days[0]
    told = [total for days, total in zip(reversed(span.periods), sums, strict=True) if days.first.toordinal() >= first]
    unpriced = len(found.unpriced(start, today))
    if state is not Status.NEW and not unpriced:
        steady = classes.xyz(told)
    sales, ever = sum(order.day >= start for order in found.orders), len(found.orders)
    r, f = classes.recency(found.days[-1], now, start), classes.frequency(sales, len(span.periods))
    m = classes.money(letter[0] if letter else None) if has_letters else None
    group = classes.group(r, f, m, ever, state)
    words, in_force = every(account)
    pair = f"{letter[0]}{steady[0]}" if letter and steady else None
    by_class = portfolio.settings.rhythm_by_class
    proposed = by_class.get(group) or by_class.get(pair or "") or by_class.get(letter[0] if letter else "")
    return ClientWorth(
        account=account,
        segment=portfolio.segment_of[account.client],
        status=state,
        turnover=turnover,
        before=letter[1] if letter else None,
        abc=letter[0] if letter else None,
        xyz=steady[0] if steady else None,
        cv=steady[1] if steady else None,
        sums=sums,
        r=r,
        f=f,
        m=m,
        group=group,
        sales=sales,
        sales_ever=ever,
        last=date.fromordinal(found.days[-1]),
        days=today - found.days[-1],
        gap=classes.median(gaps) if ever >= LEAST_ORDERS_FOR_A_GAP else None,
        second_due=second is not None and ever == 1 and r > 1 and today - found.orders[0].day >= second,
        unpriced=unpriced,
        rhythm=words,
        proposed=None if proposed is None or parsed(proposed) == in_force else proposed,
    )


def _sums(found: Bought, span: PeriodSpan) -> list[int]:
    """The turnover of each period, the oldest first."""
    starts = [days.first.toordinal() for days in reversed(span.periods)]
    sums = [0] * len(starts)
    for on, units, _, _ in found.flows:
        if units is not None and on >= starts[0]:
            sums[bisect_right(starts, on) - 1] += units
    return sums


# One client's part, told quickly ------------------------------------------------------------------------


class ShareOfTurnover(NamedTuple):
    """What one client brings of the turnover of the span, in whole units of one scale, and the letter of it."""

    turnover: int
    whole: int
    abc: str | None


def part_of(portfolio: Portfolio, client: str, day: date) -> ShareOfTurnover | None:
    """The client's part, as `worth` tells it, from the sums alone; None where money without a rate is in none of them.

    It stands on a sheet, which may not wait for all orders of the folder to be sorted out.
    """
    days, scale = portfolio.span(day).days, portfolio.scale
    first, last = days.first.toordinal(), days.last.toordinal()
    factors: dict[tuple[int, str | None], int | None] = {}
    turnovers: dict[str, int] = {}
    for account in portfolio.accounts:
        turnover = 0
        for on, digits, places, currency, _, _ in account.payments:
            if first <= on <= last:
                if (kind := (places, currency)) not in factors:
                    factors[kind] = scale.units(Amount(1, places), currency)
                if (factor := factors[kind]) is None:
                    return None
                turnover += digits * factor
        turnovers[account.client] = turnover
    letter = dict(zip(turnovers, classes.abc([*turnovers.values()]), strict=True)).get(client)
    whole = sum(turnover for turnover in turnovers.values() if turnover > 0)
    return ShareOfTurnover(turnovers.get(client, 0), whole, letter[0] if letter else None)
