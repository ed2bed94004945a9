"""The bytes inside a compressed file that nobody has vouched for: in small pieces, and never too many."""

from __future__ import annotations

import contextlib
import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from clientfolder.errors import Refused, Trouble, Unreadable
from clientfolder.exchange.archive import CHUNK, MOST_BYTES

# What the headers may add to the contents, and the empty blocks behind them.
HEADERS_BYTES, MOST_EMPTY_BYTES = 1_000_000_000, 1_000_000

DAMAGED = "The archive is cut off or damaged"
NO_BACKUP = "This is no backup of a client folder"
TOO_MUCH = "It holds more than a client folder does, and would fill the disk"


@dataclass(slots=True)
class Source:
    """The bytes inside the compressed file: as many as are asked for, and never too many."""

    stream: gzip.GzipFile
    room: int

    def take(self, count: int) -> bytes:
        """So many bytes. Raises Unreadable where they are not there."""
        self.expect(count)
        data = self._read(count)
        if len(data) < count:
            raise Unreadable(DAMAGED)
        return data

    def expect(self, count: int) -> None:
        """Raises Refused where so many bytes are too many."""
        if count > self.room:
            raise Refused(TOO_MUCH)

    def content(self, size: int) -> Iterator[bytes]:
        """The bytes of a content, piece by piece."""
        while size:
            piece = self.take(min(size, CHUNK))
            size -= len(piece)
            yield piece

    def end(self) -> None:
        """Raises Unreadable where anything but empty blocks is left, Refused where these are many."""
        self.room = min(self.room, MOST_EMPTY_BYTES)
        while rest := self._read(CHUNK):
            self.expect(0)
            if rest.strip(b"\0"):
                raise Unreadable(DAMAGED)

    def _read(self, count: int) -> bytes:
        try:
            data = self.stream.read(count)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Unreadable(DAMAGED) from None
        self.room -= len(data)
        return data


@contextlib.contextmanager
def opened(path: str, label: str) -> Iterator[Source]:
    """An archive to be read; `label` is its name in letters. Raises OSError, and Unreadable for what is no file."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(NO_BACKUP)
        with open(path, "rb") as file, gzip.GzipFile(fileobj=file) as stream:
            yield Source(stream, MOST_BYTES + HEADERS_BYTES)
    except Trouble as trouble:
        trouble.file = trouble.file or label
        raise
