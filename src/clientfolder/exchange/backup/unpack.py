"""A new folder is made from an archive: beside its place, and put there when all of it is written."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from clientfolder.binder import files, leftovers
from clientfolder.binder.binder import Binder
from clientfolder.binder.journal import atomic, lock
from clientfolder.errors import CannotReach, Refused, Trouble, Unreadable, Warned
from clientfolder.exchange.backup.archive import (
    CHUNK,
    MOST_BYTES,
    NO_BACKUP,
    TOO_MUCH,
    Inventory,
    Member,
    OpenMember,
    inventory,
    members,
)
from clientfolder.tuples import NamedTuple


class Archive(NamedTuple):
    """What is read twice: `first` to its end before anything is written, then `again`, from its start.

    `label` is its name in messages.
    """

    first: io.BufferedReader
    again: io.BufferedReader
    label: str


@contextlib.contextmanager
def opened(path: str, label: str) -> Iterator[Archive]:
    """An archive in a file. Raises CannotReach, and Unreadable for what is no file."""
    try:
        # Asked first: a pipe of that name would hold up the opening.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Unreadable(NO_BACKUP, file=label)
        file = open(path, "rb")  # noqa: SIM115  closed below, where what fails is no failure to open it
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=label) from None
    try:
        yield Archive(file, file, label)
    finally:
        # What was only read is closed, whatever the system says to that.
        with contextlib.suppress(OSError):
            file.close()


@contextlib.contextmanager
def received(pipe: BinaryIO, root: str, label: str) -> Iterator[Archive]:
    """An archive from a pipe, which is kept beside the folder `root` in a file without a name. Raises CannotReach."""
    try:
        kept = _nameless_beside(root)
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=root) from None
    try:
        yield Archive(io.BufferedReader(_CopyingReader(pipe, kept.fileno())), io.BufferedReader(kept), label)
    finally:
        with contextlib.suppress(OSError):
            kept.close()


def _nameless_beside(path: str) -> io.FileIO:
    """A file for its owner alone, on the disk of `path`, that goes when it is closed."""
    name = leftovers.temporary_name(path)
    with lock.signals_deferred():
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        os.unlink(name)
    return io.FileIO(handle, "r+")


class _CopyingReader(io.RawIOBase):
    """Reads from a pipe, and writes into the file `handle` whatever was read."""

    def __init__(self, pipe: BinaryIO, handle: int) -> None:
        self._pipe, self._handle = pipe, handle
        # A compressed stream may go on for ever and hold nothing.
        self._left = 2 * MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._pipe.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Refused(TOO_MUCH)
        atomic.write_all(self._handle, data)
        buffer[: len(data)] = data
        return len(data)


def restore(archive: Archive, root: str) -> tuple[Inventory, tuple[Warned, ...]]:
    """Make the folder `root` from an archive, which is read to its end before anything is written.

    Raises as `checked` does; Refused where something is in that place, CannotReach where it cannot be written. Then
    nothing is left.
    """
    writer = atomic.Writer(root)

    def make(beside: str) -> Inventory:
        held = checked(archive, root)
        files.make_directory(beside)
        _unpack(archive, beside)
        # One flush of everything: one for each of thousands of files takes minutes.
        os.sync()
        return held

    def place(beside: str) -> None:
        _place(beside, root)
        writer.flush(os.path.dirname(root), root)

    try:
        held = atomic.made_atomically(root, make, place, lambda beside: shutil.rmtree(beside, ignore_errors=True))
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=root) from None
    return held, tuple(writer.warnings)


def checked(archive: Archive, root: str) -> Inventory:
    """What the archive holds, after all of it was read, if the folder `root` could be made from it.

    Raises as `members` does, and CannotReach where it cannot be read, or as soon as the disk has no room for it.
    """
    try:
        free = shutil.disk_usage(os.path.dirname(root)).free
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=os.path.dirname(root)) from None
    with _told_of(archive):
        try:
            return inventory(_fitting(archive.first, free))
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}") from None


@contextlib.contextmanager
def _told_of(archive: Archive) -> Iterator[None]:
    try:
        yield
    except Trouble as trouble:
        trouble.file = trouble.file or archive.label
        raise


def _fitting(file: io.BufferedReader, free: int) -> Iterator[Member]:
    needed = 0
    for entry in members(file):
        needed += entry.member.size
        if needed > free:
            raise CannotReach(
                f"There is no room for it on the disk: at least {-(-needed // 10**6):,} MB are needed, "
                f"and {free // 10**6:,} MB are free"
            )
        yield entry.member


def check_place(root: str) -> None:
    """Raises Refused where a new folder cannot be made: there is something, or nothing that it could lie in."""
    files.check_directory(os.path.dirname(root))
    if os.path.isdir(root):
        try:
            is_free = not os.listdir(root)
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=root) from None
    else:
        is_free = not os.path.lexists(root)
    if not is_free:
        raise Refused("It is there already, and nothing is overwritten: name a new place", file=root)


def _place(beside: str, root: str) -> None:
    try:
        # The system renames a directory over an empty one alone.
        os.rename(beside, root)
    except OSError:
        check_place(root)
        raise


def _unpack(archive: Archive, root: str) -> None:
    # Made here, and not when it is first needed: rescued texts in it must not reach a version control.
    Binder(root).make_private()
    directories: list[Member] = []
    archive.again.seek(0)
    with _told_of(archive):
        for entry in members(archive.again):
            path = _path(entry, root)
            if entry.content is None:
                files.make_directory(path)
                directories.append(entry.member)
            else:
                files.make_directory(os.path.dirname(path))
                _unpack_file(entry.member, entry.content, path)
    for member in reversed(directories):
        os.utime(os.path.join(root, member.path), ns=(member.mtime_ns, member.mtime_ns))


def _path(entry: OpenMember, root: str) -> str:
    """Where the entry goes. Raises Refused where tarfile's own filter for data sees it lead out of there.

    Of the filter only the name is taken: it would take away rights that the file had.
    """
    info = entry.info.replace(name=entry.member.path, deep=False)
    try:
        return os.path.join(root, tarfile.data_filter(info, root).name)
    except tarfile.FilterError:
        raise Refused(f"{entry.member.name} is not taken: its name leads out of the folder") from None


def _unpack_file(member: Member, content: BinaryIO, path: str) -> None:
    """A new file, which its owner at least may read and write."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(path, flags, files.FILE_MODE)
    except FileExistsError:
        message = "is not taken: this disk takes its name for that of another entry"
        raise Refused(f"{member.name} {message}") from None
    try:
        while piece := content.read(CHUNK):
            atomic.write_all(handle, piece)
        files.hand_over(handle, os.path.dirname(path))
        atomic.give_mode(handle, member.mode | files.FILE_MODE)
        os.utime(handle, ns=(member.mtime_ns, member.mtime_ns))
    finally:
        os.close(handle)
