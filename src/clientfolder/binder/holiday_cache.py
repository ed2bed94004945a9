"""The almanac: public holidays of some years, kept so that the library is not asked every day.

It is never needed: thrown away, damaged, or of another place or edition of the library, it is made anew.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from clientfolder.binder import files
from clientfolder.dates import holidays
from clientfolder.errors import CannotReach, Unreadable

HEAD = "clientfolder holidays 1"
MOST_BYTES, MOST_YEARS = 1_000_000, 60


class _Kept(NamedTuple):
    """The holidays of these years."""

    years: range
    days: Mapping[date, str]


def public_holidays(path: str, place: str, years: range, prepare: Callable[[], None]) -> Mapping[date, str]:
    """The holidays of a place in these years, kept at `path`. Raises holidays.NotKnown.

    `prepare` makes the directory of `path`, or raises CannotReach. What cannot be kept is asked for each time.
    """
    edition = holidays.edition()
    kept = _read(path, f"{HEAD} {place} {edition}") if edition else None
    if kept is None or not {years[0], years[-1]} <= {*kept.years}:
        wanted = _with_those_kept(kept, years)
        kept = _Kept(wanted, holidays.public(place, wanted))
        if edition:
            _keep(path, _written(kept, f"{HEAD} {place} {edition}"), prepare)
    return {day: name for day, name in kept.days.items() if day.year in years}


def _with_those_kept(kept: _Kept | None, years: range) -> range:
    """The years to ask for: a look ahead must not push out those of every day."""
    if kept is None or not {*kept.years} & {*years}:
        return years
    all_ = range(min(kept.years[0], years[0]), max(kept.years[-1], years[-1]) + 1)
    return all_ if len(all_) <= MOST_YEARS else years


def _written(kept: _Kept, head: str) -> bytes:
    lines = [f"{day} {' '.join(name.split())}" for day, name in kept.days.items()]
    body = "\n".join([f"{kept.years[0]} {kept.years[-1]}", *lines]).encode()
    return f"{head} {zlib.crc32(body):08x}\n".encode() + body


def _read(path: str, head: str) -> _Kept | None:
    try:
        first, _, body = files.read_own(path, path, MOST_BYTES).partition(b"\n")
        if first.decode() != f"{head} {zlib.crc32(body):08x}":
            return None
        years, *lines = body.decode().split("\n")
        start, end = map(int, years.split(" "))
        if not date.min.year <= start <= end < start + MOST_YEARS or end > date.max.year:
            return None
        days = (line.partition(" ") for line in lines)
        return _Kept(range(start, end + 1), {date.fromisoformat(day): name for day, _, name in days})
    except (OSError, Unreadable, CannotReach, ValueError):
        return None


def _keep(path: str, content: bytes, prepare: Callable[[], None]) -> None:
    from clientfolder.binder.journal import atomic

    with contextlib.suppress(OSError, CannotReach):
        prepare()
        atomic.put_disposable(path, content)
