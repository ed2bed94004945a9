"""What lies where: `list` and `binder`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from clientfolder.cli import facts, options
from clientfolder.cli.commands.selection import Marks, asks_for_resting, chosen
from clientfolder.cli.output.json import binder_json, listing_json
from clientfolder.cli.output.terminal import Line, Page, Result, Span, Window
from clientfolder.cli.output.words import day_short
from clientfolder.cli.pages.inserts import binder_page, list_page, put_off, silence
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.privacy import unrated, untyped
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.errors import Misused
from clientfolder.tickler import slots
from clientfolder.tickler.ahead import MONTHS
from clientfolder.tickler.inserts import Insert, Listing, leaf_through, lying_at, whole_binder

# Commands ---------------------------------------------------------------------------------------------


def list_(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[SLOT|WHEN|RANGE]", show_default=False, completes="places"),
    ] = None,
    tag: options.Tag = None,
    agreed: options.OnlyAgreed = False,
    silent_since: options.SilentSince = None,
    drifting: options.Drifting = False,
    dodged: options.Dodged = False,
    first: options.FirstCalls = False,
    is_: options.Is = None,
    lacks: options.Lacks = None,
    full: Annotated[bool, Option("--full", help="The whole sheets, for a meeting or a colleague.")] = False,
    worth: Annotated[
        bool, Option("--worth", help="With --full also what was paid, offered and rated, for yourself alone.")
    ] = False,
    one_by_one: Annotated[
        bool, Option("-i", "--one-by-one", help="One dossier after the other, one key an act.")
    ] = False,
) -> Result:
    """What lies where: behind an insert (13, july, 10..21, late, later), on a day, in a month, or in days (next week).

    Also what is promised, has no day or no date; slips, and all.
    """
    session: Session = ctx.obj
    if worth and not full:
        raise Misused(f"--worth is of whole sheets: {session.line.with_option('--full')}")
    said = [word.strip() for word in is_ or ()]
    if "" in said:
        return _words_explained(session)
    session.everything()
    marks = Marks(tag, agreed, silent_since, drifting, dodged, first)
    covers, is_short = _narrowed(session, chosen(session, words, marks), said, lacks)
    resting = asks_for_resting(words) or slots.RESTING in map(str.casefold, said)
    places = leaf_through(covers, session.day, session.every, resting=resting)
    if one_by_one:
        from clientfolder.cli.commands.one_by_one import go_through

        session.typed.clear()
        session.settle()
        return go_through(session, _clients(places))
    listing = Listing(session.day, tuple(places), session.contents.covers)
    unreadable = session.contents.unreadable
    sheets = _sheets_page(session, _clients(places), worth=worth) if full and not session.json else None
    why = [*[silence] * (drifting or silent_since is not None), *[put_off] * dodged]
    is_picked = any(marks) or bool(said) or lacks is not None

    def page(window: Window) -> Iterable[Line]:
        yield from sheets(window) if sheets else list_page(listing, window, why=why)
        if not (sheets or is_picked):
            yield from _other_sense(session, " ".join(words or ()), is_empty=not places)

    return Result(lambda: listing_json(listing), page, exit=1 if unreadable or is_short else 0, errors=unreadable)


def _clients(places: Iterable[Insert]) -> list[str]:
    return [client for place in places for client in place.dossiers.clients]


def _narrowed(session: Session, covers: Covers, said: Sequence[str], lacks: str | None) -> tuple[Covers, bool]:
    """Those whom the words of `--is` and the product of `--lacks` mean, and whether money was left out in telling."""
    if not said and lacks is None:
        return covers, False
    from clientfolder.cli.commands.selection_words import WhoIs

    who = WhoIs(session)
    covers = who.is_(covers, said)
    return (covers if lacks is None else who.lacks(covers, lacks)), who.is_short


def _sheets_page(session: Session, clients: Sequence[str], *, worth: bool) -> Page:
    """The whole sheets, as they are shown to others; with `worth` also what is for one's own eyes."""
    from clientfolder.cli.commands.show import with_worth
    from clientfolder.cli.pages.dossier import sheets_page

    whole = facts.sheets(session, clients)
    sheets = [with_worth(session, sheet) if worth else _shown_to_others(sheet) for sheet in whole]
    return lambda window: sheets_page(sheets, window)


def _shown_to_others(sheet: DossierSheet) -> DossierSheet:
    """The sheet without what is for one's own eyes: money is not on it, ratings and types of clients go."""
    dossier = unrated(sheet.dossier)
    return sheet._replace(dossier=dossier._replace(tags=untyped(dossier.tags)))


def _words_explained(session: Session) -> Result:
    """What `--is` knows, where no word stands behind it."""
    from clientfolder.cli.commands.selection_words import explained
    from clientfolder.cli.pages.inserts import words_page

    rows = explained(session.workspace.settings)
    data = {"words": [{"words": list(row.words), "means": row.means} for row in rows]}
    return Result(data, lambda window: words_page([(row.words, row.means) for row in rows], window))


def binder(
    ctx: Call,
    dated: Annotated[bool, Option("--dated", help="The working days ahead as dates, week by week.")] = False,
    months: Annotated[
        str | None,
        Option("--months", metavar="1-3", help="How many months ahead, dated; 1.", completes="months"),
    ] = None,
) -> Result:
    """The whole binder as it lies: the days as a calendar with their load, the month inserts, what is late."""
    session: Session = ctx.obj
    if months not in (None, *MONTHS):
        raise Misused(f"--months takes 1 to {MONTHS[-1]}, and not {months}")
    covers, unreadable = session.everything().covers, session.contents.unreadable
    whole = whole_binder(covers, session.day, session.load, session.room, session.every)
    dated_ = None
    page: Page = lambda window: binder_page(whole, window)  # noqa: E731
    if dated or months:
        from clientfolder.cli.pages.calendar import dated_page
        from clientfolder.tickler.ahead import dated_binder

        dated_ = by_date = dated_binder(covers, session.day, session.room, int(months or 1))
        page = lambda window: dated_page(by_date, window)  # noqa: E731
    return Result(lambda: binder_json(whole, dated_), page, exit=1 if unreadable else 0, errors=unreadable)


# What else it tells -------------------------------------------------------------------------------------


def _other_sense(session: Session, said: str, *, is_empty: bool) -> list[Line]:
    """Where an insert is empty: the day that the same word means as a date, if something lies there.

    Behind the insert of the running month: how many lie at its days, for whoever meant those.
    """
    month = Month.of(session.day)
    if slots.parse(said) == slots.Inserts((month.name,)):
        there = lying_at(session.contents.covers, month)
        at_days = len(there.where_due(lambda due: isinstance(due.on, date)))
        name = month.name.capitalize()
        return [(Span(f" At days of {name}: {at_days}. All of {name}: cf list {month}", "dim"),)] if at_days else []
    if not is_empty:
        return []
    try:
        on = phrases.understood(said, session.workspace.ground()).on
    except Refusal:
        return []
    count = len(lying_at(session.contents.covers, on))
    if not count:
        return []
    return [(Span(f" On {day_short(on, session.day)}: {count}. That day itself: cf list {on}", "dim"),)]
