"""Words looked for in all dossiers, readable or not: case, accents and line-internal blanks do not matter."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from clientfolder.binder import files, lookup
from clientfolder.errors import NoClient, Trouble

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


def found(directory: str, clients: Callable[[], list[str]], raw: Callable[[str], bytes], words: str) -> Found:
    """Look for the words in the directory. Raises OSError where that cannot be listed.

    `clients` names the dossiers there, `raw` reads one with care, and raises Trouble.
    """
    wanted = lookup.folded(words)
    # The mark that stands for what is no UTF-8 is in no file.
    word = "" if "\ufffd" in wanted else max(wanted.split(" "), key=len)
    likely = set(_likely(directory, word.encode()))
    hits: list[Hit] = []
    unreadable: list[Trouble] = []
    for client in clients() if likely else ():
        if f"{client}.toml" in likely:
            try:
                hits += _in_one(client, raw(client), wanted)
            except NoClient:
                continue
            except Trouble as trouble:
                unreadable.append(trouble)
    return Found(hits, tuple(unreadable))


def _in_one(client: str, content: bytes, wanted: str) -> Iterator[Hit]:
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        if wanted in lookup.folded(line):
            yield Hit(client, number, line.strip())


def _likely(directory: str, word: bytes) -> Iterator[str]:
    """The files that hold the folded word, and those that only a careful reading can tell of."""
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
                content = read(handle, FIRST_READ).lower()
            except OSError:
                yield name
                continue
            finally:
                try:
                    close(handle)
                except OSError:
                    pass
            if word in content or len(content) == FIRST_READ or (not content.isascii() and word in _folded(content)):
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
    return letter.encode(), lookup.folded(f"x{letter}x")[1:-1].encode()
