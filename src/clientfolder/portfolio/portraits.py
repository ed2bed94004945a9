"""Portraits: which products each segment is meant for, and what its clients have of them and lack (rule R10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.funnel import Course, courses
from clientfolder.portfolio.orders import Bought
from clientfolder.tuples import NamedTuple


class Cell(NamedTuple):
    """What became of one product with one client."""

    product: str
    state: str = "none"
    stage: str | None = None
    on: date | None = None
    next_on: str | None = None


class Portrait(NamedTuple):
    """One client: the products used of those meant, those that are lacking, and a cell for each product."""

    account: Account
    segment: str | None
    has_bought: bool
    used: Sequence[str]
    meant: Sequence[str]
    lacks: Sequence[str]
    outside: Sequence[str]
    cells: Sequence[Cell]


class SegmentFigures(NamedTuple):
    """One segment, over its clients that ever bought: `cells` has how many use each product."""

    segment: str
    ideal: Sequence[str]
    clients: int
    used: int
    meant: int
    cells: Sequence[tuple[str, bool, int]]


class Products(NamedTuple):
    """The page of products; `outside`: segment, product, and the clients who use what is not meant for them."""

    day: date
    products: Sequence[str]
    segments: Sequence[SegmentFigures]
    outside: Sequence[tuple[str, str, Sequence[Account]]]
    no_segment: Sequence[Account]
    clients: Sequence[Portrait]

    @property
    def used(self) -> int:
        return sum(one.used for one in self.segments)

    @property
    def meant(self) -> int:
        return sum(one.meant for one in self.segments)

    @property
    def names(self) -> dict[str, str]:
        """How each product is spelt, by its small letters."""
        return {_folded(name): name for name in self.products}

    def of_client(self, client: str) -> Portrait | None:
        """The portrait of one client, if there is anything to show of it."""
        return next((one for one in self.clients if one.account.client == client), None)

    def of_segment(self, segment: str) -> Products:
        """The same of one segment alone."""
        return self._replace(
            segments=[one for one in self.segments if one.segment == segment],
            outside=[one for one in self.outside if one[0] == segment],
            no_segment=(),
            clients=[one for one in self.clients if one.segment == segment],
        )


def _folded(name: str) -> str:
    return name.strip().casefold()


def used_products(bought: Bought, deals: Sequence[Course]) -> dict[str, int]:
    """The products that a client has: paid for on balance, or won; each with the last day of it."""
    found = dict(bought.used)
    for one in deals:
        if one.won:
            product = _folded(one.deal.what)
            found[product] = max(found.get(product, 0), one.won.toordinal())
    return found


def by_client(found: Sequence[Course]) -> Mapping[str, list[Course]]:
    """The deals of each client."""
    groups: dict[str, list[Course]] = {}
    for one in found:
        groups.setdefault(one.account.client, []).append(one)
    return groups


def products(portfolio: Portfolio, day: date) -> Products:
    """What each segment has and lacks, and each client of it."""
    bought, deals = portfolio.bought(day), by_client(courses(portfolio, day))
    names = _columns(portfolio, day, deals)
    order = {segment: number for number, segment in enumerate(portfolio.settings.segments)}
    portraits = [
        _portrait(portfolio, account, bought[account.client], deals.get(account.client, []), names)
        for account in portfolio.accounts
        if portfolio.segment_of[account.client] or bought[account.client].flows or account.client in deals
    ]
    portraits.sort(key=lambda one: order.get(one.segment or "", len(order)))
    return Products(
        day=day,
        products=list(names.values()),
        segments=[_figures(segment, ideal, portraits, names) for segment, ideal in portfolio.settings.segments.items()],
        outside=[
            (segment, spelt, users)
            for segment in portfolio.settings.segments
            for product, spelt in names.items()
            if (users := [one.account for one in portraits if one.segment == segment and product in one.outside])
        ],
        no_segment=[one.account for one in portraits if one.segment is None and one.has_bought],
        clients=portraits,
    )


def _columns(portfolio: Portfolio, day: date, deals: Mapping[str, list[Course]]) -> dict[str, str]:
    """Every product by its small letters: those that are meant for somebody, then all others by name."""
    meant: dict[str, str] = {}
    for ideal in portfolio.settings.segments.values():
        for one in ideal:
            meant.setdefault(_folded(one), one)
    others: dict[str, tuple[int, str]] = {}

    def see(on: int, name: str) -> None:
        folded = _folded(name)
        if folded and folded not in meant:
            others[folded] = max(others.get(folded, (on, name)), (on, name))

    for account in portfolio.accounts:
        for row in account.payments:
            if row[0] <= day.toordinal() and row[4]:
                see(row[0], row[4])
        for deal in deals.get(account.client, ()):
            see((deal.start or date.min).toordinal(), deal.deal.what)
    return meant | {folded: name.strip() for folded, (_, name) in sorted(others.items())}


def _portrait(
    portfolio: Portfolio, account: Account, bought: Bought, deals: Sequence[Course], names: Mapping[str, str]
) -> Portrait:
    segment = portfolio.segment_of[account.client]
    ideal = [_folded(one) for one in portfolio.settings.segments.get(segment or "", ())]
    used = used_products(bought, deals)
    return Portrait(
        account=account,
        segment=segment,
        has_bought=bool(bought.orders) or any(one.won for one in deals),
        used=[product for product in ideal if product in used],
        meant=ideal,
        lacks=[names[product] for product in ideal if product not in used],
        outside=[product for product in names if segment and product in used and product not in ideal],
        cells=[_cell(portfolio, account, folded, name, used, deals, ideal) for folded, name in names.items()],
    )


def _cell(
    portfolio: Portfolio, account: Account, folded: str, name: str, used: Mapping[str, int], deals: Sequence[Course],
    ideal: Sequence[str],
) -> Cell:  # fmt: skip
    """An open deal, else bought, else the newest refusal, else not offered though it is meant, else nothing."""
    stages = portfolio.settings.stages
    of_it = [one for one in deals if _folded(one.deal.what) == folded]
    if open_ := [one for one in of_it if one.is_open]:
        one = max(open_, key=lambda one: (one.stage, -(one.since or date.max).toordinal()))
        return Cell(name, "open", stages[one.stage], one.since, account.next_on)
    if folded in used:
        return Cell(name, "bought", on=date.fromordinal(used[folded]))
    if refused := [one for one in of_it if one.lost]:
        one = max(refused, key=lambda one: one.lost or date.min)
        return Cell(name, "refused", stages[one.stage], one.lost)
    return Cell(name, "not_offered" if folded in ideal else "none")


def _figures(
    segment: str, ideal: Sequence[str], portraits: Sequence[Portrait], names: Mapping[str, str]
) -> SegmentFigures:
    those = [one for one in portraits if one.segment == segment and one.has_bought]
    meant = {_folded(one) for one in ideal}
    cells = [
        (name, folded in meant, sum(folded in one.used or folded in one.outside for one in those))
        for folded, name in names.items()
    ]
    return SegmentFigures(
        segment, ideal, len(those), sum(len(one.used) for one in those), sum(len(one.meant) for one in those), cells
    )
