"""What was done, in order, and how to undo it: one file per step, its state in its name.

`000042.doing.json` is written before an act and becomes `.done` when all its files are in place; `.undoing` and
`.undone` are the same way back. A step keeps the bytes of its files before and after, so undo is to the byte.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from clientfolder.binder import files
from clientfolder.errors import CannotReach, Unreadable

STEPS_KEPT = 500

State = Literal["doing", "done", "undoing", "undone"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file as it is or was, its path relative to the folder; a directory has no content."""

    path: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file before and after. None: it is not there. Two paths: it is moved, its content unchanged."""

    before: Leaf | None
    after: Leaf | None

    @property
    def reversed(self) -> FileChange:
        return FileChange(self.after, self.before)

    def apply(self, writer: files.Writer) -> None:
        """Do it. Raises Changed where the file is not as it was before, CannotReach where it cannot be written."""
        before, after = self.before, self.after
        if before and after and before.path != after.path:
            if before.content is not None:
                writer.check(before.path, before.content)
            writer.move(before.path, after.path)
        elif before and after:
            assert before.content is not None
            assert after.content is not None
            writer.replace(before.path, before.content, after.content)
        elif after:
            assert after.content is not None
            writer.create(after.path, after.content)
        elif before:
            assert before.content is not None
            writer.delete(before.path, before.content)


@dataclass(frozen=True, slots=True)
class Touched:
    """A client of a step, by its short name and name, before and after; the two differ when it was renamed."""

    client: str
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command's writing. `order` tells which undone step was undone last."""

    id: int
    at: str
    words: str
    clients: tuple[Touched, ...]
    files: tuple[FileChange, ...]
    state: State = "doing"
    order: int = 0

    @property
    def file_name(self) -> str:
        order = f"-{self.order:06}" if self.state == "undone" else ""
        return f"{self.id:06}.{self.state}{order}.json"


_NAME = re.compile(r"(\d{6,})\.(doing|done|undoing|undone)(?:-(\d{6,}))?\.json")


@dataclass(frozen=True, slots=True)
class Daybook:
    """The steps in a directory of their own. All writing is done by the holder of the folder's lock."""

    directory: str

    def names(self) -> list[tuple[int, State, int, str]]:
        """Number, state, order of undoing and file name of every step, oldest first."""
        try:
            found = map(_NAME.fullmatch, os.listdir(self.directory))
        except OSError:
            return []
        return sorted((int(name[1]), name[2], int(name[3] or 0), name[0]) for name in found if name)  # type: ignore[misc]

    def read(self, file_name: str) -> Step | None:
        """One step; None where it is gone or damaged, for undo is a comfort and must not stop the work."""
        import json

        name = _NAME.fullmatch(file_name)
        try:
            raw = _whole(os.path.join(self.directory, file_name))
            if name is None:
                return None
            return _step(json.loads(raw), int(name[1]), name[2], int(name[3] or 0))  # type: ignore[arg-type]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def steps(self, *states: State) -> Iterable[Step]:
        """The readable steps in these states, newest first."""
        for _, state, _, file_name in reversed(self.names()):
            if state in states and (step := self.read(file_name)):
                yield step

    def begin(self, step: Step) -> Step:
        """Write a step down before it is done; it gets the next number. Raises CannotReach."""
        import json

        names = self.names()
        step = replace(step, id=max((number for number, *_ in names), default=0) + 1)
        files.make_directory(self.directory)
        files.Writer(self.directory).create(step.file_name, json.dumps(_record(step)).encode())
        return step

    def mark(self, step: Step, state: State) -> Step:
        """Give a step another state. Raises CannotReach."""
        order = max((order for _, _, order, _ in self.names()), default=0) + 1 if state == "undone" else 0
        marked = replace(step, state=state, order=order)
        files.Writer(self.directory).move(step.file_name, marked.file_name)
        return marked

    def forget(self, step: Step) -> None:
        """Strike out a step that was taken back before it was done."""
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(self.directory, step.file_name))

    def tidy(self) -> None:
        """A new act ends what could be redone; of the rest the last STEPS_KEPT are kept."""
        names = self.names()
        undone = [name for _, state, _, name in names if state == "undone"]
        old = [name for _, state, _, name in names if state == "done"][:-STEPS_KEPT]
        for name in (*undone, *old):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(self.directory, name))


def _whole(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


# Bytes that are no UTF-8 (a broken dossier set aside) travel as half surrogates, which JSON writes as escapes.


def _record(step: Step) -> dict[str, Any]:
    def leaf(leaf: Leaf | None) -> dict[str, Any] | None:
        if leaf is None:
            return None
        return {
            "path": leaf.path,
            "content": None if leaf.content is None else leaf.content.decode("utf-8", "surrogateescape"),
        }

    return {
        "at": step.at,
        "words": step.words,
        "clients": [{"client": touched.client, "name": touched.name} for touched in step.clients],
        "files": [{"before": leaf(change.before), "after": leaf(change.after)} for change in step.files],
    }


def _step(record: dict[str, Any], number: int, state: State, order: int) -> Step:
    def leaf(record: dict[str, Any] | None) -> Leaf | None:
        if record is None:
            return None
        path, content = str(record["path"]), record["content"]
        # Whoever wrote this file, it leads nowhere but into the folder.
        if os.path.isabs(path) or ".." in path.split("/"):
            raise ValueError(path)
        return Leaf(path, None if content is None else content.encode("utf-8", "surrogateescape"))

    return Step(
        id=number,
        at=str(record["at"]),
        words=str(record["words"]),
        clients=tuple(Touched(str(touched["client"]), str(touched["name"])) for touched in record["clients"]),
        files=tuple(FileChange(leaf(change["before"]), leaf(change["after"])) for change in record["files"]),
        state=state,
        order=order,
    )


def matches(root: str, leaf: Leaf | None, other: Leaf | None) -> bool:
    """Whether the folder is as this side of a FileChange says; `other` is the other side."""
    if leaf is None:
        assert other is not None
        return not os.path.lexists(os.path.join(root, other.path))
    if other is not None and other.path != leaf.path and os.path.lexists(os.path.join(root, other.path)):
        return False
    if leaf.content is None:
        return os.path.isdir(os.path.join(root, leaf.path))
    try:
        return files.read(os.path.join(root, leaf.path), leaf.path) == leaf.content
    except (FileNotFoundError, Unreadable, CannotReach):
        return False
