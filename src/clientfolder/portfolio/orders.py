"""What was bought in one go (rule R4): orders, what refunds take from them, and of which kind each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from operator import itemgetter

from clientfolder.dossier.sales import Deal
from clientfolder.portfolio.accounts import Account, PaidRow
from clientfolder.portfolio.money import Scale
from clientfolder.tuples import NamedTuple

# A currency and its rate as a whole number, None where that is missing.
_Currency = tuple[str | None, int | None]


class Kind(Enum):
    """What an order is to a client: the first one, the first of another product, or one more."""

    PRIMARY = "primary"
    REPEAT = "repeat"
    NEW_DIRECTION = "new_direction"


class Order:
    """What was bought in one go; `left` is what no refund took of it, by currency.

    Days are ordinals; `paid` are those of the payments that came in.
    """

    __slots__ = ("day", "kind", "left", "paid", "product")

    def __init__(self, day: int) -> None:
        self.day = day
        self.product: str | None = None
        self.left: dict[_Currency, int] = {}
        self.paid: list[int] = []
        self.kind: Kind | None = None

    @property
    def stands(self) -> bool:
        """Whether anything is left of it; several currencies count by their rates, where these are known."""
        if len(self.left) == 1:
            return next(iter(self.left.values())) > 0
        priced = [left * factor for (_, factor), left in self.left.items() if factor is not None]
        unpriced = [left for (_, factor), left in self.left.items() if factor is None]
        return sum(priced) > 0 or any(left > 0 for left in unpriced)


# Money that came in or went back: the day, whole units (None: no rate), the currency, and the order; a refund has none.
# There may be a hundred thousand, so it is a plain tuple.
Flow = tuple[int, int | None, str | None, Order | None]


class Bought(NamedTuple):
    """What a client bought until a day: the orders that stand by their days, and all the money.

    `days` are those of payments for these orders, ascending; `used` are the products paid for on balance, in small
    letters, each with the last day on which it was paid for. `is_priced`: no payment is without a rate.
    """

    orders: Sequence[Order]
    days: Sequence[int]
    flows: Sequence[Flow]
    used: dict[str, int]
    is_priced: bool = False

    def turnover(self, first: int, last: int) -> int:
        """The sum of those days, refunds off; what has no rate is left out."""
        return sum(units for on, units, _, _ in self.flows if units is not None and first <= on <= last)

    def unpriced(self, first: int, last: int) -> list[str]:
        """The currencies of those days that have no rate, one for each payment."""
        if self.is_priced:
            return []
        return [code or "?" for on, units, code, _ in self.flows if units is None and first <= on <= last]


class _Books:
    """Orders in the making, payment by payment."""

    def __init__(self, account: Account, scale: Scale, *, has_refunds: bool) -> None:
        self.scale = scale
        self.has_refunds, self.places = has_refunds, scale.amount_places
        self.deals: dict[str, Deal] = {deal.name.strip().casefold(): deal for deal in account.deals}
        self.by_deal: dict[str, Order] = {}
        self.orders: list[Order] = []
        self.flows: list[Flow] = []
        self.balance: dict[str, dict[_Currency, int]] = {}
        self.last: dict[str, int] = {}
        self._currencies: dict[str | None, _Currency] = {}

    @property
    def is_priced(self) -> bool:
        """Whether every currency that was met has a rate."""
        return all(weight is not None for _, weight in self._currencies.values())

    def take(self, row: PaidRow) -> None:
        """Enter one payment."""
        on, digits, places, currency, product, deal = row
        if (money := self._currencies.get(currency)) is None:
            money = self._currencies[currency] = (self.scale.prices.code(currency), self.scale.weight(currency))
        code, weight = money
        # In the currency's own unit: a refund finds its order without any rate.
        native = digits * 10 ** (self.places - places) if places != self.places else digits
        units = None if weight is None else native * weight
        key = deal.strip().casefold() if deal else None
        what = product or (self.deals[key].what if key in self.deals else None)
        if digits < 0:
            self.flows.append((on, units, code, None))
            self._refund(-native, money, key, what)
            return
        if key is None:
            order = Order(on)
            self.orders.append(order)
        else:
            order = self._order(on, key)
        order.product = order.product or what
        order.paid.append(on)
        self.flows.append((on, units, code, order))
        if what:
            self.last[what.strip().casefold()] = on
        # Where nothing ever went back, nothing has to be balanced.
        if self.has_refunds:
            order.left[money] = order.left.get(money, 0) + native
            if what:
                self._credit(what, money, native)

    def _order(self, on: int, key: str) -> Order:
        if key not in self.by_deal:
            self.by_deal[key] = Order(on)
            self.orders.append(self.by_deal[key])
        return self.by_deal[key]

    def _refund(self, native: int, money: _Currency, key: str | None, what: str | None) -> None:
        """Take it from the order of its deal; else from the newest of its product that has something left."""
        if what:
            self._credit(what, money, -native)
        if key is not None and key in self.by_deal:
            order = self.by_deal[key]
            order.left[money] = order.left.get(money, 0) - native
            return
        for order in sorted(self.orders, key=lambda one: one.day, reverse=True):
            left = order.left.get(money, 0)
            is_of_product = what is None or (order.product or "").strip().casefold() == what.strip().casefold()
            if left > 0 and is_of_product:
                taken = min(left, native)
                order.left[money] = left - taken
                native -= taken
                if what is None and order.product:
                    self._credit(order.product, money, -taken)
                if not native:
                    return

    def _credit(self, product: str, money: _Currency, native: int) -> None:
        sums = self.balance.setdefault(product.strip().casefold(), {})
        sums[money] = sums.get(money, 0) + native

    def used(self) -> dict[str, int]:
        """The products of which more was paid than went back, each with the last day of paying."""
        found = {}
        for product, sums in self.balance.items():
            priced = sum(left * factor for (_, factor), left in sums.items() if factor is not None)
            if priced > 0 or any(left > 0 for (_, factor), left in sums.items() if factor is None):
                found[product] = self.last[product]
        return found


def bought(account: Account, day: date, scale: Scale) -> Bought:
    """What a client bought until the end of that day."""
    until = day.toordinal()
    rows = [row for row in account.payments if row[0] <= until]
    has_refunds = any(row[1] < 0 for row in rows)
    # Of one day what came in stands before what went back.
    rows.sort(key=_by_day if has_refunds else _day)
    books = _Books(account, scale, has_refunds=has_refunds)
    for row in rows:
        books.take(row)
    orders = books.orders
    if has_refunds:
        orders = [order for order in orders if order.stands]
        used = books.used()
    else:
        used = books.last
    if books.by_deal:
        days = sorted(on for order in orders for on in order.paid)
    else:
        days = [order.day for order in orders]
    _name_kinds(orders)
    return Bought(orders, days, books.flows, used, books.is_priced)


_day = itemgetter(0)


def _by_day(row: PaidRow) -> tuple[int, bool]:
    return row[0], row[1] < 0


def _name_kinds(orders: Iterable[Order]) -> None:
    """The first is primary; the first of a product that was not bought before opens a new direction."""
    known: set[str] = set()
    for number, order in enumerate(orders):
        product = (order.product or "").strip().casefold()
        is_new = bool(product) and product not in known
        order.kind = Kind.PRIMARY if number == 0 else Kind.NEW_DIRECTION if is_new else Kind.REPEAT
        known.add(product)
