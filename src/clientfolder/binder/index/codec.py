"""A cover in one line of text, and back: what the index keeps of a dossier. The types of its fields say how."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from clientfolder.dates.calendar import Month
from clientfolder.dossier import schema
from clientfolder.dossier.concerns import moment
from clientfolder.dossier.types import SENT_BY, Cover, Entry, Next, Odd, Person
from clientfolder.tuples import NamedTuple

_SIGN, _SIGNED = "@", b'"@"'


def encode(cover: Cover) -> bytes | None:
    """A cover as one line of JSON; None where some value of the file cannot be kept so."""
    try:
        own = _parts(cover, _FORMS[Cover])[len(_BESIDE) :]
        line = json.dumps(own, default=_kept, ensure_ascii=False, separators=(",", ":")).encode()
        # Where values of any kind are in it, one look more.
        is_same = not (_has_more(cover) or _SIGNED in line) or repr(decode(cover.client, cover.name, line)) == repr(
            cover
        )
    except (KeyError, TypeError, ValueError):
        return None
    return line if is_same else None


def _has_more(cover: Cover) -> bool:
    """Whether it holds values of any kind, of which this keeps most but not all."""
    return bool(cover.records) or any(
        held is not None and held.more for held in (cover.next, cover.last, *cover.people.values())
    )


def decode(client: str, name: str, line: bytes) -> Cover:
    """The cover of a line. Raises ValueError or TypeError for what `encode` has not made."""
    parts = json.loads(line, object_hook=_restored if _SIGNED in line else None)
    return Cover(*_values([client, name, *parts], _FORMS[Cover]))


def has_records(line: bytes) -> bool:
    """Whether a line keeps anything of records, which stand last in it."""
    return not line.endswith(b",{}]")


def records_of(lines: Sequence[bytes]) -> list[Any]:
    """What lines keep of records, without the covers: parsed in one go, a tenth of the time that the covers take.

    Each is a mapping by tables at the end of its line; in no text of a line does a quote stand without a backslash.
    """
    begin = [max(line.rfind(table) for table in _TABLES) for line in lines]
    if -1 in begin:
        raise ValueError("no records")
    found = json.loads(b"[%s]" % b",".join(line[at + 1 : -1] for line, at in zip(lines, begin, strict=True)))
    return list(found)


# How a mapping by tables begins behind another value.
_TABLES = [b',{"%s":' % table.encode() for table in (*schema.TABLES, SENT_BY) if table]


# What is kept beside the lines.
_BESIDE = ("client", "name")


class _Form(NamedTuple):
    """How the values of a class are written and read again: the places of those that JSON does not have."""

    fields: int
    writers: tuple[tuple[int, Callable[[Any], Any]], ...]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]


def _parts(value: Sequence[Any], form: _Form) -> list[Any]:
    parts = list(value)
    for place, write in form.writers:
        if (part := parts[place]) is not None:
            parts[place] = write(part)
    return parts


def _values(parts: list[Any], form: _Form) -> list[Any]:
    if len(parts) != form.fields:
        raise ValueError(f"{len(parts)} values instead of {form.fields}")
    for place, read in form.readers:
        if (part := parts[place]) is not None:
            parts[place] = read(part)
    return parts


def _on(written: str) -> Any:
    return Month.parse(written) if len(written) == 7 else date.fromisoformat(written)


def _iso(value: date | time) -> str:
    return value.isoformat()


def _form_of(kind: type) -> _Form:
    found = []
    types = schema.types_of(kind)
    for place, names in enumerate(types.values()):
        named = tuple(name for name in names if name != "None")
        if named[0] not in _SAME:
            found.append((place, *_BY_TYPE[named]))
    return _Form(
        len(types), tuple((place, write) for place, write, _ in found), tuple((place, read) for place, _, read in found)
    )


# Those that are in JSON what they are here.
_SAME = {"str", "bool", "int", "How", "Rating", "Values", "Answers"}
_BY_TYPE: dict[tuple[str, ...], tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    ("date",): (_iso, date.fromisoformat),
    ("time",): (_iso, time.fromisoformat),
    ("date", "Month"): (str, _on),
    ("date", "datetime"): (_iso, moment),
    ("tuple[str, ...]",): (list, tuple),
    ("tuple[str | int, ...]",): (list, tuple),
}
_FORMS: dict[type, _Form] = {}


def _add(kind: Any) -> None:
    """Make the form of a class, and of the fields that hold one, two or many of it."""
    form = _FORMS[kind] = _form_of(kind)

    def write(value: Sequence[Any]) -> list[Any]:
        return _parts(value, form)

    def read(parts: list[Any]) -> Any:
        return kind(*_values(parts, form))

    name = kind.__name__
    _BY_TYPE[name,] = write, read
    _BY_TYPE[f"tuple[{name}, ...]",] = (
        lambda values: [write(value) for value in values],
        lambda values: tuple(read(parts) for parts in values),
    )
    _BY_TYPE[f"Mapping[str, {name}]",] = (
        lambda values: {key: write(value) for key, value in values.items()},
        lambda values: {key: read(parts) for key, parts in values.items()},
    )


for _kind in (Next, Entry, Person, Odd, Cover):
    _add(_kind)


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
