"""The keys of a dossier, by table, in the order in which a dossier has them. A file that has another order keeps it."""

from __future__ import annotations

# Those above all tables.
ROOT = ("name", "company", "since", "tags", "rhythm", "not_on", "hours", "resting")
CARD = ("role", "phone", "email", "web", "birthday")
PERSON = ("name", "role", "phone", "email")
NEXT = ("on", "time", "kind", "about", "with", "how")

# The tables in their order, above the records of the log.
TABLES = {"card": CARD, "people": PERSON, "next": NEXT}
