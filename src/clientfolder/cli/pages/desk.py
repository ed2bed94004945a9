"""The page of the desk: today's work on one screen, and one dossier of it before a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from clientfolder.binder.index import lookup
from clientfolder.cli.output.terminal import (
    EMPTY,
    Line,
    Span,
    Window,
    bar,
    error_lines,
    fitted,
    one_line,
    padded,
    row,
    width,
)
from clientfolder.cli.output.words import day_long, day_of_log, day_short, title, where
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import Month, last_day
from clientfolder.dossier.types import TASK, Cover
from clientfolder.tickler import desk, slots
from clientfolder.tickler.desk import Desk

HEAD_BAR, DAY_BAR = 8, 4


INDENT = 9


def desk_page(session: Session, paper: Window) -> Iterable[Line]:
    """Today's work on one screen: the head and the promises always, of the rest what fits."""
    on_desk = session.desk
    head = [*_head(session, paper), EMPTY]
    foot = list(_foot(session, paper))
    if not on_desk.pile:
        nothing: list[Line] = [(Span(" Nothing lies on the desk.", "dim"),), *([EMPTY] if foot else [])]
        return [*head, *nothing, *foot]
    # The prompt needs the last line of the window, and letters stand above it.
    room = None if paper.rows is None else paper.rows - 1 - len(head) - len(foot) - 1 - below(session, paper)
    return [*head, *_pile(session, paper, room), *([EMPTY] if foot else []), *foot]


def below(session: Session, paper: Window) -> int:
    """How many lines of the window the letters take; more than a third of it they may not have."""
    lines = error_lines(session.contents.unreadable, session.warnings, session.environment)
    return min(sum(-(-width(line) // paper.columns) for line in lines), (paper.rows or 0) // 3)


def _head(session: Session, paper: Window) -> Iterator[Line]:
    capacity, weight = session.room.capacity.on(session.day), session.room.weight.get(session.day, 0)
    day = Span(f" {day_long(session.day)}", "head")
    blocks = Span(padded(bar(weight, capacity, HEAD_BAR), HEAD_BAR + 1), "late" if weight > capacity else "")
    room = paper.columns - width(day.text) - width(blocks.text) - 2
    long, short = (f"{work}, room for {capacity}  " for work in _kinds_of_work(session.desk))
    yield row([day], [Span(long if width(long) <= room else short), blocks], columns=paper.columns)


def _kinds_of_work(on_desk: Desk) -> tuple[str, str]:
    """How many contacts there are, how many of them first calls, and how many slips; and the same in few words."""
    slips, first = on_desk.slips, sum(cover.is_first for cover in on_desk.pile)
    contacts = on_desk.load - slips
    counts = [f"{contacts} contact{'' if contacts == 1 else 's'}"] if contacts or not slips else []
    others = [f"{slips} slip{'' if slips == 1 else 's'}"] if slips else []
    firsts = [f"{first} of them first"] if first else []
    return ", ".join([*counts, *firsts, *others]), ", ".join([*counts, *others])


def _pile(session: Session, paper: Window, room: int | None) -> list[Line]:
    """The late and today's dossiers; where room is short, some get one line, and the last are only counted."""
    on_desk = session.desk
    shown = list(_sections(on_desk, room))
    covers = [cover for _, cover in shown if cover]
    # The letters are told by bold print alone.
    letters = lookup.letters_that_suffice(session.contents.covers, covers) if paper.colour else {}
    blocks = {cover.client: list(_dossier_lines(session, cover, paper, letters, two=True)) for cover in covers}
    if room is not None and _height(shown, blocks) + (len(covers) < on_desk.load) > room:
        short = {cover.client: list(_dossier_lines(session, cover, paper, letters, two=False)) for cover in covers}
        important = {c.client for name, c in shown if c and (name == LATE or (c.next and c.next.agreed))}
        blocks = {client: blocks[client] if client in important else short[client] for client in blocks}
        if _height(shown, blocks) + (len(covers) < on_desk.load) > room:
            blocks = _cut_to(room, shown, blocks, short, on_desk.load)
    lines: list[Line] = []
    for name, cover in shown:
        if cover is None:
            lines.append((Span(name, "late" if name == LATE else "head"),))
        else:
            lines += blocks.get(cover.client, [])
    return [*lines, *_how_many_more(on_desk, blocks)]


LATE, TODAY = " LATE", " TODAY"


def _sections(on_desk: Desk, room: int | None) -> Iterator[tuple[str, Cover | None]]:
    """The headings, None for a cover, and below each what may find room; the promised ones do before the others."""
    promises = others = room
    for name, covers in ((LATE, on_desk.overdue), (TODAY, on_desk.today)):
        if covers:
            yield name, None
        may_fit = covers if promises is None or others is None else covers.first(promises, others)
        yield from ((name, cover) for cover in may_fit)
        if promises is not None and others is not None:
            promised = sum(1 for cover in may_fit if cover.next and cover.next.agreed)
            promises, others = promises - promised, others - (len(may_fit) - promised)


def sections_json(on_desk: Desk) -> list[dict[str, Any]]:
    """The sections that the page has, by their headings, and the clients below each; none is empty."""
    parts = ((LATE, on_desk.overdue), (TODAY, on_desk.today))
    return [{"section": name.strip(), "clients": covers.clients} for name, covers in parts if covers]


def _how_many_more(on_desk: Desk, shown: dict[str, list[Line]]) -> Iterator[Line]:
    left = len(on_desk.pile) - len(shown)
    if left:
        piles = {"overdue": on_desk.overdue.clients, "today": on_desk.today.clients}
        places = [name for name, clients in piles.items() if not shown.keys() >= set(clients)]
        commands = ", ".join(f"cf list {place}" for place in places)
        yield (Span(f"{' ' * INDENT}{left} more: {commands}", "dim"),)


def _height(shown: Sequence[tuple[str, Cover | None]], blocks: dict[str, list[Line]]) -> int:
    return sum(1 if cover is None else len(blocks.get(cover.client, ())) for _, cover in shown)


def _cut_to(
    room: int, shown: Sequence[tuple[str, Cover | None]], blocks: dict[str, list[Line]], short: dict[str, list[Line]],
    load: int,
) -> dict[str, list[Line]]:  # fmt: skip
    """Leave dossiers out from the end until the rest fits with the line that counts them; promises last of all."""
    covers = [cover for _, cover in shown if cover]
    kept = dict(blocks)
    for cover in reversed(covers):
        if _height(shown, kept) + (len(kept) < load) <= room:
            return kept
        if not (cover.next and cover.next.agreed):
            del kept[cover.client]
    for cover in reversed(covers):
        if _height(shown, kept) + 1 > room and cover.client in kept:
            kept[cover.client] = short[cover.client]
    # More promises than the window has lines: the last of them are counted too.
    for cover in reversed(covers):
        if _height(shown, kept) + 1 > room and len(kept) > 1:
            kept.pop(cover.client, None)
    return kept


def _dossier_lines(
    session: Session, cover: Cover, paper: Window, letters: dict[str, int], *, two: bool
) -> Iterator[Line]:
    """One dossier on the desk: who, when and the number; below it, or behind the name, what for and what was last."""
    cover = session.shown(cover)
    columns = paper.columns - 1
    mark = Span(" ! " if cover.next and cover.next.agreed else "   ", "agreed")
    stamp = _stamp(session, cover)
    left = [mark, stamp, Span(" "), *_name_spans(cover, letters)]
    phone = _how_to_reach(cover)
    what = _what_for(cover, session.day)
    put_off = _put_off(cover)
    if two:
        yield row(left, phone, columns=columns)
        if what or put_off:
            yield row([Span(" " * INDENT), *what], put_off, columns=columns)
        return
    used = sum(width(span.text) for span in left)
    column = max(33, used + 2)
    right_width = sum(width(span.text) for span in phone)
    put_off = [Span(f" put {cover.moves}x", put_off[0].style)] if put_off else []
    space = columns - column - right_width - 2 - sum(width(span.text) for span in put_off)
    if space >= 8 and (what or put_off):
        middle = [*_cut_spans(what, space), *put_off]
        yield row([*left, Span(" " * (column - used)), *middle], phone, columns=columns)
    else:
        yield row(left, phone, columns=columns)


def _how_to_reach(cover: Cover) -> list[Span]:
    """The number, and at what hours; before them, that it is a slip and no call."""
    words = " ".join(filter(None, ("slip" if cover.is_slip else "", fitted(cover.hours or "", 20))))
    number = fitted(cover.number, 28) if cover.number else ""
    parts = [Span(f"{words}{'  ' if number else ''}", "dim")] if words else []
    return [*parts, Span(number)] if number else parts


def _cut_spans(spans: Sequence[Span], columns: int) -> list[Span]:
    cut = []
    for span in spans:
        text = span.text if width(span.text) <= columns else fitted(span.text, columns)
        columns -= width(text)
        cut.append(Span(text, span.style))
        if text != span.text:
            break
    return cut


def _stamp(session: Session, cover: Cover) -> Span:
    """How late, or at what time; five columns."""
    if cover.next is None:
        return Span("     ")
    late = slots.days_late(cover.next.on, session.day)
    if late:
        return Span(f"{f'{late} d':>4} "[:5], "late")
    return Span(f"{cover.next.time:%H:%M}" if cover.next.time and cover.next.on == session.day else "     ", "bold")


def _name_spans(cover: Cover, letters: dict[str, int]) -> list[Span]:
    """The name, the letters that suffice to type in bold, and with whom or the company."""
    name = one_line(cover.name)
    count = letters.get(cover.client, 0)
    beside = cover.whom.name if cover.whom else None
    if beside is None and title(cover) != cover.name:
        beside = cover.company
    rest = f" · {one_line(beside)}" if beside else ""
    return [Span(name[:count], "bold"), Span(name[count:] + rest)]


def _what_for(cover: Cover, day: date) -> list[Span]:
    """What the contact is about, and what was last: its day and its words, dim."""
    spans = []
    if promise := _promise(cover, day):
        spans.append(Span(promise, "late"))
    kind = cover.next.kind if cover.next else "call"
    usual = TASK if cover.is_slip else "call"
    about = one_line(cover.next.about) if cover.next and cover.next.about else ""
    about = ": ".join(filter(None, (kind if kind != usual else "", about)))
    if about:
        spans += [Span(": " if spans else ""), Span(about)]
    if cover.last:
        words = one_line(cover.last.text) or ("no answer" if not cover.last.reached else cover.last.kind)
        spans += [Span(" · " if spans else ""), Span(f"{day_of_log(cover.last.day, day)} {words}", "dim")]
    elif not about and not cover.is_slip:
        spans += [Span(" · " if spans else ""), Span("first call", "dim")]
    return spans


def _promise(cover: Cover, day: date) -> str:
    """A promise that was broken, or put off since; nothing where a new one has taken its place."""
    if cover.next and cover.next.agreed:
        return "broken promise" if last_day(cover.next.on) < day else ""
    return f"promised for {day_short(cover.promised, day)}" if cover.promised else ""


def _put_off(cover: Cover) -> list[Span]:
    return [Span(f"put off {cover.moves}x", "late" if cover.moves > 2 else "dim")] if cover.moves else []


def _foot(session: Session, paper: Window) -> Iterator[Line]:
    """What wants a day or a date, and the load of the next working days."""
    on_desk = session.desk
    parts = []
    if on_desk.undated:
        names = ", ".join(one_line(cover.name) for cover in on_desk.undated)
        parts.append(f"in {Month.of(session.day).name.capitalize()}: {names}")
    if on_desk.unfiled:
        names = ", ".join(one_line(cover.name) for cover in on_desk.unfiled)
        parts.append(f"no date at all: {names}")
    head = " NO DAY YET   "
    room = paper.columns - 1 - len(head)
    parts = [fitted(part, room) for part in parts]
    if width("    ".join(parts)) <= room:
        parts = ["    ".join(parts)] if parts else []
    for place, part in enumerate(parts):
        yield Span(head if place == 0 else " " * len(head), "head"), Span(part)
    unreadable = len(session.contents.unreadable)
    if unreadable:
        yield (Span(f" UNREADABLE   {unreadable} dossier{'s' if unreadable > 1 else ''}: cf doctor", "late"),)
    yield from next_days(session, paper)


def next_days(session: Session, paper: Window) -> Iterator[Line]:
    """` NEXT DAYS    Thu 16 █▌ 3   Fri 17 ████+ 9!`: the load of the coming working days; ! where some is promised."""
    room = session.room
    promised_days = desk.promised_days(session.contents.covers)
    spans = [Span(" NEXT DAYS    ", "head")]
    used = len(spans[0].text)
    for day in desk.nearest_working_days(room.working, session.day, 5):
        blocks = bar(room.weight.get(day, 0), room.capacity.on(day), DAY_BAR)
        count = f"{blocks} {session.load[day]}".strip() + ("!" if day in promised_days else "")
        text = f"{day_short(day, session.day)[:3]} {day.day} {count}"
        gap = "   " if len(spans) > 1 else ""
        if used + width(gap + text) > paper.columns - 1:
            break
        used += width(gap + text)
        spans.append(Span(gap + text))
    yield tuple(spans)


def introduction(session: Session, cover: Cover) -> list[Line]:
    """Before the question: who it is, why it is due, what was said last, and the load of the next days."""
    paper = Window.of(session.environment)
    lines = list(_dossier_lines(session, cover, paper, letters={}, two=True))
    if cover.client not in session.desk.pile.clients:
        lines.append((Span(" " * INDENT), Span(one_line(where(cover, session.day)), "bold")))
    return [*lines, *next_days(session, paper), EMPTY]
