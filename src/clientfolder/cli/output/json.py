"""What scripts are told: one JSON object for a command, and the records of dossiers, papers and errors in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import TextIOWrapper
from math import isfinite
from typing import TYPE_CHECKING, Any

from clientfolder.cli.output.terminal import again, write_text
from clientfolder.cli.output.words import modified
from clientfolder.dossier.types import Cover, Next, is_slip
from clientfolder.errors import Trouble
from clientfolder.text import visible
from clientfolder.tickler import slots
from clientfolder.tickler.inserts import Insert, slot_of
from clientfolder.workspace import Environment

if TYPE_CHECKING:
    from clientfolder.dossier.sheet import DossierSheet, PaperFile
    from clientfolder.review.review import DayFigures, GivenPromise, LookBack, Noted, Review
    from clientfolder.review.weekly import Weekly
    from clientfolder.tickler.ahead import DatedBinder, DayAhead, Week
    from clientfolder.tickler.confirmation import Confirmation
    from clientfolder.tickler.inserts import Listing, WholeBinder
    from clientfolder.tickler.plan_view import PlanView
    from clientfolder.tickler.today import Today

# Dossiers ----------------------------------------------------------------------------------------------


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


def paper_json(paper: PaperFile) -> dict[str, Any]:
    at = modified(paper)
    return {"name": paper.name, "bytes": paper.bytes, "modified": at.isoformat() if at else None}


def sheet_json(sheet: DossierSheet) -> dict[str, Any]:
    """A whole dossier, all that its file says as it stands there."""
    return {
        **row_json(sheet.cover, sheet.day),
        "dossier": dict(sheet.data),
        "slips": [row_json(slip, sheet.day) for slip in sheet.slips],
        "papers": [paper_json(one) for one in sheet.papers],
    }


# The whole folder ---------------------------------------------------------------------------------------


def folder_text(sheets: Sequence[DossierSheet]) -> tuple[str, dict[str, str]]:
    """All these dossiers and slips as one JSON object, and by the short names what it says of each."""
    records = {sheet.cover.client: _bare_json(sheet) for sheet in sheets}
    kinds = {name: [record for client, record in records.items() if is_slip(client) == (name == "slips")]
             for name in _KINDS}  # fmt: skip
    return f"{_json_text(kinds)}\n", {client: _json_text(record) for client, record in records.items()}


def read_folder_text(raw: bytes) -> dict[str, str] | None:
    """What an older text says of each dossier; None for any other text, and for a part of one."""
    import json

    try:
        kinds = json.loads(raw)
        if not raw.endswith(b"}\n") or tuple(kinds) != _KINDS:
            return None
        rows = [row for rows in kinds.values() for row in rows]
        return {row["client"]: _json_text(row) for row in rows if row["dossier"]["name"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


_KINDS = ("clients", "slips")


def _bare_json(sheet: DossierSheet) -> dict[str, Any]:
    return {**row_json(sheet.cover, sheet.day), "dossier": dict(sheet.data)}


# Pages -------------------------------------------------------------------------------------------------


def today_json(today: Today) -> dict[str, Any]:
    from clientfolder.cli.output.care_json import complaint_row, greeting_row, inquiry_row

    desk, day = today.desk, today.day
    return {
        "day": day.isoformat(),
        "slot": str(day.day),
        "capacity": today.capacity,
        "load": desk.load,
        **{
            name: [row_json(cover, day) for cover in getattr(desk, name)]
            for name in ("overdue", "today", "undated", "unfiled")
        },
        "unreadable": [unreadable_record(trouble) for trouble in today.unreadable],
        # As the page has them, by their headings; none is empty.
        "sections": [{"section": section.name, "clients": section.covers.clients} for section in today.sections],
        "complaints": [complaint_row(one, day) for one in today.concerned.complaints],
        "waiting": [inquiry_row(one) for one in today.concerned.waiting],
        "greetings": [greeting_row(one) for one in today.concerned.greetings],
    }


def listing_json(listing: Listing) -> dict[str, Any]:
    return {
        "slots": [
            {**_insert(place), "dossiers": [row_json(cover, listing.day) for cover in place.dossiers]}
            for place in listing.places
        ]
    }


def binder_json(whole: WholeBinder, dated: DatedBinder | None = None) -> dict[str, Any]:
    """The inserts, of today's the late ones in its load; and the dated days, where they were asked for."""
    inserts = [
        {
            **_insert(place),
            "count": len(place.dossiers),
            "load": len(place.dossiers) + (whole.overdue if place.on == whole.day else 0),
        }
        for place in whole.places
    ]
    return {"slots": inserts} | ({"days": [_day(one, dated.day) for one in dated.days]} if dated else {})


def _insert(place: Insert) -> dict[str, Any]:
    return {"slot": place.slot, "on": None if place.on is None else str(place.on)}


def week_json(week: Week) -> dict[str, Any]:
    return {
        "from": str(week.span.first),
        "to": str(week.span.last),
        "days": [
            {
                **_day(one, week.day),
                "weight": one.weight,
                "dossiers": [row_json(cover, week.day) for cover in week.lying.get(one.on, ())],
            }
            for one in week.days
        ],
    }


def _day(one: DayAhead, day: date) -> dict[str, Any]:
    return {
        "on": str(one.on),
        "slot": slots.slot(one.on, day),
        "capacity": one.capacity,
        "load": one.load,
        "agreed": one.agreed,
        "off": one.off,
    }


def confirmation_json(confirmation: Confirmation) -> dict[str, Any]:
    """What every command that writes tells scripts."""
    return {
        "changes": [
            {
                "client": one.change.client or None,
                "before": next_json(one.change.before),
                "after": next_json(one.change.after),
                "slot": one.slot,
                "words": one.change.words,
            }
            for one in confirmation.written
        ]
    }


def plan_json(view: PlanView) -> dict[str, Any]:
    """A plan: what moves and why, what stays, how full the days are then; of an absence also whom to tell."""
    plan, away = view.plan, view.away
    moves = [
        {
            "client": move.cover.client,
            "from": str(move.cover.next.on) if move.cover.next else None,
            "to": str(move.to),
            "reason": move.reason,
        }
        for move in plan.moves
    ]
    facts: dict[str, Any] = {
        "plan": moves,
        "stay": [{"client": stay.cover.client, "reason": stay.why.value} for stay in plan.stays],
        "days": [{"on": str(fill.on), "load": fill.load, "capacity": fill.capacity} for fill in view.after],
    }
    if away is not None:
        tell = [row_json(stay.cover, view.day) for stay in plan.stays if stay.is_promised]
        facts |= {"days_off": list(map(str, away.days_off)), "tell": tell}
    return facts


def review_json(look: LookBack) -> dict[str, Any]:
    from clientfolder.cli.output.care_json import tally_json
    from clientfolder.cli.output.earned_json import money_json

    review, ahead = look.review, look.ahead
    return {
        "from": str(review.period.first),
        "to": str(review.period.last),
        "contacts": len(review.contacts),
        "attempts": len(review.attempts),
        "slips_done": len(review.slips_done),
        "moves": len(review.moves),
        "late_moves": len(review.late_moves),
        "first_calls": len(review.first_calls),
        "promises": {"kept": len(review.kept), "broken": len(review.broken), "open": len(review.open)},
        "planned": review.planned,
        "done": review.done,
        "tried": review.tried,
        "put_off": review.put_off,
        "unplanned": review.unplanned,
        "left": len(review.left),
        "by_kind": dict(review.by_kind),
        "by_hour": {f"{hour:02}": count for hour, count in sorted(review.by_hour.items())},
        "days": [_figures_json(day) for day in review.days],
        "who": _who_json(review),
        "next": {
            "on": str(ahead.on),
            "load": ahead.load,
            "capacity": ahead.capacity,
            "agreed": ahead.agreed,
        },
        "week": _weekly_json(look.weekly, look.day) if look.weekly else None,
        **tally_json(look.said),
        "money": money_json(look),
    }


def _who_json(review: Review) -> dict[str, Any]:
    """The short names behind the figures: as often as each is counted, in the order in which it came."""

    def clients(those: list[Noted]) -> list[str]:
        return [one.client for one in those]

    def promised(those: list[GivenPromise]) -> list[dict[str, str]]:
        return [{"client": one.client, "on": str(one.promise.on)} for one in those]

    return {
        "contacts": clients(review.contacts),
        "attempts": clients(review.attempts),
        "slips_done": clients(review.slips_done),
        "moves": clients(review.moves),
        "first_calls": clients(review.first_calls),
        "kept": promised(review.kept),
        "broken": promised(review.broken),
        "open": promised(review.open),
        "left": review.left.clients,
    }


def _figures_json(day: DayFigures) -> dict[str, Any]:
    return {
        "on": str(day.on),
        "contacts": day.contacts,
        "attempts": day.attempts,
        "moves": day.moves,
        "planned": day.planned,
        "done": day.done,
        "tried": day.tried,
        "put_off": day.put_off,
        "unplanned": day.unplanned,
        "left": day.left,
    }


def _weekly_json(week: Weekly, day: date) -> dict[str, Any]:
    def rows(covers: Sequence[Cover]) -> list[dict[str, Any]]:
        return [row_json(cover, day) for cover in covers]

    return {
        "unfiled": rows(week.unfiled),
        "dodged": rows(week.dodged),
        "drifting": rows(week.drifting),
        "no_phone": rows(week.no_phone),
        "birthdays": [
            {"client": one.client, "name": one.name, "on": str(one.on), "who": one.who, "age": one.age}
            for one in week.birthdays
        ],
    }


# Errors ------------------------------------------------------------------------------------------------


def error_record(trouble: Trouble) -> dict[str, Any]:
    """An error for scripts."""
    return {
        "code": trouble.code,
        "message": trouble.message + again(trouble),
        "file": trouble.file,
        "line": trouble.line,
        "candidates": list(trouble.candidates),
    }


def unreadable_record(trouble: Trouble) -> dict[str, Any]:
    return {"file": trouble.file, "line": trouble.line, "message": trouble.message}


# Printing ----------------------------------------------------------------------------------------------


def put_json(envelope: Mapping[str, Any], environment: Environment) -> None:
    """Print one JSON object, in UTF-8 whatever the locale says. Raises FullOutput where it cannot be written."""
    text = _json_text(envelope)
    if isinstance(environment.stdout, TextIOWrapper):
        environment.stdout.reconfigure(encoding="utf-8")
    write_text(environment, text + "\n")


def _json_text(value: Mapping[str, Any]) -> str:
    """One JSON object as text that moves no terminal."""
    import json

    text = json.dumps(_finite(value), ensure_ascii=False, indent=2, default=as_json, allow_nan=False)
    # JSON leaves DEL, C1, bidi marks and half surrogates as they are; in a terminal they are no less live there.
    return re.sub(r"[^\n -~]", lambda found: found[0] if visible(found[0]) == found[0] else _escaped(found[0]), text)


def _finite(value: Any) -> Any:
    """The value with `nan` and `inf`, for which JSON has no form, as text; TOML, and so a dossier, may hold them."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return value


def _escaped(character: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in _units(character))


def _units(character: str) -> list[int]:
    code = ord(character)
    if code < 0x10000:
        return [code]
    return [0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF)]


def as_json(value: Any) -> Any:
    """What JSON has no form for: dates and times as text, times as HH:MM."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
