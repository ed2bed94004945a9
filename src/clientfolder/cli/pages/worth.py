"""The pages of money: what clients are worth, a period, the funnel of deals, and portraits of products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from clientfolder.cli.output.parts import BETWEEN, head_line
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, fitted, one_line, padded, width
from clientfolder.cli.output.words import day_long, day_of_log, day_short, tally_words
from clientfolder.cli.pages.money import share
from clientfolder.dates.calendar import Month
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.concerns import Tally
from clientfolder.portfolio.accounts import Account
from clientfolder.portfolio.funnel import Funnel, OpenDeal
from clientfolder.portfolio.money import Scale
from clientfolder.portfolio.orders import Kind
from clientfolder.portfolio.period import Figures, PeriodTable
from clientfolder.portfolio.portraits import Cell, Portrait, Products
from clientfolder.portfolio.status import Status
from clientfolder.portfolio.worth import ClientWorth, Worth, fitting_period
from clientfolder.text import counted

BAR, NARROW = 20, 70
_EIGHTHS = " ▏▎▍▌▋▊▉"


# Parts of all of them ---------------------------------------------------------------------------------------


def money(scale: Scale, units: int) -> str:
    """A sum in whole units of the currency: `11 200`."""
    return str(Amount(scale.rounded(units, 0)))


def drawn(part: int, most: int, cells: int = BAR) -> str:
    """A bar in eighths of a cell, as long as the part is of the most; something that is not nothing is seen."""
    eighths = 0 if most <= 0 else max(bool(part > 0), part * cells * 8 // most)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def left_out(unpriced: Mapping[str, int], odd: Sequence[Account], currency: str | None) -> Iterator[Line]:
    """What is in no sum, and the line that mends it; named at the top, for no figure may be quietly too small."""
    for code, count in unpriced.items():
        many = counted(count, "amount")
        if currency is None:
            mend = f'clientfolder.toml: currency = "{code}"'
        else:
            mend = f"clientfolder.toml: rates = {{ {code} = ... }}"
        yield (Span(f" LEFT OUT   {many} in {code}, without a rate: {mend}", "late"),)
    for account in odd:
        many = counted(account.odd, "amount")
        yield (
            Span(f" LEFT OUT   {many} of {one_line(account.name)} that is no number: cf edit {account.client}", "late"),
        )


def _table(rows: Sequence[Sequence[str]], rights: Sequence[bool], gap: str = "  ") -> list[str]:
    """The rows as lines, each column as wide as its widest; `rights` tells which stand at the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)] if rows else []
    return [
        gap.join(
            " " * (columns - width(text)) + text if is_right else padded(text, columns)
            for text, columns, is_right in zip(row, widths, rights, strict=True)
        ).rstrip()
        for row in rows
    ]


def _named(account: Account, columns: int = 24) -> str:
    return fitted(account.name, columns)


# The funnel -------------------------------------------------------------------------------------------------


def funnel_page(funnel: Funnel, window: Window) -> Iterator[Line]:
    """Reached, went on, here now and half took of each stage; then refusals, and what is open."""
    since = day_of_log(funnel.days.first, funnel.day)
    closed = f"{counted(funnel.deals, 'deal')} since {since}, {funnel.won.deals} won, {funnel.lost.deals} lost"
    yield head_line([Span(f" Funnel on {day_long(funnel.day)}", "head")], [Span(closed, "dim")], window)
    yield from left_out(funnel.no_rate, (), funnel.currency)
    if not funnel.deals and not funnel.open:
        yield EMPTY
        yield (Span(" No deals are kept. The first: cf deal anna shop 2500", "dim"),)
        return
    yield EMPTY
    yield from _stages(funnel, window)
    yield from _refused(funnel)
    yield from _open_deals(funnel, window)


def _stages(funnel: Funnel, window: Window) -> Iterator[Line]:
    most = max([1, *(one.reached for one in funnel.stages)])
    has_bars = window.columns >= NARROW
    shown = [one for one in funnel.stages if one.reached or one.open]
    code = f" {funnel.currency}" if funnel.currency else ""
    head = ["", *([""] if has_bars else []), "reached", "went on", "here now", "half took"]
    rows = [head]
    for one in shown:
        went = f"{one.passed} of {one.passed + one.lost}" if one.passed + one.lost else ""
        went += f"  {share(one.passed, one.passed + one.lost)}" if one.has_rate else ""
        here = f"{one.open}" if one.open else ""
        here += f"   {money(funnel.scale, one.open_amount)}{code}" if one.open_amount else ""
        half = "" if one.median_days is None else f"{one.median_days} d"
        bars = [drawn(one.reached, most)] if has_bars else []
        rows.append([one.stage, *bars, str(one.reached), went, here, half])
    won = funnel.won
    closed = won.deals + funnel.lost.deals
    went = f"{won.deals} of {closed}" if closed else ""
    went += f"  {share(won.deals, closed)}" if funnel.has_rate else ""
    bars = [drawn(won.deals, most)] if has_bars else []
    rows.append(
        ["won", *bars, str(won.deals), went, f"{money(funnel.scale, won.amount)}{code}" if won.deals else "", ""]
    )
    rights = [False, *([False] if has_bars else []), True, False, False, True]
    for number, line in enumerate(_table(rows, rights)):
        yield (Span(f" {line}", "" if number else "dim"),)


def _refused(funnel: Funnel) -> Iterator[Line]:
    lost = [one for one in funnel.stages if one.reasons]
    if not lost:
        return
    yield (Span(" REFUSED", "head"),)
    columns = max(len(one.stage) for one in lost)
    for one in lost:
        told = BETWEEN.join(f"{reason.times}x {one_line(reason.why or 'no reason said')}" for reason in one.reasons)
        yield Span(f"   at {one.stage:<{columns}}  "), Span(told)


def _open_deals(funnel: Funnel, window: Window) -> Iterator[Line]:
    if not funnel.open:
        return
    yield (Span(" OPEN", "head"),)
    rows = [_open_deal(one, funnel) for one in funnel.open]
    fixed = [[row[0], *row[2:]] for row in rows]
    room = window.columns - 1 - 3 - sum(max(width(row[at]) for row in fixed) + 2 for at in range(len(fixed[0])))
    rows = [[row[0], fitted(row[1], max(12, room)), *row[2:]] for row in rows]
    for one, line in zip(funnel.open, _table(rows, [False, False, True, True, False, False]), strict=True):
        yield (Span(f"   {line}", "bold" if one.slow else ""),)


def _open_deal(one: OpenDeal, funnel: Funnel) -> list[str]:
    amount = "" if one.amount is None else money(funnel.scale, one.amount)
    days = "" if one.days is None else f"{one.days} d"
    next_on = _next(one.account.next_on, funnel.day)
    name = f"{one_line(one.account.name)}{BETWEEN}{one_line(one.deal.name)}"
    return [funnel.names[one.stage], name, amount, days, "slow" if one.slow else "", next_on]


def _next(written: str | None, day: date) -> str:
    if written is None:
        return "no date"
    on = Month.parse(written) if len(written) == 7 else date.fromisoformat(written)
    return day_short(on, day)


# Worth ------------------------------------------------------------------------------------------------------


def worth_page(worth: Worth, odd: Sequence[Account], window: Window) -> Iterator[Line]:
    """Who carries the year, what is still to come, and which rhythm each deserves."""
    code = f" {worth.currency}" if worth.currency else ""
    since = day_of_log(worth.span.days.first, worth.day)
    told = f"{money(worth.scale, worth.turnover)}{code} since {since} from {counted(worth.paying, 'client')}"
    yield head_line([Span(f" Worth on {day_long(worth.day)}", "head")], [Span(told, "dim")], window)
    yield from left_out(worth.unpriced, odd, worth.currency)
    if not worth.clients:
        yield EMPTY
        yield (Span(" No payments are kept. The first, such as: cf pay anna 2500 shop", "dim"),)
        return
    yield EMPTY
    yield from _clients(worth, window)
    yield from _to_come(worth)
    yield from _rhythms(worth)
    yield from _too_little(worth)


def _clients(worth: Worth, window: Window) -> Iterator[Line]:
    has_bars = window.columns >= NARROW
    most = max([1, *(one.turnover for one in worth.clients)])
    head = ["", *([""] if has_bars else []), "earned", "share", "", "paid", "last", "group"]
    rows = [head]
    for one in worth.clients:
        bars = [drawn(one.turnover, most, 10)] if has_bars else []
        part = share(one.turnover, worth.whole) if one.turnover > 0 else ""
        earned = money(worth.scale, one.turnover)
        last = f"{one.days} d ago"
        rows.append([_named(one.account), *bars, earned, part, one.letters, f"{one.sales_ever}x", last, one.group])
    rights = [False, *([False] if has_bars else []), True, True, False, True, True, False]
    for number, line in enumerate(_table(rows, rights)):
        yield (Span(f" {fitted_line(line, window)}", "" if number else "dim"),)


def fitted_line(line: str, window: Window) -> str:
    """A line of a table, its blanks kept, cut where the window ends."""
    return line if width(line) < window.columns - 1 else line[: window.columns - 3].rstrip() + "…"


def _to_come(worth: Worth) -> Iterator[Line]:
    due = [one for one in worth.clients if one.second_due]
    if not due:
        return
    yield (Span(" TO COME", "head"), Span(f"   half came back for a second order within {worth.second} days", "dim"))
    for one in due:
        days = (worth.day - one.last).days
        yield (
            Span(f"   {_named(one.account)}: one order, {days} days ago"),
            Span(f"   cf worth {one.account.client}", "dim"),
        )


def _rhythms(worth: Worth) -> Iterator[Line]:
    proposed = [one for one in worth.clients if one.proposed]
    if not proposed:
        return
    yield (Span(" RHYTHM", "head"), Span("   by rhythm_by_class; to give them all: cf worth --apply", "dim"))
    for one in proposed:
        yield (Span(f"   {_named(one.account)}: {one.proposed}, instead of {one.rhythm or 'none'}"),)


def _too_little(worth: Worth) -> Iterator[Line]:
    if "abc" in worth.too_little:
        yield (Span(f" No letters yet: {worth.paying} of 5 clients that it takes have paid in the span.", "dim"),)
    yield from _fit(worth.gap, worth.span.months)


def _fit(gap: int | None, months: int) -> Iterator[Line]:
    if gap is not None and (fit := fitting_period(gap, months)):
        told = f" Half come again within {gap} days; what would fit, in clientfolder.toml: period = "
        yield (Span(f'{told}"{fit}"', "dim"),)


def client_worth_page(one: ClientWorth, worth: Worth, portrait: Portrait, window: Window) -> Iterator[Line]:
    """One client in sentences."""
    code = f" {worth.currency}" if worth.currency else ""
    name = one_line(one.account.name)
    yield head_line([Span(f" {name}", "head")], [Span(f"{one.status.value}, {one.group}", "dim")], window)
    earned = f"{money(worth.scale, one.turnover)}{code}"
    if one.turnover > 0:
        part = share(one.turnover, worth.whole)
        yield (Span(f" Brought {earned} since {day_of_log(worth.span.days.first, worth.day)}, {part} of all."),)
    else:
        yield (Span(f" Brought nothing since {day_of_log(worth.span.days.first, worth.day)}."),)
    ago = f"{counted(one.days, 'day')} ago" if one.days else "today"
    last = f"the last time on {day_short(one.last, worth.day)}, {ago}"
    yield (Span(f" Bought {one.sales_ever}x, {last}."),)
    if one.gap is not None:
        yield (Span(f" Mostly {counted(one.gap, 'day')} lie between two orders."),)
    if one.abc:
        larger = 0 if one.before is None else one.before
        yield (Span(f" Letter {one.abc}: those who brought more are {share(larger, worth.whole)} of the whole."),)
    if one.xyz and one.cv is not None:
        steady = {"X": "steady", "Y": "in waves", "Z": "by fits and starts"}[one.xyz]
        yield (Span(f" Letter {one.xyz}: pays {steady}, {one.cv:g} % up and down."),)
    if one.second_due:
        yield (Span(f" A second order is due: half come back within {worth.second} days.", "bold"),)
    has = [cell.product for cell in portrait.cells if cell.state == "bought"]
    if has:
        yield (Span(f" Has {one_line(', '.join(has))}."),)
    if portrait.lacks:
        first = portrait.lacks[0]
        lacks = one_line(", ".join(portrait.lacks))
        yield Span(f" Lacks {lacks}."), Span(f"   cf deal {one.account.client} {first}", "dim")
    rhythm = one.rhythm or "none"
    yield (Span(f" Rhythm: {rhythm}."),)
    if one.proposed:
        yield Span(f" By the class {one.proposed} would fit."), Span(f"   cf worth --apply {one.account.client}", "dim")


# A period ---------------------------------------------------------------------------------------------------


_KINDS = {Kind.PRIMARY: "first orders", Kind.REPEAT: "sold again", Kind.NEW_DIRECTION: "a new product"}


def period_page(
    table: PeriodTable, said: Tally, gap: int | None, months: int, day: date, odd: Sequence[Account], window: Window
) -> Iterator[Line]:
    """The table of a period, the one before beside it, then status, loyalty, sources, and what was said."""
    days, before = table.asked.days, table.asked.previous
    until = "" if table.asked.whole else ", still running"
    name = f" {day_short(days.first, day)} to {day_short(days.last, day)}{until}"
    than = f"before: {day_of_log(before.first, day)} to {day_of_log(before.last, day)}"
    yield head_line([Span(name, "head")], [Span(than, "dim")], window)
    yield from _fit(gap, months)
    yield from left_out(table.unpriced, odd, table.currency)
    yield EMPTY
    yield from _sums(table)
    yield from _segments(table)
    yield from _statuses(table)
    yield from _loyalty(table)
    yield from _sources(table)
    if told := tally_words(said):
        yield Span(" CARE", "head"), Span(f"   {told}")


def _sums(table: PeriodTable) -> Iterator[Line]:
    total, code = table.total, f" {table.currency}" if table.currency else ""
    rows = []
    for kind, label in _KINDS.items():
        sold = total.sales[kind]
        rows.append([label, str(sold.sales) if sold.sales else "", money(table.scale, sold.amount)])
    if total.refunds:
        rows.append(["refunds", "", money(table.scale, total.refunds)])
    rows.append(["turnover", "", f"{money(table.scale, total.turnover)}"])
    rows.append(["before", "", f"{money(table.scale, total.previous)}"])
    for line in _table(rows, [False, True, True]):
        yield (Span(f"   {line}{code}"),)
    conversion = f", {share(total.converted, total.leads)}" if total.leads else ""
    yield (Span(f"   {total.converted} of {total.leads} who had never paid bought{conversion}"),)


def _segments(table: PeriodTable) -> Iterator[Line]:
    shown = [one for one in table.segments if any((one.turnover, one.previous, one.leads, one.lost, one.restored))]
    if not shown:
        return
    yield (Span(" SEGMENTS", "head"),)
    rows = [["", "turnover", "before", "bought", "lost"]]
    rows += [_segment(one, table.scale) for one in shown]
    for number, line in enumerate(_table(rows, [False, True, True, True, True])):
        yield (Span(f"   {line}", "" if number else "dim"),)


def _segment(one: Figures, scale: Scale) -> list[str]:
    bought = f"{one.converted} of {one.leads}" if one.leads else ""
    name = one_line(one.segment or "none of these")
    return [name, money(scale, one.turnover), money(scale, one.previous), bought, str(one.lost) if one.lost else ""]


def _statuses(table: PeriodTable) -> Iterator[Line]:
    yield (Span(" STATUS", "head"),)
    names = {Status.NEW: table.new, Status.RESTORED: table.restored}
    for status in Status:
        if count := table.statuses.get(status, 0):
            who = ", ".join(one_line(account.name) for account in names.get(status, ())[:4])
            yield Span(f"   {status.value:<10}{count:>4}"), Span(f"   {who}" if who else "", "dim")
    if table.lost:
        who = ", ".join(one_line(account.name) for account in table.lost[:6])
        yield Span(f"   paid before and not now: {len(table.lost)}", "bold"), Span(f"   {who}", "dim")


def _loyalty(table: PeriodTable) -> Iterator[Line]:
    loyalty = table.loyalty
    if not loyalty.buyers:
        return
    yield (Span(" LOYALTY", "head"),)
    again = share(loyalty.repeat_buyers, loyalty.buyers)
    yield (Span(f"   {loyalty.repeat_buyers} of {loyalty.buyers} buyers bought more than once, {again}"),)
    old = share(loyalty.old_amount, table.total.turnover)
    yield (Span(f"   {old} of the turnover came from clients who had paid before"),)
    if loyalty.referred:
        amount = money(table.scale, loyalty.referred_amount)
        told = f"   {counted(loyalty.referred, 'new client')} sent by others, {amount} {table.currency or ''}"
        yield (Span(told.rstrip()),)


def _sources(table: PeriodTable) -> Iterator[Line]:
    if not table.sources:
        return
    yield (Span(" NEW ONES CAME FROM", "head"),)
    rows = [
        [one_line(one.sent_by or "not said"), f"{one.clients}", money(table.scale, one.amount)] for one in table.sources
    ]
    for line in _table(rows, [False, True, True]):
        yield (Span(f"   {line}"),)


# Products ---------------------------------------------------------------------------------------------------

_STATES = {"bought": "has", "open": "open", "refused": "said no", "not_offered": "lacks", "none": ""}


def products_page(products: Products, window: Window) -> Iterator[Line]:
    """Each segment with the products meant for it, and how many of its clients have them."""
    degree = f"{products.used} of {products.meant} are used, {share(products.used, products.meant)}"
    yield head_line([Span(" Products", "head")], [Span(degree if products.meant else "", "dim")], window)
    if not products.segments:
        yield EMPTY
        yield (Span(' No segments are set. In clientfolder.toml: segments = { makers = ["shop", "cards"] }', "dim"),)
        yield from _without_segments(products, window)
        return
    for one in products.segments:
        yield EMPTY
        told = f"{counted(one.clients, 'client')} that bought, {share(one.used, one.meant)} used"
        yield Span(f" {one_line(one.segment)}", "head"), Span(f"   {told}", "dim")
        rows = [
            [name, drawn(used, one.clients, 10), f"{used} of {one.clients}"] for name, meant, used in one.cells if meant
        ]
        for line in _table(rows, [False, False, True]):
            yield (Span(f"   {line}"),)
        yield (Span(f"   client by client: cf products {one.segment}", "dim"),)
    if products.outside:
        yield EMPTY
        yield (Span(" OUTSIDE   used, and not meant for the segment", "head"),)
        for segment, product, accounts in products.outside:
            who = fitted(", ".join(account.name for account in accounts), window.columns - 30)
            yield (Span(f"   {one_line(segment)}: {one_line(product)}   {who}"),)
    if products.no_segment:
        who = fitted(", ".join(account.name for account in products.no_segment), window.columns - 20)
        yield (Span(f" NO SEGMENT   {who}"),)


def _without_segments(products: Products, window: Window) -> Iterator[Line]:
    for one in products.clients:
        has = ", ".join(cell.product for cell in one.cells if cell.state == "bought")
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
        yield Span(f" {one_line(one.account.name)}", "bold"), Span(f"   {degree}", "dim")
        for cell in one.cells:
            if cell.state != "none":
                yield from _cell(cell, one.account, day)


def _cell(cell: Cell, account: Account, day: date) -> Iterator[Line]:
    state = _STATES[cell.state]
    when = "" if cell.on is None else f" {day_short(cell.on, day)}"
    stage = f", {cell.stage}" if cell.stage else ""
    told = f"   {state:<8} {one_line(cell.product)}{stage}{when}"
    step = ""
    if cell.state == "open":
        step = f"   next {_next(cell.next_on, day)}"
    elif cell.state == "not_offered":
        step = f"   cf deal {account.client} {one_line(cell.product)}"
    yield Span(told), Span(step, "dim")
