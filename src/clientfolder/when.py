"""Reading a phrase into a day or a month: the whole phrase or nothing.

The grammar is the table `GRAMMAR`: a shape on the left, what it means on the right. A phrase is first
reduced to lower-case ASCII words with single blanks; a row must match all of it. `PAST` is the smaller
table for days looked back at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from clientfolder.dates import MONTHS, ONE_DAY, WEEKDAYS, Month, WorkingDays, is_after_months, last_day, plus_months
from clientfolder.errors import PhraseRefused

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


def read(phrase: str, ground: Ground) -> When:
    """Read a whole WHEN. Raises PhraseRefused for what is not one, is past, or is too far ahead."""
    try:
        return _understood(phrase, ground)
    except _NotSo as no:
        raise PhraseRefused(_letter(phrase, no, lambda line: _understood(line, ground), "fri")) from None


def look_back(phrase: str, day: date) -> tuple[date, time | None]:
    """Read a day that has been, with its time if one is given. Raises PhraseRefused, for the future too."""
    try:
        return _looked_back(phrase, day)
    except _NotSo as no:
        raise PhraseRefused(_letter(phrase, no, lambda line: _looked_back(line, day), "yesterday")) from None


def _understood(phrase: str, ground: Ground) -> When:
    plain = _plain(phrase)
    agreed = plain.endswith("!")
    plain, clock = _split_time(plain.removesuffix("!").rstrip(" "))
    if not plain:
        raise _NotSo("names no day" if clock or agreed else "is empty", "fri 10:00" if clock else "fri")
    try:
        on, row = _first_match(GRAMMAR, plain, ground)
        if clock and isinstance(on, Month):
            why = "gives a time to a whole month; a time needs a day"
            raise _NotSo(why, f"5 {on.name} {on.year}", str(on.last))
        _check_range(on, ground.day)
        far = not row.names_year and _is_far(on, ground.day)
    except _NotSo as no:
        tail = (f" {clock:%H:%M}" if clock else "") + ("!" if agreed else "")
        raise _NotSo(no.why, *(line + tail for line in no.instead), *no.instead) from None
    except (OverflowError, ValueError):
        raise _NotSo("lies beyond the calendar", "1y") from None
    return When(on, clock, agreed or clock is not None, far, row.means is _offset)


def _looked_back(phrase: str, day: date) -> tuple[date, time | None]:
    plain, clock = _split_time(_plain(phrase))
    if not plain:
        raise _NotSo("names no day")
    try:
        on, _ = _first_match(PAST, plain, Ground(day))
    except (OverflowError, ValueError):
        raise _NotSo("lies beyond the calendar") from None
    assert isinstance(on, date)
    if on > day:
        raise _NotSo("is still to come; an entry is about what has been")
    return on, clock


def _check_range(on: date | Month, day: date) -> None:
    if last_day(on) < day:
        raise _NotSo("is past", "tomorrow")
    first = on.first if isinstance(on, Month) else on
    if is_after_months(first, day, 12 * YEARS_AHEAD):
        raise _NotSo(f"lies more than {YEARS_AHEAD} years ahead", "1y")


def _is_far(on: date | Month, day: date) -> bool:
    if isinstance(on, Month):
        return on.since(Month.of(day)) > FAR_MONTHS
    return is_after_months(on, day, FAR_MONTHS)


class _NotSo(Exception):
    """Why a phrase is refused, and lines that may work instead, the likeliest first."""

    def __init__(self, why: str, *instead: str) -> None:
        self.why = why
        self.instead = instead


def _letter(phrase: str, no: _NotSo, reads: Callable[[str], object], otherwise: str) -> str:
    """What was not understood, and the first of the lines that really works today."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in phrase)
    said = f'"{shown.strip()}" {no.why}.' if shown.strip() else f"The date {no.why}."
    for line in no.instead:
        try:
            reads(line)
        except _NotSo:
            continue
        return f"{said} This would work: {line}"
    return f"{said} This would work: {otherwise}"


# Words ----------------------------------------------------------------------------------------------

_FOREIGN = r"[^ \t!-~]"
_TIME = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"


def _plain(phrase: str) -> str:
    """Lower-case words with single blanks. Only ASCII gets in, so no later pattern meets anything else."""
    if re.search(_FOREIGN, phrase):
        raise _NotSo("has a character that no date is written with", "5 july")
    return re.sub(r"[ \t]+", " ", phrase).strip(" ").lower()


def _split_time(plain: str) -> tuple[str, time | None]:
    head, _, tail = plain.rpartition(" ")
    if ":" not in tail:
        return plain, None
    found = re.fullmatch(_TIME, tail)
    if not found:
        raise _NotSo(f"ends in {tail}, which is no time from 0:00 to 23:59", f"{head} 10:00", "fri 10:00")
    return head, time(int(found[1]), int(found[2]))


def _names(words: tuple[str, ...], **also: int) -> Mapping[str, int]:
    """Each word in full and by its first three letters, and some more spellings, with its place."""
    return {name: i for i, word in enumerate(words) for name in (word, word[:3])} | also


_WEEKDAY = _names(WEEKDAYS, tues=1, thur=3, thurs=3)
_MONTH = _names(MONTHS, sept=8)
_UNITS = {
    "d": "d", "day": "d", "days": "d",
    "w": "w", "week": "w", "weeks": "w",
    "m": "m", "month": "m", "months": "m",
    "y": "y", "year": "y", "years": "y",
    "b": "b", "workday": "b", "workdays": "b",
}  # fmt: skip


def _one_of(words: Mapping[str, int] | Mapping[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# `<day>` and its like stand for these patterns in the tables below.
_PARTS = {
    "<n>": r"(?P<n>0?[1-9]|[12][0-9]|3[01])(?P<th>st|nd|rd|th)?",
    "<n1>": r"(?P<n1>0?[1-9]|[12][0-9]|3[01])",
    "<n2>": r"(?P<n2>0?[1-9]|[12][0-9]|3[01])",
    "<weekday>": rf"(?P<weekday>{_one_of(_WEEKDAY)})",
    "<month>": rf"(?P<month>{_one_of(_MONTH)})",
    "<year>": r"(?P<year>[0-9]{4})",
    "<mm>": r"(?P<mm>[0-9]{2})",
    "<dd>": r"(?P<dd>[0-9]{2})",
    "<count>": r"(?P<count>[1-9][0-9]{0,3})",
    "<unit>": rf"(?P<unit>{_one_of(_UNITS)})",
    "<gone>": r"(?P<unit>d|days?|w|weeks?|m|months?|y|years?)",
}

Words = Mapping[str, str]
Meaning = Callable[[Words, Ground], "date | Month"]


class Shape(NamedTuple):
    """One row of the grammar: what the phrase looks like and what it means."""

    pattern: str
    means: Meaning
    names_year: bool


def _row(shape: str, means: Meaning, *, names_year: bool = False) -> Shape:
    for part, pattern in _PARTS.items():
        shape = shape.replace(part, pattern)
    return Shape(shape, means, names_year)


def _first_match(table: tuple[Shape, ...], plain: str, ground: Ground) -> tuple[date | Month, Shape]:
    for row in table:
        if found := re.fullmatch(row.pattern, plain, re.ASCII):
            words = {name: word for name, word in found.groupdict().items() if word is not None}
            try:
                return row.means(words, ground), row
            except _NotSo as no:
                raise _NotSo(no.why, *no.instead, *_near_lines(plain)) from None
    if table is PAST:
        raise _NotSo("is not a day that I can look back to, such as yesterday, fri, 13, 3d ago or 2026-07-03")
    raise _what_is_odd(plain)


# Meanings -------------------------------------------------------------------------------------------


def _number(words: Words, name: str = "n") -> int:
    number = int(words[name])
    suffix = words.get("th")
    if suffix and suffix != _ordinal(number):
        raise _NotSo(f"says {number}{suffix}")
    return number


def _date(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        if not year >= 1 or not 1 <= month <= 12:
            raise _NotSo("is no day of the calendar", "5 july") from None
        if (month, number) == (2, 29):
            raise _no_leap_day(year) from None
        last = Month(year, month).last.day
        name = MONTHS[month - 1].capitalize()
        why = f"is no day of the calendar: {name} has {last} days"
        raise _NotSo(why, f"{last} {name.lower()} {year}", f"{last} {name.lower()}") from None


def _no_leap_day(year: int) -> _NotSo:
    leap = next(y for y in range(max(year, 1), year + 9) if Month(y, 2).last.day == 29)
    return _NotSo(f"does not come in {year}; the next 29 February is in {leap}", f"29 feb {leap}")


def _next_number(words: Words, ground: Ground) -> date:
    number = _number(words)
    month = Month.of(ground.day)
    while number > month.last.day or month.first.replace(day=number) <= ground.day:
        month = month.plus(1)
    return month.first.replace(day=number)


def _coming(month: int, number: int, ground: Ground) -> date:
    passed = (month, number) <= (ground.day.month, ground.day.day)
    return _date(ground.day.year + passed, month, number)


def _day_of_month(words: Words, ground: Ground) -> date:
    month, number = _MONTH[words["month"]] + 1, _number(words)
    if "year" in words:
        return _date(int(words["year"]), month, number)
    return _coming(month, number, ground)


def _month_name(words: Words, ground: Ground) -> Month:
    month = _MONTH[words["month"]] + 1
    if "year" in words:
        return _month(int(words["year"]), month)
    return Month(ground.day.year + (month <= ground.day.month), month)


def _month(year: int, month: int) -> Month:
    if not (1 <= month <= 12 and year):
        raise _NotSo("is no month of the calendar", "2027-07")
    return Month(year, month)


def _two_numbers(words: Words, ground: Ground) -> date:
    """`5/7` as the setting `day_first` has it; without the setting only if one reading is in the calendar."""
    first, second = int(words["n1"]), int(words["n2"])
    readings = {True: (second, first), False: (first, second)}
    year = int(words["year"]) if "year" in words else None
    if ground.day_first is not None:
        chosen = {readings[ground.day_first]}
    else:
        chosen = {reading for reading in readings.values() if _in_calendar(year, *reading)}
    if len(chosen) > 1:
        lines = [f"{first} {MONTHS[second - 1]}{said}" for said in ([] if year is None else [f" {year}"]) + [""]]
        ways = " or ".join(f"{n} {MONTHS[m - 1][:3]}" for m, n in sorted(chosen, reverse=True))
        raise _NotSo(f"may be {ways}, and the setting day_first is not made", *lines)
    month, number = chosen.pop() if chosen else (0, 0)
    if not _in_calendar(None, month, number):
        raise _NotSo("is no day of the calendar", "5 july")
    return _coming(month, number, ground) if year is None else _date(year, month, number)


def _in_calendar(year: int | None, month: int, number: int) -> bool:
    leap_year = 2000
    try:
        date(leap_year if year is None else year, month, number)
    except ValueError:
        return False
    return True


def _weekday(words: Words, ground: Ground) -> date:
    ahead = (_WEEKDAY[words["weekday"]] - ground.day.weekday()) % 7 or 7
    return ground.day + timedelta(days=ahead)


def _monday(ground: Ground, weeks: int) -> date:
    return ground.day + timedelta(weeks=weeks, days=-ground.day.weekday())


def _next_weekday(words: Words, ground: Ground) -> date:
    return _monday(ground, 1) + timedelta(days=_WEEKDAY[words["weekday"]])


def _offset(words: Words, ground: Ground) -> date:
    start = ground.start or ground.day
    return _add(start, int(words.get("count", "1")), _UNITS[words["unit"]], ground.working)


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


def _last_weekday(words: Words, ground: Ground) -> date:
    back = (ground.day.weekday() - _WEEKDAY[words["weekday"]]) % 7 or 7
    return ground.day - timedelta(days=back)


def _last_number(words: Words, ground: Ground) -> date:
    number = _number(words)
    month = Month.of(ground.day)
    while number > month.last.day or month.first.replace(day=number) >= ground.day:
        month = month.plus(-1)
    return month.first.replace(day=number)


def _gone(words: Words, ground: Ground) -> date:
    month, number = _MONTH[words["month"]] + 1, _number(words)
    to_come = (month, number) >= (ground.day.month, ground.day.day)
    return _date(ground.day.year - to_come, month, number)


def _ago(words: Words, ground: Ground) -> date:
    count, unit = int(words["count"]), _UNITS[words["unit"]]
    if unit in "my":
        return plus_months(ground.day, -count * (12 if unit == "y" else 1))
    return ground.day - timedelta(days=count * (7 if unit == "w" else 1))


def _iso(words: Words, ground: Ground) -> date:
    return _date(int(words["year"]), int(words["mm"]), int(words["dd"]))


GRAMMAR = (
    _row(r"today", lambda words, ground: ground.day),
    _row(r"tomorrow", lambda words, ground: ground.day + ONE_DAY),
    _row(r"<n>", _next_number),
    _row(r"<weekday>", _weekday),
    _row(r"next <weekday>", _next_weekday),
    _row(r"<n> <month>", _day_of_month),
    _row(r"<month> <n>", _day_of_month),
    _row(r"<n> <month> <year>", _day_of_month, names_year=True),
    _row(r"<month> <n> <year>", _day_of_month, names_year=True),
    _row(r"<year>-<mm>-<dd>", _iso, names_year=True),
    _row(r"(?:in |\+ ?)?<count> ?<unit>", _offset),
    _row(r"in a <unit>", _offset),
    _row(r"eow|end of week", _end_of_week),
    _row(r"eom|end of month", _end_of_months(1)),
    _row(r"eoq|end of quarter", _end_of_months(3)),
    _row(r"eoy|end of year", _end_of_months(12)),
    _row(r"next week", lambda words, ground: _monday(ground, 1)),
    _row(r"start of next month", lambda words, ground: Month.of(ground.day).plus(1).first),
    _row(r"<n1>/<n2>", _two_numbers),
    _row(r"<n1>/<n2>/<year>", _two_numbers, names_year=True),
    _row(r"<n1>\.<n2>\.?", _two_numbers),
    _row(r"<n1>\.<n2>\.<year>", _two_numbers, names_year=True),
    _row(r"<month>", _month_name),
    _row(r"<month> <year>", _month_name, names_year=True),
    _row(r"<year>-<mm>", lambda words, ground: _month(int(words["year"]), int(words["mm"])), names_year=True),
    _row(r"next month", lambda words, ground: Month.of(ground.day).plus(1)),
)

PAST = (
    _row(r"today", lambda words, ground: ground.day),
    _row(r"yesterday", lambda words, ground: ground.day - ONE_DAY),
    _row(r"(?:last )?<weekday>", _last_weekday),
    _row(r"<n>", _last_number),
    _row(r"<n> <month>", _gone),
    _row(r"<month> <n>", _gone),
    _row(r"<n> <month> <year>", _day_of_month),
    _row(r"<month> <n> <year>", _day_of_month),
    _row(r"<count> ?<gone> ago", _ago),
    _row(r"a <gone> ago", lambda words, ground: _ago({**words, "count": "1"}, ground)),
    _row(r"<year>-<mm>-<dd>", _iso),
)


# Refusals that teach ----------------------------------------------------------------------------------

_WORDS = {*_WEEKDAY, *_MONTH, *_UNITS, "today", "tomorrow", "next", "in", "a", "end", "of", "start", "quarter",
          "eow", "eom", "eoq", "eoy"}  # fmt: skip


def _what_is_odd(plain: str) -> _NotSo:
    """Why no row of the grammar fits, and lines near it that may."""
    if plain.startswith("every "):
        return _NotSo("is a rhythm (cf set CLIENT rhythm=1 week), and a date is one day", plain.removeprefix("every "))
    if plain == "yesterday" or plain.endswith(" ago"):
        return _NotSo("is past", "tomorrow")
    if plain.startswith("-") and any(re.fullmatch(row.pattern, plain.lstrip("- "), re.ASCII) for row in GRAMMAR):
        return _NotSo("is past", plain.lstrip("- "))
    if re.fullmatch(r"(in |\+ ?)?0+ ?[a-z]+", plain):
        return _NotSo("does not lie after today", "1d")
    words = plain.split(" ")
    for place, word in enumerate(words):
        if word.isalpha() and word not in _WORDS:
            mended = (" ".join([*words[:place], near, *words[place + 1 :]]) for near in _near_words(word))
            why = f'has the word "{word}", which I do not know' if len(words) > 1 else "is not a date that I know"
            return _NotSo(why, *mended, *_near_lines(plain))
    return _NotSo("does not read as one date", *_near_lines(plain))


def may_be(phrase: str) -> bool:
    """Whether all its words are words of the grammar; where not, `read` refuses it, at a thousand times the cost."""
    return phrase.isascii() and all(
        word in _WORDS or word in ("st", "nd", "rd", "th") for word in re.findall("[a-z]+", phrase.lower())
    )


def _near_words(word: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, sorted(_WORDS, key=lambda known: (-len(known), known)), n=3, cutoff=0.7)


def _near_lines(plain: str) -> Iterator[str]:
    """Likely mistakes mended, and the beginnings of the phrase, the longest first; they may read or not."""
    if re.fullmatch(r"\d{4}-\d{1,2}(-\d{1,2})?", plain):
        yield re.sub(r"\b(\d)\b", r"0\1", plain)
    yield re.sub(r"^(\d+ [a-z]+|[a-z]+ \d+) (\d\d)$", r"\1 20\2", plain)
    yield re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda number: number[1] + _ordinal(int(number[1])), plain)
    words = plain.split(" ")
    yield from (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))


def _ordinal(number: int) -> str:
    return "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
