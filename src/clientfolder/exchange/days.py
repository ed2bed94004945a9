"""Days as other programs write them, in the values of a card or the cells of a column; never guessed.

`03/04/1990` may be two days. It is read by the setting `day_first`, or where another cell of the same column can only
be one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from clientfolder.dates.calendar import MONTHS
from clientfolder.text import comparable

_MONTHS_ABROAD = (  # German, Czech
    "januar februar marz april mai juni juli august september oktober november dezember",
    "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "janner feber maerz april mai juni juli august september oktober november dezember",
    "leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec",
    "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
)
_MONTH = {name: number for names in _MONTHS_ABROAD for number, name in enumerate(names.split(), 1)}
_MONTH |= {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_EMPTY = re.compile(r"0{1,4}([-/. ]0{1,4}){1,2}")
_TIME = r"(?:[T ]\d{1,2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})\.?{_TIME}", re.IGNORECASE)
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}", re.IGNORECASE)
_NO_YEAR = re.compile(rf"--(\d{{2}})-?(\d{{2}}){_TIME}", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_DOUBTFUL = re.compile(
    r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}))?(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?", re.IGNORECASE
)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:of )?([a-z]+)\.?,?(?:[ -](\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th|\.)?,?(?: (\d{4}))?")
# Where an address book does not know the year, it writes one of these.
NO_YEAR = (0, 1604)
_LEAP_YEAR = 2000


def is_empty(text: str) -> bool:
    """Whether it is what a program writes for no day: `0/0/00`, `0000-00-00`."""
    return _EMPTY.fullmatch(text.strip()) is not None


def read(text: str, day_first: bool | None = None, *, no_year: Iterable[int] = NO_YEAR) -> str | None:
    """The day as `1984-05-07`, or `--05-07` where it has no year; None for what is no day, or may be two."""
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), no_year)
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), no_year)
    if found := _NO_YEAR.fullmatch(text):
        return _day(None, int(found[1]), int(found[2]), no_year)
    if found := _DOTTED.fullmatch(text):
        return _day(_number(found[3]), int(found[2]), int(found[1]), no_year)
    if found := _DOUBTFUL.fullmatch(text):
        one, other, year = int(found[1]), int(found[3]), _number(found[4])
        ways = {True: _day(year, other, one, no_year), False: _day(year, one, other, no_year)}
        certain = {way for way in ways.values() if way}
        if len(certain) == 1:
            return certain.pop()
        return None if day_first is None else ways[day_first]
    plain = comparable(text)
    if found := _DAY_MONTH.fullmatch(plain):
        return _day(_number(found[3]), _MONTH.get(found[2], 0), int(found[1]), no_year)
    if found := _MONTH_DAY.fullmatch(plain):
        return _day(_number(found[3]), _MONTH.get(found[1], 0), int(found[2]), no_year)
    return None


def order_of(column: Iterable[str], day_first: bool | None) -> bool | None:
    """Whether the day stands first in the cells of a column; None where that is not known.

    What the cells themselves show must not speak against the setting, which is for what people type.
    """
    shown = set()
    for cell in column:
        if (found := _DOUBTFUL.fullmatch(" ".join(cell.split()))) and found[4]:
            one, other = int(found[1]), int(found[3])
            shown |= ({True} if 12 < one <= 31 and other <= 12 else set()) | (
                {False} if 12 < other <= 31 and one <= 12 else set()
            )
    if len(shown) > 1:
        return None
    evidence = next(iter(shown), None)
    if day_first is None or evidence is None:
        return day_first if evidence is None else evidence
    return day_first if day_first == evidence else None


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _day(year: int | None, month: int, day: int, no_year: Iterable[int]) -> str | None:
    is_known = year is not None and year not in no_year
    try:
        found = date(year if is_known and year else _LEAP_YEAR, month, day)
    except ValueError:
        return None
    return found.isoformat() if is_known else f"--{month:02}-{day:02}"
