"""The words that days are named with, and what is said of a phrase that cannot be read.

Whatever reads dates, ranges, periods, slots, rhythms or birthdays takes its words from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from clientfolder.dates.calendar import MONTHS, WEEKDAYS
from clientfolder.errors import PhraseRefused

# No date is said in more characters; what is longer is refused unread, so that nothing takes long to refuse.
LONGEST = 200

_FOREIGN = r"[^ \t!-~]"
_MOST_SHOWN = 60


def _names(words: Sequence[str], first: int, **also: int) -> Mapping[str, int]:
    """Each word in full and by its first three letters, and some more spellings, with its number."""
    return {name: number for number, word in enumerate(words, first) for name in (word, word[:3])} | also


# Numbers of weekdays count from Monday = 0, of months from January = 1.
WEEKDAY = _names(WEEKDAYS, 0, tues=1, thur=3, thurs=3)
MONTH = _names(MONTHS, 1, sept=9)
UNIT = {
    "d": "d", "day": "d", "days": "d",
    "w": "w", "week": "w", "weeks": "w",
    "m": "m", "month": "m", "months": "m",
    "y": "y", "year": "y", "years": "y",
    "b": "b", "workday": "b", "workdays": "b",
}  # fmt: skip
UNIT_IN_FULL = {word: unit for word, unit in UNIT.items() if len(word) > 1}
COUNT_IN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
# Which of its kind in a month; the last is -1.
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}

# Patterns of words that are plain.
DAY_NUMBER = r"0?[1-9]|[12][0-9]|3[01]"
COUNT = r"[1-9][0-9]{0,3}"


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these words."""
    return "|".join(sorted(words, key=len, reverse=True))


def ordinal(number: int) -> str:
    """The ending of a number that is spoken as the first, the second, the third."""
    return "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def plain(text: str) -> str | None:
    """Lower-case words with single blanks; None for what is too long, or has a character that no date has.

    Only printable ASCII, blanks and tabs get in, so no later pattern meets anything else.
    """
    if len(text) > LONGEST or re.search(_FOREIGN, text):
        return None
    return re.sub(r"[ \t]+", " ", text).strip(" ").lower()


def plain_words(text: str) -> str:
    """As `plain`; raises Refusal where that is None."""
    words = plain(text)
    if words is not None:
        return words
    if len(text) > LONGEST:
        raise Refusal(f"is longer than any date ({len(text):,} characters)")
    raise Refusal("has a character that no date is written with")


# What cannot be read ----------------------------------------------------------------------------------


class Refusal(Exception):
    """Why a phrase is not understood, and what may have been meant.

    `choices` are groups of lines, the likeliest group first; the lines of one group are all that it may mean. They are
    looked at only when the message is written, and those that do not work are left out of it. `like`: what such phrases
    look like, for a message without lines.
    """

    def __init__(self, why: str, choices: Iterable[Iterable[str]] = (), *, like: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.choices = choices
        self.like = like


ALL_FORMS = "All forms: cf help dates"
# More than these are a guess.
MOST_MEANINGS = 2


def working_lines(refusal: Refusal, reads: Callable[[str], Hashable]) -> tuple[str, ...]:
    """The lines that would work: one that means what was typed, or two where it may mean two things, or none.

    `reads` gives the meaning of a line. Raises nothing but what `reads` does, Refusal apart.
    """
    for group in refusal.choices:
        meanings: dict[Hashable, str] = {}
        for line in group:
            try:
                meanings.setdefault(reads(line), line)
            except Refusal:
                continue
        if meanings:
            return tuple(meanings.values()) if len(meanings) <= MOST_MEANINGS else ()
    return ()


def refused(phrase: str, refusal: Refusal, reads: Callable[[str], Hashable]) -> PhraseRefused:
    """The error for the user: what was not understood, and the lines that would work; `reads` as in `working_lines`."""
    words = shown(phrase).strip()
    said = f'"{words}" {refusal.why}' if words else f"The date {refusal.why}"
    if lines := working_lines(refusal, reads):
        return PhraseRefused(
            f"{said}. This would work: {' or '.join(lines)}", phrase=phrase, reason=said, instead=lines
        )
    known = f"; what I know is like {refusal.like}. {ALL_FORMS}" if refusal.like else ""
    return PhraseRefused(f"{said}{known}", phrase=phrase, reason=said)


def shown(text: str) -> str:
    """The text with whatever is not printable written out, and cut where it is long."""
    cut = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in cut)
