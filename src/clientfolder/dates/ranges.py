"""Days in a row, and how they are said: `10..21 aug`, `today..fri` or `fri`: the whole phrase or nothing.

Each side is a WHEN. The right side is read from the left; a bare number on the left belongs to the month on the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from clientfolder.dates import phrases
from clientfolder.dates.calendar import ONE_DAY, Month, is_after_months
from clientfolder.dates.grammar import Ground
from clientfolder.dates.phrases import FAR_MONTHS
from clientfolder.dates.vocabulary import DAY_NUMBER, MONTH, WEEKDAY, Refusal, one_of, plain, plain_words, refused
from clientfolder.tuples import NamedTuple

MOST_DAYS = 366
# A range this long, whose end names no year, was rather written backwards.
LONG_DAYS = 184

_NUMBER = rf"({DAY_NUMBER})(st|nd|rd|th)?"
_MONTH = rf"({one_of(MONTH)})"
_NAMES_MONTH = rf"[0-9]+([/.-][0-9]+){{1,2}}\.?|[0-9]+[a-z]*\.?( of)? {_MONTH}\b.*|{_MONTH} [0-9].*"
_WEEKDAY = one_of(WEEKDAY)
# What people write between two days instead of `..`.
_INSTEAD = r" ?(?:\.{3,}| to | till | until ) ?| - |(?<=[0-9])-(?=[0-9]{1,2} [a-z])|(?<=[a-z])-(?=[a-z])"


class DateRange:
    """The days from `first` to `last`, both of them meant; none where `last` lies before `first`."""

    __slots__ = ("first", "last")

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateRange) and (self.first, self.last) == (other.first, other.last)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __repr__(self) -> str:
        return f"{self.first}..{self.last}"

    def __iter__(self) -> Iterator[date]:
        return (self.first + ONE_DAY * count for count in range(len(self)))

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def clipped(self, first: date) -> DateRange:
        """What is left of it from that day on."""
        return DateRange(max(self.first, first), self.last)

    @property
    def months(self) -> list[Month]:
        """The months that it has days of."""
        first = Month.of(self.first)
        return [first.plus(count) for count in range(Month.of(self.last).since(first) + 1)] if self else []


def week_of(day: date) -> DateRange:
    """The week of that day, from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return DateRange(monday, monday + timedelta(days=6))


def is_range(phrase: str) -> bool:
    """Whether it says several days in a row by its form, however it goes on."""
    return ".." in phrase or plain(phrase) in _WEEKS


def read(phrase: str, ground: Ground) -> DateRange:
    """Read days in a row, one day, or a whole week or month; of the running one what is left of it.

    Raises PhraseRefused for what is none, has begun before today, runs backwards, or is longer than a year.
    """
    try:
        return understood(phrase, ground)
    except Refusal as no:
        raise refused(phrase, no, lambda line: understood(line, ground)) from None


class _Side(NamedTuple):
    """One side; a month is its days. `is_sure`: it names its year, or counts from the other."""

    first: date
    last: date
    is_sure: bool


_WEEKS = {"this week": 0, "next week": 1}


def understood(phrase: str, ground: Ground) -> DateRange:
    """As `read`; raises Refusal."""
    words = _plain_words(phrase)
    if words in _WEEKS:
        return week_of(ground.day + timedelta(weeks=_WEEKS[words])).clipped(ground.day)
    sides = [side.strip(" ") for side in words.split("..")]
    if len(sides) > 2 or not all(sides):
        raise Refusal("is no range of days", [_with_two_dots(words)], like="today..fri or 10..21 aug")
    try:
        if len(sides) == 1:
            begin = end = _side(words, ground, "{}")
        else:
            begin, end = _between(sides[0], sides[1], ground)
    except Refusal as no:
        choices = (group for group in (_with_two_dots(words), *no.choices))
        raise Refusal(no.why, choices, like=no.like) from None
    if not begin.is_sure and is_after_months(begin.first, ground.day, FAR_MONTHS):
        why = f"begins on {begin.first}, more than {FAR_MONTHS} months away; if that is meant, name the year"
        raise Refusal(why, [[f"{begin.first}..{end.last}"]])
    return DateRange(begin.first, end.last).clipped(ground.day)


def _plain_words(phrase: str) -> str:
    try:
        return plain_words(phrase)
    except Refusal as no:
        typed = phrase.replace("\u2026", "..").replace("\u2013", "..")
        words = plain(typed)
        raise Refusal(no.why, [[words]] if words else []) from None


def _with_two_dots(words: str) -> list[str]:
    """The phrase with `..` for what stands between its days, if something else does."""
    mended = re.sub(_INSTEAD, "..", words, count=1)
    return [mended] if mended != words else []


def _between(left: str, right: str, ground: Ground) -> tuple[_Side, _Side]:
    begin, end = _both(left, right, ground)
    if begin.first < ground.day:
        # What is past of it cannot be meant.
        raise Refusal(f"begins on {begin.first}, which is past", [[f"today..{right}"]])
    if left == right and re.fullmatch(_WEEKDAY, left):
        raise Refusal("may be one day, or a week and a day", [[left, f"{begin.first}..{begin.first + 7 * ONE_DAY}"]])
    count = (end.last - begin.first).days + 1
    if count < 1 or (count > LONG_DAYS and not end.is_sure):
        raise Refusal(f"runs backwards, from {begin.first} to {end.last}", [[f"{right}..{left}"]])
    if count > MOST_DAYS:
        raise Refusal(f"is longer than a year, from {begin.first} to {end.last}")
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
    except Refusal:
        # It may be a day before the left one.
        return begin, _side(right, ground, left + "..{}")


def _side(words: str, ground: Ground, line: str) -> _Side:
    """One side. What would stand there instead is put into the line."""
    try:
        found = phrases.understood(words, ground)
    except Refusal as no:
        said = no.why if line == "{}" else f'cannot be: "{words}" {no.why}'
        choices = ([line.format(instead) for instead in group] for group in no.choices)
        raise Refusal(said, choices, like=no.like) from None
    if found.agreed:
        raise Refusal("says more than days")
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
