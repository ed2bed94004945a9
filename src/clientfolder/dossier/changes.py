"""An act as a value: which lines of a dossier it sets, takes out and adds, and the words that tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientfolder.dossier import schema
from clientfolder.dossier.types import Entry, Next, Proposal
from clientfolder.tuples import NamedTuple


class Put(NamedTuple):
    """One value of the dossier set; the path leads from the top, as in `("next", "on")`, or `("log", 3, "remedied")`
    into a record, counted from 0."""

    path: tuple[str | int, ...]
    value: Any


class Drop(NamedTuple):
    """One value or table of the dossier taken out; nothing happens where there is none."""

    path: tuple[str | int, ...]


class Append(NamedTuple):
    """One record more at the end, as in `[[log]]`."""

    table: str
    record: Mapping[str, Any]


Edit = Put | Drop | Append


class Change(NamedTuple):
    """What an act does to one dossier. `words` tell it, in history as on the screen.

    `proposal` tells how the new date was come by, where it was computed.
    """

    client: str
    name: str
    before: Next | None
    after: Next | None
    edits: tuple[Edit, ...]
    words: str
    proposal: Proposal | None = None


def next_record(contact: Next) -> dict[str, Any]:
    """The keys of `[next]` in the order of the file; what is empty is left out."""
    return schema.record("next", contact)


NEXT_KEYS = schema.TABLES["next"].names


def as_written(contact: Next) -> dict[str, Any]:
    """The keys of `[next]` as the file has them, the odd values among them."""
    odd = {key: value for key, value in contact.more.items() if key in NEXT_KEYS}
    return {**next_record(contact), **odd}


def without(contact: Next, *keys: str) -> Next:
    """The contact without what was odd under these keys: an act sets them, or takes them away."""
    return contact._replace(more={key: value for key, value in contact.more.items() if key not in keys})


def entry_record(entry: Entry) -> dict[str, Any]:
    """The keys of a `[[log]]` block in the order of the file."""
    return schema.record("log", entry)
