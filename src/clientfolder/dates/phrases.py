"""Reading a phrase into a day or a month: the whole phrase or nothing.

A phrase is reduced to lower-case ASCII words with single blanks; the clock and the `!` at its end are taken off, and
the grammar in `grammar` says what the rest means. Here is what holds for every phrase: how far ahead it may lie, that
it is not past, and what is said of one that cannot be read.
"""

from __future__ import annotations

import re
from datetime import date, time

from clientfolder.dates.calendar import Month, is_after_months, last_day
from clientfolder.dates.grammar import GRAMMAR, PAST, Ground, UnknownShape, first_match
from clientfolder.dates.vocabulary import Refusal, plain, plain_words, refused
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

# What a phrase looks like that is understood.
_LIKE = "fri, 13, 5 july or 2w"
YEARS_AHEAD = 10
FAR_MONTHS = 11


class When(NamedTuple):
    """What a WHEN means: a day or a month, the clock time if one is given, and whether it is agreed (`!`, or a time).

    `far`: no year was named, and the day is more than 11 months away. `offset`: counted from a starting day.
    """

    on: date | Month
    time: time | None = None
    agreed: bool = False
    far: bool = False
    offset: bool = False


def read(phrase: str, ground: Ground, *, until: bool = False) -> When:
    """Read a whole WHEN; with `until` that word may stand before it.

    Raises PhraseRefused, with a line that would work where there is one.
    """
    try:
        return understood(phrase, ground, until=until)
    except Refusal as no:
        raise refused(phrase, no, lambda line: understood(line, ground)) from None


# The first such word ends the day, and what follows is the topic of the contact.
_TOPIC = r"(?i)(?:^|[ \t])about(?:[ \t]|$)"


def read_with_topic(phrase: str, ground: Ground) -> tuple[When, str | None]:
    """Read a WHEN, and what the contact is about where that follows: `fri 10:00 about the revised quote`.

    Raises PhraseRefused as `read` does, and for an `about` with nothing before or behind it.
    """
    found = re.search(_TOPIC, phrase)
    if found is None:
        return read(phrase, ground), None
    said, topic = phrase[: found.start()], phrase[found.end() :].strip()
    tail = f" about {topic}"
    try:
        if not said.strip():
            raise Refusal("names no day before about", [["today" + tail, "tomorrow" + tail]] if topic else ())
        if not topic:
            raise Refusal("says nothing behind about", [[said.strip()]])
        return understood(said, ground), topic
    except Refusal as no:
        choices = [[line if line.endswith(tail) else line + tail for line in group] for group in no.choices]
        tried = Refusal(no.why, choices if topic else no.choices, like=no.like)
        raise refused(phrase, tried, lambda line: understood(line.removesuffix(tail), ground)) from None


def look_back(phrase: str, day: date, day_first: bool | None = None) -> tuple[date, time | None]:
    """Read a day that has been, and the clock time if one is given. Raises PhraseRefused, for the future too."""
    ground = Ground(day, day_first=day_first)
    try:
        return looked_back(phrase, ground)
    except Refusal as no:
        raise refused(phrase, no, lambda line: looked_back(line, ground)) from None


def understood(phrase: str, ground: Ground, *, until: bool = False) -> When:
    """Read a whole WHEN. Raises Refusal for what is not one, is past, or is too far ahead."""
    words = _plain_words(phrase, ground)
    words = words.removeprefix("until ") if until else words
    parts = _Parts.of(words)
    if not parts.day:
        raise _no_day(parts, ("today", "tomorrow"))
    try:
        on, found, row = first_match(GRAMMAR, parts.day, ground)
        if parts.clock and isinstance(on, Month):
            raise Refusal("gives a time to a whole month; a time needs a day")
        _check_range(on, ground.day)
        far = "year" not in found and _is_far(on, ground.day)
    except UnknownShape as unknown:
        from clientfolder.dates.mending import mended

        said = re.sub(r"^(?:till?|by) (?=[a-z]|[0-9]+ )", "", words) if until else words
        choices = mended(said, lambda line: understood(line, ground).on)
        raise Refusal(unknown.why, choices, like=_LIKE) from None
    except Refusal as no:
        raise Refusal(no.why, [[line + parts.tail for line in group] for group in no.choices]) from None
    except (OverflowError, ValueError):
        raise Refusal("lies beyond the calendar") from None
    return When(on, parts.clock, parts.agreed or parts.clock is not None, far, row.is_offset)


def _plain_words(phrase: str, ground: Ground) -> str:
    """As `plain_words`; the Refusal has the lines that the words mean without the accents of their letters."""
    try:
        return plain_words(phrase)
    except Refusal as no:
        bare = plain(comparable(phrase)) if phrase.isprintable() else None
        if bare is None:
            raise
        from clientfolder.dates.mending import mended

        raise Refusal(no.why, mended(bare, lambda line: understood(line, ground).on), like=_LIKE) from None


def looked_back(phrase: str, ground: Ground) -> tuple[date, time | None]:
    """Read a day that has been, with its time if one is given. Raises Refusal, for the future too."""
    words = plain_words(phrase)
    parts = _Parts.of(words)
    if not parts.day:
        raise _no_day(parts, ("today", "yesterday"))
    try:
        if parts.agreed:
            raise UnknownShape("says more than a day")
        on, _, _ = first_match(PAST, parts.day, ground)
    except UnknownShape as unknown:
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
