"""What was merged and could not be decided: the notes that tell of it, until a contact with that client is logged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from clientfolder.binder.binder import Binder
from clientfolder.binder.merge.conflict import NEXT, label, next_words, noted, words
from clientfolder.binder.merge.values import leaves
from clientfolder.dossier.types import MERGED, Dossier
from clientfolder.errors import Trouble
from clientfolder.tuples import NamedTuple


class Unsettled(NamedTuple):
    """A key of a client that two versions had differently: what stands now, and what the note keeps."""

    client: str
    key: str
    ours: str
    theirs: str


def of_dossiers(binder: Binder) -> Iterator[Unsettled]:
    """All of them, by short name; what was settled the other way since is none."""
    for dossier in sorted(binder.dossiers(lambda raw: MERGED.encode() in raw)[0], key=lambda one: one.client):
        yield from of_dossier(binder, dossier)


def of_dossier(binder: Binder, dossier: Dossier) -> Iterator[Unsettled]:
    since = takewhile(lambda entry: not entry.is_contact, dossier.newest_first())
    found = [said for entry in since if entry.is_merge_note and (said := noted(entry.text))]
    try:
        data = binder.read(dossier.client).data if found else {}
    except Trouble:
        return
    now = {label(path): words(value) for path, value in leaves(data).items()} | {NEXT: next_words(dossier.next)}
    for key, theirs in reversed(found):
        ours = now.get(key, "")
        if ours != theirs:
            yield Unsettled(dossier.client, key, ours, theirs)
