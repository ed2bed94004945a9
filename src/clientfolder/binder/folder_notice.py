"""Whether it was said today that this folder is not the default one: a small file of this machine, good for a day."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date

from clientfolder.binder import cache, files
from clientfolder.binder.binder import PRIVATE, Binder
from clientfolder.errors import CannotReach

# Never through a link, and never waiting for whoever reads a pipe in its place.
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def was_given(binder: Binder, day: date) -> bool:
    """Whether it was said on that day; no for whatever cannot be read."""
    return cache.read(_path(binder)) == _content(day)


def give(binder: Binder, day: date) -> None:
    """Keep that it was said; where that cannot be written it is said once more.

    Written in place: half of a day is no day, and nothing lies beside it when the command is killed.
    """
    with suppress(OSError, CannotReach):
        binder.make_private()
        handle = os.open(_path(binder), _FLAGS, files.FILE_MODE)
        try:
            os.write(handle, _content(day))
            files.hand_over(handle, os.path.dirname(_path(binder)))
        finally:
            os.close(handle)


def _content(day: date) -> bytes:
    return f"{day}\n".encode()


def _path(binder: Binder) -> str:
    return binder.path(PRIVATE, ".told")
