"""Renames that overwrite nothing: to a name that is free, and in exchange with the file of that name.

Each is one call of the system where it knows them. Python has none of them, so they are called by their names.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import Literal

from clientfolder.binder import leftovers

# What a system or a file system says that has no such call. Where permission is lacking, the way round meets it again.
_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
# By the name of the call: its numbers on Linux, and on macOS. Paths are absolute, so where they start does not matter.
_CALLS = {"renameat2": {"free": 1, "exchange": 2}, "renameatx_np": {"free": 4, "exchange": 2}}
_FROM_HERE = -100


def put_where_none_is(path: str, target: str) -> None:
    """Another name for a file or directory. Raises FileExistsError where something has that name, OSError.

    Where the system has no such call this is a look and a rename, with an instant between them.
    """
    if not _called("free", path, target):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
        os.rename(path, target)


def exchanged(path: str, target: str) -> bool:
    """Two files change their names in one moment; False where the system has no such call. Raises OSError."""
    return _called("exchange", path, target)


def _called(how: Literal["free", "exchange"], path: str, target: str) -> bool:
    try:
        # Here and not above: only what writes has to pay for it.
        import ctypes

        system = ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError):
        return False
    name = next((name for name in _CALLS if hasattr(system, name)), None)
    if name is None:
        return False
    words = _FROM_HERE, os.fsencode(path), _FROM_HERE, os.fsencode(target), _CALLS[name][how]
    while getattr(system, name)(*words) != 0:
        number = ctypes.get_errno()
        if number in _UNKNOWN:
            return False
        if number != errno.EINTR:
            raise OSError(number, os.strerror(number), path, None, target)
    return True


def lead_from_both(path: str, target: str) -> None:
    """A relative link that is to move into another directory leads to its file from both, so at every moment."""
    here, there = os.path.dirname(path), os.path.dirname(target)
    if here == there or not stat.S_ISLNK(os.lstat(path).st_mode) or os.path.isabs(leads_to := os.readlink(path)):
        return
    file = os.path.realpath(path, strict=True)
    for anew in (leads_to, os.path.relpath(os.path.join(here, leads_to), there), file):
        if all(os.path.realpath(os.path.join(directory, anew)) == file for directory in (here, there)):
            break
    if anew != leads_to:
        beside = leftovers.temporary_name(path)
        os.symlink(anew, beside)
        try:
            old, new = os.lstat(path), os.lstat(beside)
            if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
                os.lchown(beside, old.st_uid, old.st_gid)
            os.rename(beside, path)
        except OSError:
            os.unlink(beside)
            raise
