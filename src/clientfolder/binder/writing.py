"""The one way to write a file.

A write makes the new file beside the old, flushes it, compares the old once more with what was read, and gives it the
name: that is the act. A failure before it changes nothing; one after it is told as a warning.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from clientfolder.binder import placing
from clientfolder.binder.files import FILE_MODE, read, reason
from clientfolder.errors import CannotReach, Changed, Trouble, Unreadable, Warned


@dataclass(slots=True)
class Writer:
    """Puts files in place under `root`. `warnings` gathers what failed after the rename, when all is written."""

    root: str
    warnings: list[Warned] = field(default_factory=list)
    # What lies beside the files while several are written: by the file's path and its content.
    _ready: dict[tuple[str, bytes], str] | None = None

    @contextlib.contextmanager
    def laid_ready(self) -> Iterator[None]:
        """Within, what a file is to hold can lie ready beside it, and what it held stays there.

        So an act on several, and the taking back of it, want no room on the disk when they have once begun.
        """
        ready: dict[tuple[str, bytes], str] = {}
        self._ready = ready
        try:
            yield
        finally:
            self._ready = None
            for (path, _), beside in ready.items():
                self._take_away(beside, os.path.relpath(path, self.root))

    def lay_ready(self, file: str, content: bytes) -> None:
        """New bytes for `replace`, laid beside the file. Raises CannotReach."""
        path = self._real(file)
        if self._ready is not None:
            self._ready[path, content] = self._beside(path, file, content, self._mode(path, file))

    def create(self, file: str, content: bytes, like: str | None = None) -> None:
        """A new file, with the mode of the file `like`, else for its owner alone.

        Raises Changed where one of that name is, CannotReach where it cannot be written.
        """
        path = os.path.join(self.root, file)
        mode = FILE_MODE if like is None else self._mode(os.path.join(self.root, like), like)
        beside = self._beside(path, file, content, mode)
        with self._gone_on_failure(beside, file):
            try:
                placing.put_where_none_is(beside, path)
            except FileExistsError:
                raise Changed("A file of that name is there already", file=file) from None
        self.flush(os.path.dirname(path), file)

    def replace(self, file: str, expected: bytes, content: bytes) -> None:
        """New bytes for old; mode and symlink stay. Raises Changed where the file is not as expected, CannotReach."""
        path = self._real(file)
        ready = self._ready.pop((path, content), None) if self._ready else None
        beside = ready or self._beside(path, file, content, self._mode(path, file))
        with self._gone_on_failure(beside, file):
            self.check(file, expected)
            was_exchanged = placing.exchanged(beside, path)
            if not was_exchanged:
                os.rename(beside, path)
        if was_exchanged:
            self._keep_or_give_back(beside, path, file, expected, content)
        self.flush(os.path.dirname(path), file)

    def _real(self, file: str) -> str:
        try:
            return os.path.realpath(os.path.join(self.root, file), strict=True)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None

    @staticmethod
    def _mode(path: str, file: str) -> int:
        try:
            return stat.S_IMODE(os.stat(path).st_mode)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None

    def _beside(self, path: str, file: str, content: bytes, mode: int) -> str:
        """A file with the content, flushed, beside the one that it is to become."""
        beside = name_beside(path)
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
        with self._gone_on_failure(beside, file):
            try:
                write_all(handle, content)
                os.fchmod(handle, mode)
                _give_attributes(path, handle)
                os.fsync(handle)
            finally:
                os.close(handle)
        return beside

    @staticmethod
    @contextlib.contextmanager
    def _gone_on_failure(beside: str, file: str) -> Iterator[None]:
        """What fails leaves nothing beside the file. Raises CannotReach for what the system refuses."""
        try:
            yield
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            if isinstance(error, OSError):
                raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
            raise

    def _keep_or_give_back(self, beside: str, path: str, file: str, expected: bytes, content: bytes) -> None:
        """After the exchange: what was there until then lies beside now. If it is not as expected, it goes back."""
        try:
            self._check(beside, file, expected)
        except Trouble as trouble:
            self._give_back(beside, path, file, content, trouble)
            raise
        if self._ready is None:
            self._take_away(beside, file)
        else:
            self._ready[path, expected] = beside

    def _give_back(self, beside: str, path: str, file: str, content: bytes, trouble: Trouble) -> None:
        """Raises CannotReach where that cannot be done; then what another has written stays beside the file."""
        try:
            placing.exchanged(beside, path)
            if self._holds(beside, file) != content:
                # Yet another has come meanwhile, and is the one to stay.
                placing.exchanged(beside, path)
            os.unlink(beside)
        except (OSError, CannotReach):
            message = f"{trouble.message}. What something else has written there meanwhile lies in {beside}"
            raise CannotReach(message, file=file) from None

    def _take_away(self, beside: str, file: str) -> None:
        try:
            os.unlink(beside)
        except OSError as error:
            message = f"{file} is written, but a copy still lies in {beside}: {reason(error)}"
            self.warnings.append(Warned("io", message))

    def check(self, file: str, expected: bytes) -> None:
        """Raises Changed where the file's bytes are not the expected ones, CannotReach."""
        self._check(os.path.join(self.root, file), file, expected)

    def _check(self, path: str, file: str, expected: bytes) -> None:
        if self._holds(path, file) != expected:
            raise Changed("The file was changed by something else meanwhile; nothing was written", file=file)

    @staticmethod
    def _holds(path: str, file: str) -> bytes | None:
        try:
            return read(path, file)
        except (FileNotFoundError, Unreadable):
            return None

    def move(self, file: str, to: str) -> None:
        """Another name for a file or directory. Raises Changed where that name is taken, CannotReach."""
        path, target = os.path.join(self.root, file), os.path.join(self.root, to)
        try:
            placing.lead_from_both(path, target)
            placing.put_where_none_is(path, target)
        except FileExistsError:
            raise Changed("A file of that name is there already", file=to) from None
        except OSError as error:
            raise CannotReach(f"Cannot be moved to {to}: {reason(error)}", file=file) from None
        self.flush(os.path.dirname(target), to)
        if os.path.dirname(path) != os.path.dirname(target):
            self.flush(os.path.dirname(path), file)

    def rename(self, file: str, to: str) -> None:
        """Another name for a file that nothing else writes, in its directory. Raises CannotReach."""
        path, target = os.path.join(self.root, file), os.path.join(self.root, to)
        try:
            os.rename(path, target)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
        self.flush(os.path.dirname(target), to)

    def delete(self, file: str, expected: bytes) -> None:
        """Take a file away that is as expected. Raises Changed or CannotReach."""
        self.check(file, expected)
        try:
            os.unlink(os.path.join(self.root, file))
        except OSError as error:
            raise CannotReach(f"Cannot be taken away: {reason(error)}", file=file) from None
        self.flush(os.path.dirname(os.path.join(self.root, file)), file)

    def flush(self, directory: str, file: str) -> None:
        """Have the disk confirm what lies in a directory; where it does not, that is a warning about the file."""
        try:
            handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                self.warnings.append(
                    Warned("io", f"{file} is written, but the disk has not confirmed it: {reason(error)}")
                )


def _give_attributes(path: str, handle: int) -> None:
    """Give an open file the extended attributes of the one at `path`, where there is one and the system allows it."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(path):
                with contextlib.suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(path, name))


def name_beside(path: str) -> str:
    """A name in the same directory, random and hidden: no list counts it and no second command meets it."""
    directory, name = os.path.split(path)
    return os.path.join(directory, f"{_stem_beside(name)}{os.urandom(6).hex()}.tmp")


def _stem_beside(name: str) -> str:
    # Short enough for any name, which systems measure in bytes.
    return f".{os.fsdecode(os.fsencode(name)[:80])}."


def _stem_of(beside: str) -> str:
    """`_stem_beside` of the name that led to this one."""
    return beside.removesuffix(".tmp").rpartition(".")[0] + "."


def write_all(handle: int, content: bytes) -> None:
    """All of it, however little the system takes at a time. Raises OSError."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def put_disposable(path: str, content: bytes) -> None:
    """Put a file in place that is never missed, whole or not at all: neither flushed nor looked at. Raises OSError."""
    beside = name_beside(path)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        try:
            write_all(handle, content)
        finally:
            os.close(handle)
        os.rename(beside, path)
    finally:
        with contextlib.suppress(OSError):
            # Where it was put in place, nothing of that name is left.
            os.unlink(beside)


def clear(paths: Collection[str], contents: Collection[bytes]) -> None:
    """Take away what a killed command left beside these files: copies with one of these contents, whole or half."""
    names: dict[str, set[str]] = {}
    for path in paths:
        directory, name = os.path.split(os.path.realpath(path))
        names.setdefault(directory, set()).add(_stem_beside(name))
    for directory, stems in names.items():
        with contextlib.suppress(OSError):
            for found in os.listdir(directory):
                if found.startswith(".") and found.endswith(".tmp") and _stem_of(found) in stems:
                    _clear_one(os.path.join(directory, found), contents)


def _clear_one(left: str, contents: Collection[bytes]) -> None:
    with open(left, "rb") as stream:
        begun = stream.read()
    if begun in contents or any(content.startswith(begun) for content in contents):
        os.unlink(left)
