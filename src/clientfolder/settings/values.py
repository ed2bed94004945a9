"""The values of settings: each reader turns what a file says into what is meant, or raises Unfit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from clientfolder.dates import availability, phrases, retry, rhythm
from clientfolder.dates.calendar import WEEKDAYS
from clientfolder.dates.desk_hours import DeskHours, read_hours
from clientfolder.dates.grammar import Ground
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.amounts import Amount, amount_of
from clientfolder.dossier.covers import kind_of
from clientfolder.dossier.sales import CLASSES, LOST, PERIODS, WON
from clientfolder.tuples import NamedTuple

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


class Unfit(Exception):
    """A value that is none of this setting."""


def read_flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Unfit
    return value


def read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit
    return value


def read_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit
    return value


def read_table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unfit
    return value


MOST_CAPACITY = 999


def read_capacity(value: Any) -> Capacity:
    if type(value) is int and 1 <= value <= MOST_CAPACITY:
        return Capacity((value,) * 7)
    rooms = list(Capacity().weekdays)
    for name, room in read_table(value).items():
        if type(room) is not int or not 0 <= room <= MOST_CAPACITY:
            raise Unfit
        rooms[read_index(name)] = room
    return Capacity(tuple(rooms))


def read_weights(value: Any) -> Mapping[str, float]:
    weights = read_table(value)
    if any(
        isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= MOST_CAPACITY
        for weight in weights.values()
    ):
        raise Unfit
    if any(kind_of(kind) != kind.casefold() for kind in weights):
        raise Unfit
    return {kind.casefold(): weight for kind, weight in weights.items()}


def read_index(name: Any) -> int:
    number = availability.weekday(read_text(name))
    if number is None:
        raise Unfit
    return number


def read_weekdays(value: Any) -> tuple[str, ...]:
    days = [WEEKDAYS[read_index(name)] for name in read_list(value)]
    if not days:
        raise Unfit
    return tuple(sorted(set(days), key=WEEKDAYS.index))


class Partly(Unfit):
    """Some of a list can be read, and stays in force."""

    def __init__(self, good: Any) -> None:
        self.good = good


def read_dates(value: Any) -> tuple[date, ...]:
    days = [read_date(day) for day in read_list(value)]
    good = tuple(sorted(day for day in days if day))
    if len(good) < len(days):
        raise Partly(good)
    return good


def read_date(value: Any) -> date | None:
    try:
        value = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return value if type(value) is date else None


def read_step(value: Any) -> str:
    try:
        # What works on two days so far apart is no date of one year.
        for day in (date(2024, 1, 1), date(2054, 12, 31)):
            phrases.understood(read_text(value), Ground(day))
    except Refusal:
        raise Unfit from None
    return str(value)


def read_country(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}(-\w[\w .'-]{0,39})?", read_text(value)):
        raise Unfit
    return str(value).upper()


def read_ladder(value: Any) -> tuple[str, ...]:
    steps = tuple(map(read_text, read_list(value)))
    if not steps or any(retry.parse(step) is None for step in steps):
        raise Unfit
    return steps


def read_rhythm(value: Any) -> str:
    if rhythm.parse(read_text(value)) is None:
        raise Unfit
    return str(value)


def read_answer_hours(value: Any) -> str:
    if read_hours(read_text(value)) is None:
        raise Unfit
    return str(value)


def read_desk_hours(value: Any) -> str:
    if DeskHours.read(read_text(value)) is None:
        raise Unfit
    return str(value)


def read_keys(value: Any) -> tuple[str, ...]:
    return tuple(map(read_text, [value] if isinstance(value, str) else read_list(value)))


def read_rhythms(value: Any) -> Mapping[str, str]:
    return {tag: read_rhythm(text) for tag, text in read_table(value).items()}


def read_currency(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", read_text(value), re.ASCII):
        raise Unfit
    return str(value).upper()


def read_rates(value: Any) -> Mapping[str, Amount]:
    rates = {read_currency(name): amount_of(rate) for name, rate in read_table(value).items()}
    if not all(isinstance(rate, Amount) and rate.digits > 0 for rate in rates.values()):
        raise Unfit
    return rates


def read_segments(value: Any) -> Mapping[str, tuple[str, ...]]:
    segments = {}
    for name, products in read_table(value).items():
        meant = [
            " ".join(read_text(one).split())
            for one in ([products] if isinstance(products, str) else read_list(products))
        ]
        if not name.strip() or not all(meant):
            raise Unfit
        segments[name] = tuple(
            one for at, one in enumerate(meant) if one.casefold() not in map(str.casefold, meant[:at])
        )
    return segments


def read_stages(value: Any) -> tuple[str, ...]:
    stages = tuple(map(read_text, read_list(value)))
    names = {stage.casefold() for stage in stages}
    if (
        not all(re.fullmatch(r"[^\W\d_][\w-]*", stage) for stage in stages)
        or not 2 <= len(names) == len(stages) <= 9
        or names & {WON, LOST}
    ):
        raise Unfit
    return stages


def read_period(value: Any) -> str:
    words = " ".join(read_text(value).casefold().split()).removesuffix("s")
    found = {period.removesuffix("s"): period for period in PERIODS} | {"12 month": "1 year", "year": "1 year"}
    if words not in found:
        raise Unfit
    return found[words]


def read_rhythms_by_class(value: Any) -> Mapping[str, str]:
    rhythms = {name: read_rhythm(text) for name, text in read_table(value).items()}
    if not rhythms.keys() <= CLASSES:
        raise Unfit
    return rhythms


EXPORT_FORMATS = ("ics", "vcf", "csv", "json")


def read_exports(value: Any) -> tuple[str, ...]:
    lines = tuple(map(read_text, read_list(value)))
    if any(len(words := line.split()) < 2 or words[0] not in EXPORT_FORMATS for line in lines):
        raise Unfit
    return lines


def read_zone(value: Any) -> str:
    # Whether there is such a zone is asked where it is wanted: nothing else waits for the list of them.
    if not re.fullmatch(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*){0,2}", read_text(value), re.ASCII):
        raise Unfit
    return str(value)


def read_label_sheet(value: Any) -> str:
    if not re.fullmatch(r"[Ll]?\d{4}|[\d.]+x[\d.]+,\d+x\d+", read_text(value), re.ASCII):
        raise Unfit
    return str(value)


def read_label_shift(value: Any) -> str:
    if not re.fullmatch(r"[+-]?\d{1,2}(\.\d{1,2})?,[+-]?\d{1,2}(\.\d{1,2})?", read_text(value), re.ASCII):
        raise Unfit
    return str(value)
