"""A handover for a colleague without cf: promises and complaints by day with their numbers, then the dossiers.

What never goes is taken out of the bytes of each file before anything is read of it, as in the folder that is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from clientfolder.binder.binder import Binder, file_of
from clientfolder.binder.toml import dossier_file
from clientfolder.dates.calendar import Month
from clientfolder.dossier import concerns
from clientfolder.dossier.concerns import State
from clientfolder.dossier.covers import ListedCovers, with_owner
from clientfolder.dossier.privacy import unrated
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.exchange import printed
from clientfolder.exchange.events import one_line
from clientfolder.exchange.handover.stripped import stripped
from clientfolder.exchange.printed import PrintedDossier, PrintedRow, Worth
from clientfolder.tuples import NamedTuple


class HandedRow(NamedTuple):
    """A promise or somebody who complains: the contact, and the texts of the complaints that are open."""

    client: str
    row: PrintedRow
    complaints: Sequence[str]


class HandedDay(NamedTuple):
    """A day, or a month, and whom to ring then."""

    heading: str
    rows: Sequence[HandedRow]


def read(binder: Binder, client: str, without: Sequence[str]) -> Dossier:
    """The dossier without what is private and without these keys. Raises NoClient, Unreadable or Refused."""
    file = file_of(client)
    return dossier_file.read(client, file, stripped(file, binder.raw(client), without)).dossier


def by_day(wholes: Sequence[Dossier], day: date) -> list[HandedDay]:
    """Whom something was promised, and whose complaint is open on `day`, numbered, the earliest first.

    Who complains and has no date stands last; who rests has none.
    """
    covers = ListedCovers(whole.cover_on(day) for whole in wholes)
    found = sorted(_urgent(wholes, day), key=lambda one: _place(one[0]))
    groups = groupby(enumerate(found, 1), key=lambda one: _heading(one[1][0]))
    return [
        HandedDay(heading, [_row(number, cover, covers, told, day) for number, (cover, told) in group])
        for heading, group in groups
    ]


def sheets(
    wholes: Sequence[Dossier], day: date, *, last: int | None, worth: Callable[[str], Worth | None]
) -> list[PrintedDossier]:
    """The dossiers, a slip with the name of its client before its own; `worth` as a dossier is printed with it."""
    names = {whole.client: whole.name for whole in wholes}
    found = []
    for whole in wholes:
        sheet = printed.dossier(whole, day, last=last, worth=worth(whole.client))
        owner = whole.belongs_to
        found.append(sheet._replace(title=one_line(f"{names.get(owner, owner)}: {sheet.title}")) if owner else sheet)
    return found


def _urgent(wholes: Iterable[Dossier], day: date) -> Iterator[tuple[Cover, list[str]]]:
    for whole in wholes:
        cover = unrated(whole).cover_on(day)
        told = [one.entry.text for one in concerns.of_log(whole.log, day).in_state(State.OPEN, day)]
        if told or (cover.resting is None and cover.next is not None and cover.next.agreed):
            yield cover, told


def _row(number: int, cover: Cover, covers: ListedCovers, told: Sequence[str], day: date) -> HandedRow:
    row = printed.row(number, with_owner(cover, covers), day)
    return HandedRow(cover.client, row, [one_line(text) or "no word of what it is" for text in told])


def _on(cover: Cover) -> date | Month | None:
    return cover.next.on if cover.next and cover.resting is None else None


def _heading(cover: Cover) -> str:
    on = _on(cover)
    return printed.on_words(on) if on else "No date"


def _place(cover: Cover) -> tuple[date, bool, str, str]:
    """By day, a month behind its last day, and those with a time first."""
    on = _on(cover)
    clock = f"{cover.next.time:%H:%M}" if cover.next and cover.next.time else "~"
    if isinstance(on, Month):
        return on.last, True, clock, cover.name.casefold()
    return on or date.max, on is None, clock, cover.name.casefold()
