"""The days looked back at: a day, a week or a month; and which dossiers can have anything to tell of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from clientfolder.dates import MONTHS, ONE_DAY, Month
from clientfolder.errors import PhraseRefused
from clientfolder.when import look_back

Span = Literal["day", "week", "month"]


class Period(NamedTuple):
    """The days looked back at, first and last included; none of them is to come."""

    span: Span
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + number * ONE_DAY for number in range((self.last - self.first).days + 1)]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def read_period(phrase: str, day: date) -> Period:
    """Read `week`, `last week`, `month`, `last month`, a month, or a day as it is looked back at; nothing is today.

    Raises PhraseRefused for anything else, and for what is to come.
    """
    plain = re.sub(r"[ \t]+", " ", phrase).strip(" ").lower()
    if not plain:
        return Period("day", day, day)
    try:
        found = _week(plain, day) or _month(plain, day)
    except (OverflowError, ValueError):
        raise PhraseRefused(f'"{plain}" lies beyond the calendar. This would work: today') from None
    if found and found.first > day:
        raise PhraseRefused(f'"{plain}" is still to come. This would work: last month')
    if found:
        return found
    on, clock = look_back(phrase, day)
    if clock:
        raise PhraseRefused(f'"{plain}" says more than a day, and a review is of a whole one. This would work: {on}')
    return Period("day", on, on)


def _week(plain: str, day: date) -> Period | None:
    monday = day - timedelta(days=day.weekday())
    if plain in ("week", "this week"):
        return Period("week", monday, day)
    return Period("week", monday - 7 * ONE_DAY, monday - ONE_DAY) if plain == "last week" else None


_MONTH = r"(?P<name>[a-z]{3,9})(?: (?P<year>[0-9]{4}))?|(?P<iso>[0-9]{4}-[0-9]{2})"


def _month(plain: str, day: date) -> Period | None:
    """The running month, the last one, or one that is named; without its year the newest that has begun."""
    running = Month.of(day)
    if plain in ("month", "this month", "last month"):
        month = running.plus(-1) if plain == "last month" else running
    elif found := re.fullmatch(_MONTH, plain):
        number = _NUMBERS.get(found["name"])
        if number is None and not found["iso"]:
            return None
        year = int(found["year"] or day.year - ((number or 0) > day.month))
        month = Month.parse(found["iso"] or f"{year:04}-{number:02}")
    else:
        return None
    return Period("month", month.first, min(month.last, day))


_NUMBERS = {name: number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}


# For more days than these a dossier is asked for their months; for more months than these each has something to tell.
_MOST_DAYS, _MOST_MONTHS = 14, 24


def speaks_of(period: Period, day: date) -> Callable[[bytes], bool]:
    """Whether the bytes of a dossier name a day from the period's first to this one, which tells its last evening.

    It may say yes to more, never no to one whose log or next contact does.
    """
    if Month.of(day).since(Month.of(period.first)) >= _MOST_MONTHS:
        return lambda content: True
    days = Period("day", period.first, day).days
    months = list(dict.fromkeys(map(Month.of, days)))
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
