"""Lines that mean the same as a phrase that cannot be read: the same words, as the grammar wants them.

No part that was typed is left out, and none is added but what it may have meant. Whether a line can be read is not
known here; `vocabulary.working_lines` tries each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice, permutations, product

from clientfolder.dates.calendar import MONTHS, WEEKDAYS, Month
from clientfolder.dates.vocabulary import COUNT_IN_WORDS, MONTH, UNIT, WEEKDAY, Refusal, one_of, ordinal
from clientfolder.text import finger_slips

Reads = Callable[[str], "date | Month"]

_MONTH, _WEEKDAY = one_of(MONTH), one_of(WEEKDAY)
_UNIT_NAME = {"d": "day", "w": "week", "m": "month", "y": "year", "b": "workday"}
# What is written in another way, and the same as the grammar has it. Each applies to what the one before has left.
_REWRITTEN = (
    # Marks that say nothing.
    (r"""^["'(\[]+|["')\].,;:]+$""", ""),
    (r" ?[,;] ", " "),
    (r"(?<=[a-z]),(?=[0-9])", " "),
    (r"@ ?", "at "),
    (rf"\b({_MONTH}|{_WEEKDAY})\.", r"\1 "),
    # Dates in other orders and with other marks between; the year comes first or has four digits.
    (r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})t([0-9]{1,2}:[0-9]{2})(:00)?$", r"\1-\2-\3 \4"),
    (r"\b([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\b", r"\1-\2-\3"),
    (r"^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3"),
    (r"^([0-9]{4})[-/.]([0-9]{1,2})\b(?!-)", r"\1-\2"),
    (r"^([0-9]{1,2})[-/.]([0-9]{4})\b", r"\2-\1"),
    (r"\b([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})\b", r"\1.\2.\3"),
    (r"(?<=[0-9]-)([0-9])\b", r"0\1"),
    (r"(?<=[0-9]) ?/ ?(?=[0-9])", "/"),
    # What was written together or apart.
    (rf"(?<=[0-9])[-/.]?(?=(?:{_MONTH})\b)", " "),
    (rf"\b({_MONTH}|{_WEEKDAY}|today|tomorrow|in)[-/.:]?(?=[0-9])", r"\1 "),
    (r"(?<=[a-z])[-/](?=[a-z])", " "),
    (rf"\b(next|this)(?=(?:{_WEEKDAY}|week|month)\b)", r"\1 "),
    (r"(?<=[0-9]) (?=(?:st|nd|rd|th)\b)", ""),
    # Times.
    (r"(?<=[a-z] )([01]?[0-9]|2[0-3])\.([0-5][0-9])$", r"\1:\2"),
    (rf"\b({_WEEKDAY}|today|tomorrow) ([01][0-9]|2[0-3])([0-5][0-9])$", r"\1 \2:\3"),
    (r"(?<=[a-z] )noon$", "12:00"),
    # Words that say nothing, and other words for the same.
    (r"^(?:to|at|is|am|um|v|ve) (?=[a-z0-9])", ""),
    (r"(?<=[a-z.]) (?:um|v) (?=[0-9])", " at "),
    (rf"^for (?=(?:[0-9]+|a|{one_of(COUNT_IN_WORDS)}) )", ""),
    (r"\bthe ", ""),
    (r"^on ", ""),
    (rf"^in (?=(?:{_MONTH})\b)", ""),
    (r" of (?=[0-9]{4}\b)", " "),
    (r"^(?!in\b)(.+) from (?:now|today)\b", r"in \1"),
    (r"^in (day|week|month|year)$", r"in a \1"),
    (r"^ende ", "end of "),
    (r"\b([01]?[0-9]|2[0-3])(?:h| uhr )(?=[0-5][0-9]\b)", r"\1:"),
    (r"\b([01]?[0-9]|2[0-3]) (?:uhr|hod)\b", r"\1:00"),
    (r"^(in .+) time\b", r"\1"),
    (r"\bwks?\b", "weeks"),
    (r"\bmths?\b", "months"),
    (r"\byrs?\b", "years"),
    (r"\b(?:work|working|business) ?days?\b|\bbd\b", "workdays"),
    (r"\bweds\b", "wed"),
    (r"\btmrw?\b", "tomorrow"),
    (r"^(?:in )?a fortnight\b", "2 weeks"),
    (r"^day before yesterday\b", "2 days ago"),
    # Numbers.
    (rf"\b0+(?=[1-9][0-9]* ?(?:{one_of(UNIT)})\b)", ""),
    (r"'([0-9]{2})$", r"20\1"),
)  # fmt: skip


def mended(words: str, reads: Reads) -> Iterator[Iterable[str]]:
    """Groups of lines, the likeliest first, that may mean what these plain words say."""
    tidy = tidied(words)
    yield [tidy]
    yield _day_twice(tidy, reads)
    yield _with_a_number_more(tidy, reads)
    spelled = _spelled(tidy)
    yield spelled
    for line in spelled:
        yield _in_other_orders(line)


# Names of days and months in other languages of the middle of Europe, without their accents; those with two letters
# are English as well.
_NAMED_OTHERWISE = {
    "monday": "montag pondeli mo", "tuesday": "dienstag utery tu di", "wednesday": "mittwoch streda we mi",
    "thursday": "donnerstag ctvrtek th do", "friday": "freitag patek fr", "saturday": "samstag sonnabend sobota sa",
    "sunday": "sonntag nedele su", "today": "heute dnes", "tomorrow": "morgen zitra",
    "day after tomorrow": "ubermorgen uebermorgen pozitri", "january": "januar leden ledna",
    "february": "februar unor unora", "march": "marz maerz brezen brezna", "april": "duben dubna",
    "may": "mai kveten kvetna", "june": "juni cerven cervna",
    "july": "juli cervenec cervence", "august": "srpen srpna", "september": "zari",
    "in": "za", "next": "kommende kommenden nachste nachsten pristi", "day": "tag", "days": "tage tagen dny dni",
    "week": "woche tyden", "weeks": "wochen tydny tydnu", "month": "monat mesic",
    "months": "monate monaten mesice mesicu",
    "october": "oktober rijen rijna", "november": "listopad listopadu", "december": "dezember prosinec prosince",
}  # fmt: skip
_IN_ENGLISH = {other: name for name, others in _NAMED_OTHERWISE.items() for other in others.split()}


def tidied(words: str) -> str:
    """The words with the marks, the blanks and the spellings that the grammar wants."""
    words = re.sub(r"\b[a-z]+", lambda found: _IN_ENGLISH.get(found[0], found[0]), words)
    for pattern, instead in _REWRITTEN:
        words = re.sub(pattern, instead, words)
    words = re.sub(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", lambda found: found[1] + ordinal(int(found[1])), words)
    units = rf"\b(a|{one_of(COUNT_IN_WORDS)}) ([dwmyb])\b"
    words = re.sub(units, lambda found: f"{found[1]} {_UNIT_NAME[found[2]]}{'' if found[1] == 'a' else 's'}", words)
    return re.sub(r" +", " ", words).strip(" ")


def _day_twice(tidy: str, reads: Reads) -> list[str]:
    """A weekday and a date that falls on it: the date."""
    found = re.fullmatch(rf"({_WEEKDAY}) (.*[a-z/.-].*)", tidy)
    return _if_on([found[2]], WEEKDAY[found[1]], reads) if found else []


def _if_on(lines: list[str], weekday: int, reads: Reads) -> list[str]:
    return [line for line in lines if isinstance(on := _read(line, reads), date) and on.weekday() == weekday]


def _read(line: str, reads: Reads) -> date | Month | None:
    try:
        return reads(line)
    except Refusal:
        return None


def _with_a_number_more(tidy: str, reads: Reads) -> list[str]:
    """A day and a bare number behind it, which may be the hour, the year, or the day of a weekday."""
    found = re.fullmatch(r"(.*?[a-z].*?) (?:at )?([0-9]{1,2})(!?)", tidy)
    if not found or _read(found[1], reads) is None:
        return []
    day, number, mark = found[1], int(found[2]), found[3]
    lines = [f"{day} {hour}:00{mark}" for hour in sorted({number, number + 12 * (1 <= number < 12)}) if hour < 24]
    if re.search(rf"\b(?:{_MONTH})\b", day) and re.search("[0-9]", day):
        year = f"{day} 20{number:02}{mark}"
        if len(found[2]) == 2:
            # A year that cannot be read may have been meant all the same.
            lines = [year, *lines] if _read(year, reads) else []
    elif (weekday := WEEKDAY.get(day)) is not None:
        lines += _if_on([f"{number}{mark}"], weekday, reads)
    return lines


def _spelled(tidy: str) -> list[str]:
    """The words with each that is misspelt as it is spelt; none where that is a guess."""
    typed = tidy.removesuffix("!").split()
    if len(typed) > _MOST_WORDS:
        return []
    lines = product(*(_near_words(word) if word.isalpha() else [word] for word in typed))
    found = [" ".join(line) + "!" * tidy.endswith("!") for line in islice(lines, _MOST_SPELLINGS + 1)]
    return found if len(found) <= _MOST_SPELLINGS else []


# More words than these are no date, and more ways to spell them a guess.
_MOST_WORDS, _MOST_SPELLINGS = 7, 2
_MOST_IN_ORDERS = 5
_NAMES = (*WEEKDAYS, *MONTHS, "today", "tomorrow", "next", "start", "quarter", "after", "month", "months", "weeks",
          "year", "years", "workdays", "yesterday")  # fmt: skip
_SHORT = {*WEEKDAY, *MONTH, *UNIT, *COUNT_IN_WORDS, "at", "am", "pm", "in", "on", "a", "the", "end", "of", "this",
          "ago", "last", "eow", "eom", "eoq", "eoy"}  # fmt: skip
_LEAST_LETTERS, _MANY_LETTERS, _MOST_LETTERS = 4, 7, 12


def _near_words(word: str) -> list[str]:
    """The names that a word may be a slip of the finger for: the word itself where it is known, and at most two."""
    if word in _SHORT or word in _NAMES:
        return [word]
    if not _LEAST_LETTERS <= len(word) <= _MOST_LETTERS or word.removesuffix("s") in (*WEEKDAYS, *MONTHS):
        return []
    begun = [name for name in _NAMES if name.startswith(word)]
    if begun:
        return begun if len(begun) == 1 else []
    far = {name: finger_slips(word, name) for name in _NAMES}
    least = min(far.values())
    if least > (2 if len(word) >= _MANY_LETTERS else 1):
        return []
    near = [name for name in _NAMES if far[name] == least and (least == 1 or len(name) >= _MANY_LETTERS)]
    return near if len(near) <= 2 else []


def _in_other_orders(line: str) -> Iterator[str]:
    """The same words in another order; not those of a count and a unit, which say something else the other way."""
    words = line.removesuffix("!").split()
    mark = "!" * line.endswith("!")
    counts = any(word.isdecimal() or word in COUNT_IN_WORDS for word in words) and any(word in UNIT for word in words)
    if 1 < len(words) <= _MOST_IN_ORDERS and not counts:
        for order in permutations(words):
            yield " ".join(order) + mark
