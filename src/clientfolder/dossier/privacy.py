"""What of a dossier leaves the folder: no table `[private]`, wherever it stands, and nothing with `private = true`.

And what of it leaves the folder on paper: there nobody reads either how content a client is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clientfolder.dossier.forms import RATINGS
from clientfolder.dossier.types import Dossier, Entry, Values

KEY = "private"
# Tags that say what type of relationship is wanted with a client, which is nobody's business but one's own.
TYPES = frozenset({"seeker", "loyal", "exploiter", "once"})


def is_private_record(value: Any) -> bool:
    """Whether a record says that it is private; one that says something odd of it is, for all we know."""
    return isinstance(value, Mapping) and value.get(KEY) not in (None, False)


def is_private_table(value: Any) -> bool:
    """Whether a table says that it is private as a whole; one that has a table `[private]` in it is not."""
    return isinstance(value, Mapping) and value.get(KEY) is True


def public(dossier: Dossier) -> Dossier:
    """The dossier without what is private."""
    people = {key: person for key, person in dossier.people.items() if not is_private_table(person.more)}
    records = {name: tuple(row for row in rows if not is_private_record(getattr(row, "more", None)))
               for name, rows in dossier.records.items()}  # fmt: skip
    return dossier._replace(
        card={} if is_private_table(dossier.card) else public_data(dossier.card),
        people={key: person._replace(more=public_data(person.more)) for key, person in people.items()},
        log=tuple(entry for entry in dossier.log if not entry.private),
        records={name: rows for name, rows in records.items() if rows},
        more=public_data(dossier.more),
    )


def public_data(data: Values) -> dict[str, Any]:
    """The same of what a file says, or a table of it."""
    return {key: _public(value) for key, value in data.items() if not (_is_mark(key, value) or is_private_table(value))}


def _is_mark(key: str, value: Any) -> bool:
    """Whether it is a private table, or what says of another that it is one."""
    return key == KEY and value is not False


def _public(value: Any) -> Any:
    if isinstance(value, list):
        return [_public(one) for one in value if not is_private_record(one)]
    return public_data(value) if isinstance(value, Mapping) else value


def untyped(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without those that say what type a client is."""
    return tuple(tag for tag in tags if tag.casefold() not in TYPES)


def unrated(dossier: Dossier) -> Dossier:
    """The dossier without what any client was rated, as an entry says it or the answers to its form."""
    if all(entry.rating is None for entry in dossier.log):
        return dossier
    return dossier._replace(log=tuple(map(_unrated, dossier.log)))


def _unrated(entry: Entry) -> Entry:
    if entry.rating is None:
        return entry
    # A form says which of its answers are ratings, but it may be gone or another by now.
    kept = {key: said for key, said in entry.answers.items() if type(said) is not int or said not in RATINGS}
    return entry._replace(rating=None, answers=kept)
