"""What the rules need of a client: what was paid, the deals, and the days on which they were spoken with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.portfolio.money import Prices, Scale
from clientfolder.text import sort_key
from clientfolder.tuples import NamedTuple


class PaidFor(NamedTuple):
    """What a payment says besides day and digits: the places of its amount, the currency, the product, the deal.

    A folder has a hundred thousand payments and few of these, so whatever follows from one is told once.
    """

    places: int
    currency: str | None
    product: str | None
    deal: str | None


class Paid(NamedTuple):
    """The payments of a client in columns of equal length: days as ordinals, digits of the amount, and the rest.

    By day; of one day what came in stands before what went back.
    """

    days: Sequence[int] = ()
    digits: Sequence[int] = ()
    what: Sequence[PaidFor] = ()

    @classmethod
    def of(cls, payments: Iterable[Payment]) -> Paid:
        """Those of the payments that can be counted."""
        rows = [
            (one.on.toordinal(), one.amount.digits, PaidFor(one.amount.places, one.currency, one.product, one.deal))
            for one in payments
            if one.amount is not None
        ]
        rows.sort(key=lambda row: (row[0], row[1] < 0))
        return cls(*map(list, zip(*rows, strict=True))) if rows else cls()

    def payments(self) -> Iterator[Payment]:
        """Each of them as it stands in the dossier, without what nobody counts."""
        for on, digits, (places, currency, product, deal) in zip(self.days, self.digits, self.what, strict=True):
            yield Payment(date.fromordinal(on), Amount(digits, places), currency, product, deal)


class Account(NamedTuple):
    """One client's money; `contacts` are ordinals, ascending.

    `odd`: how many payments have an amount that cannot be counted.
    """

    client: str
    name: str
    tags: Sequence[str] = ()
    sent_by: str | None = None
    paid: Paid = Paid()
    deals: Sequence[Deal] = ()
    contacts: Sequence[int] = ()
    rhythm: str | None = None
    next_on: str | None = None
    odd: int = 0

    @classmethod
    def of(cls, dossier: Dossier) -> Account:
        """The account of a dossier; one that rests has no next contact."""
        on = dossier.next.on if dossier.next and dossier.resting is None else None
        paid = Paid.of(dossier.payments)
        return cls(
            dossier.client,
            dossier.name,
            dossier.tags,
            dossier.sent_by,
            paid,
            dossier.deals,
            sorted({entry.day.toordinal() for entry in dossier.log if is_talk(entry)}),
            dossier.rhythm,
            None if on is None else str(on),
            len(dossier.payments) - len(paid.days),
        )

    @property
    def sorted_by(self) -> tuple[str, str]:
        """By name, as `text.sort_key` has it; the short name settles a tie."""
        return sort_key(self.name), self.client


def first_segment(tags: Iterable[str], segments: Iterable[str]) -> str | None:
    """The first of the tags that is a segment, as the settings spell it."""
    known = {name.casefold(): name for name in segments}
    return next((known[tag.casefold()] for tag in tags if tag.casefold() in known), None)


def is_talk(entry: Any) -> bool:
    """Whether somebody was spoken with: a question that came in is none."""
    return bool(entry.is_contact) and entry.kind != "question"


def scale_of(accounts: Iterable[Account], prices: Prices) -> Scale:
    """The unit that holds every sum of these accounts, of payments as of deals."""
    those = [*accounts]
    places = {one.places for one in set[PaidFor]().union(*(account.paid.what for account in those))}
    places |= {deal.amount.places for account in those for deal in account.deals if deal.amount}
    return prices.scale(places)
