"""What scripts are told: one JSON object for a command, and the records of dossiers, papers and errors in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from io import TextIOWrapper
from math import isfinite
from typing import TYPE_CHECKING, Any

from clientfolder.cli.output.terminal import again, write_text
from clientfolder.cli.output.words import modified
from clientfolder.dossier.types import Cover, Next
from clientfolder.errors import Trouble, visible
from clientfolder.tickler import slots
from clientfolder.tickler.desk import slot_of
from clientfolder.workspace import Environment

if TYPE_CHECKING:
    from clientfolder.binder.papers import PaperFile

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
    import json

    text = json.dumps(_finite(envelope), ensure_ascii=False, indent=2, default=as_json, allow_nan=False)
    # JSON leaves DEL, C1, bidi marks and half surrogates as they are; in a terminal they are no less live there.
    text = re.sub(r"[^\n -~]", lambda found: found[0] if visible(found[0]) == found[0] else _escaped(found[0]), text)
    if isinstance(environment.stdout, TextIOWrapper):
        environment.stdout.reconfigure(encoding="utf-8")
    write_text(environment, text + "\n")


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
