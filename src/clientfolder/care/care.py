"""What `cf care` tells: complaints, what is to be mended, questions that wait, ratings that are due, and greetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.covers import Covers
from clientfolder.tickler.concerned import Concerned, concerned
from clientfolder.tickler.ratings import RatingDue, ratings_due
from clientfolder.tuples import NamedTuple


class Care(NamedTuple):
    """What is to be cared for on a day: who wants something, and who is to be asked how content they are."""

    concerned: Concerned
    ratings_due: tuple[RatingDue, ...]

    @property
    def day(self) -> date:
        return self.concerned.day


def care(covers: Covers, clock: Clock, greet: Sequence[str], months: int) -> Care:
    """What is to be cared for now. `months`: how many a period has."""
    return Care(concerned(covers, clock, greet), tuple(ratings_due(covers, clock.day, months)))
