"""The settings: one table of names, types, defaults and explanations makes the loader and the commented file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from clientfolder.dates import availability, phrases, retry, rhythm
from clientfolder.dates.calendar import WEEKDAYS, WorkingDays
from clientfolder.dates.desk_hours import DeskHours, read_hours
from clientfolder.dates.grammar import Ground
from clientfolder.dates.retry import RetryStep
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.amounts import Amount, amount_of
from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.covers import kind_of
from clientfolder.dossier.sales import CLASSES, LOST, PERIODS, STAGES, WON
from clientfolder.errors import Warned

FILE = "clientfolder.toml"
DEFAULT_CAPACITY = 8


class Capacity(NamedTuple):
    """How many contacts each weekday has room for, from Monday."""

    weekdays: tuple[int, ...] = (DEFAULT_CAPACITY,) * 7

    def on(self, day: date) -> int:
        return self.weekdays[day.weekday()]

    def __str__(self) -> str:
        if len(set(self.weekdays)) == 1:
            return str(self.weekdays[0])
        return ", ".join(f"{name[:3]} {room}" for name, room in zip(WEEKDAYS, self.weekdays, strict=True))


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
    answer_within: str = "10h"
    desk_hours: str = "8-18"
    greet: tuple[str, ...] = ("birthday",)

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

    handover_without: tuple[str, ...] = ("payments",)

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
    """One row of the table. `read` makes the setting of the file's value, or raises _Unfit. `is_list`: in no order."""

    name: str
    read: Callable[[Any], Any]
    form: str
    example: str
    meaning: str
    is_list: bool = False


class _Unfit(Exception):
    """A value that is none of this setting."""


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise _Unfit
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Unfit
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Unfit
    return value


MOST_CAPACITY = 999


def _capacity(value: Any) -> Capacity:
    if type(value) is int and 1 <= value <= MOST_CAPACITY:
        return Capacity((value,) * 7)
    rooms = list(Capacity().weekdays)
    for name, room in _table(value).items():
        if type(room) is not int or not 0 <= room <= MOST_CAPACITY:
            raise _Unfit
        rooms[_index(name)] = room
    return Capacity(tuple(rooms))


def _weights(value: Any) -> Mapping[str, float]:
    weights = _table(value)
    if any(
        isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= MOST_CAPACITY
        for weight in weights.values()
    ):
        raise _Unfit
    if any(kind_of(kind) != kind.casefold() for kind in weights):
        raise _Unfit
    return {kind.casefold(): weight for kind, weight in weights.items()}


def _index(name: Any) -> int:
    number = availability.weekday(_text(name))
    if number is None:
        raise _Unfit
    return number


def _weekdays(value: Any) -> tuple[str, ...]:
    days = [WEEKDAYS[_index(name)] for name in _list(value)]
    if not days:
        raise _Unfit
    return tuple(sorted(set(days), key=WEEKDAYS.index))


class _Partly(_Unfit):
    """Some of a list can be read, and stays in force."""

    def __init__(self, good: Any) -> None:
        self.good = good


def _dates(value: Any) -> tuple[date, ...]:
    days = [_date(day) for day in _list(value)]
    good = tuple(sorted(day for day in days if day))
    if len(good) < len(days):
        raise _Partly(good)
    return good


def _date(value: Any) -> date | None:
    try:
        value = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return value if type(value) is date else None


def _step(value: Any) -> str:
    try:
        # What works on two days so far apart is no date of one year.
        for day in (date(2024, 1, 1), date(2054, 12, 31)):
            phrases.understood(_text(value), Ground(day))
    except Refusal:
        raise _Unfit from None
    return str(value)


def _country(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}(-\w[\w .'-]{0,39})?", _text(value)):
        raise _Unfit
    return str(value).upper()


def _ladder(value: Any) -> tuple[str, ...]:
    steps = tuple(map(_text, _list(value)))
    if not steps or any(retry.parse(step) is None for step in steps):
        raise _Unfit
    return steps


def _rhythm(value: Any) -> str:
    if rhythm.parse(_text(value)) is None:
        raise _Unfit
    return str(value)


def _hours(value: Any) -> str:
    if read_hours(_text(value)) is None:
        raise _Unfit
    return str(value)


def _desk_hours(value: Any) -> str:
    if DeskHours.read(_text(value)) is None:
        raise _Unfit
    return str(value)


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, [value] if isinstance(value, str) else _list(value)))


def _rhythms(value: Any) -> Mapping[str, str]:
    return {tag: _rhythm(text) for tag, text in _table(value).items()}


def _currency(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", _text(value), re.ASCII):
        raise _Unfit
    return str(value).upper()


def _rates(value: Any) -> Mapping[str, Amount]:
    rates = {_currency(name): amount_of(rate) for name, rate in _table(value).items()}
    if not all(isinstance(rate, Amount) and rate.digits > 0 for rate in rates.values()):
        raise _Unfit
    return rates


def _segments(value: Any) -> Mapping[str, tuple[str, ...]]:
    segments = {}
    for name, products in _table(value).items():
        meant = [" ".join(_text(one).split()) for one in ([products] if isinstance(products, str) else _list(products))]
        if not name.strip() or not all(meant):
            raise _Unfit
        segments[name] = tuple(
            one for at, one in enumerate(meant) if one.casefold() not in map(str.casefold, meant[:at])
        )
    return segments


def _stages(value: Any) -> tuple[str, ...]:
    stages = tuple(map(_text, _list(value)))
    names = {stage.casefold() for stage in stages}
    if (
        not all(re.fullmatch(r"[^\W\d_][\w-]*", stage) for stage in stages)
        or not 2 <= len(names) == len(stages) <= 9
        or names & {WON, LOST}
    ):
        raise _Unfit
    return stages


def _period(value: Any) -> str:
    words = " ".join(_text(value).casefold().split()).removesuffix("s")
    found = {period.removesuffix("s"): period for period in PERIODS} | {"12 month": "1 year", "year": "1 year"}
    if words not in found:
        raise _Unfit
    return found[words]


def _rhythms_by_class(value: Any) -> Mapping[str, str]:
    rhythms = {name: _rhythm(text) for name, text in _table(value).items()}
    if not rhythms.keys() <= CLASSES:
        raise _Unfit
    return rhythms


EXPORT_FORMATS = ("ics", "vcf", "csv", "json")


def _exports(value: Any) -> tuple[str, ...]:
    lines = tuple(map(_text, _list(value)))
    if any(len(words := line.split()) < 2 or words[0] not in EXPORT_FORMATS for line in lines):
        raise _Unfit
    return lines


def _zone(value: Any) -> str:
    # Whether there is such a zone is asked where it is wanted: nothing else waits for the list of them.
    if not re.fullmatch(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*){0,2}", _text(value), re.ASCII):
        raise _Unfit
    return str(value)


TABLE = (
    Setting("day_first", _flag, "true or false", "true", "Is 5/7 the 5th of July? Unset: such a date is refused."),
    Setting(
        "capacity", _capacity, "a whole number from 1 to 999, or a table of such by weekday", "8",
        "How many contacts a day has room for; a table tells it by weekday.",
    ),
    Setting(
        "weights", _weights, "a table of numbers by kind of contact, in one word",
        "{ visit = 4, meeting = 2, mail = 0.5 }",
        "How much of that room a kind of contact takes; 1 if it is not named.",
    ),
    Setting(
        "working_days", _weekdays, "a list of weekdays", '["mon", "tue", "wed", "thu", "fri"]',
        "The days on which you work.", is_list=True,
    ),
    Setting("days_off", _dates, "a list of dates", "[2026-12-24, 2026-12-25]", "Nothing is computed onto these days.",
            is_list=True),
    Setting(
        "holidays", _country, "a country, or one with its region, like DE-BY", '"DE-BY"',
        "Public holidays are days off too; needs: pip install 'clientfolder[holidays]'.",
    ),
    Setting("snooze", _step, "a step such as +1b or mon", '"+1b"', "How far cf snooze goes when no day is named."),
    Setting(
        "attempts", _ladder, 'a list of steps such as "1b", "2d", "1w"', '["1b", "2d", "1w"]',
        "When to try again after the first, the second, the third attempt that reached nobody.",
    ),
    Setting(
        "rhythm", _rhythm, "like 6 weeks, 4-6 weeks, every month on the 31st or first monday", '"6 weeks"',
        "The rhythm of clients that have none of their own.",
    ),
    Setting(
        "rhythm_by_tag", _rhythms, "a table of rhythms by tag", '{ vip = "2-3 weeks", sleeping = "6 months" }',
        "The rhythm of clients with a tag, if they have none of their own.",
    ),
    Setting(
        "currency", _currency, "a currency of three letters", '"EUR"', "The currency in which you reckon.",
    ),
    Setting(
        "rates", _rates, "a table of numbers above 0 by currency", "{ PLN = 0.23, CZK = 0.04 }",
        "What one unit of another currency is worth in yours; kept by hand.",
    ),
    Setting(
        "segments", _segments, "a table of lists of products, by tag",
        '{ makers = ["shop", "cards"], inns = ["menu", "site"] }',
        "Tags that are a segment of your clients, and the products that are meant for it.",
    ),
    Setting(
        "stages", _stages, "a list of 2 to 9 different words",
        '["presentation", "offer", "contract", "payment", "work", "closing"]', "How far a deal can have come.",
    ),
    Setting(
        "period", _period, "1, 2, 3, 4 or 6 months, or 1 year", '"3 months"',
        "The time by which now and before are told apart in what clients are worth.",
    ),
    Setting(
        "rhythm_by_class", _rhythms_by_class, "a table of rhythms by A, AX or a group such as vip",
        '{ A = "4 weeks", AX = "3 weeks", one-off = "6 months" }',
        "The rhythm that cf worth proposes: that of the group, else of both letters, else of the first.",
    ),
    Setting(
        "exports", _exports, 'a list of lines such as "ics ~/Sync/clients.ics --promised"',
        '["ics ~/Sync/clients.ics --promised"]', "The files that cf export renews.",
    ),
    Setting(
        "zone", _zone, "a time zone like Europe/Prague", '"Europe/Prague"',
        "The time zone of your appointments in the calendar; that of the machine if it is not named.",
    ),
    Setting(
        "answer_within", _hours, "a number of hours, like 10h", '"10h"',
        "How long a question may wait for its answer, and a complaint for a contact.",
    ),
    Setting(
        "desk_hours", _desk_hours, "from when to when, like 8-18 or 8:30-17", '"8-18"',
        "Outside of these hours, and on days off, that clock stands still; 0-24 is the whole day.",
    ),
    Setting(
        "greet", _keys, "a list of keys on the card", '["birthday", "name_day"]',
        "The yearly days on a card and with people on which a client is greeted.",
    ),
    Setting(
        "handover_without", _keys, "a list of keys", '["payments"]',
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
    values: dict[str, Any] = {}
    warnings = []
    for name, value in data.items():
        if name not in known:
            warnings.append(Warned("setting", f"{FILE}: there is no setting {name}.{_nearest(name)}"))
            continue
        try:
            values[name] = known[name].read(value)
        except _Partly as partly:
            values[name] = partly.good
            warnings.append(Warned("setting", f"{FILE}: {name} should be {known[name].form}; what is none is left out"))
        except _Unfit:
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
