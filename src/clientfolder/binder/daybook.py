"""What was done, in order, and how to undo it: one file per step, its state in its name.

`000042.doing.json` is written before an act and becomes `.done` when all its files are in place; `.undoing` and
`.undone` are the same way back, `.redoing` the way from there to `.done`. What is cut short returns to the state from
which it set out. A step keeps the bytes of its files before and after, so undo is to the byte.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args

from clientfolder.binder import files, leftovers, writing
from clientfolder.binder.changes import Carried, Created, Deleted, FileChange, Moved, Replaced
from clientfolder.errors import CannotReach, NothingToUndo, Unreadable

STEPS_KEPT = 500

State = Literal["doing", "done", "undoing", "undone", "redoing"]
# The states in which a step is only while its files are being written.
UNSETTLED = ("doing", "undoing", "redoing")
# The states that keep the order in which steps were undone.
_ORDERED = ("undone", "redoing")


class Touched(NamedTuple):
    """A client of a step. One that the step renamed is there twice, under both its short names."""

    client: str
    name: str


class Step(NamedTuple):
    """One command's writing. `order` tells which undone step was undone last.

    `said`: the directory and the words that it was typed with, and what was piped into it; empty where it has asked.
    """

    id: int
    at: str
    words: str
    clients: tuple[Touched, ...]
    files: tuple[FileChange, ...]
    said: tuple[str, ...] = ()
    state: State = "doing"
    order: int = 0

    @property
    def file_name(self) -> str:
        order = f"-{self.order:06}" if self.state in _ORDERED else ""
        return f"{self.id:06}.{self.state}{order}.json"

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
_NAME = rf"(\d{{6,}})\.({'|'.join(_STATES)})(?:-(\d{{6,}}))?\.json"


class Daybook:
    """The steps in a directory of their own. All writing is done by the holder of the folder's lock."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    def names(self) -> list[Name]:
        """What the steps' files are called, oldest first. Raises CannotReach."""
        try:
            found = [re.fullmatch(_NAME, name) for name in os.listdir(self.directory)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise CannotReach(f"The daybook cannot be read: {files.reason(error)}") from None
        return sorted(Name(int(name[1]), _STATES[name[2]], int(name[3] or 0), name[0]) for name in found if name)

    def read(self, name: Name) -> Step | None:
        """One step; None where it is gone or damaged, for undo is a comfort and must not stop the work.

        Raises CannotReach where it cannot be read now, lest an older one be taken for the last.
        """
        import json

        try:
            written = files.read(os.path.join(self.directory, name.file), name.file, most=sys.maxsize)
            return _step(json.loads(written), name)
        except (FileNotFoundError, Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def strike_out(self, name: Name) -> None:
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
        writing.Writer(self.directory).create(step.file_name, json.dumps(_record(step)).encode())
        return step

    def mark(self, step: Step, state: State) -> Step:
        """Give a step another state; one that was undone before keeps its place among those. Raises CannotReach."""
        order = step.order if state in _ORDERED else 0
        if state == "undone" and not order:
            order = max((name.order for name in self.names()), default=0) + 1
        marked = step._replace(state=state, order=order)
        # A mark of what is done may be lost with the power: then the step is settled, and marked so again.
        writing.Writer(self.directory).rename(step.file_name, marked.file_name, is_flushed=state in UNSETTLED)
        return marked

    def tidy(self) -> None:
        """A new act ends what could be redone; of the rest the last STEPS_KEPT are kept. Raises CannotReach."""
        names = self.names()
        undone = [name for name in names if name.state == "undone"]
        old = [name for name in names if name.state == "done"][:-STEPS_KEPT]
        for name in (*undone, *old):
            self.strike_out(name)
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
        "said": list(step.said),
        "clients": [touched._asdict() for touched in step.clients],
        "files": [
            {"kind": type(change).__name__.lower()} | {key: _text(value) for key, value in change._asdict().items()}
            for change in step.files
        ],
    }


def _text(value: bytes | str | None) -> str | None:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _step(record: dict[str, Any], name: Name) -> Step:
    return Step(
        id=name.id,
        at=str(record["at"]),
        words=str(record["words"]),
        clients=tuple(Touched(str(touched["client"]), str(touched["name"])) for touched in record["clients"]),
        files=tuple(map(_change, record["files"])),
        # Steps of earlier versions have none.
        said=tuple(map(str, record.get("said", ()))),
        state=name.state,
        order=name.order,
    )


def _change(record: dict[str, Any]) -> FileChange:
    fields: dict[str, Any] = {}
    for key, value in record.items():
        if key in ("path", "to", "like") and value is not None:
            # Whoever wrote this file, it leads nowhere but into the folder.
            if os.path.isabs(value) or ".." in value.split("/"):
                raise ValueError(value)
            fields[key] = value
        elif key in ("digest", "source"):
            fields[key] = str(value)
        elif key != "kind":
            fields[key] = None if value is None else value.encode("utf-8", "surrogateescape")
    return _KINDS[record["kind"]](**fields)
