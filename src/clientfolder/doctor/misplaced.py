"""Keys that stand where they mean something else than they look: typed at the end of a file, below the last table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from clientfolder.binder.toml import explain, scanner
from clientfolder.dossier import schema
from clientfolder.tuples import NamedTuple

# Keys of the card that are no row of it, for any key of one's own may stand there.
_ALSO_ON_CARDS = ("address", "website", "mobile")


class _Places(NamedTuple):
    """The keys by where they belong. `never_below`: what nobody keeps on a card or with a person under these names."""

    top: tuple[str, ...]
    card: tuple[str, ...]
    contact: tuple[str, ...]
    tables: tuple[str, ...]
    never_below: tuple[str, ...]

    @classmethod
    def known(cls) -> _Places:
        root, log = schema.TABLES[""], schema.TABLES["log"].names
        records = tuple(name for name, table in schema.TABLES.items() if table.is_records)
        return cls(
            top=root.names,
            card=(*schema.TABLES["card"].names, *_ALSO_ON_CARDS),
            # An entry has a kind and a person as well.
            contact=tuple(name for name in schema.order("next") if name not in (*log, "how")),
            tables=tuple(name for name in schema.TABLES if name),
            never_below=(*(row.name for row in root.rows if row.is_of_top), "next", *records),
        )

    def where(self, key: str) -> str:
        if key in self.top:
            return "at the top"
        if key in self.tables:
            return "under a header of its own"
        return "under [card]" if key in self.card else "under [next]"


class Misplaced(NamedTuple):
    """A key, the table that it has fallen into, and where it belongs."""

    path: scanner.Path
    table: str
    belongs: str


def _keys(*names: str) -> bytes:
    return rb"""(?:["']?(?:%s)["']?[ \t]*[=.])""" % "|".join(names).encode()


class _Looks(NamedTuple):
    """What a file must hold, below a table, below `[next]` or a record, and below a record, to be looked at closer."""

    below_a_table: re.Pattern[bytes]
    below_next: re.Pattern[bytes]
    below_a_record: re.Pattern[bytes]


@cache
def _looks(places: _Places) -> _Looks:
    tables = "|".join(places.tables).encode()
    return _Looks(
        re.compile(
            rb"^[ \t]*(?:%s|\[+(?:%s)\..*?\.?(?:%s)[\].])" % (_keys(*places.never_below), tables, tables), re.MULTILINE
        ),
        re.compile(rb"^[ \t]*%s" % _keys(*places.top, *places.card, *places.tables), re.MULTILINE),
        re.compile(rb"^[ \t]*%s" % _keys(*places.contact), re.MULTILINE),
    )


_MERGE = re.compile(rb"^<{7} ", re.MULTILINE)


def may_be(raw: bytes) -> bool:
    """Whether a closer look is worth while: most files need none, and no parsing."""
    table = raw.find(b"\n[")
    if table < 0:
        return False
    looks = _looks(_Places.known())
    records = [raw.find(b"[[" + name.encode(), table) for name, one in schema.TABLES.items() if one.is_records]
    records = [at for at in records if at >= 0]
    following = [at for at in (raw.find(b"[next", table), *records) if at >= 0]
    return bool(
        looks.below_a_table.search(raw, table)
        or (following and looks.below_next.search(raw, min(following)))
        or (records and looks.below_a_record.search(raw, min(records)))
    )


def misplaced(data: Mapping[str, Any]) -> Iterator[Misplaced]:
    """The keys of a dossier's values that belong elsewhere."""
    places = _Places.known()
    for name, table in schema.TABLES.items():
        held = data.get(name)
        if table.is_records:
            own = () if name == "log" else table.names
            strangers = tuple(
                key for key in (*places.top, *places.card, *places.tables, *places.contact) if key not in own
            )
            for place, record in enumerate(held if isinstance(held, list) else ()):
                yield from _in(record, (name, place), f"[[{name}]]", strangers, places)
        elif name == "next":
            yield from _in(held, (name,), "[next]", (*places.top, *places.card, *places.tables), places)
        elif name == "people":
            for key, person in held.items() if isinstance(held, dict) else ():
                yield from _in(person, (name, key), f"[people.{key}]", places.never_below, places)
        elif name:
            yield from _in(held, (name,), f"[{name}]", places.never_below, places)


def _in(
    table: Any, path: scanner.Path, header: str, strangers: tuple[str, ...], places: _Places
) -> Iterator[Misplaced]:
    for key in table if isinstance(table, dict) else ():
        if key in strangers:
            yield Misplaced((*path, key), header, places.where(key))


def unsettled_merge(raw: bytes) -> int | None:
    """The line where git's marks of two versions begin, in a text that TOML takes as it is."""
    return explain.unsettled_merge(raw.decode("utf-8", "replace")) if _MERGE.search(raw) else None
