"""One key pressed on the terminal, without Enter."""

from __future__ import annotations

import contextlib
import os
import sys

from clientfolder.cli.counter import Counter


def pressed(counter: Counter) -> str:
    """One key, without Enter; Ctrl-C and the end of the input as their characters."""
    stdin = counter.world.stdin
    if stdin is not sys.stdin:
        return stdin.read(1)
    import termios
    import tty

    handle = stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        with contextlib.suppress(KeyboardInterrupt):
            pressed = os.read(handle, 8)
            # An arrow or another key of several bytes is none of ours, and must not be taken for Escape.
            return pressed.decode("utf-8", "replace") if len(pressed) == 1 else "\0"
        return "\x03"
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
