"""A folder of invented clients, its dates laid around the day on which it is made.

The templates beside this file are dossiers in which a date is said from that day: `<+3b>` is three working days
later, `<-40d 10:20>` forty days before at that time, `<month+2>` a month, `<month+2:05>` a day in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files as package_files

from clientfolder.binder.binder import CLIENTS
from clientfolder.binder.journal import atomic
from clientfolder.dates.calendar import ONE_DAY, Month, WorkingDays

# A file to try `cf import` on.
CONTACTS = "contacts.vcf"
# The settings of the folder, written as TOML has them.
SETTINGS = {
    "day_first": "true",
    "currency": '"EUR"',
    "rates": "{ PLN = 0.23, CZK = 0.04 }",
    "segments": (
        '{ food = ["label", "packaging", "print", "shop"], shop = ["shop", "cards", "packaging"],'
        ' culture = ["poster", "print", "site"], b2b = ["logo", "cards", "site", "care"],'
        ' b2c = ["site", "booking", "cards"] }'
    ),
    "stages": '["presentation", "offer", "contract", "work"]',
    "rhythm_by_class": '{ vip = "3-4 weeks", growing = "6 weeks" }',
}
_MARK = re.compile(
    r"<(?:(?P<count>[+-]\d+)(?P<unit>[bd])|month\+(?P<month>\d+)(?::(?P<number>\d\d))?)(?P<time> \d\d:\d\d)?>"
)


def dossiers(day: date) -> dict[str, str]:
    """The text of every dossier by its short name, as of that day."""
    texts = {}
    for template in package_files("clientfolder.demo").iterdir():
        if template.name.endswith(".toml"):
            text = template.read_text(encoding="utf-8")
            texts[template.name.removesuffix(".toml")] = _MARK.sub(lambda mark: _dated(mark, day), text)
    return dict(sorted(texts.items()))


def write(root: str, texts: Mapping[str, str]) -> None:
    """Put the dossiers into a new folder, and contacts of a phone beside them to import. Raises CannotReach."""
    writer = atomic.Writer(root)
    writer.create(CONTACTS, package_files("clientfolder.demo").joinpath(CONTACTS).read_bytes())
    for client, text in texts.items():
        writer.create(os.path.join(CLIENTS, f"{client}.toml"), text.encode())


def _dated(mark: re.Match[str], day: date) -> str:
    if mark["month"]:
        month = Month.of(day).plus(int(mark["month"]))
        return f"{month}-{mark['number']}" if mark["number"] else f'"{month}"'
    count = int(mark["count"])
    on = _working_day(day, count) if mark["unit"] == "b" else day + timedelta(days=count)
    return f"{on}T{mark['time'].strip()}:00" if mark["time"] else str(on)


def _working_day(day: date, count: int) -> date:
    """So many working days after the day, or before it; 0 is the day itself."""
    if count >= 0:
        return WorkingDays().plus(day, count) if count else day
    while count:
        day -= ONE_DAY
        count += day.weekday() < 5
    return day
