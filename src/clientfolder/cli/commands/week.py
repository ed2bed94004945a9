"""The week: what lies at each of its days, as one would print it out on Sunday evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from clientfolder.cli import completion
from clientfolder.cli.output.json import row_json
from clientfolder.cli.output.terminal import Line, Page, Result, Window
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month
from clientfolder.dates.ranges import DateRange
from clientfolder.errors import PhraseRefused
from clientfolder.tickler import slots
from clientfolder.tickler.ahead import DayAhead, coming_week, days_ahead, months_ahead, week_ahead


def week(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="[WHEN]...", show_default=False, autocompletion=completion.phrases
    ),
) -> Result:
    """This week from today on: for each day how full it is, and who; promised ones first.

    When no working day of it is left, the coming week; with a WHEN, the week of that day.

    Example: cf week next week
    """
    from clientfolder.cli.pages.week import week_page, who

    session: Session = ctx.obj
    span = _span(session, " ".join(words or ()))
    days = days_ahead(session.everything().covers, session.room, session.day, span)
    unreadable = session.contents.unreadable

    def data() -> dict[str, Any]:
        return {
            "from": str(span.first),
            "to": str(span.last),
            "days": [
                {
                    **_day_json(session, one),
                    "weight": one.weight,
                    "dossiers": [row_json(cover, session.day) for cover in who(session, one.on)],
                }
                for one in days
            ],
        }

    return Result(
        data, lambda paper: week_page(session, span, days, paper), exit=1 if unreadable else 0, errors=unreadable
    )


def dated_binder(session: Session, months: int) -> tuple[list[dict[str, Any]], Page]:
    """The working days of so many months from today: for scripts, and as a page."""
    span = months_ahead(session.day, months)
    days = days_ahead(session.contents.covers, session.room, session.day, span)

    def page(paper: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.calendar import dated_page

        return dated_page(session, span, days, paper)

    return [_day_json(session, one) for one in days], page


def _day_json(session: Session, one: DayAhead) -> dict[str, Any]:
    return {
        "on": str(one.on),
        "slot": slots.slot(one.on, session.day),
        "capacity": one.capacity,
        "load": one.load,
        "agreed": one.agreed,
        "off": one.off,
    }


def _span(session: Session, said: str) -> DateRange:
    """The days that are meant. Raises PhraseRefused for what names no single day."""
    if not said:
        return coming_week(session.workspace.working, session.day)
    found = phrases.read(said, session.workspace.ground())
    if isinstance(found.on, Month) or found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" is no single day; a week is named by a day in it, such as: cf week next week')
    return week_ahead(found.on, session.day)
