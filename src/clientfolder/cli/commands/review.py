"""Looking back: `review`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from clientfolder.cli import facts
from clientfolder.cli.output.json import review_json
from clientfolder.cli.output.terminal import Line, Result, Window
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.session import Session
from clientfolder.dossier.concerns import of_log, tally
from clientfolder.dossier.types import is_slip
from clientfolder.errors import Trouble
from clientfolder.review import period as periods
from clientfolder.review import weekly
from clientfolder.review.review import LookBack, look_back


def review(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[DAY|week|month]", show_default=False, completes="periods"),
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

    return Result(lambda: review_json(look), page, exit=1 if unreadable else 0, errors=unreadable)


def _with_money(session: Session, wanting: weekly.Wanting) -> weekly.Wanting:
    """The same with whom deals and money bring up; a folder without them is not read for it."""
    covers = session.contents.covers
    if not any(records.keys() & {"deals", "payments"} for records in covers.kept_records()):
        return wanting
    from clientfolder.cli.prompts.portfolio import brought_up

    slow, second_due, unpaid = brought_up(session)
    return wanting._replace(slow=slow, second_due=second_due, unpaid=unpaid)


def _look_back(session: Session, period: periods.Period) -> tuple[LookBack, tuple[Trouble, ...]]:
    """Only the dossiers that can have anything to tell are opened."""
    of_period, of_birthdays = periods.speaks_of(period, session.day), weekly.speaks_of(session.day)

    def holds(content: bytes) -> bool:
        return of_period(content) or of_birthdays(content)

    dossiers, unreadable = session.binder.dossiers(holds if period.span == "week" else of_period)
    contents, of = session.contents, (one for one in dossiers if not is_slip(one.client))
    said = tally((of_log(one.log, session.day) for one in of), period.first, period.last, session.clock)
    wanting = weekly.NOTHING_WANTED
    if period.span == "week":
        care = facts.care(session)
        wanting = _with_money(session, weekly.wanting(care.concerned, care.ratings_due))
    currency = session.workspace.settings.currency
    look = look_back(dossiers, contents.covers, period, session.desk, session.room, said, wanting, currency)
    by_file = {trouble.file: trouble for trouble in (*contents.unreadable, *unreadable)}
    return look, tuple(by_file.values())
