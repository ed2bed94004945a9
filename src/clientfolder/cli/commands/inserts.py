"""What lies where: `list` and `binder`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from clientfolder.binder.index import lookup
from clientfolder.cli import facts, options
from clientfolder.cli.output.json import binder_json, listing_json
from clientfolder.cli.output.terminal import Line, Page, Result, Span, Window
from clientfolder.cli.output.words import day_short
from clientfolder.cli.pages.inserts import binder_page, list_page, put_off, silence
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.session import Session
from clientfolder.dates import phrases, ranges
from clientfolder.dates.calendar import Month
from clientfolder.dates.grammar import Ground
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.privacy import unrated, untyped
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import Cover
from clientfolder.errors import Misused, PhraseRefused
from clientfolder.tickler import desk, slots
from clientfolder.tickler.ahead import MONTHS
from clientfolder.tickler.desk import leaf_through
from clientfolder.tickler.inserts import Listing, whole_binder
from clientfolder.tuples import NamedTuple

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
    covers, is_short = chosen(session, words, marks), False
    if said or lacks is not None:
        from clientfolder.cli.commands.who_is import WhoIs

        who = WhoIs(session)
        covers = who.is_(covers, said)
        covers = covers if lacks is None else who.lacks(covers, lacks)
        is_short = who.is_short
    resting = asks_for_resting(words) or slots.RESTING in map(str.casefold, said)
    places = leaf_through(covers, session.day, session.every, resting=resting)
    if one_by_one:
        from clientfolder.cli.commands.one_by_one import go_through

        session.said.clear()
        session.settle()
        return go_through(session, [client for place in places for client in place.dossiers.clients])
    listing = Listing(session.day, tuple(places), session.contents.covers)
    unreadable = session.contents.unreadable
    sheets = None
    if full and not session.json:
        from clientfolder.cli.commands.show import with_worth

        clients = [client for place in places for client in place.dossiers.clients]
        whole = facts.sheets(session, clients)
        sheets = [with_worth(session, sheet) if worth else _shown_to_others(sheet) for sheet in whole]

    is_picked = any(marks) or bool(said) or lacks is not None

    def page(window: Window) -> Iterable[Line]:
        if sheets is not None:
            from clientfolder.cli.pages.dossier import sheets_page

            return sheets_page(sheets, window)
        silent = drifting or silent_since is not None
        return [
            *list_page(listing, window, why=[*[silence] * silent, *[put_off] * dodged]),
            *([] if is_picked else _other_sense(session, " ".join(words or ()), is_empty=not places)),
        ]

    return Result(lambda: listing_json(listing), page, exit=1 if unreadable or is_short else 0, errors=unreadable)


def _shown_to_others(sheet: DossierSheet) -> DossierSheet:
    """The sheet without what is for one's own eyes: money is not on it, ratings and types of clients go."""
    dossier = unrated(sheet.dossier)
    return sheet._replace(dossier=dossier._replace(tags=untyped(dossier.tags)))


def _words_explained(session: Session) -> Result:
    """What `--is` knows, where no word stands behind it."""
    from clientfolder.cli.commands.who_is import explained
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


# Which dossiers ----


class Marks(NamedTuple):
    """What else is asked of the dossiers that a list has, besides where they lie; each as its option was typed."""

    tag: str | None = None
    agreed: bool = False
    silent_since: str | None = None
    drifting: bool = False
    dodged: bool = False
    first: bool = False


def chosen(session: Session, words: Sequence[str] | None, marks: Marks) -> Covers:
    """The dossiers that lie where the words say, anywhere without words, and have all the marks."""
    covers = session.contents.covers

    def is_drifting_today(cover: Cover) -> bool:
        return desk.is_drifting(cover, session.day)

    if words:
        covers = lying_in(session, " ".join(words), or_when=True)
    if (tag := marks.tag) is not None:
        covers = covers.where(lambda cover: tag.casefold() in (known.casefold() for known in cover.tags))
    if marks.agreed:
        covers = covers.where(lambda cover: cover.next is not None and cover.next.agreed)
    if marks.silent_since is not None:
        since = _since(marks.silent_since, session.day)
        covers = covers.contacts.where(lambda cover: cover.last_contact is None or cover.last_contact < since)
    for wanted, is_so in (
        (marks.drifting, is_drifting_today), (marks.dodged, desk.is_dodged), (marks.first, desk.is_first_call)
    ):  # fmt: skip
        covers = covers.where(is_so) if wanted else covers
    return covers


def asks_for_resting(words: Sequence[str] | None) -> bool:
    """Whether those at rest are asked for by name; else a list has none of them."""
    return words is not None and slots.parse(" ".join(words)) == slots.Inserts((slots.RESTING,))


# What they decide -------------------------------------------------------------------------------------


def lying_in(session: Session, said: str, *, or_when: bool = False) -> Covers:
    """What lies in a slot or a range of them; where a WHEN may stand too, also on that day or in those days."""
    inserts = slots.parse(said) if or_when else slots.must_parse(said)
    day, covers = session.day, session.contents.covers
    if inserts is not None:
        return desk.lying_in(covers, inserts, day)
    if ranges.is_range(said):
        return desk.lying_within(covers, ranges.read(said, session.workspace.ground()))
    try:
        found = phrases.read(said, session.workspace.ground())
    except PhraseRefused as refused:
        if or_when and lookup.candidates(covers, said):
            raise PhraseRefused(f'"{said}" is a client, and no day or insert', then=("show", said)) from refused
        raise
    if found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" says more than a day or a month, and a list is of a whole one')
    return desk.lying_at(covers, found.on)


def _other_sense(session: Session, said: str, *, is_empty: bool) -> list[Line]:
    """Where an insert is empty: the day that the same word means as a date, if something lies there.

    Behind the insert of the running month: how many lie at its days, for whoever meant those.
    """
    month = Month.of(session.day)
    if slots.parse(said) == slots.Inserts((month.name,)):
        there = desk.lying_at(session.contents.covers, month)
        at_days = len(there.where_due(lambda due: isinstance(due.on, date)))
        name = month.name.capitalize()
        return [(Span(f" At days of {name}: {at_days}. All of {name}: cf list {month}", "dim"),)] if at_days else []
    if not is_empty:
        return []
    try:
        on = phrases.understood(said, session.workspace.ground()).on
    except Refusal:
        return []
    count = len(desk.lying_at(session.contents.covers, on))
    if not count:
        return []
    return [(Span(f" On {day_short(on, session.day)}: {count}. That day itself: cf list {on}", "dim"),)]


def _since(ago: str, day: date) -> date:
    """The day that `90d` ago was; a day looked back at, such as 2026-05-01, does too."""
    try:
        return phrases.looked_back(f"{ago} ago", Ground(day))[0]
    except Refusal:
        return phrases.look_back(ago, day)[0]
