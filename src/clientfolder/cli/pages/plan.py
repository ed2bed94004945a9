"""The page of a plan: how full it is, who moves where and why, who stays, and how full the days are then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clientfolder.cli.output.parts import load_bar, load_cell
from clientfolder.cli.output.terminal import (
    EMPTY,
    Line,
    Span,
    Window,
    bar,
    fitted,
    one_line,
    padded,
    row,
    width,
    wrapped,
)
from clientfolder.cli.output.words import day_short, title
from clientfolder.dates.calendar import day_long
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler import slots
from clientfolder.tickler.plan_view import DayFill, MonthLeft, PlanView, TimeAway
from clientfolder.tickler.spreading import Move, Plan, Why

HEAD_BAR, DAY_BAR = 8, 4
# The columns of the days at the left.
DAY = 13
WIDE = 76


def until(days: DateRange, today: date) -> str:
    """`Mon 10 Aug to Fri 21 Aug`, or the one day."""
    first, last = day_short(days.first, today), day_short(days.last, today)
    return first if days.first == days.last else f"{first} to {last}"


def _from(cover: Cover, day: date) -> str:
    """Where a dossier comes from: `3 days late`, `today`, `Mon 20 Jul`, `July`, `no date`."""
    if cover.next is None:
        return "no date"
    late = slots.days_late(cover.next.on, day)
    if late:
        return f"{counted(late, 'day')} late"
    return "today" if cover.next.on == day else day_short(cover.next.on, day)


def plan_page(view: PlanView, window: Window) -> Iterator[Line]:
    """The plan of a slot that is spread, or of an absence."""
    return _spread_page(view, window) if view.away is None else _away_page(view, view.away, window)


def _spread_page(view: PlanView, window: Window) -> Iterator[Line]:
    plan = view.plan
    yield from _heads(view, window)
    yield EMPTY
    if not plan.moves:
        yield (Span(f" {_why_nothing(plan)}"),)
    else:
        how = "the least important, as near as there is room" if plan.places else "flat, the most important nearest"
        yield from _moves(plan, view.day, window, how)
    if plan.moves or plan.too_full or plan.staying(Why.NO_ROOM):
        yield from _stays(plan, window)
    yield EMPTY
    yield from _then(view.after, window)


def _heads(view: PlanView, window: Window) -> Iterator[Line]:
    """How full it is: each day looked at that is too full, or the only one; and what has no day."""
    for fill in view.before:
        yield _day_head(fill, view.day, window)
    for month, count in view.undated:
        yield (Span(f" {day_short(month, view.day)}, no day yet", "head"), Span(f": {count}"))
    if view.unfiled:
        yield (Span(" No date at all", "head"), Span(f": {view.unfiled}"))
    if not view.plan.moves and not view.plan.stays:
        yield (Span(" Nothing lies there.", "dim"),)


def _day_head(fill: DayFill, today: date, window: Window) -> Line:
    held = f"{fill.load}" if fill.weight == fill.load else f"{fill.load} (weighing {fill.weight:g})"
    count = Span(f"{held} {'in all' if fill.on == today else 'that day'}, room for {fill.capacity}  ")
    filled = load_bar(fill.weight, fill.capacity, HEAD_BAR)
    return row([Span(f" {day_long(fill.on)}", "head")], [count, filled], columns=window.columns)


def _why_nothing(plan: Plan) -> str:
    if plan.too_full:
        return "Nothing can move."
    return "Nothing has to move." if plan.places else "Nothing can be laid on a day."


def _moves(plan: Plan, day: date, window: Window, how: str) -> Iterator[Line]:
    """The moves by the day that gets them: who, from where, and why."""
    head = Span(f" MOVE {len(plan.moves)}", "head")
    yield row([head, Span("   "), Span(how, "dim")], columns=window.columns - 1)
    from_column = max(width(_from(move.cover, day)) for move in plan.moves) + 2
    column = min(max(width(one_line(move.cover.name)) for move in plan.moves), window.columns // 3) + 2
    # In a narrow window the month gives way to the reason.
    words, days = (4, DAY) if window.columns >= WIDE else (2, DAY - 4)
    days = max(days, *(width(_to(move, day, words)) + 2 for move in plan.moves))
    shown = None
    for move in plan.moves:
        to = _to(move, day, words) if move.to != shown else ""
        shown = move.to
        name = padded(fitted(move.cover.name, column - 2), column)
        left = [Span(f" {padded(to, days)}", "bold"), Span(name), Span(padded(_from(move.cover, day), from_column))]
        yield row([*left, Span(move.reason, "dim")], columns=window.columns - 1)


def _to(move: Move, day: date, words: int) -> str:
    return " ".join(day_short(move.to, day).split(" ")[:words])


STAYS = {Why.PROMISED: "promised", Why.FITS: "room enough", Why.NO_ROOM: "no room"}
# As good as promised is the date of a client whose complaint is open.
COMPLAINT = "complaint"


def _stays(plan: Plan, window: Window) -> Iterator[Line]:
    """Who stays, by the reason why."""
    if plan.stays:
        yield EMPTY
        yield (Span(f" STAY {len(plan.stays)}", "head"),)
    named: dict[str, list[str]] = {}
    for why, words in STAYS.items():
        for cover in plan.staying(why):
            is_kept = why is Why.PROMISED and not _is_agreed(cover)
            named.setdefault(COMPLAINT if is_kept else words, []).append(one_line(cover.name))
    for words in (*STAYS.values(), COMPLAINT):
        names = ", ".join(named.get(words, ()))
        lines = wrapped(names, window.columns - 2 - DAY) if names else []
        for number, line in enumerate(lines):
            head = Span(f" {padded('' if number else words, DAY)}", "late" if words == STAYS[Why.NO_ROOM] else "dim")
            yield head, Span(line)


def _then(days: Iterable[DayFill], window: Window) -> Iterator[Line]:
    """How full the days are with the plan, in bars; ! where something is promised."""
    head = padded(" THEN", 8)
    line: list[Span] = [Span(head, "head")]
    used = len(head)
    for fill in days:
        blocks = bar(fill.weight, fill.capacity, DAY_BAR)
        cell = load_cell(blocks, fill.load, promised=fill.is_promised, cells=DAY_BAR, digits=3)
        text = f"{day_short(fill.on, fill.on)[:3]} {fill.on.day:2} {cell}"
        if used + width(text) + 1 > window.columns and len(line) > 1:
            yield tuple(line)
            line, used = [Span(" " * len(head))], len(head)
        line.append(Span(f"{text}  ", "late" if fill.is_over else ""))
        used += width(text) + 2
    if len(line) > 1:
        yield tuple(line)


def _away_page(view: PlanView, away: TimeAway, window: Window) -> Iterator[Line]:
    """Days off, what moves, and whom to tell."""
    off, moves = away.days_off, view.plan.moves
    count = f"{counted(len(off), 'working day')} off" if off else "off already, or not worked"
    yield row([Span(f" AWAY {until(away.days, view.day)}", "head")], [Span(count)], columns=window.columns - 1)
    yield EMPTY
    if moves:
        yield from _moves(view.plan, view.day, window, "flat over the days near it, the most important nearest")
    else:
        yield (Span(" Nothing has to move." if off else " Nothing changes.", "dim"),)
    yield from _months(away.months)
    # Close to the question, for that is to be done by telephone.
    if away.tell:
        yield EMPTY
        head = Span(f" TELL {len(away.tell)}", "late")
        are_agreed = all(map(_is_agreed, away.tell))
        stay = "promised dates stay until they are" if are_agreed else "promises and complaints stay until"
        yield head, Span(f"   {stay} agreed anew", "dim")
        yield from (_to_tell(cover, view.day, window) for cover in away.tell)
    if moves:
        yield EMPTY
        yield from _then((fill for fill in view.after if fill.on not in away.days), window)


def _is_agreed(cover: Cover) -> bool:
    return cover.next is not None and cover.next.agreed


def _to_tell(cover: Cover, day: date, window: Window) -> Line:
    assert cover.next
    clock = f" {cover.next.time:%H:%M}" if cover.next.time else ""
    on = padded(f"{day_short(cover.next.on, day)}{clock}", DAY + 5)
    number = [Span(one_line(cover.number))] if cover.number else []
    left = [Span(" ! " if _is_agreed(cover) else "   ", "agreed"), Span(f"{on} "), Span(one_line(title(cover)), "bold")]
    return row(left, number, columns=window.columns - 1)


def _months(months: Iterable[MonthLeft]) -> Iterator[Line]:
    """Of each month that loses days: what lies there without one, and how many working days are left for it."""
    for month, undated, left in months:
        words = f"{counted(left, 'working day')} of {month.name.capitalize()} left"
        yield EMPTY
        yield (Span(f" IN {month.name.upper()}, NO DAY YET {undated}", "head"), Span(f"   {words}", "dim"))
