"""Makers of accounts and portfolios for the tests of money, and strategies that draw whole folders of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier, Entry
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.folder import Portfolio
from clientfolder.settings import Settings
from drawn import one_of_each

DAY = date(2026, 7, 15)
SETTINGS = Settings(
    currency="EUR",
    rates={"PLN": Amount(23, 2), "CZK": Amount(4, 2)},
    segments={"makers": ("shop", "cards"), "inns": ("menu", "site")},
)


def paid(
    on: str | date, amount: int, product: str | None = None, deal: str | None = None, currency: str | None = None
) -> Payment:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Payment(day, Amount.of(amount), currency, product, deal)


def account(
    client: str, *payments: Payment, deals: tuple[Deal, ...] = (), contacts: tuple[date, ...] = (), **more: Any
) -> Account:
    """An account by way of the dossier, as the program comes by it."""
    log = tuple(Entry(on, "call", "said") for on in contacts)
    records = {"payments": payments, "deals": deals}
    return Account.of(Dossier(client, client.capitalize(), records=records, log=log, **more))


def portfolio(*accounts: Account, settings: Settings = SETTINGS) -> Portfolio:
    return Portfolio(accounts, settings)


# Whole folders -----------------------------------------------------------------------------------------------

DAYS = st.sampled_from([DAY + timedelta(days=count) for count in sorted(range(-900, 61), key=abs)])
PRODUCTS = [None, "shop", "Shop", "cards", "menu", "logo"]
# As many that are given back as that are paid.
AMOUNTS = [*map(Amount.of, [50, 100, 100, 150, 200, 999, *2 * [-50, -100, -200]])]
PAYMENTS = st.tuples(
    DAYS,
    one_of_each(
        AMOUNTS, [None, None, None, "PLN", "CHF"], PRODUCTS, [None, None, None, "site", "spring"]
    ),
).map(lambda said: Payment(said[0], *said[1]))  # fmt: skip
STEPS = st.dictionaries(st.sampled_from(["presentation", "offer", "contract", "work", "unheard-of"]), DAYS, max_size=4)
DEALS = st.tuples(
    st.sampled_from(["site", "spring"]), st.sampled_from(PRODUCTS), st.none() | st.integers(1, 500).map(Amount.of), st.none(),
    STEPS, st.none() | DAYS, st.none() | DAYS, st.sampled_from([None, "too dear", "Too Dear", "no need"]),
).map(lambda said: Deal(*said))  # fmt: skip
SEVERAL_PAYMENTS, SEVERAL_DEALS = (
    st.lists(PAYMENTS, max_size=6),
    st.lists(DEALS, max_size=2, unique_by=lambda deal: deal.name),
)
CONTACTS = st.lists(DAYS, max_size=2)
TAGS_AND_SENDERS = one_of_each([(), ("makers",), ("vip", "inns"), ("MAKERS",)], [None, "c0", "fair"])


@st.composite
def folders(draw: st.DrawFn, most: int = 8) -> list[Account]:
    """The accounts of a folder."""
    found = []
    for number in range(draw(st.integers(1, most))):
        payments, deals, contacts = draw(SEVERAL_PAYMENTS), draw(SEVERAL_DEALS), draw(CONTACTS)
        tags, sender = draw(TAGS_AND_SENDERS)
        found.append(
            account(f"c{number}", *payments, deals=tuple(deals), contacts=tuple(contacts), tags=tags, sent_by=sender)
        )
    return found
