"""Looking back: `review`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from clientfolder.cli import completion
from clientfolder.cli.output.json import row_json
from clientfolder.cli.output.terminal import Line, Result, Window
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Cover
from clientfolder.errors import Trouble
from clientfolder.review import period as periods
from clientfolder.review import weekly
from clientfolder.review.review import DayFigures, GivenPromise, LookBack, Noted, Review, look_back
from clientfolder.review.weekly import Weekly


def review(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DAY|week|month]", show_default=False, autocompletion=completion.periods),
    ] = None,
) -> Result:
    """What the day was like: contacts, promises, planned against done; and what the next day brings.

    Also of another day (yesterday, fri, 13), of week, last week, month, last month, or june.
    """
    session: Session = ctx.obj
    period = periods.read_period(" ".join(words or ()), session.day, session.workspace.settings.day_first)
    look, unreadable = _look_back(session, period)
    if look.weekly:
        # A birthday that cannot be read is not among those that are told.
        for cover in session.contents.covers.odd():
            if any(odd.path[-1] == "birthday" for odd in cover.odd):
                session.warn_of_odd(cover)

    def page(window: Window) -> Iterable[Line]:
        from clientfolder.cli.pages.review import review_page

        return review_page(look, window)

    return Result(lambda: _data(look), page, exit=1 if unreadable else 0, errors=unreadable)


def _look_back(session: Session, period: periods.Period) -> tuple[LookBack, tuple[Trouble, ...]]:
    """Only the dossiers that can have anything to tell are opened."""
    of_period, of_birthdays = periods.speaks_of(period, session.day), weekly.speaks_of(session.day)

    def holds(content: bytes) -> bool:
        return of_period(content) or of_birthdays(content)

    dossiers, unreadable = session.binder.dossiers(holds if period.span == "week" else of_period)
    look = look_back(dossiers, session.contents.covers, period, session.desk, session.room)
    by_file = {trouble.file: trouble for trouble in (*session.contents.unreadable, *unreadable)}
    return look, tuple(by_file.values())


def _data(look: LookBack) -> dict[str, Any]:
    review, ahead = look.review, look.ahead
    return {
        "from": str(review.period.first),
        "to": str(review.period.last),
        "contacts": len(review.contacts),
        "attempts": len(review.attempts),
        "slips_done": len(review.slips_done),
        "moves": len(review.moves),
        "late_moves": len(review.late_moves),
        "first_calls": len(review.first_calls),
        "promises": {"kept": len(review.kept), "broken": len(review.broken), "open": len(review.open)},
        "planned": review.planned,
        "done": review.done,
        "tried": review.tried,
        "put_off": review.put_off,
        "unplanned": review.unplanned,
        "left": len(review.left),
        "by_kind": dict(review.by_kind),
        "by_hour": {f"{hour:02}": count for hour, count in sorted(review.by_hour.items())},
        "days": [_day_json(day) for day in review.days],
        "who": _who_json(review),
        "next": {
            "on": str(ahead.on),
            "load": ahead.load,
            "capacity": ahead.capacity,
            "agreed": ahead.agreed,
        },
        "week": _week_json(look.weekly, look.day) if look.weekly else None,
    }


def _who_json(review: Review) -> dict[str, Any]:
    """The short names behind the figures: as often as each is counted, in the order in which it came."""

    def clients(those: list[Noted]) -> list[str]:
        return [one.client for one in those]

    def promised(those: list[GivenPromise]) -> list[dict[str, str]]:
        return [{"client": one.client, "on": str(one.promise.on)} for one in those]

    return {
        "contacts": clients(review.contacts),
        "attempts": clients(review.attempts),
        "slips_done": clients(review.slips_done),
        "moves": clients(review.moves),
        "first_calls": clients(review.first_calls),
        "kept": promised(review.kept),
        "broken": promised(review.broken),
        "open": promised(review.open),
        "left": review.left.clients,
    }


def _day_json(day: DayFigures) -> dict[str, Any]:
    return {
        "on": str(day.on),
        "contacts": day.contacts,
        "attempts": day.attempts,
        "moves": day.moves,
        "planned": day.planned,
        "done": day.done,
        "tried": day.tried,
        "put_off": day.put_off,
        "unplanned": day.unplanned,
        "left": day.left,
    }


def _week_json(week: Weekly, day: date) -> dict[str, Any]:
    def rows(covers: Sequence[Cover]) -> list[dict[str, Any]]:
        return [row_json(cover, day) for cover in covers]

    return {
        "unfiled": rows(week.unfiled),
        "dodged": rows(week.dodged),
        "drifting": rows(week.drifting),
        "no_phone": rows(week.no_phone),
        "birthdays": [
            {"client": one.client, "name": one.name, "on": str(one.on), "who": one.who, "age": one.age}
            for one in week.birthdays
        ],
    }
