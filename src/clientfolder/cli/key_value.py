"""`KEY=VALUE` on a command line: which line of a dossier it means, and what it should hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NoReturn

from clientfolder.binder.index.lookup import person_key
from clientfolder.dates import availability, rhythm
from clientfolder.dates.calendar import WEEKDAYS
from clientfolder.dossier import schema
from clientfolder.dossier.changes import Drop, Edit, Put
from clientfolder.dossier.types import Cover, Dossier
from clientfolder.errors import Mistyped, Misused, Refused
from clientfolder.tuples import NamedTuple

_ASSIGNMENT = re.compile(r"([^\W\d][\w-]*?(?:\.[\w-]+?)*?)([+-]?)=(.*)", re.DOTALL)
_SET = "cf set"
ROOT_KEYS = tuple(row.name for row in schema.TABLES[""].rows if row.changed_by == _SET)
# What stands on most cards.
USUAL_KEYS = ("phone", "email", "address", "web", "birthday", "role")
_IN_NEXT = tuple(row.name for row in schema.TABLES["next"].rows if row.changed_by == _SET)


def own_command(key: str) -> str | None:
    """The command that changes what `set` does not: a key above the tables, or a table."""
    if (row := schema.key("", key)) is not None:
        return None if row.changed_by == _SET else row.changed_by
    table = schema.TABLES.get(key)
    return None if table is None or table.changed_by == _SET else table.changed_by


class Assignment(NamedTuple):
    """One `KEY=VALUE`; `sign` is `+` or `-` where a tag is added or taken away."""

    key: str
    sign: str
    value: str

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in the dossier; a key that is not ours goes to the card."""
        parts = tuple(self.key.split("."))
        if len(parts) == 1:
            return parts if self.key in ROOT_KEYS else ("card", self.key)
        return parts


def split(words: Sequence[str]) -> tuple[list[str], list[Assignment]]:
    """The words before the first KEY=, and the assignments; a value runs on to the next KEY=."""
    before: list[str] = []
    found: list[Assignment] = []
    for word in words:
        if match := _ASSIGNMENT.fullmatch(word):
            found.append(Assignment(match[1], match[2], match[3]))
        elif found:
            last = found[-1]
            found[-1] = Assignment(last.key, last.sign, f"{last.value} {word}".strip())
        else:
            before.append(word)
    return before, found


def edits(
    assignments: Iterable[Assignment], cover: Cover | None, owner: Callable[[str], str] | None = None
) -> list[Edit]:
    """The edits that they mean on this dossier (None: a new one). Raises Misused or Refused.

    `owner` finds the short name of the client to whom a slip shall belong.
    """
    made: list[Edit] = []
    tags = list(cover.tags) if cover else []
    for assignment in assignments:
        value = assignment.value.strip()
        path = assignment.path
        _check(assignment, cover)
        if assignment.key == "client" and cover and cover.is_slip and owner:
            made.append(Put(("client",), owner(value)) if value else Drop(("client",)))
        elif assignment.key == "tags":
            tags = _tags(tags, assignment)
            made.append(Put(path, list(tags)) if tags else Drop(path))
        elif assignment.key == "not_on" and not assignment.sign:
            weekdays = _weekdays(value)
            made.append(Put(path, weekdays) if weekdays else Drop(path))
        elif assignment.sign:
            raise Misused(f"{assignment.sign}= is for tags: tags{assignment.sign}=vip")
        elif value and path == ("next", "with") and cover:
            made.append(Put(path, person_key(cover, value)))
        elif value:
            made.append(Put(path, _value(path, value)))
        else:
            made.append(Drop(path))
    return made


def _check(assignment: Assignment, cover: Cover | None) -> None:
    key, parts = assignment.key, assignment.path
    if parts == ("name",) and not assignment.value.strip():
        raise Refused("A dossier has a name; it cannot be taken away")
    if parts[0] == "next" and len(parts) == 2 and parts[1] in _IN_NEXT:
        if cover is None or cover.next is None or cover.resting is not None:
            raise Refused(
                "There is no next contact that this could be about; file it first: cf file CLIENT WHEN --about ..."
            )
        return
    for part in (key, parts[0]):
        if command := own_command(part):
            raise Misused(f"{part} has a command of its own: {command}")
    if parts[0] not in (*ROOT_KEYS, "card", "people", "next"):
        raise Misused(f"{key}: the tables of a dossier are card and people, as in people.petra.phone=...")
    if (parts[0] in ROOT_KEYS and len(parts) > 1) or (parts[0] == "card" and len(parts) != 2):
        raise Misused(f"{key} is no key of a dossier")
    if parts[0] == "people" and len(parts) != 3 and not (len(parts) == 2 and not assignment.value.strip()):
        typed = f"{key}{assignment.sign}={assignment.value}"
        named = f"people.{parts[1]}.name={assignment.value}" if len(parts) == 2 else typed
        raise Mistyped(f"{key}: say what of that person, as in people.petra.phone=...", typed, named)


def _tags(tags: list[str], assignment: Assignment) -> list[str]:
    named = [tag for tag in re.split(r"[,;\s]+", assignment.value) if tag]
    if assignment.sign == "+":
        return tags + [tag for tag in dict.fromkeys(named) if tag not in tags]
    if assignment.sign == "-":
        return [tag for tag in tags if tag not in named]
    return list(dict.fromkeys(named))


def _weekdays(value: str) -> list[str]:
    named = [day for day in re.split(r"[,;\s]+", value) if day]
    for day in named:
        if availability.weekday(day) is None:
            _refuse("not_on", day)
    return [WEEKDAYS[number][:3] for number in sorted(availability.weekdays(named))]


def _value(path: tuple[str, ...], value: str) -> Any:
    row = schema.key("", path[0]) if len(path) == 1 else None
    if row is None:
        return value
    if "date" in schema.types_of(Dossier)[row.attribute]:
        try:
            return date.fromisoformat(value) if len(value) == 10 else _refuse(row.name, value)
        except ValueError:
            return _refuse(row.name, value)
    if row.check and row.check(value) is not None:
        _refuse(row.name, value)
    return value


def _refuse(key: str, value: str) -> NoReturn:
    row = schema.key("", key)
    assert row
    assert row.refusal
    reason, example = row.refusal
    forms = f". All forms: {rhythm.FORMS} (cf help rhythms)" if key == "rhythm" else ""
    raise Refused(f'"{value}" {reason}. It would work like this: {key}={example}{forms}')
