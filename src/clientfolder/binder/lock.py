"""The folder's write lock, and the quiet in which an act is done.

It is a lock of the system, which frees it when its holder dies, on a file that is never deleted; readers take none.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator

from clientfolder.binder.files import FILE_MODE, close, reason
from clientfolder.errors import CannotReach

SECONDS_TO_WAIT = 5.0
# What is so for one command and this moment: another may hold the file, so the directory is no way round.
_PASSING = {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
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
def locked(path: str, instead: str) -> Iterator[None]:
    """Hold the folder's write lock. The file stays; the system frees the lock when its holder dies.

    Where there can be no such file, or something else is in its place, the directory `instead` is locked.
    Raises CannotReach where neither can be had, or another command holds it for longer than SECONDS_TO_WAIT.
    """
    handle = _opened(path, os.O_RDWR | os.O_CREAT)
    if handle is None:
        try:
            handle = os.open(instead, _DIRECTORY)
        except OSError as error:
            raise CannotReach(f"The folder cannot be written: {reason(error)}") from None
    try:
        _wait_for(handle)
        yield
    finally:
        close(handle)


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


def _opened(path: str, flags: int) -> int | None:
    """The lock's file; None where there is none that could be locked. Raises CannotReach where that is not known."""
    if os.path.islink(os.path.dirname(path)):
        return None
    try:
        # Not blocking: a pipe of that name must not hold up a command. A link would have a file made somewhere else.
        handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
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
