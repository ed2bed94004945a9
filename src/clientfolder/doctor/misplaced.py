"""Keys that stand where they mean something else than they look: typed at the end of a file, below the last table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from clientfolder.binder.toml import explain, scanner
from clientfolder.dossier import schema

_TOP = schema.ROOT
_CARD = ("phone", "email", "role", "address", "website", "web", "birthday", "mobile")
_NEXT = ("on", "time", "about")
_TABLES = ("card", "people", "next", "log")
# What nobody keeps on a card or with a person under these names.
_NEVER_BELOW = ("tags", "rhythm", "not_on", "resting", "next", "log")


class Misplaced(NamedTuple):
    """A key, the table that it has fallen into, and where it belongs."""

    path: scanner.Path
    table: str
    belongs: str


def _keys(*names: str) -> bytes:
    return rb"""(?:["']?(?:%s)["']?[ \t]*[=.])""" % "|".join(names).encode()


_BELOW_A_TABLE = re.compile(rb"^[ \t]*(?:%s|\[+(?:card|people|next|log)\..*?\.?(?:%s)[\].])" % (
    _keys(*_NEVER_BELOW), "|".join(_TABLES).encode()), re.MULTILINE)  # fmt: skip
_BELOW_NEXT = re.compile(rb"^[ \t]*%s" % _keys(*_TOP, *_CARD, *_TABLES), re.MULTILINE)
_BELOW_AN_ENTRY = re.compile(rb"^[ \t]*%s" % _keys(*_NEXT), re.MULTILINE)
_MERGE = re.compile(rb"^<{7} ", re.MULTILINE)


def may_be(raw: bytes) -> bool:
    """Whether a closer look is worth while: most files need none, and no parsing."""
    table = raw.find(b"\n[")
    if table < 0:
        return False
    following = [at for at in (raw.find(b"[next", table), raw.find(b"[[log", table)) if at >= 0]
    log = raw.find(b"[[log", table)
    return bool(
        _BELOW_A_TABLE.search(raw, table)
        or (following and _BELOW_NEXT.search(raw, min(following)))
        or (log >= 0 and _BELOW_AN_ENTRY.search(raw, log))
    )


def misplaced(data: Mapping[str, Any]) -> Iterator[Misplaced]:
    """The keys of a dossier's values that belong elsewhere."""
    card, people, contact, log = (data.get(table) for table in _TABLES)
    yield from _in(card, ("card",), "[card]", _NEVER_BELOW)
    for key, person in people.items() if isinstance(people, dict) else ():
        yield from _in(person, ("people", key), f"[people.{key}]", _NEVER_BELOW)
    yield from _in(contact, ("next",), "[next]", (*_TOP, *_CARD, *_TABLES))
    for place, entry in enumerate(log if isinstance(log, list) else ()):
        yield from _in(entry, ("log", place), "[[log]]", (*_TOP, *_CARD, *_TABLES, *_NEXT))


def _in(table: Any, path: scanner.Path, header: str, strangers: tuple[str, ...]) -> Iterator[Misplaced]:
    for key in table if isinstance(table, dict) else ():
        if key in strangers:
            yield Misplaced((*path, key), header, _where(key))


def _where(key: str) -> str:
    if key in _TOP:
        return "at the top"
    if key in _TABLES:
        return "under a header of its own"
    return "under [card]" if key in _CARD else "under [next]"


def unsettled_merge(raw: bytes) -> int | None:
    """The line where git's marks of two versions begin, in a text that TOML takes as it is."""
    return explain.unsettled_merge(raw.decode("utf-8", "replace")) if _MERGE.search(raw) else None
