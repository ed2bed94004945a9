"""What comes back from a colleague: each file merged with what it was when it was given, new entries signed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clientfolder.binder import attaching, files, handed_over, leftovers, papers
from clientfolder.binder import names as short_names
from clientfolder.binder.attaching import Copy
from clientfolder.binder.binder import CLIENTS, HANDED_OVER, REMOVED, SLIPS, client_of, file_of
from clientfolder.binder.forms import FORMS
from clientfolder.binder.handed_over import HandedOver
from clientfolder.binder.journal.operations import Carried, Created, Replaced
from clientfolder.binder.journal.transactions import PlannedWrite, Transactions
from clientfolder.binder.merge import planning, values
from clientfolder.binder.merge.blocks import Text, rewritten
from clientfolder.binder.merge.conflict import Conflict
from clientfolder.binder.merge.merge import merge
from clientfolder.binder.toml import dossier_file, editor, parser
from clientfolder.dossier.changes import Change, Edit, Put
from clientfolder.dossier.types import Next, is_slip
from clientfolder.errors import CannotReach, Refused, Trouble, Unreadable
from clientfolder.exchange.handover.given import BASE, FILE
from clientfolder.tuples import NamedTuple

_BY = "by"


class Handover(NamedTuple):
    """A folder that comes back: where it is, the mark by which it is known, and which files were given."""

    root: str
    mark: str
    given: frozenset[str]
    # From when, to when, who, and whose dossiers.
    record: tuple[str, str, str, tuple[str, ...]]
    papers: frozenset[str] = frozenset()


class Returned(NamedTuple):
    """One dossier that came back: what is written of it, what both had differently, and how many entries are new."""

    write: PlannedWrite
    conflicts: tuple[Conflict, ...]
    entries: int
    before: Next | None
    is_new: bool


class TakenBack(NamedTuple):
    """All that comes back. `stays`: what was removed there, and stays here. `left`: why a file could not be merged."""

    over: HandedOver
    dossiers: tuple[Returned, ...]
    others: tuple[PlannedWrite, ...]
    stays: tuple[str, ...]
    left: tuple[Trouble, ...]
    # Of each client there who it is here.
    clients: dict[str, str]

    @property
    def writes(self) -> list[PlannedWrite]:
        return [*(one.write for one in self.dossiers), *self.others]


def opened(directory: str) -> Handover:
    """The folder that was given. Raises Refused for one that was not."""
    try:
        text = parser.decode(FILE, files.read(os.path.join(directory, FILE), FILE))
        data, _ = parser.parse(FILE, text)
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(f"{directory} is no folder that was handed over: it has no {FILE}") from None
    except Unreadable as trouble:
        raise Refused(f"{directory}: {FILE} cannot be read ({trouble.message})") from None
    except CannotReach as trouble:
        raise CannotReach(f"{directory}: {FILE} cannot be read ({trouble.message})") from None
    given = data.get("given")
    what = data.get("what")
    record = (
        str(data.get("from")), str(data.get("to")), str(data.get("who")),
        tuple(map(str, what if isinstance(what, list) else ())),
    )  # fmt: skip
    files_given = frozenset(map(str, given if isinstance(given, list) else ()))
    of_papers = data.get("papers")
    papers_given = frozenset(map(str, of_papers if isinstance(of_papers, list) else ()))
    return Handover(directory, str(data.get("mark")), files_given, record, papers_given)


def record_of(root: str, handover: Handover) -> HandedOver:
    """The record of it here. Raises Refused for what was handed over from another folder, Unreadable, CannotReach."""
    for one in handed_over.records(root):
        if one.mark == handover.mark:
            return one
    raise Refused(f"{handover.root} was not handed over from this folder; nothing of it was taken")


class _Return:
    """The work of taking one folder back."""

    def __init__(self, transactions: Transactions, handover: Handover, at: date | datetime) -> None:
        self.transactions, self.handover, self.at = transactions, handover, at
        self.binder = transactions.binder
        self.over = record_of(self.binder.root, handover)
        self.words = f"Took back from {self.over.who}"
        self.clients: dict[str, str] = {}

    def all(self, day: date) -> TakenBack:
        dossiers: list[Returned] = []
        others: list[PlannedWrite] = []
        stays: list[str] = []
        left: list[Trouble] = []
        taken: set[str] = set()
        for file in self._files():
            try:
                if not file.startswith((f"{CLIENTS}/", f"{SLIPS}/")):
                    others += self._other(file)
                    continue
                theirs = self._there(file)
                if theirs is None:
                    stays.append(client_of(file))
                    theirs = self._removed_there(file)
                if theirs is not None and (one := self._dossier(file, theirs, taken)):
                    dossiers.append(one)
            except Trouble as trouble:
                left.append(trouble)
        if not left:
            others += planning.rewritten(
                self.binder,
                HANDED_OVER,
                lambda text: handed_over.with_return(text, self.over.mark, day),
                self.words,
            )
        return TakenBack(self.over, tuple(dossiers), tuple(others), tuple(stays), tuple(left), self.clients)

    # Files ----------------------------------------------------------------------------------------------

    def _files(self) -> list[str]:
        """All that was given, and all that is there."""
        found = set(self.handover.given)
        for directory in (CLIENTS, SLIPS, FORMS):
            try:
                names = os.listdir(os.path.join(self.handover.root, directory))
            except OSError:
                continue
            found |= {f"{directory}/{name}" for name in names if leftovers.is_dossier(name)}
        return sorted(found)

    def _there(self, file: str, above: str = "") -> bytes | None:
        try:
            return files.read(os.path.join(self.handover.root, above, file), file)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _base(self, file: str) -> bytes | None:
        return self._there(file, BASE)

    def _here(self, file: str) -> bytes | None:
        try:
            return files.read(self.binder.path(file), file)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _removed_there(self, file: str) -> bytes | None:
        """What was said of a client before the dossier was removed there."""
        raw = self._there(f"{REMOVED}/{os.path.basename(file)}")
        if raw is None:
            return None
        lines = raw.decode("utf-8", "replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(("removed = ", "removed_from = "))).encode()

    # Merging --------------------------------------------------------------------------------------------

    def _other(self, file: str) -> Iterator[PlannedWrite]:
        """Settings and forms."""
        base, theirs, ours = self._base(file), self._there(file), self._here(file)
        if theirs is None or theirs in (base, ours):
            return
        if ours is None:
            yield PlannedWrite.of_files(self.words, [Created(file, theirs)])
        elif (new := merge(file, base, ours, theirs, values.rules_for(file), self.at).content) != ours:
            yield PlannedWrite.of_files(self.words, [Replaced(file, ours, new)])

    def _dossier(self, file: str, theirs: bytes, taken: set[str]) -> Returned | None:
        """One dossier that was there; None where nothing comes of it."""
        base = self._base(file)
        self.clients[client_of(file)] = client_of(file)
        if theirs == base:
            return None
        is_given = file in self.handover.given
        client = client_of(file) if is_given and self._here(file) is not None else self._same_here(file, base or theirs)
        if client is None:
            return self._new(file, theirs, taken)
        self.clients[client_of(file)] = client
        if not is_given:
            base = self._base(file_of(client))
        ours = self.binder.raw(client)
        signed = _signed(theirs, (base, ours), self.over.who)
        merged = merge(file_of(client), base, ours, signed, values.dossier_rules(), self.at)
        if merged.content == ours:
            return None
        before, after = (dossier_file.read(client, file_of(client), raw).dossier for raw in (ours, merged.content))
        change = Change(client, after.name, before.next, after.next, (), self.words)
        write = PlannedWrite(change, (Replaced(file_of(client), ours, merged.content),), after.cover)
        entries = len(after.log) - len(before.log) - len(merged.conflicts)
        return Returned(write, merged.conflicts, entries, before.next, is_new=False)

    def _same_here(self, file: str, raw: bytes) -> str | None:
        """The dossier here that is the same client, by its first entry, or by name and number or address."""
        there = dossier_file.read(client_of(file), file, raw).dossier
        for cover in self.binder.contents().covers:
            if is_slip(cover.client) != is_slip(there.client):
                continue
            own = self.binder.raw(cover.client)
            same_name = short_names.same(cover.name) == short_names.same(there.name)
            reached = {str(there.card.get(key)) for key in ("phone", "email")} - {"None"}
            if leftovers.share_first_entry(own, raw) or (
                same_name and (not reached or not reached.isdisjoint({cover.phone or "", cover.email or ""}))
            ):
                return cover.client
        return None

    def _new(self, file: str, theirs: bytes, taken: set[str]) -> Returned:
        """A dossier that is new, under a short name that is free."""
        there = dossier_file.read(client_of(file), file, theirs).dossier
        known = {*self.binder.clients(), *self.binder.slips()} | taken
        client = client_of(file)
        if client in known:
            client = short_names.free(client, {one.lower() for one in known})
        taken.add(client)
        self.clients[client_of(file)] = client
        content = _signed(theirs, (None, None), self.over.who)
        cover = dossier_file.read(client, file_of(client), content).dossier.cover
        write = PlannedWrite(
            Change(client, there.name, None, cover.next, (), self.words), (Created(file_of(client), content),), cover
        )
        return Returned(write, (), _count(content), None, is_new=True)


def taken_back(transactions: Transactions, handover: Handover, at: date | datetime, day: date) -> TakenBack:
    """What comes of a folder that comes back. Raises Refused where it is none of this folder's."""
    return _Return(transactions, handover, at).all(day)


def new_papers(root: str, handover: Handover, clients: Mapping[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """The papers that are new there, each as its path there and the client here; and those that both have otherwise.

    One that was given, and is gone here, was taken out here. Raises CannotReach.
    """
    new: list[tuple[str, str]] = []
    differing: list[str] = []
    for there, here in clients.items():
        for paper in papers.listed(handover.root, there):
            file, place = f"{papers.place_of(there)}/{paper.name}", f"{papers.place_of(here)}/{paper.name}"
            source, target = os.path.join(handover.root, file), os.path.join(root, place)
            if os.path.isfile(target):
                differing += [place] if attaching.digest_of(source) != attaching.digest_of(target) else []
            elif file not in handover.papers and "/" not in paper.name:
                new.append((source, here))
    return new, differing


def attached(root: str, client: str, copy: Copy, own: dict[str, str], words: str) -> PlannedWrite:
    """A copy of a paper made one of a client here; `own`: as for `attaching.free_name`."""
    name, _ = attaching.free_name(root, client, attaching.safe_name(copy.source), copy, own)
    own[short_names.same(name)] = copy.digest
    carried = Carried(copy.waiting or "", f"{papers.place_of(client)}/{name}", copy.digest, copy.source)
    return PlannedWrite.of_files(words, [carried])


def _log_of(raw: bytes | None) -> list[dict[str, Any]]:
    if raw is None:
        return []
    try:
        log = parser.parse("", parser.decode("", raw))[0].get("log", [])
    except Unreadable:
        return []
    return log if isinstance(log, list) else []


def _count(raw: bytes) -> int:
    return len(_log_of(raw))


def _signed(raw: bytes, known: Sequence[bytes | None], who: str) -> bytes:
    """The bytes with `by` in each entry that none of the known versions has, where it does not say who wrote it."""
    same_by = values.dossier_rules().same_by["log"]
    there: Counter[Any] = Counter()
    for one in known:
        there |= Counter(values.identity("log", entry, same_by) for entry in _log_of(one))
    edits: dict[tuple[str, int], list[Edit]] = {}
    for number, entry in enumerate(_log_of(raw)):
        mark = values.identity("log", entry, same_by)
        if there[mark] > 0:
            there[mark] -= 1
        elif _BY not in entry:
            edits["log", number] = [Put((_BY,), who)]
    if not edits:
        return raw
    bom = parser.BOM if raw.startswith(parser.BOM) else b""
    try:
        return bom + rewritten(Text(parser.decode("", raw)), edits, (), ()).encode()
    except editor.NotEditable:
        return raw
