"""How often a client wants to hear from me: the rhythm in words, and on which days it has the next contact."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from clientfolder.dates.calendar import WEEKDAYS, Month, plus_months
from clientfolder.dates.vocabulary import COUNT, DAY_NUMBER, ORDINALS, WEEKDAY, one_of, ordinal, plain
from clientfolder.tuples import NamedTuple

EXAMPLE = "6 weeks"
FORMS = "6 weeks, 6w, weekly, 4-6 weeks, every month on the 31st, first monday, every 2 weeks on friday"
# Ten years, as far as any date goes.
MOST = {"day": 3650, "week": 520, "month": 120, "year": 10}
MONTHS_A_YEAR = 12
_LENGTH = {"day": 1, "week": 7, "month": 30}

# Rhythms that have a word of their own, in the words of the others.
_CALLED = {
    "daily": "1 day", "weekly": "1 week", "fortnightly": "2 weeks", "monthly": "1 month", "quarterly": "3 months",
    "half-yearly": "6 months", "yearly": "1 year", "annually": "1 year", "every quarter": "3 months",
    "every other week": "2 weeks", "every other month": "2 months",
}  # fmt: skip
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_DAY = rf"({DAY_NUMBER})(st|nd|rd|th)?"
_WEEKDAY = one_of(WEEKDAY)
_NAMED = rf"({one_of(ORDINALS)}) ({_WEEKDAY})"
_SPAN = rf"(?:every )?({COUNT})(?: ?(?:-|to) ?({COUNT}))? (day|week|month|year)s?"
_IN_MONTHS = rf"every (?:({COUNT}) )?months? on (?:the )?(?:{_DAY}|{_NAMED})"
_IN_WEEK = rf"every (?:(?:({COUNT}) )?weeks? on )?({_WEEKDAY})"
_ORDINALS = rf"(?:every |the )?{_NAMED}(?: of (?:the|every) month)?"


class Rhythm(NamedTuple):
    """Every so many days, weeks or months; up to `most` of them where it has a tolerance.

    Or on a wanted day: a day of the month, a weekday of the week, or the first, second ... last (-1) such weekday
    of the month.
    """

    every: int
    unit: str
    most: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None

    @property
    def is_wanted_day(self) -> bool:
        """Whether it wants a certain day of the month or of the week."""
        return self.day is not None or self.weekday is not None

    @property
    def is_day_of_month(self) -> bool:
        """Whether it wants a certain day of the month, by its number or by its weekday."""
        return self.is_wanted_day and self.unit == "month"

    @property
    def days(self) -> int:
        """About how many days lie between two contacts; with a tolerance, at most."""
        return (self.most or self.every) * _LENGTH[self.unit]

    def window(self, counted_from: date, after: date = date.min) -> tuple[date, date]:
        """The first and the last day on which the next contact would be in the rhythm; often they are one.

        A wanted day comes so many weeks or months after the last wanted day at or before `counted_from`, and again
        so many on until it lies after `after`. Raises OverflowError or ValueError outside the years 1 to 9999.
        """
        if not self.is_wanted_day:
            return self._plus(counted_from, self.every), self._plus(counted_from, self.most or self.every)
        wanted = self._following(self._wanted_until(counted_from))
        while wanted <= after:
            wanted = self._following(wanted)
        return wanted, wanted

    def _plus(self, day: date, count: int) -> date:
        if self.unit == "month":
            return plus_months(day, count)
        return day + timedelta(days=count * _LENGTH[self.unit])

    def _wanted_until(self, day: date) -> date:
        """The last wanted day at or before this one; a month that lacks the 31st has it on its last day."""
        if self.unit == "week":
            assert self.weekday is not None
            return day - timedelta(days=(day.weekday() - self.weekday) % 7)
        wanted = self._in_month(Month.of(day))
        return wanted if wanted <= day else self._in_month(Month.of(day).plus(-1))

    def _following(self, wanted: date) -> date:
        """The wanted day so many weeks or months on; every single one between them is passed over."""
        if self.unit == "week":
            return wanted + timedelta(weeks=self.every)
        return self._in_month(Month.of(wanted).plus(self.every))

    def _in_month(self, month: Month) -> date:
        if self.day is not None:
            return month.first.replace(day=min(self.day, month.last.day))
        assert self.weekday is not None
        assert self.nth is not None
        if self.nth < 0:
            return month.last - timedelta(days=(month.last.weekday() - self.weekday) % 7)
        first = month.first + timedelta(days=(self.weekday - month.first.weekday()) % 7)
        return first + timedelta(weeks=self.nth - 1)

    def __str__(self) -> str:
        unit = self.unit
        many = f"{self.every} {unit}s"
        if self.nth is not None:
            assert self.weekday is not None
            name = next(word for word, nth in ORDINALS.items() if nth == self.nth)
            wanted = f"{name} {WEEKDAYS[self.weekday]}"
            return wanted if self.every == 1 else f"every {many} on the {wanted}"
        if self.day is not None:
            return f"every {unit if self.every == 1 else many} on the {self.day}{ordinal(self.day)}"
        if self.weekday is not None:
            return f"every {'' if self.every == 1 else f'{many} on '}{WEEKDAYS[self.weekday]}"
        if self.most is not None:
            return f"{self.every}-{self.most} {unit}s"
        return f"1 {unit}" if self.every == 1 else many


@lru_cache(maxsize=256)
def parse(text: str) -> Rhythm | None:
    """Read `6 weeks`, `4-6 weeks`, `every month on the 31st`, `first monday`, `every 2 weeks on friday`; else None."""
    if (found := _plain_span(text)) is not None:
        return found
    words = plain(text)
    if words is None:
        return None
    words = _CALLED.get(words, words)
    words = re.sub(r"^every (?=(?:day|week|month|year)$)", "1 ", words)
    words = re.sub(r"(?<=[0-9]) ?([dwmy])$", lambda unit: f" {_UNITS[unit[1]]}", words)
    found = _span(words) or _in_month(words) or _in_week(words) or _nth(words)
    if found is None or (found.most or found.every) > MOST[found.unit]:
        return None
    return found


def _plain_span(text: str) -> Rhythm | None:
    """`6 weeks` as this program writes it, without the patterns of all the other forms; None for anything else."""
    count, _, units = text.partition(" ")
    unit = units.removesuffix("s")
    if unit not in _LENGTH or not (count.isascii() and count.isdigit()) or len(count) > 4 or count.startswith("0"):
        return None
    return Rhythm(int(count), unit) if int(count) <= MOST[unit] else None


def _span(words: str) -> Rhythm | None:
    found = re.fullmatch(_SPAN, words)
    if found is None:
        return None
    every, most, unit = int(found[1]), int(found[2]) if found[2] else None, found[3]
    if most is not None and most < every:
        return None
    if unit == "year":
        every, most, unit = every * MONTHS_A_YEAR, most and most * MONTHS_A_YEAR, "month"
    return Rhythm(every, unit, None if most == every else most)


def _in_month(words: str) -> Rhythm | None:
    found = re.fullmatch(_IN_MONTHS, words)
    if found is None:
        return None
    every, day, ending, nth, weekday = found.groups()
    if day is None:
        return Rhythm(int(every or 1), "month", weekday=WEEKDAY[weekday], nth=ORDINALS[nth])
    if ending and ending != ordinal(int(day)):
        return None
    return Rhythm(int(every or 1), "month", day=int(day))


def _in_week(words: str) -> Rhythm | None:
    found = re.fullmatch(_IN_WEEK, words)
    return Rhythm(int(found[1] or 1), "week", weekday=WEEKDAY[found[2]]) if found else None


def _nth(words: str) -> Rhythm | None:
    found = re.fullmatch(_ORDINALS, words)
    return Rhythm(1, "month", weekday=WEEKDAY[found[2]], nth=ORDINALS[found[1]]) if found else None
