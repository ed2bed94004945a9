"""What clients are worth: `worth`, `period`, `funnel`, `products`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

from clientfolder.cli import options
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.prompts.portfolio import (
    Read,
    asked_period,
    read_portfolio,
    rhythm_in_force,
    warn_of_no_rate,
    warn_of_period,
    warn_of_too_little,
)
from clientfolder.cli.session import Session
from clientfolder.dossier.concerns import State, of_cover, tally
from clientfolder.dossier.signals import CONCERNED
from clientfolder.errors import Misused

Page = Callable[[Window], Iterable[Line]]


def _result(read: Read, data: Callable[[], Mapping[str, Any]], page: Page, is_short: bool) -> Result:
    """The page, and exit 1 where money was left out of it or a dossier could not be read."""
    left_out = is_short or bool(read.unreadable) or bool(read.odd)
    told = frozenset({"no_rate", "too_little", "period"})
    return Result(data, page, exit=1 if left_out else 0, errors=read.unreadable, shown=told)


def worth(
    ctx: Call,
    words: Annotated[
        list[str] | None, Argument(metavar="[CLIENT]...", show_default=False, completes="contacts")
    ] = None,
    apply: Annotated[bool, Option("--apply", help="Give the rhythms that the classes propose.")] = False,
    yes: options.WithoutAsking = False,
) -> Result:
    """What each client is worth: turnover, letters, group, and the rhythm that each deserves."""
    if apply:
        from clientfolder.cli.commands.apply_rhythms import give

        return give(ctx.obj, words or (), yes=yes)
    if yes:
        raise Misused("--yes is for what is written: cf worth --apply --yes")
    from clientfolder.cli.output import money_json
    from clientfolder.cli.pages import worth as pages
    from clientfolder.portfolio import portraits
    from clientfolder.portfolio import worth as rules

    session: Session = ctx.obj
    cover = find_client(session, " ".join(words), no_slip=True) if words else None
    read = read_portfolio(session)
    found = rules.worth(read.portfolio, session.day, rhythm_in_force(session))
    is_short = bool(found.unpriced)
    warn_of_no_rate(session, found.unpriced)
    warn_of_too_little(session, found)
    warn_of_period(session, found.gap)
    if cover is None:
        return _result(
            read, lambda: money_json.worth_json(found),
            lambda window: pages.worth_page(found, read.odd, window), is_short,
        )  # fmt: skip
    one = found.of(cover.client)
    products = portraits.products(read.portfolio, session.day)
    portrait = products.of_client(cover.client)

    def page(window: Window) -> Iterable[Line]:
        if one is None or portrait is None:
            known = (account for account in read.portfolio.accounts if account.client == cover.client)
            has_paid = any(account.paid.days for account in known)
            why = "has paid nothing that did not go back" if has_paid else "has not paid yet"
            return [(Span(f"{one_line(cover.name)} {why}: cf pay {cover.client} AMOUNT PRODUCT"),)]
        return pages.client_worth_page(one, found, portrait, products.cells(portrait), read.odd, window)

    only = found._replace(clients=[one] if one else [])
    return _result(read, lambda: money_json.worth_json(only), page, is_short)


def period(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="[PERIOD]", show_default=False, completes="spans")] = None,
) -> Result:
    """The table of a period: new, again and lost, loyalty, and where clients came from."""
    from clientfolder.cli.output import money_json
    from clientfolder.cli.pages import period as pages
    from clientfolder.portfolio import period as rules
    from clientfolder.portfolio import worth as of_worth

    session: Session = ctx.obj
    asked = asked_period(session, " ".join(words or ()))
    read = read_portfolio(session)
    last = asked.days.last
    heard = session.contents.covers.contacts.signalling(CONCERNED)
    said = {cover.client: of_cover(cover, last) for cover in heard}
    complaining = {client for client, concerns in said.items() if concerns.in_state(State.OPEN, last)}
    found = rules.period(read.portfolio, asked, complaining)
    clock = session.clock if last >= session.day else session.clock._replace(now=last)
    told = tally(said.values(), asked.days.first, last, clock)
    gap = of_worth.usual_gap(read.portfolio.bought(session.day))[0]
    warn_of_no_rate(session, found.unpriced)
    warn_of_period(session, gap)

    def page(window: Window) -> Iterable[Line]:
        months = session.workspace.settings.months
        return pages.period_page(found, told, gap, months, session.day, read.odd, window)

    return _result(read, lambda: money_json.period_json(found, told), page, bool(found.unpriced))


def funnel(ctx: Call) -> Result:
    """Deals by stage: how many went on, how many were refused and why, and what is open."""
    from clientfolder.cli.output import money_json
    from clientfolder.cli.pages import funnel as pages
    from clientfolder.portfolio import funnel as rules

    session: Session = ctx.obj
    read = read_portfolio(session)
    found = rules.funnel(read.portfolio, session.day)
    warn_of_no_rate(session, found.no_rate)
    return _result(
        read, lambda: money_json.funnel_json(found),
        lambda window: pages.funnel_page(found, window), bool(found.no_rate),
    )  # fmt: skip


def products(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="[SEGMENT]", show_default=False, completes="segments")] = None,
) -> Result:
    """What each segment has and lacks; with a segment, client by client."""
    from clientfolder.cli.output import money_json
    from clientfolder.cli.pages import products as pages
    from clientfolder.portfolio import portraits as rules

    session: Session = ctx.obj
    segment = _segment(session, " ".join(words)) if words else None
    read = read_portfolio(session)
    found = rules.products(read.portfolio, session.day)
    if segment is not None:
        found = found.of_segment(segment)

    def page(window: Window) -> Iterable[Line]:
        if segment is not None:
            return pages.segment_page(found, segment, session.day, window)
        return pages.products_page(found, window)

    return _result(read, lambda: money_json.products_json(found), page, False)


def _segment(session: Session, typed: str) -> str:
    """The segment as the settings spell it. Raises Misused."""
    segments = session.workspace.settings.segments
    found = next((name for name in segments if name.casefold() == typed.casefold()), None)
    if found is None:
        there = f"There are: {', '.join(segments)}" if segments else 'None is set: segments = { makers = ["shop"] }'
        raise Misused(f"There is no segment {typed}. {there}")
    return found
