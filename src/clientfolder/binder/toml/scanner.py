"""A TOML text cut into its statements, by a scanner that knows strings, comments and brackets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping

from clientfolder.tuples import NamedTuple

Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")

_KEY_PART = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|("(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'))[ \t]*""")

_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""(?:"{0,2})'
    r"|'''(?:[^']|'(?!''))*+'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)

NESTED = re.compile(
    rf"(?P<string>{_STRING.pattern})|(?P<comment>#[^\n]*)|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<stray>[\"'])",
    re.DOTALL,
)

_BARE = re.compile(r"[^\s#,\]}]+(?: [0-9][^\s#,\]}]*)?")


class Statement(NamedTuple):
    """A header or a `key = value`. `path` leads from the top of the file, records counted from 0.

    The statement's whole lines are `start` to `end`; `value` is the span of its value, empty for a header.
    """

    path: Path
    section: Path
    start: int
    end: int
    value: tuple[int, int] = (0, 0)

    @property
    def is_header(self) -> bool:
        return self.value == (0, 0)


class Unknown(Exception):
    """What stands at this place is neither a key nor a value."""

    def __init__(self, pos: int) -> None:
        self.pos = pos


class Unclosed(Exception):
    """The scan met something that is no statement; `start` is where its line begins."""

    def __init__(self, start: int) -> None:
        self.start = start


def blank_end(text: str, pos: int) -> int:
    """Where the blanks end that begin at that place, if any do."""
    found = _BLANK.match(text, pos)
    assert found
    return found.end()


def statements(text: str) -> Iterator[Statement]:
    """The statements in order. Raises Unclosed where the text is not TOML."""
    section: Path = ()
    records: dict[Path, int] = {}
    pos = 0
    while pos < len(text):
        start = pos
        at = blank_end(text, pos)
        mark = text[at : at + 1]
        if mark in ("#", "\n", "\r", ""):
            pos = line_end(text, at)
            continue
        try:
            if mark == "[":
                is_record = text.startswith("[[", at)
                names, after = read_key(text, at + 1 + is_record)
                section = _table_path(names, records, is_record)
                pos = line_end(text, after)
                yield Statement(section, section, start, pos)
            else:
                names, after = read_key(text, at)
                if text[after] != "=":
                    raise Unknown(after)
                begin = blank_end(text, after + 1)
                end = value_end(text, begin)
                pos = line_end(text, end)
                yield Statement(section + names, section, start, pos, (begin, end))
        except (AttributeError, IndexError, Unknown):
            raise Unclosed(start) from None


def numbered(text: str) -> Iterator[tuple[Statement, int]]:
    """The statements, each with its line counted from 1. Raises Unclosed where the text is not TOML."""
    line, counted = 1, 0
    for statement in statements(text):
        line += text.count("\n", counted, statement.start)
        counted = statement.start
        yield statement, line


def lines_of(text: str, paths: Iterable[Path]) -> list[int | None]:
    """For each path the line of the key or header that it leads to, or of the nearest one above it.

    One look at the text, however many paths.
    """
    first: dict[Path, int] = {}
    try:
        for statement, line in numbered(text):
            for depth in range(1, len(statement.path) + 1):
                first.setdefault(statement.path[:depth], line)
    except Unclosed:
        return [None for _ in paths]
    return [_nearest(first, path) for path in paths]


def _nearest(first: Mapping[Path, int], path: Path) -> int | None:
    while path and path not in first:
        path = path[:-1]
    return first[path] if path else None


def line_of(text: str, path: Path) -> int | None:
    """The line of one path, as `lines_of` has it."""
    return lines_of(text, (path,))[0]


def read_key(text: str, pos: int) -> tuple[tuple[str, ...], int]:
    names = []
    while True:
        part = _KEY_PART.match(text, pos)
        if part is None:
            raise Unknown(pos)
        names.append(part[1] if part[1] is not None else _unquoted(part[2]))
        pos = part.end()
        if text[pos] != ".":
            return tuple(names), pos
        pos += 1


def _unquoted(quoted: str) -> str:
    return next(iter(tomllib.loads(f"{quoted} = 0"))) if "\\" in quoted else quoted[1:-1]


def _table_path(names: tuple[str, ...], records: dict[Path, int], is_record: bool) -> Path:
    """The path of a header: parts that are records lead into the newest of them."""
    path: Path = ()
    for place, name in enumerate(names):
        path = (*path, name)
        if is_record and place == len(names) - 1:
            records[path] = records.get(path, -1) + 1
        if path in records:
            path = (*path, records[path])
    return path


def value_end(text: str, pos: int) -> int:
    if text[pos] not in "[{":
        found = (_STRING if text[pos] in "\"'" else _BARE).match(text, pos)
        # Two quotes of an open block would pass for an empty text.
        if found is None or (text.startswith(('"""', "'''"), pos) and found.end() < pos + 6):
            raise Unknown(pos)
        return found.end()
    depth = 0
    for token in NESTED.finditer(text, pos):
        if token.lastgroup == "stray":
            # A text that nothing closes; to look for its end once more behind each of its quotes takes too long.
            raise Unknown(token.start())
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth == 0:
            return token.end()
    raise Unknown(pos)


def line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return len(text) if end < 0 else end + 1
