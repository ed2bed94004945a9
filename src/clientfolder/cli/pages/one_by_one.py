"""The screen of one dossier on the desk: what was just done, the sheet cut to the window, the load, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clientfolder.cli import facts
from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, one_line, plain, row, width, wrapped
from clientfolder.cli.output.words import day_long, title
from clientfolder.cli.pages.desk import introduction, next_days
from clientfolder.cli.pages.dossier import about_lines, forms_of, log_lines
from clientfolder.cli.session import Session
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.errors import Trouble
from clientfolder.text import counted
from clientfolder.tickler.desk import slips_of

KEYS = "[l]og [x] no answer [s]nooze [n]ext date [Enter] skip [b]ack [?] more [q]uit"
SHORT_KEYS = "[l]og [x] [s]nooze [n]ext [Enter] skip [?] more [q]uit"
EVERY_KEY = (
    ("l", "log: what happened, and when next"),
    ("x", "no answer: it comes again on a working day soon"),
    ("s", "snooze: put it off, and remember it"),
    ("n", "next date: behind another day, nothing logged"),
    ("Enter", "skip: leave it for now, it stays on the desk"),
    ("b", "back: the dossier before this one"),
    ("t", "top: from the top again, with those that were skipped"),
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


def pile_page(session: Session, cover: Cover, news: Sequence[Line], paper: Window, head: str) -> list[Line]:
    """One screen. The questions that follow it take lines of the window too, and push no name out of it."""
    top = row([Span(f" {day_long(session.day)}", "head")], [Span(head, "dim")], columns=paper.columns - 1)
    told = list(_folded(news, paper))[:MOST_NEWS]
    foot = [EMPTY, next_days(facts.today(session), paper), (Span(f" {keys_line(paper)}", "dim"),)]
    room = (
        LINES_ON_A_ROLL if paper.rows is None else paper.rows - min(4, paper.rows // 6) - 1 - len(told) - 1 - len(foot)
    )
    return [top, *told, EMPTY, *_sheet(session, cover, paper, max(4, room)), *foot]


def keys_line(paper: Window) -> str:
    return KEYS if paper.columns > len(KEYS) + 1 else SHORT_KEYS


def _folded(news: Iterable[Line], paper: Window) -> Iterator[Line]:
    """What was told, each line as wide as the window."""
    for line in news:
        text = plain(line)
        if width(text) < paper.columns:
            yield (Span(" "), *line)
        else:
            style = next((span.style for span in line if span.style), "")
            yield from ((Span(part, style),) for part in wrapped(text, paper.columns - 1, indent=" "))


def _sheet(session: Session, cover: Cover, paper: Window, room: int) -> list[Line]:
    try:
        dossier = session.binder.read(cover.client).dossier
    except Trouble as trouble:
        # It was spoilt since it was put on the desk; what is known of it is shown.
        why = wrapped(session.rescue.letter(trouble).message, paper.columns - 1, indent=" ")
        return [*introduction(facts.today(session), cover, paper)[:2], *((Span(line, "late"),) for line in why)][:room]
    papers = session.papers_of(cover.client)
    about = list(about_lines(dossier, _slips(session, cover), session.day, paper, papers))
    log = list(log_lines(dossier, session.day, paper, forms_of(session))) or [(Span(" Nothing was said yet.", "dim"),)]
    for_log, whole = room - 2 - len(about), len(log)
    if for_log < whole:
        # How often it was put off stands above; what was said is wanted more than each move.
        spoken = tuple(entry for entry in dossier.log if entry.kind != "moved")
        log = list(log_lines(dossier._replace(log=spoken), session.day, paper, forms_of(session))) or log
    if for_log < min(len(log), LEAST_LOG):
        for_log = min(len(log), LEAST_LOG, max(2, room - 4))
        also = f", {counted(len(papers), 'paper')}: o" if papers else ""
        about = _cut(about, room - 2 - for_log, len(about), also)
    return [_title(dossier, cover, paper), *about, EMPTY, *_cut(log, for_log, whole)]


def _cut(lines: Sequence[Line], room: int, whole: int, also: str = "") -> list[Line]:
    """The first of them; where not all have room, or some were left out before, the last line counts those."""
    if whole <= room:
        return list(lines)
    kept = lines[: max(0, room - 1)]
    left = whole - len(kept)
    return [*kept, (Span(f" {counted(left, 'line')} more: a{also}", "dim"),)]


def _slips(session: Session, cover: Cover) -> Covers:
    return slips_of(session.contents.covers, cover.client)


def _title(dossier: Dossier, cover: Cover, paper: Window) -> Line:
    """Who it is, and under which number."""
    reached = cover.number or cover.email
    number = [Span(one_line(str(reached)), "bold")] if reached else []
    return row([Span(f" {one_line(title(dossier.cover))}", "head")], number, columns=paper.columns - 1)


def keys_page(paper: Window) -> list[Line]:
    """All the keys, one a line."""
    lines: list[Line] = [(Span(f" {name:>5}  ", "bold"), Span(what)) for name, what in EVERY_KEY]
    return [(Span(" One by one", "head"),), EMPTY, *lines, EMPTY, (Span(" Any key goes back.", "dim"),)]


def whole_page(session: Session, cover: Cover, paper: Window) -> list[Line]:
    """The sheet with every entry. Raises as reading it does."""
    dossier = session.binder.read(cover.client).dossier
    about = about_lines(dossier, _slips(session, cover), session.day, paper, session.papers_of(cover.client))
    return [_title(dossier, cover, paper), *about, EMPTY, *log_lines(dossier, session.day, paper, forms_of(session))]
