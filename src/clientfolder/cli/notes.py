"""The one list of those who give notes for `cf today`: whatever wants to be seen there is one function more in it.

A maker of notes gets what is in sight (`InSight`) and gives `Note(client, rank, text)`. What an `URGENT` note says
stands in red before what the client's contact is about, any other behind it; a note on a client who is not on the desk
stands in the foot of the page, in the line ALSO, and so does what is no contact of today (`FOOT`).
"""

from __future__ import annotations

from collections.abc import Iterator

from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.output.words import about_words, day_short
from clientfolder.dates.calendar import last_day
from clientfolder.dossier.covers import Covers
from clientfolder.text import counted
from clientfolder.tickler.concerned import Concerned
from clientfolder.tickler.desk import Desk, same_times
from clientfolder.tickler.today import URGENT, WORTH_KNOWING, Also, AlsoMaker, InSight, Note, NoteMaker, sections


def promises(sight: InSight) -> Iterator[Note]:
    """Of those that are shown: a promise that was broken, or that was put off and no new one has taken its place."""
    for cover in sight.shown:
        if cover.next and cover.next.agreed:
            if last_day(cover.next.on) < sight.day:
                yield Note(cover.client, URGENT, "broken promise")
        elif cover.promised:
            yield Note(cover.client, URGENT, f"promised for {day_short(cover.promised, sight.day)}")


def first_calls(sight: InSight) -> Iterator[Note]:
    """Of those that are shown: that nothing was said yet, where nothing is said of what the first contact is about."""
    for cover in sight.shown:
        if cover.last is None and not cover.is_slip and not about_words(cover):
            yield Note(cover.client, WORTH_KNOWING, "first call")


def same_time(sight: InSight) -> Iterator[Note]:
    """Of those that are shown: that somebody else is to be called today at the very same time."""
    today = [cover for cover in sight.shown if cover.next and cover.next.on == sight.day]
    for client, other in same_times(today).items():
        yield Note(client, URGENT, f"same time as {one_line(other)}")


def undated(desk: Desk, covers: Covers) -> Iterator[Also]:
    """Who is filed under the running month, and has no day yet."""
    if desk.undated:
        yield Also(10, "no day", len(desk.undated), desk.undated.names)


def unfiled(desk: Desk, covers: Covers) -> Iterator[Also]:
    """Who has no date at all."""
    if desk.unfiled:
        yield Also(11, "no date", len(desk.unfiled), desk.unfiled.names)


def cared_for(desk: Desk, concerned: Concerned) -> Iterator[Also]:
    """Complaints that a call has answered and that lie ahead, and whose yearly day it is."""
    above = {client for section in sections(desk, concerned) for client in section.covers.clients}
    ahead = sum(one.cover.client not in above for one in concerned.complaints)
    if ahead:
        yield Also(5, f"{counted(ahead, 'complaint')} ahead")
    for what in dict.fromkeys(one.what for one in concerned.greetings):
        those = [one for one in concerned.greetings if one.what == what]
        names = [one.who if one.on == desk.day else f"{one.who} {day_short(one.on, desk.day)[:3]}" for one in those]
        yield Also(6, what.replace("_", " "), len(those), names)


def merged(desk: Desk, covers: Covers) -> Iterator[Also]:
    """Where a merge left something to decide, until a contact with that client is logged."""
    if found := covers.where_due(lambda due: due.is_merged):
        yield Also(30, "merged", len(found), found.names)


# What stands in the foot, in the line ALSO; what is not in the covers is added in `facts.today`.
FOOT: tuple[AlsoMaker, ...] = (undated, unfiled, merged)
MAKERS: tuple[NoteMaker, ...] = (promises, same_time, first_calls)
