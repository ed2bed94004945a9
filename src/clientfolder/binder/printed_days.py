"""Which dossiers stood on the printed sheets of a day, in their order: a file of this machine for each day.

So a day that was lived on paper can be typed in as it was printed, whatever lies where by then.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import date, timedelta

from clientfolder.binder import cache, leftovers
from clientfolder.binder.binder import PRIVATE, Binder
from clientfolder.binder.files import make_directory
from clientfolder.errors import CannotReach
from clientfolder.tuples import NamedTuple

DAYS_KEPT = 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class PrintedLine(NamedTuple):
    """A dossier as it lay when it was printed: at which day or month, and when its newest entry was made."""

    client: str
    on: str | None
    last: str | None


class PrintedDay(NamedTuple):
    """The sheet of a day: the letter that tells it from earlier ones of that day, and its lines."""

    letter: str
    lines: tuple[PrintedLine, ...]


def read(binder: Binder, day: date) -> PrintedDay | None:
    """What was printed last for that day; None where nothing was, or nothing that can be read."""
    try:
        found = json.loads(cache.read(_path(binder, day)) or b"")
        lines = tuple(PrintedLine(*line) for line in found["lines"])
        texts = [text for line in lines for text in line if text is not None]
        if not all(isinstance(text, str) for text in [found["letter"], *texts, *(line.client for line in lines)]):
            return None
        return PrintedDay(found["letter"], lines)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def sheet(before: PrintedDay | None, lines: tuple[PrintedLine, ...]) -> PrintedDay:
    """The sheet of these lines: of the same letter as the one before, where that says the same, else of the next."""
    if before is None:
        return PrintedDay(_LETTERS[0], lines)
    if before.lines == lines:
        return before
    place = _LETTERS.find(before.letter)
    return PrintedDay(_LETTERS[min(place + 1, len(_LETTERS) - 1)], lines)


def keep(binder: Binder, day: date, printed: PrintedDay, today: date) -> None:
    """Keep what was printed, and forget what is older than DAYS_KEPT; where that cannot be written, nothing is kept."""
    with contextlib.suppress(OSError, CannotReach):
        binder.make_private()
        make_directory(_directory(binder))
        cache.write(_path(binder, day), json.dumps(printed._asdict()).encode(), binder.make_private)
        for name in os.listdir(_directory(binder)):
            if leftovers.is_temporary(name) or _is_old(name, today):
                os.unlink(os.path.join(_directory(binder), name))


def _is_old(name: str, today: date) -> bool:
    try:
        return date.fromisoformat(name.removesuffix(".json")) < today - timedelta(days=DAYS_KEPT)
    except ValueError:
        return False


def _directory(binder: Binder) -> str:
    return binder.path(PRIVATE, "prints")


def _path(binder: Binder, day: date) -> str:
    return os.path.join(_directory(binder), f"{day}.json")
