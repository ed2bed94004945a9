"""Merge two versions of a file into a text: ours is edited, what theirs added is put in, and the result is held to it.

Ours and theirs are the words of the field. In a rebase git hands the upstream as ours: nothing here tells which of the
two is whose, but that in doubt the value of ours stays and that of theirs goes into a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clientfolder.binder.merge import blocks, values
from clientfolder.binder.merge.blocks import Insertion, Record, Text
from clientfolder.binder.merge.conflict import Conflict
from clientfolder.binder.merge.contact import Lying, chosen, vanished
from clientfolder.binder.merge.values import MergeRules
from clientfolder.binder.toml import dossier_file, editor, parser, scanner
from clientfolder.dossier.changes import Drop, Edit, Put
from clientfolder.dossier.types import Dossier, moments
from clientfolder.errors import Refused, Unreadable
from clientfolder.tuples import NamedTuple


class Merged(NamedTuple):
    """The bytes of both versions made one, and what differs and could not be decided; that is told once."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()


class Version(NamedTuple):
    """One version of a file, read."""

    text: str
    data: Mapping[str, Any]
    short: parser.Shortened
    cut: Text
    dossier: Dossier | None = None

    @classmethod
    def read(cls, file: str, raw: bytes, rules: MergeRules) -> Version:
        """Raises Unreadable for what is no TOML, and for a dossier that no command could read."""
        if rules.has_log:
            sheet = dossier_file.read("", file, raw)
            return cls(sheet.text, sheet.data, sheet.short, Text(sheet.text), sheet.dossier)
        text = parser.decode(file, raw)
        data, short = parser.parse(file, text)
        return cls(text, data, short, Text(text))

    @property
    def lying(self) -> Lying:
        return Lying.of(self.data, self.dossier) if self.dossier else Lying()


NOTHING = Version("", {}, parser.Shortened(""), Text(""))


def merge(file: str, base: bytes | None, ours: bytes, theirs: bytes, rules: MergeRules, at: date | datetime) -> Merged:
    """Make one of both; without a base what only one of them has is new. `at`: when the notes are of.

    A base that cannot be read is none. Raises Unreadable where one of both cannot be read, and Refused where they
    cannot be made one safely.
    """
    here, there = Version.read(file, ours, rules), Version.read(file, theirs, rules)
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    decision = _Decision(_base(file, base, rules), here, there, rules, at)
    try:
        text = decision.written()
        after = Version.read(file, text.encode(), rules)
        sound = editor.same(after.data, decision.data) and not decision.lost(Text(text))
    except (Unreadable, scanner.Unclosed, scanner.Unknown, editor.NotEditable, AttributeError):
        sound = False
    if not sound:
        raise Refused("The two versions are written in a way that I cannot merge safely; do it by hand", file=file)
    bom = parser.BOM if ours.startswith(parser.BOM) else b""
    return Merged(bom + text.encode(), tuple(decision.conflicts))


def _base(file: str, base: bytes | None, rules: MergeRules) -> Version:
    try:
        return Version.read(file, base, rules) if base else NOTHING
    except Unreadable:
        return NOTHING


class _Decision:
    """What a merge comes to: the values that are meant, and the edits of ours that say them."""

    def __init__(self, base: Version, ours: Version, theirs: Version, rules: MergeRules, at: date | datetime) -> None:
        self.base, self.ours, self.theirs, self.rules, self.at = base, ours, theirs, rules, at
        versions = base.data, ours.data, theirs.data
        self.records: dict[str, values.Records] = {}
        for name in dict.fromkeys((*ours.data, *theirs.data)):
            if values.are_records(versions, name):
                before, here, there = (list(data.get(name, ())) for data in versions)
                self.records[name] = values.merged_records(name, (before, here, there), rules.same_by.get(name, ()))
        self._order_by_time()
        self.edits, found = self._of_keys()
        self.edits += self._of_contact(found)
        self.edits += self._of_whom()
        for records in self.records.values():
            found += records.conflicts
        self.stands = {name: self._records_of(name) for name in self.records}
        found += vanished(self.lying, (ours.lying, theirs.lying), self._log_with(found))
        self.conflicts = self._not_told(found)
        self.data = self._data()

    # Deciding ------------------------------------------------------------------------------------------

    def _of_keys(self) -> tuple[list[Edit], list[Conflict]]:
        """The edits of all keys that are in no record, and what was decided in a note."""
        apart = {*self.records, *self.rules.apart}
        base, ours, theirs = (
            {
                path: self._as_list(path, value)
                for path, value in values.leaves(one.data).items()
                if path[0] not in apart
            }
            for one in (self.base, self.ours, self.theirs)
        )
        merged = values.merged_keys(base, ours, theirs, self._is_list)
        return values.edits(ours, merged.leaves, theirs), merged.conflicts

    def _is_list(self, path: values.Path) -> bool:
        if len(path) == 1 and path[0] in self.rules.lists:
            return True
        return self.rules.unites_others

    def _as_list(self, path: values.Path, value: Any) -> Any:
        """One text where a list belongs is a list of it, as it is read."""
        return [value] if len(path) == 1 and path[0] in self.rules.lists and isinstance(value, str) else value

    def _of_contact(self, found: list[Conflict]) -> list[Edit]:
        """The edits that lay the dossier where it lies now; what else was said joins what was found."""
        ours = self.ours.lying
        self.lying, told = chosen(self.base.lying, ours, self.theirs.lying)
        found += told
        edits: list[Edit] = []
        if self.lying.table is None and ours.table is not None:
            edits.append(Drop(("next",)))
        elif self.lying.table is not None and self.lying.table != ours.table:
            there, here = values.leaves(self.lying.table, ("next",)), values.leaves(ours.table or {}, ("next",))
            edits += values.edits(here, there, there)
        if self.lying.resting != ours.resting:
            resting = self.lying.resting
            edits.append(Drop(("resting",)) if resting is None else Put(("resting",), resting))
        return edits

    def _of_whom(self) -> list[Edit]:
        """Who is to be called stays among the people, though the other side has taken that person out."""
        whom = self.lying.contact.person if self.lying.contact else None
        people = values.edited(self.ours.data, self.edits).get("people", {})
        if whom is None or not isinstance(people, dict) or whom in people:
            return []
        known = (one.data.get("people", {}).get(whom) for one in (self.ours, self.theirs))
        person = next((one for one in known if isinstance(one, dict)), {})
        return [Put(path, value) for path, value in values.leaves(person, ("people", whom)).items()]

    def _order_by_time(self) -> None:
        """Put what is new of theirs in the log among ours by its moment."""
        if "log" not in self.records or self.ours.dossier is None or self.theirs.dossier is None:
            return
        order = self.records["log"].order
        here, there = list(moments(self.ours.dossier.log)), list(moments(self.theirs.dossier.log))
        standing = [pair for pair in order if pair[0] is not None]
        times = [here[mine] for mine, _ in standing if mine is not None]
        new = [other for mine, other in order if mine is None and other is not None]
        placed = sorted((blocks.behind(times, there[other]), there[other], other) for other in new)
        for before, (place, _, other) in enumerate(placed):
            standing.insert(place + before, (None, other))
        order[:] = standing

    def _records_of(self, name: str) -> list[dict[str, Any]]:
        """The records of a kind as they should stand."""
        records = self.records[name]
        ours, theirs = self.ours.data.get(name, ()), self.theirs.data.get(name, ())
        return [
            dict(theirs[other or 0]) if mine is None else values.edited(ours[mine], records.edits.get(mine, ()))
            for mine, other in records.order
        ]

    def _log_with(self, found: Sequence[Conflict]) -> list[Mapping[str, Any]]:
        return [*self.stands.get("log", ()), *({"text": conflict.note} for conflict in found)]

    def _not_told(self, found: Sequence[Conflict]) -> list[Conflict]:
        """Those that no note tells of already, each once; a question that was settled does not come back."""
        if self.rules.has_log:
            told = {entry.get("text") for entry in self.stands.get("log", ())}
        else:
            told = {comment.text.lstrip("# ") for one in (self.ours, self.theirs) for comment in one.cut.comments()}
        return [conflict for conflict in dict.fromkeys(found) if conflict.note not in told]

    def _data(self) -> dict[str, Any]:
        data = values.edited(self.ours.data, self.edits)
        for name, records in self.stands.items():
            if records:
                data[name] = records
            elif self.ours.data.get(name):
                del data[name]
        if self.rules.has_log and self.conflicts:
            data["log"] = [*data.get("log", ()), *map(self._note, self.conflicts)]
        return data

    def _note(self, conflict: Conflict) -> dict[str, Any]:
        return {"at": self.at, "kind": "note", "text": conflict.note}

    # Writing -------------------------------------------------------------------------------------------

    def written(self) -> str:
        """The text of ours with all of it, checked by nobody yet."""
        short = self.ours.short
        text = short.restored(editor.write(short.text, tuple(self.edits)))
        if text is None:
            text = editor.write(self.ours.text, tuple(self.edits))
        changed = {(name, mine): edits for name, one in self.records.items() for mine, edits in one.edits.items()}
        dropped = [(name, mine) for name, one in self.records.items() for mine in one.dropped]
        added = [insertion for name in self.records for insertion in self._insertions(name)]
        if changed or dropped or added:
            text = blocks.rewritten(Text(text), changed, dropped, added)
        if self.rules.has_log:
            notes = [editor.record_text("log", self._note(conflict)) for conflict in self.conflicts]
            text = blocks.rewritten(Text(text), {}, (), [Insertion(note, None) for note in notes]) if notes else text
        else:
            text = blocks.with_comments(text, [self._remark(conflict) for conflict in self.conflicts])
        return blocks.with_comments(text, self.lost(Text(text)))

    def _remark(self, conflict: Conflict) -> blocks.Comment:
        """The note of a file that has no log: a comment above the key."""
        line = f"# {conflict.note}".replace("\n", " ")
        path = next((path for path in values.leaves(self.ours.data) if editor.key_text(path) == conflict.key), ())
        return blocks.Comment(0, line, line, path, path[:-1])

    def _insertions(self, name: str) -> list[Insertion]:
        """What is new of theirs, before which record of ours, or at the end."""
        there = self.theirs.cut
        where = there.blocks
        found: list[Insertion] = []
        before: Record | None = None
        for mine, other in reversed(self.records[name].order):
            if mine is not None:
                before = (name, mine)
            elif other is not None:
                block = where.get((name, other))
                record = self.theirs.data[name][other]
                whole = (
                    blocks.as_written(there, block) if block and block.is_whole else editor.record_text(name, record)
                )
                found.append(Insertion(whole, before))
        self._check_blocks(name, found)
        return found[::-1]

    def _check_blocks(self, name: str, found: Sequence[Insertion]) -> None:
        """Raises NotEditable where ours has records in brackets, to which no block can be added."""
        # Most logs are written so that one look tells it.
        is_in_blocks = f"[[{name}]]\n" in self.ours.text or (name, 0) in self.ours.cut.blocks
        if found and self.ours.data.get(name) and not is_in_blocks:
            raise editor.NotEditable

    # Comments ------------------------------------------------------------------------------------------

    def lost(self, result: Text) -> list[blocks.Comment]:
        """The comments of either side that the result does not hold as often, with their places in it."""
        pairs = [(name, number, pair) for name, one in self.records.items() for number, pair in enumerate(one.order)]
        one_sided = [(name, number) for name, number, (mine, other) in pairs if mine is None or other is None]
        held = blocks.outside(result, one_sided)
        found: list[blocks.Comment] = []
        for side, version in ((0, self.ours), (1, self.theirs)):
            numbers: dict[Record, int] = {}
            own: list[Record] = []
            for name, number, pair in pairs:
                if (place := pair[side]) is not None:
                    numbers[name, place] = number
                    own += [(name, place)] if pair[1 - side] is None else []
            there = [comment.moved(numbers) for comment in blocks.outside(version.cut, own)]
            found += blocks.missing(there, [*held, *found])
        return found
