"""A folder is packed into one archive, which is read back before it gets its name."""

from __future__ import annotations

import contextlib
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from clientfolder import settings
from clientfolder.binder import files
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal import atomic, renames
from clientfolder.binder.journal.lock import NoLocks
from clientfolder.binder.journal.transactions import Transactions
from clientfolder.errors import CannotReach, Interrupted, Refused, Trouble, Warned
from clientfolder.exchange.backup import archive
from clientfolder.exchange.backup.archive import Inventory, Member, members
from clientfolder.exchange.backup.collect import Collected, member_of, others, records, unfit, untaken


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was made: what it holds, what it does not, and how large it is."""

    inventory: Inventory
    missing: tuple[Warned, ...]
    warnings: tuple[Warned, ...]
    size: int


def backup(binder: Binder, target: str, label: str) -> Packed:
    """Pack the folder into a new file, for its owner alone; `label` is its name in messages.

    Raises Refused where one of that name is there or the folder is too large, CannotReach where it cannot be written
    or read back; then nothing is left.
    """
    placed = atomic.Writer(os.path.dirname(target))

    def place(beside: str) -> None:
        _place(beside, target, label)
        placed.flush(placed.root, label)

    try:
        packed = atomic.made_atomically(target, lambda beside: _make(binder, beside), place, _take_away)
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=label) from None
    return replace(packed, warnings=(*packed.warnings, *placed.warnings))


def send(binder: Binder, handle: int, label: str) -> Packed:
    """Pack the folder into an open file or pipe, from which nothing can be read back; `label` is its name in messages.

    Raises Refused where the folder is too large, CannotReach where it cannot be written; then a part of the archive
    may have gone out, which its reader finds to be cut off.
    """
    try:
        return _pack(binder, handle)[1]
    except KeyboardInterrupt:
        raise Interrupted(f"Interrupted; the archive on {label} is cut off") from None
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=label) from None


def _take_away(beside: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(beside)


def _make(binder: Binder, path: str) -> Packed:
    """The archive on the disk, read back. Raises OSError and CannotReach."""
    found, packed = atomic.put_flushed(path, lambda handle: _pack(binder, handle))
    _read_back(path, found)
    return packed


def _read_back(path: str, found: Collected) -> None:
    """A backup that cannot be read is none. Raises OSError and CannotReach."""
    try:
        with open(path, "rb") as file:
            same = [entry.member for entry in members(file)] == [member for member, _ in found.members]
    except Trouble as trouble:
        raise CannotReach(f"No backup was made, for it could not be read back: {trouble.message}") from None
    if not same:
        raise CannotReach("No backup was made, for it was read back as something else")


def _place(beside: str, target: str, label: str) -> None:
    """Give the file its name, and never take another's."""
    try:
        renames.put_where_none_is(beside, target)
    except FileExistsError:
        raise Refused("A file of that name is there already", file=label) from None


# Packing ----------------------------------------------------------------------------------------------


class _Sink:
    """Compresses what tarfile writes into an open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.size = 0
        # Nobody else can write meanwhile, so quick before small. 31 is the form of gzip, without a name or a time in
        # it: the same folder makes the same bytes.
        self._gzip = zlib.compressobj(1, wbits=31)

    def write(self, data: bytes) -> None:
        self._put(self._gzip.compress(data))

    def end(self) -> None:
        self._put(self._gzip.flush())

    def tell(self) -> int:
        return 0

    def _put(self, packed: bytes) -> None:
        atomic.write_all(self._handle, packed)
        self.size += len(packed)


class _Content:
    """What an open file holds, as many bytes of it as were announced; NUL for what cannot be read of it any more."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.is_whole = True

    def read(self, count: int = 0, /) -> bytes:
        data = b""
        with contextlib.suppress(OSError):
            while self.is_whole and len(data) < count and (piece := os.read(self._handle, count - len(data))):
                data += piece
        self.is_whole = len(data) == count
        return data.ljust(count, b"\0")


def _pack(binder: Binder, handle: int) -> tuple[Collected, Packed]:
    """Write the archive; what was taken, and what could not be. Raises OSError where it cannot be written.

    The folder is held still while the records are read. Papers and all that is large come after, when others may
    write again: they would wait in vain for gigabytes.
    """
    sink = _Sink(handle)
    with archive.written(sink) as tar:
        with contextlib.ExitStack() as held:
            warnings = _held_still(binder, held)
            first = records(binder.root)
            small = [(member, path) for member, path in first.members if member.size <= files.MOST_BYTES]
            missing = list(first.missing)
            taken = _pack_all(tar, small, missing, binder.progress)
        if not any(member.path == settings.FILE for member, _ in taken):
            raise CannotReach("Cannot be read, and without it there is no folder", file=settings.FILE)
        rest = others(binder.root, first)
        missing += rest.missing
        large = [(member, path) for member, path in first.members if member.size > files.MOST_BYTES]
        taken += _pack_all(tar, [*large, *rest.members], missing, binder.progress)
    sink.end()
    found = Collected(tuple(taken), tuple(missing))
    return found, Packed(found.inventory, found.missing, tuple(warnings), sink.size)


def _held_still(binder: Binder, held: contextlib.ExitStack) -> list[Warned]:
    """Hold the folder's write lock until `held` ends; and what there is to tell. A disk without locks goes without."""
    try:
        return held.enter_context(Transactions(binder).locked()).warnings
    except NoLocks:
        message = "The folder cannot be locked on this disk; if another cf wrote just now, make the backup again"
        return [Warned("io", message)]


def _pack_all(
    tar: tarfile.TarFile, there: Iterable[tuple[Member, str]], missing: list[Warned],
    progress: Callable[[str, int], None],
) -> list[tuple[Member, str]]:  # fmt: skip
    """Write these entries; those that were taken."""
    taken = []
    for number, (member, path) in enumerate(there, 1):
        progress("files packed", number)
        if member.is_dir:
            tar.addfile(archive.header(member))
            taken.append((member, path))
        elif packed := _pack_file(tar, member, path, missing):
            taken.append((packed, path))
        archive.forget_members(tar)
    return taken


def _pack_file(tar: tarfile.TarFile, member: Member, path: str, missing: list[Warned]) -> Member | None:
    """Write one file as it is now; None where it cannot be had."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        missing.append(untaken(member.name, files.reason(error)))
        return None
    try:
        before = os.fstat(handle)
        if why := unfit(before):
            missing.append(untaken(member.name, why))
            return None
        member = member_of(member.name, before)
        content = _Content(handle)
        tar.addfile(archive.header(member), content)
        if not content.is_whole:
            missing.append(untaken(member.name, "not all of it could be read", there="not whole in the backup"))
        elif not _is_same(before, os.fstat(handle)):
            missing.append(untaken(member.name, "it was changed while it was read", there="not whole in the backup"))
        return member
    finally:
        os.close(handle)


def _is_same(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
