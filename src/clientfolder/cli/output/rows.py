"""A dossier in one line: in words for people, and as the row that scripts see in every list."""

from __future__ import annotations

from datetime import date
from typing import Any

from clientfolder.binder.index import lookup
from clientfolder.cli.output.terminal import day_long, day_of_log, day_short
from clientfolder.dates.calendar import Month
from clientfolder.dossier.changes import Proposal
from clientfolder.dossier.types import DONE, Cover, Next
from clientfolder.tickler import slots
from clientfolder.tickler.desk import slot_of
from clientfolder.workspace import Environment

# A day that was named never slides off a weekend; the echo says that it is one.
WEEKEND = {5: "a Saturday", 6: "a Sunday"}


def shortened(path: str, environment: Environment) -> str:
    """A path with `~` for the home directory."""
    home = environment.env.get("HOME", "")
    return f"~{path[len(home) :]}" if home and path.startswith(f"{home}/") else path


def long_on(on: date | Month) -> str:
    if isinstance(on, Month):
        return f"{on.name.capitalize()} {on.year}"
    day = day_long(on).split(" ")
    return f"{day[0]} {day[1]} {day[2][:3]} {day[3]}"


def in_days(on: date, day: date) -> str:
    """How far a day is: `today`, `tomorrow`, `in 9 days`, `3 days late`."""
    count = (on - day).days
    if count in (0, 1):
        return ("today", "tomorrow")[count]
    return f"in {count} days" if count > 0 else f"{-count} day{'s' if count < -1 else ''} late"


def in_months(on: Month, day: date) -> str:
    count = on.since(Month.of(day))
    if count == 0:
        return "this month, no day yet"
    return f"in {count} month{'s' if count > 1 else ''}" if count > 0 else "past"


def for_day(contact: Next, day: date) -> str:
    """`for Wed 15 Jul 14:30`."""
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    return f"for {day_short(contact.on, day)}{clock}"


def proposal_words(proposal: Proposal, day: date) -> str:
    """`Fri 1 May -> Mon 4 May (day off)`; where there was a choice, `Mon 4 May (within 24 Apr to 8 May)`."""
    on = day_short(proposal.on, day)
    if proposal.first < proposal.last and proposal.first <= proposal.on <= proposal.last:
        choice = "lightest of" if proposal.is_lightest else "within"
        return f"{on} ({choice} {day_of_log(proposal.first, day)} to {day_of_log(proposal.last, day)})"
    return f"{day_short(proposal.last, day)} -> {on} ({proposal.why})" if proposal.why else on


def title(cover: Cover) -> str:
    """Name and company, the company only where it says more; a slip is shown with its client in that place."""
    if cover.company and lookup.comparable(cover.company) != lookup.comparable(cover.name):
        return f"{cover.name} · {cover.company}"
    return cover.name


def where(cover: Cover, day: date) -> str:
    """Where a dossier lies, in words: a date, never a slot."""
    if cover.is_done:
        return DONE
    if cover.resting is not None:
        return f"resting: {cover.resting}" if cover.resting else "resting"
    if cover.next is None:
        return "no date"
    mark = "! " if cover.next.agreed else ""
    clock = f" {cover.next.time:%H:%M}" if cover.next.time else ""
    late = slots.days_late(cover.next.on, day)
    return f"{mark}{day_short(cover.next.on, day)}{clock}" + (
        f", {late} day{'s' if late > 1 else ''} late" if late else ""
    )


def next_json(contact: Next | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    odd = contact.more
    return {
        "on": str(contact.on),
        "time": f"{contact.time:%H:%M}" if contact.time else _as_text(odd.get("time")),
        "kind": contact.kind,
        "about": contact.about,
        "with": contact.person,
        "how": contact.how,
    }


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def row_json(cover: Cover, day: date) -> dict[str, Any]:
    """A dossier as scripts see it in every list."""
    late = cover.resting is None and cover.next is not None
    return {
        "client": cover.client,
        "name": cover.name,
        "company": cover.company,
        "phone": cover.phone,
        "email": cover.email,
        "slot": slot_of(cover, day),
        "days_late": slots.days_late(cover.next.on, day) if late and cover.next else 0,
        "moves": cover.moves,
        "attempts": cover.attempts,
        "promised": None if cover.promised is None else str(cover.promised),
        "next": next_json(cover.next),
        "last": last_json(cover),
    }


def last_json(cover: Cover) -> dict[str, Any] | None:
    last = cover.last
    return None if last is None else {"at": last.at.isoformat(), "kind": last.kind, "text": last.text or None}
