"""The plan of an import: what becomes of every contact that was read, before anything is written.

Pure but for the look into the folder. The page, the JSON and the writes are made from the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clientfolder.binder import names
from clientfolder.binder.binder import Binder, client_of
from clientfolder.binder.names import key_of_label
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import Dossier, Proposal
from clientfolder.errors import Trouble, Warned
from clientfolder.exchange.contacts import known
from clientfolder.exchange.contacts.contact import BadContact, Contact, Reported, Someone, free_key, tag_of
from clientfolder.exchange.contacts.known import KnownPeople, Signs, Target
from clientfolder.exchange.contacts.merging import Additions, Kept, Merging, Sheet, new_sheet
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

NEW, MERGE, SAME, MAYBE, BAD, LEFT = "new", "merge", "same", "maybe", "bad", "left"


class FileRead(NamedTuple):
    """A file of contacts: its name, what shape and encoding it has, and what was read of it.

    `columns`: those of a known shape that are not taken, with how many rows have a value there.
    """

    file: str
    shape: str
    encoding: str
    contacts: tuple[Contact | BadContact, ...]
    empty: int = 0
    columns: Mapping[str, int] = {}

    @property
    def read(self) -> int:
        return len(self.contacts)

    @property
    def bad(self) -> int:
        return sum(isinstance(one, BadContact) and not one.is_left for one in self.contacts)


class Place(NamedTuple):
    """Which contact: the number of its file in the act, and its line there."""

    file: int
    line: int


class Choice(NamedTuple):
    """What somebody has said of one contact: new, merge or left; into whom, and as which person."""

    what: str
    client: str | None = None
    is_person: bool = False


class Wishes(NamedTuple):
    """What the command line says of all of them. `maybe`: what one that may be somebody known is taken as."""

    only_known: bool = False
    category: str | None = None
    tag: str | None = None
    maybe: str | None = None
    overwrite: bool = False
    by_company: bool = False
    choices: Mapping[Place, Choice] = {}


class PlannedCard(NamedTuple):
    """What becomes of one contact, and why. `target`: into which dossier, and as which person of it."""

    place: Place
    file: str
    line: int
    name: str | None
    company: str | None
    phone: str | None
    what: str
    client: str | None = None
    person: str | None = None
    why: str = ""
    sets: Mapping[str, Any] = {}
    adds: Mapping[str, Any] = {}
    kept: tuple[Kept, ...] = ()
    not_taken: tuple[Reported, ...] = ()
    candidates: tuple[str, ...] = ()


def as_told(card: PlannedCard) -> str:
    """Who a contact may be, in words: `the mail of jonas-tenk, another name`."""
    what, _, rest = card.why.partition(", ")
    others = ", ".join(card.candidates)
    if what == "the name alone":
        return f"the name of {others}, and nothing else"
    return f"{what} of {others}, {rest}" if rest else f"{what}: {others}"


class Creation(NamedTuple):
    """A dossier to be made."""

    dossier: Dossier
    proposal: Proposal | None


class Revision(NamedTuple):
    """A dossier to be changed: as it was read, and the change."""

    before: Dossier
    change: Change


class ImportPlan(NamedTuple):
    """What becomes of every contact, what is to be written, and what there is to know of it."""

    files: tuple[FileRead, ...]
    cards: tuple[PlannedCard, ...]
    creations: tuple[Creation, ...]
    revisions: tuple[Revision, ...]
    warnings: tuple[Warned, ...] = ()
    undated: int = 0

    def being(self, *what: str) -> list[PlannedCard]:
        """The cards of which that becomes, in their order."""
        return [card for card in self.cards if card.what in what]

    @property
    def not_taken(self) -> dict[str, int | list[str]]:
        """What is reported of all that are taken, by its kind: how often, or the values."""
        return told(one for card in self.cards if card.what != BAD for one in card.not_taken)

    @property
    def columns(self) -> dict[str, int]:
        """The columns that are not taken, with how many rows have a value there."""
        found: dict[str, int] = {}
        for one in self.files:
            for column, count in one.columns.items():
                found[column] = found.get(column, 0) + count
        return found

    @property
    def is_whole(self) -> bool:
        """Whether all was taken but what nobody would miss."""
        return not self.being(BAD, MAYBE) and all(isinstance(value, int) for value in self.not_taken.values())


def told(reported: Iterable[Reported]) -> dict[str, int | list[str]]:
    """What is reported, by its kind: how often, or the values."""
    counts: dict[str, int | list[str]] = {}
    for one in reported:
        there = counts.get(one.kind)
        if one.value is None:
            counts[one.kind] = (there if isinstance(there, int) else 0) + 1
        else:
            counts[one.kind] = [*(there if isinstance(there, list) else []), one.value]
    return counts


# First dates: for a new dossier without one, what the command line or the rhythm says; only the former where a table
# of cf's own names the rhythm and no date, for that is read as it stood.
FirstDate = Callable[[Dossier, bool], tuple[Dossier, Proposal | None]]


class FolderNow(NamedTuple):
    """What a plan stands on: the folder, its short names, what in it cannot be read, and how new ones are dated."""

    binder: Binder
    taken: frozenset[str]
    unreadable: Mapping[str, Trouble]
    first_date: FirstDate
    at: date | datetime


def plan(files: Sequence[FileRead], wishes: Wishes, ground: FolderNow) -> ImportPlan:
    """What becomes of these contacts. Raises CannotReach where the folder cannot be read."""
    return _Planner(files, wishes, ground).plan()


class _Planner:
    def __init__(self, files: Sequence[FileRead], wishes: Wishes, ground: FolderNow) -> None:
        self.files, self.wishes, self.ground = files, wishes, ground
        self.sheets: dict[str, Sheet] = {}
        self.taken = {*ground.taken}
        self.cards: list[PlannedCard] = []
        self.nameless: list[str] = []
        self.shared: list[str] = []
        self.known = KnownPeople()
        self.as_it_stood: set[str] = set()
        # Made once for each, for they are looked at twice.
        self.signs: dict[int, Signs] = {}
        self.dossiers: dict[str, Dossier] = {}
        self.unreadable = ground.unreadable

    def plan(self) -> ImportPlan:
        contacts = [
            (Place(number, one.line), file.file, one) for number, file in enumerate(self.files) for one in file.contacts
        ]
        self._look_up(one for _, _, one in contacts if isinstance(one, Contact))
        for number, (place, file, one) in enumerate(contacts, 1):
            self.ground.binder.progress("contacts looked at", number)
            if isinstance(one, BadContact):
                self.cards.append(
                    PlannedCard(place, file, one.line, one.name, None, None, LEFT if one.is_left else BAD, why=one.why)
                )
            else:
                self.cards.append(self._planned(place, file, one))
        creations, undated = [], 0
        for sheet in self.sheets.values():
            if sheet.is_new:
                is_dated = sheet.dossier.client in self.as_it_stood
                dossier, proposal = self.ground.first_date(sheet.dossier, is_dated)
                undated += dossier.next is None and dossier.resting is None
                creations.append(Creation(dossier, proposal))
        revisions = [made for sheet in self.sheets.values() if not sheet.is_new and (made := self._revision(sheet))]
        return ImportPlan(
            tuple(self.files), tuple(self.cards), tuple(creations), tuple(revisions), tuple(self._warnings()), undated
        )

    def _warnings(self) -> Iterator[Warned]:
        """One for each kind; who is meant is told of the first few."""
        if self.nameless:
            yield Warned("nameless", f"Without a name, and so called by mail or number: {_some(self.nameless)}")
        if self.shared:
            yield Warned("shared", f"Two clients with one mail or number: {_some(self.shared)}")

    def _look_up(self, contacts: Iterable[Contact]) -> None:
        contacts = list(contacts)
        self.signs = {id(contact): Signs.of_contact(contact) for contact in contacts}
        wanted = [*self.signs.values()]
        wanted += [Signs.of(contact.company, ()) for contact in contacts if contact.company and self.wishes.by_company]
        self.known, self.dossiers, unreadable = known.look_up(self.ground.binder, wanted)
        self.unreadable = {**self.ground.unreadable, **unreadable_clients(unreadable)}

    # One contact ----------------------------------------------------------------------------------------

    def _planned(self, place: Place, file: str, contact: Contact) -> PlannedCard:
        card = PlannedCard(
            place, file, contact.line, contact.name, contact.company, _phone(contact), LEFT, not_taken=contact.not_taken
        )
        wishes = self.wishes
        if wishes.category is not None and not _is_in(contact, wishes.category):
            return card._replace(why="another category")
        choice = wishes.choices.get(place)
        if choice is not None:
            return self._chosen(card, contact, choice)
        if contact.client is not None:
            return self._of_own_file(card, contact)
        found = self.known.find(self.signs[id(contact)])
        if found.sure:
            return self._merged(card, contact, found.sure[0], found.why)
        strangers = tuple(target for target in found.maybe if target.client not in self._made)
        if found.maybe and (strangers or found.why == "the name alone"):
            return self._maybe(card, contact, found.maybe, found.why)
        if found.maybe:
            self._warn_shared(file, contact, found)
        return self._new(card, contact)

    @property
    def _made(self) -> set[str]:
        return {client for client, sheet in self.sheets.items() if sheet.is_new}

    def _warn_shared(self, file: str, contact: Contact, found: known.Match) -> None:
        what = found.why.partition(",")[0]
        others = ", ".join(dict.fromkeys(target.client for target in found.maybe))
        self.shared.append(f"{contact.name} ({file}, line {contact.line}) has {what} of {others}")

    def _chosen(self, card: PlannedCard, contact: Contact, choice: Choice) -> PlannedCard:
        if choice.what == LEFT:
            return card._replace(why="left out")
        if choice.what == NEW or choice.client is None:
            return self._new(card, contact)
        person = self._person_key(choice.client, contact) if choice.is_person else None
        return self._merged(card, contact, Target(choice.client, person), "as was said")

    def _person_key(self, client: str, contact: Contact) -> str:
        """The key of the person of that name there, else a new one."""
        sheet = self._sheet(client)
        for key, table in sheet.people.items():
            if comparable(str(table.get("name", ""))) == comparable(contact.name):
                return key
        first = key_of_label(contact.name.split()[0]) or "person"
        return first if first not in sheet.people else free_key(key_of_label(contact.name) or first, sheet.people)

    def _of_own_file(self, card: PlannedCard, contact: Contact) -> PlannedCard:
        client = contact.client
        assert client is not None
        if client in self.sheets or client in self.ground.taken:
            return self._merged(card, contact, Target(client, contact.person), "the client that cf's own file names")
        return self._new(card, contact)

    def _maybe(self, card: PlannedCard, contact: Contact, targets: tuple[Target, ...], why: str) -> PlannedCard:
        clients = tuple(dict.fromkeys(target.client for target in targets))
        if len(targets) == 1 and self._adds_nothing(contact, targets[0]):
            return card._replace(what=SAME, client=targets[0].client, person=targets[0].person, why=why)
        if self.wishes.maybe == NEW:
            return self._new(card, contact)
        if self.wishes.maybe == SAME and len(targets) == 1:
            return self._merged(card, contact, targets[0], why)
        return card._replace(what=MAYBE, why=why, candidates=clients)

    def _adds_nothing(self, contact: Contact, target: Target) -> bool:
        sheet = self._sheet(target.client).copy()
        done = Merging(sheet, "", overwrite=False).merge(contact, target.person, self.wishes.tag)
        return done.is_empty and not done.kept

    def _new(self, card: PlannedCard, contact: Contact) -> PlannedCard:
        if self.wishes.only_known:
            return card._replace(why="not known")
        if self.wishes.by_company and contact.company and contact.person is None:
            return self._in_company(card, contact)
        said = contact.client if contact.client and contact.person is None else None
        stem = said if said and names.is_portable(said) and "/" not in said else names.short_name(contact.name)
        if trouble := self.unreadable.get(stem):
            return card._replace(what=BAD, why=f"the dossier of that short name cannot be read: {trouble.file}")
        client = names.free(stem, self.taken)
        self.taken.add(client.lower())
        if said and "rhythm" in contact.root:
            self.as_it_stood.add(client)
        if contact.is_nameless:
            self.nameless.append(f"{contact.name} ({card.file}, line {contact.line})")
        sheet = self.sheets[client] = new_sheet(client, contact)
        done = Merging(sheet, card.file, overwrite=False).merge(contact, None, self.wishes.tag)
        self.known.learn(Target(client), Signs.of(contact.name, sheet.card.items()))
        self._learn_people(client, sheet)
        return card._replace(what=NEW, client=client, sets=_all_of(sheet, done), kept=tuple(done.kept))

    def _learn_people(self, client: str, sheet: Sheet) -> None:
        for key, table in sheet.people.items():
            self.known.learn(Target(client, key), Signs.of(str(table.get("name", "")), table.items()))

    def _in_company(self, card: PlannedCard, contact: Contact) -> PlannedCard:
        """One of the people of a company, whose dossier is made where there is none."""
        assert contact.company
        there = self.known.named(contact.company)
        if there is None:
            whole = contact._replace(name=contact.company, company=None, who=Someone(), people={}, client=None)
            made = self._new(card._replace(not_taken=()), whole)
            if made.what != NEW or made.client is None:
                return made
            there = Target(made.client)
            person = self._person_key(there.client, contact)
            joined = self._joined(card, contact._replace(company=None), Target(there.client, person), "the company")
            return joined._replace(what=NEW, sets={**made.sets, **joined.sets, **joined.adds}, adds={})
        person = self._person_key(there.client, contact)
        return self._joined(card, contact, Target(there.client, person), "the company")

    def _joined(self, card: PlannedCard, contact: Contact, target: Target, why: str) -> PlannedCard:
        done = self._merged(card, contact._replace(company=None), target, why)
        self._learn_people(target.client, self._sheet(target.client))
        return done

    def _merged(self, card: PlannedCard, contact: Contact, target: Target, why: str) -> PlannedCard:
        if trouble := self.unreadable.get(target.client):
            return card._replace(what=BAD, why=f"the dossier cannot be read: {trouble.file}")
        sheet = self._sheet(target.client)
        done = Merging(sheet, card.file, overwrite=self.wishes.overwrite).merge(contact, target.person, self.wishes.tag)
        what = SAME if done.is_empty else MERGE
        if what == MERGE:
            self._learn(target, sheet)
        return card._replace(
            what=what, client=target.client, person=target.person, why=why, sets=done.sets, adds=done.adds,
            kept=tuple(done.kept),
        )  # fmt: skip

    def _learn(self, target: Target, sheet: Sheet) -> None:
        """Whoever was merged is known by what that has brought."""
        learnt = sheet.card if target.person is None else sheet.people[target.person]
        self.known.learn(
            target, Signs.of(sheet.name if target.person is None else str(learnt.get("name", "")), learnt.items())
        )
        if target.person is None:
            self._learn_people(target.client, sheet)

    def _sheet(self, client: str) -> Sheet:
        if client not in self.sheets:
            dossier = self.dossiers.get(client) or self.ground.binder.read(client).dossier
            self.sheets[client] = Sheet(dossier, is_new=False)
        return self.sheets[client]

    def _revision(self, sheet: Sheet) -> Revision | None:
        sheet.record_notes(self.ground.at)
        if not sheet.edits:
            return None
        before = sheet.before
        change = Change(
            before.client, before.name, before.next, sheet.next, tuple(sheet.edits), f"Merged into {before.name}"
        )
        return Revision(before, change)


# So many are named in a warning; the others are counted.
_MOST_NAMED = 3


def _some(those: Sequence[str]) -> str:
    more = len(those) - _MOST_NAMED
    return "; ".join([*those[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])


def _all_of(sheet: Sheet, done: Additions) -> dict[str, Any]:
    """All that a new dossier is made with, by dotted keys."""
    head: dict[str, Any] = {"name": sheet.name}
    head |= {"company": sheet.company} if sheet.company else {}
    head |= {key: value for key, value in sheet.root.items() if value}
    head |= {"tags": list(sheet.tags)} if sheet.tags else {}
    if sheet.next:
        head["next.on"] = str(sheet.next.on)
    return head | {key: value for key, value in done.sets.items() if key not in head}


def _phone(contact: Contact) -> str | None:
    several = contact.who.several.get("phone")
    return several[0].text if several else contact.who.card.get("phone")


def _is_in(contact: Contact, category: str) -> bool:
    wanted = comparable(category)
    return (
        any(comparable(said.removeprefix("* ")) == wanted for said in contact.categories)
        or tag_of(category) in contact.tags
    )


def unreadable_clients(troubles: Iterable[Trouble]) -> dict[str, Trouble]:
    """The short names of dossiers that cannot be read."""
    return {client_of(trouble.file): trouble for trouble in troubles if trouble.file}
