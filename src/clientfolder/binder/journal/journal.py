"""The journal: what was done, in order, and how to undo it; one JSON file per step, its state in the file's name.

`000042.doing.json` is written before an act and becomes `.done` when all its files are in place; `.undoing` and
`.undone` are the same way back, `.redoing` the way from there to `.done`. What is cut short returns to the state from
which it set out. A step keeps the bytes of its files before and after, so undo is to the byte.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal, get_args

from clientfolder.binder import bounds, files, leftovers
from clientfolder.binder.journal import atomic
from clientfolder.binder.journal.operations import Carried, Created, Deleted, FileChange, Moved, Replaced
from clientfolder.errors import CannotReach, NothingToUndo, Unreadable
from clientfolder.tuples import NamedTuple

STEPS_KEPT = 500

State = Literal["doing", "done", "undoing", "undone", "redoing"]
# The states in which a step is only while its files are being written.
UNFINISHED = ("doing", "undoing", "redoing")
# The states that keep the order in which steps were undone.
_ORDERED = ("undone", "redoing")


class Touched(NamedTuple):
    """A client of a step. One that the step renamed is there twice, under both its short names."""

    client: str
    name: str


class Step(NamedTuple):
    """One command's writing. `order` tells which undone step was undone last.

    `typed`: the directory and the words that it was typed with, and what was piped into it; empty where it has asked.
    """

    id: int
    at: str
    words: str
    clients: tuple[Touched, ...]
    files: tuple[FileChange, ...]
    typed: tuple[str, ...] = ()
    state: State = "doing"
    order: int = 0

    @property
    def file_name(self) -> str:
        return file_name(self.id, self.state, self.order)

    @property
    def name(self) -> Name:
        return Name(self.id, self.state, self.order, self.file_name)


class Name(NamedTuple):
    """What the name of a step's file says; `order` tells which undone step was undone last."""

    id: int
    state: State
    order: int
    file: str


_STATES: dict[str, State] = {state: state for state in get_args(State)}
_NAME = rf"([0-9]{{6,18}})\.({'|'.join(_STATES)})(?:-([0-9]{{6,18}}))?\.json"


def file_name(number: int, state: State, order: int) -> str:
    """What the file of a step is called in this state."""
    return f"{number:06}.{state}{f'-{order:06}' if state in _ORDERED else ''}.json"


class Journal:
    """The steps in a directory of their own. All writing is done by the holder of the folder's lock."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    def names(self) -> list[Name]:
        """What the steps' files are called, oldest first; no file has a name that is only like one. Raises CannotReach.

        Neither the directory nor the one above it, which is cf's own too, is looked into where it is a link.
        """
        for directory in (os.path.dirname(self.directory), self.directory):
            if os.path.islink(directory):
                raise CannotReach(f"The daybook cannot be read: {directory} is a link, and no directory of cf's own")
        try:
            found = [re.fullmatch(_NAME, name) for name in os.listdir(self.directory)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise CannotReach(f"The daybook cannot be read: {files.reason(error)}") from None
        names = (Name(int(name[1]), _STATES[name[2]], int(name[3] or 0), name[0]) for name in found if name)
        return sorted(name for name in names if name.file == file_name(name.id, name.state, name.order))

    def read(self, name: Name) -> Step | None:
        """One step; None where it is gone or damaged, for undo is a comfort and must not stop the work.

        Raises CannotReach where it cannot be read now, lest an older one be taken for the last.
        """
        import json

        try:
            written = files.read_own(os.path.join(self.directory, name.file), name.file, most=sys.maxsize)
            return _step(json.loads(written), name)
        except (FileNotFoundError, Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def discard(self, name: Name) -> None:
        """Take a step's file away: it was taken back before it was done, or cannot be read."""
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(self.directory, name.file))

    def steps(self, *states: State, strict: bool = False) -> Iterable[Step]:
        """The readable steps in these states, newest first.

        Raises CannotReach; if strict, NothingToUndo at one that is damaged.
        """
        for name in reversed(self.names()):
            if name.state not in states:
                continue
            if step := self.read(name):
                yield step
            elif strict and os.path.lexists(os.path.join(self.directory, name.file)):
                raise NothingToUndo(
                    "What was done last cannot be read any more, so nothing before it is taken back. "
                    f"To do without it, delete {name.file} in {self.directory}"
                )

    def begin(self, step: Step) -> Step:
        """Write a step down before it is done; it gets the next number. Raises CannotReach."""
        import json

        step = step._replace(id=max((name.id for name in self.names()), default=0) + 1)
        files.make_directory(self.directory)
        atomic.Writer(self.directory).create(step.file_name, json.dumps(_record(step)).encode())
        return step

    def mark(self, step: Step, state: State) -> Step:
        """Give a step another state; one that was undone before keeps its place among those. Raises CannotReach."""
        order = step.order if state in _ORDERED else 0
        if state == "undone" and not order:
            order = max((name.order for name in self.names()), default=0) + 1
        marked = step._replace(state=state, order=order)
        # A mark of what is done may be lost with the power: then the step is recovered, and marked so again.
        atomic.Writer(self.directory).rename(step.file_name, marked.file_name, is_flushed=state in UNFINISHED)
        return marked

    def tidy(self) -> None:
        """A new act ends what could be redone; of the rest the last STEPS_KEPT are kept. Raises CannotReach."""
        names = self.names()
        undone = [name for name in names if name.state == "undone"]
        old = [name for name in names if name.state == "done"][:-STEPS_KEPT]
        for name in (*undone, *old):
            self.discard(name)
        with contextlib.suppress(OSError):
            for left in os.listdir(self.directory):
                # Whoever holds the lock writes here, so this was left by a command that was killed.
                if leftovers.is_temporary(left):
                    os.unlink(os.path.join(self.directory, left))


# Bytes that are no UTF-8 (a broken dossier set aside) travel as half surrogates, which JSON writes as escapes.


_KINDS: dict[str, type[FileChange]] = {
    "created": Created,
    "deleted": Deleted,
    "replaced": Replaced,
    "moved": Moved,
    "carried": Carried,
}


def _record(step: Step) -> dict[str, Any]:
    return {
        "at": step.at,
        "words": step.words,
        "said": list(step.typed),
        "clients": [touched._asdict() for touched in step.clients],
        "files": [
            {"kind": type(change).__name__.lower()} | {key: _text(value) for key, value in change._asdict().items()}
            for change in step.files
        ],
    }


def _text(value: bytes | str | None) -> str | None:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


# Whoever wrote this file: what comes out of it is a step such as cf writes, and leads nowhere but into the folder.


def _step(record: dict[str, Any], name: Name) -> Step:
    """Raises ValueError, KeyError, TypeError or AttributeError for what is no step."""
    return Step(
        id=name.id,
        at=_moment(record["at"]),
        words=_words(record["words"]),
        clients=tuple(Touched(_client(touched["client"]), _words(touched["name"])) for touched in record["clients"]),
        files=tuple(map(_change, record["files"])),
        # Steps of earlier versions have none.
        typed=tuple(map(str, record.get("said", ()))),
        state=name.state,
        order=name.order,
    )


def _change(record: dict[str, Any]) -> FileChange:
    kind = _KINDS[record["kind"]]
    fields = {key: _FIELDS[key](value) for key, value in record.items() if key != "kind" and value is not None}
    # What may be left out is so by its default; that of a file's content is none, as a directory has none.
    change = kind(**fields)
    if not bounds.is_sound(change):
        raise ValueError(fields)
    return change


def _words(value: Any) -> str:
    """A text, which may hold the name of a file that is no UTF-8."""
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode("utf-8", "surrogateescape")
    return value


def _path(value: Any) -> str:
    if b"\0" in os.fsencode(_words(value)):
        raise ValueError(value)
    return str(value)


def _client(value: Any) -> str:
    if not bounds.is_client(_words(value)):
        raise ValueError(value)
    return str(value)


def _moment(value: Any) -> str:
    datetime.fromisoformat(_words(value))
    return str(value)


def _content(value: Any) -> bytes:
    return _words(value).encode("utf-8", "surrogateescape")


_FIELDS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("path", "to", "like", "source"), _path),
    **dict.fromkeys(("content", "before", "after"), _content),
    "digest": _words,
}
