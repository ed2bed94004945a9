"""What the Tab key offers: clients, slots and one-word dates, reduced to characters that no shell runs.

A dossier whose file name has other characters is not offered; it is found by its name all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer

from clientfolder.binder.binder import Binder
from clientfolder.errors import Trouble, Unreadable
from clientfolder.office import Office
from clientfolder.tickler import slots

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HARMFUL = re.compile(r"[^\w .,&-]")
PHRASES = (
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "1d", "2d", "3d", "1w", "2w", "3w", "4w",
    "6w", "1m", "2m", "3m", "6m", "1y", "+1b", "+2b", "+3b", "+5b", "eow", "eom", "eoq", "eoy", "jan", "feb", "mar",
    "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
KINDS = ("call", "mail", "meeting", "visit", "letter", "note")


def clients(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Short names that begin so, each with the client's name."""
    root = ctx.find_root()
    office = Office(root.obj.world, root.params.get("folder"))
    try:
        found = [name for name in office.binder.clients() if name.startswith(incomplete) and _HARMLESS.fullmatch(name)]
    except Trouble:
        return []
    return [(name, _name(office.binder, name)) for name in found]


def _name(binder: Binder, client: str) -> str:
    try:
        return harmless(binder.sheet(client).dossier.name)
    except (Trouble, Unreadable):
        return ""


def harmless(text: str) -> str:
    """Letters, digits, blanks and `.,&-` alone: typer's help for zsh would run code from anything else."""
    return " ".join(_HARMFUL.sub(" ", text).replace("_", " ").split())


def phrases(incomplete: str) -> Iterator[str]:
    return (phrase for phrase in PHRASES if phrase.startswith(incomplete))


def places(incomplete: str) -> Iterator[str]:
    return (name for name in (*slots.NAMES, "today", "tomorrow") if name.startswith(incomplete))


def kinds(incomplete: str) -> Iterator[str]:
    return (kind for kind in KINDS if kind.startswith(incomplete))
