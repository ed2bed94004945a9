"""The page of a period: what was sold, who came and went, how loyal they are, and where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.cli.output.money_parts import SumTable, fit, left_out, money, said, share
from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, width
from clientfolder.cli.output.words import day_of_log, day_short, tally_words
from clientfolder.dossier.concerns import Tally
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.orders import Kind
from clientfolder.portfolio.period import Figures, PeriodTable
from clientfolder.portfolio.status import Status
from clientfolder.portfolio.worth import fitting_period
from clientfolder.text import counted

_KINDS = {Kind.PRIMARY: "first orders", Kind.REPEAT: "sold again", Kind.NEW_DIRECTION: "a new product"}


def period_page(
    table: PeriodTable, tally: Tally, gap: int | None, months: int, day: date, odd: Sequence[Account], window: Window
) -> Iterator[Line]:
    """The table of a period, the one before beside it, then status, loyalty, sources, and what was said."""
    days, before = table.asked.days, table.asked.previous
    until = "" if table.asked.whole else ", still running"
    name = f" {day_short(days.first, day)} to {day_short(days.last, day)}{until}"
    than = f"before: {day_of_log(before.first, day)} to {day_of_log(before.last, day)}"
    if width(name) + width(than) + 3 > window.columns:
        name = f" {day_of_log(days.first, day)} to {day_of_log(days.last, day)}{until}"
    yield head_line([Span(name, "head")], [Span(than, "dim")], window)
    yield from fit(gap, fitting_period(gap, months), window)
    yield from left_out(table.unpriced, odd, table.currency, window)
    yield EMPTY
    yield from _sums(table, window)
    yield from _segments(table, window)
    yield from _statuses(table, window)
    if not table.loyalty.buyers:
        yield from said("No payments are kept until then. The first, such as: cf pay anna 2500 shop", window, "dim")
    yield from _loyalty(table, window)
    yield from _sources(table, window)
    if told := tally_words(tally):
        yield from said(told, window, head=" CARE   ")


def _sums(table: PeriodTable, window: Window) -> Iterator[Line]:
    total, code = table.total, f" {table.currency}" if table.currency else ""
    rows = []
    for kind, label in _KINDS.items():
        sold = total.sales[kind]
        rows.append([label, str(sold.sales) if sold.sales else "", money(table.scale, sold.amount)])
    if total.refunds:
        rows.append(["refunds", "", money(table.scale, total.refunds)])
    rows.append(["turnover", "", f"{money(table.scale, total.turnover)}"])
    rows.append(["before", "", f"{money(table.scale, total.previous)}"])
    for line in SumTable(rows, [False, True, True]).lines(window, "   "):
        yield (Span(f"{line}{code}"),)
    conversion = f", {share(total.converted, total.leads)}" if total.leads else ""
    bought = f"{total.converted} of {total.leads} who had never paid bought{conversion}"
    yield from said(bought, window, head="   ")


def _segments(table: PeriodTable, window: Window) -> Iterator[Line]:
    shown = [one for one in table.segments if any((one.turnover, one.previous, one.leads, one.lost, one.restored))]
    if not shown:
        return
    yield (Span(" SEGMENTS", "head"),)
    rows = [["", "turnover", "before", "bought", "lost"]]
    rows += [_segment(one, table.scale) for one in shown]
    for number, line in enumerate(SumTable(rows, [False, True, True, True, True]).lines(window, "   ")):
        yield (Span(line, "" if number else "dim"),)


def _segment(one: Figures, scale: Scale) -> list[str]:
    bought = f"{one.converted} of {one.leads}" if one.leads else ""
    name = one_line(one.segment or "none of these")
    return [name, money(scale, one.turnover), money(scale, one.previous), bought, str(one.lost) if one.lost else ""]


# Of those that have no names behind them, for these would be many.
_MEANING = {
    Status.POTENTIAL: "never paid",
    Status.PERMANENT: "paid now and in the period before",
    Status.LOST: "paid earlier and not now",
}


def _statuses(table: PeriodTable, window: Window) -> Iterator[Line]:
    yield (Span(" STATUS", "head"),)
    names = {Status.NEW: table.new, Status.RESTORED: table.restored}
    for status in Status:
        if count := table.statuses.get(status, 0):
            who = _MEANING.get(status) or ", ".join(one_line(account.name) for account in names[status][:4])
            told = f"   {status.value:<10}{count:>4}"
            yield Span(told), Span(f"   {fitted(who, window.columns - width(told) - 4)}" if who else "", "dim")
    if table.lost:
        who = ", ".join(one_line(account.name) for account in table.lost[:6])
        told = f"   paid in the period before and not now: {len(table.lost)}"
        yield Span(told, "bold"), Span(f"   {fitted(who, window.columns - width(told) - 4)}", "dim")


def _loyalty(table: PeriodTable, window: Window) -> Iterator[Line]:
    loyalty = table.loyalty
    if not loyalty.buyers:
        return
    yield (Span(" LOYALTY", "head"),)
    again = share(loyalty.repeat_buyers, loyalty.buyers)
    told = f"{loyalty.repeat_buyers} of {loyalty.buyers} buyers bought more than once, {again}"
    yield from said(told, window, head="   ")
    old = share(loyalty.old_amount, table.total.turnover)
    yield from said(f"{old} of the turnover came from clients who had paid before", window, head="   ")
    if loyalty.referred:
        amount = money(table.scale, loyalty.referred_amount)
        told = f"{counted(loyalty.referred, 'new client')} sent by others, {amount} {table.currency or ''}"
        yield from said(told.rstrip(), window, head="   ")


def _sources(table: PeriodTable, window: Window) -> Iterator[Line]:
    if not table.sources:
        return
    yield (Span(" NEW ONES CAME FROM", "head"),)
    rows = [
        [one_line(one.name or one.sent_by or "not said"), f"{one.clients}", money(table.scale, one.amount)]
        for one in table.sources
    ]
    for one, line in zip(table.sources, SumTable(rows, [False, True, True]).lines(window, "   "), strict=True):
        mend = "" if one.sent_by else "   cf set CLIENT sent_by=WHO"
        yield Span(line), Span(mend if width(line + mend) < window.columns else "", "dim")
