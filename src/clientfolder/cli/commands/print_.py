"""What goes to paper: `print`."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from clientfolder.binder import files, printed_days
from clientfolder.binder.binder import PRINTS
from clientfolder.binder.journal import atomic
from clientfolder.binder.printed_days import PrintedDay
from clientfolder.cli import options
from clientfolder.cli.commands import opener
from clientfolder.cli.commands.from_paper import lines_of
from clientfolder.cli.commands.selection import Marks, asks_for_resting, chosen
from clientfolder.cli.commands.week import span_of
from clientfolder.cli.output.terminal import FullOutput, Line, Result, Span, one_line, put_content
from clientfolder.cli.output.words import shortened
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month, day_long
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.privacy import public, unrated
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.errors import CannotReach, Misused, NoClient, PhraseRefused, Refused, Trouble
from clientfolder.exchange import inserts, labels, paper, pdf, printed
from clientfolder.exchange.events import LeftOut
from clientfolder.exchange.exported import existing, put
from clientfolder.exchange.paper import SIZES, PaperSize
from clientfolder.exchange.printed import DayHead, Part, WeekColumn, Worth
from clientfolder.text import counted
from clientfolder.tickler import ahead, slots
from clientfolder.tickler.concerned import Greeting, greetings
from clientfolder.tickler.inserts import lying_at
from clientfolder.tuples import NamedTuple

PIPED = "-"
_OURS = re.compile(r"(?:day|week|inserts|dossier|labels|handover)-\d{4}-\d\d-\d\d\.html")


class PrintJob(NamedTuple):
    """What was typed: `words` behind what is printed, and the options."""

    what: str
    words: tuple[str, ...]
    size: PaperSize
    marks: Marks
    last: int | None
    worth: bool
    sheet: str | None
    start: int
    shift: str | None
    outline: bool


class Pages(NamedTuple):
    """A page that was made: its content, the numbered rows on it, who is not there and why, and what is told of it."""

    content: bytes
    of_day: date
    rows: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    errors: tuple[Trouble, ...] = ()
    told: tuple[str, ...] = ()
    printed: PrintedDay | None = None


def print_(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="day|week|inserts|dossier|labels|handover [WORDS]", show_default=False, completes="printed"),
    ] = None,
    out: Annotated[str | None, Option("--out", metavar="FILE", help="Into a .html or .pdf, or - .")] = None,
    size: Annotated[str | None, Option("--size", metavar="a4|a5", help="A day is a5, all else a4.")] = None,
    last: Annotated[int | None, Option("--last", metavar="N", help="dossier, handover: so many entries.")] = None,
    worth: Annotated[bool, Option("--worth", help="dossier, handover: also what was paid, offered and rated.")] = False,
    sheet: Annotated[str | None, Option("--sheet", metavar="3474", help="labels: or such as 70x36,3x8.")] = None,
    start: Annotated[int, Option("--start", metavar="N", help="labels: the first free one of a sheet.")] = 1,
    shift: Annotated[str | None, Option("--shift", metavar="X,Y", help="labels: mm right and down.")] = None,
    outline: Annotated[bool, Option("--outline", help="labels: with their edges, for a test.")] = False,
    tag: options.Tag = None,
    agreed: options.OnlyAgreed = False,
    silent_since: options.SilentSince = None,
    drifting: options.Drifting = False,
    dodged: options.Dodged = False,
    first: options.FirstCalls = False,
) -> Result:
    """A day, a week, inserts, dossiers or address labels as a page that your browser prints, at 100 %.

    day [DAY], week [DAY], inserts [SLOT...], dossier [SELECTION|CLIENT...], labels [SELECTION]; for a colleague without
    cf, handover DAY..DAY [SELECTION]: promises and complaints by day with numbers, then the dossiers.
    """
    session: Session = ctx.obj
    if not words or words[0] not in MAKERS:
        what = "Say what to print: day, week, inserts, dossier, labels or handover"
        meant = _meant(session, words or [])
        raise Misused(f"{what}. This would work: {session.line.with_said(['print', *meant])}")
    marks = Marks(tag, agreed, silent_since, drifting, dodged, first)
    job = PrintJob(
        words[0], tuple(words[1:]), _size(words[0], size), marks, last, worth, sheet, start, shift, outline
    )  # fmt: skip
    _check(job)
    if out == PIPED and session.json:
        raise Misused("--json and the page would both go to standard output: name a file for it with --out")
    pages = MAKERS[job.what](session, job)
    file = _delivered(session, job, pages, out)
    exit = 1 if pages.errors or (pages.left_out and job.what == "labels") else 0
    writes = file is not None and not session.dry_run
    return Result(
        _facts(job, pages, file), lambda _: _lines(session, job, pages, file), exit, pages.errors, writes,
        is_aside=file is None,
    )  # fmt: skip


def _meant(session: Session, words: Sequence[str]) -> list[str]:
    """What other words than those that are printed may mean: a day, days, a client or a selection; today where none."""
    from clientfolder.cli.other_words import client_ahead, is_when, near_name, of_date

    words = [word for word in words if not word.endswith((".pdf", ".html"))]
    near = near_name(words[0], list(MAKERS)) if words else None
    if near:
        return [near, *words[1:]]
    if words and client_ahead(session, words) == len(words):
        return ["dossier", *words]
    said = " ".join(words).casefold()
    if said.startswith(("this week", "next week")):
        return ["week", *(words if said == "next week" else [])]
    if words and is_when(session, words):
        return ["day", *(words if said != "today" else [])]
    return ["dossier", *words] if of_date(session, words) else ["day"]


def _size(what: str, typed: str | None) -> PaperSize:
    name = (typed or ("a5" if what == "day" else "a4")).lower()
    if name not in SIZES:
        raise Misused(f"--size takes a4 or a5, and not {typed}")
    if what == "labels" and name != "a4":
        raise Misused("Sheets of labels are a4, and there is no --size of them")
    return SIZES[name].across if what == "week" else SIZES[name]


def _check(job: PrintJob) -> None:
    """Raises Misused for an option that what is printed has not."""
    of = {"--last": ("dossier", job.last is not None), "--worth": ("dossier", job.worth),
          "--sheet": ("labels", job.sheet), "--start": ("labels", job.start != 1), "--shift": ("labels", job.shift),
          "--outline": ("labels", job.outline)}  # fmt: skip
    for option, (what, is_given) in of.items():
        if is_given and job.what != what and not (what == "dossier" and job.what == "handover"):
            raise Misused(f"{option} is for cf print {what}, and {job.what} has nothing of the kind")
    if job.last is not None and job.last < 0:
        raise Misused(f"--last takes how many entries, and not {job.last}")
    if job.what not in ("dossier", "labels") and job.marks != Marks():
        raise Misused(f"A selection is for dossiers and labels, and not for cf print {job.what}")


# A day and a week ---------------------------------------------------------------------------------------


def _day(session: Session, job: PrintJob) -> Pages:
    day = _one_day(session, job.words)
    contents = session.everything()
    laid_out = session.desk if day == session.day else None
    pile: Sequence[Cover] = session.pile if laid_out else lying_at(contents.covers, day)
    shown = [_public_cover(session, cover) for cover in pile]
    rows = [printed.row(number, session.shown(cover), session.day) for number, cover in enumerate(shown, 1)]
    kept = printed_days.sheet(printed_days.read(session.binder, day), lines_of(pile))
    capacity = session.room.capacity.on(day)
    head = DayHead(day_long(day), f"{counted(len(rows), 'contact')}, room for {capacity}", f"{day} {kept.letter}")
    tails = printed.tails(_tail(session, day, is_today=laid_out is not None))
    pages = printed.in_sheets(rows, printed.ROWS_A_DAY_SHEET) or ([] if tails else [[]])
    # Below the head, and above the free edge at the foot.
    row_height = round((job.size.height - 27) / printed.ROWS_A_DAY_SHEET, 2)
    content = paper.page("day", job.size, day=head, pages=pages, tails=tails, row_height=row_height)
    return Pages(content, day, tuple(cover.client for cover in pile), errors=contents.unreadable, printed=kept)


def _one_day(session: Session, words: Sequence[str]) -> date:
    if not words:
        return session.day
    said = " ".join(words)
    found = phrases.read(said, session.workspace.ground())
    if isinstance(found.on, Month) or found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" is no single day; a day is printed, such as: cf print day fri')
    return found.on


def _public_cover(session: Session, cover: Cover) -> Cover:
    """The cover with the newest entry that is not private, without what the client was rated."""
    if cover.last is None or not (cover.last.private or cover.last.rating):
        return cover
    whole = unrated(public(session.binder.read(cover.client).dossier))
    return cover._replace(last=whole.cover_on(session.day).last)


def _tail(session: Session, day: date, *, is_today: bool) -> Iterator[Part]:
    if is_today:
        yield Part("No day yet", _names(session, session.desk.undated))
        yield Part("No date", _names(session, session.desk.unfiled))
    keys = session.workspace.settings.greet
    told = [*greetings(session.contents.covers, day, session.workspace.working, keys)]
    for what in dict.fromkeys(keys):
        heading = "Birthdays" if what == "birthday" else one_line(what.replace("_", " ").capitalize())
        yield Part(heading, [one_line(_greeting_words(one, day)) for one in told if one.what == what])


def _greeting_words(one: Greeting, day: date) -> str:
    """Who, how old, at which client, and on which of the days off behind that day."""
    years = f", {one.years}" if one.years else ""
    client = f" · {one.cover.name}" if one.who != one.cover.name else ""
    return f"{one.who}{years}{client}" + (f" on {day_long(one.on, year=False)}" if one.on != day else "")


def _names(session: Session, covers: Covers) -> list[str]:
    return [one_line("  ".join(filter(None, (cover.name, cover.number)))) for cover in map(session.shown, covers)]


def _week(session: Session, job: PrintJob) -> Pages:
    span = span_of(session, " ".join(job.words))
    contents = session.everything()
    found = ahead.week(contents.covers, session.day, session.room, span, session.every)
    columns = []
    for one in found.days:
        lying = found.lying.get(one.on, ())
        if one.on not in session.workspace.working and not lying:
            continue
        rows = [printed.row(number, session.shown(cover), session.day) for number, cover in enumerate(lying, 1)]
        load = f"{one.load} of {one.capacity}" + (f", {one.off}" if one.off else "")
        columns.append(WeekColumn(day_long(one.on, year=False), load, rows))
    no_day = sum(len(covers) for _, covers in found.undated)
    week = {
        "from_day": day_long(span.first), "to_day": day_long(span.last),
        "note": f"no day yet: {no_day}" if no_day else "",
    }  # fmt: skip
    content = paper.page("week", job.size, week=week, pages=printed.week_sheets(columns, job.size.height))
    return Pages(content, span.first, errors=contents.unreadable)


# Inserts, dossiers, labels --------------------------------------------------------------------------------


def _inserts(session: Session, job: PrintJob) -> Pages:
    names: list[str] = []
    for word in job.words:
        found = slots.must_parse(word).names
        if not found or not set(found) <= {*inserts.ALL}:
            raise PhraseRefused(f'"{word}" is no insert of paper; there are 1 to 31, and the months')
        names += found
    wanted = [name for name in inserts.ALL if not names or name in names]
    content = paper.page("inserts", job.size, inserts=inserts.printed(wanted, job.size))
    return Pages(content, session.day, told=(f"{counted(len(wanted), 'insert')}",))


def _dossiers(session: Session, job: PrintJob) -> Pages:
    clients, errors = _clients(session, job)
    wholes, failed = _read(session, clients)
    worth = _worth(session, job)
    sheets = [printed.dossier(public(whole), session.day, last=job.last, worth=worth(whole.client)) for whole in wholes]
    content = paper.page("dossier", job.size, sheets=sheets)
    return Pages(content, session.day, errors=(*errors, *failed), told=(counted(len(sheets), "dossier"),))


def _worth(session: Session, job: PrintJob) -> Callable[[str], Worth | None]:
    """Of each client the words in which it is told what it is worth; None where nothing of it is asked for."""
    if not job.worth:
        return lambda client: None
    from clientfolder.cli.prompts.portfolio import read_portfolio, rhythm_in_force
    from clientfolder.portfolio.worth import worth

    found = worth(read_portfolio(session).portfolio, session.day, rhythm_in_force(session))
    return lambda client: printed.worth_words(found.of(client), found.whole)


def _clients(session: Session, job: PrintJob) -> tuple[list[str], tuple[Trouble, ...]]:
    """The short names of those that were chosen, by name: a selection as of a list, else clients one by one."""
    unreadable = session.contents.unreadable
    try:
        covers = chosen(session, job.words or None, job.marks).contacts
        if not asks_for_resting(job.words):
            covers = covers.where_due(lambda due: not due.resting)
        return covers.by_name().clients, unreadable
    except PhraseRefused:
        if job.what != "dossier":
            raise
    try:
        return [find_client(session, " ".join(job.words)).client], ()
    except NoClient:
        if len(job.words) == 1:
            raise
        return [find_client(session, word).client for word in job.words], ()


def _handover(session: Session, job: PrintJob) -> Pages:
    from clientfolder.cli.commands import handover_selection
    from clientfolder.exchange.handover import on_paper

    days, clients, unreadable = handover_selection.read(session, job.words, "cf print handover")
    without = session.workspace.settings.handover_without
    wholes, failed = _each(clients, lambda client: on_paper.read(session.binder, client, without))
    urgent = on_paper.by_day(wholes, session.day)
    rows = tuple(one.client for day in urgent for one in day.rows)
    counts = f"{counted(len(wholes), 'dossier')}, {len(rows)} of them promised or complaining"
    head = {
        "days": f"{day_long(days.first)} to {day_long(days.last)}", "counts": counts,
        "printed": f"printed {day_long(session.day)}",
    }  # fmt: skip
    sheets = on_paper.sheets(wholes, session.day, last=job.last, worth=_worth(session, job))
    content = paper.page("handover", job.size, head=head, days=urgent, sheets=sheets)
    return Pages(content, days.first, rows, errors=(*unreadable, *failed), told=(counts,))


def _labels(session: Session, job: PrintJob) -> Pages:
    settings = session.workspace.settings
    typed, shifted = job.sheet or settings.label_sheet, job.shift or settings.label_shift
    sheet, shift = labels.sheet_of(typed), labels.shift_of(shifted)
    if sheet is None:
        raise Misused(f"There is no sheet {typed} here: {', '.join(labels.SHEETS)}, or one such as 70x36,3x8")
    if shift is None:
        raise Misused(f"A shift is millimetres right and down, such as 1.5,-0.5, and not {shifted}")
    if not 1 <= job.start <= sheet.places:
        raise Misused(f"--start takes 1 to {sheet.places} on this sheet, and not {job.start}")
    clients, errors = _clients(session, job)
    wholes, failed = _read(session, clients)
    lines = {whole.client: printed.address_lines(whole) for whole in wholes}
    left_out = tuple(LeftOut(client, "no address") for client, found in lines.items() if not found)
    texts = [found for found in lines.values() if found]
    pages = labels.laid_out(texts, sheet, job.start, shift)
    cut = [text[0] for text, label in zip(texts, (one for page in pages for one in page), strict=True) if label.is_cut]
    told = [counted(len(texts), "label"), *([f"cut, for it is too long: {', '.join(cut)}"] if cut else [])]
    content = paper.page("labels", job.size, pages=pages, outline=job.outline)
    return Pages(content, session.day, left_out=left_out, errors=(*errors, *failed), told=tuple(told))


def _read(session: Session, clients: Sequence[str]) -> tuple[list[Dossier], list[Trouble]]:
    return _each(clients, lambda client: session.binder.read(client).dossier)


def _each(clients: Sequence[str], read: Callable[[str], Dossier]) -> tuple[list[Dossier], list[Trouble]]:
    """The dossiers of those clients, and why others cannot be read."""
    found, failed = [], []
    for client in clients:
        try:
            found.append(read(client))
        except Trouble as trouble:
            failed.append(trouble)
    return found, failed


MAKERS = {
    "day": _day, "week": _week, "inserts": _inserts, "dossier": _dossiers, "labels": _labels, "handover": _handover,
}  # fmt: skip


# Where it goes --------------------------------------------------------------------------------------------


def _delivered(session: Session, job: PrintJob, pages: Pages, out: str | None) -> str | None:
    """Put the page where it is to go; its path, or None for standard output. Without a file the browser is opened."""
    if out == PIPED:
        try:
            put_content(pages.content.decode(), session.environment)
        except FullOutput as full:
            raise CannotReach(f"Standard output: {full}") from None
        _keep(session, pages)
        return None
    path = session.workspace.path(out) if out else _own_path(session, job, pages)
    old = existing(path, out or path)
    if old is not None and not paper.is_ours(old):
        raise Refused("This was not printed by cf, and was left as it is. Name another file", file=out or path)
    if session.dry_run:
        return path
    content = _as_pdf(session, pages.content) if path.lower().endswith(".pdf") else pages.content
    if not out:
        _make_place(session)
    session.warnings += put(path, old, content)
    _keep(session, pages)
    if not out:
        opener.start(session, path)
    return path


def _keep(session: Session, pages: Pages) -> None:
    if pages.printed and not session.dry_run:
        printed_days.keep(session.binder, pages.of_day, pages.printed, session.day)


def _own_path(session: Session, job: PrintJob, pages: Pages) -> str:
    return session.binder.path(PRINTS, f"{job.what}-{pages.of_day}.html")


def _make_place(session: Session) -> None:
    """The directory of prints, which git passes over; what is older than DAYS_KEPT days goes. Raises CannotReach."""
    place = session.binder.path(PRINTS)
    if os.path.islink(place):
        raise Refused("This is a link, and pages are written through none; take it away", file=PRINTS)
    files.make_directory(place)
    if not os.path.lexists(os.path.join(place, ".gitignore")):
        atomic.Writer(place).create(".gitignore", b"*\n")
    oldest = session.environment.clock().timestamp() - timedelta(days=printed_days.DAYS_KEPT).total_seconds()
    with contextlib.suppress(OSError):
        for name in os.listdir(place):
            path = os.path.join(place, name)
            if _OURS.fullmatch(name) and os.lstat(path).st_mtime < oldest:
                os.unlink(path)


def _as_pdf(session: Session, content: bytes) -> bytes:
    environment = session.environment
    browser = pdf.browser(environment.env)
    if browser is None:
        raise CannotReach("A PDF is made by Chromium, and there is none here; print from a browser: --out FILE.html")
    return pdf.made(browser, content, environment.temporary_directory(), environment.env)


# Telling ------------------------------------------------------------------------------------------------


def _facts(job: PrintJob, pages: Pages, file: str | None) -> Mapping[str, Any]:
    return {
        "changes": [],
        "file": file,
        "what": job.what,
        "rows": [{"number": number, "client": client} for number, client in enumerate(pages.rows, 1)],
        "left_out": [one._asdict() for one in pages.left_out],
    }


def _lines(session: Session, job: PrintJob, pages: Pages, file: str | None) -> Iterator[Line]:
    told = pages.told or ((counted(len(pages.rows), "contact"),) if job.what == "day" else (job.what,))
    if file is not None:
        said = "Would print" if session.dry_run else "Printed"
        yield Span(f"{said} {one_line(told[0])} -> "), Span(one_line(shortened(file, session.environment.home)), "bold")
        yield (Span("   On paper: print at 100 %", "dim"),)
    for line in told[1:]:
        yield (Span(f"   {one_line(line)}"),)
    if pages.left_out:
        names = ", ".join(one.client for one in pages.left_out)
        yield (Span(f"   Left out {len(pages.left_out)}, without an address: {names}"),)
    if pages.printed and not session.dry_run:
        day = "" if pages.of_day == session.day else f" {pages.of_day}"
        yield (Span(f"   In the evening: cf -i --printed{day}", "dim"),)
    if session.dry_run:
        yield (Span("   --dry-run: nothing was written", "dim"),)
