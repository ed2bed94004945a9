"""The grammar of date phrases: which shapes there are, and which day or month each means.

`GRAMMAR` reads days to come, `PAST` days looked back at. A row is a pattern over lower-case ASCII words with single
blanks, which must match all of the words for the day; the first row that does gives the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from clientfolder.dates.calendar import MONTHS, ONE_DAY, WEEKDAYS, Month, WorkingDays, plus_months, spelled
from clientfolder.dates.vocabulary import (
    COUNT,
    COUNT_IN_WORDS,
    DAY_NUMBER,
    MONTH,
    UNIT,
    UNIT_IN_FULL,
    WEEKDAY,
    Refusal,
    one_of,
    ordinal,
)
from clientfolder.tuples import NamedTuple


class Ground(NamedTuple):
    """What a phrase is read against: today, and the settings that decide what it means.

    `start`: the day from which offsets such as `2w` count, where that is not `day`. `day_first`: whether `5/7` is
    5 July; None where the setting is not made. `working`: the days that are worked.
    """

    day: date
    start: date | None = None
    day_first: bool | None = None
    working: WorkingDays = WorkingDays()


# Words ----------------------------------------------------------------------------------------------

# `<n>` and its like stand for these patterns in the tables below.
_PATTERNS = {
    "<n>": rf"(?P<n>{DAY_NUMBER})(?P<th>st|nd|rd|th)?",
    "<n1>": rf"(?P<n1>{DAY_NUMBER})",
    "<n2>": rf"(?P<n2>{DAY_NUMBER})",
    "<weekday>": rf"(?P<weekday>{one_of(WEEKDAY)})",
    "<month>": rf"(?P<month>{one_of(MONTH)})",
    "<year>": r"(?P<year>[0-9]{4})",
    "<mm>": r"(?P<mm>[0-9]{2})",
    "<dd>": r"(?P<dd>[0-9]{2})",
    "<count>": rf"(?P<count>{COUNT})",
    "<in words>": rf"(?P<words>{one_of(COUNT_IN_WORDS)})",
    "<unit>": rf"(?P<unit>{one_of(UNIT)})",
    "<unit in full>": rf"(?P<unit>{one_of(UNIT_IN_FULL)})",
    "<gone>": r"(?P<unit>d|days?|w|weeks?|m|months?|y|years?)",
    "<gone in full>": r"(?P<unit>days?|weeks?|months?|years?)",
}

Words = Mapping[str, str]
Meaning = Callable[[Words, Ground], "date | Month"]


class Shape(NamedTuple):
    """One row of the grammar: a regular expression for the whole of the words, and what they mean."""

    pattern: str
    means: Meaning

    @property
    def is_offset(self) -> bool:
        """Whether it counts from the starting day, as `2w` does."""
        return self.means is _offset


def _row(shape: str, means: Meaning) -> Shape:
    for part, pattern in _PATTERNS.items():
        shape = shape.replace(part, pattern)
    return Shape(shape, means)


class UnknownShape(Exception):
    """No row of the table matches; `why` says what is odd about the words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def first_match(table: tuple[Shape, ...], day: str, ground: Ground) -> tuple[date | Month, Words, Shape]:
    """The day or month that the words mean, the parts that the row named, and the row.

    Raises UnknownShape where no row matches, Refusal for a day that is in no calendar, and OverflowError or
    ValueError beyond the years 1 to 9999.
    """
    for row in table:
        if found := re.fullmatch(row.pattern, day, re.ASCII):
            words = {name: word for name, word in found.groupdict().items() if word is not None}
            return row.means(words, ground), words, row
    if table is PAST:
        raise UnknownShape("is not a day that I can look back to")
    raise UnknownShape(_why_unknown(day))


# Meanings -------------------------------------------------------------------------------------------


def _number(words: Words) -> int:
    number = int(words["n"])
    suffix = words.get("th")
    if suffix and suffix != ordinal(number):
        raise UnknownShape(f"says {number}{suffix}")
    return number


def _date(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        if not year >= 1 or not 1 <= month <= 12:
            raise Refusal("is no day of the calendar") from None
        if (month, number) == (2, 29):
            raise Refusal(f"does not come in {year}; the next 29 February is in {_leap_year(year, 1)}") from None
        last = Month(year, month).last.day
        raise Refusal(f"is no day of the calendar: {MONTHS[month - 1].capitalize()} has {last} days") from None


def _leap_year(year: int, step: int) -> int:
    """The nearest year with a 29 February, after (1) or before (-1) one that has none; 0 before the first."""
    near = range(max(year, 1), max(year, 1) + 9 * step, step)
    return next((leap for leap in near if leap > 0 and Month(leap, 2).last.day == 29), 0)


def _next_number(words: Words, ground: Ground) -> date:
    number = _number(words)
    month = Month.of(ground.day)
    while number > month.last.day or month.first.replace(day=number) <= ground.day:
        month = month.plus(1)
    return month.first.replace(day=number)


def _coming(month: int, number: int, ground: Ground) -> date:
    """The next such day after today."""
    year = ground.day.year + ((month, number) <= (ground.day.month, ground.day.day))
    try:
        return _date(year, month, number)
    except Refusal as no:
        leap = [f"29 feb {_leap_year(year, 1)}"] if (month, number) == (2, 29) else []
        raise Refusal(no.why, [leap]) from None


def _gone(month: int, number: int, ground: Ground) -> date:
    """The last such day before today."""
    year = ground.day.year - ((month, number) >= (ground.day.month, ground.day.day))
    try:
        return _date(year, month, number)
    except Refusal:
        if (month, number) != (2, 29):
            raise
        leap = _leap_year(year, -1)
        why = f"did not come in {year}; the last 29 February was in {leap}"
        raise Refusal(why, [[f"29 feb {leap}"]]) from None


# Which of the days with such a number in such a month, where no year is named.
Tense = Callable[[int, int, Ground], date]


def _day_of_month(tense: Tense) -> Meaning:
    def named(words: Words, ground: Ground) -> date:
        month, number = MONTH[words["month"]], _number(words)
        return _date(int(words["year"]), month, number) if "year" in words else tense(month, number, ground)

    return named


def _month_name(words: Words, ground: Ground) -> Month:
    month = MONTH[words["month"]]
    if "year" in words:
        return _month(int(words["year"]), month)
    return Month(ground.day.year + (month <= ground.day.month), month)


def _month(year: int, month: int) -> Month:
    if not (1 <= month <= 12 and year):
        raise Refusal("is no month of the calendar")
    return Month(year, month)


def _two_numbers(tense: Tense) -> Meaning:
    """`5/7` as the setting `day_first` has it; without the setting only if one reading is in the calendar."""

    def numbers(words: Words, ground: Ground) -> date:
        first, second = int(words["n1"]), int(words["n2"])
        readings = {True: (second, first), False: (first, second)}
        year = int(words["year"]) if "year" in words else None
        if ground.day_first is not None:
            chosen = {readings[ground.day_first]}
        else:
            chosen = {reading for reading in readings.values() if _in_calendar(year, *reading)}
        if len(chosen) > 1:
            said = "" if year is None else f" {year}"
            lines = [f"{n} {MONTHS[m - 1]}{said}" for m, n in sorted(chosen, reverse=True)]
            ways = " or ".join(f"{n} {MONTHS[m - 1][:3]}" for m, n in sorted(chosen, reverse=True))
            raise Refusal(f"may be {ways}, and the setting day_first is not made", [lines])
        month, number = chosen.pop() if chosen else (0, 0)
        if not _in_calendar(None, month, number):
            raise Refusal("is no day of the calendar")
        return tense(month, number, ground) if year is None else _date(year, month, number)

    return numbers


def _in_calendar(year: int | None, month: int, number: int) -> bool:
    leap_year = 2000
    try:
        date(leap_year if year is None else year, month, number)
    except ValueError:
        return False
    return True


def _weekday(words: Words, ground: Ground) -> date:
    ahead = (WEEKDAY[words["weekday"]] - ground.day.weekday()) % 7 or 7
    return ground.day + timedelta(days=ahead)


def _monday(ground: Ground, weeks: int) -> date:
    return ground.day + timedelta(weeks=weeks, days=-ground.day.weekday())


def _next_weekday(words: Words, ground: Ground) -> date:
    return _monday(ground, 1) + timedelta(days=WEEKDAY[words["weekday"]])


def _this_weekday(words: Words, ground: Ground) -> date:
    on = _monday(ground, 0) + timedelta(days=WEEKDAY[words["weekday"]])
    if on < ground.day:
        raise Refusal(f"is past: it was on {spelled(on)}")
    if on == ground.day:
        raise Refusal("is today", [["today"]])
    return on


def _offset(words: Words, ground: Ground) -> date:
    return _add(ground.start or ground.day, _count(words), UNIT[words["unit"]], ground.working)


def _count(words: Words) -> int:
    return COUNT_IN_WORDS[words["words"]] if "words" in words else int(words.get("count", "1"))


def _add(start: date, count: int, unit: str, working: WorkingDays) -> date:
    if unit == "b":
        return working.plus(start, count)
    if unit in "my":
        return plus_months(start, count * (12 if unit == "y" else 1))
    return start + timedelta(days=count * (7 if unit == "w" else 1))


def _end_of_week(words: Words, ground: Ground) -> date:
    return _weekday({"weekday": "fri"}, ground) if ground.day.weekday() >= 4 else _monday(ground, 0) + 4 * ONE_DAY


def _end_of_months(months: int) -> Meaning:
    """The last day of the running period of so many months; on that day, of the next one."""

    def end(words: Words, ground: Ground) -> date:
        tomorrow = Month.of(ground.day + ONE_DAY)
        return tomorrow.plus(months - 1 - (tomorrow.month - 1) % months).last

    return end


def _end_of_month_name(words: Words, ground: Ground) -> date:
    month = MONTH[words["month"]]
    if "year" in words:
        return _month(int(words["year"]), month).last
    this_year = Month(ground.day.year, month).last
    return this_year if this_year > ground.day else Month(ground.day.year + 1, month).last


def _last_weekday(words: Words, ground: Ground) -> date:
    back = (ground.day.weekday() - WEEKDAY[words["weekday"]]) % 7 or 7
    return ground.day - timedelta(days=back)


def _last_number(words: Words, ground: Ground) -> date:
    number = _number(words)
    month = Month.of(ground.day)
    while number > month.last.day or month.first.replace(day=number) >= ground.day:
        month = month.plus(-1)
    return month.first.replace(day=number)


def _ago(words: Words, ground: Ground) -> date:
    count, unit = _count(words), UNIT[words["unit"]]
    if unit in "my":
        return plus_months(ground.day, -count * (12 if unit == "y" else 1))
    return ground.day - timedelta(days=count * (7 if unit == "w" else 1))


def _iso(words: Words, ground: Ground) -> date:
    return _date(int(words["year"]), int(words["mm"]), int(words["dd"]))


_NUMBER_AND_MONTH = r"(?:the )?<n>\.?(?: of)? <month>(?: <year>)?"
_MONTH_AND_NUMBER = r"<month> (?:the )?<n>(?: <year>)?"
_WITH_SLASH, _WITH_DOTS = r"<n1>/<n2>(?:/<year>)?", r"<n1>\. ?<n2>(?:\.(?: ?<year>)?)?"

GRAMMAR = (
    _row(r"today", lambda words, ground: ground.day),
    _row(r"tomorrow", lambda words, ground: ground.day + ONE_DAY),
    _row(r"(?:the )?<n>", _next_number),
    _row(r"(?:on )?<weekday>", _weekday),
    _row(r"(?:in |\+ ?)?<count> ?<unit>", _offset),
    _row(_NUMBER_AND_MONTH, _day_of_month(_coming)),
    _row(r"<year>-<mm>-<dd>", _iso),
    _row(r"next <weekday>", _next_weekday),
    _row(r"<weekday> next week", _next_weekday),
    _row(r"this <weekday>", _this_weekday),
    _row(_MONTH_AND_NUMBER, _day_of_month(_coming)),
    _row(r"(?:in |\+ ?)?<in words> <unit in full>", _offset),
    _row(r"(?:in )?a <unit in full>", _offset),
    _row(r"eow|end of week", _end_of_week),
    _row(r"eom|end of month", _end_of_months(1)),
    _row(r"eoq|end of quarter", _end_of_months(3)),
    _row(r"eoy|end of year", _end_of_months(12)),
    _row(r"end of <month>(?: <year>)?", _end_of_month_name),
    _row(r"next week", lambda words, ground: _monday(ground, 1)),
    _row(r"start of next month", lambda words, ground: Month.of(ground.day).plus(1).first),
    _row(r"day after tomorrow", lambda words, ground: ground.day + 2 * ONE_DAY),
    _row(_WITH_SLASH, _two_numbers(_coming)),
    _row(_WITH_DOTS, _two_numbers(_coming)),
    _row(r"<month>(?: <year>)?", _month_name),
    _row(r"<year>-<mm>", lambda words, ground: _month(int(words["year"]), int(words["mm"]))),
    _row(r"next month", lambda words, ground: Month.of(ground.day).plus(1)),
)

PAST = (
    _row(r"today", lambda words, ground: ground.day),
    _row(r"yesterday", lambda words, ground: ground.day - ONE_DAY),
    _row(r"(?:on |last )?<weekday>", _last_weekday),
    _row(r"(?:the )?<n>", _last_number),
    _row(_NUMBER_AND_MONTH, _day_of_month(_gone)),
    _row(_MONTH_AND_NUMBER, _day_of_month(_gone)),
    _row(_WITH_SLASH, _two_numbers(_gone)),
    _row(_WITH_DOTS, _two_numbers(_gone)),
    _row(r"<count> ?<gone> ago", _ago),
    _row(r"(?:a|<in words>) <gone in full> ago", _ago),
    _row(r"<year>-<mm>-<dd>", _iso),
)


# Why no row fits --------------------------------------------------------------------------------------

_KNOWN = {
    *WEEKDAY, *MONTH, *UNIT, *COUNT_IN_WORDS, "today", "tomorrow", "next", "this", "in", "on", "a", "the", "end", "of",
    "start", "after", "quarter", "eow", "eom", "eoq", "eoy", "am", "pm", "h", "at",
}  # fmt: skip


def _why_unknown(day: str) -> str:
    """What is odd about words that no row of the grammar fits."""
    plural = re.fullmatch(rf"({one_of(WEEKDAYS)})s", day)
    if day.startswith("every ") or plural:
        return "is a rhythm, as in cf set CLIENT rhythm=1 week, and a date is one day"
    if day == "yesterday" or day.endswith(" ago") or _is_behind_a_minus(day):
        return "is past"
    if re.fullmatch(r"(in |\+ ?)?0+ ?[a-z]+", day):
        return "does not lie after today"
    words = day.split(" ")
    if "about" in words[1:]:
        return "names a topic, which stands with log, file and new, and at Next?"
    unknown = next((word for word in words if word.isalpha() and word not in _KNOWN), None)
    if unknown and len(words) > 1:
        return f'has the word "{unknown}", which I do not know'
    return "is not a date that I know" if unknown else "does not read as one date"


def _is_behind_a_minus(day: str) -> bool:
    behind = day.lstrip("- ")
    return day.startswith("-") and any(re.fullmatch(row.pattern, behind, re.ASCII) for row in GRAMMAR)


def may_be_phrase(phrase: str) -> bool:
    """Whether all words of the phrase are words of the grammar.

    Where not, `phrases.read` refuses it, at a thousand times the cost.
    """
    return phrase.isascii() and all(
        word in _KNOWN or word in ("st", "nd", "rd", "th") for word in re.findall("[a-z]+", phrase.lower())
    )
