"""Dossiers that were set aside: the day on which that was, and whether somebody has gone on writing elsewhere."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from clientfolder.binder import cache, files
from clientfolder.binder.binder import PRIVATE, REMOVED, Binder
from clientfolder.dates.calendar import last_day
from clientfolder.dossier.changes import Put
from clientfolder.dossier.types import Dossier
from clientfolder.errors import CannotReach, Refused, Unreadable
from clientfolder.tuples import NamedTuple

DAY, FROM = "removed", "removed_from"


def marked(client: str, raw: bytes, on: date) -> bytes:
    """The bytes of a dossier with the day on which it is set aside, and the date at which it lay.

    One that cannot be read, or cannot be changed safely, is set aside as it is.
    """
    from clientfolder.binder.toml import dossier_file

    try:
        sheet = dossier_file.read(client, client, raw)
        contact = sheet.dossier.next
        lay = (Put((FROM,), contact.on if isinstance(contact.on, date) else str(contact.on)),) if contact else ()
        return dossier_file.revised(sheet, (Put((DAY,), on), *lay), client).raw
    except (Unreadable, Refused):
        return raw


class WrittenSince(NamedTuple):
    """A dossier in `removed/` that has an entry, or a date, younger than its removal; `what` tells which."""

    file: str
    name: str
    what: str


def written_since(binder: Binder) -> list[WrittenSince]:
    """All of them, by file. Whoever has looked once need not read them again until one changes."""
    try:
        with os.scandir(binder.path(REMOVED)) as entries:
            there = sorted((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".toml"))
    except OSError:
        return []
    if not there:
        return []
    marks = "".join(f"{name} {of.st_size} {of.st_mtime_ns} {of.st_ctime_ns} {of.st_ino}\n" for name, of in there)
    head = f"clientfolder removed 1 {zlib.crc32(marks.encode('utf-8', 'surrogateescape')):08x}"
    path = binder.path(PRIVATE, "removed")
    kept = _kept(path, head)
    if kept is None:
        kept = [found for name, _ in there if (found := _look(binder, f"{REMOVED}/{name}"))]
        lines = ["\t".join(" ".join(part.split()) for part in one) for one in kept]
        cache.write(path, "\n".join([head, *lines]).encode("utf-8", "surrogateescape"), binder.make_private)
    return kept


def _kept(path: str, head: str) -> list[WrittenSince] | None:
    """What was found when the files were as they are; None where they have changed."""
    first, *lines = (cache.read(path) or b"").decode("utf-8", "surrogateescape").split("\n")
    if first != head:
        return None
    parts = [line.split("\t") for line in lines]
    return [WrittenSince(*part) for part in parts] if all(len(part) == 3 for part in parts) else None


def _look(binder: Binder, file: str) -> WrittenSince | None:
    # Here and not above: where nothing has changed, the desk waits for none of it.
    from clientfolder.binder.toml import dossier_file

    try:
        sheet = dossier_file.read(file, file, files.read(binder.path(file), file))
    except (FileNotFoundError, Unreadable, CannotReach):
        return None
    on = sheet.data.get(DAY)
    what = next(_younger(sheet.dossier, on, str(sheet.data.get(FROM))), None) if type(on) is date else None
    return WrittenSince(file, sheet.dossier.name, what) if what else None


def _younger(dossier: Dossier, on: Any, lay_at: str) -> Iterator[str]:
    """What in a dossier is younger than the day of its removal; the date at which it lay then is not."""
    latest = max((entry.day for entry in dossier.log), default=on)
    if latest > on:
        yield f"an entry of {latest}"
    if dossier.next and last_day(dossier.next.on) > on and str(dossier.next.on) != lay_at:
        yield f"a date, {dossier.next.on}"
