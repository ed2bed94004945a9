"""The pages of what clients are worth: all of them, and one in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientfolder.cli.output.money_parts import Bars, SumTable, dated_head, fit, left_out, money, said, share
from clientfolder.cli.output.parts import head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, width
from clientfolder.cli.output.words import day_of_log, day_short
from clientfolder.dates.calendar import day_long
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.classes import LEAST_CLIENTS
from clientfolder.portfolio.portraits import Cell, Portrait
from clientfolder.portfolio.worth import ClientWorth, Worth, fitting_period
from clientfolder.text import counted


def worth_page(worth: Worth, odd: Sequence[Account], window: Window) -> Iterator[Line]:
    """Who carries the year, what is still to come, and which rhythm each deserves."""
    code = f" {worth.currency}" if worth.currency else ""
    since = day_of_log(worth.span.days.first, worth.day)
    told = f"{money(worth.scale, worth.turnover)}{code} since {since} from {counted(worth.paying, 'client')}"
    yield dated_head("Worth", day_long(worth.day), told, window)
    yield from left_out(worth.unpriced, odd, worth.currency, window)
    if not worth.clients:
        yield EMPTY
        yield (Span(" No payments are kept. The first, such as: cf pay anna 2500 shop", "dim"),)
        return
    yield EMPTY
    yield from _clients(worth, window)
    yield from _to_come(worth, window)
    yield from _rhythms(worth, window)
    yield from _too_little(worth, window)


def _clients(worth: Worth, window: Window) -> Iterator[Line]:
    most = max([1, *(one.turnover for one in worth.clients)])
    rows = [["", "earned", "share", "", "paid", "last", "group"]]
    for one in worth.clients:
        part = share(one.turnover, worth.whole) if one.turnover > 0 else ""
        # What has no rate is in the line at the top; here it is seen whose it is.
        earned = f"{money(worth.scale, one.turnover)}{' + ?' if one.unpriced else ''}"
        ago = f"{one.days} d ago" if one.days else "today"
        told = [earned, part, one.letters, f"{one.sales_ever}x", ago]
        rows.append([_named(one.account), *told, one.group])
    bars = Bars(1, [None, *(one.turnover for one in worth.clients)], most, 10)
    table = SumTable(rows, [False, True, True, False, True, True, False], bars=bars)
    for number, line in enumerate(table.lines(window)):
        yield (Span(line, "" if number else "dim"),)


def _named(account: Account) -> str:
    return fitted(account.name, 24)


def _to_come(worth: Worth, window: Window) -> Iterator[Line]:
    due = [one for one in worth.clients if one.second_due]
    if not due:
        return
    half = f"half came back for a second order within {worth.second} days"
    yield Span(" TO COME", "head"), Span(_fitting(half, window, 8), "dim")
    for one in due:
        told = f"   {_named(one.account)}: one order, {one.since_first} days ago"
        yield Span(told), Span(_fitting(f"cf worth {one.account.client}", window, width(told)), "dim")


def _rhythms(worth: Worth, window: Window) -> Iterator[Line]:
    proposed = [one for one in worth.clients if one.proposed]
    if not proposed:
        return
    yield Span(" RHYTHM", "head"), Span(_fitting("by class; give them all: cf worth --apply", window, 7), "dim")
    for one in proposed:
        told = f"{_named(one.account)}: {one.proposed}, instead of {one.rhythm or 'none'}"
        yield from said(told, window, head="   ")


def _fitting(text: str, window: Window, used: int) -> str:
    """What stands behind so many columns of a line, where it has room."""
    return f"   {text}" if used + 3 + width(text) < window.columns else ""


def _too_little(worth: Worth, window: Window) -> Iterator[Line]:
    if "abc" in worth.too_little:
        told = f"No letters yet: {worth.paying} of {LEAST_CLIENTS} clients that it takes have paid in the span."
        yield from said(told, window, "dim")
    yield from fit(worth.gap, fitting_period(worth.gap, worth.span.months), window)


def client_worth_page(
    one: ClientWorth, worth: Worth, portrait: Portrait, cells: Sequence[Cell], odd: Sequence[Account], window: Window
) -> Iterator[Line]:
    """One client in sentences; `cells`: what became of each product, `odd`: those with amounts that do not count."""
    code = f" {worth.currency}" if worth.currency else ""
    name = one_line(one.account.name)
    yield head_line([Span(f" {name}", "head")], [Span(f"{one.status.value}, {one.group}", "dim")], window)
    # Shares are of the money of all, so what is left out of that is told here too.
    yield from left_out(worth.unpriced, odd, worth.currency, window)
    earned, since = f"{money(worth.scale, one.turnover)}{code}", day_of_log(worth.span.days.first, worth.day)
    if one.turnover > 0:
        yield from said(f"Brought {earned} since {since}, {share(one.turnover, worth.whole)} of all.", window)
    else:
        priced = " that has a rate" if one.unpriced else ""
        yield from said(f"Brought nothing{priced} since {since}.", window)
    ago = f"{counted(one.days, 'day')} ago" if one.days else "today"
    last = f"the last time on {day_short(one.last, worth.day)}, {ago}"
    yield from said(f"Bought {one.sales_ever}x, {last}.", window)
    if one.gap is not None:
        yield from said(f"Mostly {counted(one.gap, 'day')} lie between two orders.", window)
    if one.abc:
        more = f"those who brought more are {share(one.before, worth.whole)} of the whole" if one.before else ""
        yield from said(f"Letter {one.abc}: {more or 'nobody brought more'}.", window)
    if one.xyz and one.cv is not None:
        steady = {"X": "steady", "Y": "in waves", "Z": "by fits and starts"}[one.xyz]
        yield from said(f"Letter {one.xyz}: pays {steady}, {one.cv:g} % up and down.", window)
    if one.second_due:
        yield from said(f"A second order is due: half come back within {worth.second} days.", window, "bold")
    has = [cell.product for cell in cells if cell.state == "bought"]
    if has:
        yield from said(f"Has {one_line(', '.join(has))}.", window)
    if portrait.lacks:
        first = portrait.lacks[0]
        lacks = one_line(", ".join(portrait.lacks))
        yield from said(f"Lacks {lacks}: cf deal {one.account.client} {first}", window)
    rhythm = one.rhythm or "none"
    yield from said(f"Rhythm: {rhythm}.", window)
    if one.proposed:
        yield from said(f"By the class {one.proposed} would fit: cf worth --apply {one.account.client}", window)
