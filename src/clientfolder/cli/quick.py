"""Most command lines read without an option parser, by the same declarations; None for every line that is not sure.

Help, errors, completion, and whatever is spelt in a way that this does not know are left to `parser`: it is the one
that refuses. Reading a line here takes less than a hundredth of the time that importing typer does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clientfolder.cli import arguments
from clientfolder.cli.arguments import Known, Takes
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import Command
from clientfolder.cli.parameters import known_options, parameters, values_of
from clientfolder.errors import Trouble
from clientfolder.tuples import NamedTuple

# What asks for a page instead of a command.
_ASKS = {"-h", "--help", "-V", "--version"}
# It shows the page of a command, which the option parser makes.
_SHOWS_PAGES = "help"
_HELP = dict.fromkeys(("-h", "--help"), Known(Takes.NOTHING, "--help"))


class QuickCall(NamedTuple):
    """A command line that was read: what stands for every command, the command, its options and its values."""

    folder: str | None
    today: str | None
    json: bool
    dry_run: bool
    row: Command
    # Empty for a line that names no command.
    known: dict[str, Known]
    values: dict[str, Any]


def read(argv: Sequence[str]) -> QuickCall | None:
    """Read a command line, if it is sure what the option parser would make of it."""
    if not _ASKS.isdisjoint(argv):
        return None
    try:
        front, rest = arguments.common_first(argv)
        common = _common(front)
        row = table.named(rest[0]) if rest else table.named("today")
        if common is None or row is None or row.name == _SHOWS_PAGES:
            return None
        found = parameters(row.function())
        if found is None:
            return None
        known = {**_HELP, **known_options(found)}
        values = values_of(arguments.arranged(rest[1:], known), found, known)
    except Trouble:
        return None
    if values is None:
        return None
    return QuickCall(
        common.get("--folder"), common.get("--today"), "--json" in common, "--dry-run" in common,
        row, known if rest else {}, values,
    )  # fmt: skip


def _common(front: Sequence[str]) -> dict[str, str] | None:
    """The common options with their values; None where one stands twice."""
    found = dict(word.partition("=")[::2] for word in front)
    return found if len(found) == len(front) else None
