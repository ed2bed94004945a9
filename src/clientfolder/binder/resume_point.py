"""Where somebody stopped going through the desk: a small file of this machine, good for a day, and never missed."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from typing import NamedTuple

from clientfolder.binder import files
from clientfolder.binder.binder import PRIVATE, Binder
from clientfolder.binder.journal import atomic
from clientfolder.errors import CannotReach, Unreadable

_MOST_BYTES = 1_000_000


class Bookmark(NamedTuple):
    """The short name of the dossier at which one stopped, and of those that were skipped."""

    client: str | None
    skipped: tuple[str, ...]


def read(binder: Binder, day: date) -> Bookmark | None:
    """Where one stopped on that day; None for another day, and for whatever cannot be read."""
    import json

    try:
        found = json.loads(files.read_own(_path(binder), PRIVATE, most=_MOST_BYTES))
        client, skipped = found["client"], found["skipped"]
        texts = [*skipped, *([] if client is None else [client])]
        if found["day"] != day.isoformat() or not all(isinstance(text, str) for text in texts):
            return None
        return Bookmark(client, tuple(skipped))
    except (OSError, CannotReach, Unreadable, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(binder: Binder, day: date, mark: Bookmark) -> None:
    """Remember it; where that cannot be, one begins at the top."""
    import json

    text = json.dumps({"day": day.isoformat(), "client": mark.client, "skipped": mark.skipped})
    with contextlib.suppress(OSError, CannotReach):
        binder.make_private()
        atomic.put_disposable(_path(binder), text.encode())


def take_away(binder: Binder) -> None:
    """One has come to the end."""
    with contextlib.suppress(OSError, CannotReach):
        binder.check_private()
        os.unlink(_path(binder))


def _path(binder: Binder) -> str:
    # Hidden, so that what a killed one leaves beside it is named like any other leftover.
    return binder.path(PRIVATE, ".pile")
