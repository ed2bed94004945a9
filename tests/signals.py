"""How children of the tests take signals: as a shell starts them, whatever the tests themselves were told to ignore.

Whoever starts the tests with `nohup` or in the background of a script has SIGHUP or SIGINT ignored, and a program
inherits that.
"""

from __future__ import annotations

import signal

HEARD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def as_usual() -> None:
    """Between fork and exec, as `preexec_fn`: what would end a program ends it again."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
    for number in HEARD:
        signal.signal(number, signal.SIG_DFL)
