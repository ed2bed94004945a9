"""The counter at the door: from typed words to an act, and from facts to print."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from clientfolder.office import World


def main(argv: Sequence[str] | None = None, world: World | None = None) -> int:
    """Run one command line and return its exit code."""
    from clientfolder.cli.app import front_door

    return front_door(list(sys.argv[1:] if argv is None else argv), world)


def run() -> NoReturn:
    """The console scripts `cf` and `clientfolder`; from here on a Ctrl-C is answered with a line."""
    import signal

    # A command is over before there is anything worth collecting; looking for it costs a twentieth of its time.
    gc.disable()
    try:
        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("cf: Interrupted\n")
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    # All is printed and on the disk. The system gives back memory at once; Python would first take apart every value.
    os._exit(code)
