"""What of a cover wants to be seen on some day, in a few letters by which it is found among ten thousand others.

`c` a complaint that is open, `q` a question that waits, `r` a rating, `w` any of these, closed and answered ones too,
`d` deals, `s` that somebody sent the client, and of each yearly day the month and the day of it, `0507`. The index
keeps them in a column of their own; most dossiers have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clientfolder.dossier import concerns
from clientfolder.dossier.birthdays import CARD, Birthday, read, yearly
from clientfolder.dossier.types import SENT_BY, Cover

COMPLAINS, WAITS, RATED, CONCERNED, DEALS, SENT = "c", "q", "r", "w", "d", "s"
# A leap day is told on the day before it in a year that lacks it.
LEAP_DAY = "0229"


def signals(cover: Cover, *, is_kept: bool = False) -> Iterator[str]:
    """The signals of a cover; each that might be there on any day.

    `is_kept`: only those that it has from the day on on which it was read, as of which nothing in its log lies ahead.
    """
    said = concerns.of_cover(cover, date.max)
    newest = cover.last.day if cover.last and is_kept else date.min
    if any(not is_kept or _may_be_open(one, newest) for one in said.complaints):
        yield COMPLAINS
    if any(not is_kept or one.answered is None for one in said.inquiries):
        yield WAITS
    if said.ratings:
        yield RATED
    if said != concerns.NO_CONCERNS:
        yield CONCERNED
    if cover.records.get("deals"):
        yield DEALS
    if cover.records.get(SENT_BY):
        yield SENT
    yield from dict.fromkeys(map(of_day, days_of(cover)))


def _may_be_open(complaint: concerns.Complaint, newest: date) -> bool:
    entry = complaint.entry
    return entry.remedied > newest if entry.remedied is not None else entry.remedy is None


def days_of(cover: Cover) -> Iterator[Birthday]:
    """The yearly days on the card and with the people."""
    days = [*cover.records.get(CARD, {}).values()]
    for person in cover.people.values():
        days += yearly(person.more).values()
    yield from (found for day in days if (found := read(day)))


def of_day(day: Birthday | date) -> str:
    """The signal of a yearly day."""
    return f"{day.month:02}{day.number if isinstance(day, Birthday) else day.day:02}"


def on_day(day: date) -> list[str]:
    """The signals of the yearly days that are told on that day."""
    told = [of_day(day)]
    if told == ["0228"] and Birthday(2, 29).in_year(day.year) == day:
        told.append(LEAP_DAY)
    return told
