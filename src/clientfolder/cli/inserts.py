"""What lies where: `list` and `binder`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import typer

from clientfolder import desk, stretch, when
from clientfolder.cli import complete
from clientfolder.cli.counter import Counter
from clientfolder.cli.inserts_page import binder_page, list_page, put_off, silence
from clientfolder.cli.paper import Line, Page, Paper, Result, Span, day_short
from clientfolder.cli.rows import row_json
from clientfolder.covers import Covers
from clientfolder.desk import leaf_through
from clientfolder.dossier import Cover
from clientfolder.errors import Misused, PhraseRefused
from clientfolder.tickler import slots
from clientfolder.vocabulary import Refusal

# Commands ---------------------------------------------------------------------------------------------


def list_(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="[SLOT|WHEN|RANGE]", show_default=False, autocompletion=complete.places
    ),
    tag: str | None = typer.Option(None, metavar="TAG", help="Only those with this tag."),
    agreed: bool = typer.Option(False, "--agreed", help="Only promised dates."),
    silent_since: str | None = typer.Option(
        None, metavar="AGO", help="Only those not reached for so long, such as 90d."
    ),
    drifting: bool = typer.Option(False, "--drifting", help="Only those silent for longer than is usual with them."),
    dodged: bool = typer.Option(False, "--dodged", help="Only those put off three times or more."),
    first: bool = typer.Option(False, "--first", help="Only first calls: those that were never reached."),
    full: bool = typer.Option(False, "--full", help="The whole sheets, for a meeting or a colleague."),
) -> Result:
    """What lies where: behind an insert (13, july, 10..21, late, later), on a day, in a month, or in days (next week).

    Also what is promised, has no day or no date; slips, and all.

    Example: cf list 10..21
    """
    counter: Counter = ctx.obj
    covers = counter.everything().covers

    def is_drifting_today(cover: Cover) -> bool:
        return desk.is_drifting(cover, counter.day)

    if words:
        covers = lying_in(counter, " ".join(words), or_when=True)
    if tag is not None:
        covers = covers.those(lambda cover: tag.casefold() in (known.casefold() for known in cover.tags))
    if agreed:
        covers = covers.those(lambda cover: cover.next is not None and cover.next.agreed)
    if silent_since is not None:
        since = _since(silent_since, counter.day)
        covers = covers.contacts.those(lambda cover: cover.last_contact is None or cover.last_contact < since)
    for wanted, is_so in ((drifting, is_drifting_today), (dodged, desk.is_dodged), (first, desk.is_first_call)):
        covers = covers.those(is_so) if wanted else covers
    resting = words is not None and slots.parse(" ".join(words)) == slots.Inserts((slots.RESTING,))
    places = leaf_through(covers, counter.day, counter.every, resting=resting)
    unreadable = counter.contents.unreadable

    def data() -> dict[str, Any]:
        return {
            "slots": [
                {
                    "slot": place.slot,
                    "on": None if place.on is None else str(place.on),
                    "dossiers": [row_json(cover, counter.day) for cover in place.dossiers],
                }
                for place in places
            ]
        }

    def page(paper: Paper) -> Iterable[Line]:
        if full:
            from clientfolder.cli.sheet_page import sheets_page

            return sheets_page(counter, [cover for place in places for cover in place.dossiers], paper)
        silent = drifting or silent_since is not None
        return [
            *list_page(counter, places, paper, why=[*[silence] * silent, *[put_off] * dodged]),
            *([] if places else _other_sense(counter, " ".join(words or ()))),
        ]

    return Result(data, page, exit=1 if unreadable else 0, errors=unreadable)


def binder(
    ctx: typer.Context,
    dated: bool = typer.Option(False, "--dated", help="The working days ahead as dates, week by week."),
    months: str | None = typer.Option(
        None, "--months", metavar="1-3", help="How many months ahead, dated; 1.", autocompletion=complete.months
    ),
) -> Result:
    """The whole binder as it lies: the days as a calendar with their load, the month inserts, what is late.

    Example: cf binder --dated --months 2
    """
    counter: Counter = ctx.obj
    if months not in (None, *complete.MONTHS):
        raise Misused(f"--months takes 1 to {complete.MONTHS[-1]}, and not {months}")
    places = leaf_through(counter.everything().covers, counter.day, counter.every, counted=True)
    overdue = next((len(place.dossiers) for place in places if place.slot == slots.OVERDUE), 0)
    data: dict[str, Any] = {
        "slots": [
            {
                "slot": place.slot,
                "on": None if place.on is None else str(place.on),
                "count": len(place.dossiers),
                "load": len(place.dossiers) + (overdue if place.on == counter.day else 0),
            }
            for place in places
        ]
    }
    page: Page = lambda paper: binder_page(counter, places, paper)  # noqa: E731
    if dated or months:
        from clientfolder.cli.week import dated_binder

        days, page = dated_binder(counter, int(months or 1))
        data["days"] = days
    unreadable = counter.contents.unreadable
    return Result(data, page, exit=1 if unreadable else 0, errors=unreadable)


# What they decide -------------------------------------------------------------------------------------


def lying_in(counter: Counter, said: str, *, or_when: bool = False) -> Covers:
    """What lies in a slot or a range of them; where a WHEN may stand too, also on that day or in those days."""
    inserts = slots.parse(said) if or_when else slots.must_parse(said)
    day, covers = counter.day, counter.contents.covers
    if inserts is not None:
        return desk.lying_in(covers, inserts, day)
    if stretch.is_range(said):
        return desk.lying_within(covers, stretch.read(said, counter.office.ground()))
    found = when.read(said, counter.office.ground())
    if found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" says more than a day or a month, and a list is of a whole one')
    return desk.lying_at(covers, found.on)


def _other_sense(counter: Counter, said: str) -> list[Line]:
    """Where an insert is empty: the day that the same word means as a date, if something lies there."""
    try:
        on = when.understood(said, counter.office.ground()).on
    except Refusal:
        return []
    count = len(desk.lying_at(counter.contents.covers, on))
    if not count:
        return []
    return [(Span(f" On {day_short(on, counter.day)}: {count}. That day itself: cf list {on}", "dim"),)]


def _since(ago: str, day: date) -> date:
    """The day that `90d` ago was; a day looked back at, such as 2026-05-01, does too."""
    try:
        return when.looked_back(f"{ago} ago", when.Ground(day))[0]
    except Refusal:
        return when.look_back(ago, day)[0]
