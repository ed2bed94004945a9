"""Small files of this machine that may be lost at any time, and are then made anew or done without."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from clientfolder.binder import files
from clientfolder.errors import CannotReach, Unreadable

MOST_BYTES = 1_000_000


def read(path: str) -> bytes | None:
    """The bytes of the file; None where there is none of at most MOST_BYTES, or it cannot be read."""
    try:
        return files.read_own(path, path, MOST_BYTES)
    except (OSError, Unreadable, CannotReach):
        return None


def write(path: str, content: bytes, prepare: Callable[[], None]) -> None:
    """Put the file in place, whole or not at all and without waiting for the disk; nothing where that cannot be.

    `prepare` makes the directory of `path`, or raises CannotReach.
    """
    # Here and not above: what is only read needs none of it.
    from clientfolder.binder.journal import atomic

    with contextlib.suppress(OSError, CannotReach):
        prepare()
        atomic.put_disposable(path, content)
