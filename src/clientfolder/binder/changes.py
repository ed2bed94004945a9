"""What a step does to files: each change a value that can be applied, reversed, and recognised on the disk.

The changes of a step are applied in order, so after a kill the disk is as some number of them left it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from clientfolder.binder import files
from clientfolder.errors import CannotReach, Unreadable


class Other(Enum):
    """What may be there instead of a file: nothing, a directory with what is the user's, or what no step put there."""

    ABSENT = auto()
    DIRECTORY = auto()
    STRANGE = auto()


ABSENT: Final = Other.ABSENT
DIRECTORY: Final = Other.DIRECTORY
State = bytes | Other
States = dict[str, State]


class Created(NamedTuple):
    """A file that was not there. Paths are relative to the folder.

    `like`: the file whose mode it gets, and whose place it takes where a dossier is renamed.
    """

    path: str
    content: bytes
    like: str | None = None

    @property
    def reversed(self) -> FileChange:
        return Deleted(self.path, self.content, self.like)

    def apply(self, writer: files.Writer) -> None:
        writer.create(self.path, self.content, self.like)

    def states(self) -> tuple[States, States]:
        return {self.path: ABSENT}, {self.path: self.content}


class Deleted(NamedTuple):
    """A file that is no longer there: the way back of Created, or the old place of a renamed dossier."""

    path: str
    content: bytes
    like: str | None = None

    @property
    def reversed(self) -> FileChange:
        return Created(self.path, self.content, self.like)

    def apply(self, writer: files.Writer) -> None:
        writer.delete(self.path, self.content)

    def states(self) -> tuple[States, States]:
        return {self.path: self.content}, {self.path: ABSENT}


class Replaced(NamedTuple):
    """New bytes for old in one file."""

    path: str
    before: bytes
    after: bytes

    @property
    def reversed(self) -> FileChange:
        return Replaced(self.path, self.after, self.before)

    def apply(self, writer: files.Writer) -> None:
        writer.replace(self.path, self.before, self.after)

    def states(self) -> tuple[States, States]:
        return {self.path: self.before}, {self.path: self.after}


class Moved(NamedTuple):
    """A file under another name, its content as it was; without content it is a directory."""

    path: str
    to: str
    content: bytes | None = None

    @property
    def reversed(self) -> FileChange:
        return Moved(self.to, self.path, self.content)

    def apply(self, writer: files.Writer) -> None:
        if self.content is not None:
            writer.check(self.path, self.content)
        writer.move(self.path, self.to)

    def states(self) -> tuple[States, States]:
        here: State = DIRECTORY if self.content is None else self.content
        return {self.path: here, self.to: ABSENT}, {self.path: ABSENT, self.to: here}


FileChange = Created | Deleted | Replaced | Moved


def renamed(path: str, to: str, before: bytes, after: bytes) -> tuple[FileChange, ...]:
    """A file under another name and with other content; at every moment it is whole under one of them, or both."""
    if before == after:
        return (Moved(path, to, before),)
    return Created(to, after, like=path), Deleted(path, before, like=to)


def rename_of(change: FileChange) -> tuple[str, str] | None:
    """From where to where, if this change gives a file another name."""
    if isinstance(change, Moved):
        return change.path, change.to
    return (change.like, change.path) if isinstance(change, Created) and change.like else None


def way_back(changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """The changes that undo these, in their order."""
    return tuple(change.reversed for change in reversed(changes))


def stages(changes: Sequence[FileChange]) -> Iterator[States]:
    """How all the files of the changes are before the first, after the first, and so on to after the last."""
    states: States = {}
    for change in changes:
        for path, state in change.states()[0].items():
            states.setdefault(path, state)
    yield dict(states)
    for change in changes:
        states |= change.states()[1]
        yield dict(states)


def applied(root: str, changes: Sequence[FileChange]) -> int:
    """How many of the changes the disk shows. A file that is as no stage has it is left out of account."""
    every = list(stages(changes))
    now = {path: state_of(root, path) for path in every[0]}
    known = {path for path in now if any(stage[path] == now[path] for stage in every)}
    matching = (n for n in reversed(range(len(every))) if all(every[n][path] == now[path] for path in known))
    return next(matching, 0)


def strange(root: str, changes: Sequence[FileChange]) -> list[str]:
    """The files that are as no stage of the changes has them: something else has written there since."""
    every = list(stages(changes))
    return [path for path in every[0] if state_of(root, path) not in [stage[path] for stage in every]]


def differing(root: str, states: States) -> str | None:
    """The first file that is not as said; None where all are."""
    return next((path for path, state in states.items() if state_of(root, path) != state), None)


def state_of(root: str, path: str) -> State:
    """What is there now."""
    full = os.path.join(root, path)
    try:
        return DIRECTORY if stat.S_ISDIR(os.stat(full).st_mode) else files.read(full, path)
    except (FileNotFoundError, NotADirectoryError):
        return Other.STRANGE if os.path.islink(full) else ABSENT
    except (OSError, Unreadable, CannotReach):
        return Other.STRANGE
