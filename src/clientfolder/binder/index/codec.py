"""A cover in one line of text, and back: what the register keeps of a dossier."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, Entry, Next, Odd, Person

_SIGN, _SIGNED = "@", b'"@"'


def encode(cover: Cover) -> bytes | None:
    """One line that `unfold` opens to the very same cover; None where some value of the file cannot be kept so."""
    own = (
        cover.company, cover.phone, cover.email,
        {key: tuple(person) for key, person in cover.people.items()},
        cover.tags, cover.rhythm, cover.not_on, cover.hours, cover.resting,
        cover.next and _next_parts(*cover.next),
        cover.last and _entry_parts(*cover.last),
        _written(cover.last_contact), cover.usual_gap, cover.moves, cover.attempts, _written(cover.promised),
        cover.belongs_to, cover.odd,
    )  # fmt: skip
    try:
        line = json.dumps(own, default=_kept, ensure_ascii=False, separators=(",", ":")).encode()
        # Where a person's own values are in it, which may be anything, one look more.
        is_same = not (_has_more(cover) or _SIGNED in line) or repr(decode(cover.client, cover.name, line)) == repr(
            cover
        )
    except (KeyError, TypeError, ValueError):
        return None
    return line if is_same else None


def _next_parts(on: date | Month, at: time | None, *rest: Any) -> tuple[Any, ...]:
    return str(on), _written(at), *rest


def _entry_parts(
    at: date, kind: str, text: str, reached: bool, person: str | None, left: date | Month | None,
    to: date | Month | None, how: str | None, promised: date | Month | None, planned: date | Month | None, *rest: Any,
) -> tuple[Any, ...]:  # fmt: skip
    days = _written(left), _written(to), how, _written(promised), _written(planned)
    return at.isoformat(), kind, text, reached, person, *days, *rest


def _written(value: date | Month | time | None) -> str | None:
    return None if value is None else str(value)


def _has_more(cover: Cover) -> bool:
    """Whether it holds values of any kind, of which this keeps most but not all."""
    return any(held is not None and held.more for held in (cover.next, cover.last, *cover.people.values()))


def decode(client: str, name: str, line: bytes) -> Cover:
    """The cover that was folded."""
    (
        company, phone, email, people, tags, rhythm, not_on, hours, resting, contact, last, last_contact, usual_gap,
        moves, attempts, promised, belongs_to, odd,
    ) = json.loads(line, object_hook=_restored if _SIGNED in line else None)  # fmt: skip
    return Cover(
        client, name, company, phone, email,
        {key: Person(*person) for key, person in people.items()},
        tuple(tags), rhythm, tuple(not_on), hours, resting,
        contact and _next(*contact),
        last and _entry(*last),
        last_contact and date.fromisoformat(last_contact), usual_gap, moves, attempts, _on(promised), belongs_to,
        tuple(Odd(tuple(path), message) for path, message in odd),
    )  # fmt: skip


def _next(on: str, at: str | None, *rest: Any) -> Next:
    return Next(_on(on), None if at is None else time.fromisoformat(at), *rest)


def _entry(
    at: str, kind: str, text: str, reached: bool, person: str | None, left: str | None, to: str | None, how: Any,
    promised: str | None, planned: str | None, *rest: Any,
) -> Entry:  # fmt: skip
    return Entry(_at(at), kind, text, reached, person, _on(left), _on(to), how, _on(promised), _on(planned), *rest)


def _on(written: str | None) -> Any:
    if written is None:
        return None
    return Month.parse(written) if len(written) == 7 else date.fromisoformat(written)


def _at(written: str) -> date | datetime:
    return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written)


# Values of a person's own keys ----------------------------------------------------------------------------


def _kept(value: object) -> dict[str, str]:
    if isinstance(value, date | time):
        return {_SIGN: type(value).__name__, "": value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no value of a dossier")


_KINDS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
}  # fmt: skip


def _restored(value: dict[str, Any]) -> Any:
    return _KINDS[value[_SIGN]](value[""]) if value.keys() == {_SIGN, ""} else value


def escaped(text: str) -> str:
    """A text of any characters on one line that is not empty."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(lines: str) -> list[str]:
    """The texts that were escaped, of the lines that they stand in."""
    if "\\" not in lines:
        return lines.split("\n")
    return ["\\".join(part.replace("\\n", "\n") for part in line.split("\\\\")) for line in lines.split("\n")]
