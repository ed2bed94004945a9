"""Reading a phrase into a day or a month: the whole phrase or nothing.

The grammar is the table `GRAMMAR`: a shape on the left, what it means on the right. A phrase is first
reduced to lower-case ASCII words with single blanks; a row must match all of it. `PAST` is the smaller
table for days looked back at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from clientfolder.dates.calendar import (
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    Month,
    WorkingDays,
    is_after_months,
    last_day,
    plus_months,
)
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
    plain_words,
    refused,
)

YEARS_AHEAD = 10
FAR_MONTHS = 11


class Ground(NamedTuple):
    """What a phrase stands on. `start` is where offsets count from; everything else counts from `day`."""

    day: date
    start: date | None = None
    day_first: bool | None = None
    working: WorkingDays = WorkingDays()


class When(NamedTuple):
    """A phrase understood.

    `far`: no year was named, and the day is more than 11 months away. `offset`: counted from a starting day.
    """

    on: date | Month
    time: time | None = None
    agreed: bool = False
    far: bool = False
    offset: bool = False


def read(phrase: str, ground: Ground, *, until: bool = False) -> When:
    """Read a whole WHEN; `until`: that word may stand before it. Raises PhraseRefused, a letter."""
    try:
        return understood(phrase, ground, until=until)
    except Refusal as no:
        raise refused(phrase, no, lambda line: understood(line, ground)) from None


def look_back(phrase: str, day: date, day_first: bool | None = None) -> tuple[date, time | None]:
    """Read a day that has been, with its time if one is given. Raises PhraseRefused, for the future too."""
    ground = Ground(day, day_first=day_first)
    try:
        return looked_back(phrase, ground)
    except Refusal as no:
        raise refused(phrase, no, lambda line: looked_back(line, ground)) from None


def understood(phrase: str, ground: Ground, *, until: bool = False) -> When:
    """Read a whole WHEN. Raises Refusal for what is not one, is past, or is too far ahead."""
    words = plain_words(phrase)
    words = words.removeprefix("until ") if until else words
    parts = _Parts.of(words)
    if not parts.day:
        raise _no_day(parts, ("today", "tomorrow"))
    try:
        on, found, row = _first_match(GRAMMAR, parts.day, ground)
        if parts.clock and isinstance(on, Month):
            raise Refusal("gives a time to a whole month; a time needs a day")
        _check_range(on, ground.day)
        far = "year" not in found and _is_far(on, ground.day)
    except _Unknown as unknown:
        from clientfolder.dates.mending import mended

        choices = mended(words, lambda line: understood(line, ground).on)
        raise Refusal(unknown.why, choices, like="fri, 13, 5 july or 2w") from None
    except Refusal as no:
        raise Refusal(no.why, [[line + parts.tail for line in group] for group in no.choices]) from None
    except (OverflowError, ValueError):
        raise Refusal("lies beyond the calendar") from None
    return When(on, parts.clock, parts.agreed or parts.clock is not None, far, row.means is _offset)


def looked_back(phrase: str, ground: Ground) -> tuple[date, time | None]:
    """Read a day that has been, with its time if one is given. Raises Refusal, for the future too."""
    words = plain_words(phrase)
    parts = _Parts.of(words)
    if not parts.day:
        raise _no_day(parts, ("today", "yesterday"))
    try:
        if parts.agreed:
            raise _Unknown("says more than a day")
        on, _, _ = _first_match(PAST, parts.day, ground)
    except _Unknown as unknown:
        from clientfolder.dates.mending import mended

        choices = mended(words, lambda line: looked_back(line, ground)[0])
        raise Refusal(unknown.why, choices, like="yesterday, fri, 13, 3d ago or 2026-07-03") from None
    except Refusal as no:
        raise Refusal(no.why, [[line + parts.tail for line in group] for group in no.choices]) from None
    except (OverflowError, ValueError):
        raise Refusal("lies beyond the calendar") from None
    assert isinstance(on, date)
    if on > ground.day:
        raise Refusal("is still to come; an entry is about what has been")
    return on, parts.clock


def _no_day(parts: _Parts, days: tuple[str, str]) -> Refusal:
    if parts.clock:
        return Refusal("names no day", [[day + parts.tail for day in days]])
    return Refusal("names no day" if parts.agreed else "is empty")


def _check_range(on: date | Month, day: date) -> None:
    if last_day(on) < day:
        raise Refusal("is past")
    first = on.first if isinstance(on, Month) else on
    if is_after_months(first, day, 12 * YEARS_AHEAD):
        raise Refusal(f"lies more than {YEARS_AHEAD} years ahead")


def _is_far(on: date | Month, day: date) -> bool:
    if isinstance(on, Month):
        return on.since(Month.of(day)) > FAR_MONTHS
    return is_after_months(on, day, FAR_MONTHS)


# The day, the time, the mark ---------------------------------------------------------------------------

_CLOCK = (
    r"(?:at )?(?:(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
    r"|(?P<twelve>0?[1-9]|1[0-2])(?::(?P<past>[0-5][0-9]))? ?(?P<half>am|pm)"
    r"|(?P<full>[01]?[0-9]|2[0-3])h)"
)
_DAY_AND_CLOCK = rf"(?:(?P<day>(?!at ).+?) )?(?P<clock>{_CLOCK})"
_LIKE_A_CLOCK = r"(?:.* )?(\S*:\S*|[0-9]+(?::[0-9]+)? ?[ap]m|[0-9]+h)"


class _Parts(NamedTuple):
    """The words for the day, the time, and whether a `!` ends them; `tail` is all that followed the day."""

    day: str
    clock: time | None
    agreed: bool
    tail: str

    @classmethod
    def of(cls, words: str) -> _Parts:
        """Raises Refusal for a time that is none."""
        agreed = words.endswith("!")
        mark = "!" * agreed
        said = words.removesuffix("!").rstrip(" ")
        if not said or not (":" in said or said[-1] in "hm"):
            return cls(said, None, agreed, mark)
        found = re.fullmatch(_DAY_AND_CLOCK, said)
        if found:
            return cls(found["day"] or "", _time(found), agreed, f" {found['clock']}{mark}")
        if odd := re.fullmatch(_LIKE_A_CLOCK, said):
            from clientfolder.dates.mending import tidied

            why = f"ends in {odd[1]}, which is no time from 0:00 to 23:59"
            raise Refusal(why, [[line] for line in [tidied(words)] if line != words])
        return cls(said, None, agreed, mark)


def _time(found: re.Match[str]) -> time:
    if found["half"]:
        afternoon = 12 if found["half"] == "pm" else 0
        return time(int(found["twelve"]) % 12 + afternoon, int(found["past"] or 0))
    if found["full"]:
        return time(int(found["full"]))
    return time(int(found["hour"]), int(found["minute"]))


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
    """One row of the grammar: what the phrase looks like and what it means."""

    pattern: str
    means: Meaning


def _row(shape: str, means: Meaning) -> Shape:
    for part, pattern in _PATTERNS.items():
        shape = shape.replace(part, pattern)
    return Shape(shape, means)


class _Unknown(Exception):
    """No row of a table has that shape."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _first_match(table: tuple[Shape, ...], day: str, ground: Ground) -> tuple[date | Month, Words, Shape]:
    for row in table:
        if found := re.fullmatch(row.pattern, day, re.ASCII):
            words = {name: word for name, word in found.groupdict().items() if word is not None}
            return row.means(words, ground), words, row
    if table is PAST:
        raise _Unknown("is not a day that I can look back to")
    raise _Unknown(_why_unknown(day))


# Meanings -------------------------------------------------------------------------------------------


def _number(words: Words) -> int:
    number = int(words["n"])
    suffix = words.get("th")
    if suffix and suffix != ordinal(number):
        raise _Unknown(f"says {number}{suffix}")
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
        raise Refusal(f"is past: it was on {on}")
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
    unknown = next((word for word in words if word.isalpha() and word not in _KNOWN), None)
    if unknown and len(words) > 1:
        return f'has the word "{unknown}", which I do not know'
    return "is not a date that I know" if unknown else "does not read as one date"


def _is_behind_a_minus(day: str) -> bool:
    behind = day.lstrip("- ")
    return day.startswith("-") and any(re.fullmatch(row.pattern, behind, re.ASCII) for row in GRAMMAR)


def may_be(phrase: str) -> bool:
    """Whether all its words are words of the grammar; where not, `read` refuses it, at a thousand times the cost."""
    return phrase.isascii() and all(
        word in _KNOWN or word in ("st", "nd", "rd", "th") for word in re.findall("[a-z]+", phrase.lower())
    )
