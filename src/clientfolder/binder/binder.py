"""The binder itself: all its dossiers, the acts on them, and the way back.

An act is done under the folder's lock on what the files say then; questions are asked before. It is written down
in the daybook first, so that an act on several files is finished or taken back, and every act can be undone.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from clientfolder.binder import files, names, sheet
from clientfolder.binder.daybook import Daybook, FileChange, Leaf, State, Step, Touched, matches
from clientfolder.binder.sheet import Sheet
from clientfolder.desk import Change
from clientfolder.dossier import Cover, Dossier
from clientfolder.errors import CannotReach, Changed, NoClient, NothingToUndo, Refused, Trouble, Unreadable, Warned

CLIENTS, REMOVED, PAPERS, PRIVATE = "clients", "removed", "papers", ".cf"

# Copies that sync programs and editors leave beside a file. They are never counted as clients.
_COPY = re.compile(r"\.sync-conflict-|\(.*conflicted copy.*\)|^[.#~]|~\.toml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the binder holds: the covers of all readable dossiers, and a letter for every other file."""

    covers: tuple[Cover, ...]
    unreadable: tuple[Trouble, ...]

    def cover(self, client: str) -> Cover | None:
        return next((cover for cover in self.covers if cover.client == client), None)

    def replaced(self, gone: Iterable[str], new: Iterable[Cover]) -> Contents:
        """The contents after an act: some covers gone, others new or in place of the old."""
        new = tuple(new)
        out = {*gone, *(cover.client for cover in new)}
        return replace(self, covers=(*(cover for cover in self.covers if cover.client not in out), *new))


@dataclass(frozen=True, slots=True)
class Deed:
    """A Change, what it does to the files, and the cover afterwards (None: the dossier is gone)."""

    change: Change
    files: tuple[FileChange, ...]
    cover: Cover | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act, an undo or a redo has done."""

    deeds: tuple[Deed, ...]
    warnings: tuple[Warned, ...] = ()
    words: str = ""


@dataclass(slots=True)
class Binder:
    """The dossiers of one folder. `root` is its absolute path."""

    root: str
    daybook: Daybook = field(init=False)

    def __post_init__(self) -> None:
        self.daybook = Daybook(self._path(PRIVATE, "daybook"))

    def _path(self, *parts: str) -> str:
        return os.path.join(self.root, *parts)

    # Reading ------------------------------------------------------------------------------------------

    def clients(self) -> list[str]:
        """The short names of all dossiers, in order. Raises CannotReach where the directory cannot be read."""
        try:
            found = os.listdir(self._path(CLIENTS))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=CLIENTS) from None
        return sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml") and not _COPY.search(name))

    def sheet(self, client: str) -> Sheet:
        """One dossier. Raises NoClient where it is gone, Unreadable or CannotReach where it cannot be read."""
        file = file_of(client)
        try:
            return sheet.read(client, file, files.read(self._path(file), file))
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def raw(self, client: str) -> bytes:
        """The bytes of one dossier, whatever they are. Raises as `sheet` does, but not for what they say."""
        file = file_of(client)
        try:
            return files.read(self._path(file), file)
        except FileNotFoundError:
            raise NoClient(f"There is no dossier {client}") from None

    def contents(self) -> Contents:
        """All dossiers. One that cannot be read never hides the others; one that vanishes meanwhile is not there."""
        covers: list[Cover] = []
        unreadable: list[Trouble] = []
        for client in self.clients():
            try:
                covers.append(self.sheet(client).dossier.cover)
            except NoClient:
                continue
            except (Unreadable, CannotReach) as trouble:
                unreadable.append(trouble)
        return Contents(tuple(covers), tuple(unreadable))

    def interrupted(self) -> bool:
        """Whether an act on several files was cut short; the next writing command settles it."""
        cut = any(state in ("doing", "undoing") for _, state, _, _ in self.daybook.names())
        return cut and not files.is_locked(self._lock)

    # Deeds --------------------------------------------------------------------------------------------

    def revise(self, read: Sheet, change: Change) -> Deed:
        """A Change written into a sheet. Raises Refused where that cannot be done safely."""
        file = file_of(change.client)
        return self.rewrite(read, sheet.revised(read, change.edits, file), change)

    def rewrite(self, read: Sheet, content: bytes, change: Change) -> Deed:
        """New bytes for a dossier; they must be readable, or Unreadable is raised."""
        file = file_of(change.client)
        cover = sheet.read(change.client, file, content).dossier.cover
        changes = (FileChange(Leaf(file, read.raw), Leaf(file, content)),) if content != read.raw else ()
        return Deed(change, changes, cover)

    def put_back(self, client: str, old: bytes, content: bytes, change: Change) -> Deed:
        """New bytes for a dossier that was read as `old`, readable or not. Raises Changed where it is not that now."""
        file = file_of(client)
        if self.raw(client) != old:
            raise Changed("The dossier was changed by something else meanwhile; nothing was written", file=file)
        cover = sheet.read(client, file, content).dossier.cover
        return Deed(change, (FileChange(Leaf(file, old), Leaf(file, content)),), cover)

    def add(self, dossier: Dossier, change: Change) -> Deed:
        """A new dossier. Raises Refused where its short name is taken."""
        file = file_of(dossier.client)
        if os.path.lexists(self._path(file)):
            raise Refused(f"There is a dossier {dossier.client} already", candidates=(dossier.client,))
        content = sheet.fresh(dossier).encode()
        cover = sheet.read(dossier.client, file, content).dossier.cover
        return Deed(change, (FileChange(None, Leaf(file, content)),), cover)

    def rename(self, read: Sheet, change: Change, client: str) -> Deed:
        """The Change written, and file and papers under another short name. Raises Refused where that is taken."""
        revised = self.revise(read, change)
        old, new = change.client, client
        if old == new:
            return revised
        content = revised.files[0].after.content if revised.files and revised.files[0].after else read.raw
        if os.path.lexists(self._path(file_of(new))):
            raise Refused(f"There is a dossier {new} already", candidates=(new,))
        moves = [FileChange(Leaf(file_of(old), content), Leaf(file_of(new), content))]
        papers = f"{PAPERS}/{old}", f"{PAPERS}/{new}"
        if os.path.isdir(self._path(papers[0])):
            moves.append(FileChange(Leaf(papers[0], None), Leaf(papers[1], None)))
        cover = replace(revised.cover, client=new) if revised.cover else None
        return Deed(replace(change, client=new), (*revised.files, *moves), cover)

    def remove(self, client: str, change: Change) -> tuple[Deed, str]:
        """The dossier set aside in `removed/`, and where it lies then."""
        raw = self.raw(client)
        taken = {name.lower() for name in self._listed(REMOVED)}
        target, number = f"{client}.toml", 2
        while target.lower() in taken:
            target, number = f"{client}-{number}.toml", number + 1
        file = f"{REMOVED}/{target}"
        return Deed(change, (FileChange(Leaf(file_of(client), raw), Leaf(file, raw)),), None), file

    def _listed(self, directory: str) -> list[str]:
        try:
            return os.listdir(self._path(directory))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None

    def free_name(self, name: str, *, but: str | None = None, also_taken: Iterable[str] = ()) -> str:
        """A short name that no dossier has, upper and lower case taken as one; that of `but` may be had."""
        taken = {client.lower() for client in (*self.clients(), *also_taken) if client != but}
        return names.free(names.short_name(name), taken)

    # Acts ---------------------------------------------------------------------------------------------

    @property
    def _lock(self) -> str:
        return self._path(PRIVATE, "lock")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[files.Writer]:
        with contextlib.suppress(CannotReach):
            self.make_private()
        with files.locked(self._lock, self._path(CLIENTS)):
            writer = files.Writer(self.root)
            self._settle(writer)
            yield writer

    def make_private(self) -> None:
        """`.cf/`, of this machine alone, which says so to git by itself. Raises CannotReach."""
        private = self._path(PRIVATE)
        if os.path.isdir(private):
            return
        files.make_directory(private)
        with contextlib.suppress(CannotReach, Changed):
            files.Writer(private).create(".gitignore", b"*\n")

    def act(
        self, decide: Callable[[], Sequence[Deed]], *, at: str, words: str | None = None, dry_run: bool = False
    ) -> Outcome:
        """Decide on what the files say now, and do it: all of it or nothing.

        Raises Changed, CannotReach or Refused, and then nothing is written. `words` tell an act on several.
        """
        if dry_run:
            return Outcome(tuple(decide()))
        with self._locked() as writer:
            deeds = tuple(decide())
            changes = tuple(change for deed in deeds for change in deed.files)
            if changes:
                touched = tuple(Touched(deed.change.client, deed.change.name) for deed in deeds if deed.files)
                step = Step(0, at, words or deeds[0].change.words, self._with_old_names(deeds, touched), changes)
                self._carry_out(step, writer)
            return Outcome(deeds, tuple(writer.warnings))

    @staticmethod
    def _with_old_names(deeds: Sequence[Deed], touched: tuple[Touched, ...]) -> tuple[Touched, ...]:
        """A renamed client is found by its old name too."""
        stems = {
            leaf.path.removeprefix(f"{CLIENTS}/").removesuffix(".toml"): deed.change.name
            for deed in deeds
            for change in deed.files
            for leaf in (change.before, change.after)
            if leaf and leaf.path.startswith(f"{CLIENTS}/")
        }
        known = {one.client for one in touched}
        return touched + tuple(Touched(stem, name) for stem, name in stems.items() if stem not in known)

    def _carry_out(self, step: Step, writer: files.Writer) -> None:
        for change in step.files:
            if change.after and not os.path.isdir(self._path(os.path.dirname(change.after.path))):
                files.make_directory(self._path(os.path.dirname(change.after.path)))
        try:
            begun = self.daybook.begin(step)
        except (CannotReach, Changed) as trouble:
            if len(step.files) > 1:
                raise CannotReach(f"Nothing was written: the daybook cannot be ({trouble.message})") from None
            step.files[0].apply(writer)
            writer.warnings.append(Warned("not_undoable", f"Written, but cannot be undone: {trouble.message}"))
            return
        self._apply(begun, step.files, writer)
        try:
            self.daybook.mark(begun, "done")
        except (CannotReach, Changed) as trouble:
            writer.warnings.append(Warned("not_undoable", f"Written, but the daybook was not: {trouble.message}"))
        self.daybook.tidy()

    def _apply(self, begun: Step, changes: Sequence[FileChange], writer: files.Writer) -> None:
        """Make all the changes; if one fails, take back those made and strike the step out."""
        made: list[FileChange] = []
        try:
            for change in changes:
                change.apply(writer)
                made.append(change)
        except BaseException:
            for change in reversed(made):
                with contextlib.suppress(Trouble):
                    change.reversed.apply(writer)
            if begun.state == "undoing":
                with contextlib.suppress(Trouble):
                    self.daybook.mark(begun, "done")
            else:
                self.daybook.forget(begun)
            raise

    def _settle(self, writer: files.Writer) -> None:
        """Finish or take back what a killed command left, before anything else is written."""
        for _, state, _, file_name in self.daybook.names():
            if state not in ("doing", "undoing"):
                continue
            step = self.daybook.read(file_name)
            if step is None:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(self.daybook.directory, file_name))
                continue
            self._settle_step(step, writer)

    def _settle_step(self, step: Step, writer: files.Writer) -> None:
        """A step all of whose files are in place is done; otherwise its files go back to how they were."""
        forward = step.files if step.state == "doing" else tuple(c.reversed for c in reversed(step.files))
        finished: State = "done" if step.state == "doing" else "undone"
        if all(matches(self.root, change.after, change.before) for change in forward):
            self.daybook.mark(step, finished)
            return
        for change in reversed(forward):
            if matches(self.root, change.after, change.before):
                change.reversed.apply(writer)
        if step.state == "doing":
            self.daybook.forget(step)
        else:
            self.daybook.mark(step, "done")

    # The way back -------------------------------------------------------------------------------------

    def undo(self, client: str | None = None, *, dry_run: bool = False) -> Outcome:
        """Take back the last step, or the last that touched this client, for all that it touched.

        Raises NothingToUndo, and Changed where a file is no longer as the step left it.
        """
        with self._for(dry_run) as writer:
            steps = list(self.daybook.steps("done"))
            names = self._names_of(client, steps) if client is not None else set()
            for step in steps:
                if client is not None and names.isdisjoint(touched.client for touched in step.clients):
                    continue
                if self._never_happened(step):
                    continue
                back = tuple(change.reversed for change in reversed(step.files))
                return self._there_and_back(step, back, writer, "undoing", "undone", dry_run)
        raise NothingToUndo("There is nothing to undo" + (f" on {client}" if client else ""))

    @staticmethod
    def _names_of(client: str, newest_first: Sequence[Step]) -> set[str]:
        """All short names that this dossier has had; it may have been renamed since the one that was said."""
        names = {client}
        renames = [
            {client_of(change.before.path), client_of(change.after.path)}
            for step in newest_first
            for change in step.files
            if change.before and change.after and change.before.path != change.after.path
            and _is_client(change.before) and _is_client(change.after)
        ]  # fmt: skip
        while more := [pair for pair in renames if not names.isdisjoint(pair) and not pair <= names]:
            names = names.union(*more)
        return names

    def redo(self, *, dry_run: bool = False) -> Outcome:
        """Do again what was undone last. Raises NothingToUndo, and Changed where a file is not as it was then."""
        with self._for(dry_run) as writer:
            undone = sorted(self.daybook.steps("undone"), key=lambda step: -step.order)
            if not undone:
                raise NothingToUndo("There is nothing to redo")
            return self._there_and_back(undone[0], undone[0].files, writer, "doing", "done", dry_run)

    @contextlib.contextmanager
    def _for(self, dry_run: bool) -> Iterator[files.Writer]:
        if dry_run:
            yield files.Writer(self.root)
        else:
            with self._locked() as writer:
                yield writer

    def _never_happened(self, step: Step) -> bool:
        """A step written down before a kill that left every file as it was."""
        return all(
            matches(self.root, change.before, change.after) and not matches(self.root, change.after, change.before)
            for change in step.files
        )

    def _there_and_back(
        self, step: Step, changes: tuple[FileChange, ...], writer: files.Writer, on_the_way: State, there: State,
        dry_run: bool,
    ) -> Outcome:  # fmt: skip
        for change in self._ends(changes):
            if not matches(self.root, change.before, change.after):
                leaf = change.before or change.after
                raise Changed(
                    f'"{step.words}" cannot be taken {"back" if there == "undone" else "up again"}: '
                    "the file was changed since",
                    file=leaf.path if leaf else None,
                )
        if not dry_run:
            marked = self.daybook.mark(step, on_the_way)
            self._apply(marked, changes, writer)
            self.daybook.mark(marked, there)
        return Outcome(tuple(self._deeds_of(step, changes)), tuple(writer.warnings), step.words)

    @staticmethod
    def _ends(changes: tuple[FileChange, ...]) -> Iterator[FileChange]:
        """What must be so before the first change: later changes of the same file start from the earlier ones."""
        made: set[str] = set()
        for change in changes:
            if change.before is None or change.before.path not in made:
                yield change
            made.update(leaf.path for leaf in (change.before, change.after) if leaf)

    def _deeds_of(self, step: Step, changes: tuple[FileChange, ...]) -> Iterator[Deed]:
        """What became of each dossier: where it was first, and where it is last."""
        origin: dict[str, Leaf | None] = {}
        last: dict[str, Leaf | None] = {}
        for change in changes:
            before, after = change.before, change.after
            path = before.path if before else after.path if after else ""
            first = origin.pop(path, before)
            last.pop(path, None)
            end = after.path if after else path
            origin[end], last[end] = first, after
        named = {touched.client: touched.name for touched in step.clients}
        for path, leaf in last.items():
            first = origin[path]
            if not any(one and one.content is not None for one in (leaf, first)):
                continue
            old, new = (_cover(one) if _is_client(one) else None for one in (first, leaf))
            client = client_of(path if _is_client(leaf) else first.path if first else path)
            cover = new or old
            name = cover.name if cover else named.get(client, client)
            rests = new is not None and new.resting is not None
            was, is_now = (one.next if one else None for one in (old, new))
            told = Change(client, name, was, is_now, (), step.words, rests=rests)
            yield Deed(told, (), new)

    def history(self) -> list[Step]:
        """The steps that can be taken back, newest first."""
        return list(self.daybook.steps("done"))


def file_of(client: str) -> str:
    """The dossier's file, relative to the folder."""
    return f"{CLIENTS}/{client}.toml"


def client_of(file: str) -> str:
    return os.path.basename(file).removesuffix(".toml")


def _is_client(leaf: Leaf | None) -> bool:
    return leaf is not None and leaf.path.startswith(f"{CLIENTS}/")


def _cover(leaf: Leaf | None) -> Cover | None:
    if leaf is None or leaf.content is None:
        return None
    try:
        return sheet.read(client_of(leaf.path), leaf.path, leaf.content).dossier.cover
    except Unreadable:
        return None
