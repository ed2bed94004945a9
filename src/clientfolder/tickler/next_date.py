"""The dates that are computed for a client: by its rhythm, after an attempt, and near a day that is full. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clientfolder.dates import retry
from clientfolder.dates.calendar import ONE_DAY, Month, last_day
from clientfolder.dates.retry import RetryStep
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.types import Cover, Entry, Proposal
from clientfolder.errors import Refused
from clientfolder.tickler.load import Room
from clientfolder.tuples import NamedTuple


class Planning(NamedTuple):
    """What a date of one client is computed with: today, the room of the days, the rhythm, the ladder of attempts,
    the weekdays on which not to call, and how much of a day the contact takes."""

    day: date
    room: Room
    every: Rhythm | None = None
    ladder: tuple[RetryStep, ...] = (RetryStep(1, "b"),)
    not_on: frozenset[int] = frozenset()
    weight: float = 1


def proposed(cover: Cover, entry: Entry | None, planning: Planning) -> Proposal:
    """The rhythm's next day, counted from the last contact, this entry among them; from today where there was none.

    There is a rhythm. Raises Refused where it leads beyond the calendar.
    """
    assert planning.every
    counted_from = _counted_from(cover, entry, planning.every, planning.day)
    try:
        return planning.room.proposed(
            planning.every, counted_from, planning.day, planning.not_on, weight=planning.weight
        )
    except (OverflowError, ValueError):
        raise Refused(f"The rhythm of {cover.name} leads beyond the calendar; say the day: -n fri") from None


def _counted_from(cover: Cover, entry: Entry | None, every: Rhythm, day: date) -> date:
    """The day from which the rhythm counts: mostly that of the last contact; one still to come was mistyped.

    A slip that is done before its day is done for that day. Where a certain day of the month is wanted, what is done
    late or early answers the date at which it lay: a slip always, a client unless that lies in a later month.
    """
    is_answer = entry is not None and entry.is_contact
    contacts = [entry.day] if entry and is_answer else []
    if cover.last_contact is not None:
        contacts.append(cover.last_contact)
    last_contact = max((on for on in contacts if on <= day), default=day)
    lay = last_day(cover.next.on) if is_answer and cover.next and cover.resting is None else None
    if lay is None:
        return last_contact
    if cover.is_slip:
        return lay if every.is_day_of_month else max(last_contact, lay)
    return lay if every.is_day_of_month and Month.of(lay) <= Month.of(last_contact) else last_contact


def next_attempt(cover: Cover, planning: Planning) -> date:
    """When to try again after one more attempt."""
    step = retry.step_after(planning.ladder, cover.attempts)
    return step.after(planning.day, lambda day: planning.room.on_or_after(day, planning.not_on))


def next_working_day(planning: Planning) -> date:
    """The next day that is worked and on which the client may be called."""
    return RetryStep(1, "b").after(planning.day, lambda day: planning.room.on_or_after(day, planning.not_on))


def is_above_ladder(cover: Cover, planning: Planning) -> bool:
    """Whether one more attempt is more than the ladder has rungs, so that something else must be tried."""
    return cover.attempts >= len(planning.ladder)


# Without a tolerance of its own, a dossier may lie so many days before or after the one that was named.
NEAR_DAYS = 7


def lighter_day(
    cover: Cover, on: date, planning: Planning, entry: Entry | None = None, after: date | None = None
) -> date | None:
    """The nearest day with room for it, inside the client's tolerance or near the day; None if none has.

    Of two that are equally near the earlier.

    `entry` is a contact that is just being logged. It lies after today, and after the day `after`.
    """
    room, earliest = planning.room, max(planning.day, after or planning.day)
    try:
        near = [day for day in _near(cover, on, planning, entry) if day != on and day > earliest]
    except (OverflowError, Refused):
        return None
    fit = (day for day in near if room.has_room(day, planning.weight) and not room.why_not(day, planning.not_on))
    return min(fit, key=lambda day: (abs((day - on).days), day), default=None)


def _near(cover: Cover, on: date, planning: Planning, entry: Entry | None) -> Iterator[date]:
    """The days from which another may be taken. Raises OverflowError and Refused at the end of the calendar."""
    first = last = on
    if planning.every and (entry or cover.last_contact):
        proposal = proposed(cover, entry, planning)
        if proposal.first <= on <= proposal.last:
            first, last = proposal.first, proposal.last
    if first == last:
        first, last = on - NEAR_DAYS * ONE_DAY, on + NEAR_DAYS * ONE_DAY
    return (first + ONE_DAY * count for count in range((last - first).days + 1))
