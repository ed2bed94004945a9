"""The pages of portraits: what each segment has and lacks, and one segment client by client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clientfolder.cli.output.money_parts import Bars, SumTable, next_words, share
from clientfolder.cli.output.parts import BETWEEN, head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, width
from clientfolder.cli.output.words import day_short
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.portraits import Cell, Products
from clientfolder.text import counted

_STATES = {"bought": "has", "open": "open", "refused": "said no", "not_offered": "lacks", "none": ""}


def products_page(products: Products, window: Window) -> Iterator[Line]:
    """Each segment with the products meant for it, and how many of its clients have them."""
    degree = f"{products.used} of {products.meant} are used, {share(products.used, products.meant)}"
    yield head_line([Span(" Products", "head")], [Span(degree if products.meant else "", "dim")], window)
    if not products.segments:
        yield EMPTY
        yield (Span(" No segments are set. In clientfolder.toml, such as:", "dim"),)
        yield (Span('   segments = { makers = ["shop", "cards"] }', "dim"),)
        yield from _without_segments(products, window)
        return
    for one in products.segments:
        yield EMPTY
        told = f"{counted(one.clients, 'client')} that bought, {share(one.used, one.meant)} used"
        yield Span(f" {one_line(one.segment)}", "head"), Span(f"   {told}", "dim")
        meant = [(name, used) for name, is_meant, used in one.cells if is_meant]
        bars = Bars(1, [used for _, used in meant], one.clients, 10)
        table = SumTable([[name, f"{used} of {one.clients}"] for name, used in meant], [False, True], bars=bars)
        for line in table.lines(window, "   "):
            yield (Span(line),)
        yield (Span(f"   client by client: cf products {one.segment}", "dim"),)
    if products.outside:
        yield EMPTY
        yield (Span(" OUTSIDE   used, and not meant for the segment", "head"),)
        for segment, product, accounts in products.outside:
            who = ", ".join(account.name for account in accounts)
            yield (Span(f"   {fitted(f'{segment}: {product}{BETWEEN}{who}', window.columns - 5)}"),)
    if products.no_segment:
        who = fitted(", ".join(account.name for account in products.no_segment), window.columns - 20)
        yield (Span(f" NO SEGMENT   {who}"),)


def _without_segments(products: Products, window: Window) -> Iterator[Line]:
    for one in products.clients:
        has = ", ".join(cell.product for cell in products.cells(one) if cell.state == "bought")
        if has:
            yield (Span(f"   {fitted(f'{one.account.name}: {has}', window.columns - 5)}"),)


def segment_page(products: Products, segment: str, day: date, window: Window) -> Iterator[Line]:
    """One segment client by client: what each has, what is open, what they said no to, and what they lack."""
    yield head_line(
        [Span(f" {one_line(segment)}", "head")], [Span(share(products.used, products.meant), "dim")], window
    )
    for one in products.clients:
        yield EMPTY
        degree = f"{len(one.used)} of {len(one.meant)}"
        name = fitted(one.account.name, window.columns - len(degree) - 6)
        yield Span(f" {name}", "bold"), Span(f"   {degree}", "dim")
        for cell in products.cells(one):
            if cell.state != "none":
                yield from _cell(cell, one.account, day, window)


def _cell(cell: Cell, account: Account, day: date, window: Window) -> Iterator[Line]:
    state = _STATES[cell.state]
    when = "" if cell.on is None else f" {day_short(cell.on, day)}"
    stage = f", {cell.stage}" if cell.stage else ""
    told = f"   {state:<8} {one_line(cell.product)}{stage}{when}"
    step = ""
    if cell.state == "open":
        step = f"   next {next_words(cell.next_on, day)}"
    elif cell.state == "not_offered":
        step = f"   cf deal {account.client} {one_line(cell.product)}"
    # A step that has no room beside what it is about is left out; the state tells it.
    yield Span(told), Span(step if width(told + step) < window.columns else "", "dim")
