"""A new folder is made from an archive: beside its place, and put there when all of it is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable

from clientfolder.binder import files, writing
from clientfolder.binder.binder import Binder
from clientfolder.errors import CannotReach, Refused, Warned
from clientfolder.exchange.archive import Inventory, Item
from clientfolder.exchange.inspection import entries, inspected
from clientfolder.exchange.making import made
from clientfolder.exchange.stream import opened


def restore(archive: str, label: str, root: str) -> tuple[Inventory, tuple[Warned, ...]]:
    """Make the folder `root` from an archive, which is read to its end before anything is written.

    Raises as `inspected` does; Refused where something is in that place, CannotReach where it cannot be written. Then
    nothing is left.
    """
    writer = writing.Writer(root)

    def make(beside: str) -> Inventory:
        held = checked(archive, label, root)
        files.make_directory(beside)
        _unpack(archive, label, beside)
        # One flush of everything: one for each of thousands of files takes minutes.
        os.sync()
        return held

    def place(beside: str) -> None:
        _place(beside, root)
        writer.flush(os.path.dirname(root), root)

    try:
        held = made(root, make, place, lambda beside: shutil.rmtree(beside, ignore_errors=True))
    except OSError as error:
        raise CannotReach(f"Cannot be written: {files.reason(error)}", file=root) from None
    return held, tuple(writer.warnings)


def checked(archive: str, label: str, root: str) -> Inventory:
    """What the archive holds, if the folder `root` could be made from it. Raises as `inspected` does."""
    try:
        free = shutil.disk_usage(os.path.dirname(root)).free
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=os.path.dirname(root)) from None
    return inspected(archive, label, free)


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


def _unpack(archive: str, label: str, root: str) -> None:
    # Made here, and not when it is first needed: rescued texts in it must not reach a version control.
    Binder(root).make_private()
    directories: list[Item] = []
    with opened(archive, label) as source:
        for entry, content in entries(source):
            path = os.path.join(root, entry.path) if entry.path else root
            if entry.is_dir:
                files.make_directory(path)
                directories.append(entry)
            else:
                files.make_directory(os.path.dirname(path))
                _unpack_file(entry, content, path)
    for entry in reversed(directories):
        os.utime(os.path.join(root, entry.path), ns=(entry.mtime_ns, entry.mtime_ns))


def _unpack_file(entry: Item, content: Iterable[bytes], path: str) -> None:
    """A new file, which its owner at least may read and write."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(path, flags, files.FILE_MODE)
    except FileExistsError:
        message = "is not taken: this disk takes its name for that of another entry"
        raise Refused(f"{entry.name} {message}") from None
    try:
        for piece in content:
            writing.write_all(handle, piece)
        files.hand_over(handle, os.path.dirname(path))
        os.fchmod(handle, entry.mode | files.FILE_MODE)
        os.utime(handle, ns=(entry.mtime_ns, entry.mtime_ns))
    finally:
        os.close(handle)
