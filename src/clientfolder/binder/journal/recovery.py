"""Recovery: finish or roll back the steps that a killed command left in the journal.

All of it is done by the holder of the folder's lock, before anything else is written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

from clientfolder.binder import bounds, papers
from clientfolder.binder.journal import atomic
from clientfolder.binder.journal.journal import UNFINISHED, Journal, Name, State, Step
from clientfolder.binder.journal.operations import Carried, FileChange, applied, foreign_files, inverse
from clientfolder.errors import CannotReach, Trouble, Warned
from clientfolder.tuples import NamedTuple

# The state to which a step returns when it is rolled back on its way; None: it was never done, and is no step.
_STATE_BEFORE: dict[State, State | None] = {"doing": None, "undoing": "done", "redoing": "undone"}


class Recovered(NamedTuple):
    """A step that a killed command had left in the state `was`, as it stands now.

    `warning`: what there is to tell of one that was rolled back; None for one that was finished.
    """

    step: Step
    was: State
    warning: Warned | None


class Recovery:
    """Recovers the steps of one journal. `root` is the folder's path; `recovered` gathers what was recovered."""

    def __init__(self, root: str, journal: Journal) -> None:
        self.root = root
        self.journal = journal
        self.recovered: list[Recovered] = []

    def unfinished(self) -> list[Name]:
        """The steps that were begun and not ended; none where the journal cannot be read."""
        with contextlib.suppress(CannotReach):
            return [name for name in self.journal.names() if name.state in UNFINISHED]
        return []

    def finished(self, was: State) -> Step | None:
        """The last step that was found in this state and could be finished."""
        return next((found.step for found in reversed(self.recovered) if found.was == was and not found.warning), None)

    def run(self, writer: atomic.Writer) -> None:
        """Recover every unfinished step, and take away what the killed commands left beside the files.

        What cannot be recovered now becomes a warning of the writer, and stays for the next command: it must not stop
        this one.
        """
        for name in self.unfinished():
            try:
                if step := self.journal.read(name):
                    self._recover(step, writer)
                else:
                    self._unmark(Step(name.id, "", "", (), (), (), name.state, name.order))
            except Trouble as trouble:
                where = f"{trouble.file}: " if trouble.file else ""
                message = f"A command was cut short and cannot be settled yet: {where}{trouble.message}"
                writer.warnings.append(Warned("io", message))
        self._remove_unused_copies()

    def _recover(self, step: Step, writer: atomic.Writer) -> None:
        """Mark a step as ended if all its changes are on the disk; else roll back those that are."""
        forward = inverse(step.files) if step.state == "undoing" else step.files
        bounds.check(self.root, forward)
        self._remove_temporary(step)
        if applied(self.root, forward) == len(forward):
            there = self.journal.mark(step, "undone" if step.state == "undoing" else "done")
            self.recovered.append(Recovered(there, step.state, None))
            return
        back = self.roll_back(step, forward, writer)
        quoted = f'"{step.words}"'
        what = {"undoing": f"The undoing of {quoted}", "redoing": f"The redoing of {quoted}"}
        again = "" if step.state in what else "; say it again"
        warning = Warned("io", f"{what.get(step.state, quoted)} was cut short, and was taken back{again}")
        self.recovered.append(Recovered(back, step.state, warning))
        writer.warnings.append(warning)

    def roll_back(self, step: Step, changes: Sequence[FileChange], writer: atomic.Writer) -> Step:
        """Bring the files to where they were before these changes of the step; the step, as it was before them.

        A file that something else has changed since is left as it is. Raises CannotReach, Changed.
        """
        left = set(foreign_files(self.root, changes))
        for change in inverse(changes[: applied(self.root, changes)]):
            if left.isdisjoint(change.states()[0]):
                change.apply(writer)
        return self._unmark(step)

    def _unmark(self, step: Step) -> Step:
        """The step is again what it was before it set out: done, undone in its place among those, or none at all."""
        before = _STATE_BEFORE[step.state]
        if before is None:
            self.journal.discard(step.name)
            return step
        return self.journal.mark(step, before)

    def _remove_temporary(self, step: Step) -> None:
        """Take away the temporary files that the killed command left beside the files of the step."""
        every = [states for change in step.files for states in change.states()]
        contents = {state for states in every for state in states.values() if isinstance(state, bytes)}
        atomic.clear({os.path.join(self.root, path) for states in every for path in states}, contents)

    def _remove_unused_copies(self) -> None:
        """Take away the copies of papers that belong to no step: who made them was killed, or is just copying.

        Where the journal cannot be read, all of them stay.
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
