"""The world of this process: its streams, terminal, clock, and how it was started. All else gets it handed in."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TextIO

from clientfolder.workspace import Environment


class _Closed(io.StringIO):
    """Standard output that was closed before we came: nothing can be printed to it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _config_dir() -> str:
    """Where this system keeps a user's configuration."""
    # Here and not above: wanted only where no folder is named and none lies above.
    import platformdirs

    return platformdirs.user_config_dir("clientfolder")


def real_world() -> Environment:
    """The world of this process, its streams able to print any text; a closed stream stays closed."""
    for number in (0, 1, 2):
        # No file that we open may take the number of a closed stream.
        with suppress(OSError):
            os.fstat(number)
            continue
        os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    name = os.path.basename(sys.argv[0])
    try:
        cwd = os.getcwd()
    except FileNotFoundError:
        # The directory is gone; what lies above it, or by default, can still be found.
        cwd = os.environ.get("PWD", "/")
    return Environment(
        env=os.environ,
        cwd=cwd,
        stdin=sys.stdin or io.StringIO(),
        stdout=sys.stdout or _Closed(),
        stderr=sys.stderr or io.StringIO(),
        clock=lambda: datetime.now().astimezone(),
        config_dir=_config_dir,
        program=name if name == "clientfolder" else "cf",
        started=_started,
        window=_window,
        temporary_directory=_temporary_directory,
        zone=_zone,
        terminal=_terminal,
        is_process=True,
    )


def _started() -> Sequence[str]:
    """The words that start this program again in this directory."""
    path = sys.argv[0]
    name = os.path.basename(path)
    if name == "__main__.py":
        # `python -m clientfolder`, with the interpreter and the options as they were typed.
        return sys.orig_argv[: len(sys.orig_argv) - len(sys.argv[1:])]
    if name not in ("cf", "clientfolder"):
        return ("cf",)
    # Here and not above: asked only where a line is given back.
    from shutil import which

    found = which(name)
    is_found = found is not None and os.path.exists(path) and os.path.samefile(found, path)
    return (name,) if is_found or os.sep not in path else (path,)


def _window() -> tuple[int, int]:
    """Columns and lines of the terminal behind standard output; 0 where it does not tell."""
    try:
        return os.get_terminal_size(1)
    except OSError:
        return 0, 0


def _terminal() -> TextIO | None:
    """The terminal at which somebody sees what is asked, made standard input; None where nobody does."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        return None
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return None
    # As number 0, for what reads a line with its editing reads there.
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = os.fdopen(0, closefd=False)
    return sys.stdin


def _temporary_directory() -> str:
    """Where this system keeps files that are not kept. Raises FileNotFoundError where it has no such place."""
    import tempfile

    return tempfile.gettempdir()


def _zone() -> str:
    """The name of this machine's time zone, such as Europe/Prague; what TZ says stands above all. UTC for none."""
    if said := os.environ.get("TZ", "").removeprefix(":"):
        return said.partition("/zoneinfo/")[2] or said
    with suppress(OSError):
        if name := os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]:
            return name
    with suppress(OSError, UnicodeDecodeError), open("/etc/timezone", encoding="ascii") as file:
        if name := file.read().strip():
            return name
    return "UTC"
