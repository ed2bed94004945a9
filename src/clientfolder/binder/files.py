"""The one way to read a file and the one way to write one.

A write makes the new file beside the old, flushes it, compares the old once more with what was read, and renames:
the rename is the act. A failure before it changes nothing; one after it is told as a warning.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from clientfolder.errors import CannotReach, Changed, Unreadable, Warned

# Larger than any dossier; a file beyond it is not read at all.
MOST_BYTES = 5_000_000
TOO_LARGE = f"The file is larger than {MOST_BYTES // 1_000_000} MB, which no dossier is; take out what is no text"
DIRECTORY_MODE, FILE_MODE = 0o700, 0o600
SECONDS_TO_WAIT = 5.0


def read(path: str, file: str) -> bytes:
    """The bytes of a regular file; `read_with_status` has what it raises."""
    return read_with_status(path, file)[0]


def read_with_status(path: str, file: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, and its status from before they were read. `file` is its name in letters.

    Raises FileNotFoundError where nothing of that name is, Unreadable for what is no file or too large, CannotReach
    where the system refuses.
    """
    try:
        # Not blocking: a FIFO of that name must not hold up a list.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        if os.path.lexists(path):
            message = "The link leads nowhere; put back what it led to, or take the link away"
            raise Unreadable(message, file=file) from None
        raise
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=file) from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("This is a directory, and no file; give it another name, or take it away", file=file)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("This is no regular file, but a pipe or a device; take it away", file=file)
        if status.st_size > MOST_BYTES:
            raise Unreadable(TOO_LARGE, file=file)
        # No larger buffer than the file needs: 5 MB of it cost ten times the reading.
        parts = []
        while part := os.read(handle, status.st_size + 1):
            parts.append(part)
        return b"".join(parts), status
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=file) from None
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """What the system said, as a sentence's end: `no space left on device`."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]


def make_directory(path: str) -> None:
    """A directory for its owner alone; nothing happens where there is one. Raises CannotReach."""
    try:
        os.makedirs(path, DIRECTORY_MODE, exist_ok=True)
    except OSError as error:
        raise CannotReach(f"Cannot make {path}: {reason(error)}") from None


@dataclass(slots=True)
class Writer:
    """Puts files in place under `root`. `warnings` gathers what failed after the rename, when all is written."""

    root: str
    warnings: list[Warned] = field(default_factory=list)

    def create(self, file: str, content: bytes, like: str | None = None) -> None:
        """A new file, with the mode of the file `like`, else for its owner alone.

        Raises Changed where one of that name is, CannotReach where it cannot be written.
        """
        path = os.path.join(self.root, file)
        if os.path.lexists(path):
            raise Changed("A file of that name is there already", file=file)
        mode = FILE_MODE
        if like is not None:
            with contextlib.suppress(OSError):
                mode = stat.S_IMODE(os.stat(os.path.join(self.root, like)).st_mode)
        self._place(path, file, content, mode, expected=None)

    def replace(self, file: str, expected: bytes, content: bytes) -> None:
        """New bytes for old; mode and symlink stay. Raises Changed where the file is not as expected."""
        path = os.path.realpath(os.path.join(self.root, file))
        try:
            mode = stat.S_IMODE(os.stat(path).st_mode)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
        self._place(path, file, content, mode, expected)

    def _place(self, path: str, file: str, content: bytes, mode: int, expected: bytes | None) -> None:
        directory = os.path.dirname(path)
        beside = name_beside(path)
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
        try:
            try:
                write_all(handle, content)
                os.fchmod(handle, mode)
                os.fsync(handle)
            finally:
                os.close(handle)
            if expected is None:
                if os.path.lexists(path):
                    raise Changed("A file of that name has come meanwhile", file=file)
            else:
                self.check(file, expected)
            os.rename(beside, path)
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            if isinstance(error, OSError):
                raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
            raise
        self.flush(directory, file)

    def check(self, file: str, expected: bytes) -> None:
        """Raises Changed where the file's bytes are not the expected ones."""
        try:
            same = read(os.path.join(self.root, file), file) == expected
        except (FileNotFoundError, Unreadable):
            same = False
        if not same:
            raise Changed("The file was changed by something else meanwhile; nothing was written", file=file)

    def move(self, file: str, to: str) -> None:
        """Another name for a file or directory. Raises Changed where that name is taken, CannotReach."""
        path, target = os.path.join(self.root, file), os.path.join(self.root, to)
        if os.path.lexists(target):
            raise Changed("A file of that name is there already", file=to)
        try:
            os.rename(path, target)
            _keep_link(path, target)
        except OSError as error:
            raise CannotReach(f"Cannot be moved to {to}: {reason(error)}", file=file) from None
        self.flush(os.path.dirname(target), to)
        if os.path.dirname(path) != os.path.dirname(target):
            self.flush(os.path.dirname(path), file)

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


def _keep_link(path: str, target: str) -> None:
    """A relative link that was moved into another directory leads where it did before."""
    if not os.path.islink(target) or os.path.dirname(path) == os.path.dirname(target):
        return
    leads_to = os.readlink(target)
    if not os.path.isabs(leads_to):
        full = os.path.join(os.path.dirname(path), leads_to)
        anew = os.path.join(os.path.dirname(target), f".{os.urandom(6).hex()}.tmp")
        os.symlink(os.path.relpath(full, os.path.dirname(target)), anew)
        os.rename(anew, target)


def name_beside(path: str) -> str:
    """A name in the same directory, random and hidden: no list counts it and no second command meets it."""
    directory, name = os.path.split(path)
    # Short enough for any name, which systems measure in bytes.
    short = os.fsdecode(os.fsencode(name)[:80])
    return os.path.join(directory, f".{short}.{os.urandom(6).hex()}.tmp")


def write_all(handle: int, content: bytes) -> None:
    """All of it, however little the system takes at a time. Raises OSError."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


@contextlib.contextmanager
def locked(path: str, instead: str) -> Iterator[None]:
    """Hold the folder's write lock. The file stays; the system frees the lock when its holder dies.

    Where there can be no such file, the directory `instead` is locked. Raises CannotReach where
    neither can be had, or another command holds it for longer than SECONDS_TO_WAIT.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    except OSError:
        try:
            handle = os.open(instead, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise CannotReach(f"The folder cannot be written: {reason(error)}") from None
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int) -> None:
    until = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise CannotReach("Another cf is writing into this folder; try again when it has ended") from None
            time.sleep(0.005)
        except OSError as error:
            raise CannotReach(f"The folder cannot be locked: {reason(error)}") from None


def is_locked(path: str) -> bool:
    """Whether a command is writing just now; asked without waiting."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(handle)
