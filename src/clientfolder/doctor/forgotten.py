"""What clients said that was forgotten: complaints and questions of months ago; and remedies before their time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.binder.toml.scanner import Path
from clientfolder.dates.calendar import spelled
from clientfolder.doctor.finding import Fault
from clientfolder.doctor.repair import Repair
from clientfolder.dossier import concerns
from clientfolder.dossier.concerns import State
from clientfolder.dossier.types import Cover, Entry

MOST_DAYS = 60


def faults(day: date, cover: Cover, log: Sequence[Entry], repair: Repair) -> Iterator[Fault]:
    """What is odd in the complaints and questions of a client, each with the line that closes it.

    Nobody waits with a client who was put to rest on purpose.
    """
    if cover.is_slip:
        return
    yield from _too_early(cover, log, repair)
    if cover.resting is not None:
        return
    said = concerns.of_log(log, day)
    several = len([one for one in said.complaints if one.state_on(day) is not State.CLOSED]) > 1
    for complaint in said.in_state(State.OPEN, day):
        entry = complaint.entry
        if (waited := (day - entry.day).days) > MOST_DAYS:
            words = entry.text.split() if several else ()
            message = (
                f"A complaint of {spelled(entry.day)} is open for {waited} days; once it is put right, or given up"
            )
            mend = repair.on("care", cover, *words, option="--on=today")
            yield Fault("complaint_open", _place(log, entry), message, mend)
    for question in said.waiting(day):
        entry = question.entry
        if (waited := (day - entry.day).days) > MOST_DAYS:
            message = f"A question of {spelled(entry.day)} waits for {waited} days; once it is answered, or given up"
            mend = repair.on("log", cover, "answered", option="--keep" if cover.next else "--next=fri")
            yield Fault("question_waiting", _place(log, entry), message, mend)


def _place(log: Sequence[Entry], entry: Entry) -> Path:
    return "log", log.index(entry), "at"


def _too_early(cover: Cover, log: Sequence[Entry], repair: Repair) -> Iterator[Fault]:
    for place, entry in enumerate(log):
        if entry.is_complaint and entry.remedied is not None and entry.remedied < entry.day:
            came, remedied = spelled(entry.day), spelled(entry.remedied)
            message = f"The complaint came on {came}, and so was not put right on {remedied}"
            yield Fault("remedy_early", ("log", place, "remedied"), message, repair.on("edit", cover))
