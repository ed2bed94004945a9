"""The week: what lies at each of its days, as one would print it out on Sunday evening."""

from __future__ import annotations

from clientfolder.cli import facts, options
from clientfolder.cli.output.json import week_json
from clientfolder.cli.output.terminal import Result
from clientfolder.cli.parameters import Call
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.calendar import Month
from clientfolder.dates.ranges import DateRange
from clientfolder.errors import PhraseRefused
from clientfolder.tickler import ahead
from clientfolder.tickler.ahead import coming_week, week_ahead


def week(
    ctx: Call,
    words: options.WhenWords = None,
) -> Result:
    """This week from today on: for each day how full it is, and who; promised ones first.

    When no working day of it is left, the coming week; with a WHEN, the week of that day.
    """
    from clientfolder.cli.pages.week import week_page

    session: Session = ctx.obj
    span = span_of(session, " ".join(words or ()))
    contents = session.everything()
    found = ahead.week(contents.covers, session.day, session.room, span, session.every)
    return Result(
        lambda: week_json(found),
        lambda window: week_page(found, window, below=facts.below(session, window)),
        exit=1 if contents.unreadable else 0,
        errors=contents.unreadable,
    )


def span_of(session: Session, said: str) -> DateRange:
    """The days that are meant. Raises PhraseRefused for what names no single day."""
    if not said:
        return coming_week(session.workspace.working, session.day)
    found = phrases.read(said, session.workspace.ground())
    if isinstance(found.on, Month) or found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" is no single day; a week is named by a day in it, such as: cf week next week')
    return week_ahead(found.on, session.day)
