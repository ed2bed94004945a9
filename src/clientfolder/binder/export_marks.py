"""How old an exported file is, in steps: which steps there were when it was made, in a small file of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable

from clientfolder.binder import cache
from clientfolder.binder.binder import PRIVATE, Binder
from clientfolder.errors import CannotReach


def keep(binder: Binder, path: str, known: Iterable[str]) -> None:
    """Note that the file at `path` tells of all that was done until now. `known`: the paths that still matter."""
    marks = {place: names for place, names in _read(binder).items() if place in {*known}}
    marks[path] = sorted(_steps(binder))
    cache.write(_path(binder), json.dumps(marks).encode(), binder.make_private)


def steps_since(binder: Binder, path: str) -> int:
    """How many steps were done, undone or done again since the file was made; all, where it was made elsewhere."""
    return len(_steps(binder) - {*_read(binder).get(path, ())})


def _steps(binder: Binder) -> set[str]:
    """What the steps' files are called, which is another name once a step is undone."""
    from clientfolder.binder.journal.journal import Journal

    try:
        return {name.file for name in Journal(binder.path(PRIVATE, "daybook")).names()}
    except CannotReach:
        return set()


def _read(binder: Binder) -> dict[str, list[str]]:
    try:
        found = json.loads(cache.read(_path(binder)) or b"{}")
        return {str(place): [str(name) for name in names] for place, names in found.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _path(binder: Binder) -> str:
    # Hidden, so that what a killed one leaves beside it is named like any other leftover.
    return binder.path(PRIVATE, ".exported")
