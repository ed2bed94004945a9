"""What pages and JSON are made from, gathered from what a session has at hand; each value is made by the rules.

The rules of what is told after a write are imported where it is told: whoever looks at the desk waits for none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.binder.binder import file_of
from clientfolder.cli import notes
from clientfolder.cli.output.parts import lines_below
from clientfolder.cli.output.terminal import Window, error_lines, one_line
from clientfolder.cli.output.words import day_short, held_words, lent_words, lighter_words, named_off, shortened
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import quoted
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import Trouble, Warned
from clientfolder.tickler import today as of_day
from clientfolder.tickler.inserts import slips_of, slot_of
from clientfolder.tickler.today import Today

if TYPE_CHECKING:
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
        makers=notes.makers(session),
        also=notes.foot(session),
        concerned=session.concerned,
    )


def care(session: Session) -> Care:
    """Who wants something, and who is to be asked how content they are."""
    from clientfolder.care.care import care as cared

    settings = session.workspace.settings
    return cared(session.contents.covers, session.clock, settings.greet, settings.months)


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
    """How many lines of the window the errors and warnings take that are printed after the page."""
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
        sender = session.contents.covers.of_client(dossier.sent_by) if dossier.sent_by else None
        sheet = DossierSheet(session.day, cover, dossier, file_of(client), read.data, slips, papers, forms, lent)
        found.append(sheet._replace(sender=sender.name if sender else None))
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
    folder = session.folder_to_tell()
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
