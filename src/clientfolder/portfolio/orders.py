"""What was bought in one go (rule R4): orders, what refunds take from them, and of which kind each is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise

from clientfolder.portfolio.accounts import Account, PaidFor
from clientfolder.portfolio.money import Scale, power
from clientfolder.tuples import NamedTuple

# A currency and its rate as a whole number, None where that is missing.
_Currency = tuple[str | None, int | None]


class Kind(Enum):
    """What an order is to a client: the first one, the first of another product, or one more."""

    PRIMARY = "primary"
    REPEAT = "repeat"
    NEW_DIRECTION = "new_direction"


class Counted(NamedTuple):
    """How payments for the same are counted: by what their digits are multiplied, and what they are told by.

    `native`: for whole units of their own currency, `factor`: for those of the scale, 0 where there is no rate.
    `product` and `deal` are folded.
    """

    money: _Currency
    native: int
    factor: int
    product: str | None
    deal: str | None


class Counting(dict[PaidFor, Counted]):
    """How whatever is paid for counts on one scale, told once for all payments for the same.

    `special`: what was met that is an instalment of a deal, or has no rate.
    """

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self.scale = scale
        self.special: set[PaidFor] = set()

    def __missing__(self, paid: PaidFor) -> Counted:
        weight = self.scale.weight(paid.currency)
        native = power(self.scale.amount_places - paid.places)
        deal = folded(paid.deal)
        self[paid] = found = Counted(
            money=(self.scale.prices.code(paid.currency), weight),
            native=native,
            factor=native * (weight or 0),
            product=folded(paid.product),
            deal=deal,
        )
        if weight is None or deal is not None:
            self.special.add(paid)
        return found


def folded(name: str | None) -> str | None:
    """A product or a deal as it is compared; None for none."""
    return (name.strip().casefold() or None) if name else None


class Bought(NamedTuple):
    """What a client bought until a day: all the money, and the orders that stand. Days are ordinals, ascending.

    Of the money there are days, whole units of the scale (0 without a rate), and the number of the order that each is
    paid for; a refund has none, nor has what was paid for an order with nothing left. Of the orders there are the days
    and the products; `days` are those of the payments for them, `on_balance` the products of which more was paid than
    went back, each with the last day on which it was paid for; None where all are. `unpriced`: day and currency of each
    payment that has no rate.
    """

    flow_days: Sequence[int] = ()
    flow_units: Sequence[int] = ()
    flow_orders: Sequence[int | None] = ()
    orders: Sequence[int] = ()
    products: Sequence[str | None] = ()
    days: Sequence[int] = ()
    on_balance: Mapping[str, int] | None = None
    unpriced: Sequence[tuple[int, str]] = ()

    @property
    def used(self) -> Mapping[str, int]:
        """The products paid for on balance, each with the last day on which it was paid for."""
        if self.on_balance is not None:
            return self.on_balance
        found = dict(zip(self.products, self.days, strict=True))
        found.pop(None, None)
        return found  # type: ignore[return-value]

    def turnover(self, first: int, last: int) -> int:
        """The sum of those days, refunds off; what has no rate is left out."""
        on = self.flow_days
        return sum(self.flow_units[bisect_left(on, first) : bisect_right(on, last)])

    def sums(self, starts: Sequence[int]) -> list[int]:
        """The turnover from each of these days until the next one begins."""
        on, units = self.flow_days, self.flow_units
        at = [bisect_left(on, start) for start in starts]
        return [sum(units[first:end]) for first, end in pairwise(at)]

    def unpriced_in(self, first: int, last: int) -> list[str]:
        """The currencies of those days that have no rate, one for each payment."""
        return [code for on, code in self.unpriced if first <= on <= last]

    def kinds(self) -> list[Kind]:
        """Of each order: the first is primary; the first of a product not bought before opens a new direction."""
        known: set[str | None] = {None}
        found: list[Kind] = []
        for product in self.products:
            found.append(Kind.PRIMARY if not found else Kind.REPEAT if product in known else Kind.NEW_DIRECTION)
            known.add(product)
        return found


NOTHING_BOUGHT = Bought()


def bought(account: Account, day: date, counting: Counting) -> Bought:
    """What a client bought until the end of that day."""
    days, digits, what = account.paid
    if (count := bisect_right(days, day.toordinal())) < len(days):
        days, digits, what = days[:count], digits[:count], what[:count]
    if not days:
        return NOTHING_BOUGHT
    counted = [counting[one] for one in what]
    units = [number * one.factor for number, one in zip(digits, counted, strict=True)]
    if min(digits) < 0:
        return _Books(account).sorted_out(days, digits, units, counted)
    if counting.special and not counting.special.isdisjoint(what):
        return _in_instalments(account, days, units, counted)
    # Each payment is an order, as with most clients: ten of them take 5 µs so, and 8 µs as instalments.
    return Bought(days, units, range(count), days, [one.product for one in counted], days)


def _what_is_sold(account: Account) -> dict[str | None, str | None]:
    """What each deal of a client sells, by its name; folded."""
    return {folded(deal.name): folded(deal.what) for deal in account.deals}


def _unpriced(days: Sequence[int], counted: Sequence[Counted]) -> list[tuple[int, str]]:
    return [(on, one.money[0] or "?") for on, one in zip(days, counted, strict=True) if one.money[1] is None]


# Instalments ----------------------------------------------------------------------------------------------


def _in_instalments(account: Account, days: Sequence[int], units: Sequence[int], counted: Sequence[Counted]) -> Bought:
    """What was bought by payments of which none went back: those of one deal are one order."""
    sold = _what_is_sold(account)
    numbers: list[int] = []
    by_deal: dict[str | None, int] = {}
    orders: list[int] = []
    products: list[str | None] = []
    used: dict[str, int] = {}
    for on, one in zip(days, counted, strict=True):
        product = one.product or sold.get(one.deal)
        number = len(orders) if one.deal is None else by_deal.setdefault(one.deal, len(orders))
        if number == len(orders):
            orders.append(on)
            products.append(product)
        products[number] = products[number] or product
        numbers.append(number)
        if product:
            used[product] = on
    return Bought(days, units, numbers, orders, products, days, used, _unpriced(days, counted))


# Refunds --------------------------------------------------------------------------------------------------


class _Order:
    """What was bought in one go; `left` is what no refund took of it, by currency. `paid`: the days of its payments."""

    __slots__ = ("day", "left", "paid", "product")

    def __init__(self, day: int, product: str | None) -> None:
        self.day, self.product = day, product
        self.left: dict[_Currency, int] = {}
        self.paid: list[int] = []


def _is_left(sums: Mapping[_Currency, int]) -> bool:
    """Whether anything is left of sums; several currencies count by their rates, where these are known."""
    if len(sums) == 1:
        return next(iter(sums.values())) > 0
    priced = sum(left * weight for (_, weight), left in sums.items() if weight is not None)
    return priced > 0 or any(left > 0 for (_, weight), left in sums.items() if weight is None)


class _Books:
    """Orders in the making, payment by payment, where something went back."""

    def __init__(self, account: Account) -> None:
        self.sold = _what_is_sold(account)
        self.by_deal: dict[str | None, _Order] = {}
        self.orders: list[_Order] = []
        self.balance: dict[str, dict[_Currency, int]] = {}
        self.last: dict[str, int] = {}

    def sorted_out(
        self, days: Sequence[int], digits: Sequence[int], units: Sequence[int], counted: Sequence[Counted]
    ) -> Bought:
        """What these payments bought; of one day what came in stands before what went back."""
        of_flows = list(map(self._take, days, digits, counted))
        orders = [order for order in self.orders if _is_left(order.left)]
        numbers: dict[_Order | None, int] = {order: number for number, order in enumerate(orders)}
        return Bought(
            flow_days=days,
            flow_units=units,
            flow_orders=[numbers.get(order) for order in of_flows],
            orders=[order.day for order in orders],
            products=[order.product for order in orders],
            days=sorted(on for order in orders for on in order.paid),
            on_balance={product: self.last[product] for product, sums in self.balance.items() if _is_left(sums)},
            unpriced=_unpriced(days, counted),
        )

    def _take(self, on: int, digits: int, counted: Counted) -> _Order | None:
        """Enter one payment; the order that it is for, if it came in."""
        # In the currency's own unit: a refund finds its order without any rate.
        native, money = digits * counted.native, counted.money
        product = counted.product or self.sold.get(counted.deal)
        if product:
            self._credit(product, money, native)
        if digits < 0:
            self._refund(-native, money, counted.deal, product)
            return None
        order = self.by_deal.get(counted.deal) if counted.deal else None
        if order is None:
            self.orders.append(order := _Order(on, product))
            if counted.deal:
                self.by_deal[counted.deal] = order
        order.product = order.product or product
        order.paid.append(on)
        order.left[money] = order.left.get(money, 0) + native
        if product:
            self.last[product] = on
        return order

    def _refund(self, native: int, money: _Currency, deal: str | None, product: str | None) -> None:
        """Take it from the order of its deal; else from the newest of its product that has something left."""
        if order := self.by_deal.get(deal):
            order.left[money] = order.left.get(money, 0) - native
            return
        for order in sorted(self.orders, key=lambda one: one.day, reverse=True):
            left = order.left.get(money, 0)
            if left > 0 and product in (None, order.product):
                taken = min(left, native)
                order.left[money] = left - taken
                native -= taken
                if product is None and order.product:
                    self._credit(order.product, money, -taken)
                if not native:
                    return

    def _credit(self, product: str, money: _Currency, native: int) -> None:
        sums = self.balance.setdefault(product, {})
        sums[money] = sums.get(money, 0) + native
