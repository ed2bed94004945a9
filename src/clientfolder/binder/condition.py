"""In what condition the folder is on the disk: copies, leftovers, names that collide, and what others may read.

Facts alone, told by the names and modes of files: none of them is opened, and nothing is written.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from clientfolder.binder import files, lock
from clientfolder.binder.binder import (
    CLIENTS,
    PAPERS,
    PRIVATE,
    PRIVATE_PLACES,
    REMOVED,
    SLIPS,
    file_of,
    is_copy,
    stem_of,
)
from clientfolder.dossier import SLIP

# Files that lie about ---------------------------------------------------------------------------------

# The directories whose files count.
COUNTED = (CLIENTS, SLIPS)

Kind = Literal["leftover", "swap", "copy", "hidden", "ending", "misplaced"]


class Stray(NamedTuple):
    """A file that counts for nothing. `of`: the file that it seems to be a copy of, where its name tells."""

    kind: Kind
    file: str
    of: str | None = None


_LEFTOVER = re.compile(r"(?s)\.(.+)\.[0-9a-f]{12}\.tmp\Z")
# Each gives the name of the file that the copy was made of, but for its ending where that is cut off.
_SWAP = re.compile(r"(?is)\.?(.+\.toml)\.sw[a-z]\Z|\.#(.+\.toml)\Z|\.~lock\.(.+\.toml)#\Z")
_COPIES = tuple(
    re.compile(shape, re.IGNORECASE | re.DOTALL)
    for shape in (
        r"#(.+\.toml)#\Z|\.?(.+\.toml)(?:~|\.~\d+~|\.un~|\.(?:bak|orig|rej|old|save|mine|backup|tmp))\Z",
        r"(.+?)~(\.toml)\Z|(.+?)\.sync-conflict-.*?(\.toml).*",
        r"(.+?) ?[(\[][^)\]]*conflict[^)\]]*[)\]](\.toml).*|(.+?)_conflict-\d.*?(\.toml).*",
        r"(.+?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(\.toml)\Z|[#~]+(.+\.toml)\Z",
    )
)
# The ending of a dossier, or one like it.
_ENDING = re.compile(r"(?i)\.to?ml(?![^\W_])")


def stem(name: str) -> str:
    """The name of a file without the ending of a dossier, or one like it."""
    return name[: max((found.start() for found in _ENDING.finditer(name)), default=len(name))]


def strays(root: str, counted: Iterable[str]) -> Iterator[Stray]:
    """The files that count for nothing and look as if they should; `counted` are the short names that do count."""
    busy = lock.is_locked(os.path.join(root, PRIVATE, "lock"), os.path.join(root, CLIENTS))
    known = {file_of(client) for client in counted}
    for directory in ("", *COUNTED, REMOVED, PRIVATE, f"{PRIVATE}/daybook", f"{PRIVATE}/rescued"):
        for name in listed(root, directory):
            if f"{directory}/{name}" in known:
                continue
            found = _strays_of(root, directory, name)
            # What a command is just writing is no leftover.
            yield from (one for one in found if not (busy and one.kind == "leftover"))


def _strays_of(root: str, directory: str, name: str) -> Iterator[Stray]:
    file = f"{directory}/{name}" if directory else name
    if original := _original(_LEFTOVER, name):
        yield Stray("leftover", file, f"{directory}/{original}".lstrip("/"))
    elif original := _original(_SWAP, name):
        yield Stray("swap", file, f"{directory}/{original}".lstrip("/"))
    elif copied := next((found for shape in _COPIES if (found := _original(shape, name))), None):
        yield Stray("copy", file, f"{directory}/{copied}".lstrip("/"))
    elif directory in COUNTED and os.path.isdir(os.path.join(root, file)):
        # A link may lead to the whole disk, and what lies there is not in the folder.
        if not os.path.islink(os.path.join(root, file)):
            yield from _misplaced_in(root, file)
    elif directory in COUNTED and is_copy(name) and _ENDING.search(name):
        yield Stray("copy", file)
    elif directory in COUNTED and _ENDING.search(name):
        yield Stray("hidden" if name.startswith(".") else "ending", file)
    elif directory == "" and name.endswith(".toml") and name != "clientfolder.toml":
        yield Stray("misplaced", file)


def _original(shape: re.Pattern[str], name: str) -> str | None:
    found = shape.match(name)
    return "".join(part for part in found.groups() if part) if found else None


def _misplaced_in(root: str, directory: str) -> Iterator[Stray]:
    """Dossiers in a directory below `clients/` or `slips/`, where no command looks."""
    for place, _, names in os.walk(os.path.join(root, directory)):
        for name in sorted(names):
            if name.endswith(".toml"):
                yield Stray("misplaced", os.path.relpath(os.path.join(place, name), root))


def listed(root: str, directory: str) -> list[str]:
    """What lies in a directory of the folder, in order; nothing where it cannot be listed.

    Where a directory that cf keeps for itself is a link, what it leads to is not the folder's.
    """
    if any(
        os.path.islink(os.path.join(root, place)) for place in PRIVATE_PLACES if f"{directory}/".startswith(f"{place}/")
    ):
        return []
    try:
        return sorted(os.listdir(os.path.join(root, directory)))
    except OSError:
        return []


def rescued(root: str) -> list[str]:
    """The files with texts that were typed and could not be written."""
    directory = f"{PRIVATE}/rescued"
    return [f"{directory}/{name}" for name in listed(root, directory) if not _LEFTOVER.match(name)]


def papers_of_nobody(root: str, counted: Iterable[str]) -> list[str]:
    """Directories of papers whose dossier is neither in the binder nor set aside; none where that is not known."""
    if files.is_shut(os.path.join(root, REMOVED)):
        return []
    removed = [name.removesuffix(".toml") for name in listed(root, REMOVED)]
    known = {*counted, *removed, *(f"{SLIP}{name}" for name in removed)}
    papers = [*listed(root, PAPERS), *(f"{SLIP}{name}" for name in listed(root, f"{PAPERS}/{SLIPS}"))]
    found = [name for name in papers if name not in known and not stem_of(name).startswith(".") and name != SLIPS]
    return [f"{PAPERS}/{name}" for name in found if os.path.isdir(os.path.join(root, PAPERS, name))]


# Names ------------------------------------------------------------------------------------------------


def twins(clients: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of short names that are one name where case, or how an accent is written, does not count.

    The first of a pair is the one to keep: the plainest.
    """
    same: dict[str, list[str]] = {}
    for client in clients:
        same.setdefault(unicodedata.normalize("NFC", client).casefold(), []).append(client)
    groups = [
        sorted(group, key=lambda client: (client != client.lower(), len(client), client)) for group in same.values()
    ]
    return [(group[0], other) for group in groups for other in group[1:]]


# What others may read ---------------------------------------------------------------------------------


class Open(NamedTuple):
    """A directory in which files or directories are open to other users of the machine, and how many."""

    directory: str
    how_many: int


# Modes of others: any use at all; writing by just anybody, which no usual mask leaves open.
_ANY_USE, _WRITING = 0o077, 0o002


def open_to_others(root: str) -> Iterator[Open]:
    """`.cf/`, which is for its owner alone, and the whole folder (`.`) where it was made so or anybody can reach it.

    It was made so if of the folder, its settings and its dossiers two are closed, as `cf init` makes all three.
    In a folder that was made open, and lies where nobody comes, only what anybody may write is counted. Links are
    not followed: what they lead to is elsewhere.
    """
    private = 0 if os.path.islink(os.path.join(root, PRIVATE)) else _count_open(os.path.join(root, PRIVATE), _ANY_USE)
    made = [_is_open(os.path.join(root, name)) for name in (".", "clientfolder.toml", CLIENTS)]
    meant_closed = made.count(False) >= 2 or _anybody_reaches(root)
    count = _count_open(root, _ANY_USE if meant_closed else _WRITING, but=(PRIVATE, ".git"))
    if count:
        yield Open(".", count)
    if private:
        yield Open(PRIVATE, private)


def _count_open(top: str, use: int, but: tuple[str, ...] = ()) -> int:
    count = int(_is_open(top, use))
    for place, directories, names in os.walk(top):
        if place == top:
            directories[:] = [name for name in directories if name not in but]
        count += sum(_is_open(os.path.join(place, name), use) for name in (*directories, *names))
    return count


def _is_open(path: str, use: int = _ANY_USE) -> bool:
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return not stat.S_ISLNK(status.st_mode) and bool(status.st_mode & use)


def _anybody_reaches(root: str) -> bool:
    """Whether no directory on the way shuts other users out."""
    path = os.path.realpath(root)
    try:
        while os.stat(path).st_mode & stat.S_IXOTH:
            path, before = os.path.dirname(path), path
            if path == before:
                return True
    except OSError:
        # What cannot be looked at is not reached either.
        return False
    return False
