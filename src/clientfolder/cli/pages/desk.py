"""The page of the desk: today's work on one screen, and one dossier of it before a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from clientfolder.cli.output.parts import BETWEEN, cut_spans, load_bar, unreadable
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, bar, fitted, one_line, padded, row, width
from clientfolder.cli.output.words import about_words, came, day_of_log, day_short, said_words, title, where
from clientfolder.dates.calendar import day_long, last_day
from clientfolder.dossier.covers import with_owner
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler import slots
from clientfolder.tickler.desk import Desk, same_time_as
from clientfolder.tickler.today import URGENT, Also, Note, Today
from clientfolder.tuples import NamedTuple

HEAD_BAR, DAY_BAR = 8, 4
# What is said in passing leaves so many cells free.
FREE_CELLS = 10
INDENT = 9
# For each of these covers, how many first characters of its name suffice to type.
Suffice = Callable[[Sequence[Cover]], Mapping[str, int]]


BEGINNING: tuple[Line, ...] = (
    (Span(" The first client: ", "dim"), Span("cf new Anna Kowalska -n fri", "bold")),
    (Span(" From a phone:     ", "dim"), Span("cf import contacts.vcf", "bold")),
)


def desk_page(today: Today, window: Window, suffice: Suffice, *, below: int = 0) -> Iterable[Line]:
    """Today's work on one screen: the head and the promises always, of the rest what fits.

    `suffice` is asked only for a terminal with colours, and only about what is shown; `below` is how many lines the
    errors and warnings take that follow the page.
    """
    head = [*_head(today, window), EMPTY]
    rows = None if window.rows is None else window.rows - 2 - len(head) - below
    sections = list(_sections(today, rows))
    notes = today.notes([cover for name, cover in sections if cover and name in _NAMES])
    foot = list(_foot(today, notes, window))
    if not today.sections:
        nothing: list[Line] = [(Span(" Nothing lies on the desk.", "dim"),)]
        if not today.covers and not today.unreadable:
            nothing += BEGINNING
        nothing += [EMPTY] if foot else []
        return [*head, *nothing, *foot]
    pile = _Pile(today, window, notes, sections, suffice)
    return [*head, *pile.lines(None if rows is None else rows - 1 - len(foot)), EMPTY, *foot]


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
COMPLAINTS, WAITING = " COMPLAINTS", " WAITING FOR MY ANSWER"
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
        headed = self._headed(blocks)
        lines: list[Line] = []
        for name, cover in self.sections:
            if cover is None and name in headed:
                lines.append((Span(name, "late" if name == LATE else "head"),))
            elif cover is not None:
                lines += blocks.get(cover.client, [])
        return [*lines, *_how_many_more(self.load, blocks)]

    @property
    def load(self) -> int:
        """How many there are, with those for whom there is no room."""
        return sum(len(section.covers) for section in self.today.sections)

    def _blocks(self, room: int | None) -> Blocks:
        """The lines of those that are shown: two each; what gives way where room is short, is in `_given_way`."""
        blocks = {cover.client: self._of(cover, two=True) for cover in self.covers} | self._concerned()
        if room is None:
            return blocks
        for given in self._given_way(blocks):
            if self._fits(given, room):
                return given
        # More promises than the window has lines: else the head would go, and that says how many there are.
        left = dict(given)
        for fewer in (given, *_without(left, [cover for cover in self.covers if _is_promised(cover)][1:])):
            if self._fits(fewer, room + 1):
                return fewer
        return fewer

    def _fits(self, blocks: Blocks, room: int) -> bool:
        """Whether the lines have room, with the one that counts those that are not shown."""
        return self._height(blocks) + (len(blocks) < self.load) <= room

    def _given_way(self, blocks: Blocks) -> Iterator[Blocks]:
        """The same with less and less in it, in the order of the contract; promised rows stay."""
        yield blocks
        left = dict(blocks)
        others = {name: [c for at, c in self.sections if c and at == name and not _is_promised(c)] for name in _NAMES}
        for name in (TODAY, LATE):
            left |= {cover.client: self._of(cover, two=False) for cover in others[name]}
            yield dict(left)
        for name, least in ((TODAY, LEAST_OF_TODAY), (LATE, LEAST_LATE)):
            yield from _without(left, others[name][least:])
        yield from self._without_concerned(left, LEAST_CONCERNED)
        for cover in reversed([cover for at, cover in self.sections if cover and at in _NAMES and _is_promised(cover)]):
            left[cover.client] = self._of(cover, two=False)
            yield dict(left)
        # In a window that is smaller than any that people work in.
        for name in (TODAY, LATE):
            yield from _without(left, others[name])
        yield from self._without_concerned(left, 0)

    def _concerned(self) -> Blocks:
        """The lines of those who complain, and of those who wait."""
        found: Blocks = {}
        of, day = self.today.concerned, self.today.day
        below = {cover.client: name for name, cover in self.sections if cover and name not in _NAMES}
        for one in reversed(of.complaints):
            if below.get(one.cover.client) == COMPLAINTS:
                stamp = Span(f"{one.days(day)} d", "late" if one.is_late else "")
                found[one.cover.client] = [self._said(one.cover, stamp, said_words(one.complaint), one.is_late)]
        for asked in reversed(of.waiting):
            if below.get(asked.cover.client) == WAITING:
                entry = asked.inquiry.entry
                stamp = Span(came(entry.at, day), "late" if asked.is_late else "")
                found[asked.cover.client] = [self._said(asked.cover, stamp, one_line(entry.text), asked.is_late)]
        return found

    def _said(self, cover: Cover, stamp: Span, words: str, is_late: bool) -> Line:
        """`   15 d  Zlatá Husa           3 of 5: The print is too small…  +420 555 010 262`; late is red, or a word."""
        late = "" if self.window.colour or not is_late else "late: "
        reach = _how_to_reach(cover)
        room = self.window.columns - 1 - 31 - 2 - sum(width(span.text) for span in reach)
        pad, name = " " * max(0, 7 - width(stamp.text)), padded(fitted(one_line(cover.name), 19), 19)
        # The name stands where it does in the other rows, so that the letters that suffice are found in it.
        left = [Span(pad), stamp, Span("  "), Span(name), Span("  "), Span(fitted(f"{late}{words}", max(8, room)))]
        return row(left, reach, columns=self.window.columns - 1)

    def _without_concerned(self, left: Blocks, least: int) -> Iterator[Blocks]:
        """Those who wait and complain beyond so many of each taken out, the late ones last; promises of today stay."""
        of, due = self.today.concerned, {*self.today.desk.pile.clients}
        late = {one.cover.client for one in of.complaints if one.is_late}
        late |= {one.cover.client for one in of.waiting if one.is_late}
        for name in (WAITING, COMPLAINTS):
            those = [cover for at, cover in self.sections if cover and at == name]
            in_order = [c for c in those if c.client in late] + [c for c in those if c.client not in late]
            yield from _without(left, [c for c in in_order[least:] if not (_is_promised(c) and c.client in due)])

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
        return len(self._headed(blocks)) + sum(map(len, blocks.values()))

    def _headed(self, blocks: Blocks) -> set[str]:
        """The headings below which anything stands."""
        return {name for name, cover in self.sections if cover and cover.client in blocks}


_NAMES = (LATE, TODAY)
# So many unpromised rows stay when the others give way to what is promised.
LEAST_OF_TODAY, LEAST_LATE = 3, 2
# And so many of those who complain, and of those who wait.
LEAST_CONCERNED = 2


def _is_promised(cover: Cover) -> bool:
    return cover.next is not None and cover.next.agreed


def _without(left: Blocks, covers: Sequence[Cover]) -> Iterator[Blocks]:
    """The blocks with one of these after the other taken out, the last first."""
    for cover in reversed(covers):
        left.pop(cover.client, None)
        yield dict(left)


def _sections(today: Today, room: int | None) -> Iterator[tuple[str, Cover | None]]:
    """The headings, None for a cover, and below each what may find room there."""
    headings = {"WAITING": WAITING}
    for section, covers in today.sections:
        name = headings.get(section, f" {section}")
        yield name, None
        yield from ((name, cover) for cover in (covers if room is None else covers.first(room, room)))


def _how_many_more(load: int, shown: Blocks) -> Iterator[Line]:
    if left := load - len(shown):
        yield (Span(f"{' ' * INDENT}{left} more: cf -a", "dim"),)


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
    what = _what_for(cover, [note for note in notes if not note.is_in_passing], today.day)
    put_off = _put_off(cover)
    if two:
        yield row(left, [*_in_passing(notes, left, phone, columns), *phone], columns=columns)
        if what or put_off:
            yield row([Span(" " * INDENT), *what], put_off, columns=columns)
        return
    used = sum(width(span.text) for span in left)
    column = max(33, used + 2)
    right_width = sum(width(span.text) for span in phone)
    put_off = [Span(f" put {cover.moves}x", put_off[0].style)] if put_off else []
    space = columns - column - right_width - 2 - sum(width(span.text) for span in put_off)
    if space >= 8 and (what or put_off):
        left += [Span(" " * (column - used)), *cut_spans(what, space), *put_off]
    yield row(left, [*_in_passing(notes, left, phone, columns), *phone], columns=columns)


def _in_passing(notes: Sequence[Note], left: Sequence[Span], right: Sequence[Span], columns: int) -> list[Span]:
    """What stands beside the number, where so many cells stay free between it and the name."""
    text = ", ".join(one_line(note.text) for note in notes if note.is_in_passing)
    used = sum(width(span.text) for span in (*left, *right)) + width(text) + (2 if right else 0)
    return [Span(f"{text}{'  ' if right else ''}", "dim")] if text and used + FREE_CELLS <= columns else []


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


ALSO = " ALSO         "


def _foot(today: Today, notes: Sequence[Note], window: Window) -> Iterator[Line]:
    """What is no contact of today, and the load of the next working days."""
    yield from _also_lines([*_noted(today, notes), *today.also], window)
    yield from unreadable(len(today.unreadable))
    yield next_days(today, window)


def _noted(today: Today, notes: Sequence[Note]) -> Iterator[Also]:
    """The notes on clients who are not on the desk: those of one text together, with the names."""
    on_desk = set(today.desk.pile.clients) if notes else set()
    noted: dict[str, list[str]] = {}
    for note in notes:
        if note.client not in on_desk and not note.is_in_passing:
            cover = today.covers.of_client(note.client)
            noted.setdefault(note.text, []).append(cover.name if cover else note.client)
    for text, names in noted.items():
        yield Also(0, text, len(names), names)


def _also_lines(also: Sequence[Also], window: Window) -> Iterator[Line]:
    """` ALSO         no day 2 · no date: Öztürk Bau`: one line, with names as far as they have room."""
    if not also:
        return
    room = window.columns - 1 - len(ALSO)
    texts = [one_line(one.words if one.number is None else f"{one.words} {one.number}") for one in also]
    for place, one in enumerate(also):
        named = f"{one_line(one.words)}: {', '.join(map(one_line, one.names))}" if one.names else texts[place]
        longer = [*texts[:place], named, *texts[place + 1 :]]
        if width(BETWEEN.join(longer)) <= room:
            texts = longer
    yield Span(ALSO, "head"), Span(fitted(BETWEEN.join(texts), room))


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
    is_late = cover.next is None or last_day(cover.next.on) < today.day
    other = None if cover.next is None or is_late else same_time_as(cover.next, today.covers, cover.client)
    if other is not None:
        notes.insert(0, Note(cover.client, URGENT, f"same time as {one_line(other)}"))
    lines = list(_dossier_lines(today, cover, notes, window, two=True))
    if cover.client not in today.desk.pile.clients:
        lines.append((Span(" " * INDENT), Span(one_line(where(cover, today.day)), "bold")))
    return [*lines, next_days(today, window), EMPTY]
