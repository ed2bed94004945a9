"""What cf itself has written, read back as it stood: no key is renamed, no text is tidied, controls apart."""

from __future__ import annotations

from clientfolder.exchange import columns, days
from clientfolder.exchange.contacts.contact import Contact, NoName, Someone, free_key, next_key, without_controls
from clientfolder.exchange.vcard import Card, Property, parts, unescaped


def read_own_card(card: Card) -> Contact:
    """The contact of a card that cf has written. Raises NoName where it has none."""
    name, company, tags = "", None, []
    client = person = None
    table: dict[str, str] = {}
    labels = {line.group: unescaped(line.value) for line in card.properties if line.name == "X-ABLABEL" and line.group}
    for line in card.properties:
        text = without_controls(unescaped(line.value))
        if line.name == "FN":
            name = text
        elif line.name == "ORG":
            company = without_controls(parts(line.value)[0])
        elif line.name == "CATEGORIES":
            tags += [without_controls(tag) for tag in parts(line.value, ",")]
        elif line.name == "UID" and text.startswith(columns.UID):
            client, _, key = text.removeprefix(columns.UID).partition("/")
            person = key or None
        elif line.name not in ("VERSION", "PRODID", "N", "X-ABLABEL", "KIND"):
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
    if said := line.parameters.get(columns.KEY_PARAMETER):
        return said[0]
    types = line.types
    family = "fax" if line.name == "TEL" and "FAX" in types else columns.PROPERTIES.get(line.name)
    if family is None:
        return columns.key_of(line.name)
    if family not in columns.SEVERAL:
        return family
    label = label or next((name for kind, name in columns.TYPES.items() if kind in types), "")
    return f"{family}_{label}" if label else family if family not in taken else next_key(family, "", taken)


def _value(line: Property, key: str, text: str) -> str:
    if key == "address" or key.startswith("address"):
        return ", ".join(filter(None, map(without_controls, parts(line.value))))
    return (days.read(text) or text) if line.name == "BDAY" else text
