"""The command line: from what was typed to a result, and from a result to the screen or to JSON."""

from __future__ import annotations

import sys

# Nothing else is imported up here, nor `typing` for this: a Ctrl-C is answered with a line only from `run` on.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from clientfolder.workspace import Environment


def main(argv: Sequence[str] | None = None, environment: Environment | None = None) -> int:
    """Run one command line and return its exit code."""
    from clientfolder.cli.app import front_door

    return front_door(list(sys.argv[1:] if argv is None else argv), environment)


def run() -> NoReturn:
    """The console scripts `cf` and `clientfolder`; from here on a Ctrl-C is answered with a line."""
    import gc

    # Nearly all that a command makes it keeps to its end: to look every 700 values whether some are garbage finds none.
    gc.set_threshold(100_000)
    try:
        import signal

        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("cf: Interrupted\n")
        code = 130
    from contextlib import suppress

    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    # The last collection would look at every value once more: a third of the time that ending takes.
    gc.freeze()
    sys.exit(code)
