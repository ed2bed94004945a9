"""The page of deals by stage: how many went on, why others did not, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from clientfolder.cli.output.money_parts import NARROW, Bars, SumTable, dated_head, left_out, money, next_words, share
from clientfolder.cli.output.parts import BETWEEN
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, one_line, padded, width, wrapped
from clientfolder.cli.output.words import day_of_log
from clientfolder.dates.calendar import day_long
from clientfolder.portfolio.funnel import Funnel, OpenDeal
from clientfolder.text import counted


def funnel_page(funnel: Funnel, window: Window) -> Iterator[Line]:
    """Reached, went on, here now and half took of each stage; then refusals, and what is open."""
    since = day_of_log(funnel.days.first, funnel.day)
    closed = f"{counted(funnel.deals, 'deal')} since {since}, {funnel.won.deals} won, {funnel.lost.deals} lost"
    yield dated_head("Funnel", day_long(funnel.day), closed, window)
    yield from left_out(funnel.no_rate, (), funnel.currency, window)
    if not funnel.deals and not funnel.open:
        yield EMPTY
        yield (Span(" No deals are kept. The first: cf deal anna shop 2500", "dim"),)
        return
    yield EMPTY
    yield from _stages(funnel, window)
    yield from _refused(funnel, window)
    yield from _open_deals(funnel, window)


def _stages(funnel: Funnel, window: Window) -> Iterator[Line]:
    most = max([1, *(one.reached for one in funnel.stages)])
    # On a narrow window the head alone names it.
    code = f" {funnel.currency}" if funnel.currency and window.columns >= NARROW else ""
    rows = [["", "reached", "went on", "here now", "half took"]]
    shown = [one for one in funnel.stages if one.reached or one.open]
    for one in shown:
        went = _of(one.passed, one.passed + one.lost, has_rate=one.has_rate)
        here = f"{one.open or ''}"
        here += f"   {money(funnel.scale, one.open_amount)}{code}" if one.open_amount else ""
        half = "" if one.median_days is None else f"{one.median_days} d"
        rows.append([one.stage, str(one.reached), went, here, half])
    won = funnel.won
    went = _of(won.deals, won.deals + funnel.lost.deals, has_rate=funnel.has_rate)
    earned = f"{money(funnel.scale, won.amount)}{code}" if won.deals else ""
    rows.append(["won", str(won.deals), went, earned, ""])
    bars = Bars(1, [None, *(one.reached for one in shown), won.deals], most)
    table = SumTable(rows, [False, True, False, False, True], bars=bars)
    for number, line in enumerate(table.lines(window)):
        yield (Span(line, "" if number else "dim"),)


def _of(part: int, whole: int, *, has_rate: bool) -> str:
    """`8 of 9`, and where enough tell it `  89 %`."""
    return f"{part} of {whole}{f'  {share(part, whole)}' if has_rate else ''}" if whole else ""


def _refused(funnel: Funnel, window: Window) -> Iterator[Line]:
    lost = [one for one in funnel.stages if one.reasons]
    if not lost:
        return
    yield (Span(" REFUSED", "head"),)
    columns = max(width(one.stage) for one in lost)
    for one in lost:
        told = BETWEEN.join(f"{reason.times}x {one_line(reason.why or 'no reason said')}" for reason in one.reasons)
        first, *more = wrapped(told, window.columns - columns - 10)
        yield Span(f"   at {padded(one.stage, columns)}  "), Span(first)
        yield from ((Span(" " * (columns + 8) + line),) for line in more)


def _open_deals(funnel: Funnel, window: Window) -> Iterator[Line]:
    if not funnel.open:
        return
    why = "   slow: there for more than twice the days that half took"
    has_slow = any(one.slow for one in funnel.open) and width(why) + 6 < window.columns
    yield Span(" OPEN", "head"), Span(why if has_slow else "", "dim")
    rows = [_open_deal(one, funnel) for one in funnel.open]
    lines = SumTable(rows, [False, False, True, True, False, False], name=1).lines(window, "   ")
    for one, line in zip(funnel.open, lines, strict=True):
        yield (Span(line, "bold" if one.slow else ""),)


def _open_deal(one: OpenDeal, funnel: Funnel) -> list[str]:
    amount = "" if one.amount is None else money(funnel.scale, one.amount)
    days = "" if one.days is None else f"{one.days} d"
    next_on = next_words(one.account.next_on, funnel.day)
    name = f"{one_line(one.account.name)}{BETWEEN}{one_line(one.deal.name)}"
    return [funnel.names[one.stage], name, amount, days, "slow" if one.slow else "", next_on]
