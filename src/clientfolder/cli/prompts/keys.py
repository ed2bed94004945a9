"""One key pressed on the terminal, without Enter."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from clientfolder.cli.session import Session


def forget_keys(session: Session) -> None:
    """Before a question is shown: what was typed until then is not meant for it."""
    session.key_ahead = b""
    if session.environment.has_keyboard:
        import termios

        with contextlib.suppress(termios.error):
            termios.tcflush(session.environment.stdin.fileno(), termios.TCIFLUSH)


def pressed(session: Session) -> str:
    """One key, without Enter; Ctrl-C and the end of the input as their characters."""
    stdin = session.environment.stdin
    if not session.environment.has_keyboard:
        return stdin.read(1)
    handle = stdin.fileno()
    with _key_by_key(handle), contextlib.suppress(KeyboardInterrupt):
        return _key(session, handle)
    return "\x03"


def give_back(session: Session) -> None:
    """Where one leaves by Escape: the byte that was read behind it goes back to the terminal, before what is there.

    It is the next program's, which is the shell; where the system does not allow that, it is dropped.
    """
    if not session.key_ahead:
        return
    import fcntl
    import termios

    handle, byte = session.environment.stdin.fileno(), session.key_ahead
    session.key_ahead = b""
    with _key_by_key(handle), contextlib.suppress(OSError):
        fcntl.ioctl(handle, termios.TIOCSTI, byte)
        # It lies behind all others now, and they are put behind it.
        others = _bytes_behind(handle) - 1
        for other in os.read(handle, others) if others > 0 else b"":
            fcntl.ioctl(handle, termios.TIOCSTI, bytes([other]))


@contextlib.contextmanager
def _key_by_key(handle: int) -> Iterator[None]:
    """The terminal hands over each key at once, and shows none."""
    import termios
    import tty

    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _key(session: Session, handle: int) -> str:
    """The next key; what is read and is none of it is kept for the one after."""
    found, session.key_ahead = session.key_ahead or os.read(handle, 1), b""
    if found == _ESCAPE:
        # A key such as an arrow is several bytes that come at once. One alone is a key of its own.
        if _bytes_behind(handle) < 2:
            return "\x1b"
        found += os.read(handle, 1)
        if found[1:] not in _INTRODUCERS:
            session.key_ahead = found[1:]
            return "\x1b"
    if found.startswith(_ESCAPE) or found > b"\x7f":
        # An arrow or another key of several bytes is none of ours, and must not be taken for Escape.
        while not _is_whole(found) and _bytes_behind(handle) and (more := os.read(handle, 1)):
            found += more
    return found.decode("utf-8", "replace") if len(found) < 2 else "\0"


_ESCAPE = b"\x1b"
# What stands behind Escape in a key of several bytes.
_INTRODUCERS = (b"[", b"O")


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
    if key.startswith(_ESCAPE):
        return len(key) > 2
    return key.decode("utf-8", "ignore") != ""
