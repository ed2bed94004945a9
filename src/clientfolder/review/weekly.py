"""What one leafs through the binder for once a week: whom the days alone would not bring up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from clientfolder.dossier import birthdays
from clientfolder.dossier.birthdays import Coming
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.tickler.concerned import ComplaintOf, Concerned, InquiryOf
from clientfolder.tickler.desk import Desk, days_silent, is_dodged, is_drifting
from clientfolder.tickler.ratings import RatingDue
from clientfolder.tuples import NamedTuple

DAYS_AHEAD = 14


class BroughtUp(NamedTuple):
    """A client whom a deal or the money brings up, and what is to be said of it."""

    client: str
    name: str
    what: str


class Wanting(NamedTuple):
    """Who wants something on a day, those who waited longer than they may first, then the oldest.

    `slow`: whose deals are slow; `second_due`: whose second order is due; `unpaid`: whose won deals are not paid.
    """

    complaints: Sequence[ComplaintOf] = ()
    to_mend: Sequence[ComplaintOf] = ()
    waiting: Sequence[InquiryOf] = ()
    ratings_due: Sequence[RatingDue] = ()
    slow: Sequence[BroughtUp] = ()
    second_due: Sequence[BroughtUp] = ()
    unpaid: Sequence[BroughtUp] = ()


NOTHING_WANTED = Wanting()


def wanting(of: Concerned, ratings_due: Sequence[RatingDue]) -> Wanting:
    """Who wants something, the most urgent first."""
    complaints = sorted(of.complaints, key=lambda one: not one.is_late)
    return Wanting(complaints, of.to_mend, sorted(of.waiting, key=lambda one: not one.is_late), ratings_due)


class Weekly(NamedTuple):
    """Living clients only. `birthdays` are those from today on, DAYS_AHEAD days ahead."""

    unfiled: Covers
    dodged: Covers
    drifting: Covers
    no_phone: Covers
    birthdays: list[Coming]
    wanting: Wanting


def speaks_of(day: date) -> Callable[[bytes], bool]:
    """Whether the bytes of a dossier name a birthday soon."""
    return birthdays.may_come(day, DAYS_AHEAD)


def weekly(dossiers: Iterable[Dossier], covers: Covers, desk: Desk, wanting: Wanting) -> Weekly:
    """Leaf through the binder. `dossiers` are at least those that `speaks_of` finds; `covers` are all of them."""
    day = desk.day
    coming = [
        birthday
        for dossier in dossiers
        if dossier.resting is None
        for birthday in birthdays.coming(dossier, day, DAYS_AHEAD)
    ]
    drifting = covers.where(lambda cover: is_drifting(cover, day))
    return Weekly(
        unfiled=desk.unfiled,
        dodged=_ranked(covers.where(is_dodged), lambda cover: cover.moves),
        drifting=_ranked(drifting, lambda cover: (days_silent(cover, day) or 0) - (cover.usual_gap or 0)),
        no_phone=covers.where(_has_no_number).by_name(),
        birthdays=sorted(coming, key=lambda one: (one.on, one.who.casefold())),
        wanting=wanting,
    )


def _ranked(covers: Covers, measure: Callable[[Cover], int]) -> Covers:
    """The most first, and by name where as much."""
    return covers.sorted(lambda cover: -measure(cover))


def _has_no_number(cover: Cover) -> bool:
    return (
        cover.resting is None
        and not cover.is_slip
        and not (cover.phone or any(person.phone for person in cover.people.values()))
    )
