"""A contact merged into a dossier, key by key: what is filled in, what is added, and what stays as it was.

Nothing that stands in the dossier goes: where the file says something else, ours stays and that is told. With
`overwrite` the file's value is taken, and the old one goes into a note. What is due when is touched by no merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientfolder.dossier import birthdays
from clientfolder.dossier.changes import Append, Edit, Put, entry_record, next_record
from clientfolder.dossier.types import Dossier, Entry, Next, Person
from clientfolder.exchange.columns import SEVERAL
from clientfolder.exchange.contacts.contact import Contact, Someone, Value, family_of, free_key, is_same, next_key
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

# Of these a further one is added under the next key; of a role there is one.
_ADDED = frozenset(SEVERAL) - {"role"}
# Keys that say what is due; a merge leaves them alone.
_OF_PLANNING = frozenset({"rhythm", "resting"})


class Kept(NamedTuple):
    """A value that differs: ours, which stays, and theirs."""

    key: str
    ours: Any
    theirs: Any


class Additions(NamedTuple):
    """What a contact changes in a dossier, by dotted keys: what is set, what is added beside others, what stays."""

    sets: dict[str, Any]
    adds: dict[str, Any]
    kept: list[Kept]

    @classmethod
    def nothing(cls) -> Additions:
        return cls({}, {}, [])

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.sets and not self.adds


class Sheet:
    """A dossier while contacts are merged into it; `edits` are what has changed of one that was there."""

    def __init__(self, dossier: Dossier, *, is_new: bool) -> None:
        self.client, self.name, self.company = dossier.client, dossier.name, dossier.company
        self.is_new = is_new
        self.before = dossier
        self.tags = list(dossier.tags)
        self.root: dict[str, Any] = {
            key: value for key in ("since", "rhythm", "not_on", "hours", "resting") if (value := getattr(dossier, key))
        }
        self.card: dict[str, Any] = dict(dossier.card)
        self.people: dict[str, dict[str, Any]] = {key: _table_of(person) for key, person in dossier.people.items()}
        self.next = dossier.next
        self.texts = [entry.text for entry in dossier.log]
        self.edits: list[Edit] = []
        self.notes: list[str] = []

    def copy(self) -> Sheet:
        """Another one to try something on."""
        other = Sheet.__new__(Sheet)
        other.__dict__ |= self.__dict__ | {"tags": [*self.tags], "root": {**self.root}, "card": {**self.card}}
        other.people = {key: {**table} for key, table in self.people.items()}
        other.texts, other.edits, other.notes = [*self.texts], [*self.edits], [*self.notes]
        return other

    @property
    def dossier(self) -> Dossier:
        """The dossier as it is now; of a new one."""
        people = {
            key: Person(**{field: table[field] for field in ("name", "phone", "email") if field in table},
                        more={field: text for field, text in table.items() if field not in ("name", "phone", "email")})
            for key, table in self.people.items()
        }  # fmt: skip
        return self.before._replace(
            name=self.name, company=self.company, tags=tuple(self.tags), card=self.card, people=people, next=self.next,
            **self.root,
        )  # fmt: skip

    def record_notes(self, at: Any) -> None:
        """The notes as entries of the log."""
        self.edits += [Append("log", entry_record(Entry(at, "note", text))) for text in self.notes]


def dossier_of(contact: Contact) -> Dossier:
    """The dossier that a contact makes by itself; its short name is still to be found."""
    sheet = new_sheet("", contact)
    Merging(sheet, "", overwrite=False).merge(contact, None)
    return sheet.dossier


def new_sheet(client: str, contact: Contact) -> Sheet:
    """A dossier that is not yet there, before the contact is merged into it."""
    sheet = Sheet(Dossier(client, contact.name, contact.company, next=contact.next), is_new=True)
    sheet.root = dict(contact.root)
    return sheet


def _table_of(person: Person) -> dict[str, Any]:
    said = {"name": person.name, "phone": person.phone, "email": person.email}
    return {key: value for key, value in said.items() if value is not None} | dict(person.more)


class Merging:
    """One contact on its way into one dossier. `file`: its name, for notes; `key`: the person it is, if it is one."""

    def __init__(self, sheet: Sheet, file: str, *, overwrite: bool) -> None:
        self.sheet, self.file, self.overwrite = sheet, file, overwrite
        self.done = Additions.nothing()
        self.replaced: list[str] = []

    def merge(self, contact: Contact, person: str | None, tag: str | None = None) -> Additions:
        """Merge it; what that has changed."""
        sheet = self.sheet
        if person is None:
            self._name(contact)
            self._company(contact.company)
            self._table(("card",), sheet.card, contact.who)
            for key, one in contact.people.items():
                self._person(key, one)
            self._root(contact.root)
            self._date(contact.next)
        else:
            who = contact.who._replace(name=None if contact.is_nameless else contact.name)
            self._person(person, who, is_there=True)
        self._tags([*contact.tags, *([tag] if tag else [])])
        if self.replaced:
            self._note(f"{self.file} replaced {'; '.join(self.replaced)}")
        return self.done

    # The parts ------------------------------------------------------------------------------------------

    def _put(self, path: tuple[str, ...], value: Any, *, added: bool = False) -> None:
        (self.done.adds if added else self.done.sets)[".".join(path)] = value
        self.sheet.edits.append(Put(path, list(value) if isinstance(value, tuple) else value))

    def _differs(self, path: tuple[str, ...], ours: Any, theirs: Any) -> bool:
        """Whether theirs is to be taken; else ours stays, and that is told."""
        key = ".".join(path)
        if self.overwrite:
            self.replaced.append(f"{key}: {ours}")
            self._put(path, theirs)
        else:
            self.done.kept.append(Kept(key, ours, theirs))
        return self.overwrite

    def _name(self, contact: Contact) -> None:
        if contact.is_nameless or comparable(contact.name) == comparable(self.sheet.name):
            return
        if self._differs(("name",), self.sheet.name, contact.name):
            self.sheet.name = contact.name

    def _company(self, company: str | None) -> None:
        ours = self.sheet.company
        if not company or comparable(company) in (comparable(ours or ""), comparable(self.sheet.name)):
            return
        if ours is None:
            self._put(("company",), company)
            self.sheet.company = company
        elif self._differs(("company",), ours, company):
            self.sheet.company = company

    def _root(self, root: Mapping[str, Any]) -> None:
        for key, value in root.items():
            ours = self.sheet.root.get(key)
            if ours == value or (isinstance(ours, tuple) and {*ours} == {*value}):
                continue
            if key in _OF_PLANNING:
                self.done.kept.append(Kept(key, ours, value))
            elif ours is None or self._differs((key,), ours, value):
                if ours is None:
                    self._put((key,), value)
                self.sheet.root[key] = value

    def _date(self, contact: Next | None) -> None:
        """A client without a date gets the one of the table."""
        if contact is None or self.sheet.next is not None or "resting" in self.sheet.root:
            return
        self.sheet.next = contact
        for key, value in next_record(contact).items():
            self._put(("next", key), value)

    def _tags(self, tags: list[str]) -> None:
        new = [tag for tag in dict.fromkeys(tags) if tag not in self.sheet.tags]
        if new:
            self.sheet.tags += new
            self.done.adds["tags"] = new
            self.sheet.edits = [edit for edit in self.sheet.edits if getattr(edit, "path", None) != ("tags",)]
            self.sheet.edits.append(Put(("tags",), list(self.sheet.tags)))

    def _person(self, key: str, one: Someone, *, is_there: bool = False) -> None:
        """A person of the contact, merged into the one of that name, else under a key of their own."""
        people = self.sheet.people
        if not is_there:
            named = [
                other
                for other, table in people.items()
                if one.name and comparable(str(table.get("name", ""))) == comparable(one.name)
            ]
            key = named[0] if named else free_key(key, people)
        table = people.setdefault(key, {})
        if one.name and (ours := table.get("name")) is None:
            table["name"] = one.name
            self._put(("people", key, "name"), one.name)
        elif (
            one.name
            and comparable(str(ours)) != comparable(one.name)
            and self._differs(("people", key, "name"), ours, one.name)
        ):
            table["name"] = one.name
        self._table(("people", key), table, one)

    # A table --------------------------------------------------------------------------------------------

    def _table(self, path: tuple[str, ...], table: dict[str, Any], who: Someone) -> None:
        if not [key for key in table if key != "name"]:
            for key, text in who.table().items():
                table[key] = text
                self._put((*path, key), text)
            return
        first_of: set[str] = set()
        for family, value in who.values():
            if family in SEVERAL:
                self._one_of_several(path, table, family, value, is_first=family not in first_of)
                first_of.add(family)
            else:
                self._single(path, table, family, value.text)

    def _one_of_several(
        self, path: tuple[str, ...], table: dict[str, Any], family: str, value: Value, *, is_first: bool
    ) -> None:
        ours = {key: str(text) for key, text in table.items() if family_of(key) == family}
        if any(is_same(family, text, value.text) for text in ours.values()):
            return
        wanted = value.key or (family if is_first else None)
        if wanted is not None and wanted not in table:
            table[wanted] = value.text
            self._put((*path, wanted), value.text, added=bool(ours))
        elif family in _ADDED or not is_first:
            key = next_key(family, value.label, table)
            table[key] = value.text
            self._put((*path, key), value.text, added=True)
        elif self._differs((*path, family), table[family], value.text):
            table[family] = value.text

    def _single(self, path: tuple[str, ...], table: dict[str, Any], key: str, text: str) -> None:
        ours = table.get(key)
        if ours is None:
            table[key] = text
            self._put((*path, key), text)
        elif _says_the_same(key, ours, text):
            return
        elif key == "note" and not self.overwrite:
            self._note(f"{self.file}: {text}", text)
        elif self._differs((*path, key), ours, text):
            table[key] = text

    def _note(self, text: str, said: str | None = None) -> None:
        """A note in the log, once."""
        if not any((said or text) in there for there in (*self.sheet.texts, *self.sheet.notes)):
            self.sheet.notes.append(text)
            self.done.adds["log"] = [*self.done.adds.get("log", []), text]


def _says_the_same(key: str, ours: Any, theirs: str) -> bool:
    if ours == theirs:
        return True
    if key == "birthday" and (mine := birthdays.read(ours)) is not None:
        return mine == birthdays.read(theirs)
    if key == "note":
        return " ".join(theirs.split()) in " ".join(str(ours).split())
    if key == "uid":
        return str(ours).casefold().removeprefix("urn:uuid:") == theirs.casefold().removeprefix("urn:uuid:")
    return comparable(str(ours)) == comparable(theirs)
