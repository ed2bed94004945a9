"""The sheet of a dossier: all that `cf show` tells of it, as one value of which the page and the JSON are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.dossier.types import Cover, Dossier, Values
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.dossier.forms import Form


class PaperFile(NamedTuple):
    """One paper: its name below the client's own directory, its size in bytes, when it was changed (seconds)."""

    name: str
    bytes: int
    modified: float


class FoundLine(NamedTuple):
    """Something that was looked for: of whom, the words in which it stands, and of an entry the day."""

    name: str
    text: str
    on: date | None = None


class DossierSheet(NamedTuple):
    """A dossier with what lies beside it. `day` is today, and `cover` what the dossier says as of that day.

    `file` is relative to the folder, and `data` all that it says. `slips`: the open ones of the client, by their days.
    `papers`: the newest first. `forms`: those that the entries name, as far as they are known, by their names. `lent`:
    with whom it is, in words, while it was handed over. `money`: what is told of deals and payments, with its labels.
    `sender`: the name of the client who sent this one, and `sent`: those of whom this one has sent.
    """

    day: date
    cover: Cover
    dossier: Dossier
    file: str
    data: Values
    slips: Sequence[Cover] = ()
    papers: Sequence[PaperFile] = ()
    forms: Mapping[str, Form] = {}
    lent: str | None = None
    money: Sequence[tuple[str, str]] = ()
    sent: Sequence[str] = ()
    sender: str | None = None

    @property
    def spoken(self) -> DossierSheet:
        """The sheet without its moves: what was said is wanted more, and how often it was put off stands above."""
        log = tuple(entry for entry in self.dossier.log if entry.kind != "moved")
        return self._replace(dossier=self.dossier._replace(log=log))
