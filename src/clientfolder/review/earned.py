"""What came in, and which deals were won and lost, in some days; amounts stay in the currency in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.types import Dossier
from clientfolder.review.period import Period
from clientfolder.tuples import NamedTuple


class ClosedDeal(NamedTuple):
    """A deal that was won or lost: whose, how it is named, and why it was lost, where that is told."""

    client: str
    name: str
    deal: str
    why: str | None = None


class Earned(NamedTuple):
    """`paid`: the sums by currency, refunds off, in the order in which money came; None stands for no currency."""

    paid: Mapping[str | None, Amount]
    won: tuple[ClosedDeal, ...] = ()
    lost: tuple[ClosedDeal, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.paid or self.won or self.lost)


NOTHING_EARNED = Earned({})


def earned(dossiers: Iterable[Dossier], period: Period, currency: str | None) -> Earned:
    """What the dossiers tell of the period; `currency` is that of payments that name none."""
    came: list[tuple[date, str | None, Amount]] = []
    won: list[tuple[date, ClosedDeal]] = []
    lost: list[tuple[date, ClosedDeal]] = []
    for dossier in dossiers:
        for one in dossier.payments:
            if one.amount is not None and period.first <= one.on <= period.last:
                code = one.currency.strip().upper() if one.currency and one.currency.strip() else currency
                came.append((one.on, code, one.amount))
        for deal in dossier.deals:
            closed = ClosedDeal(dossier.client, dossier.name, deal.name)
            if deal.is_won_on(period.last) and deal.won and deal.won >= period.first:
                won.append((deal.won, closed))
            elif not deal.is_open_on(period.last) and deal.lost and period.first <= deal.lost <= period.last:
                lost.append((deal.lost, closed._replace(why=deal.why)))
    sums: dict[str | None, Amount] = {}
    for _, code, amount in sorted(came, key=lambda one: one[0]):
        sums[code] = _plus(sums.get(code, Amount(0)), amount)
    return Earned(sums, _by_day(won), _by_day(lost))


def _plus(one: Amount, other: Amount) -> Amount:
    places = max(one.places, other.places)
    digits = (each.digits * int(10 ** (places - each.places)) for each in (one, other))
    return Amount.of(sum(digits), places)


def _by_day(those: Iterable[tuple[date, ClosedDeal]]) -> tuple[ClosedDeal, ...]:
    return tuple(one for _, one in sorted(those, key=lambda one: (one[0], one[1].name.casefold(), one[1].deal)))
