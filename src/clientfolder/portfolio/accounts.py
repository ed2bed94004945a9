"""What the rules need of a client: what was paid, the deals, and the days on which they were spoken with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clientfolder.dossier.sales import Deal
from clientfolder.dossier.types import Dossier
from clientfolder.portfolio.money import Prices, Scale
from clientfolder.text import sort_key
from clientfolder.tuples import NamedTuple

# Day as an ordinal, digits (None: not counted) and places of the amount, currency, product, deal.
PaidRow = Sequence[Any]


class Account(NamedTuple):
    """One client's money. `payments` are rows of plain values, for there may be many; `contacts` are ordinals.

    `odd`: how many payments have an amount that cannot be counted.
    """

    client: str
    name: str
    tags: Sequence[str] = ()
    sent_by: str | None = None
    payments: Sequence[PaidRow] = ()
    deals: Sequence[Deal] = ()
    contacts: Sequence[int] = ()
    rhythm: str | None = None
    next_on: str | None = None
    odd: int = 0

    @classmethod
    def of(cls, dossier: Dossier) -> Account:
        """The account of a dossier; one that rests has no next contact."""
        on = dossier.next.on if dossier.next and dossier.resting is None else None
        counted = [one for one in dossier.payments if one.amount is not None]
        return cls(
            dossier.client,
            dossier.name,
            dossier.tags,
            dossier.sent_by,
            [
                (one.on.toordinal(), one.amount.digits, one.amount.places, one.currency, one.product, one.deal)
                for one in counted
                if one.amount is not None
            ],
            dossier.deals,
            sorted({entry.day.toordinal() for entry in dossier.log if is_talk(entry)}),
            dossier.rhythm,
            None if on is None else str(on),
            len(dossier.payments) - len(counted),
        )

    @property
    def sorted_by(self) -> tuple[str, str]:
        """By name, as `text.sort_key` has it; the short name settles a tie."""
        return sort_key(self.name), self.client

    def segment(self, segments: Mapping[str, Any]) -> str | None:
        """The first of the tags that is a segment, as the settings spell it."""
        known = {name.casefold(): name for name in segments}
        return next((known[tag.casefold()] for tag in self.tags if tag.casefold() in known), None)


def is_talk(entry: Any) -> bool:
    """Whether somebody was spoken with: a question that came in is none."""
    return bool(entry.is_contact) and entry.kind != "question"


def scale_of(accounts: Iterable[Account], prices: Prices) -> Scale:
    """The unit that holds every sum of these accounts, of payments as of deals."""
    places = {row[2] for account in accounts for row in account.payments}
    places |= {deal.amount.places for account in accounts for deal in account.deals if deal.amount}
    return prices.scale(places)
