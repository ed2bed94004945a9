"""What every index needs: marks that tell whether a file was changed, and a new index put in place of the old."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from clientfolder.binder import files, leftovers

MODE = 0o600
# The names of all the indexes, which lie in one directory.
REGISTER, SLIPS, LEDGER = "register", "slips-register", "ledger"
DAY_NS = 24 * 3600 * 10**9


def mark_of(status: os.stat_result) -> str:
    """What tells a file from itself once it has been changed in any way."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def marks_of(directory: str, names: Sequence[str]) -> list[str]:
    """The marks of these files now; empty for one that is gone or cannot be looked at."""
    marks = []
    stat = os.stat
    try:
        opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return [""] * len(names)
    try:
        for name in names:
            try:
                status = stat(name, dir_fd=opened)
            except OSError:
                marks.append("")
                continue
            # Written out, for this line runs once for each dossier of the folder at every command.
            marks.append(f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}")
    finally:
        files.close(opened)
    return marks


def saved_bytes(path: str) -> bytes:
    """The bytes of an index, through no link. Raises OSError."""
    if os.path.islink(os.path.dirname(path)):
        raise FileNotFoundError(path)
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        return file.read()


class NewIndexFile:
    """A new index beside the old. The moment of its making is older than any change made from then on."""

    def __init__(self, path: str, wanted: bool) -> None:
        self._path = path
        self._beside = leftovers.temporary_name(path)
        self._handle: int | None = None
        self._made_ns = self._device = 0
        self._wanted = wanted

    def __enter__(self) -> NewIndexFile:
        if self._wanted:
            with suppress(OSError):
                self._handle = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, MODE)
                status = os.fstat(self._handle)
                self._made_ns, self._device = status.st_mtime_ns, status.st_dev
                files.hand_over(self._handle, os.path.dirname(self._path))
        return self

    def is_older(self, status: os.stat_result) -> bool:
        """Whether a file was last changed before the page was made.

        The clock of another file system may differ from that of the page, but not by a day. Where a file system keeps
        no time of change, that of the content tells; one that lies far ahead was set by hand.
        """
        since = self._made_ns - (0 if status.st_dev == self._device else DAY_NS)
        return status.st_ctime_ns < since and not since <= status.st_mtime_ns < self._made_ns + DAY_NS

    def put(self, content: bytes) -> None:
        """Write it and put it in place; where that fails, the old index stays."""
        if self._handle is None:
            return
        with suppress(OSError):
            left = memoryview(content)
            while left:
                left = left[os.write(self._handle, left) :]
            os.rename(self._beside, self._path)
            self._clear()

    def _clear(self) -> None:
        """Take away what killed commands left of any index, for the page that wrote it may not come again for long.

        One that is still writing has lost nothing but its turn.
        """
        directory, name = os.path.split(self._path)
        for left in os.listdir(directory):
            if leftovers.is_temporary_of(left, {name, REGISTER, SLIPS, LEDGER}):
                os.unlink(os.path.join(directory, left))

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            files.close(self._handle)
            with suppress(OSError):
                # Where it was put in place, nothing of that name is left.
                os.unlink(self._beside)
