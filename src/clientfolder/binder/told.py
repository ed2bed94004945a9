"""Whether it was said today that this folder is not the default one: a small file of this machine, good for a day."""

from __future__ import annotations

from datetime import date

from clientfolder.binder import cache
from clientfolder.binder.binder import PRIVATE, Binder


def is_told(binder: Binder, day: date) -> bool:
    """Whether it was said on that day; no for whatever cannot be read."""
    return cache.read(_path(binder)) == _content(day)


def tell(binder: Binder, day: date) -> None:
    """Keep that it was said; where that cannot be written it is said once more."""
    cache.write(_path(binder), _content(day), binder.make_private)


def _content(day: date) -> bytes:
    return f"{day}\n".encode()


def _path(binder: Binder) -> str:
    # Hidden, so that what a killed one leaves beside it is named like any other leftover.
    return binder.path(PRIVATE, ".told")
