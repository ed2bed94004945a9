"""The folder that a colleague gets: dossiers without what is private, all that goes with them, and `base/` as given."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clientfolder import settings
from clientfolder.binder import files, leftovers, papers
from clientfolder.binder.binder import CLIENTS, Binder, file_of
from clientfolder.binder.forms import FORMS
from clientfolder.binder.handed_over import HandedOver
from clientfolder.binder.journal import atomic, renames
from clientfolder.binder.toml import editor, parser
from clientfolder.dossier.changes import Put
from clientfolder.errors import CannotReach, Refused, Trouble
from clientfolder.exchange.handover.stripped import stripped

FILE, BASE = "handover.toml", "base"


def contents(binder: Binder, clients: Sequence[str], without: Sequence[str], over: HandedOver) -> dict[str, bytes]:
    """The files that are given, by their paths in a folder. Raises Unreadable, Refused, NoClient or CannotReach."""
    found = {file_of(client): stripped(file_of(client), binder.raw(client), without) for client in clients}
    for name in _names(binder, FORMS):
        if name.endswith(".toml") and not name.startswith("."):
            found[f"{FORMS}/{name}"] = files.read(binder.path(FORMS, name), f"{FORMS}/{name}")
    try:
        raw = files.read(binder.path(settings.FILE), settings.FILE)
    except FileNotFoundError:
        raise CannotReach("The settings are gone", file=settings.FILE) from None
    found[settings.FILE] = _settings(raw, over)
    return found


def _names(binder: Binder, directory: str) -> list[str]:
    try:
        return sorted(os.listdir(binder.path(directory)))
    except OSError:
        return []


def _settings(raw: bytes, over: HandedOver) -> bytes:
    """The settings, in which the days of the handover are no days off: who has the dossiers then works."""
    try:
        text = parser.decode(settings.FILE, raw)
        data, _ = parser.parse(settings.FILE, text)
    except Trouble:
        return raw
    off = data.get("days_off")
    kept = [day for day in off if not _lies_in(day, over)] if isinstance(off, list) else off
    return raw if kept == off else editor.write(text, (Put(("days_off",), kept),)).encode()


def _lies_in(day: Any, over: HandedOver) -> bool:
    return str(over.first) <= str(day) <= str(over.last)


def mark(over: HandedOver, root: str, given: Mapping[str, bytes], at: str) -> str:
    """What tells this handover from any other; the same command at the same moment has the same."""
    whole = hashlib.sha256(repr((over, root, at, sorted(given.items()))).encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:16]


def card(over: HandedOver, given: Mapping[str, bytes], of_papers: Sequence[str] = ()) -> bytes:
    """What `handover.toml` says: the record, and which files and papers were given."""
    record = {key: value for key, value in over.record.items() if key != "dir"}
    record |= {"given": sorted(given), "papers": [*of_papers]}
    lines = [f"{key} = {editor.rendered(value)}" for key, value in record.items()]
    head = "# Dossiers for some days. Work in this folder as in any; then it is taken back: cf handover --back"
    return "\n".join([head, *lines, ""]).encode()


def make(binder: Binder, target: str, over: HandedOver, given: Mapping[str, bytes], *, with_papers: bool) -> None:
    """Make the folder beside its place and put it there, whole or not at all. Raises Refused or CannotReach."""
    above = os.path.dirname(target)
    made = files.missing(above)
    beside = leftovers.temporary_name(target)
    try:
        files.make_directory(os.path.join(beside, CLIENTS))
        of_papers = [file for client in over.clients if with_papers for file in _copied_papers(binder, beside, client)]
        as_given = {f"{BASE}/{file}": raw for file, raw in given.items()}
        _fill(beside, {FILE: card(over, given, of_papers), **given, **as_given})
        renames.put_where_none_is(beside, target)
    except (Trouble, OSError) as error:
        shutil.rmtree(beside, ignore_errors=True)
        for directory in made:
            if os.path.isdir(directory) and not os.listdir(directory):
                os.rmdir(directory)
        if isinstance(error, FileExistsError):
            raise Refused(f"{target} is there already") from None
        if isinstance(error, OSError):
            raise CannotReach(f"Cannot make {target}: {files.reason(error)}") from None
        raise


def _fill(root: str, contents: Mapping[str, bytes]) -> None:
    writer = atomic.Writer(root)
    for file, raw in contents.items():
        files.make_directory(os.path.dirname(os.path.join(root, file)))
        writer.create(file, raw)


def _copied_papers(binder: Binder, root: str, client: str) -> Iterator[str]:
    """Copy a client's papers; where each lies."""
    for paper in papers.listed(binder.root, client):
        file = f"{papers.place_of(client)}/{paper.name}"
        files.make_directory(os.path.dirname(os.path.join(root, file)))
        shutil.copyfile(papers.path_of(binder.root, client, paper.name), os.path.join(root, file))
        os.chmod(os.path.join(root, file), 0o600)
        yield file
