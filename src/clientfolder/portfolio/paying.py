"""What a payment says besides its amount: the deal that it is an instalment of, its currency, its product; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.portfolio.money import Prices, Scale, divided
from clientfolder.tuples import NamedTuple


def same(one: str | None, other: str | None) -> bool:
    """Whether two names of products, deals or reasons are one: without regard to case."""
    return one is not None and other is not None and one.strip().casefold() == other.strip().casefold()


# Deals and their instalments -----------------------------------------------------------------------------


class Instalments(NamedTuple):
    """What was paid of a deal and what is left of it, in its own currency; None where no rate or amount tells it."""

    deal: Deal
    paid: Amount | None
    left: Amount | None

    @property
    def is_short(self) -> bool:
        """Whether the payments do not reach the amount."""
        return self.left is not None and self.left.digits > 0


def instalments(deal: Deal, payments: Iterable[Payment], prices: Prices) -> Instalments:
    """What was paid of a deal: by the rates where that was in other currencies."""
    of_deal = [one for one in payments if one.amount is not None and same(one.deal, deal.name)]
    code = prices.code(deal.currency)
    codes = [prices.code(one.currency) for one in of_deal]
    one_for_all = Prices(code) if all(other == code for other in codes) else prices
    amounts = [deal.amount, *(one.amount for one in of_deal)]
    scale = one_for_all.scale(amount.places for amount in amounts if amount)
    units = [scale.units(one.amount, other) for one, other in zip(of_deal, codes, strict=True)]
    if None in units or scale.weight(code) is None:
        return Instalments(deal, None, None)
    paid = sum(unit for unit in units if unit is not None)
    whole = scale.units(deal.amount, code)
    left = None if whole is None else _in_currency(max(0, whole - paid), code, scale)
    return Instalments(deal, _in_currency(paid, code, scale), left)


def _in_currency(units: int, code: str | None, scale: Scale) -> Amount:
    """A sum in another currency than that of the settings: exact where the rate is 1, else to hundredths."""
    rate = scale.prices.rate(code)
    assert rate is not None
    if rate == Amount(1):
        return Amount.of(units, scale.places)
    return Amount.of(divided(units * 10 ** (rate.places + 2), rate.digits * 10**scale.places), 2)


def deal_named(deals: Sequence[Deal], name: str, day: date) -> Deal | None:
    """The deal of that name: an open one before a closed one, a later one before an earlier."""
    found = [deal for deal in reversed(deals) if same(deal.name, name)]
    return next((deal for deal in found if deal.is_open_on(day)), found[0] if found else None)


def deal_of_product(dossier: Dossier, product: str, day: date, prices: Prices) -> Deal | None:
    """The deal that a payment for a product belongs to.

    The only open one that sells it, else the newest won one of it whose payments do not reach its amount.
    """
    of_product = [deal for deal in dossier.deals if same(deal.what, product)]
    open_ = [deal for deal in of_product if deal.is_open_on(day)]
    if len(open_) == 1:
        return open_[0]
    won = [deal for deal in of_product if deal.is_won_on(day)]
    by_day = sorted(won, key=lambda deal: deal.won or date.min, reverse=True)
    return next((deal for deal in by_day if instalments(deal, dossier.payments, prices).is_short), None)


# Currencies and products ---------------------------------------------------------------------------------


class NamedCurrency(NamedTuple):
    """A currency, and whether it is only that of the last payment or deal, which nobody named."""

    code: str | None
    as_last_time: bool = False


def usual_currency(dossier: Dossier, deal: Deal | None, prices: Prices) -> NamedCurrency:
    """The currency of an amount of which nobody says one: of the deal, of the client's last money, of the settings."""
    if deal is not None:
        return NamedCurrency(prices.code(deal.currency))
    dated = [(one.on, place, one.currency) for place, one in enumerate(dossier.payments)]
    dated += [(on, place, deal.currency) for place, deal in enumerate(dossier.deals) if (on := deal.newest_day)]
    if not dated:
        return NamedCurrency(prices.currency)
    _, _, currency = max(dated, key=lambda one: one[:2])
    return NamedCurrency(prices.code(currency), as_last_time=True)


def currencies_of(dossier: Dossier, prices: Prices) -> set[str]:
    """The currencies that a client has used."""
    used = [one.currency for one in dossier.payments] + [deal.currency for deal in dossier.deals]
    return {code for one in used if (code := prices.code(one))}


def near_name(name: str, known: Iterable[str]) -> str | None:
    """A known name that is one letter from this one, where it is none of them itself."""
    folded = name.strip().casefold()
    others = {one.strip().casefold(): one for one in known}
    if folded in others:
        return None
    return next((others[other] for other in sorted(others) if is_one_letter_off(folded, other)), None)


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or changed with its neighbour makes one of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long or len(short) < 3:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )
