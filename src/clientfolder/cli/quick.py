"""Most command lines read without an option parser, by the same declarations; None for every line that is not sure.

Help, errors, completion, and whatever is spelt in a way that this does not know are left to `parser`: it is the one
that refuses. Reading a line here takes less than a hundredth of the time that importing typer does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from clientfolder.cli import arguments
from clientfolder.cli.arguments import Known, Takes
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import Command
from clientfolder.cli.parameters import Argument, Parameter, parameters
from clientfolder.errors import Trouble

# What asks for a page instead of a command.
_ASKS = {"-h", "--help", "-V", "--version"}
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
    if not _ASKS.isdisjoint(argv) or any(word.endswith("-completion") for word in argv):
        return None
    try:
        front, rest = arguments.common_first(argv)
        common = _common(front)
        row = table.named(rest[0]) if rest else table.named("today")
        if common is None or row is None:
            return None
        found = parameters(row.function())
        if found is None:
            return None
        known = {**_HELP, **dict(pair for parameter in found for pair in parameter.known())}
        values = _values(arguments.arranged(rest[1:], known), found, known)
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


def _values(words: Sequence[str], found: Sequence[Parameter], known: dict[str, Known]) -> dict[str, Any] | None:
    """The value of each parameter that is said; `words`: options first, then `--` and the words that are none."""
    end = words.index("--")
    by_long = {option.long: parameter for parameter in found for _, option in parameter.known()}
    values: dict[str, Any] = {}
    place = 0
    while place < end:
        name, given, value = words[place].partition("=")
        place += 1
        option = known.get(name)
        if option is None or (given and option.takes is Takes.NOTHING):
            return None
        parameter = by_long[option.long]
        if option.takes is Takes.A_WORD and not given:
            value = words[place]
            place += 1
        if option.takes is Takes.EACH:
            values.setdefault(parameter.name, []).append(value)
            continue
        if parameter.name in values or parameter.type is int or parameter.type == int | None:
            return None
        values[parameter.name] = True if option.takes is Takes.NOTHING else value
    return _with_arguments(values, list(words[end + 1 :]), found)


def _with_arguments(values: dict[str, Any], words: list[str], found: Sequence[Parameter]) -> dict[str, Any] | None:
    """The values with the words that belong to no option; None where there are more than the command takes."""
    for parameter in found:
        if isinstance(parameter.declared, Argument) and words:
            if parameter.type == list[str] | None:
                values[parameter.name], words = words, []
            else:
                values[parameter.name] = words.pop(0)
    return None if words else values
