"""A check of oneself: how far the figures about one's clients carry, in twelve lines, good of all; rule R17 of care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from clientfolder.dates.calendar import ONE_DAY, back
from clientfolder.dossier.concerns import Clock, Concerns, State
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.tuples import NamedTuple

YEAR = 12
# A line is good from so many in ten.
GOOD_IN_TEN = 9
ROWS = (
    "contacts", "next", "products", "segments", "offers", "deals", "refusals", "sales", "complaints", "answers",
    "satisfaction", "attraction",
)  # fmt: skip


class CheckupRow(NamedTuple):
    """One line: how many of how many are as they should be."""

    row: str
    good: int
    of: int

    @property
    def mark(self) -> str:
        """`+` from nine in ten; `-` for none, and where there is nothing to count."""
        if not self.good:
            return "-"
        return "+" if self.good * 10 >= self.of * GOOD_IN_TEN else "+/-"


class Checkup(NamedTuple):
    """The lines on a day; what is counted by time is counted from `first` on."""

    day: date
    first: date
    rows: tuple[CheckupRow, ...]


class KeptOfClient(NamedTuple):
    """What is looked at of a client; `said` until the day of the check, all else whole. `met`: the days of contacts."""

    tags: Sequence[str]
    sent_by: str | None
    has_next: bool
    is_resting: bool
    payments: Sequence[Payment]
    deals: Sequence[Deal]
    met: Sequence[date]
    said: Concerns


def checkup(
    clients: Iterable[KeptOfClient], clock: Clock, months: int, segments: Mapping[str, Sequence[str]]
) -> Checkup:
    """How far the figures carry. `months`: how many a period has; `segments`: the products meant for each."""
    day = clock.day
    before = back(day, months * max(4, YEAR // months))
    looked_at = [_Client(kept, before, day, segments) for kept in clients]
    counted: dict[str, Callable[[_Client], Iterable[bool]]] = {
        "contacts": lambda one: [one.was_met] if one.paid else [],
        "next": lambda one: [one.kept.has_next] if not one.kept.is_resting else [],
        "products": lambda one: (bool(one.product_of(payment)) for payment in one.paid),
        "segments": lambda one: [one.segment is not None] if one.bought else [],
        "offers": lambda one: (product in one.offered for product in one.lacked) if one.bought else [],
        "deals": lambda one: (one.has_date for _ in one.open_deals),
        "refusals": lambda one: (bool(deal.why and deal.steps) for deal in one.lost),
        "sales": lambda one: (one.is_paid(deal) for deal in one.won),
        "complaints": lambda one: one.complaints_closed(),
        "answers": lambda one: one.answered_in_time(clock),
        "satisfaction": lambda one: [one.was_rated] if one.paid else [],
        "attraction": lambda one: [one.kept.sent_by is not None] if one.is_new else [],
    }
    rows = []
    for row in ROWS:
        said = [is_good for one in looked_at for is_good in counted[row](one)]
        rows.append(CheckupRow(row, sum(said), len(said)))
    return Checkup(day, before + ONE_DAY, tuple(rows))


class _Client:
    """What is looked at of one client: after the day `before`, until the end of `day`."""

    def __init__(self, kept: KeptOfClient, before: date, day: date, segments: Mapping[str, Sequence[str]]) -> None:
        self.kept, self._before, self._day = kept, before, day
        self._came = [one for one in kept.payments if one.on <= day and one.amount and one.amount.digits > 0]
        self.paid = [payment for payment in self._came if self._is_in(payment.on)]
        self.won = [deal for deal in kept.deals if _is_won(deal, day) and self._is_in(deal.won)]
        self.lost = [deal for deal in kept.deals if self._is_in(deal.lost) and not _is_won(deal, day)]
        self.open_deals = [deal for deal in kept.deals if deal.is_open_on(day) and self._has_begun(deal)]
        by_name = {name.casefold(): name for name in segments}
        self.segment = next((by_name[tag.casefold()] for tag in kept.tags if tag.casefold() in by_name), None)
        used = self._paid_for()
        used |= {deal.what.casefold() for deal in kept.deals if _is_won(deal, day)}
        meant = [product.casefold() for product in segments[self.segment]] if self.segment is not None else []
        self.lacked = [product for product in meant if product not in used]
        self.offered = {deal.what.casefold() for deal in kept.deals if self._has_begun(deal)}

    def _is_in(self, on: date | None) -> bool:
        return on is not None and self._before < on <= self._day

    def _has_begun(self, deal: Deal) -> bool:
        """Whether it was there on that day: any of its days has come, or it has none at all."""
        days = [*(on for on in deal.steps.values() if type(on) is date), deal.won, deal.lost]
        known = [on for on in days if on is not None]
        return not known or min(known) <= self._day

    @property
    def bought(self) -> bool:
        """Whether they ever bought anything."""
        return bool(self._came) or any(_is_won(deal, self._day) for deal in self.kept.deals)

    @property
    def has_date(self) -> bool:
        return self.kept.has_next and not self.kept.is_resting

    @property
    def was_met(self) -> bool:
        return any(map(self._is_in, self.kept.met))

    @property
    def was_rated(self) -> bool:
        since = back(self._day, YEAR)
        return any(entry.day > since for entry in self.kept.said.ratings)

    @property
    def is_new(self) -> bool:
        """Whether their first payment ever came in the span."""
        return bool(self._came) and self._is_in(min(payment.on for payment in self._came))

    def _paid_for(self) -> set[str]:
        """The products of which more was paid than went back, in small letters (R10)."""
        left: defaultdict[tuple[str, str | None], Fraction] = defaultdict(Fraction)
        for payment in self.kept.payments:
            if payment.on <= self._day and payment.amount and (product := self.product_of(payment)):
                left[product.casefold(), payment.currency] += Fraction(payment.amount.digits, 10**payment.amount.places)
        return {product for (product, _), sum_ in left.items() if sum_ > 0}

    def product_of(self, payment: Payment) -> str | None:
        """What a payment was for: as it says, else what its deal sells."""
        deals = (deal for deal in self.kept.deals if payment.deal and _same(deal.name, payment.deal))
        return payment.product or next((deal.what for deal in deals), None)

    def is_paid(self, deal: Deal) -> bool:
        return any(payment.deal is not None and _same(payment.deal, deal.name) for payment in self._came)

    def complaints_closed(self) -> Iterable[bool]:
        """Of each complaint of the span whether it is done with."""
        of_span = (one for one in self.kept.said.complaints if self._is_in(one.entry.day))
        return (one.state_on(self._day) is State.CLOSED for one in of_span)

    def answered_in_time(self, clock: Clock) -> Iterable[bool]:
        """Of each question of the span whether it was answered in time."""
        return (clock.is_in_time(one) for one in self.kept.said.inquiries if self._is_in(one.entry.day))


def _is_won(deal: Deal, day: date) -> bool:
    """Whether it was won until the end of that day: of won and lost the later holds, on one day won."""
    if deal.won is None or deal.won > day:
        return False
    return deal.lost is None or deal.lost > day or deal.lost <= deal.won


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
