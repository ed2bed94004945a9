"""What takes long to make is made beside its place, and taken away again where that is broken off."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from clientfolder.binder import leftovers, lock
from clientfolder.errors import Interrupted

_Made = TypeVar("_Made")


class _Ended(BaseException):
    """A polite kill, or a closed window."""

    def __init__(self, number: int) -> None:
        self.number = number


def made(
    target: str, make: Callable[[str], _Made], place: Callable[[str], None], take_away: Callable[[str], None]
) -> _Made:
    """Make something under a name beside the target, and then put it in its place, which nothing disturbs.

    Whatever breaks it off, what was begun is taken away. Raises Interrupted for Ctrl-C; a polite kill or a closed
    window ends the process afterwards, as ever.
    """
    beside = leftovers.temporary_name(target)
    is_placed = False
    try:
        with _ended_by_raising():
            try:
                result = make(beside)
                with lock.undisturbed():
                    place(beside)
                    is_placed = True
            except BaseException:
                if not is_placed:
                    take_away(beside)
                raise
    except KeyboardInterrupt:
        told = "when all was written already" if is_placed else "nothing was written"
        raise Interrupted(f"Interrupted{',' if is_placed else ';'} {told}") from None
    except _Ended as ended:
        os.kill(os.getpid(), ended.number)
        raise
    return result


@contextlib.contextmanager
def _ended_by_raising() -> Iterator[None]:
    """The first signal that wants an end raises, and what follows it is not heard; ignored ones stay ignored."""
    has_come = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal has_come
        if not has_come:
            has_come = True
            raise KeyboardInterrupt if number == signal.SIGINT else _Ended(number)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    usual = [number for number, how in before.items() if how in (signal.SIG_DFL, signal.default_int_handler)]
    try:
        for number in usual:
            signal.signal(number, end)
        yield
    finally:
        for number in usual:
            signal.signal(number, before[number])
