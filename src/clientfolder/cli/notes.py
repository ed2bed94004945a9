"""The one list of those who give notes for `cf today`: whatever wants to be seen there is one function more in it.

A maker in `MAKERS` gets the session and what is in sight (`InSight`), and gives `Note(client, rank, text)`. What an
`URGENT` note says stands in red before what the client's contact is about, any other behind it; a note on a client who
is not on the desk stands in the foot of the page, in the line ALSO. What is no contact of today stands there too: a
maker in `FOOT` gets the session, and gives `Also(rank, words, number, names)`.

Here are the words; what they tell is found by the rules, which are imported by the one maker that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from clientfolder.binder.binder import REMOVED
from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.output.words import about_words, day_short, lent_words
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import last_day
from clientfolder.dossier.signals import RATED
from clientfolder.text import counted
from clientfolder.tickler.desk import same_times
from clientfolder.tickler.today import (
    IN_PASSING,
    URGENT,
    WORTH_KNOWING,
    Also,
    InSight,
    Note,
    NoteMaker,
    sections,
)

# With the dossiers that are shown --------------------------------------------------------------------------


def promises(session: Session, sight: InSight) -> Iterator[Note]:
    """A promise that was broken, or that was put off and no new one has taken its place."""
    for cover in sight.shown:
        if cover.next and cover.next.agreed:
            if last_day(cover.next.on) < sight.day:
                yield Note(cover.client, URGENT, "broken promise")
        elif cover.promised:
            yield Note(cover.client, URGENT, f"promised for {day_short(cover.promised, sight.day)}")


def same_time(session: Session, sight: InSight) -> Iterator[Note]:
    """That somebody else is to be called today at the very same time."""
    today = [cover for cover in sight.shown if cover.next and cover.next.on == sight.day]
    for client, other in same_times(today).items():
        yield Note(client, URGENT, f"same time as {one_line(other)}")


def first_calls(session: Session, sight: InSight) -> Iterator[Note]:
    """That nothing was said yet, where nothing is said of what the first contact is about."""
    for cover in sight.shown:
        if cover.last is None and not cover.is_slip and not about_words(cover):
            yield Note(cover.client, WORTH_KNOWING, "first call")


def lent(session: Session, sight: InSight) -> Iterator[Note]:
    """With whom the dossier is, and until when."""
    for cover in sight.shown:
        if (over := session.lent.get(cover.client)) and not over.is_late(session.day):
            yield Note(cover.client, WORTH_KNOWING, lent_words(over, session.day))


def rating_due(session: Session, sight: InSight) -> Iterator[Note]:
    """Who is to be asked longest how content they are: one a day is enough."""
    if not sight.covers.may_signal(RATED):
        return
    from clientfolder.tickler.ratings import longest_due

    if found := longest_due(sight.covers, sight.shown, session.day, session.workspace.settings.months):
        yield Note(found.cover.client, WORTH_KNOWING, "ask how content they are")


def selling(session: Session, sight: InSight) -> Iterator[Note]:
    """How far the furthest open deal has come, and for how long where that is slow."""
    shown = [cover for cover in sight.shown if cover.records.get("deals")]
    if not shown:
        return
    from clientfolder.portfolio import selling as rules

    settings = session.workspace.settings
    for client, one in rules.selling(shown, sight.covers, settings.stages, settings.months, sight.day).items():
        days = "" if one.slow_days is None else f" {one.slow_days} d"
        yield Note(client, IN_PASSING, f"{one.stage}{days}")


# In the foot -------------------------------------------------------------------------------------------------


def undated(session: Session) -> Iterator[Also]:
    """Who is filed under the running month, and has no day yet."""
    if there := session.desk.undated:
        yield Also(10, "no day", len(there), there.names)


def unfiled(session: Session) -> Iterator[Also]:
    """Who has no date at all."""
    if there := session.desk.unfiled:
        yield Also(11, "no date", len(there), there.names)


def merged(session: Session) -> Iterator[Also]:
    """Where a merge left something to decide, until a contact with that client is logged."""
    if found := session.contents.covers.where_due(lambda due: due.is_merged):
        yield Also(30, "merged", len(found), found.names)


def cared_for(session: Session) -> Iterator[Also]:
    """Complaints that a call has answered and that lie ahead, and whose yearly day it is."""
    day, concerned = session.day, session.concerned
    above = {client for section in sections(session.desk, concerned) for client in section.covers.clients}
    ahead = sum(one.cover.client not in above for one in concerned.complaints)
    if ahead:
        yield Also(5, f"{counted(ahead, 'complaint')} ahead")
    for what in dict.fromkeys(one.what for one in concerned.greetings):
        those = [one for one in concerned.greetings if one.what == what]
        names = [one.who if one.on == day else f"{one.who} {day_short(one.on, day)[:3]}" for one in those]
        yield Also(6, what.replace("_", " "), len(those), names)


def not_back(session: Session) -> Iterator[Also]:
    """Which dossiers a colleague has not given back."""
    late: dict[str, int] = {}
    for over in session.lent.values():
        if over.is_late(session.day):
            late[over.who] = late.get(over.who, 0) + 1
    for who, count in late.items():
        yield Also(20, f"{count} not back from {who}")


def removed(session: Session) -> Iterator[Also]:
    """Which dossiers were removed here and written on elsewhere."""
    if not session.binder.has(REMOVED):
        return
    from clientfolder.binder.removed import written_since

    if found := written_since(session.binder):
        yield Also(31, "removed, and written on elsewhere", len(found), [one.name for one in found])


def old_calendar(session: Session) -> Iterator[Also]:
    """How many steps the calendar of the setting `exports` is behind."""
    calendars = session.workspace.exported_files("ics")
    if not calendars:
        return
    from clientfolder.binder.export_marks import steps_since

    if steps := max(steps_since(session.binder, path) for path in calendars):
        yield Also(40, f"calendar {counted(steps, 'step')} old: cf export")


# The lists ---------------------------------------------------------------------------------------------------

MAKERS: tuple[Callable[[Session, InSight], Iterable[Note]], ...] = (
    promises, same_time, first_calls, lent, rating_due, selling,
)  # fmt: skip
FOOT: tuple[Callable[[Session], Iterable[Also]], ...] = (
    undated, unfiled, merged, cared_for, not_back, removed, old_calendar,
)  # fmt: skip


def makers(session: Session) -> tuple[NoteMaker, ...]:
    """Those who give notes, each with what the session has at hand."""
    return tuple(partial(maker, session) for maker in MAKERS)


def foot(session: Session) -> Iterator[Also]:
    """What stands in the foot of the page."""
    return (one for maker in FOOT for one in maker(session))
