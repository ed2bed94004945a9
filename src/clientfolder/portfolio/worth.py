"""What each client is worth on a day: letters, groups, rhythms and what is to come (rules R5 to R8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from operator import mul, sub

from clientfolder.dates import rhythm
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.sales import PERIODS
from clientfolder.portfolio import classes
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.orders import Bought, Counting
from clientfolder.portfolio.spans import PeriodSpan
from clientfolder.portfolio.status import Status, status
from clientfolder.tuples import NamedTuple

LEAST_SECONDS = LEAST_GAPS = 5
LEAST_ORDERS_FOR_A_GAP = 3


class ClientWorth(NamedTuple):
    """What one client is worth. Sums are whole units of the scale; `sums` by period, the oldest first.

    `before`: what all who earned more are together. `told`: the sums that tell XYZ. `days`: since the
    last payment, `since_first`: since the first order.
    `gaps`: the days between two orders.
    """

    account: Account
    segment: str | None
    status: Status
    turnover: int
    before: int | None
    abc: str | None
    xyz: str | None
    told: Sequence[int]
    sums: Sequence[int]
    r: int
    f: int
    m: int | None
    group: str
    sales: int
    sales_ever: int
    last: date
    days: int
    since_first: int
    gaps: Sequence[int]
    second_due: bool
    unpriced: int
    rhythm: str | None
    proposed: str | None

    @property
    def letters(self) -> str:
        """`AX`, `B`, or nothing."""
        return f"{self.abc or ''}{self.xyz or ''}"

    @property
    def gap(self) -> int | None:
        """The usual days between two orders, where enough of them tell it."""
        return classes.median(self.gaps) if self.sales_ever >= LEAST_ORDERS_FOR_A_GAP else None

    @property
    def cv(self) -> float | None:
        """The coefficient of variation in percent, where there is a letter for it."""
        return classes.variation(self.told) if self.xyz else None


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
    starts = [*(days.first.toordinal() for days in reversed(span.periods)), day.toordinal() + 1]
    sums = [found.sums(starts) for found in bought.values()]
    turnovers = list(map(sum, sums))
    letters = classes.abc(turnovers)
    paying = sum(turnover > 0 for turnover in turnovers)
    gaps_of = [_days_between(found.orders) for found in bought.values()]
    seconds = [gaps[0] for gaps in gaps_of if gaps]
    gap, gaps = _median_gap(gaps_of)
    second = classes.median(seconds) if len(seconds) >= LEAST_SECONDS else None
    has_letters = paying >= classes.LEAST_CLIENTS
    making = _WorthRows(portfolio, starts, every, second, has_letters)
    clients = zip(portfolio.accounts, bought.values(), gaps_of, sums, letters, strict=True)
    rows = [making.row(*client) for client in clients if client[1].orders]
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
        # The accounts stand by name.
        clients=sorted(rows, key=lambda one: -one.turnover),
    )


def usual_gap(bought: Mapping[str, Bought]) -> tuple[int | None, int]:
    """The median of the days between orders of one client, if enough tell it, and how many do."""
    return _median_gap(_days_between(found.orders) for found in bought.values())


def _median_gap(gaps_of: Iterable[Sequence[int]]) -> tuple[int | None, int]:
    gaps = [*chain.from_iterable(gaps_of)]
    return (classes.median(gaps) if len(gaps) >= LEAST_GAPS else None), len(gaps)


def fitting_period(gap: int | None, months: int) -> str | None:
    """The setting that the usual gap in days calls for, where it is longer than the period that is set."""
    if gap is None or gap <= months * 365 // 12:
        return None
    longer = [name for name, count in PERIODS.items() if count > months]
    return next((name for name in longer if gap <= PERIODS[name] * 365 // 12), longer[-1] if longer else None)


def _days_between(orders: Sequence[int]) -> list[int]:
    return list(map(sub, orders[1:], orders))


class _WorthRows:
    """Makes the rows, of what is told once for all. `starts`: of the periods, and behind them the next day."""

    def __init__(
        self, portfolio: Portfolio, starts: Sequence[int], every: Every, second: int | None, has_letters: bool
    ) -> None:
        self.starts, self.day = starts, starts[-1] - 1
        self.every, self.second, self.has_letters = every, second, has_letters
        self.segment_of, self.by_class = portfolio.segment_of, portfolio.settings.rhythm_by_class
        self.parsed = cache(rhythm.parse)

    def row(
        self, account: Account, found: Bought, gaps: Sequence[int], sums: Sequence[int], letter: tuple[str, int] | None
    ) -> ClientWorth:
        """The row of a client who ever bought; `sums` by period, the oldest first, and the letter of them together."""
        start, now, orders, ever = self.starts[0], self.starts[-2], found.orders, len(found.orders)
        last = found.days[-1]
        state = status(found.days, now, self.starts[-3])
        unpriced = len(found.unpriced_in(start, self.day)) if found.unpriced else 0
        told = () if state is Status.NEW or unpriced else sums[bisect_left(self.starts, found.days[0], 0, len(sums)) :]
        xyz = classes.xyz(told)
        sales = ever - bisect_left(orders, start)
        r, f = classes.recency(last, now, start), classes.frequency(sales, len(sums))
        abc = letter[0] if letter else None
        m = classes.money(abc) if self.has_letters else None
        group = classes.group(r, f, m, ever, state)
        words, in_force = self.every(account)
        return ClientWorth(
            account=account,
            segment=self.segment_of[account.client],
            status=state,
            turnover=sum(sums),
            before=letter[1] if letter else None,
            abc=abc,
            xyz=xyz,
            told=told,
            sums=sums,
            r=r,
            f=f,
            m=m,
            group=group,
            sales=sales,
            sales_ever=ever,
            last=date.fromordinal(last),
            days=self.day - last,
            since_first=self.day - orders[0],
            gaps=gaps,
            second_due=self.second is not None and ever == 1 and r > 1 and self.day - orders[0] >= self.second,
            unpriced=unpriced,
            rhythm=words,
            proposed=self._proposed(group, abc, xyz, in_force) if self.by_class else None,
        )

    def _proposed(self, group: str, abc: str | None, xyz: str | None, in_force: Rhythm | None) -> str | None:
        """The rhythm of the group, else of both letters, else of the first, where it is not in force."""
        pair = f"{abc}{xyz}" if abc and xyz else ""
        proposed = self.by_class.get(group) or self.by_class.get(pair) or self.by_class.get(abc or "")
        return None if proposed is None or self.parsed(proposed) == in_force else proposed


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
    days, counting = portfolio.span(day).days, Counting(portfolio.scale)
    first, last = days.first.toordinal(), days.last.toordinal()
    turnovers: dict[str, int] = {}
    for account in portfolio.accounts:
        on, digits, what = account.paid
        those = slice(bisect_left(on, first), bisect_right(on, last))
        counted = [counting[one] for one in what[those]]
        if any(one.money[1] is None for one in counted):
            return None
        turnovers[account.client] = sum(map(mul, digits[those], (one.factor for one in counted)))
    letter = dict(zip(turnovers, classes.abc([*turnovers.values()]), strict=True)).get(client)
    whole = sum(turnover for turnover in turnovers.values() if turnover > 0)
    return ShareOfTurnover(turnovers.get(client, 0), whole, letter[0] if letter else None)
