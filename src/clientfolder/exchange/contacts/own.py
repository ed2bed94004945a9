"""What cf itself has written, read back as it stood: no key is renamed, no text is tidied, controls apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Any

from clientfolder.dates.calendar import Month
from clientfolder.dates.phrases import When
from clientfolder.dossier.types import Next
from clientfolder.errors import Trouble
from clientfolder.exchange import columns, days
from clientfolder.exchange.contacts.contact import (
    BadContact,
    Contact,
    Gathering,
    NoName,
    Someone,
    free_key,
    next_key,
    without_controls,
)
from clientfolder.exchange.vcard import Card, Property, parts, unescaped

# A column of this meaning is left out.
_LEFT_OUT = "-"


def read_own_card(card: Card) -> Contact:
    """The contact of a card that cf has written. Raises NoName where it has none."""
    name, tags = "", list[str]()
    client: str | None = None
    person: str | None = None
    company: str | None = None
    table: dict[str, str] = {}
    labels = {line.group: unescaped(line.value) for line in card.properties if line.name == "X-ABLABEL" and line.group}
    for line in card.properties:
        text = without_controls(unescaped(line.value))
        if line.name == "FN":
            name = text
        elif line.name == "ORG":
            company, *rest = map(without_controls, parts(line.value))
            table |= {"department": rest[0]} if rest and rest[0] else {}
        elif line.name == "CATEGORIES":
            tags += [without_controls(tag) for tag in parts(line.value, ",")]
        elif line.name == "UID":
            is_ours = text.startswith(columns.UID)
            who = text.removeprefix(columns.UID) if is_ours else _said_key(line)
            client, _, key = who.partition("/")
            client, person = client or None, key or None
            table |= {} if is_ours else {"uid": text}
        elif line.name not in ("VERSION", "PRODID", "N") and not (line.name == "X-ABLABEL" and line.group):
            key = _key(line, labels.get(line.group, ""), table)
            table[free_key(key, table)] = _value(line, key, text)
    if not name.strip():
        raise NoName("no FN tells who this is")
    return Contact(
        card.line, name, None if person else company, Someone(None, {}, table, is_own=True), tags=tuple(tags),
        categories=tuple(tags), client=client, person=person,
    )  # fmt: skip


def _key(line: Property, label: str, taken: dict[str, str]) -> str:
    """The key that it says; else by its property and its label."""
    if said := _said_key(line):
        return said
    types = line.types
    family = "fax" if line.name == "TEL" and "FAX" in types else columns.PROPERTIES.get(line.name)
    if family is None:
        return columns.key_of(line.name)
    if family not in columns.SEVERAL:
        return family
    label = label or next((name for kind, name in columns.TYPES.items() if kind in types), "")
    return f"{family}_{label}" if label else family if family not in taken else next_key(family, "", taken)


def _said_key(line: Property) -> str:
    return next(iter(line.parameters.get(columns.KEY_PARAMETER, ())), "")


def _value(line: Property, key: str, text: str) -> str:
    if key == "address" or key.startswith("address"):
        return ", ".join(filter(None, map(without_controls, parts(line.value))))
    return (days.read(text) or text) if line.name == "BDAY" else text


# cf's own table ---------------------------------------------------------------------------------------


def read_own_row(line: int, cells: Iterable[tuple[str, str]], when: Callable[[str], When]) -> Contact | BadContact:
    """A row of a table that cf has written: as it stands, and its dates are state and no phrases.

    `cells`: with the column of each.
    """
    to = Gathering(line)
    said: dict[str, str] = {}
    card: dict[str, str] = {}
    for key, cell in cells:
        if key not in ("", _LEFT_OUT) and (text := columns.as_it_stood(without_controls(cell))):
            is_of_card = key not in columns.COLUMNS or key in ("phone", "email")
            (card if is_of_card else said)[key.removeprefix("card.")] = text
    name = said.pop("name", "")
    if not name.strip():
        return BadContact(line, "the row has no name")
    client, person, company = (said.pop(key, None) for key in (columns.CLIENT, columns.PERSON, "company"))
    tags = tuple(tag for tag in said.pop("tags", "").split(",") if tag)
    root: dict[str, Any] = {key: said.pop(key) for key in ("rhythm", "hours", "resting") if key in said}
    if days_off := said.pop("not_on", ""):
        root["not_on"] = tuple(days_off.split(","))
    if since := said.pop("since", ""):
        try:
            root["since"] = date.fromisoformat(since)
        except ValueError:
            to.report("since", since)
    contact = _own_next({key: said.pop(key) for key in columns.OF_NEXT if key in said}, when, to)
    return Contact(
        line, name, company, Someone(None, {}, card, is_own=True), tags=tags, categories=tags, root=root,
        next=contact, client=client, person=person, not_taken=tuple(to.reported),
    )  # fmt: skip


def _own_next(said: dict[str, str], read: Callable[[str], When], to: Gathering) -> Next | None:
    text = said.pop("next", None)
    if text is None:
        return None
    try:
        on = _day_or_month(text)
        clock, how = clock_of(said.get("time")), said.get("how", "planned")
    except ValueError:
        try:
            when = read(text)
        except Trouble:
            to.report("next", text)
            return None
        on, clock, how = when.on, when.time, "agreed" if when.agreed else "planned"
    firm: Any = how if how in ("agreed", "planned", "rhythm") else "planned"
    return Next(on, clock, said.get("for", "call"), said.get("about"), said.get("with"), firm)


def _day_or_month(text: str) -> date | Month:
    found = Month.parse(text) if len(text) == 7 else date.fromisoformat(text)
    if found is None:
        raise ValueError(text)
    return found


def clock_of(text: str | None) -> time | None:
    """A time of the day. Raises ValueError for what is none."""
    return None if not text else time.fromisoformat(text if len(text) > 4 else f"0{text}")
