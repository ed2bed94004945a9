"""A folder is packed into one archive, which is read back before it gets its name."""

from __future__ import annotations

import contextlib
import os
import zlib
from dataclasses import dataclass, field

from clientfolder import settings
from clientfolder.binder import files, placing
from clientfolder.binder.binder import Binder
from clientfolder.binder.clerk import Clerk
from clientfolder.errors import CannotReach, Refused, Trouble, Warned
from clientfolder.exchange.archive import BLOCK, CHUNK, Entry, Inventory, header, padding
from clientfolder.exchange.gathering import Found, entry_of, found, unfit, untaken
from clientfolder.exchange.inspection import entries
from clientfolder.exchange.stream import opened


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was made: what it holds, what it does not, and how large it is."""

    inventory: Inventory
    missing: tuple[Warned, ...]
    warnings: tuple[Warned, ...]
    size: int


def backup(binder: Binder, target: str, label: str) -> Packed:
    """Pack the folder into a new file, for its owner alone; `label` is its name in letters.

    Raises Refused where one of that name is there or the folder is too large, CannotReach where it cannot be written
    or read back; then nothing is left.
    """
    beside = files.name_beside(target)
    try:
        try:
            made, writer = _write(binder, beside)
            _read_back(beside, made)
            size = os.stat(beside).st_size
            _place(beside, target, label)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=label) from None
    writer.flush(os.path.dirname(target), label)
    return Packed(made.inventory, made.missing, tuple(writer.warnings), size)


def _write(binder: Binder, path: str) -> tuple[Found, files.Writer]:
    """The archive on the disk; the folder is held still no longer than it is read. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, files.FILE_MODE)
    try:
        with Clerk(binder).locked() as writer:
            made = _pack(binder.root, handle)
        os.fsync(handle)
    finally:
        os.close(handle)
    return made, writer


def _read_back(path: str, made: Found) -> None:
    """A backup that cannot be read is none. Raises CannotReach."""
    try:
        with opened(path, path) as source:
            same = [entry for entry, _ in entries(source)] == [entry for entry, _ in made.entries]
    except Trouble as trouble:
        raise CannotReach(f"No backup was made, for it could not be read back: {trouble.message}") from None
    if not same:
        raise CannotReach("No backup was made, for it was read back as something else")


def _place(beside: str, target: str, label: str) -> None:
    """Give the file its name, and never take another's."""
    try:
        placing.put_where_none_is(beside, target)
    except FileExistsError:
        raise Refused("A file of that name is there already", file=label) from None


# Packing ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sink:
    """Compresses what it is given into an open file."""

    handle: int
    # Nobody else can write meanwhile, so quick before small. 31 is the form of gzip, without a name or a time in it:
    # the same folder makes the same bytes.
    _gzip: zlib._Compress = field(default_factory=lambda: zlib.compressobj(1, wbits=31))

    def write(self, content: bytes) -> None:
        files.write_all(self.handle, self._gzip.compress(content))

    def end(self) -> None:
        self.write(bytes(2 * BLOCK))
        files.write_all(self.handle, self._gzip.flush())


def _pack(root: str, handle: int) -> Found:
    """Write the archive; what was taken, and what could not be. Raises OSError where it cannot be written."""
    sink = _Sink(handle)
    there = found(root)
    missing = list(there.missing)
    taken = []
    for entry, path in there.entries:
        if entry.is_dir:
            sink.write(header(entry))
            taken.append((entry, path))
        elif packed := _pack_file(sink, entry, path, missing):
            taken.append((packed, path))
    sink.end()
    if not any(entry.path == settings.FILE for entry, _ in taken):
        raise CannotReach("Cannot be read, and without it there is no folder", file=settings.FILE)
    return Found(tuple(taken), tuple(missing))


def _pack_file(sink: _Sink, entry: Entry, path: str, missing: list[Warned]) -> Entry | None:
    """Write one file as it is now; None where it cannot be had."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        missing.append(untaken(entry.name, files.reason(error)))
        return None
    try:
        before = os.fstat(handle)
        if why := unfit(before):
            missing.append(untaken(entry.name, why))
            return None
        entry = entry_of(entry.name, before)
        sink.write(header(entry))
        if not _copy(handle, sink, entry.size):
            missing.append(untaken(entry.name, "not all of it could be read", there="not whole in the backup"))
        elif not _is_same(before, os.fstat(handle)):
            missing.append(untaken(entry.name, "it was changed while it was read", there="not whole in the backup"))
        return entry
    finally:
        os.close(handle)


def _copy(handle: int, sink: _Sink, size: int) -> bool:
    """Exactly so many bytes and the rest of their last block; whether the file had them."""
    left = size
    while left and (piece := _piece(handle, min(left, CHUNK))):
        sink.write(piece)
        left -= len(piece)
    whole = not left
    while left:
        # The size was said before: what the file no longer has is filled up, so that all else can be read.
        sink.write(bytes(min(left, CHUNK)))
        left -= min(left, CHUNK)
    sink.write(padding(size))
    return whole


def _piece(handle: int, count: int) -> bytes:
    try:
        return os.read(handle, count)
    except OSError:
        return b""


def _is_same(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
