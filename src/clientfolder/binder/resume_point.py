"""Where somebody stopped going through the desk one by one: a small file of this machine, good for a day."""

from __future__ import annotations

import contextlib
import os
from datetime import date

from clientfolder.binder import cache
from clientfolder.binder.binder import PRIVATE, Binder
from clientfolder.errors import CannotReach
from clientfolder.tuples import NamedTuple


class Bookmark(NamedTuple):
    """The short name of the dossier at which one stopped, and of those that were skipped."""

    client: str | None
    skipped: tuple[str, ...]


def read(binder: Binder, day: date) -> Bookmark | None:
    """Where one stopped on that day; None for another day, and for whatever cannot be read."""
    import json

    try:
        found = json.loads(cache.read(_path(binder)) or b"")
        client, skipped = found["client"], found["skipped"]
        texts = [*skipped, *([] if client is None else [client])]
        if found["day"] != day.isoformat() or not all(isinstance(text, str) for text in texts):
            return None
        return Bookmark(client, tuple(skipped))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(binder: Binder, day: date, mark: Bookmark) -> None:
    """Keep where one stopped; where it cannot be written, the next run begins at the top."""
    import json

    text = json.dumps({"day": day.isoformat(), "client": mark.client, "skipped": mark.skipped})
    cache.write(_path(binder), text.encode(), binder.make_private)


def take_away(binder: Binder) -> None:
    """Forget where one stopped, as when the end was reached."""
    with contextlib.suppress(OSError, CannotReach):
        binder.check_private()
        os.unlink(_path(binder))


def _path(binder: Binder) -> str:
    # Hidden, so that what a killed one leaves beside it is named like any other leftover.
    return binder.path(PRIVATE, ".pile")
