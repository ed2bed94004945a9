"""What a step does to files: each change a value that can be applied, reversed, and recognised on the disk.

The changes of a step are applied in order, so after a kill the disk is as some number of them left it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import accumulate
from typing import Final

from clientfolder.binder import files
from clientfolder.binder.journal import atomic
from clientfolder.errors import CannotReach, Unreadable
from clientfolder.tuples import NamedTuple


class Other(Enum):
    """What may be there instead of a file: nothing, a directory with what is the user's, or what no step put there."""

    ABSENT = auto()
    DIRECTORY = auto()
    FOREIGN = auto()


ABSENT: Final = Other.ABSENT
DIRECTORY: Final = Other.DIRECTORY


class Digest(NamedTuple):
    """The SHA-256 of a file, in hexadecimal, in place of bytes that are too many for the journal."""

    digest: str


State = bytes | Other | Digest
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

    def apply(self, writer: atomic.Writer) -> None:
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

    def apply(self, writer: atomic.Writer) -> None:
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

    def apply(self, writer: atomic.Writer) -> None:
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

    def apply(self, writer: atomic.Writer) -> None:
        if self.content is not None:
            writer.check(self.path, self.content)
        writer.move(self.path, self.to)

    def states(self) -> tuple[States, States]:
        here: State = DIRECTORY if self.content is None else self.content
        return {self.path: here, self.to: ABSENT}, {self.path: ABSENT, self.to: here}


class Carried(NamedTuple):
    """A paper under another name, its bytes known by their sum. `source`: the file that it was copied from."""

    path: str
    to: str
    digest: str
    source: str

    @property
    def reversed(self) -> FileChange:
        return Carried(self.to, self.path, self.digest, self.source)

    def apply(self, writer: atomic.Writer) -> None:
        """A directory of papers is made where there is none, and goes where nothing is left in it."""
        directories = [os.path.dirname(os.path.join(writer.root, path)) for path in (self.path, self.to)]
        files.make_directory(directories[1])
        try:
            writer.move(self.path, self.to)
        finally:
            for directory in directories:
                with contextlib.suppress(OSError):
                    os.rmdir(directory)

    def states(self) -> tuple[States, States]:
        here = Digest(self.digest)
        return {self.path: here, self.to: ABSENT}, {self.path: ABSENT, self.to: here}


FileChange = Created | Deleted | Replaced | Moved | Carried


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


def inverse(changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """The changes that undo these, in their order."""
    return tuple(change.reversed for change in reversed(changes))


def to_stage(changes: Sequence[FileChange]) -> Iterator[tuple[str, bytes]]:
    """The new bytes of each file that is replaced, and the path that it has before the first of the changes."""
    origin: dict[str, str] = {}
    for change in changes:
        if isinstance(change, Moved):
            origin[change.to] = origin.pop(change.path, change.path)
        elif isinstance(change, Replaced):
            yield origin.get(change.path, change.path), change.after


Timeline = list[tuple[int, State]]


def _timelines(changes: Sequence[FileChange]) -> dict[str, Timeline]:
    """Of each file how it is at first, and how after which change; changes count from 1, and 0 is before them."""
    lines: dict[str, Timeline] = {}
    for number, change in enumerate(changes, 1):
        before, after = change.states()
        for path in before:
            lines.setdefault(path, [(0, before[path])]).append((number, after[path]))
    return lines


def first_states(changes: Sequence[FileChange]) -> States:
    """How all the files of the changes are before the first."""
    return {path: line[0][1] for path, line in _timelines(changes).items()}


def last_states(changes: Sequence[FileChange]) -> States:
    """How they are after the last."""
    return {path: line[-1][1] for path, line in _timelines(changes).items()}


def applied(root: str, changes: Sequence[FileChange]) -> int:
    """How many of the changes the disk shows, the most that it can. A file that is as none has left it is not asked."""
    known = 0
    # How many files more, or fewer, are as they should be from this number of changes on.
    more = [0] * (len(changes) + 2)
    for path, line in _timelines(changes).items():
        now = _state_now(root, path, (state for _, state in line))
        ends = [number for number, _ in line[1:]] + [len(changes) + 1]
        fits = [(start, end) for (start, state), end in zip(line, ends, strict=True) if state == now]
        known += bool(fits)
        for start, end in fits:
            more[start] += 1
            more[end] -= 1
    as_said = list(accumulate(more[:-1]))
    return next(number for number in reversed(range(len(as_said))) if as_said[number] == known or number == 0)


def foreign_files(root: str, changes: Sequence[FileChange]) -> list[str]:
    """The files that are as none of the changes has left them: something else has written there since."""
    found = []
    for path, line in _timelines(changes).items():
        states = [state for _, state in line]
        if _state_now(root, path, states) not in states:
            found.append(path)
    return found


def first_differing(root: str, states: States) -> str | None:
    """The first file that is not in the expected state; None where all are."""
    return next((path for path, state in states.items() if _state_now(root, path, (state,)) != state), None)


def _state_now(root: str, path: str, expected: Iterable[State]) -> State:
    """What is there now; a digest where one is expected."""
    return _digest_of(root, path) if any(isinstance(state, Digest) for state in expected) else state_of(root, path)


def _digest_of(root: str, path: str) -> State:
    from clientfolder.binder import attaching

    try:
        digest = attaching.digest_of(os.path.join(root, path))
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except OSError:
        return Other.FOREIGN
    return Digest(digest) if digest else Other.FOREIGN


def state_of(root: str, path: str) -> State:
    """What is there now."""
    full = os.path.join(root, path)
    try:
        return DIRECTORY if stat.S_ISDIR(os.stat(full).st_mode) else files.read(full, path)
    except (FileNotFoundError, NotADirectoryError):
        return Other.FOREIGN if os.path.islink(full) else ABSENT
    except (OSError, Unreadable, CannotReach):
        return Other.FOREIGN
