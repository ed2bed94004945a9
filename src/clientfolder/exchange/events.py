"""The events of the calendar that a folder fills: next contacts, slips, months without a day, birthdays, days off.

Pure, and nothing of it depends on today: what is late stays on its day. `calendar` writes them into a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import Any

from clientfolder.dates.calendar import ONE_DAY, Month
from clientfolder.dossier import birthdays
from clientfolder.dossier.types import DONE, TASK, Cover, Dossier, Next, is_slip
from clientfolder.text import cleaned, words_of
from clientfolder.tuples import NamedTuple

# Kinds of contact for which one goes somewhere, and that take longer.
ELSEWHERE = ("meeting", "visit")
USUAL_LENGTH, LENGTH_ELSEWHERE = timedelta(minutes=30), timedelta(minutes=60)
DEFAULT_ALARM = timedelta(minutes=15)
# Birthdays begin here; the moment of what was never said is also this one.
FIRST_YEAR = 2000
LONG_AGO = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
# Time zones move a moment by a day at the most, and an event ends after it has begun: both must be in the calendar.
_YEARS = range(2, 9999)
# Address books write years long past where they do not know one.
_FIRST_YEAR_OF_BIRTH = 1800
_ENDS = re.compile(r"[\s\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class Event(NamedTuple):
    """One event. `start` and `end` are both days, the end exclusive, or both moments in UTC.

    `sequence` and `stamp` are what a calendar is told where no older file says more: how often it was changed, and
    when for the last time. `rule`: how it comes again, as the parts of an RRULE.
    """

    uid: str
    start: date
    end: date
    summary: str
    is_firm: bool = False
    description: str = ""
    location: str = ""
    rule: tuple[tuple[str, str | int], ...] = ()
    alarm: timedelta | None = None
    sequence: int = 0
    stamp: datetime = LONG_AGO

    @property
    def is_timed(self) -> bool:
        return isinstance(self.start, datetime)


class LeftOut(NamedTuple):
    """A dossier of which nothing is exported, and why."""

    client: str
    why: str


class Wanted(NamedTuple):
    """What is to stand in the calendar. `clients`: the short names of those chosen; None for all that are living.

    `zone`: that of the times of day. `alarm`: how long before an appointment; None for none.
    """

    zone: tzinfo
    days_off: tuple[date, ...] = ()
    clients: Collection[str] | None = None
    promised: bool = False
    initials: bool = False
    alarm: timedelta | None = DEFAULT_ALARM


def uid(*parts: str) -> str:
    """The name of an event among all calendars: the same parts have the same name on every machine."""
    return f"{sha256(chr(10).join(('clientfolder', *parts)).encode()).hexdigest()[:24]}@clientfolder"


def of_cover(cover: Cover) -> Dossier:
    """As much of a dossier as an event needs that the old file has already, and that is at no address."""
    return Dossier(
        cover.client, cover.name, cover.company, hours=cover.hours, resting=cover.resting,
        card={"phone": cover.phone, "email": cover.email}, people=cover.people, next=cover.next,
        more={} if cover.belongs_to is None else {"client": cover.belongs_to},
    )  # fmt: skip


def events(dossiers: Iterable[Dossier], wanted: Wanted) -> tuple[list[Event], list[LeftOut]]:
    """The events of these dossiers and slips, and those of which there is none, each with the reason."""
    found: list[Event] = []
    left_out: list[LeftOut] = []
    months: dict[Month, list[Dossier]] = {}
    ordered = sorted(dossiers, key=lambda dossier: (is_slip(dossier.client), dossier.client))
    names = {dossier.client: dossier.name for dossier in ordered}
    for dossier in ordered:
        if not _is_chosen(dossier, wanted):
            continue
        why = _why_not(dossier, wanted)
        if why:
            left_out.append(LeftOut(dossier.client, why))
        elif dossier.next and isinstance(dossier.next.on, Month):
            months.setdefault(dossier.next.on, []).append(dossier)
        elif dossier.next:
            found.append(_contact(dossier, dossier.next, wanted, names.get(dossier.belongs_to or "")))
        if wanted.clients is None and dossier.resting is None:
            found += _birthdays(dossier, wanted)
    if wanted.clients is None:
        found += [_month(month, lying, wanted) for month, lying in months.items()]
        found += _days_off(wanted.days_off)
    return found, left_out


def _is_chosen(dossier: Dossier, wanted: Wanted) -> bool:
    """Whether it is one of the clients that were asked for, or a slip of theirs."""
    return wanted.clients is None or dossier.client in wanted.clients or dossier.belongs_to in wanted.clients


def _why_not(dossier: Dossier, wanted: Wanted) -> str:
    """Why a dossier has no event; empty where it has one."""
    contact = dossier.next
    if dossier.resting is not None:
        return "done" if is_slip(dossier.client) and dossier.resting == DONE else "at rest"
    if contact is None:
        return "no date"
    if wanted.promised and not contact.agreed:
        return "not promised"
    if contact.on.year not in _YEARS:
        return "no year of a calendar"
    return "no day yet" if isinstance(contact.on, Month) and wanted.clients is not None else ""


# The kinds of events ------------------------------------------------------------------------------------


def _contact(dossier: Dossier, contact: Next, wanted: Wanted, owner: str | None) -> Event:
    """The next contact of a client, or a slip, at its day or time."""
    assert isinstance(contact.on, date)
    start, end = _span(contact, wanted.zone)
    alarm = wanted.alarm if isinstance(start, datetime) else None
    told = Event(uid(dossier.client), start, end, initials(dossier.name), contact.agreed, alarm=alarm)
    told = told._replace(**_state(dossier, wanted.zone))
    if wanted.initials:
        return told
    is_elsewhere = contact.kind.casefold() in ELSEWHERE
    return told._replace(
        summary=_summary(dossier, contact, owner),
        description="\n".join(_reached_by(dossier, contact)),
        location=one_line(str(dossier.card.get("address", ""))) if is_elsewhere else "",
    )


def _span(contact: Next, zone: tzinfo) -> tuple[date, date]:
    """From when to when; a time that the clocks skip is taken for as much later, one that comes twice for the first."""
    on = contact.on
    assert isinstance(on, date)
    if contact.time is None:
        return on, on + ONE_DAY
    start = datetime.combine(on, contact.time, zone).astimezone(UTC)
    return start, start + (LENGTH_ELSEWHERE if contact.kind.casefold() in ELSEWHERE else USUAL_LENGTH)


def _summary(dossier: Dossier, contact: Next, owner: str | None) -> str:
    """`! Novák Tisk, Petra: show both logos (meeting)`; a slip as `! send the mockups (Novák Tisk)`."""
    person = dossier.people.get(contact.person or "")
    whom = (person.name if person else None) or contact.person
    about = f": {contact.about}" if contact.about else ""
    kind = "" if contact.kind.casefold() in ("call", TASK) else f" ({contact.kind})"
    of = f" ({owner})" if owner else ""
    firm = "! " if contact.agreed else ""
    return one_line(f"{firm}{dossier.name}{f', {whom}' if whom else ''}{about}{kind}{of}")


def _reached_by(dossier: Dossier, contact: Next) -> Iterator[str]:
    """Company, number and mail of whom to ring, and the hours at which they are reached."""
    person = dossier.people.get(contact.person or "")
    values = (
        dossier.company,
        (person.phone if person else None) or dossier.card.get("phone"),
        (person.email if person else None) or dossier.card.get("email"),
        dossier.hours,
    )
    yield from (line for value in values if value is not None and (line := one_line(str(value))))


def _state(dossier: Dossier, zone: tzinfo) -> dict[str, Any]:
    """How often a dossier was changed, and when for the last time: told by its log, of which notes change nothing."""
    newest = [entry for entry in dossier.newest_first() if entry.kind != "note"]
    return {"sequence": len(newest), "stamp": moment(newest[0].at, zone) if newest else _since(dossier)}


def _since(dossier: Dossier) -> datetime:
    return LONG_AGO if dossier.since is None else moment(dossier.since, UTC)


def _birthdays(dossier: Dossier, wanted: Wanted) -> Iterator[Event]:
    """The birthdays of a client and of the people there, each year anew."""
    told = [("", dossier.name, dossier.card.get("birthday"))]
    told += [(key, person.name or key, person.more.get("birthday")) for key, person in dossier.people.items()]
    for key, name, value in told:
        day = birthdays.read(value)
        if day is None:
            continue
        on = date(FIRST_YEAR, day.month, day.number)
        rule: tuple[tuple[str, str | int], ...] = (("FREQ", "YEARLY"),)
        if (day.month, day.number) == (2, 29):
            # In the other years it is the last day of the month, where the rule of that day alone would skip them.
            rule = (*rule, ("BYMONTH", 2), ("BYMONTHDAY", -1))
        born = f" ({day.year})" if day.year and day.year >= _FIRST_YEAR_OF_BIRTH else ""
        summary = f"* {initials(name)}" if wanted.initials else one_line(f"Birthday: {name}{born}")
        yield Event(
            uid("birthday", dossier.client, key), on, on + ONE_DAY, summary, True, rule=rule, stamp=_since(dossier)
        )


def _month(month: Month, lying: list[Dossier], wanted: Wanted) -> Event:
    """One event on the first of a month, for all that lie there without a day."""
    names = [dossier.name for dossier in sorted(lying, key=lambda dossier: (dossier.name.casefold(), dossier.client))]
    told = ", ".join(map(initials, names)) if wanted.initials else one_line(f"No day yet: {', '.join(names)}")
    return Event(uid("month", str(month)), month.first, month.first + ONE_DAY, told)


def _days_off(days: Iterable[date]) -> Iterator[Event]:
    """One event for each run of days off."""
    runs: list[list[date]] = []
    for day in sorted({day for day in days if day.year in _YEARS}):
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        summary = "Days off" if len(run) > 1 else "Day off"
        yield Event(uid("off", str(run[0])), run[0], run[-1] + ONE_DAY, summary, True)


# Texts and moments --------------------------------------------------------------------------------------


def initials(name: str) -> str:
    """`Ö.B.`: of each word the first letter, whatever the name hides."""
    letters = [word[0].upper()[0] for word in words_of(unicodedata.normalize("NFC", name))]
    return "".join(f"{letter}." for letter in letters) or "?"


def one_line(text: str) -> str:
    """A text without line ends, and without what steers a screen or is not seen."""
    return cleaned(_ENDS.sub(" ", text)).strip()


def moment(at: date, zone: tzinfo) -> datetime:
    """A moment in UTC; a day is its beginning there, and a time without an offset is one of the zone."""
    try:
        if not isinstance(at, datetime):
            return datetime(at.year, at.month, at.day, tzinfo=UTC)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return LONG_AGO
