"""Atomic writes: the one way to write a file.

A write makes the new file beside the old, flushes it, compares the old once more with what was read, and gives it the
name: that is the act. A failure before that changes nothing; one after it becomes a warning.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Collection, Iterator
from types import FrameType
from typing import TypeVar

from clientfolder.binder import leftovers
from clientfolder.binder.files import FILE_MODE, hand_over, read, read_own, reason
from clientfolder.binder.journal import lock, renames
from clientfolder.errors import CannotReach, Changed, Interrupted, Trouble, Unreadable, Warned

_Made = TypeVar("_Made")
# What a disk answers that does not know of what is asked: sticks and network disks keep no modes, or confirm nothing.
_UNKNOWN_HERE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


class Writer:
    """Puts files in place under `root`. `warnings` gathers what failed after the rename, when all is written."""

    __slots__ = ("_ready", "root", "warnings")

    def __init__(self, root: str) -> None:
        self.root = root
        self.warnings: list[Warned] = []
        # What lies beside the files while several are written: by the file's path and its content.
        self._ready: dict[tuple[str, bytes], str] | None = None

    @contextlib.contextmanager
    def staged(self) -> Iterator[None]:
        """Within, new contents can be staged: written beside the files before the first is replaced.

        The old contents stay there until the end. So an act on several files, and its rollback, need no room on the
        disk once it has begun.
        """
        ready: dict[tuple[str, bytes], str] = {}
        self._ready = ready
        try:
            yield
        finally:
            self._ready = None
            for (path, _), beside in ready.items():
                self._take_away(beside, os.path.relpath(path, self.root))

    def stage(self, file: str, content: bytes) -> None:
        """Write new bytes for a later `replace` beside the file; nothing outside of `staged`. Raises CannotReach."""
        path = self._real(file)
        if self._ready is not None:
            self._ready[path, content] = self._beside(path, file, content, self._status(path, file))

    def create(self, file: str, content: bytes, like: str | None = None) -> None:
        """A new file, with the mode and the owner of the file `like`, else for its owner alone.

        Raises Changed where one of that name is, CannotReach where it cannot be written.
        """
        path = os.path.join(self.root, file)
        status = None if like is None else self._status(os.path.join(self.root, like), like)
        beside = self._beside(path, file, content, status)
        with self._gone_on_failure(beside, file):
            try:
                renames.put_where_none_is(beside, path)
            except FileExistsError:
                raise Changed("A file of that name is there already", file=file) from None
        self.flush(os.path.dirname(path), file)

    def replace(self, file: str, expected: bytes, content: bytes) -> None:
        """New bytes for old; mode, owner, group and symlink stay.

        Raises Changed where the file is not as expected, CannotReach.
        """
        path = self._real(file)
        ready = self._ready.pop((path, content), None) if self._ready else None
        beside = ready or self._beside(path, file, content, self._status(path, file))
        with self._gone_on_failure(beside, file):
            self.check(file, expected)
            was_exchanged = renames.exchanged(beside, path)
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
    def _status(path: str, file: str) -> os.stat_result:
        try:
            return os.stat(path)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None

    def _beside(self, path: str, file: str, content: bytes, like: os.stat_result | None) -> str:
        """A file with the content, flushed, beside the one that it is to become; `like`: of whom, and for whom."""
        beside = leftovers.temporary_name(path)

        def fill(handle: int) -> None:
            write_all(handle, content)
            if like is None:
                hand_over(handle, os.path.dirname(path))
            else:
                _keep_owner(handle, like, file)
            # After the owner, for a change of that takes some of the mode away.
            give_mode(handle, FILE_MODE if like is None else stat.S_IMODE(like.st_mode))
            _give_attributes(path, handle)

        with self._gone_on_failure(beside, file):
            put_flushed(beside, fill, self._warn_unconfirmed)
        return beside

    def _warn_unconfirmed(self) -> None:
        self.warnings.append(Warned("io", "This disk cannot confirm what is written; a power cut may take it back"))

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
            renames.exchanged(beside, path)
            if self._holds(beside, file) != content:
                # Yet another has come meanwhile, and is the one to stay.
                renames.exchanged(beside, path)
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
            renames.lead_from_both(path, target)
            renames.put_where_none_is(path, target)
        except FileExistsError:
            raise Changed("A file of that name is there already", file=to) from None
        except OSError as error:
            raise CannotReach(f"Cannot be moved to {to}: {reason(error)}", file=file) from None
        self.flush(os.path.dirname(target), to)
        if os.path.dirname(path) != os.path.dirname(target):
            self.flush(os.path.dirname(path), file)

    def rename(self, file: str, to: str, *, is_flushed: bool) -> None:
        """Another name for a file that nothing else writes, in its directory. Raises CannotReach."""
        path, target = os.path.join(self.root, file), os.path.join(self.root, to)
        try:
            os.rename(path, target)
        except OSError as error:
            raise CannotReach(f"Cannot be written: {reason(error)}", file=file) from None
        if is_flushed:
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
            if error.errno not in _UNKNOWN_HERE:
                self.warnings.append(
                    Warned("io", f"{file} is written, but the disk has not confirmed it: {reason(error)}")
                )


def _keep_owner(handle: int, like: os.stat_result, file: str) -> None:
    """Owner and group as before. Raises CannotReach where this user may not give them."""
    now = os.fstat(handle)
    if (now.st_uid, now.st_gid) != (like.st_uid, like.st_gid):
        try:
            os.fchown(handle, like.st_uid, like.st_gid)
        except OSError as error:
            whose = f"user {like.st_uid} and group {like.st_gid}"
            message = f"It belongs to {whose}, and would not after it was written: {reason(error)}. Nothing was written"
            raise CannotReach(message, file=file) from None


def _give_attributes(path: str, handle: int) -> None:
    """Give an open file the extended attributes of the one at `path`, where there is one and the system allows it."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(path):
                with contextlib.suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(path, name))


def write_all(handle: int, content: bytes) -> None:
    """All of it, however little the system takes at a time. Raises OSError."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def is_confirmed(handle: int) -> bool:
    """Have the disk confirm what was written; False where it knows no such thing. Raises OSError where that fails."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNKNOWN_HERE:
            raise
        return False
    return True


def give_mode(handle: int, mode: int) -> None:
    """Give a file its mode, where the disk keeps modes. Raises OSError for what else may go wrong."""
    try:
        os.fchmod(handle, mode)
    except OSError as error:
        if error.errno not in (*_UNKNOWN_HERE, errno.EPERM):
            raise


def put_flushed(path: str, write: Callable[[int], _Made], unconfirmed: Callable[[], None] = lambda: None) -> _Made:
    """A new file of FILE_MODE with what `write` puts into it by its handle, confirmed by the disk.

    `unconfirmed` is called where the disk knows no such thing. Raises OSError; then a part of the file may be left.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        made = write(handle)
        if not is_confirmed(handle):
            unconfirmed()
    finally:
        os.close(handle)
    return made


def put_disposable(path: str, content: bytes) -> None:
    """Put a file in place that may be lost, whole or not at all; it is neither flushed nor compared. Raises OSError."""
    beside = leftovers.temporary_name(path)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        try:
            write_all(handle, content)
            hand_over(handle, os.path.dirname(path))
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
        names.setdefault(directory, set()).add(name)
    for directory, written in names.items():
        with contextlib.suppress(OSError):
            for found in os.listdir(directory):
                if leftovers.is_temporary_of(found, written):
                    _clear_one(os.path.join(directory, found), contents)


def _clear_one(left: str, contents: Collection[bytes]) -> None:
    try:
        begun = read_own(left, left)
    except (FileNotFoundError, Trouble):
        return
    if begun in contents or any(content.startswith(begun) for content in contents):
        os.unlink(left)


# What takes long to make ------------------------------------------------------------------------------


class _Ended(BaseException):
    """A polite kill, or a closed window."""

    def __init__(self, number: int) -> None:
        self.number = number


def made_atomically(
    target: str, make: Callable[[str], _Made], place: Callable[[str], None], take_away: Callable[[str], None]
) -> _Made:
    """Make something under a temporary name beside the target, then put it in its place with signals deferred.

    `make` gets the temporary name, as do `place` and, after a failure, `take_away`.

    Whatever breaks it off, what was begun is taken away. Raises Interrupted for Ctrl-C; a polite kill or a closed
    window ends the process afterwards, as ever.
    """
    beside = leftovers.temporary_name(target)
    is_placed = False
    try:
        with _ended_by_raising():
            try:
                result = make(beside)
                with lock.signals_deferred():
                    place(beside)
                    is_placed = True
            except BaseException:
                if not is_placed:
                    take_away(beside)
                raise
    except KeyboardInterrupt:
        told = "when all was written already" if is_placed else "nothing was written"
        raise Interrupted(f"Interrupted{',' if is_placed else ';'} {told}") from None
    except _Ended as ended:
        os.kill(os.getpid(), ended.number)
        raise
    return result


@contextlib.contextmanager
def _ended_by_raising() -> Iterator[None]:
    """The first signal that wants an end raises, and what follows it is not heard; ignored ones stay ignored."""
    has_come = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal has_come
        if not has_come:
            has_come = True
            raise KeyboardInterrupt if number == signal.SIGINT else _Ended(number)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    usual = [number for number, how in before.items() if how in (signal.SIG_DFL, signal.default_int_handler)]
    try:
        for number in usual:
            signal.signal(number, end)
        yield
    finally:
        for number in usual:
            signal.signal(number, before[number])
