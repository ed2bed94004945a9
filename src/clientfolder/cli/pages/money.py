"""The pages of one client's money: what they paid, and their deals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.cli.output.money_parts import share
from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.output.words import day_of_log, day_short, title
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.portfolio.money import Prices
from clientfolder.portfolio.paying import instalments
from clientfolder.text import counted
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.portfolio.worth import ShareOfTurnover


def payments_page(
    cover: Cover, payments: Sequence[Payment], prices: Prices, day: date, window: Window
) -> Iterator[Line]:
    """The payments, the newest first: day, amount, what for."""
    yield head_line([Span(f" {one_line(title(cover))}", "head")], [Span(f"{len(payments)} paid", "dim")], window)
    if not payments:
        yield EMPTY
        yield (Span(f" Nothing was paid yet. The first: cf pay {cover.client} 2500 shop", "dim"),)
    days = [day_short(one.on, day) for one in payments]
    sums = [_sum(one, prices) for one in payments]
    for on, amount, one in zip(days, sums, payments, strict=True):
        line = f" {on:<{max(map(len, days))}}  {amount:>{max(map(len, sums))}}"
        what = "  ".join(filter(None, [one.product, f"deal {one.deal}" if one.deal else None]))
        yield Span(line), Span(f"  {fitted(what, window.columns - len(line) - 3)}", "dim")


def _sum(payment: Payment, prices: Prices) -> str:
    code = prices.code(payment.currency)
    return " ".join(filter(None, [str(payment.amount) if payment.amount else "?", code]))


def deals_page(
    cover: Cover, dossier: Dossier, deals: Sequence[Deal], prices: Prices, stages: Sequence[str], day: date,
    window: Window,
) -> Iterator[Line]:  # fmt: skip
    """The deals, the newest first: name, where it stands and since when, and what of it is paid."""
    yield head_line([Span(f" {one_line(title(cover))}", "head")], [Span(counted(len(deals), "deal"), "dim")], window)
    if not deals:
        yield EMPTY
        yield (Span(f" No deals yet. The first: cf deal {cover.client} shop 2500", "dim"),)
    columns = max((width(one_line(one.name)) for one in deals), default=0)
    for one in deals:
        name = padded(fitted(one.name, 30), min(columns, 30))
        told = deal_standing(one, dossier, prices, stages, day)
        yield Span(f" {name}  "), Span(fitted(told, window.columns - width(name) - 5), "dim" if one.lost else "")


def deal_standing(deal: Deal, dossier: Dossier, prices: Prices, stages: Sequence[str], day: date) -> str:
    """`offer since 26 Jun, 11 200 PLN`; `won, 6 850 of 11 200 PLN`; `lost on 2 Apr: too dear`."""
    code = prices.code(deal.currency)
    amount = " ".join(filter(None, [str(deal.amount), code])) if deal.amount else ""
    if deal.is_won_on(day):
        paid = instalments(deal, [one for one in dossier.payments if one.on <= day], prices)
        if paid.is_short and paid.paid:
            return f"won, {paid.paid if paid.paid.digits else 0} of {amount}"
        return f"won on {day_of_log(deal.won or day, day)}" + (f", {amount}" if amount else "")
    if not deal.is_open_on(day):
        return f"lost on {day_of_log(deal.lost or day, day)}" + (f": {one_line(deal.why)}" if deal.why else "")
    reached = {stage.casefold(): on for stage, on in deal.steps.items() if type(on) is date and on <= day}
    stage = next((stage for stage in reversed(stages) if stage.casefold() in reached), None)
    told = stages[0] if stage is None else f"{stage} since {day_of_log(reached[stage.casefold()], day)}"
    return f"{told}, {amount}" if amount else told


def deal_lines(dossier: Dossier, prices: Prices, stages: Sequence[str], day: date) -> list[tuple[str, str]]:
    """What a client's sheet tells of deals: those that are open, and won ones that are not paid."""
    told = []
    paid = [one for one in dossier.payments if one.on <= day]
    for one in dossier.deals:
        is_unpaid = one.is_won_on(day) and instalments(one, paid, prices).is_short
        if one.is_open_on(day) or is_unpaid:
            told.append(("deal", f"{one_line(one.name)}: {deal_standing(one, dossier, prices, stages, day)}"))
    return told


class Standing(NamedTuple):
    """What the sheet tells of a client's money in one line; `part` is None where it cannot be told."""

    part: ShareOfTurnover | None
    last_paid: date | None
    has: Sequence[str]
    lacks: Sequence[str]


def worth_words(standing: Standing, day: date) -> str:
    """`A, 24 %, last paid 30 Jun, has shop, lacks care`."""
    part, parts = standing.part, []
    if part is not None and part.turnover > 0:
        parts += [part.abc] if part.abc else []
        parts.append(share(part.turnover, part.whole))
    if standing.last_paid:
        parts.append(f"last paid {day_of_log(standing.last_paid, day)}")
    parts += [f"has {one_line(', '.join(standing.has))}"] if standing.has else []
    parts += [f"lacks {one_line(', '.join(standing.lacks))}"] if standing.lacks else []
    return ", ".join(parts)
