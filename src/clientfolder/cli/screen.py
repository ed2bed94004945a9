"""A screen made empty for what comes next, where there is one."""

from __future__ import annotations

import contextlib

from clientfolder.cli.counter import Counter
from clientfolder.cli.paper import Paper


def is_screen(counter: Counter, paper: Paper) -> bool:
    """Whether there is a screen that can be made empty: a terminal that knows more than lines."""
    return counter.world.has_screen and paper.rows is not None


def empty_screen(counter: Counter, paper: Paper) -> None:
    """An empty screen, what stood on it scrolled up and kept."""
    if is_screen(counter, paper) and paper.rows:
        with contextlib.suppress(OSError):
            counter.world.stdout.write("\n" * paper.rows + "\x1b[H\x1b[J")
