"""An archive of a folder: its form, what an entry of one may be, and how it is read.

The form is a gzipped tar, which every system opens without cf. All entries lie under one directory. It is read
without being believed, whoever made it: forwards, entry by entry; no name in it leads out of the folder, and nothing
in it decides how much memory, disk or time it takes.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from clientfolder import settings
from clientfolder.binder.binder import CLIENTS, PRIVATE
from clientfolder.binder.leftovers import is_dossier
from clientfolder.errors import Refused, Unreadable

BLOCK, CHUNK = tarfile.BLOCKSIZE, 1 << 16
MOST_ENTRIES, MOST_BYTES = 200_000, 4_000_000_000
# A path of some systems ends at 1024 bytes, and begins with that of the folder.
MOST_NAME_BYTES, MOST_PART_BYTES = 900, 255
# What one extended header may hold, all of them together, and all names.
MOST_HEADER_BYTES, MOST_RECORDS = 64_000, 100
MOST_HEADERS_BYTES, MOST_NAMES_BYTES = 100_000_000, 32_000_000
MOST_EMPTY_BYTES = 1_000_000
# Between the end of one entry and the content of the next: an extended header, its own and that of the entry.
_MOST_READ = MOST_HEADER_BYTES + 3 * BLOCK

VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".jj"})
RESCUED = [PRIVATE, "rescued"]

DAMAGED = "The archive is cut off or damaged"
NO_BACKUP = "This is no backup of a client folder"
TOO_MUCH = "It holds more than a client folder does, and would fill the disk"
LONG_HEADER = "An entry has a longer header than any file needs"

_GZIP = b"\x1f\x8b"
_TEXT = "utf-8", "surrogateescape"
_IS_DIR = {tarfile.REGTYPE: False, tarfile.AREGTYPE: False, tarfile.DIRTYPE: True}
_REFUSED_KINDS = {
    tarfile.LNKTYPE: "a link", tarfile.SYMTYPE: "a link", tarfile.GNUTYPE_LONGLINK: "a link",
    tarfile.CHRTYPE: "a device", tarfile.BLKTYPE: "a device", tarfile.FIFOTYPE: "a FIFO",
    tarfile.GNUTYPE_SPARSE: "a sparse file",
}  # fmt: skip
# What stands before the header that it belongs to; of these tarfile reads as many bytes as they say that they have.
_EXTENSIONS = {tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME}
# Further ones that tarfile acts upon, and no backup has: for a link, for all entries, of another form, in pieces.
_REFUSED_EXTENSIONS = {
    tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_SPARSE,
}  # fmt: skip

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_SECONDS = re.compile(r"(-?)(\d{1,11})(?:\.(\d{1,9})\d*)?", re.ASCII)
_RECORD = re.compile(rb"(\d{1,5}) [^=]+=")
_DIGITS = re.compile(rb"\d+")
_NANO = 10**9


@dataclass(frozen=True, slots=True)
class Member:
    """A file or directory in an archive. `name` begins with the one directory that everything lies under."""

    name: str
    is_dir: bool
    mode: int
    mtime_ns: int
    size: int = 0

    @property
    def path(self) -> str:
        """Its path in the folder; empty for the folder itself."""
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an archive holds: how many clients, how many files in all, and their bytes when unpacked."""

    clients: int
    files: int
    size: int


def inventory(found: Iterable[Member]) -> Inventory:
    clients = count = size = 0
    for member in found:
        directory, _, name = member.path.partition("/")
        clients += directory == CLIENTS and "/" not in name and is_dossier(name)
        count += not member.is_dir
        size += member.size
    return Inventory(clients, count, size)


# Names and times --------------------------------------------------------------------------------------


def objection(name: str, is_dir: bool) -> str | None:
    """Why no archive has an entry of that name; None where it may have one."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts:
        return "its name leads out of the folder"
    if "" in parts or "." in parts:
        return "a part of its name is empty or a dot"
    if _UNSAFE.search(name):
        return "its name has a backslash or a control character"
    sizes = [len(part.encode(*_TEXT)) for part in parts]
    if max(sizes) > MOST_PART_BYTES or sum(sizes) + len(sizes) > MOST_NAME_BYTES:
        return "its name is too long"
    meant = [_meant(part) for part in parts]
    if not VERSION_CONTROL.isdisjoint(meant):
        return "it belongs to a version control"
    if PRIVATE in meant and not _is_rescued(parts[meant.index(PRIVATE) :], is_dir):
        return f"what lies in {PRIVATE} belongs to one machine"
    return None


def _meant(part: str) -> str:
    """The name that some system takes this one for."""
    if not part.isascii():
        seen = "".join(character for character in part if unicodedata.category(character) != "Cf")
        part = unicodedata.normalize("NFKC", seen)
    return part.casefold().rstrip(". ")


def _is_rescued(parts: list[str], is_dir: bool) -> bool:
    return parts == RESCUED[: len(parts)] if is_dir else parts[:-1] == RESCUED


def seconds(nanoseconds: int) -> str:
    """A time as a header has it, to the nanosecond: `1752571800.000000001`."""
    whole, rest = divmod(abs(nanoseconds), _NANO)
    return f"{'-' * (nanoseconds < 0)}{whole}.{rest:09}"


def nanoseconds(text: str) -> int | None:
    """What `seconds` wrote, or another's hand; None for what is no time that a disk could keep."""
    found = _SECONDS.fullmatch(text)
    if found is None:
        return None
    time = int(found[2]) * _NANO + int((found[3] or "0").ljust(9, "0"))
    return -time if found[1] else time


# Writing ----------------------------------------------------------------------------------------------


def written(sink: Any) -> tarfile.TarFile:
    """An archive that is to be written; `sink` takes its bytes, which are still to be compressed."""
    encoding, errors = _TEXT
    return tarfile.TarFile(
        fileobj=sink, mode="w", format=tarfile.PAX_FORMAT, encoding=encoding, errors=errors, copybufsize=CHUNK
    )


def forget_members(archive: tarfile.TarFile) -> None:
    """Let go of the headers that were written or read: tarfile keeps them all, which takes a kilobyte for each."""
    archive.members.clear()  # type: ignore[attr-defined]


def header(member: Member) -> tarfile.TarInfo:
    """The tar header of a member, without an owner, its time to the nanosecond."""
    info = tarfile.TarInfo(member.name)
    info.type = tarfile.DIRTYPE if member.is_dir else tarfile.REGTYPE
    info.mode, info.size, info.mtime = member.mode, member.size, member.mtime_ns // _NANO
    info.pax_headers = {"mtime": seconds(member.mtime_ns)}
    return info


# Reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenMember:
    """One entry as it is read. `info` is what tarfile knows of it; `content` ends with the file, or is None."""

    member: Member
    info: tarfile.TarInfo
    content: BinaryIO | None


def members(file: io.BufferedReader) -> Iterator[OpenMember]:
    """Every entry of an archive, compressed or not; its content is to be read before the next is asked for, or not.

    Raises Unreadable for what is no archive or a damaged one, Refused for what no folder would hold, OSError.
    """
    is_packed = file.peek(len(_GZIP)).startswith(_GZIP)
    source = _Source(gzip.GzipFile(fileobj=file) if is_packed else file)
    tree = _Tree()
    left = MOST_BYTES
    for info, archive in _headers(source):
        name = _name(info)
        member = None if _is_left_out(name, info.type) else _member(name, info)
        if member:
            tree.take(member.name, member.is_dir)
        left -= info.size
        if left < 0:
            raise Refused(TOO_MUCH)
        source.allow_until(archive.offset)
        if member:
            yield OpenMember(member, info, cast(BinaryIO | None, archive.extractfile(info)))
    if tree.kinds.get(f"{tree.top}/{settings.FILE}") is not False:
        raise Refused(NO_BACKUP)


def _headers(source: _Source) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]:
    """Every header that tarfile reads, each within its budget, to the end of the archive. Raises as `members` does."""
    encoding, errors = _TEXT
    try:
        source.allow_until(_MOST_READ)
        # The first header is read here.
        archive = tarfile.TarFile(fileobj=cast(Any, source), tarinfo=_Header, encoding=encoding, errors=errors)
        while info := archive.next():
            forget_members(archive)
            yield info, archive
            source.allow_until(archive.offset + _MOST_READ)
    except (tarfile.TarError, ValueError):
        raise Unreadable(DAMAGED) from None
    # An empty block is the end; tarfile takes some headers that it cannot read for one as well.
    if source.tell() != archive.offset + BLOCK:
        raise Unreadable(DAMAGED) from None
    source.end()


class _Source:
    """The bytes of an archive as tarfile reads them: forwards only, and no further than was allowed."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self._position = self._until = 0
        self._ahead = b""
        # What extended headers hold so far, or cost; whether the header that comes next has one.
        self.extended_bytes = 0
        self.is_extended = False

    def allow_until(self, position: int) -> None:
        self._until = position

    def tell(self) -> int:
        return self._position

    def seek(self, position: int) -> None:
        """Skip what lies before the position, which is never behind."""
        while self._position < position:
            self.read(min(position - self._position, CHUNK))

    def read(self, count: int) -> bytes:
        """Exactly so many bytes. Raises Refused where these are too many, Unreadable where they are not there."""
        if not 0 <= count <= self._until - self._position:
            raise Refused(LONG_HEADER)
        data = self.peek(count)
        if len(data) < count:
            raise Unreadable(DAMAGED) from None
        self._ahead = self._ahead[count:]
        self._position += count
        return data

    def peek(self, count: int) -> bytes:
        """The next bytes, which are read again; fewer where the archive ends. Raises Unreadable."""
        try:
            if count > len(self._ahead):
                self._ahead += self._stream.read(count - len(self._ahead))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Unreadable(DAMAGED) from None
        return self._ahead[:count]

    def end(self) -> None:
        """Raises Unreadable where anything but empty blocks is left, Refused where these are many."""
        self._until = self._position + MOST_EMPTY_BYTES
        while rest := self.peek(CHUNK):
            if rest.strip(b"\0"):
                raise Unreadable(DAMAGED) from None
            if self._position + len(rest) > self._until:
                raise Refused(TOO_MUCH)
            self.read(len(rest))


class _Header(tarfile.TarInfo):
    """A header that is looked at before tarfile does what it says, such as to read gigabytes at once."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        source: Any = archive.fileobj
        block = source.peek(BLOCK)
        if len(block) < BLOCK:
            raise Unreadable(DAMAGED) from None
        if block.strip(b"\0"):
            try:
                _check_header(cls.frombuf(block, *_TEXT), source)
            except tarfile.HeaderError:
                raise Unreadable(f"{NO_BACKUP}, or a damaged one") from None
        return super().fromtarfile(archive)


def _check_header(info: tarfile.TarInfo, source: _Source) -> None:
    """Raises Refused and Unreadable where tarfile is not to read on from this header."""
    if info.type in _REFUSED_EXTENSIONS:
        raise _of_no_kind(info.name, info.type)
    if info.type not in _EXTENSIONS:
        if info.size < 0:
            raise _refused(info.name, "its size makes no sense")
        source.is_extended = False
        return
    if source.is_extended or not 0 < info.size <= MOST_HEADER_BYTES:
        raise Refused(LONG_HEADER)
    source.is_extended = True
    text = source.peek(BLOCK + info.size)[BLOCK:]
    # Before Python 3.12.6 a run of digits takes tarfile a time that grows with its square.
    source.extended_bytes += len(text) + sum(len(run) ** 2 for run in _DIGITS.findall(text)) // 16
    if source.extended_bytes > MOST_HEADERS_BYTES:
        raise Refused(LONG_HEADER)
    if info.type == tarfile.XHDTYPE:
        _check_records(text)


def _check_records(text: bytes) -> None:
    """Raises Unreadable for what are no lines such as `30 mtime=1752571800.000000001`, Refused for too many."""
    end = 0
    for _ in range(MOST_RECORDS):
        if end == len(text):
            return
        found = _RECORD.match(text, end)
        end += int(found[1]) if found else 0
        if found is None or not found.end() < end <= len(text) or text[end - 1 : end] != b"\n":
            raise Unreadable(DAMAGED) from None
    raise Refused(LONG_HEADER)


def _name(info: tarfile.TarInfo) -> str:
    """The name of an entry, without the `./` of an archive that was packed as `tar czf FILE ./DIR`."""
    name: str = info.pax_headers.get("path", info.name)
    if _IS_DIR.get(info.type):
        name = name.rstrip("/") or name
    return name.removeprefix("./")


def _is_left_out(name: str, kind: bytes) -> bool:
    """Whether an entry is passed over: what other programs put into a plain tar of a folder in use.

    So is what lies in `.cf`, which belongs to one machine, but for the rescued texts; and a file such as `._anna.toml`,
    in which macOS keeps the attributes of its neighbour.
    """
    parts = name.split("/")
    is_dir = _IS_DIR.get(kind)
    if is_dir is None or ".." in parts or "" in parts:
        return False
    if parts[-1].startswith("._") and not is_dir:
        return True
    of_machine = parts[1:2] == [PRIVATE] and (is_dir or len(parts) > 2)
    return of_machine and not _is_rescued(parts[1:], is_dir)


def _member(name: str, info: tarfile.TarInfo) -> Member:
    """An entry by its headers. Raises Refused for what is no file or directory, and for its name, size or time."""
    more = info.pax_headers
    is_dir = _IS_DIR.get(info.type)
    if is_dir is None:
        raise _of_no_kind(name, info.type)
    if why := objection(name, is_dir):
        raise _refused(name, why)
    if any(key.startswith("GNU.sparse") for key in more):
        raise _refused(name, "it is a sparse file")
    if "size" in more or (is_dir and info.size):
        raise _refused(name, "its size makes no sense")
    time = nanoseconds(more.get("mtime", str(info.mtime)))
    if time is None:
        raise _refused(name, "its time makes no sense")
    return Member(name, is_dir, info.mode & 0o777, time, info.size)


def _of_no_kind(name: str, kind: bytes) -> Refused:
    return _refused(name, f"it is {_REFUSED_KINDS.get(kind, 'of an unknown kind')}, and no file or directory")


def _refused(name: str, why: str) -> Refused:
    return Refused(f"{_cut(name)} is not taken: {why}")


def _cut(name: str) -> str:
    return name if len(name) <= 100 else f"{name[:100]}…"


@dataclass(slots=True)
class _Tree:
    """The names that were met, and whether each is a directory."""

    top: str = ""
    kinds: dict[str, bool] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)
    _letters: int = 0

    def take(self, name: str, is_dir: bool) -> None:
        """Raises Refused where an entry of that name cannot lie beside the others."""
        if name in self._said:
            raise _refused(name, "it is there twice")
        self._said.add(name)
        top, below, _ = name.partition("/")
        self.top = self.top or top
        if top != self.top:
            raise _refused(name, f"it lies outside {_cut(self.top)}")
        if not (below or is_dir):
            raise _refused(name, "it lies under no directory")
        self._note(name, is_dir)
        self._note_above(name)

    def _note_above(self, name: str) -> None:
        # A directory that was met before has made those above it known.
        while (name := name.rpartition("/")[0]) and name not in self.kinds:
            self._note(name, True)
        if name and not self.kinds[name]:
            raise _refused(name, "it is a file and a directory")

    def _note(self, name: str, is_dir: bool) -> None:
        if self.kinds.setdefault(name, is_dir) is not is_dir:
            raise _refused(name, "it is a file and a directory")
        self._letters += len(name)
        if len(self.kinds) > MOST_ENTRIES or self._letters > MOST_NAMES_BYTES:
            raise Refused(TOO_MUCH)
