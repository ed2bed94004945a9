"""Reading several days in a row, such as `10..21 aug`, `today..fri` or `fri`: the whole phrase or nothing.

Each side is a WHEN. The right side is read from the left; a bare number on the left belongs to the month on the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from clientfolder import when
from clientfolder.dates import MONTHS, ONE_DAY, WEEKDAYS, Month, is_after_months
from clientfolder.errors import PhraseRefused, visible
from clientfolder.when import FAR_MONTHS, Ground

EXAMPLE = "today..fri"
MOST_DAYS = 366
# A stretch this long, whose end names no year, was rather written backwards.
LONG_DAYS = 184

_NUMBER = r"(0?[1-9]|[12][0-9]|3[01])(st|nd|rd|th)?"
_MONTH = "|".join(month[:3] for month in MONTHS)
_NAMES_MONTH = rf"[0-9]+([/.-][0-9]+){{1,2}}\.?|[0-9]+[a-z]* ({_MONTH}).*|({_MONTH})[a-z]* [0-9].*"
_WEEKDAY = "|".join(f"{day}|{day[:3]}" for day in WEEKDAYS)
# What people write between two days instead of `..`.
_INSTEAD = r" ?(?:\.{3,}|…|–| to | till | until ) ?| - |(?<=[0-9])-(?=[0-9]{1,2} [a-z])|(?<=[a-z])-(?=[a-z])"


class Stretch(NamedTuple):
    """Days in a row, the last one among them."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        return (self.first + ONE_DAY * count for count in range((self.last - self.first).days + 1))


def read(phrase: str, ground: Ground) -> Stretch:
    """Read days in a row, one day, or a whole week or month; of the running one what is left of it.

    Raises PhraseRefused for what is none, has begun before today, runs backwards, or is longer than a year.
    """
    try:
        return _understood(phrase, ground)
    except _NotSo as no:
        lines = (*_mended(phrase), *no.instead)
        raise PhraseRefused(f'"{visible(phrase)}" {no.why}. This would work: {_working(lines, ground)}') from None


class _NotSo(Exception):
    """Why a phrase is refused, and lines that may work instead, the likeliest first."""

    def __init__(self, why: str, *instead: str) -> None:
        self.why = why
        self.instead = instead


def _working(lines: Iterable[str], ground: Ground) -> str:
    for line in lines:
        try:
            _understood(line, ground)
        except _NotSo:
            continue
        return line
    return EXAMPLE


class _Side(NamedTuple):
    """One side; a month is its days. `is_sure`: it names its year, or counts from the other."""

    first: date
    last: date
    is_sure: bool


def _understood(phrase: str, ground: Ground) -> Stretch:
    sides = [re.sub(r"[ \t]+", " ", side).strip(" ").lower() for side in phrase.split("..")]
    if len(sides) > 2 or not all(sides):
        raise _NotSo("is no stretch of days", *sides)
    if sides in (["this week"], ["next week"]):
        monday = ground.day + timedelta(days=(7 if sides == ["next week"] else 0) - ground.day.weekday())
        return Stretch(max(monday, ground.day), monday + timedelta(days=6))
    if len(sides) == 1:
        begin = end = _side(sides[0], ground, "{}")
    else:
        left, right = sides
        begin, end = _between(left, right, ground)
    if not begin.is_sure and is_after_months(begin.first, ground.day, FAR_MONTHS):
        why = f"begins on {begin.first}, more than {FAR_MONTHS} months away; if that is meant, name the year"
        raise _NotSo(why, f"{begin.first}..{end.last}")
    return Stretch(max(begin.first, ground.day), end.last)


def _between(left: str, right: str, ground: Ground) -> tuple[_Side, _Side]:
    begin, end = _both(left, right, ground)
    if begin.first < ground.day:
        raise _NotSo(f"begins on {begin.first}, which is past", f"today..{right}")
    if left == right and re.fullmatch(_WEEKDAY, left):
        raise _NotSo("may be one day, or a week and a day", left)
    count = (end.last - begin.first).days + 1
    if count < 1 or (count > LONG_DAYS and not end.is_sure):
        raise _NotSo(f"runs backwards, from {begin.first} to {end.last}", f"{right}..{left}", left)
    if count > MOST_DAYS:
        raise _NotSo(f"is longer than a year, from {begin.first} to {end.last}", left)
    return begin, end


def _both(left: str, right: str, ground: Ground) -> tuple[_Side, _Side]:
    if re.fullmatch(_NUMBER, left) and re.fullmatch(_NAMES_MONTH, right):
        _side(left, ground, "{}.." + right)
        end = _side(right, ground, left + "..{}")
        return _number_before(left, end), end
    begin = _side(left, ground, "{}.." + right)
    if right in ("today", "tomorrow"):
        return begin, _side(right, ground, left + "..{}")
    # The same words again name the same day.
    seen_from = begin.first - ONE_DAY if left == right else begin.first
    try:
        return begin, _side(right, ground._replace(day=seen_from, start=begin.first), left + "..{}")
    except _NotSo:
        # It may be a day before the left one.
        return begin, _side(right, ground, left + "..{}")


def _side(words: str, ground: Ground, line: str) -> _Side:
    """One side. What would stand there instead is put into the line."""
    try:
        found = when.read(words, ground)
    except PhraseRefused as refused:
        why, _, instead = refused.message.rpartition(" This would work: ")
        said = why.removeprefix(f'"{words}" ').rstrip(".") if line == "{}" else f"cannot be: {why.rstrip('.')}"
        raise _NotSo(said, line.format(instead)) from None
    if found.agreed:
        raise _NotSo("says more than days", line.format(re.sub(r"( [0-9:]+)?!?$", "", words)))
    is_sure = found.offset or re.search(r"[0-9]{4}", words) is not None
    if isinstance(found.on, Month):
        return _Side(found.on.first, found.on.last, is_sure)
    return _Side(found.on, found.on, is_sure)


def _number_before(words: str, end: _Side) -> _Side:
    """The last day of that number up to the end: `10` in `10..21 aug`, `24` in `24..4 jan`."""
    number = int(re.sub("[a-z]", "", words))
    month = Month.of(end.last)
    while number > month.last.day or month.first.replace(day=number) > end.last:
        month = month.plus(-1)
    day = month.first.replace(day=number)
    return _Side(day, day, end.is_sure)


def _mended(phrase: str) -> tuple[str, ...]:
    """The phrase with `..` for what stands between its days, if something else does."""
    plain = re.sub(r"[ \t]+", " ", phrase)
    mended = re.sub(_INSTEAD, "..", plain, count=1)
    return (mended,) if mended != plain else ()
