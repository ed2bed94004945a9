"""A page that is longer than the window, shown by the user's own pager."""

from __future__ import annotations

import shlex
import signal
import subprocess

from clientfolder.workspace import Environment

# As git starts it: no question where the text fits, colours as they are, the text stays on the screen.
_LESS = "FRX"


def is_paged(text: str, environment: Environment) -> bool:
    """Show a text in the pager where the window has fewer lines; False where it is to be printed instead."""
    lines = environment.size[1] if environment.is_process and environment.stdout.isatty() else 0
    if not 0 < lines <= text.count("\n") or environment.env.get("TERM") == "dumb":
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        words = shlex.split(environment.env.get("PAGER") or "less")
        # Whoever has read enough closes it before the end, which `run` takes as it comes.
        return (
            subprocess.run(words, input=text.encode(), env={"LESS": _LESS, **environment.env}, check=False).returncode
            == 0
        )
    except (OSError, ValueError, IndexError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
