"""Money in one currency, as whole numbers of a unit so small that nothing is rounded until it is shown.

Rule R3 of what a client is worth: another currency counts at its rate; without one it is a fact, and in no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientfolder.dossier.amounts import Amount
from clientfolder.tuples import NamedTuple

LEAST_PLACES = 2


class Prices(NamedTuple):
    """What currencies are worth in the one of the settings; a rate is what one unit of another is worth in it."""

    currency: str | None = None
    rates: Mapping[str, Amount] = {}

    def code(self, currency: str | None) -> str | None:
        """A currency as it is compared: in capitals; that of the settings where none is named."""
        return currency.strip().upper() if currency and currency.strip() else self.currency

    def rate(self, currency: str | None) -> Amount | None:
        """What one unit of it is worth; None where that is not known."""
        code = self.code(currency)
        return Amount(1) if code == self.currency else self.rates.get(code or "")

    def is_known(self, currency: str) -> bool:
        """Whether the settings name it."""
        return self.code(currency) == self.currency or self.code(currency) in self.rates

    def scale(self, places: Iterable[int] = ()) -> Scale:
        """The unit that holds every sum of amounts with so many places at any of the rates."""
        return Scale(self, max([LEAST_PLACES, *places]), max([0, *(rate.places for rate in self.rates.values())]))


class Scale(NamedTuple):
    """Sums as whole numbers of 10 ** -`places` of the currency of the settings.

    An amount in its own currency is one of 10 ** -`amount_places`, and a rate one of 10 ** -`rate_places`.
    """

    prices: Prices
    amount_places: int
    rate_places: int

    @property
    def places(self) -> int:
        return self.amount_places + self.rate_places

    def weight(self, currency: str | None) -> int | None:
        """The rate as a whole number; None where there is none."""
        rate = self.prices.rate(currency)
        return None if rate is None else rate.digits * power(self.rate_places - rate.places)

    def units(self, amount: Amount | None, currency: str | None) -> int | None:
        """The amount as a whole number; None for none, and without a rate."""
        weight = self.weight(currency)
        if amount is None or weight is None:
            return None
        return amount.digits * power(self.amount_places - amount.places) * weight

    def shown(self, units: int, decimals: int = 2) -> float | int:
        """The sum as scripts are told it."""
        return plain(self.rounded(units, decimals), decimals)

    def rounded(self, units: int, decimals: int) -> int:
        """The sum in 10 ** -`decimals`, half away from zero."""
        return divided(units, 10 ** (self.places - decimals))


def power(places: int) -> int:
    """10 ** `places`, which is not negative."""
    return int(10**places)


def divided(number: int, by: int) -> int:
    """A quotient as a whole number, half away from zero; `by` is above 0."""
    nearest = (2 * abs(number) + by) // (2 * by)
    return nearest if number >= 0 else -nearest


def percent(part: int, whole: int) -> float | int | None:
    """A share in percent to one decimal, half away from zero; None of nothing."""
    if whole <= 0:
        return None
    return plain(divided(part * 1000, whole), 1)


def plain(digits: int, places: int) -> float | int:
    """A rounded number as scripts are told it."""
    whole, rest = divmod(digits, 10**places)
    return whole if not rest else float(f"{digits}e-{places}")
