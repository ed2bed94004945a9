"""The page of a plan: how full it is, who moves where and why, who stays, and how full the days are then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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
from clientfolder.cli.output.words import day_long, day_short, title
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import Month, WorkingDays, last_day
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler import desk, slots
from clientfolder.tickler.spreading import Lay, Move, Plan, Stay, Why

HEAD_BAR, DAY_BAR = 8, 4
# The columns of the days at the left.
DAY = 13
WIDE = 76


def until(days: DateRange, today: date) -> str:
    """`Mon 10 Aug to Fri 21 Aug`, or the one day."""
    first, last = day_short(days.first, today), day_short(days.last, today)
    return first if days.first == days.last else f"{first} to {last}"


def reason_of(move: Move) -> str:
    return ", ".join(move.reasons) or "it had no date"


def stay_reason(stay: Stay) -> str:
    return stay.why.value


def move_from(cover: Cover, day: date) -> str:
    """Where a dossier comes from: `3 days late`, `today`, `Mon 20 Jul`, `July`, `no date`."""
    if cover.next is None:
        return "no date"
    late = slots.days_late(cover.next.on, day)
    if late:
        return f"{counted(late, 'day')} late"
    return "today" if cover.next.on == day else day_short(cover.next.on, day)


def days_shown(plan: Plan) -> list[date]:
    """The days that were looked at, and the working days from the first to the last that gets something."""
    to = [move.to for move in plan.moves]
    working: WorkingDays = plan.after.room.working
    between = DateRange(min(to), max(to)) if to else ()
    return sorted({*plan.places, *(day for day in between if day in working)})


def spread_page(session: Session, plan: Plan, paper: Window) -> Iterator[Line]:
    """The plan of a slot that is spread."""
    yield from _heads(session, plan, paper)
    yield EMPTY
    if not plan.moves:
        yield (Span(f" {_why_nothing(plan)}"),)
    else:
        how = "the least important, as near as there is room" if plan.places else "flat, the most important nearest"
        yield from _moves(plan, session.day, paper, "MOVE", how)
    if plan.moves or plan.too_full or plan.staying(Why.NO_ROOM):
        yield from _stays(plan, paper)
    yield EMPTY
    yield from _then(session, plan, days_shown(plan), paper)


def _heads(session: Session, plan: Plan, paper: Window) -> Iterator[Line]:
    """How full it is: each day looked at that is too full, or the only one; and what has no day."""
    full = [day for day in plan.places if plan.before.is_over(day)] or list(plan.places[:1])
    for day in full:
        yield _day_head(plan.before, day, session.day, paper)
    covers = [*(move.cover for move in plan.moves), *(stay.cover for stay in plan.stays)]
    undated = [cover.next.on for cover in covers if cover.next and isinstance(cover.next.on, Month)]
    for month in sorted({on for on in undated if on.last >= session.day}):
        name = day_short(month, session.day)
        yield (Span(f" {name}, no day yet", "head"), Span(f": {undated.count(month)}"))
    if unfiled := sum(cover.next is None for cover in covers):
        yield (Span(" No date at all", "head"), Span(f": {unfiled}"))
    if not covers:
        yield (Span(" Nothing lies there.", "dim"),)


def _day_head(lay: Lay, day: date, today: date, paper: Window) -> Line:
    load, capacity, weight = lay.load.get(day, 0), lay.capacity(day), lay.room.weight.get(day, 0)
    filled = Span(padded(bar(weight, capacity, HEAD_BAR), HEAD_BAR + 1), "late" if lay.is_over(day) else "")
    held = f"{load}" if weight == load else f"{load} (weighing {weight:g})"
    count = Span(f"{held} {'in all' if day == today else 'that day'}, room for {capacity}  ")
    return row([Span(f" {day_long(day)}", "head")], [count, filled], columns=paper.columns)


def _why_nothing(plan: Plan) -> str:
    if plan.too_full:
        return "Nothing can move."
    return "Nothing has to move." if plan.places else "Nothing can be laid on a day."


def _moves(plan: Plan, day: date, paper: Window, head: str, how: str) -> Iterator[Line]:
    """The moves by the day that gets them: who, from where, and why."""
    title = Span(f" {head} {len(plan.moves)}", "head")
    yield row([title, Span("   "), Span(how, "dim")], columns=paper.columns - 1)
    from_column = max(width(move_from(move.cover, day)) for move in plan.moves) + 2
    column = min(max(width(one_line(move.cover.name)) for move in plan.moves), paper.columns // 3) + 2
    # On narrow paper the month gives way to the reason.
    words, days = (4, DAY) if paper.columns >= WIDE else (2, DAY - 4)
    days = max(days, *(width(_to(move, day, words)) + 2 for move in plan.moves))
    shown = None
    for move in plan.moves:
        to = _to(move, day, words) if move.to != shown else ""
        shown = move.to
        name = padded(fitted(move.cover.name, column - 2), column)
        left = [Span(f" {padded(to, days)}", "bold"), Span(name), Span(padded(move_from(move.cover, day), from_column))]
        yield row([*left, Span(reason_of(move), "dim")], columns=paper.columns - 1)


def _to(move: Move, day: date, words: int) -> str:
    return " ".join(day_short(move.to, day).split(" ")[:words])


STAYS = {Why.PROMISED: "promised", Why.FITS: "room enough", Why.NO_ROOM: "no room"}


def _stays(plan: Plan, paper: Window) -> Iterator[Line]:
    """Who stays, by the reason why."""
    if plan.stays:
        yield EMPTY
        yield (Span(f" STAY {len(plan.stays)}", "head"),)
    for why, words in STAYS.items():
        names = ", ".join(one_line(cover.name) for cover in plan.staying(why))
        lines = wrapped(names, paper.columns - 2 - DAY) if names else []
        for number, line in enumerate(lines):
            head = Span(f" {padded('' if number else words, DAY)}", "late" if why is Why.NO_ROOM else "dim")
            yield head, Span(line)


def _then(session: Session, plan: Plan, days: Sequence[date], paper: Window) -> Iterator[Line]:
    """How full the days are with the plan, in bars; ! where something is promised."""
    promised_days = desk.promised_days(session.contents.covers)
    head = padded(" THEN", 8)
    line: list[Span] = [Span(head, "head")]
    used = len(head)
    for day in days:
        blocks = bar(plan.after.room.weight.get(day, 0), plan.after.capacity(day), DAY_BAR)
        mark = "!" if day in promised_days else ""
        name, count = day_short(day, session.day)[:3], plan.after.load.get(day, 0)
        text = f"{name} {day.day:2} {padded(blocks, DAY_BAR + 1)}{count:3}{mark:1}"
        if used + width(text) + 1 > paper.columns and len(line) > 1:
            yield tuple(line)
            line, used = [Span(" " * len(head))], len(head)
        line.append(Span(f"{text}  ", "late" if plan.after.is_over(day) else ""))
        used += width(text) + 2
    if len(line) > 1:
        yield tuple(line)


def away_page(session: Session, plan: Plan, days: DateRange, off: Sequence[date], paper: Window) -> Iterator[Line]:
    """Days off, what moves, and whom to tell."""
    count = f"{counted(len(off), 'working day')} off" if off else "off already, or not worked"
    yield row([Span(f" AWAY {until(days, session.day)}", "head")], [Span(count)], columns=paper.columns - 1)
    yield EMPTY
    if plan.moves:
        yield from _moves(plan, session.day, paper, "MOVE", "flat over the days near it, the most important nearest")
    else:
        yield (Span(" Nothing has to move." if off else " Nothing changes.", "dim"),)
    yield from _months(session, days, plan)
    # Close to the question, for that is to be done by telephone.
    if tell := plan.staying(Why.PROMISED):
        yield EMPTY
        yield (Span(f" TELL {len(tell)}", "late"), Span("   promised dates stay until they are agreed anew", "dim"))
        for cover in sorted(tell, key=_by_time):
            yield _to_tell(session.shown(cover), session.day, paper)
    if plan.moves:
        yield EMPTY
        yield from _then(session, plan, [day for day in days_shown(plan) if day not in days], paper)


def _by_time(cover: Cover) -> tuple[date, bool, str, tuple[str, str]]:
    assert cover.next
    at = cover.next.time
    return last_day(cover.next.on), at is None, at.isoformat() if at else "", cover.sorted_by


def _to_tell(cover: Cover, day: date, paper: Window) -> Line:
    assert cover.next
    clock = f" {cover.next.time:%H:%M}" if cover.next.time else ""
    on = padded(f"{day_short(cover.next.on, day)}{clock}", DAY + 5)
    number = [Span(one_line(cover.number))] if cover.number else []
    left = [Span(" ! ", "agreed"), Span(f"{on} "), Span(one_line(title(cover)), "bold")]
    return row(left, number, columns=paper.columns - 1)


def _months(session: Session, days: DateRange, plan: Plan) -> Iterator[Line]:
    """Of each month that loses days: what lies there without one, and how many working days are left for it."""
    working = plan.after.room.working
    for month in days.months:
        count = session.load.get(month, 0)
        if count:
            left = sum(day in working for day in DateRange(max(month.first, session.day), month.last))
            words = f"{counted(left, 'working day')} of {month.name.capitalize()} left"
            yield EMPTY
            yield (Span(f" IN {month.name.upper()}, NO DAY YET {count}", "head"), Span(f"   {words}", "dim"))
