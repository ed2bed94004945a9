"""What a file should say after a merge: decided key by key on the values, records by what makes them one and the same.

What a version does not say is None, which no TOML value is; so a merge without a base is one with an empty base.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clientfolder import settings
from clientfolder.binder.merge.conflict import Conflict, label, words
from clientfolder.dossier import schema
from clientfolder.dossier.changes import Drop, Edit, Put
from clientfolder.tuples import NamedTuple

Path = tuple[str, ...]
Data = Mapping[str, Any]
Leaves = dict[Path, Any]


class MergeRules(NamedTuple):
    """What a merge has to know of a kind of file.

    `lists`: the keys at the top that hold a list, united element by element; where `unites_others`, so are lists under
    keys that are nobody's. `same_by`: of records the keys that make two of them one. `apart`: the keys at the top that
    are decided elsewhere. `has_log`: what could not be decided is kept in a note of the log.
    """

    lists: frozenset[str]
    unites_others: bool = False
    same_by: Mapping[str, tuple[str, ...]] = {}
    apart: frozenset[str] = frozenset()
    has_log: bool = False


def dossier_rules() -> MergeRules:
    """Of a dossier or a slip, as the schema has it."""
    tables = schema.TABLES
    return MergeRules(
        frozenset(tables[""].lists),
        unites_others=True,
        same_by={name: table.same_by for name, table in tables.items() if table.is_records},
        apart=frozenset({name for name, table in tables.items() if table.is_one} | {"resting"}),
        has_log=True,
    )


def settings_rules() -> MergeRules:
    return MergeRules(frozenset(setting.name for setting in settings.TABLE if setting.is_list))


def rules_for(file: str) -> MergeRules:
    """Of the kind of file that has such a path."""
    if os.path.basename(file) == settings.FILE:
        return settings_rules()
    return FORM if os.path.basename(os.path.dirname(file)) == "forms" else dossier_rules()


FORM = MergeRules(frozenset(), same_by={"question": ("key", "ask", "say")})


# Equal values ------------------------------------------------------------------------------------------


def mark(value: Any) -> Any:
    """What two values have in common that are one: `true` is not `1`, and what is no number equals itself."""
    if isinstance(value, Mapping):
        return frozenset((key, mark(part)) for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(map(mark, value))
    if isinstance(value, float) and value != value:
        return "nan", float
    return value, type(value)


def _moment(value: Any) -> Any:
    """A day or moment that was quoted, as if it had not been."""
    try:
        return (date if len(value) == 10 else datetime).fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def identity(table: str, record: Data, same_by: Sequence[str]) -> Any:
    """What makes two records one and the same."""
    if not same_by:
        return mark(record)
    form = schema.TABLES[table].form if table in schema.TABLES else None
    parts = []
    for name in same_by:
        row = schema.key(table, name)
        value = record.get(name)
        if value is None and form is not None and row is not None and not schema.is_required(form, row.attribute):
            value = schema.default(form, row.attribute)
        # A name is one name however it is written; a text is not.
        if len(same_by) == 1 and isinstance(value, str):
            parts.append(value.casefold())
        else:
            parts.append(mark(_moment(value) if name == "at" else value))
    return tuple(parts)


# Keys --------------------------------------------------------------------------------------------------


def leaves(table: Data, above: Path = ()) -> Leaves:
    """Every value that is no table, by its path."""
    found: Leaves = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= leaves(value, (*above, key))
        else:
            found[(*above, key)] = value
    return found


class Keys(NamedTuple):
    """The values of a table after a merge, and what could not be decided in it."""

    leaves: Leaves
    conflicts: list[Conflict]


def merged_keys(base: Leaves, ours: Leaves, theirs: Leaves, is_list: Callable[[Path], bool], of: str = "") -> Keys:
    """Three versions of the keys of a table made one. `of`: what a conflict says behind the key."""
    result: Leaves = {}
    found: list[Conflict] = []
    for path in dict.fromkeys((*ours, *theirs)):
        here, there, before = ours.get(path), theirs.get(path), base.get(path)
        if mark(here) in (mark(there), mark(before)):
            value = there if mark(here) == mark(before) else here
        elif mark(there) == mark(before):
            value = here
        elif is_list(path) and all(map(_is_list, (before, here, there))):
            value = _united(before or [], here or [], there or []) or (None if None in (here, there) else [])
        elif here is None or there is None:
            value = there if here is None else here
        else:
            value = here
            found.append(Conflict(label(path) + of, words(here), words(there)))
        if value is not None:
            result[path] = value
    return Keys(result, found + _in_each_others_way(result, ours, of))


def _is_list(value: Any) -> bool:
    return value is None or (isinstance(value, list) and not any(isinstance(part, (list, dict)) for part in value))


def _united(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """The elements of both, without those that one side has taken out; ours first."""
    before, here, there = ({mark(part) for part in parts} for parts in (base, ours, theirs))
    kept = [part for part in ours if mark(part) not in before or mark(part) in there]
    return kept + [part for part in theirs if mark(part) not in before | here]


def _in_each_others_way(result: Leaves, ours: Leaves, of: str) -> list[Conflict]:
    """Take out what cannot stand beside ours, a value where ours is a table or below one where ours is a value."""
    found = []
    for path in [path for path in result if path not in ours]:
        value = result[path]
        above = next((path[:depth] for depth in range(1, len(path)) if path[:depth] in ours), None)
        below = next((other for other in ours if len(other) > len(path) and other[: len(path)] == path), None)
        if above or below:
            del result[path]
            kept = words(ours[above]) if above else "a table"
            found.append(Conflict(label(path) + of, kept, words(value)))
    return found


def edits(ours: Leaves, result: Leaves, theirs: Leaves) -> list[Edit]:
    """What makes the one of the other; a table of which nothing is left goes with its header."""
    gone = [path for path in ours if path not in result]
    tables = {path[:depth] for path in theirs for depth in range(1, len(path))}
    left = {path[:depth] for path in result for depth in range(1, len(path))} | tables
    drops = (next((path[:depth] for depth in range(1, len(path)) if path[:depth] not in left), path) for path in gone)
    changed = [path for path in result if path not in ours or mark(ours[path]) != mark(result[path])]
    return [*(Drop(path) for path in dict.fromkeys(drops)), *(Put(path, result[path]) for path in changed)]


def edited(data: Data, changes: Iterable[Edit]) -> dict[str, Any]:
    """The values after the edits."""
    result: dict[str, Any] = _copy(data)
    for change in changes:
        assert isinstance(change, (Put, Drop))
        inner: Any = result
        for name in change.path[:-1]:
            inner = inner.setdefault(name, {})
        if isinstance(change, Put):
            inner[change.path[-1]] = change.value
        else:
            inner.pop(change.path[-1], None)
    return result


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(part) for key, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list) else value


# Records -----------------------------------------------------------------------------------------------


class Records(NamedTuple):
    """One kind of record after a merge. Numbers count the records of a version from 0.

    `order`: each record that stands, `(ours, theirs)`, one of both None where it stands on one side alone. `edits`: of
    one of ours what changes in it. `dropped`: those of ours that go.
    """

    order: list[tuple[int | None, int | None]]
    edits: dict[int, list[Edit]]
    dropped: list[int]
    conflicts: list[Conflict]


def are_records(versions: Iterable[Data], name: str) -> bool:
    """Whether every version that says something under this name has tables in a list there."""
    said = [data[name] for data in versions if name in data]
    return any(said) and all(
        isinstance(value, list) and all(isinstance(part, Mapping) for part in value) for value in said
    )


def merged_records(name: str, three: tuple[list[Data], list[Data], list[Data]], same_by: Sequence[str]) -> Records:
    """The records of both, equal ones counted: those of the base, and the larger number that one side has added.

    One that a side has taken out goes, where the other has not changed it since. What is new of theirs stands at the
    end, or by its `at` where records have one.
    """
    base, ours, theirs = three
    groups: dict[Any, tuple[list[int], list[int], list[int]]] = {}
    for side, records in enumerate(three):
        for number, record in enumerate(records):
            groups.setdefault(identity(name, record, same_by), ([], [], []))[side].append(number)
    result = Records([], {}, [], [])
    partner: dict[int, int] = {}
    added: list[int] = []
    for numbers in groups.values():
        before, here, there = numbers
        kept, taken = _counted(numbers, three)
        result.dropped.extend(here[kept:])
        added += taken
        for place, (mine, other) in enumerate(zip(here[:kept], there, strict=False)):
            partner[mine] = other
            old = base[before[place]] if place < len(before) else {}
            _merge_one(result, name, mine, (old, ours[mine], theirs[other]), same_by)
    result.dropped.sort()
    gone = {*result.dropped}
    standing: list[tuple[int | None, int | None]] = [
        (number, partner.get(number)) for number in range(len(ours)) if number not in gone
    ]
    result.order.extend(standing)
    for number in sorted(added):
        result.order.append((None, number))
    return result


def _counted(
    numbers: tuple[list[int], list[int], list[int]], three: tuple[list[Data], list[Data], list[Data]]
) -> tuple[int, list[int]]:
    """Of equal records, how many of ours stay, and which of theirs are added."""
    base, ours, theirs = three
    before, here, there = numbers
    counts = [len(there) - len(before), len(here) - len(before)]
    wanted = len(before) + max(0, *counts) + min(0, *counts)
    kept = min(len(here), max(wanted, 0))
    while kept < min(len(here), len(before)) and _is_changed(base[before[kept]], ours[here[kept]]):
        kept += 1
    taken = there[len(there) - max(0, wanted - len(here)) :] if wanted > len(here) else []
    if not taken:
        taken = [
            number
            for place, number in enumerate(there)
            if len(here) <= place < len(before) and _is_changed(base[before[place]], theirs[number])
        ]
    return kept, taken


def _is_changed(before: Data, now: Data) -> bool:
    return bool(mark(before) != mark(now))


def _merge_one(result: Records, name: str, mine: int, three: tuple[Data, Data, Data], same_by: Sequence[str]) -> None:
    """Merge the keys of one record that stands on both sides; what makes it one is the same already."""
    of = _named(name, three[1], same_by)
    old, here, there = ({path: value for path, value in leaves(one).items() if path[0] not in same_by} for one in three)
    keys = merged_keys(old, here, there, lambda path: True, of)
    if changes := edits(here, keys.leaves, there):
        result.edits[mine] = changes
    result.conflicts.extend(keys.conflicts)


def _named(name: str, record: Data, same_by: Sequence[str]) -> str:
    """What a record is called in a note: ` of deals catalogue`, ` of complaint 2026-06-12`."""
    if name == "log":
        return f" of {record.get('kind', 'note')} {str(record.get('at'))[:16]}"
    return f" of {' '.join([name, *(words(record.get(key)) for key in same_by)])}"
