"""Reading files, and making directories: the errors that the system gives, as errors with a message."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from clientfolder.errors import CannotReach, Refused, Unreadable

# Larger than any dossier; a file beyond it is not read at all.
MOST_BYTES = 5_000_000
TOO_LARGE = "The file is larger than {} MB, which no dossier is; take out what is no text"
DIRECTORY_MODE, FILE_MODE = 0o700, 0o600


def read(path: str, file: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file; `read_with_status` has what it raises."""
    return read_with_status(path, file, most)[0]


def read_with_status(path: str, file: str, most: int = MOST_BYTES) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, `most` of them at the most, and its status from before they were read.

    `file` is its name in messages. Raises FileNotFoundError where nothing of that name is, Unreadable for what is no
    file or too large, CannotReach where the system refuses.
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
        if error.errno == errno.ENAMETOOLONG and not os.path.lexists(path):
            # No file can be called so, whoever has written the name down.
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None
        raise CannotReach(f"Cannot be read: {reason(error)}", file=file) from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("This is a directory, and no file; give it another name, or take it away", file=file)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("This is no regular file, but a pipe or a device; take it away", file=file)
        if status.st_size > most:
            raise Unreadable(TOO_LARGE.format(most // 1_000_000), file=file)
        # No larger buffer than the file needs: 5 MB of it cost ten times the reading.
        parts = []
        while part := os.read(handle, status.st_size + 1):
            parts.append(part)
        return b"".join(parts), status
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=file) from None
    finally:
        close(handle)


def read_own(path: str, file: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file that cf keeps for itself: as `read`, but through no link, be it the directory or the file.

    Where one is a link, somebody else has put it there, and there is nothing to read: raises FileNotFoundError.
    """
    if os.path.islink(path) or os.path.islink(os.path.dirname(path)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return read(path, file, most)


def mode_of(path: str, file: str, *, of_link: bool = False) -> int | None:
    """What kind of file is there, as its mode; None where nothing is. Raises CannotReach where that cannot be known."""
    try:
        return (os.lstat(path) if of_link else os.stat(path)).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=file) from None


def close(handle: int) -> None:
    """Close a file that was only read or locked; errors of the system are ignored."""
    with contextlib.suppress(OSError):
        os.close(handle)


def reason(error: OSError) -> str:
    """What the system said, as the end of a sentence: `no space left on device`."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def make_directory(path: str) -> None:
    """A directory for its owner alone, as those above it that are made; what is there stays. Raises CannotReach."""
    try:
        for directory in reversed(missing(path)):
            with contextlib.suppress(FileExistsError):
                os.mkdir(directory, DIRECTORY_MODE)
                made = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    hand_over(made, os.path.dirname(directory))
                finally:
                    close(made)
        if not os.path.isdir(path):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    except OSError as error:
        raise CannotReach(f"Cannot make {path}: {reason(error)}") from None


def hand_over(made: int, directory: str) -> None:
    """Give what root has made to the owner of the directory that it is in: after `sudo cf` they go on without it.

    `made` is an open file or directory, for a path could lead elsewhere by now. Raises OSError.
    """
    if os.geteuid() == 0:
        theirs = os.stat(directory)
        if theirs.st_uid != 0:
            os.fchown(made, theirs.st_uid, theirs.st_gid)


def check_directory(path: str) -> None:
    """Raises Refused where there is no such directory, CannotReach where that cannot be known."""
    try:
        is_there = stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_there = False
    except OSError as error:
        raise CannotReach(f"Cannot be read: {reason(error)}", file=path) from None
    if not is_there:
        raise Refused("There is no such directory; make it first", file=path)


def is_shut(directory: str) -> bool:
    """Whether there is a directory that this user cannot list, or whose files cannot be reached."""
    try:
        os.listdir(directory)
        os.stat(os.path.join(directory, "."))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return False


def missing(path: str) -> list[str]:
    """The directories that must be made for this one, itself first; those above it last."""
    found = []
    while path and not os.path.lexists(path):
        found.append(path)
        path = os.path.dirname(path)
    return found
