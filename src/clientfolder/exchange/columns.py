"""What the files that cf writes and the files that it reads have in common: columns, properties, labels, marks.

Import and export read the same tables, so that what cf has written is read back as it stood.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from clientfolder.dates.calendar import Month
from clientfolder.text import cleaned

# The columns of cf's own table, in their order; behind them stand all other keys of the cards, by name.
CLIENT, PERSON = "client", "person"
COLUMNS = (
    CLIENT, PERSON, "name", "company", "phone", "email", "tags", "since", "rhythm", "not_on", "hours", "resting",
    "next", "time", "for", "how", "about", "with",
)  # fmt: skip
# What a column of the next contact is called in `[next]`.
OF_NEXT = {"next": "on", "time": "time", "for": "kind", "how": "how", "about": "about", "with": "with"}

# Keys of which a client may have several: the first under the key itself, others under `phone_work`, `phone2` ...
SEVERAL = ("phone", "fax", "pager", "email", "address", "web", "role")

# vCard ------------------------------------------------------------------------------------------------

# A card with this PRODID was written by cf: its keys are taken as they stand.
PRODID = "-//clientfolder//cf//EN"
# The UID of who has none of its own: the short name, and behind a slash the key of a person.
UID = "clientfolder:"
# A parameter that names the key, where property and label alone would lead to another.
KEY_PARAMETER = "X-CF-KEY"

# Which key holds what a property says.
PROPERTIES = {
    "TEL": "phone", "EMAIL": "email", "ADR": "address", "URL": "web", "TITLE": "role", "BDAY": "birthday",
    "NOTE": "note", "UID": "uid", "NICKNAME": "nickname", "ANNIVERSARY": "anniversary", "GENDER": "gender",
}  # fmt: skip
# The TYPE that stands for a label of a phone, a mail or an address.
TYPES = {"CELL": "mobile", "WORK": "work", "HOME": "home", "OTHER": "other", "MAIN": "main"}

_OWN_KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def property_of(key: str) -> str | None:
    """The X- property of a key of one's own, `X-SHOE-SIZE` of `shoe_size`; None where none leads back to the key."""
    return f"X-{key.upper().replace('_', '-')}" if _OWN_KEY.fullmatch(key) else None


def key_of(name: str) -> str:
    """The key that a property of no known name is kept under: `shoe_size` of `X-SHOE-SIZE`."""
    return name.upper().removeprefix("X-").lower().replace("-", "_")


# Cells ------------------------------------------------------------------------------------------------

# What a spreadsheet takes for a formula, whatever apostrophes and blanks stand before it.
_FORMULA = re.compile(r"['\s]*[=+\-@\t\r＝＋－＠]")


def harmless(cell: str) -> str:
    """The cell with one `'` in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_it_stood(cell: str) -> str:
    """The cell before `harmless`: with that one `'` taken off."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def text_of(value: Any) -> str:
    """A value of a dossier as a table or a card has it: one text, its lines ended by LF, nothing hidden in it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        if isinstance(value, Month):
            return str(value)
        return ",".join(map(text_of, value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))
