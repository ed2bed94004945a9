"""What a day has room for: the days that are worked, the capacity of each weekday, and what lies there already.

Only what is computed is placed by it. A day that a person named never slides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clientfolder.dates.calendar import ONE_DAY, WEEKDAYS, Month, WorkingDays, last_day
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover, Proposal
from clientfolder.settings.values import Capacity
from clientfolder.tuples import NamedTuple

# So many working days a proposal may give way to a crowd.
FEW_DAYS = 5
# A day on which so much of its room is taken is left to what is promised and planned, where a rhythm has a choice.
NEARLY_FULL = 0.85
NO_DAYS: frozenset[int] = frozenset()
# Weights such as 0.1 do not add up to the last digit.
EPSILON = 1e-9


class Room(NamedTuple):
    """The days, what they have room for, and the weight of what lies at each of them."""

    working: WorkingDays = WorkingDays()
    capacity: Capacity = Capacity()
    weight: Mapping[date | Month, float] = {}

    def why_not(self, day: date, not_on: frozenset[int] = NO_DAYS) -> str | None:
        """Why nothing is computed onto that day; None for a day that suits."""
        if self.working.is_off(day):
            return self.working.off_for(day)
        if day.weekday() not in self.working.weekdays:
            return f"a {WEEKDAYS[day.weekday()].capitalize()}"
        if day.weekday() in not_on and self.working.weekdays - not_on:
            return f"not on {WEEKDAYS[day.weekday()].capitalize()}s"
        return None

    def on_or_after(self, day: date, not_on: frozenset[int] = NO_DAYS) -> date:
        """The first day from this one on that suits. Raises OverflowError past the year 9999."""
        while self.why_not(day, not_on):
            day += ONE_DAY
        return day

    def left(self, day: date) -> float:
        """How much more the day has room for; negative where it is over."""
        return self.capacity.on(day) - self.weight.get(day, 0)

    def is_over(self, day: date) -> bool:
        """Whether more lies there than the day has room for."""
        return self.left(day) < -EPSILON

    def has_room(self, day: date, weight: float = 1) -> bool:
        """Whether the day has room for so much more."""
        return self.left(day) >= weight - EPSILON

    def fullness(self, day: date, more: float = 0) -> float:
        """The weight of the day, and so much more, against its capacity; a day without any is fuller than all."""
        room = self.capacity.on(day)
        weight = self.weight.get(day, 0) + more
        return weight / room if room else 1e6 + weight

    def lightest(self, days: Iterable[date], near: date) -> date | None:
        """The least full of the days; of several the nearest to `near`, the earlier of two. None of none."""
        return min(days, key=lambda day: (self.fullness(day), abs((day - near).days), day), default=None)

    def within(self, first: date, last: date, days: Sequence[date]) -> Proposal:
        """One of these days, which lie between first and last; there is at least one of them.

        The nearest to the middle of first and last, of two the earlier, among those that are not nearly full as they
        stand; only where all are, the least full.
        """

        def off_middle(day: date) -> int:
            # Twice as far as it is: the middle of an even number of days lies between two of them.
            return abs((day - first).days - (last - day).days)

        free = [day for day in days if self.fullness(day) < NEARLY_FULL - EPSILON]
        if free:
            return Proposal(min(free, key=lambda day: (off_middle(day), day)), first, last, "nearest to the middle")
        lightest = min(days, key=lambda day: (self.fullness(day), off_middle(day), day))
        return Proposal(lightest, first, last, "the lightest day", is_lightest=True)

    def proposed(
        self, every: Rhythm, counted_from: date, day: date, not_on: frozenset[int] = NO_DAYS, weight: float = 1
    ) -> Proposal:
        """The rhythm's next day after `day`: one that suits, inside the tolerance by `within`.

        Without a tolerance it gives way to a day off, and where it is full to one of the next few with room; but a
        wanted day is wanted even if it is full. Raises OverflowError or ValueError outside the years 1 to 9999.
        """
        first, last = every.window(counted_from, after=day)
        from_, to = max(first, day + ONE_DAY), max(last, day + ONE_DAY)
        if first != last:
            days = (from_ + ONE_DAY * count for count in range((to - from_).days + 1))
            if suiting := [day for day in days if not self.why_not(day, not_on)]:
                return self.within(first, last, suiting)
        on = self.on_or_after(to, not_on)
        why = None if on == last else ("already past" if last <= day else self.why_not(last, not_on))
        if not every.is_wanted_day and (with_room := self._next_with_room(on, not_on, weight)) != on:
            on, why = with_room, why or "full"
        return Proposal(on, first, last, why)

    def _next_with_room(self, on: date, not_on: frozenset[int], weight: float) -> date:
        """The day, or the first of the few after it that has room for so much more; the day where none has."""
        day = on
        for _ in range(1 + FEW_DAYS):
            if self.has_room(day, weight):
                return day
            day = self.on_or_after(day + ONE_DAY, not_on)
        return on


# What lies at each day --------------------------------------------------------------------------------


def loads(covers: Iterable[Cover], day: date) -> Counter[date | Month]:
    """How many living dossiers lie at each day and each month without a day; the overdue ones count today."""
    load: Counter[date | Month] = Counter()
    for due, count in Covers.of(covers).count_by_due().items():
        if due.on is not None:
            load[due.on if last_day(due.on) >= day else day] += count
    return load


def weigh(covers: Iterable[Cover], day: date, weights: Mapping[str, float]) -> dict[date | Month, float]:
    """How much lies at each day and month, each contact by the weight of its kind, 1 where that has none."""
    weight: dict[date | Month, float] = defaultdict(float)
    for due, count in Covers.of(covers).count_by_due().items():
        if due.on is not None:
            weight[due.on if last_day(due.on) >= day else day] += count * weights.get(due.kind, 1)
    return weight


def promised_days(covers: Iterable[Cover]) -> set[date | Month]:
    """The days and months on which something is promised to a client."""
    return {due.on for due in Covers.of(covers).count_by_due() if due.agreed and due.on is not None}
