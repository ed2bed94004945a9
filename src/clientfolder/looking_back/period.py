"""The days looked back at: a day, a week or a month; and which dossiers can have anything to tell of them."""

from __future__ import annotations

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
    plain = " ".join(phrase.split()).lower().removeprefix("this ")
    monday = day - timedelta(days=day.weekday())
    if not plain:
        return Period("day", day, day)
    if plain in ("week", "last week"):
        monday, last = (monday, day) if plain == "week" else (monday - 7 * ONE_DAY, monday - ONE_DAY)
        return Period("week", monday, last)
    month = _month(plain, day)
    if month and month.first > day:
        raise PhraseRefused(f'"{plain}" is still to come. This would work: last month')
    if month:
        return Period("month", month.first, min(month.last, day))
    on, clock = look_back(phrase, day)
    if clock:
        raise PhraseRefused(f'"{plain}" says more than a day, and a review is of a whole one. This would work: {on}')
    return Period("day", on, on)


def _month(plain: str, day: date) -> Month | None:
    """The running month, the last one, or one that is named; without its year the newest that has begun."""
    running = Month.of(day)
    if plain in ("month", "last month"):
        return running if plain == "month" else running.plus(-1)
    name, _, year = plain.partition(" ")
    number = next((place for place, month in enumerate(MONTHS, 1) if name in (month, month[:3])), None)
    try:
        if number is None:
            return Month.parse(plain)
        return Month(int(year) if year else day.year - (number > day.month), number)
    except ValueError:
        return None


# For more days than these a dossier is asked for their months.
_MOST_DAYS = 14


def speaks_of(period: Period, day: date) -> Callable[[bytes], bool]:
    """Whether the bytes of a dossier name a day from the period's first to this one, which tells its last evening.

    It may say yes to more, never no to one whose log or next contact does.
    """
    days = Period("day", period.first, day).days
    months = list(dict.fromkeys(map(Month.of, days)))
    if len(days) <= _MOST_DAYS:
        written = [str(on) for on in days]
        # A month without a day ends on one of them.
        ended = [f"{month}{quote}" for month in months if month.last <= day for quote in "\"'"]
    else:
        written, ended = [str(month) for month in months], []
    # What a person quotes may be written without hyphens, or by weeks.
    years = sorted({f"{on.isocalendar().year}{week}" for on in days for week in ("-W", "W")})
    signs = [sign.encode() for sign in (*written, *ended, *(sign.replace("-", "") for sign in written), *years)]

    def holds(content: bytes) -> bool:
        # A loop of its own: it runs for each dossier of the folder, and `any` takes twice as long.
        for sign in signs:  # noqa: SIM110
            if sign in content:
                return True
        return False

    return holds
