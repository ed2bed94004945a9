"""The clerk: does the acts on the binder, writes them into the daybook, and knows the way back.

An act is done under the folder's lock on what the files say then; questions are asked before. It is written down
in the daybook first, so that an act on several files is finished or taken back, and every act can be undone.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clientfolder.binder import bounds, files, names, papers
from clientfolder.binder.binder import CLIENTS, PRIVATE, REMOVED, Binder, client_of, file_of, stem_of
from clientfolder.binder.journal import atomic, lock
from clientfolder.binder.journal.journal import UNSETTLED, Journal, Name, State, Step, Touched
from clientfolder.binder.journal.operations import (
    ABSENT,
    Carried,
    Created,
    FileChange,
    Moved,
    Replaced,
    applied,
    differing,
    first_states,
    inverse,
    last_states,
    rename_of,
    renamed,
    strange,
    to_lay_ready,
)
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

if TYPE_CHECKING:
    from clientfolder.binder.attaching import Copy

# The client of an act that touches no dossier.
NOBODY = ""
# To which state a step returns that was taken back on its way; None: it was never done, and is no step.
_SET_OUT_FROM: dict[State, State | None] = {"doing": None, "undoing": "done", "redoing": "undone"}


class PlannedWrite(NamedTuple):
    """A Change, what it does to the files, and the cover afterwards (None: the dossier is gone).

    `was`: the short name that the dossier had before, where it has another now.
    """

    change: Change
    files: tuple[FileChange, ...]
    cover: Cover | None
    was: str | None = None


class Outcome(NamedTuple):
    """What an act, an undo or a redo has done. `step` is the act's number in the daybook, where it has one."""

    writes: tuple[PlannedWrite, ...]
    warnings: tuple[Warned, ...] = ()
    words: str = ""
    step: int | None = None


class Settled(NamedTuple):
    """A step that a killed command had left in the state `was`, as it stands now.

    `warning`: what there is to tell of one that was taken back; None for one that was finished.
    """

    step: Step
    was: State
    warning: Warned | None


class Transactions:
    """Acts on the dossiers of one binder. `settled`: what it found cut short, and finished or took back."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.settled: list[Settled] = []
        self.root = binder.root
        self.journal = Journal(binder.path(PRIVATE, "daybook"))

    # Deeds --------------------------------------------------------------------------------------------

    def revise(self, read: DossierFile, change: Change) -> PlannedWrite:
        """A Change written into a sheet. Raises Refused where that cannot be done safely."""
        file = file_of(change.client)
        content = dossier_file.revised(read, change.edits, file)
        cover = dossier_file.read(change.client, file, content).dossier.cover
        changes = (Replaced(file, read.raw, content),) if content != read.raw else ()
        return PlannedWrite(change, changes, cover)

    def put_back(self, client: str, old: bytes, content: bytes, change: Change) -> PlannedWrite:
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

    def lay_down(self, file: str, content: bytes, words: str) -> PlannedWrite:
        """A file that is no dossier, such as a form. Raises Refused where there is one of that name."""
        if os.path.lexists(self.binder.path(file)):
            raise Refused("There is such a file already, and nothing is overwritten", file=file)
        return PlannedWrite(Change(NOBODY, NOBODY, None, None, (), words), (Created(file, content),), None)

    def take_off(self, days: Sequence[date], words: str) -> PlannedWrite:
        """These days entered among the days off of the settings. Raises Unreadable, Refused and CannotReach."""
        from clientfolder.binder.toml import settings_file

        try:
            raw = files.read(self.binder.path(SETTINGS), SETTINGS)
        except FileNotFoundError:
            raise CannotReach("The settings are gone", file=SETTINGS) from None
        changes = (Replaced(SETTINGS, raw, settings_file.entered(raw, days, SETTINGS)),)
        return PlannedWrite(Change(NOBODY, NOBODY, None, None, (), words), changes, None)

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

    def remove(self, client: str, change: Change) -> tuple[PlannedWrite, str]:
        """The dossier set aside in `removed/`, and where it lies then."""
        raw = self.binder.raw(client)
        taken = {name.lower() for name in self._listed(REMOVED)}
        stem = stem_of(client)
        target, number = f"{stem}.toml", 2
        while target.lower() in taken:
            target, number = f"{stem}-{number}.toml", number + 1
        file = f"{REMOVED}/{target}"
        return PlannedWrite(change, (Moved(file_of(client), file, raw),), None), file

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
        if is_slip(but):
            return self.free_slip(name, but=but)
        taken = {client.lower() for client in self.binder.clients() if client != but}
        return names.free(names.short_name(name), taken)

    def free_slip(self, text: str, *, but: str | None = None) -> str:
        """A short name for a slip that no other slip has."""
        taken = {stem_of(slip).lower() for slip in self.binder.slips() if slip != but}
        return f"{SLIP}{names.free(names.slip_name(text), taken)}"

    # Acts ---------------------------------------------------------------------------------------------

    @property
    def _lock(self) -> str:
        return self.binder.path(PRIVATE, "lock")

    @contextlib.contextmanager
    def held(self) -> Iterator[atomic.Writer]:
        """Hold the folder still: nobody else writes, and what a killed command left is settled first.

        Only the settling is undisturbed, not what is read and planned meanwhile. A folder that cannot be written can be
        held as well. Raises CannotReach, also where there are no dossiers to hold, or `.cf/` is a link.
        """
        self.binder.check_private()
        self.binder.check_clients()
        with contextlib.suppress(CannotReach):
            self.binder.make_private()
        clients = self.binder.path(CLIENTS)
        with lock.locked(self._lock, clients, self.binder.patience, (clients, self.journal.directory)):
            writer = atomic.Writer(self.root)
            with lock.signals_deferred():
                self._settle(writer)
            yield writer

    def settle(self) -> tuple[Warned, ...]:
        """Settle what a killed command left, and nothing more; what there is to tell of it. Raises CannotReach."""
        with self.held() as writer:
            return tuple(writer.warnings)

    @staticmethod
    @contextlib.contextmanager
    def _undisturbed() -> Iterator[None]:
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
        said: Sequence[str] = (),
        written: Callable[[], None] = lambda: None,
        dry_run: bool = False,
    ) -> Outcome:
        """Decide on what the files say now, and do it: all of it or nothing.

        Raises Changed, CannotReach or Refused, and then nothing is written. `words` tell an act on many, `said` is
        what was typed, by which the act is known when it is typed again. `written` is called before the act is marked
        as done, for whatever else is to be written with it.
        """
        if dry_run:
            return Outcome(tuple(decide()))
        with self.held() as writer:
            writes = tuple(decide())
            changes = tuple(change for write in writes for change in write.files)
            number = None
            if changes:
                told = words or "; ".join(dict.fromkeys(write.change.words for write in writes))
                step = Step(0, at, told, self._touched(writes), changes, tuple(said))
                with self._undisturbed():
                    number = self._carry_out(step, writer, written)
            return Outcome(writes, tuple(writer.warnings), step=number)

    @staticmethod
    def _touched(writes: Sequence[PlannedWrite]) -> tuple[Touched, ...]:
        """The clients of a step; a renamed one under both its names."""
        found = []
        for write in writes:
            paths = [path for change in write.files for states in change.states() for path in states]
            clients = [write.change.client, *(client_of(path) for path in paths if _is_client(path))]
            found += [Touched(client, write.change.name) for client in dict.fromkeys(clients) if write.files and client]
        return tuple(found)

    def _carry_out(self, step: Step, writer: atomic.Writer, written: Callable[[], None]) -> int | None:
        """Write the step down and do it; its number, or None where it could not be written down."""
        bounds.check(self.root, step.files)
        for change in step.files:
            for path in change.states()[1] if not isinstance(change, Carried) else ():
                files.make_directory(os.path.dirname(self.binder.path(path)))
        try:
            begun = self.journal.begin(step)
        except (CannotReach, Changed) as trouble:
            if len(step.files) > 1:
                raise CannotReach(f"Nothing was written: the daybook cannot be ({trouble.message})") from None
            step.files[0].apply(writer)
            writer.warnings.append(Warned("not_undoable", f"Written, but cannot be undone: {trouble.message}"))
            return None
        self._apply(begun, step.files, writer)
        with contextlib.suppress(CannotReach):
            self._let_papers_go()
            self.journal.tidy()
        written()
        self._mark(begun, "done", writer)
        return begun.id

    def _let_papers_go(self) -> None:
        """The papers of what was undone, and can be redone no more."""
        if waiting := set(papers.waiting(self.root)):
            from clientfolder.binder import attaching

            for step in self.journal.steps("undone"):
                for change in step.files:
                    if isinstance(change, Carried) and change.path in waiting:
                        name = os.path.basename(change.to)
                        attaching.let_go(self.root, change.path, name, change.source, change.digest)

    def _apply(self, step: Step, changes: Sequence[FileChange], writer: atomic.Writer) -> None:
        """Make all the changes; if one fails, take back those made, and the step is what it was before."""
        with writer.laid_ready():
            try:
                if len(changes) > 1:
                    for path, content in to_lay_ready(changes):
                        writer.lay_ready(path, content)
                for change in changes:
                    change.apply(writer)
            except BaseException:
                with contextlib.suppress(Trouble):
                    self._take_back(step, changes, writer)
                raise

    def _mark(self, step: Step, then: State, writer: atomic.Writer) -> None:
        """The last that is written of an act: until then a kill leaves a step that is known when it is typed again."""
        self.binder.keeps_register = False
        try:
            self.journal.mark(step, then)
        except (CannotReach, Changed) as trouble:
            message = f"Written, but the daybook could not be: {trouble.message}"
            writer.warnings.append(Warned("not_undoable", message))

    def _take_back(self, step: Step, changes: Sequence[FileChange], writer: atomic.Writer) -> Step:
        """Bring the files to where they were before the step set out; what something else has changed is left."""
        left = set(strange(self.root, changes))
        for change in inverse(changes[: applied(self.root, changes)]):
            if left.isdisjoint(change.states()[0]):
                change.apply(writer)
        return self._return(step)

    def _return(self, step: Step) -> Step:
        """The step is again what it was before it set out: done, undone in its place among those, or none at all."""
        before = _SET_OUT_FROM[step.state]
        if before is None:
            self.journal.discard(step.name)
            return step
        return self.journal.mark(step, before)

    def _cut_short(self) -> list[Name]:
        """The steps that were begun and not ended; none where the daybook cannot be read."""
        with contextlib.suppress(CannotReach):
            return [name for name in self.journal.names() if name.state in UNSETTLED]
        return []

    def _settle(self, writer: atomic.Writer) -> None:
        """Finish or take back what a killed command left, before anything else is written.

        What cannot be settled now is told, and stays for the next command: it must not stop this one.
        """
        for name in self._cut_short():
            try:
                if step := self.journal.read(name):
                    self._settle_step(step, writer)
                else:
                    self._return(Step(name.id, "", "", (), (), (), name.state, name.order))
            except Trouble as trouble:
                where = f"{trouble.file}: " if trouble.file else ""
                message = f"A command was cut short and cannot be settled yet: {where}{trouble.message}"
                writer.warnings.append(Warned("io", message))
        self._clear_copies()

    def _clear_copies(self) -> None:
        """Take away the copies of papers that belong to no step: who made them was killed, or is just copying.

        Where the daybook cannot be read, all of them stay.
        """
        left = set(papers.waiting(self.root))
        if not left:
            return
        from clientfolder.binder import attaching

        with contextlib.suppress(CannotReach):
            for name in self.journal.names():
                if name.state == "done":
                    continue
                step = self.journal.read(name)
                if step is None:
                    return
                left -= {change.path for change in step.files if isinstance(change, Carried)}
            attaching.clear(self.root, left)

    def _settle_step(self, step: Step, writer: atomic.Writer) -> None:
        forward = inverse(step.files) if step.state == "undoing" else step.files
        bounds.check(self.root, forward)
        self._clear_up(step)
        if applied(self.root, forward) == len(forward):
            there = self.journal.mark(step, "undone" if step.state == "undoing" else "done")
            self.settled.append(Settled(there, step.state, None))
            return
        back = self._take_back(step, forward, writer)
        quoted = f'"{step.words}"'
        what = {"undoing": f"The undoing of {quoted}", "redoing": f"The redoing of {quoted}"}
        again = "" if step.state in what else "; say it again"
        said = f"{what.get(step.state, quoted)} was cut short, and was taken back{again}"
        self.settled.append(Settled(back, step.state, Warned("io", said)))
        writer.warnings.append(Warned("io", said))

    def _clear_up(self, step: Step) -> None:
        """Take away the copies that the killed command had laid beside the files of the step."""
        every = [states for change in step.files for states in change.states()]
        contents = {state for states in every for state in states.values() if isinstance(state, bytes)}
        atomic.clear({self.binder.path(path) for states in every for path in states}, contents)

    # The way back -------------------------------------------------------------------------------------

    def undo(self, client: str | None = None, *, step: int | None = None, dry_run: bool = False) -> Outcome:
        """Take back the last step, or the last that touched this client, for all that it touched.

        With `step`, that very one. An undoing that was cut short when all was done is the one that is typed again.
        Raises NothingToUndo, and Changed where a file is no longer as the step left it.
        """
        with self._for(dry_run) as writer:
            finished = self._finished("undoing") if step is None else None
            history = [*([finished] if finished else ()), *self.history()] if client is not None else []
            names = self._names_of(client, history) if client is not None else set()
            if finished and (client is None or not names.isdisjoint(touched.client for touched in finished.clients)):
                return self._told(finished, inverse(finished.files), writer)
            for done in self.journal.steps("done", strict=True):
                if client is not None and names.isdisjoint(touched.client for touched in done.clients):
                    continue
                if step is None or step == done.id:
                    return self._there_and_back(done, inverse(done.files), writer, "undoing", "undone", dry_run)
        raise NothingToUndo("There is nothing to undo" + (f" on {client}" if client else ""))

    @staticmethod
    def _names_of(client: str, newest_first: Sequence[Step]) -> set[str]:
        """All short names that this dossier has had; it may have been renamed since the one that was said."""
        names = {client}
        renames = [
            {client_of(path) for path in way}
            for step in newest_first
            for change in step.files
            if (way := rename_of(change)) and all(map(_is_client, way))
        ]
        while more := [pair for pair in renames if not names.isdisjoint(pair) and not pair <= names]:
            names = names.union(*more)
        return names

    def redo(self, *, dry_run: bool = False) -> Outcome:
        """Do again what was undone last. Raises NothingToUndo, and Changed where a file is not as it was then.

        A redoing that was cut short when all was done is the one that is typed again.
        """
        with self._for(dry_run) as writer:
            if finished := self._finished("redoing"):
                return self._told(finished, finished.files, writer)
            undone = sorted(self.journal.steps("undone"), key=lambda step: -step.order)
            if not undone:
                raise NothingToUndo("There is nothing to redo")
            return self._there_and_back(undone[0], undone[0].files, writer, "redoing", "done", dry_run)

    @contextlib.contextmanager
    def _for(self, dry_run: bool) -> Iterator[atomic.Writer]:
        if dry_run:
            yield atomic.Writer(self.root)
        else:
            with self.held() as writer:
                if self._cut_short():
                    told = writer.warnings.pop().message if writer.warnings else "A command was cut short"
                    raise CannotReach(f"{told}. Until then nothing is undone or redone")
                yield writer

    def _there_and_back(
        self, step: Step, changes: tuple[FileChange, ...], writer: atomic.Writer, on_the_way: State, there: State,
        dry_run: bool,
    ) -> Outcome:  # fmt: skip
        bounds.check(self.root, changes)
        differs = differing(self.root, first_states(changes))
        if differs is not None:
            way = "back" if there == "undone" else "up again"
            raise Changed(f'"{step.words}" cannot be taken {way}: the file was changed since', file=differs)
        if not dry_run:
            with self._undisturbed():
                begun = self.journal.mark(step, on_the_way)
                self._apply(begun, changes, writer)
                self._mark(begun, there, writer)
        return self._told(step, changes, writer)

    def _finished(self, was: State) -> Step | None:
        """The last step that was found in this state, and is finished."""
        return next((found.step for found in reversed(self.settled) if found.was == was and not found.warning), None)

    def finished(self, said: Sequence[str], day: str) -> Outcome | None:
        """What an act has done that was cut short, by what was typed and on which day; None where there is none."""
        for found in self.settled:
            step = found.step
            if (found.was, found.warning, step.said, step.at[: len(day)]) == ("doing", None, tuple(said), day):
                return self._told(step, step.files, atomic.Writer(self.root))
        return None

    def _told(self, step: Step, changes: tuple[FileChange, ...], writer: atomic.Writer) -> Outcome:
        """What these changes have made of the dossiers of a step."""
        writes = (*_deeds_of(step, changes), *self._deeds_on_papers(step, changes))
        return Outcome(writes, tuple(writer.warnings), step.words)

    def _deeds_on_papers(self, step: Step, changes: Sequence[FileChange]) -> Iterator[PlannedWrite]:
        """The clients whose papers alone were touched, their dossiers as they are."""
        if not any(isinstance(change, Carried) for change in changes):
            return
        for touched in step.clients:
            with contextlib.suppress(NoClient, Unreadable, CannotReach):
                cover = self.binder.read(touched.client).dossier.cover
                yield PlannedWrite(Change(cover.client, cover.name, cover.next, cover.next, (), step.words), (), cover)

    def history(self) -> list[Step]:
        """The steps that can be taken back, newest first."""
        return list(self.journal.steps("done"))


def _is_client(path: str) -> bool:
    return path.startswith((f"{CLIENTS}/", SLIP))


def _deeds_of(step: Step, changes: Sequence[FileChange]) -> Iterator[PlannedWrite]:
    """What became of each dossier of a step: as it was first, and as it is last."""
    first, last = first_states(changes), last_states(changes)
    origin = {path: path for path in last}
    for change in changes:
        if way := rename_of(change):
            origin[way[1]] = origin.pop(way[0], way[0])
    named = {touched.client: touched.name for touched in step.clients}
    for path, came_from in origin.items():
        client_path = path if _is_client(path) else came_from
        if not _is_client(client_path) or first[came_from] == last[path] == ABSENT:
            continue
        old = _cover(came_from, first[came_from]) if _is_client(came_from) else None
        new = _cover(path, last[path]) if _is_client(path) else None
        client, cover = client_of(client_path), new or old
        name = cover.name if cover else named.get(client, client)
        was, is_now = (one.next if one else None for one in (old, new))
        other = client_of(came_from) if old and new and came_from != path else None
        yield PlannedWrite(Change(client, name, was, is_now, (), step.words), (), new, was=other)


def _cover(path: str, state: object) -> Cover | None:
    if not isinstance(state, bytes):
        return None
    try:
        return dossier_file.read(client_of(path), path, state).dossier.cover
    except Unreadable:
        return None
