"""What is out with a colleague: the records of `handed-over.toml`, and whose dossiers lie elsewhere until when."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

from clientfolder.binder import files
from clientfolder.binder.binder import HANDED_OVER
from clientfolder.binder.toml import parser
from clientfolder.errors import CannotReach, Unreadable
from clientfolder.tuples import NamedTuple

_TABLE = "handed"


class HandedOver(NamedTuple):
    """Some dossiers given to somebody for some days. `mark` is in the other folder too; `back`: when they came back."""

    mark: str
    first: date
    last: date
    who: str
    directory: str
    clients: tuple[str, ...]
    back: date | None = None

    def is_late(self, day: date) -> bool:
        """Whether they should have come back by that day, and have not."""
        return self.back is None and self.last < day

    @property
    def record(self) -> dict[str, Any]:
        """What the file says of it."""
        return {
            "mark": self.mark, "from": self.first, "to": self.last, "who": self.who, "dir": self.directory,
            "what": list(self.clients),
        }  # fmt: skip


def read(root: str) -> list[HandedOver]:
    """All that was ever handed over from a folder, in order; what cannot be read is left out."""
    try:
        return records(root)
    except (Unreadable, CannotReach):
        return []


def records(root: str) -> list[HandedOver]:
    """The same; raises Unreadable or CannotReach where the file cannot be read."""
    path = os.path.join(root, HANDED_OVER)
    try:
        data, _ = parser.parse(HANDED_OVER, parser.decode(HANDED_OVER, files.read(path, HANDED_OVER)))
    except FileNotFoundError:
        return []
    said = data.get(_TABLE)
    return [one for record in (said if isinstance(said, list) else ()) if (one := _read_one(record))]


def _read_one(record: Mapping[str, Any]) -> HandedOver | None:
    try:
        found = HandedOver(
            record["mark"], record["from"], record["to"], record["who"], record["dir"], tuple(record["what"]),
            record.get("back"),
        )  # fmt: skip
    except (KeyError, TypeError):
        return None
    days = all(type(day) is date for day in (found.first, found.last, found.back or found.first))
    texts = all(isinstance(text, str) for text in (found.mark, found.who, found.directory, *found.clients))
    return found if days and texts else None


def lent(root: str) -> dict[str, HandedOver]:
    """The dossiers that are out, each with to whom and until when."""
    return {client: one for one in read(root) if one.back is None for client in one.clients}


def with_record(text: str, record: HandedOver) -> str:
    """The text of the file with one more record."""
    from clientfolder.binder.toml import editor
    from clientfolder.dossier.changes import Append

    return editor.write(text, (Append(_TABLE, record.record),))


def with_return(text: str, mark: str, day: date) -> str:
    """The text of the file with the day on which the dossiers of a record came back; once is enough."""
    from clientfolder.binder.merge.blocks import Text, rewritten
    from clientfolder.dossier.changes import Put

    data, _ = parser.parse(HANDED_OVER, text)
    for number, record in enumerate(data.get(_TABLE, ())):
        if record.get("mark") == mark and "back" not in record:
            return rewritten(Text(text), {(_TABLE, number): [Put(("back",), day)]}, (), ())
    return text
