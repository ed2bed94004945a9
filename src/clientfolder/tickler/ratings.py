"""Who is to be asked how content they are: rule R14 of care.

From the first rating in the folder on, of living clients who paid within a year and have no open complaint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clientfolder.dates.calendar import back
from clientfolder.dossier import concerns, signals
from clientfolder.dossier.concerns import State
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.purchases import Purchases, of_cover
from clientfolder.dossier.types import Cover, Entry
from clientfolder.tuples import NamedTuple

YEAR = 12


class RatingDue(NamedTuple):
    """A client who is to be asked, since when, and what they said last, if they ever did."""

    cover: Cover
    due: date
    last: Entry | None


def is_anybody_rated(covers: Covers, day: date) -> bool:
    """Whether there is a rating in the folder until the end of that day."""
    return any(concerns.of_cover(cover, day).ratings for cover in covers.signalling(signals.RATED))


def ratings_due(covers: Covers, day: date, months: int) -> list[RatingDue]:
    """All who are to be asked, the one that is due longest first."""
    return _due(covers.contacts, day, months) if is_anybody_rated(covers, day) else []


def longest_due(covers: Covers, shown: Iterable[Cover], day: date, months: int) -> RatingDue | None:
    """Of these covers the one that is due longest; only they are looked at."""
    due = _due((cover for cover in shown if not cover.is_slip), day, months)
    return due[0] if due and is_anybody_rated(covers, day) else None


def _due(covers: Iterable[Cover], day: date, months: int) -> list[RatingDue]:
    found = (rating_due(cover, day, months) for cover in covers)
    return sorted((one for one in found if one), key=lambda one: (one.due, *one.cover.sorted_by))


def rating_due(cover: Cover, day: date, months: int) -> RatingDue | None:
    """Since when the client is to be asked; None where that is still to come, or nobody is to be asked."""
    bought = of_cover(cover, day)
    if cover.resting is not None or bought.last_paid is None or bought.last_paid <= back(day, YEAR):
        return None
    said = concerns.of_cover(cover, day)
    if said.in_state(State.OPEN, day):
        return None
    last = said.ratings[-1] if said.ratings else None
    due = min(_days(bought, last, months), default=None)
    return RatingDue(cover, due, last) if due is not None and due <= day else None


def _days(bought: Purchases, last: Entry | None, months: int) -> Iterator[date]:
    if last is None:
        yield from bought.first_won.values()
        if bought.first_paid is not None:
            yield back(bought.first_paid, -months)
        return
    yield back(last.day, -YEAR)
    yield from (won for won in bought.first_won.values() if won > last.day)
