"""The folder's write lock, and a context in which signals are deferred.

It is a lock of the system, which frees it when its holder dies, on a file that is never deleted; readers take none.
Who waits goes on waiting as long as those in front get on, and asks the oftener the longer it has waited.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator, Sequence

from clientfolder.binder.files import FILE_MODE, close, hand_over, reason
from clientfolder.errors import CannotReach

# So long nothing may move before a waiting command gives up.
PATIENCE_SECONDS = 5.0
# Between two looks at the lock, of one that has just come and of one that has waited for long.
_PAUSES_SECONDS = 0.02, 0.002
# What is so for one command and this moment: another may hold the file, so the directory is no way round.
_PASSING = {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
# What says that the disk has no locks, as network disks and some sticks have none.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextlib.contextmanager
def signals_deferred() -> Iterator[None]:
    """Ctrl-C, a closed window and a polite kill wait until this is done; it takes no longer than the disk does.

    So it is for an act on a few small files, and for giving a name to what was made before; never for the making.
    """
    # Asked first: a signal that comes with the second call raises out of it, when it has blocked them already.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def locked(path: str, instead: str, patience: float, moving: Sequence[str]) -> Iterator[None]:
    """Hold the folder's write lock. The file stays; the system frees the lock when its holder dies.

    Where there can be no such file, or something else is in its place, the directory `instead` is locked.
    Raises CannotReach where neither can be had, or nothing has moved for `patience` seconds: the lock was not taken by
    anybody else meanwhile, and nothing came into or went from the directories `moving`.
    """
    if not os.path.lexists(path):
        _make(path)
    handle = _opened(path, os.O_RDWR)
    is_file = handle is not None
    if handle is None:
        try:
            handle = os.open(instead, _DIRECTORY)
        except OSError as error:
            raise CannotReach(f"The folder cannot be written: {reason(error)}") from None
    try:
        _wait_for(handle, patience, moving)
        if is_file:
            # The time of the file tells those who wait that it was taken; nothing but their patience depends on it.
            with contextlib.suppress(OSError):
                os.utime(handle)
        yield
    finally:
        close(handle)


def _make(path: str) -> None:
    """The lock's file; nothing where it cannot be, or another command makes it just now."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
        try:
            hand_over(handle, os.path.dirname(path))
        finally:
            close(handle)


def _wait_for(handle: int, patience: float, moving: Sequence[str]) -> None:
    begun: float | None = None
    until, seen = 0.0, None
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            now, there = time.monotonic(), _marks(handle, moving)
            begun = now if begun is None else begun
            if there != seen:
                until, seen = now + patience, there
            elif now > until:
                raise CannotReach("Another cf is writing into this folder; try again when it has ended") from None
            longest, shortest = _PAUSES_SECONDS
            time.sleep(max(shortest, longest / (1 + 4 * (now - begun))))
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise NoLocks(error) from None
            raise CannotReach(f"The folder cannot be locked: {reason(error)}") from None


class NoLocks(CannotReach):
    """The disk has no locks, so that two commands could write at once."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"The folder cannot be locked: {reason(error)}. Two commands could write at once here, so nothing was "
            "written. Copy the folder to a local disk and work there (cf --folder DIR); a network disk may have locks "
            "when it is mounted with them"
        )


def _marks(handle: int, moving: Sequence[str]) -> tuple[int, ...]:
    """Times that change when somebody takes the lock, and when who holds it gives a file its name."""
    marks = []
    places: tuple[int | str, ...] = (handle, *moving)
    for place in places:
        with contextlib.suppress(OSError):
            marks.append(os.stat(place).st_mtime_ns)
    return tuple(marks)


def _opened(path: str, flags: int) -> int | None:
    """The lock's file; None where there is none that could be locked. Raises CannotReach where that is not known."""
    if os.path.islink(os.path.dirname(path)):
        return None
    try:
        # Not blocking: a pipe of that name must not hold up a command. A link would have a file made somewhere else.
        handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in _PASSING:
            raise CannotReach(f"The folder cannot be locked: {reason(error)}") from None
        return None
    try:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
    except OSError as error:
        close(handle)
        raise CannotReach(f"The folder cannot be locked: {reason(error)}") from None
    if is_file:
        return handle
    close(handle)
    return None


def is_locked(path: str, instead: str) -> bool:
    """Whether a command is writing just now; asked without waiting. The paths are those of `locked`."""
    try:
        handle = _opened(path, os.O_RDONLY)
    except CannotReach:
        return False
    if handle is None:
        try:
            handle = os.open(instead, _DIRECTORY)
        except OSError:
            return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        close(handle)
