"""The pages of one client's money: what they paid, and their deals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line
from clientfolder.cli.output.words import day_short, title
from clientfolder.dossier.sales import Payment
from clientfolder.dossier.types import Cover
from clientfolder.portfolio.money import Prices


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
