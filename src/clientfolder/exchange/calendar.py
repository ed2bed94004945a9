"""A calendar file, and the one that it takes the place of: icalendar writes and reads the events.

The state of an event lives in the file alone: how often it was changed (SEQUENCE) and when for the last time (DTSTAMP)
are taken from the old file, whatever has changed the folder meanwhile, be it undo, an editor or a merge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, tzinfo

import icalendar

from clientfolder.dates.calendar import ONE_DAY, Month
from clientfolder.exchange.events import Event, uid
from clientfolder.exchange.exported import Exported
from clientfolder.tuples import NamedTuple

PRODID = "-//clientfolder//cf//EN"
OURS = "@clientfolder"
CANCELLED = "CANCELLED"
# The highest SEQUENCE of an event that the file no longer holds: what comes back begins above it.
HIGHEST_GONE = "X-CLIENTFOLDER-HIGHEST-GONE"
_BEGIN, _END = "BEGIN:VEVENT", "END:VEVENT"
_EVENT = re.compile(rf"^{_BEGIN}\n(?:.*\n)*?{_END}\n", re.MULTILINE)
# These tell how often and when it was changed, and not what it is.
_STATE = re.compile(r"^(?:SEQUENCE|DTSTAMP):.*\n", re.MULTILINE)


class _Kept(NamedTuple):
    """An event as the old file has it; `text` with LF at the ends of its lines. `start` and `end` as those of Event."""

    uid: str
    sequence: int
    stamp: datetime
    start: date
    end: date
    status: str
    text: str

    @property
    def what(self) -> str:
        """All that it says but how often it was changed, and when."""
        return _STATE.sub("", self.text)


class OldFile(NamedTuple):
    """What the file says that is to be replaced: its events, and the highest SEQUENCE of those that it has lost."""

    kept: Mapping[str, _Kept]
    highest_gone: int = -1


NONE = OldFile({})


def read(raw: bytes) -> OldFile | None:
    """The events of a calendar file that this program has written; None for any other, and for a part of one."""
    try:
        text = raw.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    head = _EVENT.sub("", text)
    lines = head.split("\n")
    is_ours = lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""] and f"PRODID:{PRODID}" in lines
    if not is_ours or any(line.startswith(("BEGIN:", "END:", " ", "\t")) for line in lines[1:-2]):
        return None
    try:
        found = [_read_event(block[0]) for block in _EVENT.finditer(text)]
        gone = next((int(line.partition(":")[2]) for line in lines if line.startswith(f"{HIGHEST_GONE}:")), -1)
    except ValueError:
        return None
    kept = {one.uid: one for one in found}
    return OldFile(kept, gone) if len(kept) == len(found) and all(name.endswith(OURS) for name in kept) else None


def _read_event(text: str) -> _Kept:
    """One event. Raises ValueError where it is none that this program has written."""
    said = dict(line.split(":", 1) for line in text.replace("\n ", "").split("\n") if ":" in line)
    try:
        start, end = (_time(said, name) for name in ("DTSTART", "DTEND"))
        stamp = _moment(said["DTSTAMP"])
        return _Kept(said["UID"], int(said["SEQUENCE"]), stamp, start, end, said["STATUS"], text)
    except KeyError as missing:
        raise ValueError(text) from missing


def _time(said: Mapping[str, str], name: str) -> date:
    if (day := said.get(f"{name};VALUE=DATE")) is not None:
        return date.fromisoformat(_of_form(_DAY, day))
    return _moment(said[name])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(_of_form(_MOMENT, text))


# `fromisoformat` takes a tenth of the time of `strptime`, of which 10,000 events need 30,000; but it reads more forms.
_DAY, _MOMENT = re.compile(r"[0-9]{8}"), re.compile(r"[0-9]{8}T[0-9]{6}Z")


def _of_form(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


# Writing ------------------------------------------------------------------------------------------------


class Renewal(NamedTuple):
    """Where and when a file is written: the day, its time zone, and the moment in UTC that changed events are told of.

    `unknown`: events whose dossier cannot be read, so that they stay as they are; where there are any, nothing that is
    of several dossiers, or of one that is not told, is taken away either. With `initials` what is cancelled says
    nothing more of whom it was.
    """

    today: date
    zone: tzinfo
    now: datetime
    unknown: Collection[str] = ()
    initials: bool = False


def write(events: Iterable[Event], old: OldFile, renewal: Renewal) -> Exported:
    """The new file, in the order of the days and the names of the events."""
    left = dict(old.kept)
    lines: list[tuple[date, str, str]] = []
    changed = cancelled = same = 0
    for event in events:
        kept = left.pop(event.uid, None)
        text = _text(event, old, kept, renewal.now)
        same += kept is not None and text == kept.text
        changed += kept is not None and text != kept.text
        lines.append((_day(event.start, renewal.zone), event.uid, text))
    highest = old.highest_gone
    for kept in left.values():
        staying = _staying(kept, renewal)
        if staying is None:
            highest = max(highest, kept.sequence)
            continue
        same += staying == kept.text
        cancelled += staying != kept.text
        lines.append((_day(kept.start, renewal.zone), kept.uid, staying))
    head, end = _frame(highest)
    content = "".join((head, *(text for _, _, text in sorted(lines)), end))
    return Exported(content.replace("\n", "\r\n").encode(), len(lines), changed, cancelled, same)


def _day(at: date, zone: tzinfo) -> date:
    """The day of an event there."""
    return at.astimezone(zone).date() if isinstance(at, datetime) else at


def _text(event: Event, old: OldFile, kept: _Kept | None, now: datetime) -> str:
    """An event, and how often and when it was changed: as the old file says, as long as it is the same."""
    if event.rule:
        return _rendered(event, event.sequence, event.stamp)
    if kept is None:
        # One that the file has lost may come back.
        return _rendered(event, max(event.sequence, old.highest_gone + 1), event.stamp)
    same = _rendered(event, kept.sequence, kept.stamp)
    if _STATE.sub("", same) == kept.what:
        return kept.text
    is_moved = (kept.start, kept.end, kept.status) != (event.start, event.end, _status(event))
    return _rendered(event, kept.sequence + is_moved, now)


def _staying(kept: _Kept, renewal: Renewal) -> str | None:
    """What the new file says of an event that is gone; None where it says nothing more of it.

    It is cancelled until its day has passed, for else it would stay in the calendars that have taken it in.
    """
    is_yearly = "\nRRULE:" in kept.text
    is_month = kept.uid == uid("month", str(Month.of(_day(kept.start, renewal.zone))))
    if kept.uid in renewal.unknown or (renewal.unknown and (is_yearly or is_month)):
        return kept.text
    if is_yearly or _last_day(kept, renewal.zone) < renewal.today:
        return None
    event = icalendar.Event.from_ical(kept.text)
    event.subcomponents = []
    if renewal.initials:
        event["SUMMARY"] = icalendar.vText("Cancelled")
        for name in ("DESCRIPTION", "LOCATION"):
            event.pop(name, None)
    if kept.status != CANCELLED:
        for name, value in (("SEQUENCE", kept.sequence + 1), ("DTSTAMP", renewal.now), ("STATUS", CANCELLED)):
            del event[name]
            event.add(name, value)
    return _lines(event)


def _last_day(kept: _Kept, zone: tzinfo) -> date:
    end = kept.end
    return _day(end, zone) if isinstance(end, datetime) else end - ONE_DAY


def _status(event: Event) -> str:
    return "CONFIRMED" if event.is_firm else "TENTATIVE"


def _rendered(event: Event, sequence: int, stamp: datetime) -> str:
    """An event as the file says it, with LF at the ends of the lines."""
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("sequence", sequence)
    made.add("dtstart", event.start)
    made.add("dtend", event.end)
    if event.rule:
        made.add("rrule", dict(event.rule))
    made.add("summary", event.summary)
    for name in ("description", "location"):
        if text := getattr(event, name):
            made.add(name, text)
    made.add("status", _status(event))
    made.add("transp", "OPAQUE" if event.is_timed else "TRANSPARENT")
    made.add("class", "PRIVATE")
    if event.alarm is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -event.alarm)
        alarm.add("description", event.summary)
        made.add_component(alarm)
    return _lines(made)


def _frame(highest_gone: int) -> tuple[str, str]:
    """What stands before the events, and behind them."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Clients")
    if highest_gone >= 0:
        calendar.add(HIGHEST_GONE, highest_gone)
    head, end, _ = _lines(calendar).partition("END:VCALENDAR\n")
    return head, end


def _lines(component: icalendar.Component) -> str:
    """A component in lines of 75 octets at the most, with LF at their ends, its properties in the order they came."""
    return str(component.to_ical(sorted=False).decode().replace("\r\n", "\n"))
