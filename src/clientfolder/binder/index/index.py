"""The A-Z register: what lists and look-up need of each dossier, kept so that only changed files are read again.

Disposable: throw it away and it grows back. A line of it is believed where the file has the same size, times and
inode as when it was read; a file as young as the register itself is not entered, for it could change once more
within the same tick of the clock. What is damaged, or of another version, is as good as none.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple

from clientfolder import __version__
from clientfolder.binder import files, leftovers
from clientfolder.binder.index import codec, lookup
from clientfolder.dossier.covers import NOTHING_KEPT, Covers, Kept, Shelf, is_spine
from clientfolder.dossier.types import Cover
from clientfolder.errors import CannotReach, NoClient, Trouble, Unreadable

HEAD = f"clientfolder register 9 {__version__}"
MODE = 0o600
# Reading a byte of a dossier anew takes about so many times as long as writing a byte of the register.
READING_TO_WRITING = 20
DAY_NS = 24 * 3600 * 10**9

# A cover without a status is one of today alone, and not kept.
Read = Callable[[str], tuple[Cover, os.stat_result | None]]


class Contents(NamedTuple):
    """What the binder holds: the covers of all readable dossiers, and a letter for every other file."""

    covers: Covers
    unreadable: tuple[Trouble, ...]
    # What counts for nothing, as it is a copy: each with the dossier that it was made of.
    copies: Mapping[str, str] = {}

    def beside(self, others: Contents) -> Contents:
        """These and the others."""
        return Contents(self.covers.beside(others.covers), (*self.unreadable, *others.unreadable))


class _Saved(NamedTuple):
    """The columns as they were kept. `marks` are those of the files when they were read."""

    marks: list[str]
    kept: Kept
    size: int


def _mark(status: os.stat_result) -> str:
    """What tells a file from itself once it has been changed in any way."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


class Index:
    """The register at `path` of the dossiers in `directory`, where each has its short name and `.toml`.

    It is never needed, and all its failures are silent.
    """

    def __init__(
        self, path: str, directory: str, prepare: Callable[[], None], is_kept: bool = True, *, begin: str = ""
    ) -> None:
        """`prepare` makes the directory in which the register is kept, or raises CannotReach; it `is_kept`, or not.

        `begin`: what all the short names begin with, such as `slips/`.
        """
        self.path = path
        self.directory = directory
        self.prepare = prepare
        self.is_kept = is_kept
        self.begin = begin

    def contents(self, found: Callable[[set[str]], Iterable[str]], read: Read) -> Contents:
        """All dossiers. `found` names those that there are besides the known files; `read` opens one.

        `read` raises NoClient for a dossier that is gone meanwhile, Unreadable or CannotReach for a bad one.
        """
        saved = self._load(read)
        known = saved.kept.clients
        names = [f"{client}.toml" for client in known]
        others = list(found(set(names)))
        now = self._marks(names)
        stale = {client for client, old, new in zip(known, saved.marks, now, strict=True) if old != new}
        if not stale and not others:
            return Contents(Covers(Shelf(saved.kept)), ())
        return self._read_anew(saved, stale, others, read)

    def _marks(self, names: Sequence[str]) -> list[str]:
        """The marks of these files now; empty for one that is gone or cannot be looked at."""
        marks = []
        stat = os.stat
        try:
            directory = os.open(self.directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return [""] * len(names)
        try:
            for name in names:
                try:
                    status = stat(name, dir_fd=directory)
                except OSError:
                    marks.append("")
                    continue
                # Written out, for this line runs once for each dossier of the folder at every command.
                marks.append(f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}")
        finally:
            files.close(directory)
        return marks

    def _read_anew(self, saved: _Saved, stale: set[str], others: Sequence[str], read: Read) -> Contents:
        """Read what has changed, and keep the register where that will save the next command more than it costs."""
        covers: list[Cover] = []
        unreadable: list[Trouble] = []
        marks: dict[str, str] = {}
        to_read = sorted([*stale, *others])
        wanted = self.is_kept and self._is_worth_it(to_read, saved.size) and self._is_prepared()
        with _Page(self.path, wanted) as page:
            for client in to_read:
                try:
                    cover, status = read(client)
                except NoClient:
                    continue
                except (Unreadable, CannotReach) as trouble:
                    unreadable.append(trouble)
                    continue
                covers.append(cover)
                if status is not None and page.is_older(status):
                    marks[client] = _mark(status)
            whole = Covers(Shelf(saved.kept)).replaced(stale, covers)
            if marks:
                known = dict(zip(saved.kept.clients, saved.marks, strict=True))
                page.put(_written(whole, {**known, **marks}, stale - marks.keys()))
        return Contents(whole, tuple(unreadable))

    def _is_prepared(self) -> bool:
        try:
            self.prepare()
        except CannotReach:
            return False
        return True

    def _is_worth_it(self, clients: Iterable[str], size: int) -> bool:
        to_read = 0
        for client in clients:
            with suppress(OSError):
                to_read += os.stat(os.path.join(self.directory, f"{client}.toml")).st_size
        return to_read * READING_TO_WRITING > size

    def _load(self, read: Read) -> _Saved:
        """What was kept; nothing where that cannot be believed. A line that cannot be opened is read anew."""
        if os.path.islink(os.path.dirname(self.path)):
            return _Saved([], NOTHING_KEPT, 0)
        try:
            with open(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
                raw = file.read()
            saved = _parsed(raw, self.begin)
        except (OSError, ValueError):
            return _Saved([], NOTHING_KEPT, 0)
        unfold = saved.kept.unfold

        def opened(client: str, name: str, line: bytes) -> Cover:
            try:
                return unfold(client, name, line)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                return read(client)[0]

        return saved._replace(kept=saved.kept._replace(unfold=opened))


class _Page:
    """A new register beside the old. The moment of its making is older than any change made from then on."""

    def __init__(self, path: str, wanted: bool) -> None:
        self._path = path
        self._beside = leftovers.temporary_name(path)
        self._handle: int | None = None
        self._made_ns = self._device = 0
        self._wanted = wanted

    def __enter__(self) -> _Page:
        if self._wanted:
            with suppress(OSError):
                self._handle = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, MODE)
                status = os.fstat(self._handle)
                self._made_ns, self._device = status.st_mtime_ns, status.st_dev
                files.hand_over(self._handle, os.path.dirname(self._path))
        return self

    def is_older(self, status: os.stat_result) -> bool:
        """Whether a file was last changed before the page was made.

        The clock of another file system may differ from that of the page, but not by a day. Where a file system keeps
        no time of change, that of the content tells; one that lies far ahead was set by hand.
        """
        since = self._made_ns - (0 if status.st_dev == self._device else DAY_NS)
        return status.st_ctime_ns < since and not since <= status.st_mtime_ns < self._made_ns + DAY_NS

    def put(self, content: bytes) -> None:
        """Write it and put it in place; where that fails, the old register stays."""
        if self._handle is None:
            return
        with suppress(OSError):
            left = memoryview(content)
            while left:
                left = left[os.write(self._handle, left) :]
            os.rename(self._beside, self._path)
            self._clear()

    def _clear(self) -> None:
        """Take away what killed commands left. One that is still writing has lost nothing but its turn."""
        directory, name = os.path.split(self._path)
        for left in os.listdir(directory):
            if leftovers.is_temporary_of(left, [name]):
                os.unlink(os.path.join(directory, left))

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            files.close(self._handle)
            with suppress(OSError):
                # Where it was put in place, nothing of that name is left.
                os.unlink(self._beside)


# The file -----------------------------------------------------------------------------------------------
#
# A head that tells the checksum of what follows and how long each column is; then the columns, a value on each line.


def _written(covers: Covers, marks: dict[str, str], out: Iterable[str]) -> bytes:
    out = set(out)
    shelf = covers.shelf
    rows = []
    for place, letters in zip(covers.places, covers.letters(lookup.search_key), strict=True):
        client = shelf.clients[place]
        # A file may be called what no line can hold.
        if client not in marks or client in out or "\n" in client:
            continue
        folded = shelf.folded(place) or codec.encode(shelf.cover(place))
        if folded is not None:
            name = codec.escaped(shelf.name(place))
            texts = (_encoded(text) for text in (client, marks[client], shelf.spines[place], name, letters))
            rows.append((*texts, folded))
    columns = [b"\n".join(column) for column in zip(*rows, strict=True)]
    body = b"".join(columns)
    lengths = " ".join(str(len(column)) for column in columns)
    return f"{HEAD} {_checksum(lengths, body)} {lengths}\n".encode() + body


def _checksum(lengths: str, body: bytes | memoryview) -> str:
    return f"{zlib.crc32(body, zlib.crc32(lengths.encode())):08x}"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _parsed(raw: bytes, begin: str) -> _Saved:
    """Raises ValueError for what is no register of this version, is damaged, or names what is no dossier's file."""
    start = raw.find(b"\n") + 1
    body = memoryview(raw)[start:]
    said, checksum, *lengths = raw[: start - 1].decode().rsplit(" ", 7)
    if said != HEAD or checksum != _checksum(" ".join(lengths), body):
        raise ValueError("no register of this version")
    ends = list(accumulate(map(int, lengths)))
    columns = list(zip([0, *ends[:-1]], ends, strict=True))
    # Each column has a line for each dossier.
    if len({raw.count(b"\n", start + first, start + end) for first, end in columns}) != 1:
        raise ValueError("columns of different lengths")
    parts = [body[first:end] for first, end in columns]

    def text(number: int) -> str:
        return str(parts[number], "utf-8", "surrogateescape")

    def lines(number: int) -> list[str]:
        return text(number).split("\n")

    clients, spines = text(0), lines(2)
    if not _are_short_names(clients, begin) or not all(map(is_spine, {*spines})):
        raise ValueError("written by somebody else")
    return _Saved(
        lines(1),
        Kept(
            clients=clients.split("\n"),
            spines=spines,
            names=lambda: codec.unescaped(text(3)),
            letters=lambda: text(4),
            folded=lambda: bytes(parts[5]).split(b"\n"),
            unfold=codec.decode,
        ),
        len(raw),
    )


def _are_short_names(lines: str, begin: str) -> bool:
    """Whether each line is a short name that begins so, and leads nowhere but to a file of the directory.

    Asked of all lines at once, for there are as many as dossiers, at every command.
    """
    each = f"\n{lines}"
    count = each.count("\n")
    return (
        each.count(f"\n{begin}") == count
        and each.count("/") == (count if begin else 0)
        and f"\n{begin}." not in each
        and "\0" not in each
    )
