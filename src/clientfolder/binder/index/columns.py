"""The file of the index: what is kept of each dossier, in columns, of which only those that are needed are read.

A head line tells the version, a checksum of what follows, and how long each column is in bytes; then come the
columns, with a line for each dossier: short names, marks, due keys, names, search keys and signals; then how many bytes
each encoded cover has, and the covers, of which a page cuts out the few that it shows.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import accumulate, pairwise

from clientfolder import __version__
from clientfolder.binder.index import codec
from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import USUAL, DueKey
from clientfolder.dossier.types import Cover
from clientfolder.tuples import NamedTuple

HEAD = f"clientfolder register 16 {__version__}"


class SavedColumns(NamedTuple):
    """What was kept of dossiers; a column that is a function is made when it is asked for.

    `marks` tell each file from itself once it was changed, `due_keys` are texts by `encode_due`, `search_keys` and
    `signals` are each one text of a line for each, `encoded_cover` is told by number, from 0, and `decode` makes the
    cover of a short name, a name and that.
    `size`: bytes of the file.
    """

    clients: list[str]
    marks: list[str]
    due_keys: list[str]
    names: Callable[[], list[str]]
    search_keys: Callable[[], str]
    signals: Callable[[], str]
    encoded_cover: Callable[[int], bytes]
    decode: Callable[[str, str, bytes], Cover]
    size: int = 0


NOTHING_SAVED = SavedColumns([], [], [], list, str, str, lambda number: b"", codec.decode)


def side_by_side(one: SavedColumns, other: SavedColumns) -> SavedColumns:
    """Both, one behind the other; no column is made for it. What decodes one decodes the other."""
    if not one.clients or not other.clients:
        return one if one.clients else other
    count = len(one.clients)
    return SavedColumns(
        clients=one.clients + other.clients,
        marks=one.marks + other.marks,
        due_keys=one.due_keys + other.due_keys,
        names=lambda: one.names() + other.names(),
        search_keys=lambda: f"{one.search_keys()}\n{other.search_keys()}",
        signals=lambda: f"{one.signals()}\n{other.signals()}",
        encoded_cover=lambda number: (
            one.encoded_cover(number) if number < count else other.encoded_cover(number - count)
        ),
        decode=one.decode,
        size=one.size + other.size,
    )


# The due key ----------------------------------------------------------------------------------------------

_RESTS, _NO_DATE, _AGREED, _ODD, _MERGED = "z", "-", "!", "~", "&"


def encode_due(due: DueKey) -> str:
    """A due key in a few letters: `2026-07-05! visit`, `2026-07`, `-` no date, `z` resting; `~` odd, `&` merged."""
    if due.resting or due.on is None:
        on = _RESTS if due.resting else _NO_DATE
    else:
        on = f"{due.on}{_AGREED if due.agreed else ''}"
    kind = "" if due.kind == USUAL else f" {due.kind}"
    return f"{on}{_ODD if due.is_odd else ''}{_MERGED if due.is_merged else ''}{kind}"


@cache
def decode_due(text: str) -> DueKey:
    """The due key that was encoded. Raises ValueError for what is none."""
    head, _, kind = text.partition(" ")
    settled = head.removesuffix(_MERGED)
    written = settled.removesuffix(_ODD)
    is_odd, is_merged = written != settled, settled != head
    if written in (_NO_DATE, _RESTS):
        return DueKey(None, resting=written == _RESTS, is_odd=is_odd, is_merged=is_merged)
    day = written.removesuffix(_AGREED)
    on = Month.parse(day) if len(day) == 7 else date.fromisoformat(day)
    return DueKey(on, day != written, is_odd=is_odd, kind=kind or USUAL, is_merged=is_merged)


# The file -------------------------------------------------------------------------------------------------


class KeptColumns(NamedTuple):
    """What is to be kept of dossiers, in the order of the file: in each column a value for each, `covers` by `codec`.

    A short name, mark or search key holds no line end; a name may.
    """

    clients: list[str]
    marks: list[str]
    due_keys: list[str]
    names: list[str]
    search_keys: list[str]
    signals: list[str]
    covers: list[bytes]


# Four bytes for each, as this machine has them: nobody else reads the index.
_LENGTHS = "I"


def encode(kept: KeptColumns) -> bytes:
    """The file of these columns."""
    texts = kept._replace(names=[codec.escaped(name) for name in kept.names])[:-1]
    columns = ["\n".join(column).encode("utf-8", "surrogateescape") for column in texts]
    columns += [array(_LENGTHS, map(len, kept.covers)).tobytes(), b"".join(kept.covers)]
    body = b"".join(columns)
    lengths = " ".join(str(len(column)) for column in columns)
    return f"{HEAD} {_checksum(lengths, body)} {lengths}\n".encode() + body


def decode(raw: bytes, begin: str, read: Callable[[str], Cover]) -> SavedColumns:
    """The columns of a file; `read` makes the cover of a dossier whose line cannot be decoded.

    Raises ValueError for what is no index of this version, is damaged, or names what is no dossier's file; `begin` is
    what all short names begin with.
    """
    start = raw.find(b"\n") + 1
    body = memoryview(raw)[start:]
    said, checksum, *lengths = raw[: start - 1].decode().rsplit(" ", 9)
    if said != HEAD or checksum != _checksum(" ".join(lengths), body):
        raise ValueError("no index of this version")
    ends = [*accumulate(map(int, lengths), initial=0)]
    *parts, covers = [body[first:end] for first, end in pairwise(ends)]
    sizes = array(_LENGTHS, bytes(parts.pop()))
    cuts = [*accumulate(sizes, initial=0)]
    # Each column has a line for each dossier.
    counts = {raw.count(b"\n", start + first, start + end) + 1 for first, end in pairwise(ends[:-2])}
    if counts != {len(sizes)} or cuts[-1] != len(covers):
        raise ValueError("columns of different lengths")

    def text(number: int) -> str:
        return str(parts[number], "utf-8", "surrogateescape")

    clients, due_keys = text(0), text(2).split("\n")
    if not _are_short_names(clients, begin):
        raise ValueError("written by somebody else")
    for due in {*due_keys}:
        decode_due(due)
    return SavedColumns(
        clients=clients.split("\n"),
        marks=text(1).split("\n"),
        due_keys=due_keys,
        names=lambda: codec.unescaped(text(3)),
        search_keys=lambda: text(4),
        signals=lambda: text(5),
        encoded_cover=lambda number: bytes(covers[cuts[number] : cuts[number + 1]]),
        decode=_decoder(read),
        size=len(raw),
    )


def _decoder(read: Callable[[str], Cover]) -> Callable[[str, str, bytes], Cover]:
    def decoded(client: str, name: str, line: bytes) -> Cover:
        try:
            return codec.decode(client, name, line)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return read(client)

    return decoded


def _checksum(lengths: str, body: bytes | memoryview) -> str:
    return f"{zlib.crc32(body, zlib.crc32(lengths.encode())):08x}"


def _are_short_names(lines: str, begin: str) -> bool:
    """Whether each line is a short name that begins so, and leads nowhere but to a file of the directory.

    Asked of all lines at once, for there are as many as dossiers, at every command.
    """
    each = f"\n{lines}"
    count = each.count("\n")
    return (
        each.count(f"\n{begin}") == count
        and each.count("/") == (count if begin else 0)
        and f"\n{begin}." not in each
        and "\0" not in each
        and "\n\n" not in f"{each}\n"
    )
