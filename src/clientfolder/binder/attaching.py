"""How a file becomes a paper: under a safe name, copied to a private place first, and never half-made in `papers/`.

The copy is carried to its place by one rename; so the journal holds the sum of its bytes instead of the bytes.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator

from clientfolder.binder import files, leftovers, names
from clientfolder.binder.binder import PAPERS, PRIVATE
from clientfolder.binder.journal import atomic
from clientfolder.binder.papers import WAITING, WAITING_THERE, is_linked, place_of
from clientfolder.errors import CannotReach, Changed, Refused
from clientfolder.text import visible
from clientfolder.tuples import NamedTuple

RESCUED = f"{PRIVATE}/rescued"
MOST_NAME_BYTES = 200
_PIECE = 1 << 20
_UNFIT = r'[<>:"\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]'


class Copy(NamedTuple):
    """A file that was copied to the private place: where from, where to (None: only looked at), and its sum."""

    source: str
    waiting: str | None
    bytes: int
    digest: str


# Names --------------------------------------------------------------------------------------------------


def safe_name(name: str) -> str:
    """The name that a file gets among the papers: every system can hold it, and no list or terminal trips over it.

    Letters of all scripts stay. It is never hidden, an option, a path or empty; of a path it is the last part.
    """
    plain = unicodedata.normalize("NFC", name.rstrip("/").rpartition("/")[2])
    plain = "".join("" if visible(c) != c and c not in "\t\r\n" else c for c in plain)
    plain = re.sub(_UNFIT, "-", re.sub(r"\s+", " ", plain))
    stem, ending = _parted(plain.lstrip(".- ").rstrip(". "))
    while stem and len(os.fsencode(stem + ending)) > MOST_NAME_BYTES:
        stem = stem[:-1]
    plain = (stem + ending).rstrip(". ")
    if not plain:
        return "paper"
    return plain if names.is_portable(plain) else f"paper-{plain}"


def _parted(name: str) -> tuple[str, str]:
    """The name without its ending, and the ending with its dot."""
    found = re.fullmatch(r"(?s)(.+?)((?:\.tar)?\.[^. ]{1,12})", name)
    return (found[1], found[2]) if found else (name, "")


def free_name(root: str, client: str, name: str, copy: Copy, own: dict[str, str]) -> tuple[str, bool]:
    """The name itself, or with the first number that makes it free, and whether these bytes lie there already.

    `own`: the sums of those that the same act brings, by the common form of their names. Raises CannotReach.
    """
    directory = os.path.join(root, place_of(client))
    taken = {names.same(there): there for there in _names_in(directory)}
    stem, ending = _parted(name)
    number = 1
    while True:
        wanted = name if number == 1 else f"{stem}-{number}{ending}"
        there = taken.get(names.same(wanted))
        if own.get(names.same(wanted)) == copy.digest:
            return wanted, True
        if there is None and names.same(wanted) not in own:
            return wanted, False
        if there is not None and _holds(os.path.join(directory, there), copy):
            return there, True
        number += 1


def _names_in(directory: str) -> list[str]:
    try:
        return os.listdir(directory)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None


def _holds(path: str, copy: Copy) -> bool:
    try:
        return os.stat(path).st_size == copy.bytes and digest_of(path) == copy.digest
    except OSError:
        return False


def digest_of(path: str) -> str | None:
    """The sum of a regular file's bytes; None for what is none. Raises OSError."""
    import hashlib

    digest = hashlib.sha256()
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        while piece := os.read(handle, _PIECE):
            digest.update(piece)
    finally:
        files.close(handle)
    return digest.hexdigest()


# Copying ------------------------------------------------------------------------------------------------


def looked_at(source: str) -> Copy:
    """What a copy of this file would be; nothing is written. Raises as `copied` does."""
    handle = _opened(source)
    try:
        return _through(handle, source, None, None)
    finally:
        files.close(handle)


@contextlib.contextmanager
def copied(root: str, sources: Collection[str], carried: Collection[str]) -> Iterator[list[Copy]]:
    """Copies of these files in the private place, flushed; when it ends all are taken away but those then `carried`.

    Raises Refused for what is no regular file, Changed for one that is written into meanwhile, CannotReach.
    """
    kept: list[tuple[str, int]] = []
    try:
        yield [_copied(root, source, kept) for source in sources]
    finally:
        for file, handle in kept:
            if file not in carried:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(root, file))
            files.close(handle)


def _copied(root: str, source: str, kept: list[tuple[str, int]]) -> Copy:
    read_from = _opened(source)
    try:
        waiting, handle = _begun(root, kept)
        copy = _through(read_from, source, handle, waiting)
        status = os.fstat(read_from)
        with contextlib.suppress(OSError):
            os.utime(handle, ns=(status.st_mtime_ns, status.st_mtime_ns))
        atomic.is_confirmed(handle)
        return copy
    except OSError as error:
        raise CannotReach(f"Cannot be copied: {files.reason(error)}; nothing was written", file=source) from None
    finally:
        files.close(read_from)


def _opened(source: str) -> int:
    """The file to read from. A pipe does not block, and is refused like all that is no regular file."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Refused("There is no such file", file=source) from None
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=source) from None
    try:
        mode = os.fstat(handle).st_mode
    except OSError as error:
        files.close(handle)
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=source) from None
    if stat.S_ISREG(mode):
        return handle
    files.close(handle)
    if stat.S_ISDIR(mode):
        raise Refused("This is a directory; name the files in it, or pack it into one file", file=source)
    raise Refused("This is no regular file, but a pipe or a device", file=source)


def _begun(root: str, kept: list[tuple[str, int]]) -> tuple[str, int]:
    """A new file in the private place, held by a lock for as long as we live, so that no other command clears it up."""
    directory = _waiting_place(root)
    while True:
        # In the loop, for another command takes the directory away when it has carried the last paper out of it.
        files.make_directory(os.path.join(root, directory))
        waiting = leftovers.temporary_name(f"{directory}/paper")
        path = os.path.join(root, waiting)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, files.FILE_MODE)
        except FileNotFoundError:
            continue
        kept.append((waiting, handle))
        files.hand_over(handle, os.path.dirname(path))
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Between the two calls it looked like one that was left.
        if os.path.lexists(path):
            return waiting, handle


def _waiting_place(root: str) -> str:
    """The private place that is on the same disk as the papers. Raises CannotReach where it is a link."""
    try:
        apart = os.stat(os.path.join(root, PAPERS)).st_dev != os.stat(os.path.join(root, PRIVATE)).st_dev
    except OSError:
        apart = False
    place = WAITING_THERE if apart else WAITING
    if is_linked(root, place):
        raise CannotReach(
            "This is a link, and no copy is laid through it; take it away, and cf makes a directory", file=place
        )
    return place


def _through(read_from: int, source: str, handle: int | None, waiting: str | None) -> Copy:
    """All bytes read, summed, and written where there is somewhere to write. Raises Changed, CannotReach."""
    import hashlib

    digest, size = hashlib.sha256(), 0
    before = os.fstat(read_from)
    while piece := _piece(read_from, source):
        digest.update(piece)
        size += len(piece)
        if handle is not None:
            atomic.write_all(handle, piece)
    after = os.fstat(read_from)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or size != after.st_size:
        raise Changed("Something is writing into this file just now; nothing was attached", file=source)
    return Copy(source, waiting, size, digest.hexdigest())


def _piece(read_from: int, source: str) -> bytes:
    try:
        return os.read(read_from, _PIECE)
    except OSError as error:
        raise CannotReach(f"Cannot be read: {files.reason(error)}", file=source) from None


# What is left -------------------------------------------------------------------------------------------


def clear(root: str, left: Collection[str]) -> None:
    """Take away copies that nobody holds any more; whoever made one was killed, and what it was made of is there."""
    for file in left:
        with contextlib.suppress(OSError):
            path = os.path.join(root, file)
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(path)
            finally:
                files.close(handle)


def let_go(root: str, file: str, name: str, source: str, digest: str) -> None:
    """A paper that was taken back and can now not come again: gone if what it was copied from is still there.

    Else it is all that there is of it, and is laid with the rescued texts.
    """
    path = os.path.join(root, file)
    try:
        is_there = digest_of(source) == digest
    except OSError:
        is_there = False
    with contextlib.suppress(OSError, CannotReach, Changed):
        if is_there:
            os.unlink(path)
            return
        files.make_directory(os.path.join(root, RESCUED))
        atomic.Writer(root).move(file, f"{RESCUED}/{os.urandom(3).hex()}-{name}")
