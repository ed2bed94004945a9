"""What two versions say differently: which of both stays, and the note in which the other one is kept."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from clientfolder.binder.toml import editor
from clientfolder.dossier.types import MERGED, Next
from clientfolder.tuples import NamedTuple

_NOTE = re.compile(rf"{MERGED}(.+?) was also (.*)", re.DOTALL)
NEXT, RESTING = "next", "resting"


class Conflict(NamedTuple):
    """A key that two versions have differently: `ours` is what stands now, `theirs` what the note keeps.

    `key` is that of the file as `cf set` takes it; both values are as the file has them, or as `next_words` says.
    """

    key: str
    ours: str
    theirs: str

    @property
    def note(self) -> str:
        """The text of the entry in the log; it is also the mark that this was told."""
        return f"{MERGED}{self.key} was also {self.theirs}"


def noted(text: str) -> tuple[str, str] | None:
    """The key and the other value that such a note keeps; None for any other text."""
    found = _NOTE.fullmatch(text)
    return (found[1], found[2]) if found else None


def words(value: Any) -> str:
    """A value as a note has it: a text as it is, anything else as TOML has it."""
    if value is None:
        return "nothing"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, str) else editor.rendered(value)


def label(path: tuple[str, ...]) -> str:
    """A key as `cf set` takes it; what stands on the card needs no table before it."""
    return editor.key_text(path[1:] if path[0] == "card" and len(path) > 1 else path)


def next_words(contact: Next | None) -> str:
    """A next contact on one line: `2026-07-24 14:30!, mail, with marek, about the revised quote, room 12`."""
    if contact is None:
        return "nothing"
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    parts = [f"{contact.on}{clock}{'!' if contact.agreed else ''}"]
    parts += [contact.kind] if contact.kind != "call" else []
    parts += [f"with {contact.person}"] if contact.person else []
    parts += [f"about {contact.about}"] if contact.about else []
    # A key of one's own is kept too: nothing that one side said may be gone.
    parts += [f"{key} {words(value)}" for key, value in contact.more.items()]
    return ", ".join(parts)
