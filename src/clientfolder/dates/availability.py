"""What suits a client: the weekdays on which not to call, and the hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from clientfolder.dates.calendar import WEEKDAYS
from clientfolder.dates.vocabulary import plain
from clientfolder.tuples import NamedTuple

EXAMPLE = "after 17:00"
_TIME = r"([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?"
_SINCE, _UNTIL, _BETWEEN = rf"(?:after|from) {_TIME}", rf"(?:before|until) {_TIME}", rf"{_TIME} ?(?:-|to) ?{_TIME}"
LEAST_LETTERS = 3


class Hours(NamedTuple):
    """The hours of a client, each from a time to another; None is the end of the day."""

    spans: tuple[tuple[time, time | None], ...]

    def hold(self, clock: time) -> bool:
        """Whether it is a time to call."""
        return any(since <= clock and (until is None or clock < until) for since, until in self.spans)


def hours(text: str) -> Hours | None:
    """Read `after 17:00`, `before 12`, `9:00-12:00`, and several with commas between; None for anything else."""
    spans = [_span(part.strip(" ")) for part in (plain(text) or "").split(",")]
    return Hours(tuple(span for span in spans if span)) if all(spans) else None


def _span(part: str) -> tuple[time, time | None] | None:
    if found := re.fullmatch(_SINCE, part):
        return _time(found[1], found[2]), None
    if found := re.fullmatch(_UNTIL, part):
        return time.min, _time(found[1], found[2])
    if (found := re.fullmatch(_BETWEEN, part)) and (span := (_time(found[1], found[2]), _time(found[3], found[4]))):
        return span if span[0] < span[1] else None
    return None


def _time(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))


def weekday(name: str) -> int | None:
    """The number of a weekday from Monday = 0, named in full, by three letters or more, or in the plural."""
    word = plain(name) or ""
    if len(word) < LEAST_LETTERS:
        return None
    return next((number for number, day in enumerate(WEEKDAYS) if f"{day}s".startswith(word)), None)


def weekdays(names: Iterable[str]) -> frozenset[int]:
    """The weekdays that are named; what names none is left out."""
    return frozenset(number for name in names if (number := weekday(name)) is not None)
