"""How a command declares its arguments and options: one declaration, of which both readings of a line are made.

`quick` reads most lines by it without an option parser; for all others `parser` hands it to typer, whose import takes
longer than most commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from clientfolder.cli.arguments import Known, Takes
from clientfolder.tuples import NamedTuple


class Call(NamedTuple):
    """What a command is called with besides its parameters: `obj` is the session. A typer context has it too."""

    obj: Any


class Option:
    """An option: its spellings, and what typer is told of it. Without a spelling it has that of its parameter.

    `completes`: the function of `completion` that offers values; named, so that it is imported for the Tab key alone.
    """

    def __init__(self, *names: str, completes: str | None = None, **more: Any) -> None:
        self.names = names
        self.completes = completes
        self.more = more


class Argument:
    """Words that belong to no option, and what typer is told of them; `completes` as above."""

    def __init__(self, *, completes: str | None = None, **more: Any) -> None:
        self.completes = completes
        self.more = more


class Parameter(NamedTuple):
    """One parameter of a command: its name, its type, how it is declared, and what it takes."""

    name: str
    type: Any
    declared: Option | Argument
    takes: Takes

    def known(self) -> Iterator[tuple[str, Known]]:
        """An option under each of its spellings; nothing for an argument."""
        if isinstance(self.declared, Option):
            spellings = self.declared.names or (f"--{self.name.replace('_', '-')}",)
            long = next(name for name in spellings if name.startswith("--"))
            yield from ((name, Known(self.takes, long)) for name in spellings)


@cache
def parameters(function: Callable[..., Any]) -> list[Parameter] | None:
    """The parameters of a command behind its context, in order; None where one is not declared by these classes."""
    found = []
    for name in function.__code__.co_varnames[1 : function.__code__.co_argcount]:
        said = function.__annotations__[name]
        annotation = eval(said, function.__globals__) if isinstance(said, str) else said
        metadata = getattr(annotation, "__metadata__", ())
        declared = next((mark for mark in metadata if isinstance(mark, (Option, Argument))), None)
        if declared is None:
            return None
        usual = Takes.NOTHING if annotation.__origin__ is bool else Takes.A_WORD
        takes = next((mark for mark in metadata if isinstance(mark, Takes)), usual)
        found.append(Parameter(name, annotation.__origin__, declared, takes))
    return found


def known_options(found: Sequence[Parameter]) -> dict[str, Known]:
    """The options among them under each of their spellings."""
    return dict(pair for parameter in found for pair in parameter.known())


def values_of(words: Sequence[str], found: Sequence[Parameter], known: dict[str, Known]) -> dict[str, Any] | None:
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
        if option.takes.may_stand_again:
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
