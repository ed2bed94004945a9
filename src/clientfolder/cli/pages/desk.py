"""The page of the desk: today's work on one screen, and one dossier of it before a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clientfolder.cli.output.parts import cut_spans, load_bar, no_day_yet, unreadable
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, bar, fitted, one_line, row, width
from clientfolder.cli.output.words import about_words, day_long, day_of_log, day_short, title, where
from clientfolder.dates.calendar import Month
from clientfolder.dossier.slips import with_owner
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler import slots
from clientfolder.tickler.desk import Desk
from clientfolder.tickler.today import Note, Today

HEAD_BAR, DAY_BAR = 8, 4
INDENT = 9
# As many notes on clients who are not on the desk have a line of their own.
MOST_NOTED = 5
# For each of these covers, how many first characters of its name suffice to type.
Suffice = Callable[[Sequence[Cover]], Mapping[str, int]]


def desk_page(today: Today, window: Window, suffice: Suffice, *, below: int = 0) -> Iterable[Line]:
    """Today's work on one screen: the head and the promises always, of the rest what fits.

    `suffice` is asked only for a terminal with colours, and only about what is shown; `below` is how many lines the
    letters take that follow the page.
    """
    head = [*_head(today, window), EMPTY]
    foot = list(_foot(today, window))
    room = None if window.rows is None else window.rows - 1 - len(head) - len(foot) - 1 - below
    sections = list(_sections(today.desk, room))
    notes = today.notes([cover for _, cover in sections if cover])
    noted = _noted(today, notes, window, MOST_NOTED if room is None else room - _least(sections))
    foot = [*noted, *foot]
    if not today.desk.pile:
        nothing: list[Line] = [(Span(" Nothing lies on the desk.", "dim"),), *([EMPTY] if foot else [])]
        return [*head, *nothing, *foot]
    # The prompt needs the last line of the window, and letters stand above it.
    if room is not None and noted:
        room -= len(noted)
        sections = list(_sections(today.desk, room))
    pile = _Pile(today, window, notes, sections, suffice)
    return [*head, *pile.lines(room), *([EMPTY] if foot else []), *foot]


def _head(today: Today, window: Window) -> Iterator[Line]:
    day = Span(f" {day_long(today.day)}", "head")
    blocks = load_bar(today.weight, today.capacity, HEAD_BAR)
    room = window.columns - width(day.text) - width(blocks.text) - 2
    long, short = (f"{work}, room for {today.capacity}  " for work in _kinds_of_work(today.desk))
    yield row([day], [Span(long if width(long) <= room else short), blocks], columns=window.columns)


def _kinds_of_work(on_desk: Desk) -> tuple[str, str]:
    """How many contacts there are, how many of them first calls, and how many slips; and the same in few words."""
    slips, first = on_desk.slips, sum(cover.is_first for cover in on_desk.pile)
    contacts = on_desk.load - slips
    counts = [counted(contacts, "contact")] if contacts or not slips else []
    others = [counted(slips, "slip")] if slips else []
    firsts = [f"{first} of them first"] if first else []
    return ", ".join([*counts, *firsts, *others]), ", ".join([*counts, *others])


# The pile ----------------------------------------------------------------------------------------------

LATE, TODAY = " LATE", " TODAY"
# The headings, None for a cover, and below each the covers that may find room there.
Sections = Sequence[tuple[str, Cover | None]]
# The lines of each dossier that is shown, by its short name.
Blocks = dict[str, list[Line]]


class _Pile(NamedTuple):
    """The late and today's dossiers; where room is short, some get one line, and the last are only counted."""

    today: Today
    window: Window
    notes: Sequence[Note]
    sections: Sections
    suffice: Suffice

    @property
    def covers(self) -> list[Cover]:
        return [cover for _, cover in self.sections if cover]

    def lines(self, room: int | None) -> list[Line]:
        blocks = self._with_letters(self._blocks(room))
        lines: list[Line] = []
        for name, cover in self.sections:
            if cover is None:
                lines.append((Span(name, "late" if name == LATE else "head"),))
            else:
                lines += blocks.get(cover.client, [])
        return [*lines, *_how_many_more(self.today.desk, blocks)]

    def _blocks(self, room: int | None) -> Blocks:
        """The lines of those that are shown: two each, else one each but for promises and what is late, else fewer."""
        covers, load = self.covers, self.today.desk.load
        blocks = {cover.client: self._of(cover, two=True) for cover in covers}
        if room is None or self._height(blocks) + (len(covers) < load) <= room:
            return blocks
        short = {cover.client: self._of(cover, two=False) for cover in covers}
        important = {c.client for name, c in self.sections if c and (name == LATE or (c.next and c.next.agreed))}
        blocks = {client: blocks[client] if client in important else short[client] for client in blocks}
        fits = self._height(blocks) + (len(covers) < load) <= room
        return blocks if fits else self._cut_to(room, blocks, short)

    def _of(self, cover: Cover, *, two: bool) -> list[Line]:
        notes = [note for note in self.notes if note.client == cover.client]
        return list(_dossier_lines(self.today, cover, notes, self.window, two=two))

    def _with_letters(self, blocks: Blocks) -> Blocks:
        """The same with the letters that suffice in bold print, which alone tells them; only for those on the page."""
        covers = [cover for cover in self.covers if cover.client in blocks]
        letters = self.suffice(covers) if self.window.colour and covers else {}
        bold = blocks.copy()
        for cover in covers:
            if count := letters.get(cover.client, 0):
                bold[cover.client] = [_in_bold(blocks[cover.client][0], count), *blocks[cover.client][1:]]
        return bold

    def _height(self, blocks: Blocks) -> int:
        return sum(1 if cover is None else len(blocks.get(cover.client, ())) for _, cover in self.sections)

    def _cut_to(self, room: int, blocks: Blocks, short: Blocks) -> Blocks:
        """Leave dossiers out from the end until the rest fits with the line that counts them; promises last of all."""
        covers = self.covers
        kept = dict(blocks)
        for cover in reversed(covers):
            if self._height(kept) + (len(kept) < self.today.desk.load) <= room:
                return kept
            if not (cover.next and cover.next.agreed):
                del kept[cover.client]
        for cover in reversed(covers):
            if self._height(kept) + 1 > room and cover.client in kept:
                kept[cover.client] = short[cover.client]
        # More promises than the window has lines: the last of them are counted too.
        for cover in reversed(covers):
            if self._height(kept) + 1 > room and len(kept) > 1:
                kept.pop(cover.client, None)
        return kept


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


def _how_many_more(on_desk: Desk, shown: Blocks) -> Iterator[Line]:
    left = len(on_desk.pile) - len(shown)
    if left:
        piles = {"overdue": on_desk.overdue.clients, "today": on_desk.today.clients}
        places = [name for name, clients in piles.items() if not shown.keys() >= set(clients)]
        commands = ", ".join(f"cf list {place}" for place in places)
        yield (Span(f"{' ' * INDENT}{left} more: {commands}", "dim"),)


# One dossier -------------------------------------------------------------------------------------------

# Which span of the first line has the name: the mark, the time or how late it is, and a blank stand before it.
NAME = 3


def _dossier_lines(today: Today, cover: Cover, notes: Sequence[Note], window: Window, *, two: bool) -> Iterator[Line]:
    """One dossier on the desk: who, when and the number; below it, or behind the name, what for and what was last."""
    cover = with_owner(cover, today.covers)
    columns = window.columns - 1
    mark = Span(" ! " if cover.next and cover.next.agreed else "   ", "agreed")
    left = [mark, _stamp(cover, today.day), Span(" "), _name(cover)]
    phone = _how_to_reach(cover)
    what = _what_for(cover, notes, today.day)
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
        middle = [*cut_spans(what, space), *put_off]
        yield row([*left, Span(" " * (column - used)), *middle], phone, columns=columns)
    else:
        yield row(left, phone, columns=columns)


def _how_to_reach(cover: Cover) -> list[Span]:
    """The number, and at what hours; before them, that it is a slip and no call."""
    words = " ".join(filter(None, ("slip" if cover.is_slip else "", fitted(cover.hours or "", 20))))
    number = fitted(cover.number, 28) if cover.number else ""
    parts = [Span(f"{words}{'  ' if number else ''}", "dim")] if words else []
    return [*parts, Span(number)] if number else parts


def _stamp(cover: Cover, day: date) -> Span:
    """How late, or at what time; five columns."""
    if cover.next is None:
        return Span("     ")
    late = slots.days_late(cover.next.on, day)
    if late:
        return Span(f"{f'{late} d':>4} "[:5], "late")
    return Span(f"{cover.next.time:%H:%M}" if cover.next.time and cover.next.on == day else "     ", "bold")


def _name(cover: Cover) -> Span:
    """The name, and with whom or the company."""
    beside = cover.whom.name if cover.whom else None
    if beside is None and title(cover) != cover.name:
        beside = cover.company
    return Span(f"{one_line(cover.name)} · {one_line(beside)}" if beside else one_line(cover.name))


def _in_bold(line: Line, count: int) -> Line:
    """The first line of a dossier with so many characters of its name in bold print."""
    before, name, behind = line[:NAME], line[NAME].text, line[NAME + 1 :]
    return *before, Span(name[:count], "bold"), Span(name[count:]), *behind


def _what_for(cover: Cover, notes: Sequence[Note], day: date) -> list[Span]:
    """What the contact is about, urgent notes before it and others behind; then what was last, which may be cut."""
    parts: list[list[Span]] = []
    urgent = ", ".join(one_line(note.text) for note in notes if note.is_urgent)
    about = about_words(cover)
    if urgent or about:
        between = [Span(": ")] if urgent and about else []
        parts.append([*([Span(urgent, "late")] if urgent else []), *between, *([Span(about)] if about else [])])
    parts += [[Span(one_line(note.text), "dim")] for note in notes if not note.is_urgent]
    if cover.last:
        words = one_line(cover.last.text) or ("no answer" if not cover.last.reached else cover.last.kind)
        parts.append([Span(f"{day_of_log(cover.last.day, day)} {words}", "dim")])
    first, *others = parts or [[]]
    return [*first, *(span for part in others for span in (Span(" · "), *part))]


def _put_off(cover: Cover) -> list[Span]:
    return [Span(f"put off {cover.moves}x", "late" if cover.moves > 2 else "dim")] if cover.moves else []


# The foot ----------------------------------------------------------------------------------------------


NOTED = " NOTED        "


def _noted(today: Today, notes: Sequence[Note], window: Window, most: int) -> list[Line]:
    """The notes on clients who are not on the desk, a line each; the last of so many lines counts those left out."""
    on_desk = set(today.desk.pile.clients) if notes else set()
    others = [note for note in notes if note.client not in on_desk]
    most = max(0, min(most, MOST_NOTED))
    told = others if len(others) <= most else others[: max(0, most - 1)]
    lines: list[Line] = []
    for note in told:
        cover = today.covers.of_client(note.client)
        name = Span(f"{one_line(cover.name) if cover else one_line(note.client)}: ")
        text = Span(one_line(note.text), "late" if note.is_urgent else "")
        head = Span(" " * len(NOTED) if lines else NOTED, "head")
        lines.append(row([head, name, text], columns=window.columns - 1))
    if most and len(told) < len(others):
        head = Span(" " * len(NOTED) if lines else NOTED, "head")
        lines.append((head, Span(f"{len(others) - len(told)} more", "dim")))
    return lines


def _least(sections: Sections) -> int:
    """How many lines the promises take at least, with their headings and the line that counts the others."""
    return 1 + sum(1 for _, cover in sections if cover is None or (cover.next and cover.next.agreed))


def _foot(today: Today, window: Window) -> Iterator[Line]:
    """What wants a day or a date, and the load of the next working days."""
    month = Month.of(today.day).name.capitalize()
    piles = ((f"in {month}", today.desk.undated), ("no date at all", today.desk.unfiled))
    names = [(pile, [one_line(name) for name in covers.names]) for pile, covers in piles]
    yield from no_day_yet(names, window, together=True)
    yield from unreadable(len(today.unreadable))
    yield next_days(today, window)


def next_days(today: Today, window: Window) -> Line:
    """` NEXT DAYS    Thu 16 █▌ 3   Fri 17 ████+ 9!`: the load of the coming working days; ! where some is promised."""
    spans = [Span(" NEXT DAYS    ", "head")]
    used = len(spans[0].text)
    for one in today.ahead:
        count = f"{bar(one.weight, one.capacity, DAY_BAR)} {one.load}".strip() + ("!" if one.agreed else "")
        gap = "   " if len(spans) > 1 else ""
        text = f"{gap}{day_short(one.on, today.day)[:3]} {one.on.day} {count}"
        if used + width(text) > window.columns - 1:
            break
        used += width(text)
        spans.append(Span(text))
    return tuple(spans)


def introduction(today: Today, cover: Cover, window: Window) -> list[Line]:
    """Before the question: who it is, why it is due, what was said last, and the load of the next days."""
    notes = [note for note in today.notes([cover]) if note.client == cover.client]
    lines = list(_dossier_lines(today, cover, notes, window, two=True))
    if cover.client not in today.desk.pile.clients:
        lines.append((Span(" " * INDENT), Span(one_line(where(cover, today.day)), "bold")))
    return [*lines, next_days(today, window), EMPTY]
