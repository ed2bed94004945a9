"""The week: what lies at each of its days, as one would print it out on Sunday evening."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from clientfolder import when
from clientfolder.ahead import DayAhead, coming_week, days_ahead, months_ahead, week_ahead
from clientfolder.cli import complete
from clientfolder.cli.counter import Counter
from clientfolder.cli.paper import Line, Page, Paper, Result
from clientfolder.cli.rows import row_json
from clientfolder.dates import Month
from clientfolder.errors import PhraseRefused
from clientfolder.stretch import DateRange
from clientfolder.tickler import slots


def week(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="[WHEN]...", show_default=False, autocompletion=complete.phrases
    ),
) -> Result:
    """This week from today on: for each day how full it is, and who; promised ones first.

    When no working day of it is left, the coming week; with a WHEN, the week of that day.

    Example: cf week next week
    """
    from clientfolder.cli.week_page import week_page, who

    counter: Counter = ctx.obj
    span = _span(counter, " ".join(words or ()))
    days = days_ahead(counter.everything().covers, counter.room, counter.day, span)
    unreadable = counter.contents.unreadable

    def data() -> dict[str, Any]:
        return {
            "from": str(span.first),
            "to": str(span.last),
            "days": [
                {
                    **_day_json(counter, one),
                    "weight": one.weight,
                    "dossiers": [row_json(cover, counter.day) for cover in who(counter, one.on)],
                }
                for one in days
            ],
        }

    return Result(
        data, lambda paper: week_page(counter, span, days, paper), exit=1 if unreadable else 0, errors=unreadable
    )


def dated_binder(counter: Counter, months: int) -> tuple[list[dict[str, Any]], Page]:
    """The working days of so many months from today: for scripts, and as a page."""
    span = months_ahead(counter.day, months)
    days = days_ahead(counter.contents.covers, counter.room, counter.day, span)

    def page(paper: Paper) -> Iterator[Line]:
        from clientfolder.cli.dated_page import dated_page

        return dated_page(counter, span, days, paper)

    return [_day_json(counter, one) for one in days], page


def _day_json(counter: Counter, one: DayAhead) -> dict[str, Any]:
    return {
        "on": str(one.on),
        "slot": slots.slot(one.on, counter.day),
        "capacity": one.capacity,
        "load": one.load,
        "agreed": one.agreed,
        "off": one.off,
    }


def _span(counter: Counter, said: str) -> DateRange:
    """The days that are meant. Raises PhraseRefused for what names no single day."""
    if not said:
        return coming_week(counter.office.working, counter.day)
    found = when.read(said, counter.office.ground())
    if isinstance(found.on, Month) or found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" is no single day; a week is named by a day in it, such as: cf week next week')
    return week_ahead(found.on, counter.day)
