"""Acts on the dossiers as transactions: planned, written into the journal, done whole or not at all, undone, redone.

An act is done under the folder's lock on what the files say then; questions are asked before. It is written down in
the journal first, so that an act on several files is finished or rolled back, and every act can be undone. A user
knows the journal as the daybook.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientfolder.binder import bounds, files, papers
from clientfolder.binder.binder import CLIENTS, PRIVATE, REMOVED, Binder, file_of, stem_of
from clientfolder.binder.journal import atomic, lock
from clientfolder.binder.journal.effects import clients_of, effects, short_names
from clientfolder.binder.journal.journal import Journal, State, Step, Touched
from clientfolder.binder.journal.operations import (
    Carried,
    Created,
    FileChange,
    Moved,
    Replaced,
    first_differing,
    first_states,
    inverse,
    renamed,
    to_stage,
)
from clientfolder.binder.journal.recovery import Recovered, Recovery
from clientfolder.binder.toml import dossier_file
from clientfolder.binder.toml.dossier_file import DossierFile
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import SLIP, Cover, Dossier, is_slip
from clientfolder.errors import (
    CannotReach,
    Changed,
    Interrupted,
    NoClient,
    NothingToUndo,
    Refused,
    Trouble,
    Unreadable,
    Warned,
)
from clientfolder.settings import FILE as SETTINGS
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.binder.attaching import Copy


class PlannedWrite(NamedTuple):
    """A Change of one dossier, what it does to the files, and the cover afterwards (None: the dossier is gone).

    `was`: the short name that the dossier had before, where it has another now.
    """

    change: Change
    files: tuple[FileChange, ...]
    cover: Cover | None
    was: str | None = None

    @classmethod
    def of_files(cls, words: str, changes: Iterable[FileChange]) -> PlannedWrite:
        """What happens to files that are no dossiers, told in these words; it names no client."""
        return cls(Change("", "", None, None, (), words), tuple(changes), None)


class Outcome(NamedTuple):
    """What an act, an undo or a redo has done, or would do.

    `words`: the step in words, where it was undone or redone. `step`: the act's number in the journal, if it has one.
    """

    writes: tuple[PlannedWrite, ...]
    warnings: tuple[Warned, ...] = ()
    words: str = ""
    step: int | None = None


class Transactions:
    """Plans writes to the dossiers of one binder, and does, undoes and redoes them."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.root = binder.root
        self.journal = Journal(binder.path(PRIVATE, "daybook"))
        self._recovery = Recovery(self.root, self.journal)

    @property
    def recovered(self) -> Sequence[Recovered]:
        """The steps that were found cut short, and finished or rolled back."""
        return self._recovery.recovered

    # Planning --------------------------------------------------------------------------------------------

    def revise(self, read: DossierFile, change: Change) -> PlannedWrite:
        """A Change written into a dossier. Raises Refused where that cannot be done safely."""
        file = file_of(change.client)
        new = dossier_file.revised(read, change.edits, file)
        changes = (Replaced(file, read.raw, new.raw),) if new.raw != read.raw else ()
        return PlannedWrite(change, changes, new.dossier.cover)

    def rewrite(self, client: str, old: bytes, content: bytes, change: Change) -> PlannedWrite:
        """New bytes for a dossier that was read as `old`, readable or not. Raises Changed where it is not that now."""
        file = file_of(client)
        if self.binder.raw(client) != old:
            raise Changed("The dossier was changed by something else meanwhile; nothing was written", file=file)
        cover = dossier_file.read(client, file, content).dossier.cover
        return PlannedWrite(change, (Replaced(file, old, content),), cover)

    def add(self, dossier: Dossier, change: Change) -> PlannedWrite:
        """A new dossier. Raises Refused where its short name is taken."""
        file = file_of(dossier.client)
        if os.path.lexists(self.binder.path(file)):
            raise Refused(f"There is a dossier {dossier.client} already", candidates=(dossier.client,))
        content = dossier_file.fresh(dossier).encode()
        cover = dossier_file.read(dossier.client, file, content).dossier.cover
        return PlannedWrite(change, (Created(file, content),), cover)

    def create_file(self, file: str, content: bytes, words: str) -> PlannedWrite:
        """A file that is no dossier, such as a form. Raises Refused where there is one of that name."""
        if os.path.lexists(self.binder.path(file)):
            raise Refused("There is such a file already, and nothing is overwritten", file=file)
        return PlannedWrite.of_files(words, [Created(file, content)])

    def revise_settings(self, revised: Callable[[bytes], bytes], words: str) -> PlannedWrite:
        """Other bytes for the settings, made of those that are there; the same ones are no change.

        Raises what `revised` does, and CannotReach.
        """
        try:
            raw = files.read(self.binder.path(SETTINGS), SETTINGS)
        except FileNotFoundError:
            raise CannotReach("The settings are gone", file=SETTINGS) from None
        changes = (Replaced(SETTINGS, raw, new),) if (new := revised(raw)) != raw else ()
        return PlannedWrite.of_files(words, changes)

    def rename(self, read: DossierFile, change: Change, client: str) -> PlannedWrite:
        """The Change written, and file and papers under another short name. Raises Refused where that is taken."""
        revised = self.revise(read, change)
        old, new = change.client, client
        if old == new:
            return revised
        if os.path.lexists(self.binder.path(file_of(new))):
            raise Refused(f"There is a dossier {new} already", candidates=(new,))
        content = next((made.after for made in revised.files if isinstance(made, Replaced)), read.raw)
        if stat.S_ISLNK(files.mode_of(self.binder.path(file_of(old)), file_of(old), of_link=True) or 0):
            moves: list[FileChange] = [*revised.files, Moved(file_of(old), file_of(new), content)]
        else:
            moves = [*renamed(file_of(old), file_of(new), read.raw, content)]
        way = papers.place_of(old), papers.place_of(new)
        if stat.S_ISDIR(files.mode_of(self.binder.path(way[0]), way[0]) or 0):
            if os.path.lexists(self.binder.path(way[1])):
                raise Refused(f"There is a directory {way[1]} already; move what is in it", candidates=(new,))
            moves.append(Moved(*way))
        cover = revised.cover._replace(client=new) if revised.cover else None
        return PlannedWrite(change._replace(client=new), tuple(moves), cover, was=old)

    def remove(self, client: str, change: Change, on: date) -> tuple[PlannedWrite, str]:
        """The dossier set aside in `removed/`, with the day in it, and where it lies then."""
        from clientfolder.binder import removed

        raw = self.binder.raw(client)
        file, path = self.free_aside(stem_of(client)), file_of(client)
        content = removed.marked(client, raw, on)
        if content != raw and stat.S_ISLNK(files.mode_of(self.binder.path(path), path, of_link=True) or 0):
            return PlannedWrite(change, (Replaced(path, raw, content), Moved(path, file, content)), None), file
        return PlannedWrite(change, renamed(path, file, raw, content), None), file

    def free_aside(self, stem: str, taken: Collection[str] = ()) -> str:
        """A name in `removed/` that no file there has, nor any of these, relative to the folder."""
        there = {name.lower() for name in self._listed(REMOVED)} | {os.path.basename(file).lower() for file in taken}
        target, number = f"{stem}.toml", 2
        while target.lower() in there:
            target, number = f"{stem}-{number}.toml", number + 1
        return f"{REMOVED}/{target}"

    def attach(self, read: DossierFile, change: Change, brought: Mapping[str, Copy]) -> PlannedWrite:
        """Copies from the private place made papers, by their names there."""
        carried = (
            Carried(copy.waiting, f"{papers.place_of(change.client)}/{name}", copy.digest, copy.source)
            for name, copy in brought.items()
            if copy.waiting
        )
        return PlannedWrite(change, tuple(carried), read.dossier.cover)

    def _listed(self, directory: str) -> list[str]:
        try:
            return os.listdir(self.binder.path(directory))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CannotReach(f"Cannot be read: {files.reason(error)}", file=directory) from None

    def free_name(self, name: str, *, but: str) -> str:
        """A short name that no other dossier has, upper and lower case taken as one; that of `but` may be had.

        Where that is a slip, the name of a slip.
        """
        from clientfolder.binder import names

        if is_slip(but):
            return self.free_slip(name, but=but)
        taken = {client.lower() for client in self.binder.clients() if client != but}
        return names.free(names.short_name(name), taken)

    def free_slip(self, text: str, *, but: str | None = None) -> str:
        """A short name for a slip that no other slip has."""
        from clientfolder.binder import names

        taken = {stem_of(slip).lower() for slip in self.binder.slips() if slip != but}
        return f"{SLIP}{names.free(names.slip_name(text), taken)}"

    # Acts ---------------------------------------------------------------------------------------------

    @property
    def _lock(self) -> str:
        return self.binder.path(PRIVATE, "lock")

    @contextlib.contextmanager
    def locked(self) -> Iterator[atomic.Writer]:
        """Hold the folder's write lock; what a killed command left is recovered first.

        Signals are deferred during the recovery alone, not while the caller reads and plans. A folder that cannot be
        written can be locked as well. Raises CannotReach, also where there are no dossiers, or `.cf/` is a link.
        """
        self.binder.check_private()
        self.binder.check_clients()
        with contextlib.suppress(CannotReach):
            self.binder.make_private()
        clients = self.binder.path(CLIENTS)
        with lock.locked(self._lock, clients, self.binder.patience, (clients, self.journal.directory)):
            writer = atomic.Writer(self.root)
            with lock.signals_deferred():
                self._recovery.run(writer)
            yield writer

    def recover(self) -> tuple[Warned, ...]:
        """Recover what a killed command left, and nothing more; what there is to tell of it. Raises CannotReach."""
        with self.locked() as writer:
            return tuple(writer.warnings)

    @staticmethod
    @contextlib.contextmanager
    def _uninterrupted() -> Iterator[None]:
        """What is written within is written to its end. Raises Interrupted for a Ctrl-C that came too late."""
        written = False
        try:
            with lock.signals_deferred():
                yield
                written = True
        except KeyboardInterrupt:
            if not written:
                raise
            raise Interrupted("Interrupted, when all was written already") from None

    def act(
        self,
        decide: Callable[[], Sequence[PlannedWrite]],
        *,
        at: str,
        words: str | None = None,
        typed: Sequence[str] = (),
        written: Callable[[], None] = lambda: None,
        dry_run: bool = False,
    ) -> Outcome:
        """Decide on what the files say now, and do it: all of it or nothing.

        Raises Changed, CannotReach or Refused, and then nothing is written. `at` is the moment of the act in ISO form;
        `words` describe an act on many; `typed` is the command line, by which the act is known when it is typed again.
        `written` is called before the act is marked as done, for whatever else is to be written with it.
        """
        if dry_run:
            return Outcome(tuple(decide()))
        with self.locked() as writer:
            writes = tuple(decide())
            changes = tuple(change for write in writes for change in write.files)
            number = None
            if changes:
                description = words or "; ".join(dict.fromkeys(write.change.words for write in writes))
                step = Step(0, at, description, self._touched(writes), changes, tuple(typed))
                with self._uninterrupted():
                    number = self._carry_out(step, writer, written)
            return Outcome(writes, tuple(writer.warnings), step=number)

    @staticmethod
    def _touched(writes: Sequence[PlannedWrite]) -> tuple[Touched, ...]:
        """The clients of a step; a renamed one under both its names."""
        found = []
        for write in writes:
            clients = [write.change.client, *clients_of(write.files)]
            found += [Touched(client, write.change.name) for client in dict.fromkeys(clients) if write.files and client]
        return tuple(found)

    def _carry_out(self, step: Step, writer: atomic.Writer, written: Callable[[], None]) -> int | None:
        """Write the step into the journal and do it; its number, or None where it could not be written there."""
        bounds.check(self.root, step.files)
        for change in step.files:
            for path in change.states()[1] if not isinstance(change, Carried) else ():
                files.make_directory(os.path.dirname(self.binder.path(path)))
        try:
            begun = self.journal.begin(step)
        except (CannotReach, Changed) as trouble:
            if len(step.files) > 1:
                raise CannotReach(f"Nothing was written, for it could not be undone: {trouble.message}") from None
            step.files[0].apply(writer)
            writer.warnings.append(Warned("not_undoable", f"Written, but cannot be undone: {trouble.message}"))
            return None
        self._apply(begun, step.files, writer)
        with contextlib.suppress(CannotReach):
            self._delete_undone_papers()
            self.journal.tidy()
        written()
        self._mark(begun, "done", writer)
        return begun.id

    def _delete_undone_papers(self) -> None:
        """Delete the papers of steps that were undone, and can be redone no more."""
        if waiting := set(papers.waiting(self.root)):
            from clientfolder.binder import attaching

            for step in self.journal.steps("undone"):
                for change in step.files:
                    if isinstance(change, Carried) and change.path in waiting:
                        name = os.path.basename(change.to)
                        attaching.let_go(self.root, change.path, name, change.source, change.digest)

    def _apply(self, step: Step, changes: Sequence[FileChange], writer: atomic.Writer) -> None:
        """Make all the changes; if one fails, roll back those made, and the step is what it was before."""
        with writer.staged():
            try:
                if len(changes) > 1:
                    for path, content in to_stage(changes):
                        writer.stage(path, content)
                for number, change in enumerate(changes, 1):
                    change.apply(writer)
                    self.binder.progress("files written", number)
            except BaseException:
                with contextlib.suppress(Trouble):
                    self._recovery.roll_back(step, changes, writer)
                raise

    def _mark(self, step: Step, then: State, writer: atomic.Writer) -> None:
        """The last that is written of an act: until then a kill leaves a step that is known when it is typed again."""
        self.binder.keeps_index = False
        try:
            self.journal.mark(step, then)
        except (CannotReach, Changed) as trouble:
            message = f"Written, but the record of what was done could not be: {trouble.message}"
            writer.warnings.append(Warned("not_undoable", message))

    # Undo and redo ------------------------------------------------------------------------------------

    def undo(self, client: str | None = None, *, step: int | None = None, dry_run: bool = False) -> Outcome:
        """Undo the last step, or the last that touched this client, for all that it touched.

        With `step`, the one of that number. An undoing that was cut short when all was done is the one that is typed
        again.
        Raises NothingToUndo, and Changed where a file is no longer as the step left it.
        """
        with self._writing(dry_run) as writer:
            finished = self._recovery.finished("undoing") if step is None else None
            history = [*([finished] if finished else ()), *self.history()] if client is not None else []
            names = short_names(client, history) if client is not None else set()
            if finished and (client is None or not names.isdisjoint(touched.client for touched in finished.clients)):
                return self._outcome(finished, inverse(finished.files), writer)
            for done in self.journal.steps("done", strict=True):
                if client is not None and names.isdisjoint(touched.client for touched in done.clients):
                    continue
                if step is None or step == done.id:
                    return self._replay(done, inverse(done.files), writer, "undoing", "undone", dry_run)
        raise NothingToUndo("There is nothing to undo" + (f" on {client}" if client else ""))

    def redo(self, *, dry_run: bool = False) -> Outcome:
        """Do again what was undone last. Raises NothingToUndo, and Changed where a file is not as it was then.

        A redoing that was cut short when all was done is the one that is typed again.
        """
        with self._writing(dry_run) as writer:
            if finished := self._recovery.finished("redoing"):
                return self._outcome(finished, finished.files, writer)
            undone = sorted(self.journal.steps("undone"), key=lambda step: -step.order)
            if not undone:
                raise NothingToUndo("There is nothing to redo")
            return self._replay(undone[0], undone[0].files, writer, "redoing", "done", dry_run)

    @contextlib.contextmanager
    def _writing(self, dry_run: bool) -> Iterator[atomic.Writer]:
        """The writer under the lock, or for a dry run without it. Raises CannotReach where a step is unfinished."""
        if dry_run:
            yield atomic.Writer(self.root)
        else:
            with self.locked() as writer:
                if self._recovery.unfinished():
                    why = writer.warnings.pop().message if writer.warnings else "A command was cut short"
                    raise CannotReach(f"{why}. Until then nothing is undone or redone")
                yield writer

    def _replay(
        self, step: Step, changes: tuple[FileChange, ...], writer: atomic.Writer, during: State, after: State,
        dry_run: bool,
    ) -> Outcome:  # fmt: skip
        """Make the changes of a step or their inverses, with the step in the state `during`, and `after` in the end.

        Raises Changed where a file is not as these changes expect it, and what `act` raises.
        """
        bounds.check(self.root, changes)
        differs = first_differing(self.root, first_states(changes))
        if differs is not None:
            way = "back" if after == "undone" else "up again"
            raise Changed(f'"{step.words}" cannot be taken {way}: the file was changed since', file=differs)
        if not dry_run:
            with self._uninterrupted():
                begun = self.journal.mark(step, during)
                self._apply(begun, changes, writer)
                self._mark(begun, after, writer)
        return self._outcome(step, changes, writer)

    def finished(self, typed: Sequence[str], day: str) -> Outcome | None:
        """What an act did that was cut short and then finished, by its command line and its ISO day; None for none."""
        for found in self.recovered:
            step = found.step
            if (found.was, found.warning, step.typed, step.at[: len(day)]) == ("doing", None, tuple(typed), day):
                return self._outcome(step, step.files, atomic.Writer(self.root))
        return None

    def _outcome(self, step: Step, changes: tuple[FileChange, ...], writer: atomic.Writer) -> Outcome:
        """What these changes have made of the dossiers of a step."""
        on_dossiers = (PlannedWrite(done.change, (), done.cover, done.was) for done in effects(step, changes))
        writes = (*on_dossiers, *self._of_papers(step, changes))
        return Outcome(writes, tuple(writer.warnings), step.words)

    def _of_papers(self, step: Step, changes: Sequence[FileChange]) -> Iterator[PlannedWrite]:
        """The clients whose papers alone were touched, their dossiers as they are."""
        if not any(isinstance(change, Carried) for change in changes):
            return
        for touched in step.clients:
            with contextlib.suppress(NoClient, Unreadable, CannotReach):
                cover = self.binder.read(touched.client).dossier.cover
                yield PlannedWrite(Change(cover.client, cover.name, cover.next, cover.next, (), step.words), (), cover)

    def history(self) -> list[Step]:
        """The steps that can be undone, newest first."""
        return list(self.journal.steps("done"))
