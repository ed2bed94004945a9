"""An archive of a folder: its form, and what an entry of one may be.

The form is a gzipped tar, which every system opens without cf. All entries lie under one directory.
"""

from __future__ import annotations

import re
import tarfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from clientfolder.binder.binder import CLIENTS, PRIVATE
from clientfolder.binder.leftovers import is_dossier

BLOCK, CHUNK = tarfile.BLOCKSIZE, 1 << 16
MOST_ENTRIES, MOST_BYTES = 200_000, 4_000_000_000
# A path of some systems ends at 1024 bytes, and begins with that of the folder.
MOST_NAME_BYTES, MOST_PART_BYTES = 900, 255

VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".jj"})
RESCUED = [PRIVATE, "rescued"]

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_SECONDS = re.compile(r"(-?)(\d{1,11})(?:\.(\d{1,9})\d*)?", re.ASCII)
_NANO = 10**9


@dataclass(frozen=True, slots=True)
class Item:
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


def inventory(found: Iterable[Item]) -> Inventory:
    clients = count = size = 0
    for entry in found:
        directory, _, name = entry.path.partition("/")
        clients += directory == CLIENTS and "/" not in name and is_dossier(name)
        count += not entry.is_dir
        size += entry.size
    return Inventory(clients, count, size)


# Names ------------------------------------------------------------------------------------------------


def objection(name: str, is_dir: bool) -> str | None:
    """Why no archive has an entry of that name; None where it may have one."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts:
        return "its name leads out of the folder"
    if "" in parts or "." in parts:
        return "a part of its name is empty or a dot"
    if _UNSAFE.search(name):
        return "its name has a backslash or a control character"
    sizes = [len(part.encode("utf-8", "surrogateescape")) for part in parts]
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


# Headers ----------------------------------------------------------------------------------------------


def header(entry: Item) -> bytes:
    """What stands before an entry's content. Owners are not told; times are to the nanosecond."""
    info = tarfile.TarInfo(entry.name)
    info.type = tarfile.DIRTYPE if entry.is_dir else tarfile.REGTYPE
    info.mode, info.size, info.mtime = entry.mode, entry.size, entry.mtime_ns // _NANO
    info.pax_headers = {"mtime": seconds(entry.mtime_ns)}
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


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


def padding(size: int) -> bytes:
    """What fills the last block of a content."""
    return bytes(-size % BLOCK)
