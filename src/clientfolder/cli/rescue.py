"""What was typed is not lost: it lies in a file of its own until the act that writes it has succeeded."""

from __future__ import annotations

import contextlib
import os

from clientfolder.binder import files
from clientfolder.binder.binder import PRIVATE
from clientfolder.binder.journal import lock
from clientfolder.errors import CannotReach, Changed, Trouble
from clientfolder.workspace import Environment, Workspace

# No system takes a longer word on a command line than 128 KiB; what is kept in a file need not be repeated then.
MOST_TO_PASTE = 30_000


class Rescue:
    """Typed texts kept in files; of those that wait for their act there is one, whose path is `path`.

    `is_dry`: nothing is kept, because nothing will be written.
    """

    def __init__(self, environment: Environment, workspace: Workspace, *, is_dry: bool = False) -> None:
        self.environment = environment
        self.workspace = workspace
        self.is_dry = is_dry
        self.path: str | None = None

    def keep(self, text: str) -> None:
        """Lay a typed text down in a file of its own, instead of the one before, until the act has succeeded."""
        if not text.strip():
            return
        if path := self.lay_in_file(typed_bytes(text) + b"\n"):
            self.let_go()
            self.path = path

    def lay_in_file(self, content: bytes) -> str | None:
        """The path of a new file with that content, in the folder or else among the temporary files; None for none."""
        if self.is_dry:
            return None
        from clientfolder.binder.journal import atomic

        name = f"{self.environment.clock():%Y-%m-%d-%H%M%S}-{os.urandom(3).hex()}.txt"
        for place in (self._place_in_folder, self.environment.temporary_directory):
            with lock.signals_deferred(), contextlib.suppress(CannotReach, Changed, OSError):
                directory = place()
                atomic.Writer(directory).create(name, content)
                return os.path.join(directory, name)
        return None

    def _place_in_folder(self) -> str:
        self.workspace.binder.make_private()
        directory = os.path.join(self.workspace.root, PRIVATE, "rescued")
        files.make_directory(directory)
        return directory

    def let_go(self) -> None:
        """The act has succeeded; the file with the typed text goes."""
        if self.path:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
            self.path = None

    def mention_in(self, trouble: Trouble) -> Trouble:
        """The error, which now says where the typed text lies that could not be written; from then on it is theirs."""
        if self.path and self.path not in trouble.message:
            trouble.message = f"{trouble.message.rstrip('.')}. What you typed is kept in {self.path}"
        if self.path and len(trouble.repeat or "") > MOST_TO_PASTE:
            trouble.repeat = None
        self.path = None
        return trouble


def typed_bytes(text: str) -> bytes:
    """The bytes that were typed; what was no UTF-8 among them came as half surrogates."""
    return text.encode("utf-8", "surrogateescape")
