"""Birthdays as they stand on a card or with a person: `--05-07`, a full date, or `7 may`.

Pure. One on 29 February is told on the 28th in a year that lacks it, so that it stays in its month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from clientfolder.dates.calendar import ONE_DAY
from clientfolder.dates.vocabulary import MONTH, plain
from clientfolder.dossier.types import Dossier
from clientfolder.tuples import NamedTuple

EXAMPLES = '"--05-07", 1980-05-07 or "7 may"'
_NUMBER = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?\.?"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_FORMS = (
    r"--(?P<month>\d\d)-?(?P<number>\d\d)",
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<number>\d\d)",
    rf"{_NUMBER} {_NAME}{_YEAR}",
    rf"{_NAME} {_NUMBER}{_YEAR}",
)
_LEAP_YEAR = 2000
# Address books write 1604 or 0000 where they do not know the year; nobody is older than this.
_OLDEST = 130


class Birthday(NamedTuple):
    """A day of the year, and the year of birth if it is known."""

    month: int
    number: int
    year: int | None = None

    def in_year(self, year: int) -> date:
        """The day on which it is told that year."""
        try:
            return date(year, self.month, self.number)
        except ValueError:
            return date(year, 2, 28)

    def coming(self, day: date) -> date:
        """The next one, that day included. Raises ValueError past the year 9999."""
        on = self.in_year(day.year)
        return on if on >= day else self.in_year(day.year + 1)

    def age(self, on: date) -> int | None:
        """How old one gets on that day, if that is known and no slip."""
        age = None if self.year is None else on.year - self.year
        return age if age is not None and 0 < age <= _OLDEST else None


def read(value: Any) -> Birthday | None:
    """Read what stands under `birthday`; None for anything that names no day of the calendar."""
    if isinstance(value, date):
        return Birthday(value.month, value.day, value.year)
    words = plain(value) if isinstance(value, str) else None
    if words is None:
        return None
    found = next((match for form in _FORMS if (match := re.fullmatch(form, words, re.ASCII))), None)
    if not found:
        return None
    said = found.groupdict()
    month = int(said["month"]) if said.get("month") else _month(said["name"])
    birthday = Birthday(month, int(said["number"]), int(said["year"]) if said.get("year") else None)
    try:
        date(_LEAP_YEAR, birthday.month, birthday.number)
    except ValueError:
        return None
    return birthday


def _month(name: str) -> int:
    return next((number for month, number in MONTH.items() if month.startswith(name)), 0)


class Coming(NamedTuple):
    """A birthday soon: whose dossier, on which day, who, and how old if that is known."""

    client: str
    name: str
    on: date
    who: str
    age: int | None


def coming(dossier: Dossier, day: date, days: int) -> Iterator[Coming]:
    """The birthdays in this dossier from that day on, so many days ahead."""
    told = [(dossier.name, dossier.card.get("birthday"))]
    told += [(person.name or key, person.more.get("birthday")) for key, person in dossier.people.items()]
    for who, value in told:
        birthday = read(value)
        if birthday and birthday.coming(day) <= day + days * ONE_DAY:
            on = birthday.coming(day)
            yield Coming(dossier.client, dossier.name, on, who, birthday.age(on))


# The name under which the index keeps the yearly days of a card.
CARD = "card"
_MAY_BE_DAY = r"(?i)--|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\.? [a-z]|[a-z]{3,9}\.? \d"


def yearly(card: Mapping[str, Any]) -> dict[str, str]:
    """The keys of a card, or with a person, that hold a yearly day, each as a text that reads as that day."""
    found = {}
    for key, value in card.items():
        may_be = type(value) is date or (isinstance(value, str) and re.match(_MAY_BE_DAY, value.lstrip()))
        if may_be and (day := read(value)):
            found[key] = f"{day.year or '-'}-{day.month:02}-{day.number:02}"
    return found


_WRITTEN = rb"""birthday["']?[ \t]*=[ \t]*(?:["']{1,3}([^"'\n]*)|([0-9-]+))"""


def may_come(day: date, days: int) -> Callable[[bytes], bool]:
    """Whether the bytes of a dossier name a birthday from that day on, so many days ahead."""
    last = day + days * ONE_DAY

    def holds(content: bytes) -> bool:
        if b"birthday" not in content:
            return False
        for quoted, bare in re.findall(_WRITTEN, content):
            birthday = read((quoted or bare).decode("utf-8", "replace"))
            if birthday and birthday.coming(day) <= last:
                return True
        return False

    return holds
