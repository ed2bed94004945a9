"""In which encoding the bytes of somebody else's file are: told by the file as a whole, and never guessed.

A byte order mark tells it; what is UTF-8 is UTF-8; a file may name its encoding. Single bytes of Western and Central
European Windows are taken without asking only where both readings are the same. Else somebody has to say it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from clientfolder.errors import Refused
from clientfolder.tuples import NamedTuple

UTF_8 = "utf-8"
# The two that a file from a Windows of this part of the world may be in.
WESTERN, CENTRAL = "windows-1252", "windows-1250"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# How a name is shown to people; Python has others for them.
_SHOWN = {"cp1252": WESTERN, "cp1250": CENTRAL, "utf-8": "UTF-8", "iso8859-1": "ISO-8859-1", "iso8859-2": "ISO-8859-2"}


class Reading(NamedTuple):
    """One way to read some bytes: the encoding, and what a line with a doubtful character says in it."""

    encoding: str
    sample: str


class Doubtful(Refused):
    """The bytes may be read in several ways; `readings` are those that make text of all of them."""

    def __init__(self, message: str, readings: tuple[Reading, ...], *, file: str, line: int | None) -> None:
        super().__init__(message, file=file, line=line)
        self.readings = readings


def known(name: str) -> str | None:
    """Python's name of a text encoding; None for what is none."""
    try:
        found = codecs.lookup(name.strip())
        "a".encode(found.name)
    except (LookupError, ValueError, TypeError):
        return None
    return found.name


def shown(name: str) -> str:
    """The encoding as people know it: `UTF-8`, `windows-1252`."""
    return _SHOWN.get(known(name) or name, name.upper() if name.startswith("utf") else name)


def without_mark(content: bytes) -> tuple[bytes, str | None]:
    """The bytes in UTF-8 where a byte order mark tells what they are, and the encoding that it told; else as they are.

    Text in UTF-16 is known by its zeros too, where the mark was lost. Raises ValueError where the mark tells a lie.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name).encode(), name
    for name, even in (("utf-16-le", 1), ("utf-16-be", 0)):
        head = content[:256]
        if len(head) >= 8 and head[even::2].count(0) > len(head) // 3 and not head[1 - even :: 2].count(0):
            return content.decode(name).encode(), name
    return content, None


def encoding_of(file: str, lines: Iterable[tuple[int, bytes]], declared: Iterable[str] = ()) -> str:
    """The encoding of lines of bytes, each with its number. `declared`: what parts of the file say of themselves.

    Raises Doubtful, with both readings, where nothing tells it.
    """
    doubtful = [(number, line) for number, line in lines if not line.isascii()]
    if all(_is(UTF_8, line) for _, line in doubtful):
        return UTF_8
    for name in dict.fromkeys(declared):
        if (found := known(name)) and all(_is(found, line) for _, line in doubtful):
            return found
    return _single_bytes(file, doubtful)


def encoding_of_text(file: str, content: bytes) -> str:
    """The encoding of a file that says nothing of it. Raises Doubtful, with both readings, where nothing tells it."""
    return UTF_8 if _is(UTF_8, content) else _single_bytes(file, [(1, content)])


def _single_bytes(file: str, lines: list[tuple[int, bytes]]) -> str:
    readable = [name for name in (WESTERN, CENTRAL) if all(_is(name, line) for _, line in lines)]
    is_mixed = any(_SEQUENCE.search(run) for _, line in lines for run in _HIGH.findall(line))
    if len(readable) == 2 and not is_mixed and all(line.decode(WESTERN) == line.decode(CENTRAL) for _, line in lines):
        return WESTERN
    number, line = next((at for at in lines if _differs(at[1])), lines[0])
    at = next((found.start() for found in _HIGH.finditer(line) if _differs(found[0])), 0)
    number += len(_LINE_END.findall(line, 0, at))
    readings = tuple(Reading(name, _sample(line, at, name)) for name in readable)
    ways = " or ".join(f'"{one.sample}" (--encoding {one.encoding})' for one in readings)
    hint = f"; is it {ways}?" if ways else "; name it: --encoding NAME"
    raise Doubtful(f"This is no UTF-8, and nothing tells what else it is{hint}", readings, file=file, line=number)


def _is(name: str, line: bytes) -> bool:
    try:
        line.decode(name)
    except ValueError:
        return False
    return True


def _sample(line: bytes, at: int, name: str) -> str:
    """Some words around a doubtful character."""
    before = line[max(0, at - 40) : at]
    start = at - len(before) + 1 + max(before.rfind(sign) for sign in (b":", b";", b",", b"\n", b"\r"))
    start = max(start, line.rfind(b" ", start, max(start, at - 12)) + 1)
    end = next((found.start() for found in _LINE_END.finditer(line, at)), len(line))
    return line[start : min(at + 20, end)].decode(name, "replace").strip()


def _differs(run: bytes) -> bool:
    return run.decode(WESTERN, "replace") != run.decode(CENTRAL, "replace")
