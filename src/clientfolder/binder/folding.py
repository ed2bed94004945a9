"""A cover in one line of text, and back: what the register keeps of a dossier."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from clientfolder.dates import Month
from clientfolder.dossier import Cover, Entry, Next, Odd, Person

_SIGN, _SIGNED = "@", b'"@"'


def fold(cover: Cover) -> bytes | None:
    """One line that `unfold` opens to the very same cover; None where some value of the file cannot be kept so."""
    own = (
        cover.company, cover.phone, cover.email,
        {key: tuple(person) for key, person in cover.people.items()},
        cover.tags, cover.rhythm, cover.resting,
        cover.next and [*map(_kept, cover.next)],
        cover.last and [*map(_kept, cover.last)],
        _kept(cover.last_contact), cover.moves, cover.odd,
    )  # fmt: skip
    try:
        line = json.dumps(own, default=_kept, ensure_ascii=False, separators=(",", ":")).encode()
        is_same = not _has_more(cover) or repr(unfold(cover.client, cover.name, line)) == repr(cover)
    except (KeyError, TypeError, ValueError):
        return None
    return line if is_same else None


def _has_more(cover: Cover) -> bool:
    """Whether it holds values of any kind, of which this keeps most but not all."""
    return any(held is not None and held.more for held in (cover.next, cover.last, *cover.people.values()))


def _kept(value: object) -> Any:
    if isinstance(value, Month):
        return {_SIGN: "month", "": str(value)}
    if isinstance(value, date | time):
        return {_SIGN: type(value).__name__, "": value.isoformat()}
    return value


_KINDS: dict[str, Callable[[str], Any]] = {
    "month": Month.parse, "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
}  # fmt: skip


def unfold(client: str, name: str, line: bytes) -> Cover:
    """The cover that was folded."""
    company, phone, email, people, tags, rhythm, resting, contact, last, last_contact, moves, odd = json.loads(
        line, object_hook=_restored if _SIGNED in line else None
    )
    return Cover(
        client, name, company, phone, email,
        {key: Person(*person) for key, person in people.items()},
        tuple(tags), rhythm, resting,
        None if contact is None else Next(*contact),
        None if last is None else Entry(*last),
        last_contact, moves,
        tuple(Odd(tuple(path), message) for path, message in odd),
    )  # fmt: skip


def _restored(value: dict[str, Any]) -> Any:
    return _KINDS[value[_SIGN]](value[""]) if value.keys() == {_SIGN, ""} else value


def escaped(text: str) -> str:
    """A text of any characters on one line that is not empty."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(line: str) -> str:
    """The text that was escaped."""
    if "\\" not in line:
        return line
    return "\\".join(part.replace("\\n", "\n") for part in line.split("\\\\"))
