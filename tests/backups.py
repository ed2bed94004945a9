"""Folders that are packed and unpacked, and archives that are made by hand."""

from __future__ import annotations

import gzip
import os
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.errors import Trouble
from clientfolder.exchange.backup import pack, unpack

NAME = "over.tar.gz"


def backed_up(root: Path, beside: Path) -> pack.Packed:
    return pack.backup(Binder(str(root)), str(beside / NAME), NAME)


def restored(beside: Path, name: str = "new") -> Path:
    with unpack.opened(str(beside / NAME), NAME) as archive:
        unpack.restore(archive, str(beside / name))
    return beside / name


def tree(root: Path) -> dict[str, tuple[object, int, int]]:
    """Bytes (None for a directory), mode and time of everything, but for what belongs to this machine."""
    found = {}
    for path in [root, *root.rglob("*")]:
        name = str(path.relative_to(root))
        if not name.startswith(".cf") or "rescued/" in name:
            status = path.stat()
            mode = 0o700 if path.is_dir() else stat.S_IMODE(status.st_mode)
            found[name] = (None if path.is_dir() else path.read_bytes(), mode, status.st_mtime_ns)
    return found


HOSTILE = ["$(touch pwned)", "`touch pwned`", "[x]", "[red]", ":smile:", "*", "~root", "a b", "-rf", "'; x; '", "ŁÓDŹ",
           "Z\u0308", "\u017b", "z", "Z", "😀", "\u202egnp", "CON", " x", "x.", "a:b", "\udcff.pdf", "n" * 255, "é" * 127]  # fmt: skip


def failing(number: int) -> Callable[..., Any]:
    def fails(*args: Any, **how: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fails


def entry(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, **more: Any) -> bytes:
    """One entry as it stands in a tar; a name that fits no old header goes into a line of its own."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.mode = kind, len(content), 0o644
    for key, value in more.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape") + content + bytes(-len(content) % 512)


def records(*lines: bytes) -> bytes:
    """A header of lines in front of an entry."""
    text = b""
    for line in lines:
        length = next(size for size in range(len(line), len(line) + 9) if len(b"%d %s\n" % (size, line)) == size)
        text += b"%d %s\n" % (length, line)
    return entry("h", text, tarfile.XHDTYPE)


def resigned(block: bytes, place: int, new: bytes) -> bytes:
    """A header with other bytes in it, and a sum that fits again."""
    block = block[:place] + new + block[place + len(new) :]
    total = sum(block[:148]) + 8 * 32 + sum(block[156:512])
    return block[:148] + b"%06o\0 " % total + block[156:]


def packed(*parts: bytes, settings_file: bool = True) -> bytes:
    head = entry("t", kind=tarfile.DIRTYPE) + (entry("t/clientfolder.toml") if settings_file else b"")
    return gzip.compress(head + b"".join(parts) + bytes(1024), 1)


def refusal(place: Path, content: bytes) -> Trouble:
    """The letter that an archive gets; nothing is written, wherever it wanted to go."""
    (place / NAME).write_bytes(content)
    before = sorted(map(str, place.rglob("*")))
    with pytest.raises(Trouble) as caught:
        restored(place)
    assert sorted(map(str, place.rglob("*"))) == before
    assert caught.value.file == NAME
    return caught.value
