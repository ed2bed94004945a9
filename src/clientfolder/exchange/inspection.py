"""An archive is read without believing it, whoever made it.

It is read forwards, entry by entry: no name in it leads out of the folder, and nothing in it decides how much memory
or disk it takes.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clientfolder import settings
from clientfolder.binder import files
from clientfolder.errors import CannotReach, Refused, Unreadable
from clientfolder.exchange.archive import (
    BLOCK,
    MOST_BYTES,
    MOST_ENTRIES,
    Inventory,
    Item,
    inventory,
    nanoseconds,
    objection,
    padding,
)
from clientfolder.exchange.stream import DAMAGED, NO_BACKUP, TOO_MUCH, Source, opened

MOST_HEADER_BYTES, MOST_RECORDS, MOST_NAMES_BYTES = 64_000, 100, 32_000_000

_IS_DIR = {tarfile.REGTYPE: False, tarfile.AREGTYPE: False, tarfile.DIRTYPE: True}
_REFUSED_KINDS = {
    tarfile.LNKTYPE: "a link", tarfile.SYMTYPE: "a link", tarfile.GNUTYPE_LONGLINK: "a link",
    tarfile.CHRTYPE: "a device", tarfile.BLKTYPE: "a device", tarfile.FIFOTYPE: "a FIFO",
    tarfile.GNUTYPE_SPARSE: "a sparse file",
}  # fmt: skip


def inspected(path: str, label: str, free: int) -> Inventory:
    """What an archive holds, after all of it was read, for a disk with so many bytes free.

    Raises as `entries` does, and CannotReach where it cannot be read, or as soon as the disk has no room for it.
    """
    try:
        with opened(path, label) as source:
            return inventory(_fitting(source, free))
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=label) from None


def _fitting(source: Source, free: int) -> Iterator[Item]:
    needed = 0
    for entry, _ in entries(source):
        needed += entry.size
        if needed > free:
            raise CannotReach(
                f"There is no room for it on the disk: at least {-(-needed // 10**6):,} MB are needed, "
                f"and {free // 10**6:,} MB are free"
            )
        yield entry


def entries(source: Source) -> Iterator[tuple[Item, Iterator[bytes]]]:
    """Every entry with its content, which is to be read before the next entry is asked for, or not at all.

    Raises Unreadable for what is no archive or a damaged one, Refused for what no folder would hold.
    """
    tree = _Tree()
    left = MOST_BYTES
    while entry := _next(source, tree):
        left -= entry.size
        if left < 0:
            raise Refused(TOO_MUCH)
        source.expect(entry.size)
        content = source.content(entry.size)
        yield entry, content
        for _ in content:
            pass
        source.take(len(padding(entry.size)))
    source.end()
    if tree.kinds.get(f"{tree.top}/{settings.FILE}") is not False:
        raise Refused(NO_BACKUP)


# Entries ----------------------------------------------------------------------------------------------


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


def _refused(name: str, why: str) -> Refused:
    return Refused(f"{_cut(name)} is not taken: {why}")


def _cut(name: str) -> str:
    return name if len(name) <= 100 else f"{name[:100]}…"


def _next(source: Source, tree: _Tree) -> Item | None:
    """The next entry, its name checked; None at the end."""
    more: dict[str, str] = {}
    seen: list[bytes] = []
    while (info := _header(source)) and info.type in (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME):
        if info.type in seen or not 0 < info.size <= MOST_HEADER_BYTES:
            raise Refused("An entry has a longer header than any file needs")
        seen.append(info.type)
        text = source.take(info.size)
        source.take(len(padding(info.size)))
        more |= _records(text) if info.type == tarfile.XHDTYPE else {"path": _text(text.rstrip(b"\0"))}
    if info is None:
        if seen:
            raise Unreadable(DAMAGED)
        return None
    entry = _entry(info, more)
    tree.take(entry.name, entry.is_dir)
    return entry


def _header(source: Source) -> tarfile.TarInfo | None:
    block = source.take(BLOCK)
    if not block.strip(b"\0"):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        raise Unreadable(f"{NO_BACKUP}, or a damaged one") from None


def _records(text: bytes) -> Mapping[str, str]:
    """What stands in a header of lines such as `30 mtime=1752571800.000000001`. Raises Unreadable or Refused."""
    found: dict[str, str] = {}
    start = 0
    for _ in range(MOST_RECORDS):
        if start == len(text):
            return found
        length = text[start : start + 6].partition(b" ")[0]
        if not length.isdigit() or start + int(length) > len(text):
            raise Unreadable(DAMAGED)
        record = text[start + len(length) + 1 : start + int(length)]
        key, equals, value = record[:-1].partition(b"=")
        if record[-1:] != b"\n" or not equals:
            raise Unreadable(DAMAGED)
        found[_text(key)] = _text(value)
        start += int(length)
    raise Refused("An entry has a longer header than any file needs")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _entry(info: tarfile.TarInfo, more: Mapping[str, str]) -> Item:
    """An entry by its headers. Raises Refused for what is no file or directory, and for its name, size or time."""
    name = more.get("path", info.name)
    is_dir = _IS_DIR.get(info.type)
    if is_dir is None:
        raise _refused(name, f"it is {_REFUSED_KINDS.get(info.type, 'of an unknown kind')}, and no file or directory")
    if is_dir:
        name = name.rstrip("/") or name
    if why := objection(name, is_dir):
        raise _refused(name, why)
    if any(key.startswith("GNU.sparse") for key in more):
        raise _refused(name, "it is a sparse file")
    if info.size < 0 or "size" in more or (is_dir and info.size):
        raise _refused(name, "its size makes no sense")
    time = nanoseconds(more.get("mtime", str(info.mtime)))
    if time is None:
        raise _refused(name, "its time makes no sense")
    return Item(name, is_dir, info.mode & 0o777, time, info.size)
