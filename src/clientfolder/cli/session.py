"""What one command line has at hand: the world, the folder, what lies there, and the one way to write into it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from clientfolder.binder.binder import HANDED_OVER, Binder, file_of
from clientfolder.binder.index.index import Contents
from clientfolder.cli.output.counting import CountingLine
from clientfolder.cli.typed_line import TypedLine
from clientfolder.dates import rhythm
from clientfolder.dates.availability import weekdays
from clientfolder.dates.calendar import Month
from clientfolder.dossier.concerns import Clock
from clientfolder.dossier.covers import USUAL, Covers, ListedCovers, kind_of, with_owner
from clientfolder.dossier.types import Cover
from clientfolder.errors import (
    CannotReach,
    Interrupted,
    Trouble,
    Warned,
)
from clientfolder.tickler.concerned import Concerned, concerned
from clientfolder.tickler.desk import Desk, lay_out
from clientfolder.tickler.load import Room, loads, weigh
from clientfolder.tickler.next_date import Planning
from clientfolder.tickler.today import sections
from clientfolder.workspace import Environment, Workspace

if TYPE_CHECKING:
    from clientfolder.binder.handed_over import HandedOver
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite, Transactions
    from clientfolder.cli.rescue import Rescue
    from clientfolder.dossier.sheet import PaperFile


class DoneAlready(Exception):
    """What was typed is what a killed command had typed, and all of it was written."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


class Session:
    """One command line; `line` is what to paste where it is refused, `warnings` what is told beside its result."""

    def __init__(
        self,
        environment: Environment,
        workspace: Workspace,
        *,
        json: bool = False,
        dry_run: bool = False,
        line: TypedLine | None = None,
        typed: Sequence[str] = (),
    ) -> None:
        self.environment = environment
        self.workspace = workspace
        self.json = json
        self.dry_run = dry_run
        self.line = line or TypedLine()
        # The directory, the words of the command line, and what was piped in; empty once an answer was given by hand.
        self.typed = [*typed]
        self.warnings: list[Warned] = []
        # A byte that was read behind Escape, and belongs to the key that is read next.
        self.key_ahead = b""
        self._has_written = self._has_told_odd = False
        # The folder, if the next echo is to say where it is.
        self._untold_folder: str | None = None

    def begin(self, folder: str | None, today: str | None, *, json: bool, dry_run: bool) -> None:
        """Take in what the options for every command say."""
        self.workspace = Workspace(self.environment, folder, today)
        self.json, self.dry_run = json, dry_run

    # Fetching -----------------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        return self.workspace.day

    @cached_property
    def binder(self) -> Binder:
        binder = self.workspace.binder
        if not self.json:
            binder.progress = self.counting.tell
        return binder

    @cached_property
    def counting(self) -> CountingLine:
        """The line that counts while something long goes on."""
        return CountingLine(self.environment)

    @cached_property
    def transactions(self) -> Transactions:
        """Who does the acts."""
        # Here and not above: most commands of a day only look.
        from clientfolder.binder.journal.transactions import Transactions

        return Transactions(self.binder)

    @cached_property
    def contents(self) -> Contents:
        """All dossiers, read once."""
        self.warnings += self.workspace.setting_warnings
        found = self.binder.contents()
        if self.binder.interrupted():
            self.warnings.append(
                Warned("io", "A command was cut short while it wrote; the next one that writes settles it")
            )
        return found

    def everything(self) -> Contents:
        """All dossiers for a page that shows them; their odd values become warnings, once."""
        for cover in () if self._has_told_odd else self.contents.covers.odd():
            self.warn_of_odd(cover)
        self._has_told_odd = True
        return self.contents

    def warn_of_odd(self, cover: Cover) -> None:
        """One warning for each value that is shown as it stands."""
        if not cover.odd:
            return
        from clientfolder.binder.toml import scanner

        try:
            text = self.binder.read(cover.client).text
        except Trouble:
            text = ""
        for odd, line in zip(cover.odd, scanner.lines_of(text, [odd.path for odd in cover.odd]), strict=True):
            place = f"{file_of(cover.client)}, line {line}" if line else file_of(cover.client)
            path = ".".join(map(str, odd.path))
            self.warnings.append(Warned("odd_value", f"{place}: {path} {odd.message}; it is shown as it stands"))

    @cached_property
    def lent(self) -> Mapping[str, HandedOver]:
        """The dossiers that are out with somebody."""
        if not self.binder.has(HANDED_OVER):
            return {}
        from clientfolder.binder import handed_over

        return handed_over.lent(self.workspace.root)

    @cached_property
    def desk(self) -> Desk:
        return lay_out(self.contents.covers, self.day, self.every)

    @cached_property
    def load(self) -> Mapping[date | Month, int]:
        """How many dossiers lie at each day and month."""
        return loads(self.contents.covers, self.day)

    @cached_property
    def room(self) -> Room:
        """What each day has room for, and what lies there."""
        settings = self.workspace.settings
        weight = weigh(self.contents.covers, self.day, settings.weights) if settings.weights else self.load
        return Room(self.workspace.working, settings.capacity, weight)

    @cached_property
    def concerned(self) -> Concerned:
        """Who complains, waits for an answer, and is to be greeted."""
        return concerned(self.contents.covers, self.clock, self.workspace.settings.greet)

    @cached_property
    def pile(self) -> Covers:
        """Who is to be called today, in the order in which it is done."""
        found = sections(self.desk, self.concerned)
        if not self.concerned.complaints and not self.concerned.waiting:
            return self.desk.pile
        return ListedCovers(cover for section in found for cover in section.covers)

    @cached_property
    def clock(self) -> Clock:
        """By what it is told how long somebody waits."""
        return self.workspace.settings.clock(self.workspace.now, self.workspace.working)

    def papers_of(self, client: str) -> list[PaperFile]:
        """A client's papers; where they cannot be listed that is a warning, and whatever else is shown is there."""
        from clientfolder.binder import papers

        try:
            return papers.listed(self.workspace.root, client)
        except CannotReach as trouble:
            self.warnings.append(Warned("io", f"{trouble.file}: {trouble.message}; the papers are not shown"))
            return []

    def every(self, cover: Cover) -> rhythm.Rhythm | None:
        """The client's own rhythm, else that of the settings, which is for clients and not for slips."""
        own = rhythm.parse(cover.rhythm) if cover.rhythm else None
        return own or (None if cover.is_slip else self.workspace.settings.every(cover.tags))

    def weight(self, kind: str) -> float:
        """How much of a day a contact of this kind takes."""
        return self.workspace.settings.weights.get(kind_of(kind), 1)

    def take_room(self, on: date, kind: str) -> None:
        """One more contact is planned for that day, and not yet written: the next one sees it there."""
        weight = {**self.room.weight, on: self.room.weight.get(on, 0) + self.weight(kind)}
        self.room = self.room._replace(weight=weight)

    def planning(self, cover: Cover, kind: str = USUAL) -> Planning:
        """What a date of this client, for a contact of that kind, is computed with."""
        ladder, not_on = self.workspace.settings.ladder, weekdays(cover.not_on)
        return Planning(self.day, self.room, self.every(cover), ladder, not_on, self.weight(kind))

    def shown(self, cover: Cover) -> Cover:
        """The cover as a page tells it: a slip with the name of its client beside its own, and the client's number."""
        return with_owner(cover, self.contents.covers)

    # Asking -------------------------------------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        return not self.json and self.environment.can_ask

    def turn_to_terminal(self) -> None:
        """Standard input was read to its end: questions are answered at the terminal, where there is one."""
        if not self.json and not self.environment.can_ask and (terminal := self.environment.terminal()):
            self.environment = self.environment._replace(stdin=terminal)

    def message(self, trouble: Trouble) -> str:
        """What went wrong, and behind it the command that goes on from here as it would be typed."""
        return f"{trouble.message}: {self.line.to(*trouble.then)}" if trouble.then else trouble.message

    @property
    def interrupted(self) -> Interrupted:
        """The error for a Ctrl-C that came at no question."""
        return Interrupted("Interrupted, when all was written already" if self._has_written else "Interrupted")

    @property
    def nothing_written(self) -> str:
        """How an error says that an act came to nothing: what was done before it stays."""
        return "nothing more was written" if self._has_written else "nothing was written"

    @cached_property
    def rescue(self) -> Rescue:
        """Keeps what was typed until it is written."""
        # Here and not above, as for the transactions.
        from clientfolder.cli.rescue import Rescue

        return Rescue(self.environment, self.workspace, is_dry=self.dry_run)

    # Doing --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Before a command that writes reads what it plans on: finish or take back what a killed one left.

        What cannot be settled yet is told when the command writes. Raises DoneAlready where the killed one was this
        very command, and all of it was written.
        """
        if self.dry_run:
            return
        self.binder.is_about_to_write = True
        with contextlib.suppress(Trouble):
            if not self.binder.interrupted():
                return
            warnings = self.transactions.recover()
            # Who types it again knows that it was cut short.
            recovered, words = self.transactions.recovered, tuple(self.typed)
            again = [one.warning for one in recovered if words and one.step.typed[: len(words)] == words]
            self.warnings += [warning for warning in warnings if warning not in again]
        self.check_done_already()

    def check_done_already(self) -> None:
        """Raises DoneAlready where what was typed is what the step that was just settled has done."""
        # Where no transactions were made, nothing was recovered.
        if not self.typed or "transactions" not in self.__dict__:
            return
        if done := self.transactions.finished(self.typed, str(self.day)):
            raise DoneAlready(done)

    def act(self, decide: Callable[[], Sequence[PlannedWrite]], words: str | None = None) -> Outcome:
        """Do it under the lock, or with `--dry-run` only work it out; then the contents are as it left them."""
        now = self.workspace.now
        outcome = self.transactions.act(
            decide, at=now.isoformat(), words=words, typed=self.typed, written=self._before_done, dry_run=self.dry_run
        )
        self.rescue.let_go()
        self._has_written |= not self.dry_run
        self.take_in(outcome)
        return outcome

    def _before_done(self) -> None:
        """What else is written of an act: before it is marked as done, up to when it is known if it is typed again."""
        self.rescue.let_go()
        self._find_untold_folder()

    def folder_to_tell(self) -> str | None:
        """The folder, where it is not the default one and no echo of this day has said so; then this one does."""
        self._find_untold_folder()
        folder, self._untold_folder = self._untold_folder, None
        return folder

    def _find_untold_folder(self) -> None:
        if self.dry_run or self.json or self._untold_folder:
            return
        # Here and not above, as for all that only a writing command wants.
        from clientfolder.binder import folder_notice

        if not folder_notice.was_given(self.binder, self.day) and (folder := self.workspace.elsewhere):
            folder_notice.give(self.binder, self.day)
            self._untold_folder = folder

    def take_in(self, outcome: Outcome) -> None:
        self.warnings += outcome.warnings
        if not any(write.change.client for write in outcome.writes):
            # It touched no dossier, so that none need be read.
            return
        gone = [write.change.client for write in outcome.writes if write.cover is None]
        gone += [write.was for write in outcome.writes if write.was is not None]
        covers = self.contents.covers.replaced(gone, (write.cover for write in outcome.writes if write.cover))
        self._lay_down(self.contents._replace(covers=covers))

    def look_ahead(self, outcome: Outcome) -> None:
        """With `--dry-run`, the contents as a step would leave them, that was worked out by the transactions alone."""
        if self.dry_run:
            self.take_in(outcome._replace(warnings=()))

    def look_again(self) -> None:
        """Read what has changed in the folder since the contents were read, the settings too."""
        self.__dict__.pop("lent", None)
        self.workspace.look_again()
        self._lay_down(self.binder.contents())

    def _lay_down(self, contents: Contents) -> None:
        self.contents = contents
        for name in ("desk", "load", "room", "concerned", "pile", "clock"):
            self.__dict__.pop(name, None)
