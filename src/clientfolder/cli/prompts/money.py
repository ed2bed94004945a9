"""Amounts, currencies, deals and products as they are typed, and what is asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.session import Session
from clientfolder.dossier import purchases
from clientfolder.dossier.amounts import Amount, NoAmount, read_amount, words_of_amount
from clientfolder.dossier.sales import Deal
from clientfolder.dossier.types import Dossier
from clientfolder.errors import Ambiguous, Misused, Refused, Warned
from clientfolder.portfolio import paying
from clientfolder.portfolio.money import Prices
from clientfolder.tuples import NamedTuple


def prices_of(session: Session) -> Prices:
    """What the settings say of currencies."""
    settings = session.workspace.settings
    return Prices(settings.currency, settings.rates)


class Sum(NamedTuple):
    """An amount with the currency that was typed behind it, and with the words behind that."""

    amount: Amount
    currency: str | None = None
    text: str | None = None


def read_sum(session: Session, words: Sequence[str], dossier: Dossier, prices: Prices, *, behind: str | None) -> Sum:
    """AMOUNT [CURRENCY] [WORDS...]; `behind` says what the words are, if there may be any.

    Raises Misused with the lines that would work.
    """
    count = words_of_amount(tuple(words))
    typed, rest = " ".join(words[:count]), list(words[count:])
    try:
        amount = read_amount(typed)
    except NoAmount as no:
        raise _no_amount(session, typed, no) from None
    currency = None
    if rest and _is_currency(rest[0], dossier, prices):
        currency = rest.pop(0).upper()
    text = " ".join(" ".join(rest).split()) or None
    if text is not None and behind is None:
        raise Misused(f"Behind the amount stands a currency and nothing else; {text} is none")
    if text is not None and not text[0].isalpha():
        raise Misused(f"A {behind} begins with a letter; {text} does not")
    return Sum(amount, currency, text)


def _no_amount(session: Session, typed: str, no: NoAmount) -> Misused:
    if not no.readings:
        return Misused(no.message)
    lines = " or ".join(str(session.line.with_word(typed, reading)) for reading in no.readings)
    return Misused(f"{no.message}. Say which: {lines}")


def _is_currency(word: str, dossier: Dossier, prices: Prices) -> bool:
    if re.fullmatch(r"[A-Z]{3}", word):
        return True
    is_code = re.fullmatch(r"[A-Za-z]{3}", word) is not None
    return is_code and (prices.is_known(word) or word.upper() in paying.currencies_of(dossier, prices))


def chosen_deal(dossier: Dossier, name: str, day: date) -> Deal:
    """The client's deal of that name, or the only one that begins so. Raises Refused and Ambiguous."""
    if deal := paying.deal_named(dossier.deals, name, day):
        return deal
    begin = name.strip().casefold()
    found = [deal for deal in dossier.deals if begin and deal.name.casefold().startswith(begin)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one_line(deal.name) for deal in found or dossier.deals)
    if found:
        raise Ambiguous(f"Several deals begin so: {names}", candidates=tuple(deal.name for deal in found))
    there = f"Theirs are: {names}" if names else f"They have none; a new one: cf deal {dossier.client} {name}"
    raise Refused(f"{dossier.name} has no deal {name}. {there}")


def known_products(session: Session) -> list[str]:
    """Every product that the settings name, that anybody paid for, or that a deal sells."""
    return purchases.known_products(session.workspace.settings.segments, session.contents.covers)


def is_new_product(session: Session, dossier: Dossier, name: str) -> bool:
    """Whether nobody has paid for it or was offered it before; one that is near a known one is warned of.

    What the client has had is not new. That is known without a look at all the others, and mostly it is so.
    """
    own = [*(one.product for one in dossier.payments), *(deal.what for deal in dossier.deals)]
    if any(paying.same(name, one) for one in own):
        return False
    known = known_products(session)
    warn_of_new_name(session, name, known)
    return not any(paying.same(name, one) for one in known)


def warn_of_new_name(session: Session, name: str, known: Iterable[str]) -> None:
    """A product that is one letter from one that is known may be that one, misspelt."""
    if near := paying.near_name(name, known):
        session.warnings.append(Warned("new_name", f"{one_line(name)} is new, and one letter from {one_line(near)}"))
