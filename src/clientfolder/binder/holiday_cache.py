"""A cache of the public holidays of some years, so that the library of them is not imported every day.

Its file, of UTF-8 lines: a head with the region, the edition of the library and a checksum of what follows; the first
and the last year; then an ISO date and a name a line. Where it is damaged, or of another region or edition, it is made
anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from datetime import date

from clientfolder.binder import cache
from clientfolder.dates import holidays
from clientfolder.tuples import NamedTuple

HEAD = "clientfolder holidays 1"
MOST_YEARS = 60


class _CachedYears(NamedTuple):
    """The holidays of these years."""

    years: range
    days: Mapping[date, str]


def public_holidays(path: str, region: str, years: range, prepare: Callable[[], None]) -> Mapping[date, str]:
    """The public holidays of a country or region such as `DE-BY`, with their names; `path`: the file of the cache.

    `prepare` makes the directory of `path`, or raises CannotReach. What cannot be kept is asked for each time. Raises
    holidays.NotKnown.
    """
    edition = holidays.edition()
    kept = _read(path, f"{HEAD} {region} {edition}") if edition else None
    if kept is None or not {years[0], years[-1]} <= {*kept.years}:
        wanted = _with_those_kept(kept, years)
        kept = _CachedYears(wanted, holidays.public(region, wanted))
        if edition:
            cache.write(path, _written(kept, f"{HEAD} {region} {edition}"), prepare)
    return {day: name for day, name in kept.days.items() if day.year in years}


def _with_those_kept(kept: _CachedYears | None, years: range) -> range:
    """The years to ask for: a look ahead must not push out those of every day."""
    if kept is None or not {*kept.years} & {*years}:
        return years
    all_ = range(min(kept.years[0], years[0]), max(kept.years[-1], years[-1]) + 1)
    return all_ if len(all_) <= MOST_YEARS else years


def _written(kept: _CachedYears, head: str) -> bytes:
    lines = [f"{day} {' '.join(name.split())}" for day, name in kept.days.items()]
    body = "\n".join([f"{kept.years[0]} {kept.years[-1]}", *lines]).encode()
    return f"{head} {zlib.crc32(body):08x}\n".encode() + body


def _read(path: str, head: str) -> _CachedYears | None:
    try:
        first, _, body = (cache.read(path) or b"").partition(b"\n")
        if first.decode() != f"{head} {zlib.crc32(body):08x}":
            return None
        years, *lines = body.decode().split("\n")
        start, end = map(int, years.split(" "))
        if not date.min.year <= start <= end < start + MOST_YEARS or end > date.max.year:
            return None
        days = (line.partition(" ") for line in lines)
        return _CachedYears(range(start, end + 1), {date.fromisoformat(day): name for day, _, name in days})
    except ValueError:
        return None
