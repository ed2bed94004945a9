"""The days looked back at: a day, a week or a month; and which dossiers can have anything to tell of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from clientfolder.dates import phrases
from clientfolder.dates.calendar import ONE_DAY, Month
from clientfolder.dates.grammar import Ground
from clientfolder.dates.ranges import DateRange, week_of
from clientfolder.dates.vocabulary import MONTH, Refusal, one_of, plain_words, refused
from clientfolder.tuples import NamedTuple


class Period(NamedTuple):
    """The days looked back at, none of them to come, and whether they were named as a day, a week or a month."""

    span: Literal["day", "week", "month"]
    days: DateRange

    @property
    def first(self) -> date:
        return self.days.first

    @property
    def last(self) -> date:
        return self.days.last


def read_period(phrase: str, day: date, day_first: bool | None = None) -> Period:
    """Read `week`, `last week`, `month`, `last month`, a month, or a day as it is looked back at; nothing is today.

    Raises PhraseRefused for anything else, and for what is to come.
    """
    ground = Ground(day, day_first=day_first)
    try:
        return _understood(phrase, ground)
    except Refusal as no:
        raise refused(phrase, no, lambda line: _understood(line, ground)) from None


def _understood(phrase: str, ground: Ground) -> Period:
    words, day = plain_words(phrase), ground.day
    if not words:
        return Period("day", DateRange(day, day))
    try:
        found = _week(words, day) or _month(words, day)
    except (OverflowError, ValueError):
        raise Refusal("lies beyond the calendar") from None
    if found and found.first > day:
        raise Refusal("is still to come")
    if found:
        return found
    on, clock = phrases.looked_back(words, ground)
    if clock:
        raise Refusal("says more than a day, and a review is of a whole one")
    return Period("day", DateRange(on, on))


def _week(words: str, day: date) -> Period | None:
    if words in ("week", "this week"):
        return Period("week", DateRange(week_of(day).first, day))
    return Period("week", week_of(day - 7 * ONE_DAY)) if words == "last week" else None


_MONTH = rf"(?P<name>{one_of(MONTH)})(?: (?P<year>[0-9]{{4}}))?|(?P<iso>[0-9]{{4}}-[0-9]{{2}})"


def _month(words: str, day: date) -> Period | None:
    """The running month, the last one, or one that is named; without its year the newest that has begun."""
    running = Month.of(day)
    if words in ("month", "this month", "last month"):
        month = running.plus(-1) if words == "last month" else running
    elif found := re.fullmatch(_MONTH, words):
        number = MONTH.get(found["name"], 0)
        year = int(found["year"] or day.year - (number > day.month))
        month = Month.parse(found["iso"] or f"{year:04}-{number:02}")
    else:
        return None
    return Period("month", DateRange(month.first, min(month.last, day)))


# For more days than these a dossier is asked for their months; for more months than these each has something to tell.
_MOST_DAYS, _MOST_MONTHS = 14, 24


def speaks_of(period: Period, day: date) -> Callable[[bytes], bool]:
    """Whether the bytes of a dossier name a day from the period's first to this one, which tells its last evening.

    It may say yes to more, never no to one whose log or next contact does.
    """
    if Month.of(day).since(Month.of(period.first)) >= _MOST_MONTHS:
        return lambda content: True
    days = DateRange(period.first, day)
    months = days.months
    if len(days) <= _MOST_DAYS:
        written = [str(on) for on in days]
        # A month without a day ends on one of them.
        ended = [f"{month}{quote}" for month in months if month.last <= day for quote in "\"'"]
    else:
        written, ended = [str(month) for month in months], []
    # What a person quotes may be written without hyphens, or by weeks.
    weeks = sorted({f"{on.isocalendar().year}{week}" for on in days for week in ("-W", "W")})
    signs = [sign.encode() for sign in (*written, *ended, *(sign.replace("-", "") for sign in written), *weeks)]

    def holds(content: bytes) -> bool:
        # A loop of its own: it runs for each dossier of the folder, and `any` takes twice as long.
        for sign in signs:  # noqa: SIM110
            if sign in content:
                return True
        return False

    return holds
