"""Planned against done, in dossiers and day by day, as far as the log tells it.

- **done**: those contacted that day; **tried**: those of whom nobody was reached. Where one lay ahead of that day, or
  had no date, the contact came by itself and is **unplanned**.
- **put off**: neither, and moved away that day from a day on or before it to one after it, or put to rest. A month
  without a day is due when it is over; so giving a day to what lay in the running month puts nothing off.
- **left**: what still lies at the day or before it in the evening.
- **planned**: the four together.

Where a dossier lay until an entry is told by the entry: a move says from where, anything else which date it answers.
One that says neither left the date as it was: where a move just before it had put it, or else as the next entry tells,
or the next contact that is written there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from clientfolder.dates.calendar import ONE_DAY, Month
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Dossier, Entry
from clientfolder.review.period import Period
from clientfolder.tuples import NamedTuple

Outcome = Literal["done", "tried", "unplanned", "put_off"]
Evenings = dict[date, set[str]]


class Trail(NamedTuple):
    """A dossier with its log up to the day from which one looks back, oldest first."""

    dossier: Dossier
    log: list[Entry]

    @classmethod
    def of(cls, dossier: Dossier, day: date) -> Trail:
        return cls(dossier, [entry for entry in reversed(dossier.newest_first()) if entry.day <= day])

    @property
    def first_contact(self) -> Entry | None:
        return next((entry for entry in self.log if entry.is_contact), None)

    @property
    def events(self) -> list[Entry]:
        """The entries that are more than a note or a question, and the notes that took its date away."""
        return [entry for entry in self.log if _is_act(entry) or entry.kind == "moved" or entry.answered is not None]

    @property
    def lay(self) -> list[date | Month | None]:
        """Where it lay until each of the events; None where it had no date, or none is told."""
        lay = self.lies
        found = []
        events = self.events
        for place in reversed(range(len(events))):
            entry = events[place]
            told = entry.from_on if entry.kind == "moved" else entry.answered
            if told is None and place:
                told = events[place - 1].to_on
            lay = lay if told is None else told
            found.append(lay)
        return found[::-1]

    @property
    def lies(self) -> date | Month | None:
        """Where it lies now."""
        contact = self.dossier.next if self.dossier.resting is None else None
        return contact.on if contact else None

    def nights(self) -> Iterator[tuple[date, date, date | Month | None]]:
        """Where it lay from the evening of one day to that of another; None where it had no date, or none is told."""
        since = date.min
        for entry, lay in zip(self.events, self.lay, strict=True):
            if entry.day > since:
                yield since, entry.day - ONE_DAY, lay
                since = entry.day
        yield since, date.max, self.lies


def _is_act(entry: Entry) -> bool:
    """Whether somebody was reached, or was to be."""
    return entry.is_contact or entry.is_attempt


def _is_due(on: date | Month, day: date) -> bool:
    """Whether it belongs to the work of that day: as on the desk, a month is due when it is over."""
    return on.last < day if isinstance(on, Month) else on <= day


def _is_ahead(lay: date | Month | None, on: date) -> bool:
    return lay is None or (lay.first if isinstance(lay, Month) else lay) > on


def evenings(trails: Iterable[Trail], covers: Covers, period: Period) -> Evenings:
    """Which dossiers lie at a day or before it when it is over, for each day of the period."""
    found: Evenings = {on: set() for on in period.days}
    known = {trail.dossier.client for trail in trails}
    there: Mapping[date | Month, Covers] = covers.called(lambda client: client not in known).grouped(lambda due: due.on)
    nights: list[tuple[str, date, date, date | Month | None]] = [
        (client, date.min, date.max, on)
        for on, here in there.items()
        if _is_due(on, period.last)
        for client in here.clients
    ]
    nights += [(trail.dossier.client, *night) for trail in trails for night in trail.nights()]
    for client, first, last, on in nights:
        if on is not None and _is_due(on, min(last, period.last)):
            for day, here in found.items():
                if first <= day <= last and _is_due(on, day):
                    here.add(client)
    return found


def worked(trail: Trail, period: Period, evenings: Evenings) -> Iterator[tuple[date, Outcome]]:
    """On which days this dossier was done, came by itself, or was put off."""
    events, lay_before = trail.events, trail.lay
    by_day: dict[date, list[int]] = {}
    for place, entry in enumerate(events):
        if entry.day in period.days:
            by_day.setdefault(entry.day, []).append(place)
    for on, places in by_day.items():
        acts = [place for place in places if _is_act(events[place])]
        if acts:
            # What was put off that day and done after all was planned for it.
            lay = [lay_before[place] for place in places if place <= acts[0]]
            reached = any(events[place].is_contact for place in acts)
            ahead = all(_is_ahead(place, on) for place in lay)
            yield on, "unplanned" if ahead else "done" if reached else "tried"
        elif trail.dossier.client not in evenings[on]:
            left = (lay_before[place] for place in places)
            if any(place is not None and _is_due(place, on) for place in left):
                yield on, "put_off"
