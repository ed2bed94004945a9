"""The desktop's opener: started apart from the terminal, so that this is free at once and stays as it is."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from clientfolder.binder import files
from clientfolder.cli.session import Session
from clientfolder.errors import CannotReach, Refused

if TYPE_CHECKING:
    from subprocess import Popen

# An opener that has nothing to open it with says so soon; one that is the viewer itself ends when it is closed.
SECONDS_TO_FAIL = 0.4
# What a desktop may run, or follow to somewhere else, instead of showing it.
RUNS = (
    ".desktop", ".app", ".command", ".tool", ".terminal", ".workflow", ".action", ".scpt", ".pkg", ".jar", ".exe",
    ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".js", ".hta", ".lnk", ".url", ".webloc", ".inetloc",
    ".fileloc", ".sh", ".run", ".appimage",
)  # fmt: skip
# Python warns of whoever lets go of a process that still runs.
_running: list[Popen[bytes]] = []


def start(session: Session, path: str) -> None:
    """Open a file by its absolute path, which no program takes for an option.

    Raises Refused for what a desktop could run, CannotReach where there is no opener or no desktop.
    """
    # A link has a name of its own, and the desktop follows it.
    if any(place.lower().endswith(RUNS) for place in (path, os.path.realpath(path))):
        raise Refused(f"A desktop may run this instead of showing it; look into it by hand: {path}")
    words = _opener(session, path)
    import subprocess

    try:
        started = subprocess.Popen(
            [*words, path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(session.environment.env),
        )
    except (OSError, ValueError) as error:
        why = files.reason(error) if isinstance(error, OSError) else str(error)
        raise _by_hand(f"The opener {words[0]} does not start ({why})", path) from None
    _running.append(started)
    until = time.monotonic() + SECONDS_TO_FAIL
    while (ended := started.poll()) is None and time.monotonic() < until:
        time.sleep(0.01)
    if ended:
        raise _by_hand(f"The opener {words[0]} failed with {ended}", path)


def _opener(session: Session, path: str) -> list[str]:
    """The opener's words. Raises CannotReach where there is none."""
    env = session.environment.env
    if said := env.get("CF_OPENER"):
        import shlex

        try:
            words = shlex.split(said)
        except ValueError as error:
            raise _by_hand(f"CF_OPENER is no command line ({error})", path) from None
        if words:
            return words
    if sys.platform == "darwin":
        return ["open"]
    # Without one xdg-open falls back on a browser for terminals, which would have none.
    if not any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION")):
        raise _by_hand("There is no desktop here", path)
    return ["xdg-open"]


def _by_hand(why: str, path: str) -> CannotReach:
    return CannotReach(f"{why}. CF_OPENER names another opener; the paper lies in {path}")
