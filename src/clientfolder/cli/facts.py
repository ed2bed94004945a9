"""What pages and JSON are made from, gathered from what a session has at hand; each value is made by the rules.

The rules of what is told after a write are imported where it is told: whoever looks at the desk waits for none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.binder.binder import REMOVED, file_of
from clientfolder.cli.notes import FOOT, MAKERS, cared_for
from clientfolder.cli.output.parts import lines_below
from clientfolder.cli.output.terminal import Window, error_lines, one_line
from clientfolder.cli.output.words import day_of_log, day_short, held_words, lighter_words, named_off, shortened
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import quoted
from clientfolder.dates.calendar import Month
from clientfolder.dossier import signals
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import Trouble, Warned
from clientfolder.text import counted
from clientfolder.tickler import today as of_day
from clientfolder.tickler.desk import slips_of, slot_of
from clientfolder.tickler.today import IN_PASSING, WORTH_KNOWING, Also, InSight, Note, Today

if TYPE_CHECKING:
    from clientfolder.binder.handed_over import HandedOver
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
    from clientfolder.care.care import Care
    from clientfolder.dates.phrases import When
    from clientfolder.dossier.forms import Form
    from clientfolder.dossier.sheet import DossierSheet
    from clientfolder.tickler.confirmation import Confirmation, Landing, Left, Written


def today(session: Session) -> Today:
    """The desk, the next days, and who gives notes on them."""
    contents = session.contents
    return of_day.today(
        contents.covers,
        session.day,
        session.room,
        session.every,
        desk=session.desk,
        unreadable=contents.unreadable,
        makers=(
            *MAKERS,
            lambda sight: _lent(session, sight),
            lambda sight: _rating_due(session, sight),
            lambda sight: _selling(session, sight),
        ),
        also=[
            *(one for maker in FOOT for one in maker(session.desk, contents.covers)),
            *cared_for(session.desk, session.concerned),
            *_elsewhere(session),
            *_old_calendar(session),
        ],
        concerned=session.concerned,
    )


def _rating_due(session: Session, sight: InSight) -> Iterable[Note]:
    """Of those that are shown the one who is to be asked longest: one a day is enough."""
    if not sight.covers.signalling(signals.RATED):
        return
    from clientfolder.tickler.ratings import longest_due

    if found := longest_due(sight.covers, sight.shown, session.day, session.workspace.settings.months):
        yield Note(found.cover.client, WORTH_KNOWING, "ask how content they are")


def _selling(session: Session, sight: InSight) -> Iterable[Note]:
    """Of those that are shown: how far their furthest open deal has come, and for how long where that is slow."""
    shown = [cover for cover in sight.shown if cover.records.get("deals")]
    if not shown:
        return
    from clientfolder.portfolio.selling import selling

    settings = session.workspace.settings
    for client, one in selling(shown, sight.covers, settings.stages, settings.months, sight.day).items():
        days = "" if one.slow_days is None else f" {one.slow_days} d"
        yield Note(client, IN_PASSING, f"{one.stage}{days}")


def care(session: Session) -> Care:
    """Who wants something, and who is to be asked how content they are."""
    from clientfolder.care.care import care as cared

    settings = session.workspace.settings
    return cared(session.contents.covers, session.clock, settings.greet, settings.months)


def _lent(session: Session, sight: InSight) -> Iterable[Note]:
    """Of those that are shown: with whom their dossiers are, until when."""
    for cover in sight.shown:
        if (over := session.lent.get(cover.client)) and not over.is_late(session.day):
            yield Note(cover.client, WORTH_KNOWING, lent_words(over, session.day))


def _elsewhere(session: Session) -> Iterable[Also]:
    """Which dossiers a colleague has not given back, and which were removed here and written on elsewhere."""
    late: dict[str, int] = {}
    for over in session.lent.values():
        if over.is_late(session.day):
            late[over.who] = late.get(over.who, 0) + 1
    for who, count in late.items():
        yield Also(20, f"{count} not back from {who}")
    if not session.binder.has(REMOVED):
        return
    from clientfolder.binder import removed

    if found := removed.written_since(session.binder):
        yield Also(31, "removed, and written on elsewhere", len(found), [one.name for one in found])


def _old_calendar(session: Session) -> Iterable[Also]:
    """How many steps the calendar of the setting `exports` is behind."""
    calendars = session.workspace.exported_files("ics")
    if not calendars:
        return
    from clientfolder.binder.export_marks import steps_since

    if steps := max(steps_since(session.binder, path) for path in calendars):
        yield Also(40, f"calendar {counted(steps, 'step')} old: cf export")


def lent_words(over: HandedOver, day: date) -> str:
    """`lent to Pavel until 21 Aug`; from the day after, that it is not back."""
    if over.is_late(day):
        return f"not back from {over.who}"
    return f"lent to {over.who} until {day_of_log(over.last, day)}"


def back_line(session: Session, directory: str) -> str:
    """The line that takes back what was handed over into that directory, to be pasted into a shell."""
    place = shortened(directory, session.environment.home)
    at_home = place.removeprefix("~/")
    return f"cf handover --back {f'~/{quoted(at_home)}' if at_home != place else quoted(place)}"


def warn_of_lent(session: Session, client: str) -> None:
    """What is written here of a dossier that is out is told: the other one is written on too."""
    if over := session.lent.get(client):
        message = f"{lent_words(over, session.day)[0].upper()}{lent_words(over, session.day)[1:]}; both come together"
        session.warnings.append(Warned("handed_over", f"{message} by: {back_line(session, over.directory)}"))


def below(session: Session, window: Window) -> int:
    """How many lines of the window the letters take that are printed after the page."""
    return lines_below(error_lines(session.contents.unreadable, session.warnings, session.environment), window)


def sheets(session: Session, clients: Iterable[str]) -> list[DossierSheet]:
    """The sheets of clients, read from the folder. Raises NoClient, Unreadable or CannotReach where one cannot be read.

    A form is read once for all of them, and only where an entry names it.
    """
    from clientfolder.dossier.sheet import DossierSheet

    known: dict[str, Form | None] = {}
    found = []
    for client in clients:
        read = session.binder.read(client)
        dossier = read.dossier
        for name in {entry.form for entry in dossier.log if entry.form is not None} - known.keys():
            known[name] = _form(session, name)
        slips, papers = slips_of(session.contents.covers, client), session.papers_of(client)
        forms = {name: form for name, form in known.items() if form}
        cover = dossier.cover_on(session.day)
        over = session.lent.get(client)
        lent = lent_words(over, session.day) if over else None
        sheet = DossierSheet(session.day, cover, dossier, file_of(client), read.data, slips, papers, forms, lent)
        found.append(sheet)
    return found


def bare_sheet(session: Session, client: str, *, private: bool) -> DossierSheet:
    """The sheet of a dossier as it leaves the folder: without what lies beside it, nor what is private if not said.

    Raises as reading it does.
    """
    from clientfolder.dossier.privacy import public, public_data
    from clientfolder.dossier.sheet import DossierSheet

    read = session.binder.read(client)
    dossier, data = (read.dossier, read.data) if private else (public(read.dossier), public_data(read.data))
    return DossierSheet(session.day, dossier.cover_on(session.day), dossier, file_of(client), data)


def _form(session: Session, name: str) -> Form | None:
    """The form of that name; None where it is not known any more, or cannot be read."""
    from clientfolder.binder import forms

    try:
        return forms.named(session.binder, name)
    except Trouble:
        return None


# What was written --------------------------------------------------------------------------------------


def confirmation(session: Session, outcome: Outcome, *, landings: bool = True) -> Confirmation:
    """What was written. Without `landings` nobody is told where each of many dossiers lies."""
    from clientfolder.tickler import confirmation as rules

    written_ = tuple(written(session, write, has_landing=landings) for write in outcome.writes)
    return rules.Confirmation(session.day, written_, elsewhere(session), session.dry_run)


def written(session: Session, write: PlannedWrite, *, has_landing: bool = True) -> Written:
    """One dossier that was written, and where it lies now."""
    from clientfolder.tickler import confirmation as rules

    cover = write.cover
    slot = slot_of(cover, session.day) if cover else None
    # What was ticked lies nowhere any more.
    lies = cover is not None and not cover.is_done and cover.resting is None
    landing_ = landing(session, cover.next, cover) if has_landing and lies and cover and cover.next else None
    return rules.Written(write.change, cover, slot, landing_)


def elsewhere(session: Session) -> str | None:
    """The folder, where it is not the default one and no echo of this day has said so; then this one does."""
    folder = session.place_to_tell()
    return shortened(folder, session.environment.home) if folder else None


def landing(session: Session, contact: Next, cover: Cover | None = None) -> Landing:
    """What is true of the day of a contact, and of the client, where `cover` says who that is."""
    from clientfolder.tickler import confirmation as rules

    loads = rules.Loads(session.contents.covers, session.load, session.room)
    return rules.landing(contact, loads, cover, session.planning)


def left(session: Session) -> Left:
    """What is left on the desk."""
    from clientfolder.tickler import confirmation as rules

    return rules.left(session.pile, session.contents.covers, session.workspace.now)


def warn_of_date(session: Session, when: When, cover: Cover | None = None) -> None:
    """What is worth knowing about a date that somebody named, for the client who was put there."""
    if when.far:
        session.warnings.append(Warned("far", f"{day_short(when.on, session.day)} is more than 11 months away"))
    warn_of_load(session, when.on, cover)


def warn_of_load(session: Session, on: date | Month, cover: Cover | None = None) -> None:
    """Codes for scripts; the confirmation says the same to people, so they are not told twice.

    `cover`: who was put there.
    """
    if isinstance(on, Month):
        return
    is_there = cover is not None and cover.next is not None and cover.next.on == on
    contact = cover.next if is_there and cover and cover.next else Next(on)
    found = landing(session, contact, cover if is_there else None)
    name = day_short(on, session.day)
    if found.off:
        session.warnings.append(Warned("day_off", f"{name} is a {named_off(found.off)}"))
    if found.same_time:
        same = f"{name} {contact.time:%H:%M}: same time as {one_line(found.same_time)}"
        session.warnings.append(Warned("same_time", same))
    if found.is_over:
        holds = f"{name} holds {held_words(found.held)}, room for {found.capacity}"
        lighter = f"; {lighter_words(found.lighter, session.day)}" if found.lighter else ""
        session.warnings.append(Warned("over_capacity", f"{holds}{lighter}"))
