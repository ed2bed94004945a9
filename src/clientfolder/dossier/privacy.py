"""What of a dossier leaves the folder: neither its table `[private]` nor an entry with `private = true`."""

from __future__ import annotations

from typing import Any

from clientfolder.dossier.types import Dossier, Values

TABLE = KEY = "private"


def public(dossier: Dossier) -> Dossier:
    """The dossier without what is private."""
    return dossier._replace(
        log=tuple(entry for entry in dossier.log if not entry.private),
        more={key: value for key, value in dossier.more.items() if key != TABLE},
    )


def public_data(data: Values) -> dict[str, Any]:
    """The same of what a file says: no entry of whatever kind that is private, nor the table."""
    return {key: _public_entries(value) for key, value in data.items() if key != TABLE}


def _public_entries(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [entry for entry in value if not (isinstance(entry, dict) and entry.get(KEY) is True)]
