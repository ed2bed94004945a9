"""The screen of one dossier on the desk: what was just done, the sheet cut to the window, the load, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, broken, one_line, row, wrapped
from clientfolder.cli.output.words import title
from clientfolder.cli.pages.desk import introduction, next_days
from clientfolder.cli.pages.dossier import NOTHING_SAID, about_lines, log_lines
from clientfolder.dates.calendar import day_long
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import Cover
from clientfolder.text import counted
from clientfolder.tickler.today import Today
from clientfolder.tuples import NamedTuple

KEYS = "[l]og [x] no answer [s]nooze [n]ext date [Enter] skip [b]ack [?] more [q]uit"
SHORT_KEYS = "[l]og [x] [s]nooze [n]ext [Enter] skip [?] more [q]uit"
EVERY_KEY = (
    ("l", "log: what happened, and when next"),
    ("x", "no answer: it comes again on a working day soon"),
    ("c", "complaint: what they complain of"),
    ("r", "rating: then a digit, 1 to 5, how content they are"),
    ("d", "deal: a new one, or how far one has come"),
    ("p", "payment: what came in, and what for"),
    ("s", "snooze: put it off, and remember it"),
    ("n", "next date: behind another day, nothing logged"),
    ("Enter", "skip: leave it for now, it stays on the desk"),
    ("b", "back: the dossier before this one"),
    ("t", "top: from the top again, those skipped too"),
    ("e", "edit the dossier in your editor"),
    ("o", "open one of its papers"),
    ("a", "all of the sheet, the whole log"),
    ("u", "undo the last act of this sitting"),
    ("q", "quit; cf -i goes on here until tonight"),
)
# Where there is no window to fill, a sheet has this many lines.
LINES_ON_A_ROLL = 14
MOST_NEWS = 4
LEAST_LOG = 6


class OneByOne(NamedTuple):
    """One dossier in the row of those on the desk, or in a list.

    `cover` is as lists have it: of a slip, with its client's name and number. `left`: how many there are; `skipped`:
    how many of them were skipped. `sheet` is None where the dossier has been spoilt since it was put on the desk; then
    `unreadable` says why.
    """

    today: Today
    cover: Cover
    left: int
    skipped: int
    sheet: DossierSheet | None = None
    unreadable: str = ""


def pile_page(screen: OneByOne, news: Iterable[Line], window: Window) -> list[Line]:
    """One screen; `news` is what was just done.

    The questions that follow it take lines of the window too, and push no name out of it.
    """
    today = screen.today
    head = f"{screen.left} left" + (f", {screen.skipped} skipped" if screen.skipped else "")
    top = row([Span(f" {day_long(today.day)}", "head")], [Span(head, "dim")], columns=window.columns - 1)
    told = list(folded(news, window))[:MOST_NEWS]
    foot = [EMPTY, next_days(today, window), (Span(f" {keys_line(window)}", "dim"),)]
    taken = 1 + len(told) + 1 + len(foot)
    room = LINES_ON_A_ROLL if window.rows is None else window.rows - min(4, window.rows // 6) - taken
    return [top, *told, EMPTY, *_in_room(screen, window, max(4, room)), *foot]


def keys_line(window: Window) -> str:
    return KEYS if window.columns > len(KEYS) + 1 else SHORT_KEYS


def folded(news: Iterable[Line], window: Window) -> Iterator[Line]:
    """What was told, each line as wide as the window."""
    for line in news:
        yield from broken((Span(" "), *line), window.columns - 1)


def _in_room(screen: OneByOne, window: Window, room: int) -> list[Line]:
    """The sheet in so many lines; of one that cannot be read what is known of it, and why."""
    if screen.sheet is not None:
        return _sheet(screen.sheet, screen.cover, window, room)
    known = introduction(screen.today, screen.cover, window)[:2]
    why = wrapped(screen.unreadable, window.columns - 1, indent=" ")
    return [*known, *((Span(line, "late"),) for line in why)][:room]


def _sheet(sheet: DossierSheet, cover: Cover, window: Window, room: int) -> list[Line]:
    about = list(about_lines(sheet, window))
    log = list(log_lines(sheet, window)) or [NOTHING_SAID]
    for_log, whole = room - 2 - len(about), len(log)
    if for_log < whole:
        log = list(log_lines(sheet.spoken, window)) or log
    # Where some of it is left out, a line counts that.
    needed = min(len(log) + (len(log) < whole), LEAST_LOG)
    if for_log < needed:
        for_log = min(needed, max(2, room - 4))
        also = f", {counted(len(sheet.papers), 'paper')}: o" if sheet.papers else ""
        about = _cut(about, room - 2 - for_log, len(about), also)
    return [_title(cover, window), *about, EMPTY, *_cut(log, for_log, whole)]


def _cut(lines: Sequence[Line], room: int, whole: int, also: str = "") -> list[Line]:
    """The first of them; where not all have room, or some were left out before, the last line counts those."""
    if whole <= room:
        return list(lines)
    kept = lines[: max(0, room - 1)]
    left = whole - len(kept)
    return [*kept, (Span(f" {counted(left, 'line')} more: a{also}", "dim"),)]


def _title(cover: Cover, window: Window) -> Line:
    """Who it is, and under which number."""
    reached = cover.number or cover.email
    number = [Span(one_line(str(reached)), "bold")] if reached else []
    return row([Span(f" {one_line(title(cover))}", "head")], number, columns=window.columns - 1)


def keys_page() -> list[Line]:
    """All the keys, one a line."""
    lines: list[Line] = [(Span(f" {name:>5}  ", "bold"), Span(what)) for name, what in EVERY_KEY]
    return [(Span(" One by one", "head"),), EMPTY, *lines, EMPTY]


def whole_page(sheet: DossierSheet, cover: Cover, window: Window) -> list[Line]:
    """The sheet with every entry; `cover` as above."""
    return [_title(cover, window), *about_lines(sheet, window), EMPTY, *log_lines(sheet, window)]
