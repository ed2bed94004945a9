"""A screen made empty for what comes next, where there is one."""

from __future__ import annotations

import contextlib

from clientfolder.cli.output.terminal import Window
from clientfolder.cli.session import Session


def is_screen(session: Session, window: Window) -> bool:
    """Whether there is a screen that can be made empty: a terminal that knows more than lines."""
    return session.environment.has_screen and window.rows is not None


def empty_screen(session: Session, window: Window) -> None:
    """An empty screen, what stood on it scrolled up and kept."""
    if is_screen(session, window) and window.rows:
        with contextlib.suppress(OSError):
            session.environment.stdout.write("\n" * window.rows + "\x1b[H\x1b[J")
