"""The binder itself: where its dossiers are, and what they say. What changes them is the clerk's work."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.binder import files, lock, search
from clientfolder.binder.register import Contents, Register
from clientfolder.binder.search import Found
from clientfolder.dossier import SLIP, Cover, Dossier, is_slip
from clientfolder.errors import CannotReach, Changed, NoClient, Trouble, Unreadable

if TYPE_CHECKING:
    from clientfolder.binder.sheet import Sheet

CLIENTS, REMOVED, PAPERS, PRIVATE = "clients", "removed", "papers", ".cf"
SLIPS = SLIP.removesuffix("/")

# Copies that sync programs and editors leave beside a file. They are never counted as clients.
_COPY = (
    r"\.sync-conflict-|[(\[][^)\]]*conflict[^)\]]*[)\]]|_conflict-\d"
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.toml\Z|^[#~]|~\.toml\Z"
)


_WHAT = {CLIENTS: "dossiers", SLIPS: "slips"}


class Binder:
    """The dossiers of one folder. `root` is its absolute path; an entry after `today` has reached nobody yet.

    `clock_day`: the day of the clock, where `today` is another; what is read with an entry after it is not kept.
    """

    def __init__(self, root: str, today: date = date.max, clock_day: date = date.max) -> None:
        self.root = root
        self.today = today
        self._kept_day = min(today, clock_day)

    def path(self, *parts: str) -> str:
        """A path in the folder, absolute."""
        return os.path.join(self.root, *parts)

    def clients(self) -> list[str]:
        """The short names of all dossiers, in order. Raises CannotReach where the directory cannot be read."""
        return sorted(self._in(CLIENTS, set()))

    def slips(self) -> list[str]:
        """The short names of all slips, in order. Raises CannotReach where the directory cannot be read."""
        return sorted(f"{SLIP}{name}" for name in self._in(SLIPS, set()))

    def _in(self, directory: str, known: set[str]) -> Iterator[str]:
        """The stems of all dossiers in a directory but those whose files are known. Raises CannotReach."""
        try:
            found = os.listdir(self.path(directory))
        except FileNotFoundError:
            if os.path.islink(self.path(directory)):
                raise CannotReach(f"The link to the {_WHAT[directory]} leads nowhere", file=directory) from None
            return
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None
        for name in set(found) - known:
            if is_dossier(name):
                yield name.removesuffix(".toml")

    def sheet(self, client: str) -> Sheet:
        """One dossier. Raises NoClient where it is gone, Unreadable or CannotReach where it cannot be read."""
        from clientfolder.binder import sheet

        file = file_of(client)
        try:
            return sheet.read(client, file, files.read(self.path(file), file))
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def raw(self, client: str) -> bytes:
        """The bytes of one dossier, whatever they are. Raises as `sheet` does, but not for what they say."""
        file = file_of(client)
        try:
            return files.read(self.path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def contents(self) -> Contents:
        """All dossiers and slips. One that cannot be read never hides the others; one that vanishes is not there.

        Raises CannotReach where a directory cannot be read.
        """
        register = Register(self.path(PRIVATE, "register"), self.path(CLIENTS), self.make_private)
        clients = register.contents(lambda known: self._in(CLIENTS, known), self._cover)
        # Whoever has no slips shall not pay for them.
        if files.mode_of(self.path(SLIPS), SLIPS, of_link=True) is None:
            return clients
        register = Register(self.path(PRIVATE, "slips-register"), self.root, self.make_private)
        return clients.beside(register.contents(self._slips_but, self._cover))

    def _slips_but(self, known: set[str]) -> Iterator[str]:
        """The short names of the slips but those whose files, seen from the folder, are known. Raises CannotReach."""
        return (f"{SLIP}{name}" for name in self._in(SLIPS, {file.removeprefix(SLIP) for file in known}))

    def _cover(self, client: str) -> tuple[Cover, os.stat_result | None]:
        """A cover, and the status of its file where it may be kept for other days."""
        from clientfolder.binder import sheet

        file = file_of(client)
        try:
            raw, status = files.read_with_status(self.path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None
        cover, last = sheet.cover(client, file, raw, self.today)
        return cover, None if last is not None and last.is_ahead(self._kept_day) else status

    def find(self, words: str) -> Found:
        """Every line of a dossier, whatever else it says, that holds the words. Raises CannotReach."""
        clients, slips = self._found_in(CLIENTS, words), self._found_in(SLIPS, words)
        return Found(clients.hits + slips.hits, clients.unreadable + slips.unreadable)

    def _found_in(self, directory: str, words: str) -> Found:
        try:
            return search.found(self._drawer(directory), words)
        except FileNotFoundError:
            return Found([], ())
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None

    def dossiers(self, holds: Callable[[bytes], bool]) -> tuple[list[Dossier], tuple[Trouble, ...]]:
        """The dossiers and slips of whose bytes this is true, and a letter for each that cannot be read.

        Raises CannotReach.
        """
        clients, slips = self._dossiers_in(CLIENTS, holds), self._dossiers_in(SLIPS, holds)
        return clients[0] + slips[0], clients[1] + slips[1]

    def _dossiers_in(self, directory: str, holds: Callable[[bytes], bool]) -> tuple[list[Dossier], tuple[Trouble, ...]]:
        from clientfolder.binder import sheet

        found: list[Dossier] = []
        unreadable: list[Trouble] = []
        try:
            for client, content in search.looked_through(self._drawer(directory), holds):
                if isinstance(content, Trouble):
                    unreadable.append(content)
                elif holds(content):
                    try:
                        found.append(sheet.read(client, file_of(client), content).dossier)
                    except Unreadable as trouble:
                        unreadable.append(trouble)
        except FileNotFoundError:
            return [], ()
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None
        return found, tuple(unreadable)

    def _drawer(self, directory: str) -> search.Drawer:
        return search.Drawer(self.path(directory), self.clients if directory == CLIENTS else self.slips, self.raw)

    def interrupted(self) -> bool:
        """Whether an act was cut short; the next writing command settles it."""
        try:
            cut = any(".doing." in name or ".undoing." in name for name in os.listdir(self.path(PRIVATE, "daybook")))
        except OSError:
            return False
        return cut and not self.is_being_written()

    def is_being_written(self) -> bool:
        """Whether another command is writing into the folder just now."""
        return lock.is_locked(self.path(PRIVATE, "lock"), self.path(CLIENTS))

    def make_private(self) -> None:
        """`.cf/`, of this machine alone, which says so to git by itself. Raises CannotReach."""
        private, to_git = self.path(PRIVATE), self.path(PRIVATE, ".gitignore")
        if os.path.lexists(to_git):
            return
        from clientfolder.binder import writing

        with lock.undisturbed():
            files.make_directory(private)
            writing.clear([to_git], {b"*\n"})
            with contextlib.suppress(CannotReach, Changed):
                writing.Writer(private).create(".gitignore", b"*\n")


def file_of(client: str) -> str:
    """The dossier's file, or the slip's, relative to the folder."""
    return f"{client}.toml" if is_slip(client) else f"{CLIENTS}/{client}.toml"


def client_of(file: str) -> str:
    """The short name of the dossier or the slip in that file."""
    return (file if file.startswith(SLIP) else os.path.basename(file)).removesuffix(".toml")


def stem_of(client: str) -> str:
    """The name of its file without directory and ending."""
    return client.removeprefix(SLIP)


def is_dossier(name: str) -> bool:
    """Whether a file of that name among the clients is one; a copy that something left there is none."""
    return name.endswith(".toml") and not name.startswith(".") and not is_copy(name)


def is_copy(name: str) -> bool:
    """Whether a file of that name among the clients is a copy that a sync program, an editor or git left."""
    return bool(re.search(_COPY, name, re.IGNORECASE))
