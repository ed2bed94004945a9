"""The settings: one table of names, types, defaults and explanations makes the loader and the commented file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from clientfolder import when
from clientfolder.dates import WEEKDAYS, WorkingDays
from clientfolder.errors import PhraseRefused, Warned
from clientfolder.tickler import rhythm as rhythms

FILE = "clientfolder.toml"


class Settings(NamedTuple):
    """How this freelancer works."""

    day_first: bool | None = None
    capacity: int = 8
    working_days: tuple[str, ...] = WEEKDAYS[:5]
    days_off: tuple[date, ...] = ()
    snooze: str = "+1b"
    rhythm: str | None = None

    @property
    def working(self) -> WorkingDays:
        return WorkingDays(frozenset(map(WEEKDAYS.index, self.working_days)), frozenset(self.days_off))

    @property
    def every(self) -> rhythms.Rhythm | None:
        """The rhythm of clients without one of their own."""
        return rhythms.parse(self.rhythm) if self.rhythm else None


class Setting(NamedTuple):
    """One row of the table. `read` turns the file's value into the setting's, or raises ValueError."""

    name: str
    read: Callable[[Any], Any]
    form: str
    example: str
    meaning: str


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 999:
        raise ValueError
    return value


def _weekdays(value: Any) -> tuple[str, ...]:
    days = [next(day for day in WEEKDAYS if len(name) >= 3 and day.startswith(name.lower())) for name in value]
    if not days:
        raise ValueError
    return tuple(sorted(set(days), key=WEEKDAYS.index))


def _dates(value: Any) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise ValueError
    days = [date.fromisoformat(day) if isinstance(day, str) else day for day in value]
    if any(type(day) is not date for day in days):
        raise ValueError
    return tuple(sorted(days))


def _step(value: Any) -> str:
    try:
        # What works on two days so far apart is no date of one year.
        for day in (date(2024, 1, 1), date(2054, 12, 31)):
            when.read(value, when.Ground(day))
    except PhraseRefused:
        raise ValueError from None
    return str(value)


def _rhythm(value: Any) -> str:
    if rhythms.parse(value) is None:
        raise ValueError
    return str(value)


TABLE = (
    Setting("day_first", _flag, "true or false", "true", "Is 5/7 the 5th of July? Unset: such a date is refused."),
    Setting("capacity", _count, "a whole number from 1 to 999", "8", "How many contacts a day has room for."),
    Setting(
        "working_days", _weekdays, "a list of weekdays", '["mon", "tue", "wed", "thu", "fri"]',
        "The days on which you work.",
    ),
    Setting("days_off", _dates, "a list of dates", "[2026-12-24, 2026-12-25]", "Nothing is computed onto these days."),
    Setting("snooze", _step, "a step such as +1b or mon", '"+1b"', "How far cf snooze goes when no day is named."),
    Setting("rhythm", _rhythm, "like 6 weeks", '"6 weeks"', "The rhythm of clients that have none of their own."),
)  # fmt: skip


def load(data: Mapping[str, Any]) -> tuple[Settings, list[Warned]]:
    """The settings of a file's values; what is unknown or cannot be read is left out with a warning."""
    known = {setting.name: setting for setting in TABLE}
    values: dict[str, Any] = {}
    warnings = []
    for name, value in data.items():
        if name not in known:
            warnings.append(Warned("setting", f"{FILE}: there is no setting {name}.{_nearest(name)}"))
            continue
        try:
            values[name] = known[name].read(value)
        except (ValueError, TypeError, AttributeError, StopIteration):
            warnings.append(Warned("setting", f"{FILE}: {name} should be {known[name].form}; the default is used"))
    return Settings(**values), warnings


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [setting.name for setting in TABLE], n=1)
    return f" Did you mean {close[0]}?" if close else " All of them: cf settings"


def commented(day_first: bool | None) -> str:
    """The settings file of a new folder: every setting explained, and none made but the one that was asked for."""
    lines = ["# The settings of this client folder. Take the # away from a line to make it."]
    for setting in TABLE:
        made = setting.name == "day_first" and day_first is not None
        value = str(day_first).lower() if made else setting.example
        lines += ["", f"# {setting.meaning}", f"{'' if made else '# '}{setting.name} = {value}"]
    return "\n".join([*lines, ""])
