"""What the file changes of a step mean for the dossiers: which were touched, and how each was and is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientfolder.binder.binder import CLIENTS, client_of
from clientfolder.binder.journal.journal import Step
from clientfolder.binder.journal.operations import ABSENT, FileChange, first_states, last_states, rename_of
from clientfolder.binder.toml import dossier_file
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import SLIP, Cover
from clientfolder.errors import Unreadable
from clientfolder.tuples import NamedTuple


class Effect(NamedTuple):
    """What became of one dossier: the Change, its cover afterwards (None: it is gone), and its old short name."""

    change: Change
    cover: Cover | None
    was: str | None


def is_dossier_path(path: str) -> bool:
    """Whether a path, relative to the folder, is that of a dossier or of a slip."""
    return path.startswith((f"{CLIENTS}/", SLIP))


def clients_of(changes: Sequence[FileChange]) -> list[str]:
    """The short names of the dossiers whose files are changed; a renamed one has two. Some come more than once."""
    paths = [path for change in changes for states in change.states() for path in states]
    return [client_of(path) for path in paths if is_dossier_path(path)]


def short_names(client: str, newest_first: Sequence[Step]) -> set[str]:
    """All short names that this dossier has had in these steps; it may have been renamed since."""
    names = {client}
    renames = [
        {client_of(path) for path in way}
        for step in newest_first
        for change in step.files
        if (way := rename_of(change)) and all(map(is_dossier_path, way))
    ]
    while more := [pair for pair in renames if not names.isdisjoint(pair) and not pair <= names]:
        names = names.union(*more)
    return names


def effects(step: Step, changes: Sequence[FileChange]) -> Iterator[Effect]:
    """What these changes of the step, or their inverses, make of each dossier: as it was first, and as it is last."""
    first, last = first_states(changes), last_states(changes)
    origin = {path: path for path in last}
    for change in changes:
        if way := rename_of(change):
            origin[way[1]] = origin.pop(way[0], way[0])
    named = {touched.client: touched.name for touched in step.clients}
    for path, came_from in origin.items():
        client_path = path if is_dossier_path(path) else came_from
        if not is_dossier_path(client_path) or first[came_from] == last[path] == ABSENT:
            continue
        old = _cover(came_from, first[came_from]) if is_dossier_path(came_from) else None
        new = _cover(path, last[path]) if is_dossier_path(path) else None
        client, cover = client_of(client_path), new or old
        name = cover.name if cover else named.get(client, client)
        was, is_now = (one.next if one else None for one in (old, new))
        other = client_of(came_from) if old and new and came_from != path else None
        yield Effect(Change(client, name, was, is_now, (), step.words), new, other)


def _cover(path: str, state: object) -> Cover | None:
    if not isinstance(state, bytes):
        return None
    try:
        return dossier_file.read(client_of(path), path, state).dossier.cover
    except Unreadable:
        return None
