"""Portraits: which products each segment is meant for, and what its clients have of them and lack (rule R10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

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
    """One client: the products used of those meant, and those that are lacking.

    `last` has of each product that is used the last day of it, by small letters; `deals` are all of the client's.
    """

    account: Account
    segment: str | None
    has_bought: bool
    used: Sequence[str]
    meant: Sequence[str]
    lacks: Sequence[str]
    outside: Sequence[str]
    last: Mapping[str, int]
    deals: Sequence[Course]


class SegmentFigures(NamedTuple):
    """One segment, over its clients that ever bought: `cells` has how many use each product."""

    segment: str
    ideal: Sequence[str]
    clients: int
    used: int
    meant: int
    cells: Sequence[tuple[str, bool, int]]


class Products(NamedTuple):
    """The page of products: `names` has how each is spelt, by its small letters.

    `outside`: segment, product, and the clients who use what is not meant for them.
    """

    day: date
    names: Mapping[str, str]
    segments: Sequence[SegmentFigures]
    outside: Sequence[tuple[str, str, Sequence[Account]]]
    no_segment: Sequence[Account]
    clients: Sequence[Portrait]
    stages: Sequence[str]

    @property
    def used(self) -> int:
        return sum(one.used for one in self.segments)

    @property
    def meant(self) -> int:
        return sum(one.meant for one in self.segments)

    @property
    def products(self) -> Sequence[str]:
        """The products as they are spelt, in the order of the columns."""
        return [*self.names.values()]

    def cells(self, portrait: Portrait) -> list[Cell]:
        """What became of each product with one client; told one by one, as most pages show none of them."""
        return [_cell(portrait, folded, name, self.stages) for folded, name in self.names.items()]

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


def used_products(bought: Bought, deals: Sequence[Course]) -> Mapping[str, int]:
    """The products that a client has: paid for on balance, or won; each with the last day of it."""
    won = [(_folded(one.deal.what), one.won.toordinal()) for one in deals if one.won]
    if not won:
        return bought.used
    found = dict(bought.used)
    for product, on in won:
        found[product] = max(found.get(product, 0), on)
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
    segments = portfolio.settings.segments
    meant = {segment: [_folded(one) for one in ideal] for segment, ideal in segments.items()}
    those: dict[str | None, list[Portrait]] = {segment: [] for segment in (*segments, None)}
    for account in portfolio.accounts:
        client, own = account.client, deals.get(account.client, ())
        segment, found = portfolio.segment_of[client], bought[client]
        if segment or found.flow_days or own:
            those[segment].append(_portrait(account, segment, meant.get(segment or "", ()), found, own, names))
    return Products(
        day=day,
        names=names,
        segments=[_figures(segment, ideal, those[segment], names) for segment, ideal in segments.items()],
        outside=[
            (segment, names[product], users)
            for segment in segments
            for product, users in _outside(those[segment], names)
        ],
        no_segment=[one.account for one in those[None] if one.has_bought],
        clients=[*chain.from_iterable(those.values())],
        stages=portfolio.settings.stages,
    )  # fmt: skip


def _columns(portfolio: Portfolio, day: date, deals: Mapping[str, list[Course]]) -> dict[str, str]:
    """Every product by its small letters: those that are meant for somebody, then all others by name.

    It is spelt as it was the last time.
    """
    meant: dict[str, str] = {}
    for ideal in portfolio.settings.segments.values():
        for one in ideal:
            meant.setdefault(_folded(one), one)
    until = day.toordinal()
    newest: dict[str, int] = {}
    for account in portfolio.accounts:
        for on, paid in zip(account.paid.days, account.paid.what, strict=True):
            if paid.product and newest.get(paid.product, 0) < on <= until:
                newest[paid.product] = on
        for deal in deals.get(account.client, ()):
            newest[deal.deal.what] = max(newest.get(deal.deal.what, 0), (deal.start or date.min).toordinal())
    others: dict[str, tuple[int, str]] = {}
    for name, on in newest.items():
        if (folded := _folded(name)) and folded not in meant:
            others[folded] = max(others.get(folded, (on, name)), (on, name))
    return meant | {folded: name.strip() for folded, (_, name) in sorted(others.items())}


def _portrait(
    account: Account, segment: str | None, meant: Sequence[str], bought: Bought, deals: Sequence[Course],
    names: Mapping[str, str],
) -> Portrait:  # fmt: skip
    last = used_products(bought, deals)
    return Portrait(
        account=account,
        segment=segment,
        has_bought=bool(bought.orders) or any(one.won for one in deals),
        used=[product for product in meant if product in last],
        meant=meant,
        lacks=[names[product] for product in meant if product not in last],
        outside=[product for product in last if product not in meant] if segment else (),
        last=last,
        deals=deals,
    )


def _cell(portrait: Portrait, folded: str, name: str, stages: Sequence[str]) -> Cell:
    """An open deal, else bought, else the newest refusal, else not offered though it is meant, else nothing."""
    of_it = [one for one in portrait.deals if _folded(one.deal.what) == folded]
    if open_ := [one for one in of_it if one.is_open]:
        one = max(open_, key=lambda one: (one.stage, -(one.since or date.max).toordinal()))
        return Cell(name, "open", stages[one.stage], one.since, portrait.account.next_on)
    if folded in portrait.last:
        return Cell(name, "bought", on=date.fromordinal(portrait.last[folded]))
    if refused := [one for one in of_it if one.lost]:
        one = max(refused, key=lambda one: one.lost or date.min)
        return Cell(name, "refused", stages[one.stage], one.lost)
    return Cell(name, "not_offered" if folded in portrait.meant else "none")


def _outside(those: Sequence[Portrait], names: Mapping[str, str]) -> Iterator[tuple[str, Sequence[Account]]]:
    """The products, in the order of the columns, that some of a segment use without being meant for it, and who."""
    users: dict[str, list[Account]] = {}
    for one in those:
        for product in one.outside:
            users.setdefault(product, []).append(one.account)
    yield from ((product, users[product]) for product in names if product in users)


def _figures(
    segment: str, ideal: Sequence[str], portraits: Sequence[Portrait], names: Mapping[str, str]
) -> SegmentFigures:
    those = [one for one in portraits if one.has_bought]
    meant = {_folded(one) for one in ideal}
    users = Counter(product for one in those for product in one.last)
    return SegmentFigures(
        segment,
        ideal,
        clients=len(those),
        used=sum(len(one.used) for one in those),
        meant=sum(len(one.meant) for one in those),
        cells=[(name, folded in meant, users[folded]) for folded, name in names.items()],
    )
