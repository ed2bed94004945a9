"""What becomes of the rows of a table: what each column means, and which rows speak of anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from clientfolder.errors import Refused
from clientfolder.exchange import days, encoding, table_reader
from clientfolder.exchange.contacts import shapes
from clientfolder.exchange.contacts.contact import BadContact, Contact
from clientfolder.exchange.contacts.own import read_own_row
from clientfolder.exchange.contacts.plan import FileRead
from clientfolder.exchange.contacts.shapes import SILENT
from clientfolder.exchange.contacts.table_row import MeantTable, Reads, RowReader
from clientfolder.exchange.table_reader import BadRow, ForeignTable, Row

_LEAST_OF_PHONE = 6

# What was kept of a table with these columns.
KeptMap = Callable[[Sequence[str]], Mapping[str, str]]


def meant(table: ForeignTable, file: str, pairs: Sequence[str], kept: KeptMap) -> MeantTable:
    """What the columns of a table mean: by its shape, by what was kept of it, by what the command line says.

    Raises Refused where there is no header and nothing else tells, Misused for a `--map` that names no column.
    """
    width = max((len(row.fields) for row in table.rows if isinstance(row, Row)), default=len(table.header))
    header = list(table.header) or [""] * width
    remembered_pairs = [f"{column}={key}" for column, key in kept(header).items()]
    keys = table_reader.said_keys(table.header, width, [*remembered_pairs, *pairs])
    shape = shapes.shape_of(table.header) or shapes.LIST
    if not table.header and not keys:
        raise _no_header(table, file)
    meanings = [shape.of(column) if column else None for column in header]
    for number, key in keys.items():
        meanings[number] = key if shape.name == shapes.OWN else shapes.of_key(key)
    return MeantTable(table, shape, tuple(meanings), table_reader.as_map(table.header, keys))


def _no_header(table: ForeignTable, file: str) -> Refused:
    """The error for it, which shows what the first row looks like."""
    first = next((row.fields for row in table.rows if isinstance(row, Row)), ())
    if not first:
        return Refused("There is nobody in it; nothing was written", file=file)
    keys = {key: number for number, cell in reversed([*enumerate(first, 1)]) if (key := _guess(cell))}
    said = " ".join(f"{number}={key}" for key, number in sorted(keys.items(), key=lambda pair: pair[1]))
    return Refused(
        f"No line tells what the columns are. Say it by their numbers, such as: --map {said}",
        file=file, line=table.line,
    )  # fmt: skip


def _guess(cell: str) -> str:
    """What a cell looks like; nothing is read by that."""
    if "@" in cell:
        return "email"
    if len(re.findall(r"[0-9]", cell)) >= _LEAST_OF_PHONE:
        return "phone"
    return "name" if re.search(r"[^\W\d]", cell) else ""


def read(file: str, found: MeantTable, reads: Reads) -> FileRead:
    """The contacts of a table. Raises Refused where it has no rows."""
    table = found.table
    if not table.rows and not table.empty:
        raise Refused("The table has no rows; nothing was written", file=file, line=table.line)
    orders = _orders(found, reads.day_first)
    contacts: list[Contact | BadContact] = []
    unused: dict[str, int] = {}
    empty = table.empty
    for row in table.rows:
        if isinstance(row, BadRow):
            contacts.append(BadContact(row.line, row.why))
            continue
        if found.shape.name == shapes.OWN:
            contacts.append(read_row(row, found, reads))
            continue
        reader = RowReader(row, found, reads, orders)
        if not reader.says_somebody:
            empty += 1
            continue
        for number in reader.unused:
            name = table.header[number] if number < len(table.header) else ""
            name = name or f"column {number + 1}"
            unused[name] = unused.get(name, 0) + 1
        contacts.append(reader.contact())
    return FileRead(file, found.shape.name, encoding.shown(table.encoding), tuple(contacts), empty, unused)


def _orders(found: MeantTable, day_first: bool | None) -> dict[int, bool | None]:
    """Of each column of days, whether the day stands first there."""
    rows = [row.fields for row in found.table.rows if isinstance(row, Row)]

    def is_of_days(meaning: str | None) -> bool:
        return meaning in ("birthday", "since") or (meaning or "").startswith(("day:", "google:event"))

    return {
        number: days.order_of((fields[number] for fields in rows if number < len(fields)), day_first)
        for number, meaning in enumerate(found.meanings)
        if is_of_days(meaning)
    }


def read_row(row: Row, found: MeantTable, reads: Reads) -> Contact | BadContact:
    """The contact of one row, read by itself: what its days mean is told by no other row."""
    if found.shape.name == shapes.OWN:
        keys = [(meaning or SILENT).removeprefix("own:") for meaning in found.meanings]
        return read_own_row(row.line, zip(keys, row.fields, strict=False), reads.when)
    return RowReader(row, found, reads, _orders(found, reads.day_first)).contact()
