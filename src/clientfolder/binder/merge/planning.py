"""Merges as planned writes: what becomes of which file of the folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from clientfolder import settings
from clientfolder.binder import files, leftovers, papers
from clientfolder.binder import names as short_names
from clientfolder.binder.binder import CLIENTS, SLIPS, Binder, client_of, file_of, stem_of
from clientfolder.binder.forms import FORMS
from clientfolder.binder.index.index import Contents
from clientfolder.binder.journal.operations import Created, FileChange, Moved, Replaced
from clientfolder.binder.journal.transactions import PlannedWrite, Transactions
from clientfolder.binder.merge import values
from clientfolder.binder.merge.conflict import Conflict
from clientfolder.binder.merge.merge import merge
from clientfolder.binder.toml import dossier_file, parser
from clientfolder.binder.toml.dossier_file import DossierFile
from clientfolder.dossier.changes import Change, Drop, Edit, Put
from clientfolder.dossier.types import Dossier, is_slip
from clientfolder.errors import CannotReach, Unreadable
from clientfolder.text import comparable, counted
from clientfolder.tuples import NamedTuple

SENT_BY = "sent_by"


class MergedWrite(NamedTuple):
    """What is written of a merge: the dossier itself, what goes along with it, and what both had differently.

    `of`: the short name, or of what is no dossier the file.
    """

    write: PlannedWrite
    also: tuple[PlannedWrite, ...]
    conflicts: tuple[Conflict, ...]
    of: str


def rewritten(binder: Binder, file: str, made: Callable[[str], str], words: str) -> list[PlannedWrite]:
    """A text file that is no dossier with new text made of the old; nothing where that is the same."""
    try:
        raw: bytes | None = files.read(binder.path(file), file)
    except FileNotFoundError:
        raw = None
    old = (raw or b"").decode("utf-8", "surrogateescape")
    new = made(old).encode("utf-8", "surrogateescape")
    if new == (raw or b""):
        return []
    change: FileChange = Created(file, new) if raw is None else Replaced(file, raw, new)
    return [PlannedWrite.of_files(words, [change])]


# Copies that a sync program left ------------------------------------------------------------------------


def copies(binder: Binder, contents: Contents) -> dict[str, list[str]]:
    """The second versions of dossiers that lie beside them, by short name, each list the newest last.

    Raises CannotReach.
    """
    found: dict[str, list[str]] = {}
    for copy, of in contents.copies.items():
        found.setdefault(of, []).append(file_of(copy))
    known = {*binder.clients(), *binder.slips()}
    for directory in (CLIENTS, SLIPS):
        for name in _listed(binder, directory):
            original = leftovers.conflict_of(name)
            if original and (client := client_of(f"{directory}/{original}")) in known:
                found.setdefault(client, []).append(f"{directory}/{name}")
    for of_one in found.values():
        of_one.sort(key=lambda file: (_changed_at(binder, file), file))
    return dict(sorted(found.items()))


def copies_of_others(binder: Binder) -> dict[str, list[str]]:
    """The same of the settings and of forms, by file. Raises CannotReach."""
    found: dict[str, list[str]] = {}
    for directory in ("", FORMS):
        names = _listed(binder, directory)
        for original in names if directory else [settings.FILE]:
            versions = [os.path.join(directory, name) for name in names if leftovers.version_of(name, original)]
            versions = [file for file in versions if directory or _are_settings(binder, file)]
            if original in names and original.endswith(".toml") and versions:
                found[os.path.join(directory, original)] = sorted(
                    versions, key=lambda file: (_changed_at(binder, file), file)
                )
    return found


def _are_settings(binder: Binder, file: str) -> bool:
    """Whether a file names a setting; one that cannot be read may, and is told of where it is to be merged."""
    try:
        data, _ = parser.parse(file, parser.decode(file, files.read(binder.path(file), file)))
    except (FileNotFoundError, CannotReach, Unreadable):
        return True
    return any(setting.name in data for setting in settings.TABLE)


def _listed(binder: Binder, directory: str) -> list[str]:
    try:
        return sorted(os.listdir(binder.path(directory)))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotReach(f"Cannot be listed: {files.reason(error)}", file=directory) from None


def _changed_at(binder: Binder, file: str) -> int:
    try:
        return os.stat(binder.path(file)).st_mtime_ns
    except OSError:
        return 0


def with_copies(
    transactions: Transactions, client: str, found: Sequence[str], at: date | datetime, taken: set[str]
) -> MergedWrite:
    """A dossier with its copies merged into it, one after the other, and these set aside. `taken`: names given away.

    Raises Unreadable, Refused or CannotReach, as for the first that cannot be merged.
    """
    old = transactions.binder.raw(client)
    now, aside, conflicts = _taken_in(transactions, file_of(client), old, found, at, taken)
    before = dossier_file.read(client, file_of(client), old).dossier.cover
    return MergedWrite(written(client, old, now, before.next, _words(found, before.name), aside), (), conflicts, client)


def others_with_copies(
    transactions: Transactions, file: str, found: Sequence[str], at: date | datetime, taken: set[str]
) -> MergedWrite:
    """The same of the settings or a form; what both have otherwise is kept in remarks."""
    try:
        old = files.read(transactions.binder.path(file), file)
    except FileNotFoundError:
        raise CannotReach("It has gone meanwhile", file=file) from None
    now, aside, conflicts = _taken_in(transactions, file, old, found, at, taken)
    changes = [*([Replaced(file, old, now)] if now != old else []), *aside]
    return MergedWrite(PlannedWrite.of_files(_words(found, file), changes), (), conflicts, file)


def _words(found: Sequence[str], into: str) -> str:
    return f"Merged {counted(len(found), 'copy')} into {into}".replace("copys", "copies")


def _taken_in(
    transactions: Transactions, file: str, old: bytes, found: Sequence[str], at: date | datetime, taken: set[str]
) -> tuple[bytes, list[FileChange], tuple[Conflict, ...]]:
    """What a file says with its copies merged into it, these set aside, and what they had otherwise."""
    conflicts: list[Conflict] = []
    aside: list[FileChange] = []
    stem = os.path.splitext(os.path.basename(file))[0]
    for copy in found:
        try:
            raw = files.read(transactions.binder.path(copy), copy)
        except FileNotFoundError:
            raise CannotReach("The copy has gone meanwhile", file=copy) from None
        merged = merge(copy, None, old, raw, values.rules_for(file), at)
        old = merged.content
        conflicts += merged.conflicts
        to = transactions.free_aside(f"{stem}-copy", taken)
        taken.add(to)
        aside.append(Moved(copy, to, raw))
    return old, aside, tuple(dict.fromkeys(conflicts))


def written(
    client: str, old: bytes, new: bytes, before: Any, words: str, also: Sequence[FileChange] = ()
) -> PlannedWrite:
    file = file_of(client)
    cover = dossier_file.read(client, file, new).dossier.cover
    changes = [*([Replaced(file, old, new)] if new != old else []), *also]
    return PlannedWrite(Change(client, cover.name, before, cover.next, (), words), tuple(changes), cover)


# Two dossiers that are one client -----------------------------------------------------------------------


def two_in_one(transactions: Transactions, client: str, other: str, at: date | datetime, on: date) -> MergedWrite:
    """All of the other dossier taken into the first: entries and records united, its person kept among the people,
    its papers moved, slips and `sent_by` of others taken along, and itself set aside.

    Raises Unreadable, Refused, NoClient or CannotReach.
    """
    binder = transactions.binder
    here, there = binder.read(client), binder.read(other)
    words = f"Merged {there.dossier.name} into {here.dossier.name}"
    theirs = (
        dossier_file.revised(there, (Drop((SENT_BY,)),), file_of(other)).raw if _is_sender(there, client) else there.raw
    )
    merged = merge(file_of(client), None, here.raw, theirs, values.dossier_rules(), at)
    sheet = dossier_file.read(client, file_of(client), merged.content)
    edits = (*_as_person(sheet, there.dossier, other), *((Drop((SENT_BY,)),) if _is_sender(sheet, other) else ()))
    new = dossier_file.revised(sheet, edits, file_of(client)).raw if edits else merged.content
    change = Change(other, there.dossier.name, there.dossier.next, None, (), words)
    away, _ = transactions.remove(other, change, on)
    write = written(client, here.raw, new, here.dossier.next, words, _papers_moved(binder, client, other))
    return MergedWrite(write, (*_taken_along(transactions, client, other, words), away), merged.conflicts, client)


def _is_sender(sheet: DossierFile, client: str) -> bool:
    return sheet.data.get(SENT_BY) == client


def _as_person(sheet: DossierFile, there: Dossier, other: str) -> Iterator[Edit]:
    """Who was on the other card, under `people`, where the first card does not say just that."""
    card = sheet.data.get("card", {})
    reached = {key: there.card[key] for key in ("phone", "email") if key in there.card}
    is_known = comparable(there.name) == comparable(sheet.dossier.name)
    if is_known and all(card.get(key) == value for key, value in reached.items()):
        return
    people = sheet.data.get("people", {})
    key = short_names.free(short_names.short_name(other), {str(key).lower() for key in people})
    for name, value in {"name": there.name, **reached}.items():
        yield Put(("people", key, name), value)


def _papers_moved(binder: Binder, client: str, other: str) -> list[FileChange]:
    """The directory of the papers of the other, made that of the first, or put into it."""
    place, home = papers.place_of(other), papers.place_of(client)
    if not os.path.isdir(binder.path(place)) or os.path.islink(binder.path(place)):
        return []
    within = f"{home}/{stem_of(other)}"
    to = chain((home, within), (f"{within}-{number}" for number in count(2)))
    return [Moved(place, next(path for path in to if not os.path.lexists(binder.path(path))))]


def _taken_along(transactions: Transactions, client: str, other: str, words: str) -> Iterator[PlannedWrite]:
    """The slips of the other, and those whom it has sent."""
    binder = transactions.binder
    naming = f'"{other}"'.encode()
    for dossier in binder.dossiers(lambda raw: naming in raw)[0]:
        if dossier.client in (client, other):
            continue
        key = "client" if is_slip(dossier.client) else SENT_BY
        read = binder.read(dossier.client)
        if read.data.get(key) == other:
            yield transactions.revise(
                read, Change(dossier.client, dossier.name, dossier.next, dossier.next, (Put((key,), client),), words)
            )
