"""Covers of clients who lie somewhere: their next contact, and what else a test is about."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Cover, How, Next


def client(
    name: str, on: date | Month | None = None, how: How = "planned", at: time | None = None, *, kind: str = "call",
    **more: Any,
) -> Cover:  # fmt: skip
    """Who has that name, the next contact on that day if one is given; `more`: further fields of the cover."""
    contact = Next(on, time=at, kind=kind, how=how) if on else None
    return Cover(name.lower().replace(" ", "-"), name, next=contact, **more)
