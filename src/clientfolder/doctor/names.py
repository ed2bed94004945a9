"""Names of files that collide on other systems, or that this program would not have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientfolder.binder import names
from clientfolder.binder.binder import file_of, stem_of
from clientfolder.doctor.finding import Finding, Folder
from clientfolder.doctor.repair import Repair, by_hand
from clientfolder.dossier.types import Cover


def findings(folder: Folder, covers: Iterable[Cover], repair: Repair) -> Iterator[Finding]:
    """Each file once: as the twin of another, or else for its own name."""
    by_client = {cover.client: cover for cover in covers}
    files = (*folder.binder.clients(), *folder.binder.slips())
    pairs = twins(client for client in files if client not in folder.contents.copies)
    for kept, other in pairs:
        message = f"On other systems this is the same file as {file_of(kept)}, and one of the two would be lost"
        cover = by_client.get(other)
        mend = repair.rename(cover) if cover else by_hand("give the file a short name of its own")
        yield Finding("twin_file", other, file_of(other), None, message, mend)
    others = {other for _, other in pairs}
    for client, cover in by_client.items():
        if client not in others and not _is_short_name(cover):
            yield Finding("file_name", client, file_of(client), None, _why_odd(client), repair.rename(cover))


def _is_short_name(cover: Cover) -> bool:
    stem = stem_of(cover.client)
    return names.is_name_of_slip(stem) if cover.is_slip else names.is_short_name(stem)


def _why_odd(client: str) -> str:
    if not names.is_portable(stem_of(client)):
        return "Other systems cannot hold a file of this name"
    if names.is_phrase(client):
        return "The file has the name of an insert or of a date, and not a short name"
    return "The file's name is no short name, which has small letters a to z, digits and - alone"


def twins(clients: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of short names that are one name where case, or how an accent is written, does not count.

    The first of a pair is the one to keep: the plainest.
    """
    same: dict[str, list[str]] = {}
    for client in clients:
        same.setdefault(names.same(client), []).append(client)
    groups = [
        sorted(group, key=lambda client: (client != client.lower(), len(client), client)) for group in same.values()
    ]
    return [(group[0], other) for group in groups for other in group[1:]]
