"""A line on a terminal that counts while something long goes on, and is gone when it is done."""

from __future__ import annotations

import time

from clientfolder.text import visible
from clientfolder.workspace import Environment

# What is done sooner is no long work, and a line that flickers would be read for an error.
SECONDS_BEFORE, SECONDS_BETWEEN = 0.7, 0.1


class CountingLine:
    """The last line of standard error, where that and standard output are a terminal; nothing anywhere else."""

    def __init__(self, environment: Environment) -> None:
        self._stream = environment.stderr if environment.has_screen and environment.stderr.isatty() else None
        self._next = time.monotonic() + SECONDS_BEFORE
        self._is_there = False

    def tell(self, what: str, count: int) -> None:
        """So many are done by now: `1,200 contacts looked at`."""
        if self._stream is None or (now := time.monotonic()) < self._next:
            return
        self._next = now + SECONDS_BETWEEN
        self._is_there = True
        self._put(f"\r {count:,} {visible(what)} ... \x1b[K")

    def clear(self) -> None:
        """Take the line away, before anything else is printed."""
        if self._is_there:
            self._is_there = False
            self._put("\r\x1b[K")

    def _put(self, text: str) -> None:
        assert self._stream
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None
            self._is_there = False
