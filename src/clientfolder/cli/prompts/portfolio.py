"""The portfolio of a folder as the pages of money need it, gathered from what a session has at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from clientfolder.cli.session import Session
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dates.vocabulary import Refusal
from clientfolder.errors import PhraseRefused, Trouble, Warned
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.classes import LEAST_CLIENTS
from clientfolder.portfolio.folder import Portfolio
from clientfolder.portfolio.spans import Days
from clientfolder.portfolio.worth import LEAST_SECONDS, Worth, fitting_period
from clientfolder.text import counted
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.portfolio.period import AskedPeriod
    from clientfolder.review.weekly import BroughtUp


class Read(NamedTuple):
    """All accounts; what could not be read, and whose payments have amounts that cannot be counted."""

    portfolio: Portfolio
    unreadable: tuple[Trouble, ...]
    odd: tuple[Account, ...]


def read_portfolio(session: Session) -> Read:
    """The accounts of all clients, resting ones too."""
    contents = session.everything()
    found, unreadable = session.binder.accounts(contents.covers.contacts.clients, contents.marks())
    accounts = list(found.values())
    by_file = {trouble.file: trouble for trouble in (*contents.unreadable, *unreadable)}
    odd = tuple(account for account in accounts if account.odd)
    return Read(Portfolio(accounts, session.workspace.settings), tuple(by_file.values()), odd)


def warn_of_no_rate(session: Session, unpriced: Mapping[str, int]) -> None:
    """What is in no sum, for want of a rate, by currency."""
    for code, count in unpriced.items():
        warned = Warned("no_rate", f"{counted(count, 'amount')} in {code} left out: no rate in clientfolder.toml")
        session.warnings += [warned] if warned not in session.warnings else []


def brought_up(session: Session) -> tuple[list[BroughtUp], list[BroughtUp], list[BroughtUp]]:
    """Living clients whose deals are slow, whose second order is due, and whose won deals are not paid."""
    from clientfolder.cli.output.terminal import one_line
    from clientfolder.portfolio.funnel import funnel
    from clientfolder.portfolio.standing import short_deals
    from clientfolder.portfolio.worth import worth
    from clientfolder.review.weekly import BroughtUp

    portfolio, day = read_portfolio(session).portfolio, session.day
    resting = {*session.contents.covers.where_due(lambda due: due.resting).clients}
    slow = [(one.account, f"{one_line(one.deal.name)} {one.days} d") for one in funnel(portfolio, day).open if one.slow]
    due = [
        (one.account, f"{one.days} d")
        for one in worth(portfolio, day, rhythm_in_force(session)).clients
        if one.second_due
    ]
    short = [
        (account, f"{one_line(one.deal.name)} {one.left} {portfolio.prices.code(one.deal.currency) or ''}".rstrip())
        for account in portfolio.accounts
        for one in short_deals(account, portfolio.prices, day)
    ]

    def living(those: Iterable[tuple[Account, str]]) -> list[BroughtUp]:
        return [BroughtUp(one.client, one.name, what) for one, what in those if one.client not in resting]

    return living(slow), living(due), living(short)


def warn_of_too_little(session: Session, found: Worth) -> None:
    """Letters, and the time to a second order, that too few clients tell; nothing where nobody has paid."""
    if not found.clients:
        return
    told = {
        "abc": f"No letters yet: {found.paying} of the {LEAST_CLIENTS} clients that it takes have paid",
        "second": f"No second order is due yet: {found.seconds} of the {LEAST_SECONDS} clients that it takes came back",
    }
    session.warnings += [Warned("too_little", told[what]) for what in found.too_little]


def warn_of_period(session: Session, gap: int | None) -> None:
    """The period that would fit, where clients come again later than the one that is set is long."""
    if fit := fitting_period(gap, session.workspace.settings.months):
        session.warnings.append(
            Warned("period", f'Half come again within {gap} days; what would fit: cf settings period="{fit}"')
        )


def rhythm_in_force(session: Session) -> Callable[[Account], tuple[str | None, Rhythm | None]]:
    """Of each client the rhythm in force, in words and read: its own, else that of the settings."""
    from clientfolder.dates import rhythm

    settings = session.workspace.settings
    # Ten thousand clients have a handful of rhythms, and of different tags.
    parsed, of_tags = cache(rhythm.parse), cache(settings.every_words)

    def told(account: Account) -> tuple[str | None, Rhythm | None]:
        if account.rhythm and (own := parsed(account.rhythm)):
            return account.rhythm, own
        words = of_tags(tuple(account.tags))
        return words, parsed(words) if words else None

    return told


def asked_period(session: Session, phrase: str) -> AskedPeriod:
    """The period that was named. Raises PhraseRefused."""
    from clientfolder.portfolio.period import of_days, of_months, read_asked
    from clientfolder.review.period import read_period

    settings = session.workspace.settings
    try:
        found = read_asked(phrase, session.day, settings.months)
    except Refusal as no:
        raise PhraseRefused(f"{phrase} {no}") from None
    if found is not None:
        return found
    looked = read_period(phrase, session.day, settings.day_first)
    if looked.span == "month":
        from clientfolder.dates.calendar import Month

        return of_months(Month.of(looked.first), 1, session.day)
    from datetime import timedelta

    last = looked.first + timedelta(days=6) if looked.span == "week" else looked.last
    asked = of_days(looked.first, last, session.day)
    return asked._replace(days=Days(looked.first, min(last, session.day)))
