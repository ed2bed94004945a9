"""What cf itself has written, read back as it stood: no key is renamed, no text is tidied, controls apart."""

from __future__ import annotations

from clientfolder.exchange import columns, days
from clientfolder.exchange.contacts.contact import Contact, NoName, Someone, free_key, next_key, without_controls
from clientfolder.exchange.vcard import Card, Property, parts, unescaped


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
