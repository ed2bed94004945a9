"""The counter at the door: from typed words to an act, and from facts to print."""

from __future__ import annotations

import sys

# Nothing else is imported up here, nor `typing` for this: a Ctrl-C is answered with a line only from `run` on.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from clientfolder.office import World


def main(argv: Sequence[str] | None = None, world: World | None = None) -> int:
    """Run one command line and return its exit code."""
    from clientfolder.cli.app import front_door

    return front_door(list(sys.argv[1:] if argv is None else argv), world)


def run() -> NoReturn:
    """The console scripts `cf` and `clientfolder`; from here on a Ctrl-C is answered with a line."""
    try:
        import gc
        import os
        import signal
        from contextlib import suppress

        # A command is over before there is anything worth collecting; looking for it costs a twentieth of its time.
        gc.disable()
        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        import os
        import signal
        from contextlib import suppress

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("cf: Interrupted\n")
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    # All is printed and on the disk. The system gives back memory at once; Python would first take apart every value.
    os._exit(code)
