"""What a time away moves: everything in it that was not promised, onto working days near it.

Pure. The room of the days knows the new days off already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clientfolder.dates.availability import weekdays
from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Cover
from clientfolder.tickler.levelling import Item, laid
from clientfolder.tickler.load import Room
from clientfolder.tickler.spreading import Layout, Plan, Terms, importance, promised

# Coming back is laid over as many working days as the absence had, and over no fewer than these.
LEAST_DAYS = 5


def new_days_off(days: DateRange, working: WorkingDays) -> tuple[date, ...]:
    """The days that would have been worked."""
    return tuple(day for day in days if day in working)


def touched(covers: Iterable[Cover], days: DateRange, day: date) -> list[Cover]:
    """Those whose day lies in it; with today, what is late too. A month without a day is left as it is."""
    found = []
    for cover in covers:
        on = cover.next.on if cover.next and cover.resting is None else None
        if on is None or (isinstance(on, Month) and on.last >= day):
            continue
        if max(on.last if isinstance(on, Month) else on, day) in days:
            found.append(cover)
    return found


def away(chosen: Iterable[Cover], absence: DateRange, terms: Terms) -> Plan:
    """A working day for all that was not promised: after the absence, within a tolerance before it too.

    Who finds no room in the tolerance goes past it, and who finds none at all to the lightest day all the same.
    """
    covers = sorted(chosen, key=lambda cover: importance(cover, terms))
    now = Layout(terms)
    now.places |= {on for cover in covers if isinstance(on := terms.place(cover), date)}
    ways = _Ways(absence, terms)
    here = [cover for cover in covers if not promised(cover)]
    for days in (ways.within, ways.after):
        left = [cover for cover in here if cover.client not in now.gone]
        items = [Item(cover.client, days(cover), terms.weight(cover)) for cover in left]
        now.move(left, laid(items, now.room, near=ways.near))
    for cover in here:
        if cover.client not in now.gone:
            now.move([cover], {cover.client: ways.lightest(cover, now.room)})
    return now.plan(covers)


class _Ways:
    """Where those may go who lie in an absence."""

    def __init__(self, absence: DateRange, terms: Terms) -> None:
        self.terms = terms
        absent = sum(day.weekday() in terms.room.working.weekdays for day in absence)
        count = max(LEAST_DAYS, absent)
        following = terms.room.working.following(absence.last)
        self._after = [next(following) for _ in range(2 * count)]
        self.near = self._after[count - 1]
        self._before = terms.worked(terms.day, absence.first - ONE_DAY)

    def after(self, cover: Cover) -> dict[date, int]:
        """The days after the absence that suit the client, and how far each is."""
        return self._far(cover, self._after)

    def lightest(self, cover: Cover, room: Room) -> date:
        """The least full of the days after the absence, whatever lies there."""
        found = room.lightest(self.after(cover), near=self._after[0])
        return found or room.on_or_after(self._after[-1], weekdays(cover.not_on))

    def within(self, cover: Cover) -> dict[date, int]:
        """Those of them in the client's tolerance, and of the days before the absence too; all where it has none."""
        tolerance, place = self.terms.tolerance(cover), self.terms.place(cover)
        assert isinstance(place, date)
        if tolerance is None or place > tolerance[1]:
            return self.after(cover)
        first = min(tolerance[0], place)
        return {day: far for day, far in self._far(cover, [*self._before, *self._after]).items()
                if first <= day <= tolerance[1]}  # fmt: skip

    def _far(self, cover: Cover, days: Sequence[date]) -> dict[date, int]:
        place, not_on = self.terms.place(cover), weekdays(cover.not_on)
        assert isinstance(place, date)
        return {day: abs((day - place).days) for day in days if not self.terms.room.why_not(day, not_on)}
