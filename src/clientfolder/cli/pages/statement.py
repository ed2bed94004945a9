"""The page of a table of payments: what was read, what is written down, what stands already, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, broken, fitted, one_line, padded, row, width
from clientfolder.cli.output.words import day_short
from clientfolder.exchange.statements.plan import BAD, MAYBE, NOBODY, OUT, SAME, TAKEN, PlannedRow, StatementPlan
from clientfolder.text import comparable, counted

# Of each kind so many lines on a window, and all of them where a page may be as long as it likes.
MOST = 8
_INDENT = "   "


def statement_page(plan: StatementPlan, day: date, window: Window) -> Iterator[Line]:
    """The plan, the numbers first: every row is in one of its parts."""
    most = None if window.rows is None else MOST
    yield _file_line(plan, window)
    yield EMPTY
    taken, maybe = plan.being(TAKEN), plan.being(MAYBE)
    yield from _part("TO WRITE DOWN", taken, most, _payments(taken, day, window))
    if same := plan.being(SAME):
        yield Span(f" THERE ALREADY {len(same)}", "head"), Span("   skipped", "dim")
    yield from _part("MAY BE SOMEBODY KNOWN", maybe, most, _maybe(maybe, day, window))
    yield from _nobody(plan.being(NOBODY), window)
    if out := plan.being(OUT):
        yield Span(f" WENT OUT {len(out)}", "head"), Span("   to nobody here, left out", "dim")
    if plan.statement.pending:
        yield Span(f" NOT BOOKED {plan.statement.pending}", "head"), Span("   left out", "dim")
    bad = plan.being(BAD)
    place = width(f"{plan.statement.file}:{max((one.line for one in bad), default=0)}")
    yield from _part(
        "CANNOT BE READ", bad, most,
        ((Span(f"{_INDENT}{padded(f'{one_line(plan.statement.file)}:{one.line}', place)}  "),
          Span(fitted(one.why, window.columns - place - 6))) for one in bad),
    )  # fmt: skip


def _file_line(plan: StatementPlan, window: Window) -> Line:
    statement = plan.statement
    counts = f"{counted(len(plan.rows), 'row')} read, {len(plan.being(TAKEN))} to write"
    left = [Span(f" {one_line(statement.file)}", "head"), Span(f"   {statement.shape}, {statement.encoding}", "dim")]
    return row(left, [Span(counts)], columns=window.columns - 1)


def _part(head: str, rows: Sequence[PlannedRow], most: int | None, lines: Iterator[Line]) -> Iterator[Line]:
    if not rows:
        return
    yield (Span(f" {head} {len(rows)}", "head"),)
    for number, line in enumerate(lines):
        if number == most:
            break
        yield line
    if most is not None and len(rows) > most:
        yield (Span(f"{_INDENT}{len(rows) - most} more, all of them: --dry-run | less", "dim"),)


def sum_words(one: PlannedRow) -> str:
    """`2 500 EUR`; what went back has a minus."""
    amount = one.payment.amount if one.payment else None
    return " ".join(filter(None, [str(amount or ""), one.currency]))


def _days_and_sums(rows: Sequence[PlannedRow], day: date) -> Iterator[str]:
    days = [day_short(one.payment.on, day) if one.payment else "" for one in rows]
    sums = [sum_words(one) for one in rows]
    longest = max(map(len, days), default=0), max(map(len, sums), default=0)
    for on, amount in zip(days, sums, strict=True):
        yield f"{_INDENT}{on:<{longest[0]}}  {amount:>{longest[1]}}"


def _payments(rows: Sequence[PlannedRow], day: date, window: Window) -> Iterator[Line]:
    for left, one in zip(_days_and_sums(rows, day), rows, strict=True):
        assert one.payment
        what = [one.payment.product, f"deal {one.payment.deal}" if one.payment.deal else None]
        back = "refund" if one.payment.amount and one.payment.amount.digits < 0 else None
        told = ", ".join(one_line(text) for text in (back, *what, one.note) if text)
        name = one_line(one.client or "")
        room = window.columns - width(left) - width(name) - 6
        yield Span(left), Span(f"  {name}", "bold"), Span(f"  {fitted(told, room)}" if room > 3 else "", "dim")


def _maybe(rows: Sequence[PlannedRow], day: date, window: Window) -> Iterator[Line]:
    for left, one in zip(_days_and_sums(rows, day), rows, strict=True):
        who = f"{' or '.join(one.candidates)}?"
        room = window.columns - width(left) - width(who) - 6
        yield Span(left), Span(f"  {fitted(one.name, max(8, room))}  ", "bold"), Span(who)


def _nobody(rows: Sequence[PlannedRow], window: Window) -> Iterator[Line]:
    """How many came from nobody here, from whom, and how one of them becomes somebody."""
    if not rows:
        return
    yield Span(f" OF NOBODY HERE {len(rows)}", "head"), Span("   left out", "dim")
    names = {comparable(one.name): one_line(one.name) for one in rows if one.name}
    if names:
        yield (Span(f"{_INDENT}{fitted(', '.join(names.values()), window.columns - 5)}", "dim"),)
        how = f'Is one of them a client? cf set CLIENT bank="{min(names.values(), key=width)}"'
        yield from broken((Span(f"{_INDENT}{how}", "dim"),), window.columns - 1)
