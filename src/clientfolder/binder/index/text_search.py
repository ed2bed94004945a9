"""Words looked for in all dossiers, readable or not: case, accents and line-internal blanks do not matter."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from clientfolder.binder import files
from clientfolder.errors import NoClient, Trouble
from clientfolder.text import comparable

# Most dossiers are smaller; a larger one is read again in the careful way.
FIRST_READ = 64 * 1024

_ASCII = bytes(range(128))


class Hit(NamedTuple):
    """One line in which the words stand; lines count from 1."""

    client: str
    line: int
    text: str


class Found(NamedTuple):
    """Every line that holds the words, by client and line; and a letter for each file that could not be looked at."""

    hits: list[Hit]
    unreadable: tuple[Trouble, ...]


class Drawer(NamedTuple):
    """Where dossiers or slips lie. `clients` names those there; `raw` reads one with care, and raises Trouble.

    `copies` tells which of some clients count for nothing, as they are copies of others among all.
    """

    directory: str
    clients: Callable[[], list[str]]
    raw: Callable[[str], bytes]
    copies: Callable[[Iterable[str], Collection[str]], Mapping[str, str]]


def found(drawer: Drawer, words: str) -> Found:
    """Look for the words in all dossiers. Raises OSError where the directory cannot be listed."""
    wanted = comparable(words)
    # The mark that stands for what is no UTF-8 is in no file.
    word = b"" if "\ufffd" in wanted else max(wanted.split(" "), key=len).encode()

    def may_hold(content: bytes) -> bool:
        lower = content.lower()
        return word in lower or (not lower.isascii() and word in _folded(lower))

    hits: list[Hit] = []
    unreadable: list[Trouble] = []
    for client, content in looked_through(drawer, may_hold):
        if isinstance(content, Trouble):
            unreadable.append(content)
        else:
            hits += _in_one(client, content, wanted)
    return Found(hits, tuple(unreadable))


def looked_through(drawer: Drawer, holds: Callable[[bytes], bool]) -> Iterator[tuple[str, bytes | Trouble]]:
    """The dossiers of whose bytes this is true, with those bytes; and large ones, which may be such.

    A letter for each that cannot be looked at. Raises OSError where the directory cannot be listed.
    """
    likely = set(_likely(drawer.directory, holds))
    all_ = drawer.clients() if likely else []
    wanted = [client for client in all_ if f"{client.rpartition('/')[2]}.toml" in likely]
    copies = drawer.copies(wanted, set(all_))
    for client in wanted:
        if client not in copies:
            try:
                yield client, drawer.raw(client)
            except NoClient:
                continue
            except Trouble as trouble:
                yield client, trouble


def _in_one(client: str, content: bytes, wanted: str) -> Iterator[Hit]:
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        if wanted in comparable(line):
            yield Hit(client, number, line.strip())


def _likely(directory: str, holds: Callable[[bytes], bool]) -> Iterator[str]:
    """The files of whose bytes this is true, and those that only a careful reading can tell of."""
    here = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    # Bound once: the loop runs for each dossier of the folder.
    opened, read, close, flags = os.open, os.read, os.close, os.O_RDONLY | os.O_NONBLOCK
    try:
        for name in os.listdir(here):
            try:
                handle = opened(name, flags, dir_fd=here)
            except OSError:
                yield name
                continue
            try:
                content = read(handle, FIRST_READ)
            except OSError:
                yield name
                continue
            finally:
                try:
                    close(handle)
                except OSError:
                    pass
            if len(content) == FIRST_READ or holds(content):
                yield name
    finally:
        files.close(here)


def _folded(lower: bytes) -> bytes:
    """UTF-8 without accents and case, ASCII being in lower case already; blanks stay as they are."""
    for letter in set(lower.translate(None, _ASCII).decode("utf-8", "replace")):
        written, plain = _plain(letter)
        if plain != written:
            lower = lower.replace(written, plain)
    return lower


@cache
def _plain(letter: str) -> tuple[bytes, bytes]:
    # Between two letters, so that one that becomes a blank is not stripped.
    return letter.encode(), comparable(f"x{letter}x")[1:-1].encode()
