"""What of a folder goes into an archive: everything but what belongs to this machine alone.

What cannot be taken is told, and stops nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clientfolder import settings
from clientfolder.binder import files, leftovers
from clientfolder.binder.binder import CLIENTS, PAPERS, PRINTS, PRIVATE, REMOVED
from clientfolder.errors import Refused, Warned
from clientfolder.exchange.backup.archive import (
    MOST_BYTES,
    MOST_ENTRIES,
    RESCUED,
    VERSION_CONTROL,
    Inventory,
    Member,
    inventory,
    objection,
)

# The folder's own directories, which may lie elsewhere.
OWN = (CLIENTS, REMOVED, PAPERS, "forms", "slips")

RECORDS = frozenset({settings.FILE, PRIVATE, *OWN} - {PAPERS})


@dataclass(frozen=True, slots=True)
class Collected:
    """What a folder holds for an archive, in its order, each with its path on disk; and what cannot be taken."""

    members: tuple[tuple[Member, str], ...]
    missing: tuple[Warned, ...]

    @property
    def inventory(self) -> Inventory:
        return inventory(entry for entry, _ in self.members)


def top_of(root: str) -> str:
    """The directory under which all entries lie: the folder's own name, where an archive may have it."""
    name = os.path.basename(root)
    return "folder" if objection(name, True) else name


def found(root: str) -> Collected:
    """Everything in the folder that goes into an archive. Raises Refused where that is too much for one."""
    first = records(root)
    rest = others(root, first)
    return Collected((*first.members, *rest.members), (*first.missing, *rest.missing))


def records(root: str) -> Collected:
    """The folder itself, and what cf writes in it: it is read while nobody writes. Raises as `found` does."""
    return _found(root, 0, 0, are_records=True)


def others(root: str, first: Collected) -> Collected:
    """What is not among the records, such as papers, which are read while others write. Raises as `found` does."""
    return _found(root, len(first.members), first.inventory.size, are_records=False)


def _found(root: str, count: int, size: int, *, are_records: bool) -> Collected:
    there: list[tuple[Member, str]] = []
    missing: list[Warned] = []
    for entry, path in _walk(root, missing, are_records=are_records):
        if path == root and not are_records:
            continue
        there.append((entry, path))
        size += entry.size
        if count + len(there) > MOST_ENTRIES or size > MOST_BYTES:
            raise Refused(
                f"The folder holds more than {MOST_ENTRIES:,} files or {MOST_BYTES // 10**9} GB, "
                "which no archive of cf does. Copy it as you copy any directory"
            )
    return Collected(tuple(there), tuple(missing))


def _walk(root: str, missing: list[Warned], *, are_records: bool) -> Iterator[tuple[Member, str]]:
    """A directory before what is in it, names in order; a link for what it leads to."""
    homes = [os.path.realpath(path) for path in (root, *(os.path.join(root, own) for own in OWN))]
    todo: list[tuple[str, str, tuple[tuple[int, int], ...]]] = [(top_of(root), root, ())]
    while todo:
        name, path, above = todo.pop()
        try:
            status = os.stat(path)
            within = _within(path) if stat.S_ISDIR(status.st_mode) else []
        except OSError as error:
            missing.append(untaken(name, files.reason(error)))
            continue
        here = (status.st_dev, status.st_ino)
        if why := _objection(name, status, is_above=here in above, homes=homes, path=path):
            missing.append(untaken(name, why))
            continue
        yield member_of(name, status), path
        if path == root:
            within = [one for one in within if one != PRINTS and (one in RECORDS) is are_records]
        todo += [(f"{name}/{one}", os.path.join(path, one), (*above, here)) for one in within]


def _within(directory: str) -> list[str]:
    """The names in a directory, last first. Raises OSError."""
    return sorted((name for name in os.listdir(directory) if not _is_left_out(directory, name)), reverse=True)


def _objection(name: str, status: os.stat_result, *, is_above: bool, homes: Sequence[str], path: str) -> str | None:
    is_dir = stat.S_ISDIR(status.st_mode)
    if is_above:
        return "the link leads back to where it lies"
    if is_dir and os.path.islink(path) and not _is_in_one(os.path.realpath(path), homes):
        return "the link leads to a directory outside the folder"
    return objection(name, is_dir) or unfit(status)


def _is_in_one(path: str, homes: Sequence[str]) -> bool:
    return any(os.path.commonpath([path, home]) == home for home in homes)


def _is_left_out(directory: str, name: str) -> bool:
    """What belongs to this machine alone: the private directory but for rescued texts, versions, leftovers."""
    if os.path.basename(directory) == PRIVATE:
        return name != RESCUED[-1]
    if name == PRIVATE:
        return not os.path.isdir(os.path.join(directory, *RESCUED))
    return name in VERSION_CONTROL or leftovers.is_temporary(name)


def unfit(status: os.stat_result) -> str | None:
    """Why it cannot be taken, if it is neither a directory nor a file."""
    fits = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
    return None if fits else "it is no regular file"


def member_of(name: str, status: os.stat_result) -> Member:
    is_dir = stat.S_ISDIR(status.st_mode)
    return Member(name, is_dir, status.st_mode & 0o777, status.st_mtime_ns, 0 if is_dir else status.st_size)


def untaken(name: str, why: str, *, there: str = "not in the backup") -> Warned:
    """The warning about an entry that is not in the backup, or not as it should be."""
    return Warned("io", f"{name.partition('/')[2] or name} is {there}: {why}")
