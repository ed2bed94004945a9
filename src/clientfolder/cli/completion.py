"""What the Tab key offers: which words may stand at the cursor of a line that is not finished.

Where the word at the cursor goes is found as the line itself is read, so nothing is offered that would be read as
something else; what the parameter there takes, `places` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clientfolder.cli import arguments, places
from clientfolder.cli.commands import table
from clientfolder.cli.parameters import known_options, parameters, values_of
from clientfolder.cli.places import Cursor, Offer
from clientfolder.workspace import Environment

_CURSOR = "the-word-at-the-cursor"


def offers(words: Sequence[str], typed: str, environment: Environment, most_names: int = 0) -> list[Offer]:
    """What may stand at the cursor: `words` are those before it, `typed` is the beginning that stands there.

    Raises Trouble for a line that cannot be read, and where there is no folder.
    """
    option, given, value = typed.partition("=")
    prefix = f"{option}=" if given and option.startswith("--") else ""
    front, rest = arguments.common_first([*words, f"{prefix}{_CURSOR}"], unfinished=True)
    place = next((place for place, word in enumerate(rest) if not word.startswith("-")), None)
    if place is None:
        return []
    if rest[place] == _CURSOR:
        return _options_in_front(typed, rest) if typed.startswith("-") else _commands(typed)
    row, behind = table.named(rest[place]), rest[place + 1 :]
    if row is None:
        return []
    if typed.startswith("-") and not prefix and "--" not in behind:
        return _options_behind(row, typed, behind, front)
    folder = next((word.partition("=")[2] for word in front if word.startswith("--folder=")), None)
    at = Cursor(environment, folder, row.name, "", (), value if prefix else typed, {}, most_names)
    found = _offered(row, behind, at)
    return [offer._replace(word=f"{prefix}{offer.word}") for offer in found]


def _commands(typed: str) -> list[Offer]:
    return [Offer(row.name, row.help) for row in table.TABLE if row.name.startswith(typed)]


def _options_in_front(typed: str, words: Sequence[str]) -> list[Offer]:
    names = [name for name in arguments.IN_FRONT if name.startswith(typed) and name not in words]
    return [Offer(name, arguments.IN_FRONT[name]) for name in names]


def _options_behind(row: table.Command, typed: str, behind: Sequence[str], front: Sequence[str]) -> list[Offer]:
    """The command's own options, and those that stand behind any command, but for what is there already."""
    found = parameters(row.function()) or []
    known = known_options(found)
    # Raises Misused for a line that is wrong already.
    arguments.arranged([word for word in behind if word != _CURSOR], known, unfinished=True)
    names = {word.partition("=")[0] for word in (*behind, *front)}
    there = {known[name].long for name in names if name in known and not known[name].takes.may_stand_again}
    own = [
        Offer(name, parameter.declared.more.get("help", ""))
        for parameter in found
        for name, option in parameter.known()
        if option.long not in there
    ]
    common = [Offer(name, help) for name, help in arguments.IN_FRONT.items() if name in arguments.COMMON.keys() - names]
    help_ = Offer("--help", arguments.IN_FRONT["--help"])
    return [offer for offer in (*own, help_, *common) if offer.word.startswith(typed)]


def _offered(row: table.Command, behind: Sequence[str], at: Cursor) -> list[Offer]:
    """What the parameter at the cursor offers; nothing for one that offers nothing."""
    # Half typed, a number is text.
    found = [parameter._replace(type=str | None) if parameter.type in (int, int | None) else parameter
             for parameter in parameters(row.function()) or []]  # fmt: skip
    known = known_options(found)
    values = values_of(arguments.arranged(behind, known, unfinished=True), found, known) or {}
    for parameter in found:
        value = values.get(parameter.name)
        words = value.split(" ") if isinstance(value, str) else value if isinstance(value, list) else []
        if words[-1:] == [_CURSOR] and parameter.declared.completes:
            offered: Callable[[Cursor], list[Offer]] = getattr(places, parameter.declared.completes)
            return offered(at._replace(parameter=parameter.name, before=words[:-1], values=values))
    return []
