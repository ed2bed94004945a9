"""A folder is packed into one archive, which is read back before it gets its name."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from clientfolder import settings
from clientfolder.binder import files, placing, writing
from clientfolder.binder.binder import Binder
from clientfolder.binder.clerk import Clerk
from clientfolder.errors import CannotReach, Refused, Trouble, Warned
from clientfolder.exchange.archive import BLOCK, CHUNK, Inventory, Item, header, padding
from clientfolder.exchange.gathering import Found, entry_of, others, records, unfit, untaken
from clientfolder.exchange.inspection import entries
from clientfolder.exchange.making import made
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
    placed = writing.Writer(os.path.dirname(target))

    def place(beside: str) -> None:
        _place(beside, target, label)
        placed.flush(placed.root, label)

    try:
        packed = made(target, lambda beside: _make(binder, beside), place, _take_away)
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=label) from None
    return replace(packed, warnings=(*packed.warnings, *placed.warnings))


def _take_away(beside: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(beside)


def _make(binder: Binder, path: str) -> Packed:
    """The archive on the disk, read back. Raises OSError and CannotReach."""
    packed, writer = _write(binder, path)
    _read_back(path, packed)
    return Packed(packed.inventory, packed.missing, tuple(writer.warnings), os.stat(path).st_size)


def _write(binder: Binder, path: str) -> tuple[Found, writing.Writer]:
    """The archive on the disk. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, files.FILE_MODE)
    try:
        packed, writer = _pack(binder, handle)
        os.fsync(handle)
    finally:
        os.close(handle)
    return packed, writer


def _read_back(path: str, packed: Found) -> None:
    """A backup that cannot be read is none. Raises CannotReach."""
    try:
        with opened(path, path) as source:
            same = [entry for entry, _ in entries(source)] == [entry for entry, _ in packed.entries]
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
        writing.write_all(self.handle, self._gzip.compress(content))

    def end(self) -> None:
        self.write(bytes(2 * BLOCK))
        writing.write_all(self.handle, self._gzip.flush())


def _pack(binder: Binder, handle: int) -> tuple[Found, writing.Writer]:
    """Write the archive; what was taken, and what could not be. Raises OSError where it cannot be written.

    The folder is held still while the records are read. Papers and all that is large come after, when others may
    write again: they would wait in vain for gigabytes.
    """
    sink = _Sink(handle)
    with Clerk(binder).held() as writer:
        first = records(binder.root)
        small = [(entry, path) for entry, path in first.entries if entry.size <= files.MOST_BYTES]
        missing = list(first.missing)
        taken = _pack_all(sink, small, missing)
    if not any(entry.path == settings.FILE for entry, _ in taken):
        raise CannotReach("Cannot be read, and without it there is no folder", file=settings.FILE)
    rest = others(binder.root, first)
    missing += rest.missing
    large = [(entry, path) for entry, path in first.entries if entry.size > files.MOST_BYTES]
    taken += _pack_all(sink, [*large, *rest.entries], missing)
    sink.end()
    return Found(tuple(taken), tuple(missing)), writer


def _pack_all(sink: _Sink, there: Iterable[tuple[Item, str]], missing: list[Warned]) -> list[tuple[Item, str]]:
    """Write these entries; those that were taken."""
    taken = []
    for entry, path in there:
        if entry.is_dir:
            sink.write(header(entry))
            taken.append((entry, path))
        elif packed := _pack_file(sink, entry, path, missing):
            taken.append((packed, path))
    return taken


def _pack_file(sink: _Sink, entry: Item, path: str, missing: list[Warned]) -> Item | None:
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
