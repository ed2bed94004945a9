"""Words looked for in all that dossiers say: in each entry and each value, and in the lines of one that is unreadable.

Case, accents and runs of blanks do not matter. Most dossiers are looked at as bytes alone; only those that may hold the
words are parsed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from clientfolder.binder import files
from clientfolder.dossier.amounts import ExactFloat
from clientfolder.errors import NoClient, Trouble
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

# Most dossiers are smaller; a larger one is read again in the careful way.
FIRST_READ = 64 * 1024

_ASCII = bytes(range(128))


class Hit(NamedTuple):
    """An entry or a value in which all the words stand, and its line, from 1; `on` is the day of an entry."""

    client: str
    line: int
    text: str
    on: date | None = None


class Found(NamedTuple):
    """All that holds the words, the newest first; and an error for each file that could not be looked at."""

    hits: list[Hit]
    unreadable: tuple[Trouble, ...]


class SearchedFiles(NamedTuple):
    """The files of dossiers or slips in one directory.

    `clients` names those there; `raw` reads one with care, and raises Trouble. `copies` tells which of some clients
    count for nothing, as they are copies of others among all.
    """

    directory: str
    clients: Callable[[], list[str]]
    raw: Callable[[str], bytes]
    copies: Callable[[Iterable[str], Collection[str]], Mapping[str, str]]


def found(there: SearchedFiles, terms: Sequence[str]) -> Found:
    """Look for all of the terms in all dossiers. Raises OSError where the directory cannot be listed."""
    wanted = [plain for term in terms if (plain := comparable(term))]
    # The mark that stands for what is no UTF-8 is in no file.
    words = [b"" if "\ufffd" in term else max(term.split(" "), key=len).encode() for term in wanted]

    def may_hold(content: bytes) -> bool:
        lower = content.lower()
        if all(word in lower for word in words):
            return True
        if lower.isascii():
            return False
        folded = _folded(lower)
        return all(word in folded for word in words)

    hits: list[Hit] = []
    unreadable: list[Trouble] = []
    for client, content in looked_through(there, may_hold):
        if isinstance(content, Trouble):
            unreadable.append(content)
        else:
            hits += _in_one(client, content, wanted)
    return Found(newest_first(hits), tuple(unreadable))


def newest_first(hits: Iterable[Hit]) -> list[Hit]:
    """The entries by their days, the newest first; then the values, which have none."""
    ranked = sorted(hits, key=lambda hit: (hit.client, hit.line))
    return sorted(ranked, key=lambda hit: -hit.on.toordinal() if hit.on else 0)


def looked_through(there: SearchedFiles, holds: Callable[[bytes], bool]) -> Iterator[tuple[str, bytes | Trouble]]:
    """The dossiers of whose bytes this is true, with those bytes; and large ones, which may be such.

    An error for each that cannot be looked at. Raises OSError where the directory cannot be listed.
    """
    likely = set(_likely(there.directory, holds))
    all_ = there.clients() if likely else []
    wanted = [client for client in all_ if f"{client.rpartition('/')[2]}.toml" in likely]
    copies = there.copies(wanted, set(all_))
    for client in wanted:
        if client not in copies:
            try:
                yield client, there.raw(client)
            except NoClient:
                continue
            except Trouble as trouble:
                yield client, trouble


def _in_one(client: str, content: bytes, wanted: Sequence[str]) -> Iterator[Hit]:
    """What holds the words in one dossier; where it cannot be read, its lines that do."""
    from clientfolder.binder.toml import dossier_file, scanner

    try:
        read = dossier_file.read(client, client, content)
    except Trouble:
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
            if _holds(line, wanted):
                yield Hit(client, number, line.strip())
        return
    held = [one for one in _said(read.data) if _holds(one[1], wanted)]
    lines = scanner.lines_of(read.text, [path for path, _, _ in held]) if held else []
    for (_, text, on), place in zip(held, lines, strict=True):
        yield Hit(client, place or 1, text, on)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    plain = comparable(text)
    return all(term in plain for term in wanted)


# What names the form of an entry or a contact, and is nothing that anybody has said.
_UNSAID = ("at", "on", "time", "kind", "how", "from", "to", "reached", "promised", "planned", "form", "with")
_Said = tuple[tuple[str | int, ...], str, "date | None"]


def _said(data: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[_Said]:
    """Each value with its path, a record as one: its texts beside each other, and its day."""
    for key, value in data.items():
        at = (*path, key)
        if isinstance(value, Mapping):
            yield from _said(value, at)
        elif isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
            for number, record in enumerate(value):
                on = record.get("at", record.get("on"))
                text = "; ".join(_texts({name: part for name, part in record.items() if name not in _UNSAID}))
                main = "text" if "text" in record else next(iter(record), "")
                yield (*at, number, main), text, _day(on)
        elif path != ("next",) or key not in _UNSAID:
            yield at, ", ".join(_texts(value)), None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif not isinstance(value, bool):
        # An amount is found as it stands in the file, and so as a page prints it.
        yield value.text if isinstance(value, ExactFloat) else str(value)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        # Dates are read when quoted, too.
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None


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
