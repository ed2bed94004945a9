"""One key pressed on the terminal, without Enter."""

from __future__ import annotations

import contextlib
import os
import sys

from clientfolder.cli.session import Session


def forget_keys(session: Session) -> None:
    """Before a question is shown: what was typed until then is not meant for it."""
    if session.environment.has_keyboard:
        import termios

        with contextlib.suppress(termios.error):
            termios.tcflush(session.environment.stdin.fileno(), termios.TCIFLUSH)


def pressed(session: Session) -> str:
    """One key, without Enter; Ctrl-C and the end of the input as their characters."""
    stdin = session.environment.stdin
    if not session.environment.has_keyboard:
        return stdin.read(1)
    import termios
    import tty

    handle = stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        with contextlib.suppress(KeyboardInterrupt):
            found = os.read(handle, 1)
            if found == b"\x1b" and _bytes_behind(handle) == 1:
                # Escape, and another key at once: that key is the next one's, and not a part of this.
                return "\x1b"
            if found == b"\x1b" or found > b"\x7f":
                # An arrow or another key of several bytes is none of ours, and must not be taken for Escape.
                while not _is_whole(found) and _bytes_behind(handle) and (more := os.read(handle, 1)):
                    found += more
            return found.decode("utf-8", "replace") if len(found) < 2 else "\0"
        return "\x03"
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _bytes_behind(handle: int) -> int:
    """How many bytes have come within twenty milliseconds, which those of one key do, and lie there unread."""
    import fcntl
    import select
    import termios

    if not select.select([handle], [], [], 0.02)[0]:
        return 0
    return int.from_bytes(fcntl.ioctl(handle, termios.FIONREAD, bytes(4)), sys.byteorder)


def _is_whole(key: bytes) -> bool:
    """Whether all bytes of a key of several are there, so that the next byte is the next key's."""
    if key.startswith(b"\x1b["):
        return len(key) > 2 and b"@" <= key[-1:] <= b"~"
    if key.startswith(b"\x1b"):
        return len(key) > 2 or key[1:] not in (b"", b"O")
    return key.decode("utf-8", "ignore") != ""
