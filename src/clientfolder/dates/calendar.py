"""Days handed in: months, month ends, and the working days of one's own calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from clientfolder.tuples import NamedTuple

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ONE_DAY = timedelta(days=1)


class Month(NamedTuple):
    """A month without a day, as a month insert stands for it."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2026-07`. Raises ValueError for anything else."""
        if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isdecimal() or not text.isascii():
            raise ValueError(text)
        month = cls(int(text[:4]), int(text[5:]))
        if not (1 <= month.month <= 12 and month.year >= 1):
            raise ValueError(text)
        return month

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        if self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - ONE_DAY

    @property
    def name(self) -> str:
        return MONTHS[self.month - 1]

    def plus(self, months: int) -> Month:
        """The month that many months on. Raises ValueError outside the years 1 to 9999."""
        years, index = divmod(self.month - 1 + months, 12)
        month = Month(self.year + years, index + 1)
        if not 1 <= month.year <= 9999:
            raise ValueError(f"year {month.year}")
        return month

    def since(self, other: Month) -> int:
        """How many months this one lies after the other."""
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


class WorkingDays(NamedTuple):
    """One's own working week and the days off in it. Weekdays count from Monday = 0; there is at least one.

    `holidays` are public ones, with their names.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    off: frozenset[date] = frozenset()
    holidays: Mapping[date, str] = {}

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day.weekday() in self.weekdays and not self.is_off(day)

    @property
    def first_weekday(self) -> int:
        """The weekday with which the working week begins: the first behind the longest run of free weekdays.

        Of two such runs that before the earlier weekday; Monday where every day is worked.
        """

        def free_before(weekday: int) -> int:
            return next(count for count in range(7) if (weekday - 1 - count) % 7 in self.weekdays)

        return max(sorted(self.weekdays), key=free_before)

    def is_off(self, day: date) -> bool:
        """Whether it is a day off or a public holiday."""
        return day in self.off or day in self.holidays

    def off_for(self, day: date) -> str:
        """What a day off is: the name of a public holiday, else `day off`."""
        return "day off" if day in self.off else self.holidays.get(day, "day off")

    def plus(self, day: date, count: int) -> date:
        """The `count`th working weekday after `day`; days off are not looked at.

        Raises OverflowError past the year 9999.
        """
        while day.weekday() not in self.weekdays:
            day -= ONE_DAY
        weeks, rest = divmod(count, len(self.weekdays))
        day += timedelta(weeks=weeks)
        while rest:
            day += ONE_DAY
            rest -= day.weekday() in self.weekdays
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is. Raises OverflowError past the year 9999."""
        while day not in self:
            day += ONE_DAY
        return day

    def after(self, day: date) -> date:
        """The next working day after this one."""
        return self.on_or_after(day + ONE_DAY)

    def following(self, day: date) -> Iterator[date]:
        """The working days after this one, one by one."""
        while True:
            yield (day := self.after(day))


def plus_months(day: date, months: int) -> date:
    """The same day number so many months on, clamped once to the month's last day.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    # Here and not above: most commands count no months, and the import costs more than they do.
    from dateutil.relativedelta import relativedelta

    moved: date = day + relativedelta(months=months)
    return moved


def back(day: date, months: int) -> date:
    """The same day number so many months earlier, clamped; the last day of a month stays one. Rule R1 of worth.

    Before the year 1 it is the first day of the calendar. Raises ValueError past the year 9999.
    """
    number = day.year * 12 + day.month - 1 - months
    if number < 12:
        return date.min
    month = Month(number // 12, number % 12 + 1)
    last = month.last
    is_last = day == Month.of(day).last
    return last if is_last else date(month.year, month.month, min(day.day, last.day))


def is_after_months(on: date, day: date, months: int) -> bool:
    """Whether a day lies after `plus_months(day, months)`, also where that is beyond the calendar."""
    ahead = Month.of(on).since(Month.of(day))
    return ahead > months or (ahead == months and on.day > min(day.day, Month.of(on).last.day))


def last_day(on: date | Month) -> date:
    """The day itself; a month counts as its last day."""
    return on.last if isinstance(on, Month) else on


def day_long(day: date, *, year: bool = True) -> str:
    """`Wed 15 July 2026`, or without the year."""
    words = f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day} {MONTHS[day.month - 1].capitalize()}"
    return f"{words} {day.year}" if year else words


def spelled(on: date | Month) -> str:
    """As people are told of it: `Fri 24 Jul 2026`, `July 2026`."""
    if isinstance(on, Month):
        return f"{on.name.capitalize()} {on.year}"
    return f"{WEEKDAYS[on.weekday()][:3].capitalize()} {on.day} {MONTHS[on.month - 1][:3].capitalize()} {on.year}"
