"""Reading the folder: where its dossiers are, and what they say. `journal.transactions` changes them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from clientfolder.binder import files, leftovers
from clientfolder.binder.index import text_search, upkeep
from clientfolder.binder.index.index import LEFT_TO_THE_NEXT, Contents, Index
from clientfolder.binder.index.text_search import Found, SearchedFiles
from clientfolder.binder.journal import lock
from clientfolder.dossier.types import SLIP, Cover, Dossier, is_slip
from clientfolder.errors import CannotReach, Changed, NoClient, Trouble, Unreadable

if TYPE_CHECKING:
    from clientfolder.binder.toml.dossier_file import DossierFile
    from clientfolder.portfolio.accounts import Account

CLIENTS, REMOVED, PAPERS, PRIVATE = "clients", "removed", "papers", ".cf"
HANDED_OVER = "handed-over.toml"
# Pages that were printed; of this machine, and gone in a month.
PRINTS = "prints"
# The directories in which cf also clears up; so none of them may lead elsewhere.
PRIVATE_PLACES = (PRIVATE, *(f"{PRIVATE}/{name}" for name in ("daybook", "papers", "rescued", "prints")))
SLIPS = SLIP.removesuffix("/")

_Answer = TypeVar("_Answer")
_WHAT = {CLIENTS: "dossiers", SLIPS: "slips"}


class Binder:
    """The dossiers of one folder. `root` is its absolute path; an entry after `today` has reached nobody yet.

    `clock_day`: the day of the clock, where `today` is another; what is read with an entry after it is not kept.
    `patience`: how long in seconds a writer waits.
    """

    def __init__(
        self,
        root: str,
        today: date = date.max,
        clock_day: date = date.max,
        *,
        patience: float = lock.PATIENCE_SECONDS,
    ) -> None:
        self.root = root
        self.today = today
        self.patience = patience
        # Not once something was written: then nothing comes after the mark that it is done.
        self.keeps_index = True
        self.is_about_to_write = False
        # Told of long work while it goes on: what is done, and how many times by now.
        self.progress: Callable[[str, int], None] = lambda what, count: None
        self._read = 0
        self._kept_day = min(today, clock_day)

    def path(self, *parts: str) -> str:
        """A path in the folder, absolute."""
        return os.path.join(self.root, *parts)

    def has(self, place: str) -> bool:
        """Whether a file or directory of that name is in the folder; what few folders have is asked for first."""
        return os.path.lexists(self.path(place))

    def clients(self) -> list[str]:
        """The stems of all dossiers' files, in order; `copies` tells which count for nothing. Raises CannotReach."""
        return sorted(self._in(CLIENTS, set()))

    def slips(self) -> list[str]:
        """The short names of all slips, in order. Raises CannotReach where the directory cannot be read."""
        return sorted(f"{SLIP}{name}" for name in self._in(SLIPS, set()))

    def _in(self, directory: str, known: set[str]) -> Iterator[str]:
        """The stems of all dossiers in a directory but those whose files are known. Raises CannotReach."""
        try:
            found = os.listdir(self.path(directory))
        except FileNotFoundError:
            if directory == CLIENTS:
                self.check_clients()
            if os.path.islink(self.path(directory)):
                raise CannotReach(f"The link to the {_WHAT[directory]} leads nowhere", file=directory) from None
            return
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None
        for name in set(found) - known:
            if leftovers.is_dossier(name):
                yield name.removesuffix(".toml")

    def check_clients(self) -> None:
        """Raises CannotReach where the directory of the dossiers is gone: that is no empty binder, and none is made."""
        path = self.path(CLIENTS)
        if os.path.isdir(path):
            return
        if os.path.islink(path):
            raise CannotReach(f"The link to the {_WHAT[CLIENTS]} leads nowhere", file=CLIENTS)
        if os.path.lexists(path):
            raise CannotReach(f"The {_WHAT[CLIENTS]} should lie in this directory, and it is none", file=CLIENTS)
        from shlex import quote

        raise CannotReach(
            "The directory of the dossiers is gone. Let the sync program finish, or take it back from a backup; "
            f"in a folder that never had one, make it: mkdir {quote(path)}",
            file=CLIENTS,
        )

    def read(self, client: str) -> DossierFile:
        """One dossier. Raises NoClient where it is gone, Unreadable or CannotReach where it cannot be read."""
        from clientfolder.binder.toml import dossier_file

        file = file_of(client)
        try:
            return dossier_file.read(client, file, files.read(self.path(file), file))
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def raw(self, client: str) -> bytes:
        """The bytes of one dossier, whatever they say. Raises NoClient where it is gone, Unreadable or CannotReach."""
        file = file_of(client)
        try:
            return files.read(self.path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def contents(self) -> Contents:
        """All dossiers and slips. One that cannot be read never hides the others; one that vanishes is not there.

        What is a copy of another counts for nothing. Raises CannotReach where a directory cannot be read.
        """
        found = self._files()
        copies: dict[str, str] = {}
        # A copy has the name of what it was made of, and in most folders no two have one.
        for namesakes in found.covers.namesakes():
            copies |= self.copies(namesakes, namesakes)
        if not copies:
            return found
        return found._replace(covers=found.covers.called(lambda client: client not in copies), copies=copies)

    def copies(self, clients: Iterable[str], among: Collection[str]) -> dict[str, str]:
        """Those of the clients that are copies of others among these, each with the one that it was made of."""
        found = {}
        for client in clients:
            kind = SLIP if is_slip(client) else ""
            for stem in leftovers.originals(stem_of(client)):
                if (original := f"{kind}{stem}") in among and self._is_same(client, original):
                    found[client] = original
                    break
        return found

    def _is_same(self, client: str, other: str) -> bool:
        try:
            return leftovers.is_same_client(self.raw(client), self.raw(other))
        except Trouble:
            return False

    def _files(self) -> Contents:
        few = LEFT_TO_THE_NEXT if self.is_about_to_write else 0
        path = self.path(PRIVATE, upkeep.REGISTER)
        index = Index(path, self.path(CLIENTS), self.make_private, self.keeps_index, few)
        clients = index.contents(lambda known: self._in(CLIENTS, known), self._cover)
        # Whoever has no slips shall not pay for them.
        if files.mode_of(self.path(SLIPS), SLIPS, of_link=True) is None:
            return clients
        path = self.path(PRIVATE, upkeep.SLIPS)
        index = Index(path, self.root, self.make_private, self.keeps_index, few, begin=SLIP)
        return clients.beside(index.contents(self._slips_but, self._cover))

    def _slips_but(self, known: set[str]) -> Iterator[str]:
        """The short names of the slips but those whose files, seen from the folder, are known. Raises CannotReach."""
        return (f"{SLIP}{name}" for name in self._in(SLIPS, {file.removeprefix(SLIP) for file in known}))

    def _cover(self, client: str) -> tuple[Cover, os.stat_result | None]:
        """A cover, and the status of its file where it may be kept for other days."""
        from clientfolder.binder.toml import dossier_file

        file = file_of(client)
        if not leftovers.is_dossier(os.path.basename(file)):
            raise NoClient(f"{file} is no dossier")
        try:
            raw, status = files.read_with_status(self.path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None
        self._read += 1
        self.progress("dossiers read", self._read)
        cover, last = dossier_file.cover(client, file, raw, self.today)
        return cover, None if last is not None and last.is_ahead(self._kept_day) else status

    def find(self, terms: Sequence[str]) -> Found:
        """Every entry and value of a dossier that holds all of the terms, the newest first. Raises CannotReach."""
        nothing = Found([], ())
        clients, slips = (
            self._searched(directory, lambda there: text_search.found(there, terms), nothing)
            for directory in (CLIENTS, SLIPS)
        )
        return Found(text_search.newest_first(clients.hits + slips.hits), clients.unreadable + slips.unreadable)

    def dossiers(self, holds: Callable[[bytes], bool]) -> tuple[list[Dossier], tuple[Trouble, ...]]:
        """The dossiers and slips of whose bytes `holds` is true, and an error for each that cannot be read.

        Raises CannotReach.
        """
        from clientfolder.binder.toml import dossier_file

        found: list[Dossier] = []
        unreadable: list[Trouble] = []

        def read_all(there: SearchedFiles) -> None:
            for client, content in text_search.looked_through(there, holds):
                if isinstance(content, Trouble):
                    unreadable.append(content)
                elif holds(content):
                    try:
                        found.append(dossier_file.read(client, file_of(client), content).dossier)
                    except Unreadable as trouble:
                        unreadable.append(trouble)

        for directory in (CLIENTS, SLIPS):
            self._searched(directory, read_all, None)
        return found, tuple(unreadable)

    def _searched(self, directory: str, look: Callable[[SearchedFiles], _Answer], nothing: _Answer) -> _Answer:
        """What `look` answers of the files of a directory; `nothing` where there is none. Raises CannotReach."""
        names = self.clients if directory == CLIENTS else self.slips
        try:
            return look(SearchedFiles(self.path(directory), names, self.raw, self.copies))
        except FileNotFoundError:
            if directory == CLIENTS:
                self.check_clients()
            return nothing
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None

    def accounts(
        self, clients: Iterable[str], marks: Mapping[str, str] | None = None
    ) -> tuple[dict[str, Account], tuple[Trouble, ...]]:
        """The money of these clients by short name, and an error for each that cannot be read.

        `marks`: those that files of theirs had a moment ago, so that not all ten thousand are looked at once more.
        """
        from clientfolder.binder.index.ledger import LedgerIndex

        path = self.path(PRIVATE, upkeep.LEDGER)
        index = LedgerIndex(path, self.path(CLIENTS), self.make_private, self.keeps_index)
        return index.accounts(clients, self._account, marks or {})

    def _account(self, client: str) -> tuple[Account, os.stat_result]:
        from clientfolder.binder.toml import dossier_file
        from clientfolder.portfolio.accounts import Account

        file = file_of(client)
        try:
            raw, status = files.read_with_status(self.path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None
        return Account.of(dossier_file.read(client, file, raw).dossier), status

    def interrupted(self) -> bool:
        """Whether an act was cut short; the next writing command settles it."""
        try:
            self.check_private()
            cut = any("doing" in name for name in os.listdir(self.path(PRIVATE, "daybook")))
        except (OSError, CannotReach):
            return False
        return cut and not self.is_being_written()

    def is_being_written(self) -> bool:
        """Whether another command is writing into the folder just now."""
        return lock.is_locked(self.path(PRIVATE, "lock"), self.path(CLIENTS))

    def check_private(self) -> None:
        """Raises CannotReach where `.cf/` or a directory in it is a link: cf also clears up there."""
        for place in PRIVATE_PLACES:
            if os.path.islink(self.path(place)):
                from shlex import quote

                message = "This is a link, and what cf keeps for itself lies behind none. Take it away"
                raise CannotReach(f"{message}, and cf makes a directory: rm {quote(self.path(place))}", file=place)

    def make_private(self) -> None:
        """`.cf/`, of this machine alone, which says so to git by itself. Raises CannotReach."""
        self.check_private()
        private, to_git = self.path(PRIVATE), self.path(PRIVATE, ".gitignore")
        if os.path.lexists(to_git):
            return
        from clientfolder.binder.journal import atomic

        with lock.signals_deferred():
            files.make_directory(private)
            atomic.clear([to_git], {b"*\n"})
            with contextlib.suppress(CannotReach, Changed):
                atomic.Writer(private).create(".gitignore", b"*\n")


def file_of(client: str) -> str:
    """The dossier's file, or the slip's, relative to the folder."""
    return f"{client}.toml" if is_slip(client) else f"{CLIENTS}/{client}.toml"


def client_of(file: str) -> str:
    """The short name of the dossier or the slip in that file."""
    return (file if file.startswith(SLIP) else os.path.basename(file)).removesuffix(".toml")


def stem_of(client: str) -> str:
    """The name of its file without directory and ending."""
    return client.removeprefix(SLIP)
