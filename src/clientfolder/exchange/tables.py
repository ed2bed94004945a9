"""The table of clients: a row for each, and for each further person, as comma separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clientfolder.dossier.types import Dossier, Person
from clientfolder.exchange.columns import CLIENT, COLUMNS, OF_NEXT, PERSON, as_it_stood, harmless, text_of
from clientfolder.exchange.exported import Exported
from clientfolder.text import visible

# These stand in every table, the others only where a row has something in them.
ALWAYS = (CLIENT, "name")
_BOM = "\ufeff"
# A key of the card that is called like a column of another meaning stands behind this.
_OF_CARD = "card."
_ON_CARD = ("phone", "email")

Row = dict[str, str]


def write(dossiers: Iterable[Dossier], old: Mapping[tuple[str, str], Row], *, excel: bool = False) -> Exported:
    """The table of these clients, in the order of their short names."""
    rows = [row for dossier in sorted(dossiers, key=lambda one: one.client) for row in _rows(dossier)]
    same = sum(old.get(_key(row)) == row for row in rows)
    changed = sum(_key(row) in old for row in rows) - same
    return Exported(_written(rows, excel=excel).encode(), len(rows), changed, same=same)


def read(raw: bytes) -> dict[tuple[str, str], Row] | None:
    """The rows of a table that this program has written; None for any other, and for a part of one."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    excel = text.startswith(_BOM)
    lines = csv.reader(io.StringIO(text.removeprefix(_BOM), newline=""), delimiter=";" if excel else ",", strict=True)
    try:
        header, *cells = [[as_it_stood(cell) for cell in line] for line in lines]
    except (csv.Error, ValueError):
        return None
    if not set(ALWAYS) <= set(header) or any(len(line) != len(header) for line in cells):
        return None
    rows = [{column: cell for column, cell in zip(header, line, strict=True) if cell} for line in cells]
    if any(CLIENT not in row for row in rows) or _written(rows, excel=excel) != text:
        return None
    return {_key(row): row for row in rows}


def _key(row: Row) -> tuple[str, str]:
    return row[CLIENT], row.get(PERSON, "")


# Rows ---------------------------------------------------------------------------------------------------


def _rows(dossier: Dossier) -> Iterator[Row]:
    """The row of a client, and those of the people there; what is empty stands in none."""
    # Who has no name is called by the short name or the key, for a row without a name is nobody's.
    name = text_of(dossier.name) or dossier.client
    yield _filled({CLIENT: dossier.client, **_head(dossier), "name": name, **_next(dossier), **_card(dossier.card)})
    for key, person in dossier.people.items():
        name = text_of(person.name or "") or key
        yield _filled({CLIENT: dossier.client, PERSON: key, "name": name, **_card(_of(person))})


def _filled(values: Mapping[str, Any]) -> Row:
    return {column: text for column, value in values.items() if value is not None and (text := text_of(value))}


def _head(dossier: Dossier) -> dict[str, Any]:
    """What stands above the tables; an odd value as it stands."""
    names = ("name", "company", "tags", "since", "rhythm", "not_on", "hours", "resting")
    return {name: getattr(dossier, name) or dossier.more.get(name) for name in names}


def _next(dossier: Dossier) -> dict[str, Any]:
    contact = dossier.next
    if contact is None:
        return {}
    said = {"on": contact.on, "time": contact.time or contact.more.get("time"), "kind": contact.kind,
            "how": contact.how, "about": contact.about, "with": contact.person}  # fmt: skip
    return {column: said[key] for column, key in OF_NEXT.items()}


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    taken = {*COLUMNS} - {*_ON_CARD}
    return {f"{_OF_CARD}{key}" if key in taken else text_of(key) or visible(key): card[key] for key in card}


def _of(person: Person) -> dict[str, Any]:
    return {"phone": person.phone, "email": person.email, **person.more}


def _written(rows: list[Row], *, excel: bool) -> str:
    """The rows below a header with the columns in their order."""
    used = {*ALWAYS, *(column for row in rows for column in row)}
    header = [column for column in COLUMNS if column in used] + sorted(used - {*COLUMNS})
    out = io.StringIO(newline="")
    if excel:
        out.write(_BOM)
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    writer.writerow(map(harmless, header))
    writer.writerows([harmless(row.get(column, "")) for column in header] for row in rows)
    return out.getvalue()
