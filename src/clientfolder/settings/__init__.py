"""The settings: one table of names, types, defaults and explanations makes the loader and the commented file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from clientfolder.dates import retry, rhythm
from clientfolder.dates.calendar import WEEKDAYS, WorkingDays
from clientfolder.dates.desk_hours import DeskHours, read_hours
from clientfolder.dates.retry import RetryStep
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.sales import PERIODS, STAGES
from clientfolder.errors import Warned
from clientfolder.settings import values
from clientfolder.settings.values import Capacity, Partly, Unfit
from clientfolder.tuples import NamedTuple

FILE = "clientfolder.toml"


class Settings(NamedTuple):
    """How this freelancer works."""

    day_first: bool | None = None
    capacity: Capacity = Capacity()
    weights: Mapping[str, float] = {}
    working_days: tuple[str, ...] = WEEKDAYS[:5]
    days_off: tuple[date, ...] = ()
    holidays: str | None = None
    snooze: str = "+1b"
    attempts: tuple[str, ...] = ("1b", "2d", "1w")
    rhythm: str | None = None
    rhythm_by_tag: Mapping[str, str] = {}
    currency: str | None = None
    rates: Mapping[str, Amount] = {}
    segments: Mapping[str, tuple[str, ...]] = {}
    stages: tuple[str, ...] = STAGES
    period: str = "3 months"
    rhythm_by_class: Mapping[str, str] = {}
    exports: tuple[str, ...] = ()
    zone: str | None = None
    label_sheet: str = "3474"
    label_shift: str = "0,0"
    answer_within: str = "10h"
    desk_hours: str = "8-18"
    greet: tuple[str, ...] = ("birthday",)
    handover_without: tuple[str, ...] = ("payments",)

    @property
    def months(self) -> int:
        """How many months a period has."""
        return PERIODS[self.period]

    def clock(self, now: date | datetime, working: WorkingDays) -> Clock:
        """By what it is told how long somebody waits for an answer."""
        hours, limit = DeskHours.read(self.desk_hours), read_hours(self.answer_within)
        assert hours
        assert limit
        return Clock(now, working, hours, limit)

    def working(self, holidays: Mapping[date, str]) -> WorkingDays:
        """The days that are worked; `holidays` are those that the setting of that name means."""
        return WorkingDays(frozenset(map(WEEKDAYS.index, self.working_days)), frozenset(self.days_off), holidays)

    def every_words(self, tags: Iterable[str] = ()) -> str | None:
        """The rhythm of clients without one of their own: that of their first tag which has one, else that of all."""
        by_tag = {tag.casefold(): rhythm for tag, rhythm in self.rhythm_by_tag.items()}
        named = [by_tag[tag.casefold()] for tag in tags if tag.casefold() in by_tag]
        return named[0] if named else self.rhythm

    def every(self, tags: Iterable[str] = ()) -> Rhythm | None:
        """The same, read."""
        text = self.every_words(tags)
        return rhythm.parse(text) if text else None

    @property
    def ladder(self) -> tuple[RetryStep, ...]:
        """When to try again after each attempt."""
        return tuple(rung for step in self.attempts if (rung := retry.parse(step)))


class Setting(NamedTuple):
    """One row of the table. `read` makes the setting of the file's value, or raises Unfit. `is_list`: in no order."""

    name: str
    read: Callable[[Any], Any]
    form: str
    example: str
    meaning: str
    is_list: bool = False


TABLE = (
    Setting(
        "day_first", values.read_flag, "true or false", "true",
        "Is 5/7 the 5th of July? Unset: such a date is refused.",
    ),
    Setting(
        "capacity", values.read_capacity, "a whole number from 1 to 999, or a table of such by weekday", "8",
        "How many contacts a day has room for; a table tells it by weekday.",
    ),
    Setting(
        "weights", values.read_weights, "a table of numbers by kind of contact, in one word",
        "{ visit = 4, meeting = 2, mail = 0.5 }",
        "How much of that room a kind of contact takes; 1 if it is not named.",
    ),
    Setting(
        "working_days", values.read_weekdays, "a list of weekdays", '["mon", "tue", "wed", "thu", "fri"]',
        "The days on which you work.", is_list=True,
    ),
    Setting(
        "days_off", values.read_dates, "a list of dates", "[2026-12-24, 2026-12-25]",
        "Nothing is computed onto these days.", is_list=True,
    ),
    Setting(
        "holidays", values.read_country, "a country, or one with its region, like DE-BY", '"DE-BY"',
        "Public holidays are days off too; needs: pip install 'clientfolder[holidays]'.",
    ),
    Setting(
        "snooze", values.read_step, "a step such as +1b or mon", '"+1b"',
        "How far cf snooze goes when no day is named.",
    ),
    Setting(
        "attempts", values.read_ladder, 'a list of steps such as "1b", "2d", "1w"', '["1b", "2d", "1w"]',
        "When to try again after the first, the second, the third attempt that reached nobody.",
    ),
    Setting(
        "rhythm", values.read_rhythm, "like 6 weeks, 4-6 weeks, every month on the 31st or first monday", '"6 weeks"',
        "The rhythm of clients that have none of their own.",
    ),
    Setting(
        "rhythm_by_tag", values.read_rhythms, "a table of rhythms by tag",
        '{ vip = "2-3 weeks", sleeping = "6 months" }',
        "The rhythm of clients with a tag, if they have none of their own.",
    ),
    Setting(
        "currency", values.read_currency, "a currency of three letters", '"EUR"', "The currency in which you reckon.",
    ),
    Setting(
        "rates", values.read_rates, "a table of numbers above 0 by currency", "{ PLN = 0.23, CZK = 0.04 }",
        "What one unit of another currency is worth in yours; kept by hand.",
    ),
    Setting(
        "segments", values.read_segments, "a table of lists of products, by tag",
        '{ makers = ["shop", "cards"], inns = ["menu", "site"] }',
        "Tags that are a segment of your clients, and the products that are meant for it.",
    ),
    Setting(
        "stages", values.read_stages, "a list of 2 to 9 different words",
        '["presentation", "offer", "contract", "payment", "work", "closing"]',
        "How far a deal can have come.",
    ),
    Setting(
        "period", values.read_period, "1, 2, 3, 4 or 6 months, or 1 year", '"3 months"',
        "The time by which now and before are told apart in what clients are worth.",
    ),
    Setting(
        "rhythm_by_class", values.read_rhythms_by_class, "a table of rhythms by A, AX or a group such as vip",
        '{ A = "4 weeks", AX = "3 weeks", one-off = "6 months" }',
        "The rhythm that cf worth proposes: that of the group, else of both letters, else of the first.",
    ),
    Setting(
        "exports", values.read_exports, 'a list of lines such as "ics ~/Sync/clients.ics --promised"',
        '["ics ~/Sync/clients.ics --promised"]', "The files that cf export renews.",
    ),
    Setting(
        "zone", values.read_zone, "a time zone like Europe/Prague", '"Europe/Prague"',
        "The time zone of your appointments in the calendar; that of the machine if it is not named.",
    ),
    Setting(
        "label_sheet", values.read_label_sheet, "the number of a sheet of labels, or one like 70x36,3x8", '"3474"',
        "The sheets on which cf print labels prints.",
    ),
    Setting(
        "label_shift", values.read_label_shift, "millimetres right and down, like 1.5,-0.5", '"1.5,-0.5"',
        "How far your printer has to shift the labels.",
    ),
    Setting(
        "answer_within", values.read_answer_hours, "a number of hours, like 10h", '"10h"',
        "How long a question may wait for its answer, and a complaint for a contact.",
    ),
    Setting(
        "desk_hours", values.read_desk_hours, "from when to when, like 8-18 or 8:30-17", '"8-18"',
        "Outside of these hours, and on days off, that clock stands still; 0-24 is the whole day.",
    ),
    Setting(
        "greet", values.read_keys, "a list of keys on the card", '["birthday", "name_day"]',
        "The yearly days on a card and with people on which a client is greeted.",
    ),
    Setting(
        "handover_without", values.read_keys, "a list of keys", '["payments"]',
        "What is left out of the dossiers that cf handover gives to a colleague.",
    ),
)  # fmt: skip


def plain(value: Any) -> Any:
    """A setting's value as it would stand in the file."""
    if isinstance(value, Capacity):
        rooms = {name[:3]: room for name, room in zip(WEEKDAYS, value.weekdays, strict=True)}
        return value.weekdays[0] if len(set(value.weekdays)) == 1 else rooms
    if isinstance(value, Mapping):
        return {key: part.written if isinstance(part, Amount) else part for key, part in value.items()}
    return value


def load(data: Mapping[str, Any]) -> tuple[Settings, list[Warned]]:
    """The settings of a file's values; what is unknown or cannot be read is left out with a warning."""
    known = {setting.name: setting for setting in TABLE}
    found: dict[str, Any] = {}
    warnings = []
    for name, value in data.items():
        if name not in known:
            warnings.append(Warned("setting", f"{FILE}: there is no setting {name}.{_nearest(name)}"))
            continue
        try:
            found[name] = known[name].read(value)
        except Partly as partly:
            found[name] = partly.good
            warnings.append(Warned("setting", f"{FILE}: {name} should be {known[name].form}; what is none is left out"))
        except Unfit:
            warnings.append(Warned("setting", f"{FILE}: {name} should be {known[name].form}; the default is used"))
    return Settings(**found), warnings


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [setting.name for setting in TABLE], n=1)
    return f" Did you mean {close[0]}?" if close else " All of them: cf settings"


def commented(made: Mapping[str, str]) -> str:
    """The settings file of a new folder: every setting explained, and none made but these, written as TOML has them."""
    lines = ["# The settings of this client folder. Take the # away from a line to make it."]
    for setting in TABLE:
        value = made.get(setting.name)
        line = f"# {setting.name} = {setting.example}" if value is None else f"{setting.name} = {value}"
        lines += ["", f"# {setting.meaning}", line]
    return "\n".join([*lines, ""])
