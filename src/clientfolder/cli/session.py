"""What a command has at hand: the office, somebody to ask, and the ways in which every command finds and tells."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from clientfolder.binder import files
from clientfolder.binder.binder import PRIVATE, Binder, client_of, file_of, stem_of
from clientfolder.binder.index import lookup
from clientfolder.binder.index.index import Contents
from clientfolder.binder.journal import lock
from clientfolder.cli.output.terminal import FullOutput, Line, Span, Window, fitted, one_line, put, row
from clientfolder.cli.output.words import for_day, title, where
from clientfolder.cli.typed_line import TypedLine
from clientfolder.dates import rhythm
from clientfolder.dates.availability import weekdays
from clientfolder.dates.calendar import Month
from clientfolder.dossier.covers import USUAL, kind_of
from clientfolder.dossier.slips import with_owner
from clientfolder.dossier.types import Cover, is_slip
from clientfolder.errors import (
    Ambiguous,
    CannotReach,
    Changed,
    Interrupted,
    Mistyped,
    NoClient,
    Refused,
    Trouble,
    Unreadable,
    Warned,
)
from clientfolder.text import comparable, visible
from clientfolder.tickler.desk import Desk, lay_out, loads, weigh
from clientfolder.tickler.load import Room
from clientfolder.tickler.next_date import Planning
from clientfolder.workspace import Environment, Workspace

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite, Transactions
    from clientfolder.binder.papers import PaperFile


# No system takes a longer word on a command line than 128 KiB; what is kept in a file need not be repeated then.
MOST_TO_PASTE = 30_000


class DoneAlready(Exception):
    """What was typed is what a killed command had typed, and all of it was written."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


@dataclass
class Session:
    """The counter at the door, for one command line; `line` is what to paste where that is refused."""

    environment: Environment
    workspace: Workspace
    json: bool = False
    dry_run: bool = False
    line: TypedLine = field(default_factory=TypedLine)
    # The directory, the words of the command line, and what was piped in; empty once an answer was given by hand.
    said: list[str] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    _rescued: str | None = None
    _has_written: bool = False

    # Fetching -----------------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        return self.workspace.day

    @property
    def binder(self) -> Binder:
        return self.workspace.binder

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
        """All dossiers for a page that shows them; their odd values become warnings."""
        for cover in self.contents.covers.odd():
            self.warn_of_odd(cover)
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

    def find(self, typed: str, *, no_slip: bool = False) -> Cover:
        """The client meant; asks on a terminal where several fit.

        Raises NoClient, Ambiguous or Unreadable, and Mistyped for a comma, behind which another would stand.
        """
        one = typed.rstrip(" ,")
        if typed.endswith(",") and one:
            raise Mistyped(f"{typed} has a comma behind it, and one act has one client", typed, one)
        self._check_unreadable(typed)
        covers = self.contents.covers.contacts if no_slip else self.contents.covers
        try:
            cover = lookup.find(covers, typed, lambda: self.desk.pile.clients)
        except Ambiguous as several:
            if not self.can_ask:
                raise
            cover = self._choose(several, typed)
        except NoClient:
            # It may be one that cannot be read, and is known by its file's name alone.
            for trouble in self.contents.unreadable:
                client = client_of(trouble.file or "")
                if lookup.fit(Cover(client, stem_of(client).replace("-", " ")), comparable(typed)):
                    raise trouble from None
            raise
        self.warn_of_odd(cover)
        return cover

    def _check_unreadable(self, typed: str) -> None:
        """A client whose dossier cannot be read is not nobody: its own letter says what is wrong."""
        for trouble in self.contents.unreadable:
            is_meant = comparable(typed) == comparable(client_of(trouble.file or ""))
            # One that is spelt to the letter, and readable, must not be stopped by a twin that is not.
            if is_meant and self.contents.covers.of_client(typed) is None:
                raise trouble

    def find_file(self, typed: str) -> tuple[str, str]:
        """Short name and name of the client meant; a dossier that cannot be read is found by its file's name."""
        try:
            cover = self.find(typed)
        except (Unreadable, CannotReach, NoClient) as trouble:
            plain = re.sub(r"\s+", "-", comparable(typed))
            broken = [client_of(other.file or "") for other in self.contents.unreadable]
            fits = (
                [client for client in broken if client == typed]
                or [client for client in broken if comparable(client) in (plain, comparable(typed))]
                or [client for client in broken if len(plain) >= lookup.LEAST_LETTERS and client.startswith(plain)]
                or [client for client in broken if is_slip(client) and comparable(stem_of(client)) == plain]
            )
            if len(fits) != 1:
                raise trouble
            return fits[0], fits[0]
        return cover.client, cover.name

    def _choose(self, several: Ambiguous, typed: str) -> Cover:
        covers = [cover for client in several.candidates if (cover := self.contents.covers.of_client(client))]
        paper = Window.of(self.environment)
        room = len(covers) if paper.rows is None else paper.rows - 3
        lines = [
            row(
                [Span(f"{number:4}  "), Span(one_line(title(self.shown(cover))), "bold"), Span("  ")],
                [Span(fitted(where(cover, self.day), 30), "dim")],
                columns=paper.columns - 1,
            )
            for number, cover in enumerate(covers[:room], 1)
        ]
        if room < len(covers):
            lines.append((Span(f"      {len(covers) - room} more: type more letters", "dim"),))
        self.show(lines)
        answer = self.ask(f"Which {visible(typed)}? ").strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(covers):
            return covers[int(answer) - 1]
        raise several

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

    def held(self, on: date | Month) -> str:
        """How many lie there; and what they weigh, where that is something else."""
        count, weight = self.load[on], self.room.weight.get(on, 0)
        return f"{count}" if weight == count else f"{count} (weighing {weight:g})"

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

    def show(self, lines: Iterable[Line]) -> None:
        """Print before a question; what a command answers with is printed when it has ended. Raises CannotReach."""
        try:
            put(lines, Window.of(self.environment), self.environment)
        except FullOutput as full:
            raise CannotReach(f"Standard output: {full}; nothing {self._more}was written") from None

    def ask(self, question: str) -> str:
        """One line typed by the user.

        Raises Interrupted at Ctrl-C, Refused at the end of the input and for what is no text in UTF-8.
        """
        self.said.clear()
        try:
            return self.in_utf_8(_bytes(self._typed_line(question)), "What was typed")
        except KeyboardInterrupt:
            self._end_line()
            raise Interrupted(f"Interrupted; nothing {self._more}was written") from None
        except EOFError:
            self._end_line()
            raise Refused(f"The input ended at a question; nothing {self._more}was written") from None
        except OSError as error:
            raise CannotReach(f"Nothing can be asked: {files.reason(error)}; nothing {self._more}was written") from None

    def _end_line(self) -> None:
        """The letter stands on a line of its own, below the question that was left."""
        if self.environment.stderr.isatty():
            self.environment.stderr.write("\n")

    @property
    def interrupted(self) -> Interrupted:
        """The letter for a Ctrl-C that came at no question."""
        return Interrupted("Interrupted, when all was written already" if self._has_written else "Interrupted")

    @property
    def _more(self) -> str:
        return "more " if self._has_written else ""

    def _typed_line(self, question: str) -> str:
        if self.environment.has_keyboard and self.environment.stdout.isatty():
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401  so that what is typed can be edited
            return input(question)
        self.environment.stderr.write(question)
        self.environment.stderr.flush()
        line = self.environment.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    def read_bytes(self, most: int = files.MOST_BYTES) -> bytes:
        """Standard input to its end. Raises Refused where that is not after `most` bytes, CannotReach."""
        stream = getattr(self.environment.stdin, "buffer", None)
        try:
            # No more than one byte too many is read: the input may have no end.
            found = stream.read(most + 1) if stream else _bytes(self.environment.stdin.read(most + 1))
        except OSError as error:
            raise CannotReach(f"Standard input cannot be read: {files.reason(error)}; nothing was written") from None
        if len(found) > most:
            raise Refused(f"Standard input is larger than {most // 1_000_000} MB; nothing was written")
        return bytes(found)

    def read_all(self, most: int = files.MOST_BYTES) -> str:
        """Standard input to its end, line ends as they came.

        Raises as `read_bytes` and `in_utf_8` do, and DoneAlready where that was written before.
        """
        text = self.in_utf_8(self.read_bytes(most), "Standard input")
        if self.said:
            self.said.append(text)
            self._check_done_already()
        return text

    def in_utf_8(self, content: bytes, what: str) -> str:
        """The bytes as text, without a byte order mark; `what` names them in the letter.

        Raises Refused where they are no UTF-8; then the letter names a file in which they are kept as they came.
        """
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            where = f" (line {line})" if b"\n" in content.strip() else ""
            message = f"{what} is no text in UTF-8{where}; nothing {self._more}was written"
            kept = None if self.dry_run else self._lay_in_file(content)
            raise Refused(f"{message}. It is kept as it came in {kept}" if kept else message) from None

    def agree(self, covers: Sequence[Cover], yes: bool) -> bool:
        """Whether promised dates may be changed: by `--yes`, or a yes on the terminal."""
        if yes or not covers:
            return True
        if not self.can_ask:
            return False
        for cover in covers:
            assert cover.next
            self.show(
                [
                    (
                        Span("! ", "agreed"),
                        Span(f"{cover.name} was promised {for_day(cover.next, self.day)}"),
                    )
                ]
            )
        return self.yes("Change it all the same?")

    def yes(self, question: str) -> bool:
        """Whether the answer is yes; Enter is a no, and anything else is asked again."""
        while True:
            answer = self.ask(f"{question} [y/N] ").strip().lower()
            if answer in ("y", "yes", "n", "no", ""):
                return answer in ("y", "yes")
            self.show([(Span("y or n, please: that was no answer to this question.", "dim"),)])

    # What was typed is not lost -----------------------------------------------------------------------

    def keep(self, text: str) -> None:
        """Lay a typed text down in a file of its own, instead of the one before, until the act has succeeded."""
        if self.dry_run or not text.strip():
            return
        if path := self._lay_in_file(_bytes(text) + b"\n"):
            self.let_go()
            self._rescued = path

    def _lay_in_file(self, content: bytes) -> str | None:
        """The path of a new file with that content, in the folder or else among the temporary files; None for none."""
        from clientfolder.binder.journal import atomic

        name = f"{self.environment.clock():%Y-%m-%d-%H%M%S}-{os.urandom(3).hex()}.txt"
        for place in (self._place_in_folder, self.environment.temporary_directory):
            with lock.signals_deferred(), contextlib.suppress(CannotReach, Changed, OSError):
                directory = place()
                atomic.Writer(directory).create(name, content)
                return os.path.join(directory, name)
        return None

    def _place_in_folder(self) -> str:
        self.binder.make_private()
        directory = os.path.join(self.workspace.root, PRIVATE, "rescued")
        files.make_directory(directory)
        return directory

    def let_go(self) -> None:
        """The act has succeeded; the file with the typed text goes."""
        if self._rescued:
            with contextlib.suppress(OSError):
                os.unlink(self._rescued)
            self._rescued = None

    def letter(self, trouble: Trouble) -> Trouble:
        """The letter, with where the typed text lies that could not be written; from then on it is the user's."""
        if self._rescued and self._rescued not in trouble.message:
            trouble.message = f"{trouble.message.rstrip('.')}. What you typed is kept in {self._rescued}"
        if self._rescued and len(trouble.repeat or "") > MOST_TO_PASTE:
            trouble.repeat = None
        self._rescued = None
        return trouble

    # Doing --------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Before a command that writes reads what it plans on: finish or take back what a killed one left.

        What cannot be settled yet is told when the command writes. Raises DoneAlready where the killed one was this
        very command, and all of it was written.
        """
        if self.dry_run:
            return
        with contextlib.suppress(Trouble):
            if not self.binder.interrupted():
                return
            warnings = self.transactions.recover()
            # Who types it again knows that it was cut short.
            recovered, words = self.transactions.recovered, tuple(self.said)
            again = [one.warning for one in recovered if words and one.step.typed[: len(words)] == words]
            self.warnings += [warning for warning in warnings if warning not in again]
        self._check_done_already()

    def _check_done_already(self) -> None:
        # Where no transactions were made, nothing was recovered.
        if not self.said or "transactions" not in self.__dict__:
            return
        if done := self.transactions.finished(self.said, str(self.day)):
            raise DoneAlready(done)

    def act(self, decide: Callable[[], Sequence[PlannedWrite]], words: str | None = None) -> Outcome:
        """Do it under the lock, or with `--dry-run` only work it out; then the contents are as it left them."""
        now = self.workspace.now
        outcome = self.transactions.act(
            decide, at=now.isoformat(), words=words, typed=self.said, written=self.let_go, dry_run=self.dry_run
        )
        self.let_go()
        self._has_written |= not self.dry_run
        self.take_in(outcome)
        return outcome

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
        """With `--dry-run`, the contents as a step would leave them, that was worked out by the clerk alone."""
        if self.dry_run:
            self.take_in(outcome._replace(warnings=()))

    def look_again(self) -> None:
        """Read what has changed in the folder since the contents were read, the settings too."""
        self.workspace.look_again()
        self._lay_down(self.binder.contents())

    def _lay_down(self, contents: Contents) -> None:
        self.contents = contents
        for name in ("desk", "load", "room"):
            self.__dict__.pop(name, None)


def _bytes(text: str) -> bytes:
    """The bytes that were typed; what was no UTF-8 among them came as half surrogates."""
    return text.encode("utf-8", "surrogateescape")
