"""What can go wrong, in a freelancer's words: one class and one exit code for each kind.

An error says where, what, and what to do next. It is raised with its data, and caught and printed in `cli.app` alone.
Anything that is not a `Trouble` is a bug and is not caught.
"""

from __future__ import annotations

from typing import ClassVar

from clientfolder.tuples import NamedTuple


class Trouble(Exception):
    """An error with its message to the user. `file` is relative to the folder, `line` counts from 1.

    `candidates` are names that may have been meant, the nearest first. `repeat` is the command line to paste again, so
    that nothing has to be typed twice; empty where the message holds it. `then` are the words of another command that
    goes on from here; the front door puts them behind the message as they would be typed in this folder.
    """

    code: ClassVar[str] = "io"
    exit: ClassVar[int] = 5

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        candidates: tuple[str, ...] = (),
        repeat: str | None = None,
        then: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.candidates = candidates
        self.repeat = repeat
        self.then = then


class Misused(Trouble):
    """The command line says something that no command means."""

    code, exit = "usage", 2


class Mistyped(Misused):
    """One word of the command line is wrong: with `instead` in its place, or without it, the line is good."""

    def __init__(self, message: str, typed: str, *instead: str) -> None:
        super().__init__(message)
        self.typed = typed
        self.instead = instead


class NoOption(Mistyped):
    """An option that there is not; the line is given back without it where nothing else is known of it."""

    def __init__(self, reason: str, typed: str) -> None:
        super().__init__(f"{reason}. Text that begins so stands after --", typed)
        self.reason = reason


class NoValue(Misused):
    """An option stands there without the value that it wants."""

    def __init__(self, option: str) -> None:
        super().__init__(f"{option} wants a value behind it")
        self.option = option


class PhraseRefused(Trouble):
    """A WHEN, a day looked back at, or a slot that cannot be read whole.

    `phrase` is what was typed, `reason` what is odd about it, and `instead` are the phrases that would work.
    """

    code, exit = "phrase", 2

    def __init__(
        self,
        message: str,
        *,
        then: tuple[str, ...] = (),
        phrase: str = "",
        reason: str = "",
        instead: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, then=then)
        self.phrase = phrase
        self.reason = reason
        self.instead = instead


class Refused(Trouble):
    """Understood, and not done: an agreed date without a yes, a name that is taken, an empty text."""

    code, exit = "refused", 2


class NoClient(Trouble):
    """Nobody of that name; the candidates are the nearest."""

    code, exit = "no_client", 3


class Ambiguous(Trouble):
    """Several fit; a write never guesses."""

    code, exit = "ambiguous", 4


class CannotReach(Trouble):
    """A file or directory that cannot be read or written, or is locked by another command."""

    code, exit = "io", 5


class Unreadable(Trouble):
    """A dossier or the settings that do not parse, or an archive that is damaged."""

    code, exit = "unreadable", 5


class NoFolder(Trouble):
    """There is no client folder here, and none by default."""

    code, exit = "no_folder", 5


class Changed(Trouble):
    """The file is no longer as it was read, or as a step left it."""

    code, exit = "changed", 6


class NothingToUndo(Trouble):
    """The journal has no step to undo or to redo."""

    code, exit = "nothing_to_undo", 7


class Interrupted(Trouble):
    """Ctrl-C at a question: nothing was written."""

    code, exit = "usage", 130


class Warned(NamedTuple):
    """Something to know that stopped nothing. The code is part of the contract with scripts."""

    code: str
    message: str
