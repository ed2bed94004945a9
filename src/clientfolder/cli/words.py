"""From the words of a command line to options and their values, before the option parser sees them.

Options such as `--next` take every word up to the next option, so that a date of several words needs no quotes.
The common options may stand anywhere. A word with one dash that is no option is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from clientfolder.errors import Mistyped, Misused


class Takes(Enum):
    """What an option takes: nothing, the next word, or every word up to the next option, as one or each as its own."""

    NOTHING = auto()
    A_WORD = auto()
    WORDS = auto()
    EACH = auto()


# The options that may stand before or after the command.
COMMON: Mapping[str, Takes] = {
    "--folder": Takes.A_WORD,
    "--today": Takes.A_WORD,
    "--json": Takes.NOTHING,
    "--dry-run": Takes.NOTHING,
}
# The parameters whose option takes every word up to the next option.
RUNS = frozenset({"next", "on", "about", "client", "every"})
# The same, but the words stay apart, and the option may stand several times.
SERIES = frozenset({"answer"})


def common_first(args: Sequence[str], *, unfinished: bool = False) -> tuple[list[str], list[str]]:
    """The common options with their values, and all other words in their order.

    `unfinished`: the line is being completed, so its last option may still want its value. Else Misused is raised.
    """
    front: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        name, given, value = word.partition("=")
        if word == "--":
            return front, [*rest, word, *words]
        if name not in COMMON or (given and COMMON[name] is Takes.NOTHING):
            rest.append(word)
        elif given or COMMON[name] is Takes.NOTHING:
            front.append(word)
        else:
            value = next(words, "")
            if unfinished and not value:
                front.append(word)
                continue
            if not value or value.startswith("--"):
                raise Misused(f"{name} wants a value behind it")
            front.append(f"{name}={value}")
    return front, rest


class Known(NamedTuple):
    """An option of the command at hand, under each of its spellings; `long` is the one with two dashes."""

    takes: Takes
    long: str


def arranged(args: Sequence[str], options: Mapping[str, Known], *, unfinished: bool = False) -> list[str]:
    """Options first, each with its whole value; then `--` and the words that are none.

    An unknown word with two dashes is left among the options, for the parser to refuse; one of a dash and a letter
    raises Mistyped. `unfinished`: as above.
    """
    if not unfinished:
        _check_letters(args, options)
    front: list[str] = []
    text: list[str] = []
    place = 0
    while place < len(args):
        word = args[place]
        place += 1
        if word == "--":
            text += args[place:]
            break
        name, given, value = word.partition("=")
        known = options.get(name)
        if not _is_option(word, options):
            text.append(word)
        elif known is None or known.takes is Takes.NOTHING or (given and known.takes is Takes.A_WORD):
            front.append(word)
        elif known.takes is Takes.A_WORD:
            value_there = place < len(args) and not _is_option(args[place], options)
            if not value_there and not unfinished:
                raise Misused(f"{word} wants a value behind it")
            front += [word, *args[place : place + value_there]]
            place += value_there
        else:
            end = place
            while end < len(args) and not _is_option(args[end], options):
                end += 1
            run = [value] * bool(given) + list(args[place:end])
            place = end
            if known.takes is Takes.EACH:
                front += [f"{known.long}={part}" for part in run]
                continue
            if any(earlier.startswith(f"{known.long}=") for earlier in front):
                raise Misused(f"{known.long} stands twice")
            front.append(f"{known.long}={' '.join(run)}")
    return [*front, "--", *text]


def _check_letters(args: Sequence[str], options: Mapping[str, Known]) -> None:
    """Raises Mistyped for `-m`, which is an option of another program and would be taken for text."""
    for word in args:
        if word == "--":
            return
        if re.fullmatch(r"-[^\W\d_]", word) and word not in options:
            raise Mistyped(f"There is no option {word} here. Text that begins so stands after --", word, None)


def _is_option(word: str, options: Mapping[str, Known]) -> bool:
    return word.startswith("--") or word in options
