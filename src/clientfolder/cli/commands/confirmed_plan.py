"""A plan that wants a yes: shown with its reasons, asked once, and done in one step on what the files say then."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from clientfolder.cli.commands.confirm import ask_for, planned, without_yes
from clientfolder.cli.output.json import plan_json
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span, Window
from clientfolder.cli.pages.plan import plan_page
from clientfolder.cli.session import Session
from clientfolder.dates.phrases import When
from clientfolder.dossier.types import Cover
from clientfolder.errors import Changed, Refused, Warned
from clientfolder.settings import FILE, Settings
from clientfolder.text import counted
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request
from clientfolder.tickler.load import promised_days
from clientfolder.tickler.plan_view import PlanView, TimeAway, view_plan
from clientfolder.tickler.spreading import Move, Plan, Terms
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite


class PlanInputs(NamedTuple):
    """What a plan is made from: the dossiers it is for, the room of the days, and the settings."""

    covers: tuple[Cover, ...]
    terms: Terms
    settings: Settings

    def is_as(self, other: PlanInputs) -> bool:
        """Whether the same plan comes of both."""
        mine, theirs = self.terms, other.terms
        same_days = (mine.room, mine.load) == (theirs.room, theirs.load)
        return same_days and (self.covers, self.settings) == (other.covers, other.settings)


class ConfirmedPlan(ABC):
    """What a plan is made of, and what is done with it. `words`: what it is in history."""

    days_off: tuple[date, ...] = ()

    def __init__(self, session: Session, words: str) -> None:
        self.session, self.words = session, words

    @abstractmethod
    def inputs(self) -> PlanInputs:
        """What a plan is made from, as the contents are now."""

    @abstractmethod
    def plan(self, inputs: PlanInputs) -> Plan:
        """The plan for that."""

    @abstractmethod
    def left(self, plan: Plan) -> tuple[Refused, ...]:
        """What the plan could not do."""

    def warnings(self, plan: Plan) -> Iterable[Warned]:
        """Codes for scripts of what the page says in its bars."""
        return ()

    def closing(self) -> tuple[Line, ...]:
        """What the page ends with."""
        return ()

    def view(self, plan: Plan) -> PlanView:
        """All that is told of the plan."""
        session = self.session
        return view_plan(plan, session.day, promised_days(session.contents.covers), self.away(plan))

    def away(self, plan: Plan) -> TimeAway | None:
        """What is told of an absence, where the plan is for one."""
        return None

    def carried_out(self, yes: bool) -> Result:
        """Show it, ask, and do it. Where nobody can be asked it is only shown."""
        session, inputs = self.session, self.inputs()
        plan = self.plan(inputs)
        if not plan.moves and not self.days_off:
            return self._told(plan, None)
        asked = not yes and not session.dry_run
        if asked and not session.can_ask:
            return without_yes(session, self._told(plan, None)._replace(errors=session.contents.unreadable))
        if asked:
            self._ask(plan)
        outcome, plan = self._done(plan, inputs, asked)
        return self._told(plan, outcome, short=asked)

    def _ask(self, plan: Plan) -> None:
        session, moves = self.session, len(plan.moves)
        enter = f"Take {counted(len(self.days_off), 'day')} off" if self.days_off else ""
        move = f"move {f'these {moves}' if moves > 1 else 'this one'}" if moves else ""
        question = " and ".join(filter(None, (enter, move)))
        page = [*plan_page(self.view(plan), Window.of(session.environment)), *self._unread()]
        ask_for(session, page, f"{question[0].upper()}{question[1:]}?")

    def _unread(self) -> Iterator[Line]:
        """What the plan does not know of is told before the question; which and why stands in the errors after it."""
        if count := len(self.session.contents.unreadable):
            yield EMPTY
            yield (Span(f" UNREADABLE   {counted(count, 'dossier')}, in no plan: cf doctor", "late"),)

    def _done(self, shown: Plan, inputs: PlanInputs, asked: bool) -> tuple[Outcome, Plan]:
        """Do it on what the files say under the lock; another plan than the one agreed to is not done."""
        session = self.session
        plans = [shown]

        def decide() -> list[PlannedWrite]:
            session.look_again()
            now = self.inputs()
            # Others wait for the lock: where nothing has changed, the plan is not made a second time.
            plans.append(shown if now.is_as(inputs) else self.plan(now))
            if asked and plans[-1].steps != shown.steps:
                raise self._outdated()
            return [*self._taken_off(), *(self._moved(move) for move in plans[-1].moves)]

        return session.act(decide, self._act_words(shown)), plans[-1]

    def _taken_off(self) -> Iterator[PlannedWrite]:
        """The days off entered into the settings."""
        from clientfolder.binder.toml import settings_file

        if self.days_off:
            entered = partial(settings_file.entered, days=self.days_off, file=FILE)
            yield self.session.transactions.revise_settings(entered, self.words)

    def _moved(self, move: Move) -> PlannedWrite:
        """One dossier moved, as firm as it was. Raises Changed where the file says something else by now."""
        read = self.session.binder.read(move.cover.client)
        now = read.dossier.cover
        if (now.next, now.resting) != (move.cover.next, move.cover.resting):
            raise self._outdated()
        how = now.next.how if now.next else None
        words = f"Moved {now.name}"
        change = acts.refile(now, When(move.to), Request(), at=self.session.workspace.now, words=words, how=how)
        return self.session.transactions.revise(read, change)

    def _outdated(self) -> Changed:
        message = "A dossier was changed meanwhile, and the plan is another now. Nothing was written"
        return Changed(message, repeat=str(self.session.line))

    def _act_words(self, plan: Plan) -> str:
        return f"{self.words}: {' and '.join(self._parts(plan))}"

    def _what_was_done(self, plan: Plan) -> str:
        parts = self._parts(plan)
        return f"{', '.join(parts)}. Back again: cf undo" if parts else "Nothing had to be moved any more."

    def _parts(self, plan: Plan) -> list[str]:
        off = [f"{counted(len(self.days_off), 'day')} off"] if self.days_off else []
        return [*off, *([f"{counted(len(plan.moves), 'dossier')} moved"] if plan.moves else [])]

    def _told(self, plan: Plan, outcome: Outcome | None, *, short: bool = False) -> Result:
        """The plan and what was done of it; where it was shown before the question, only that."""
        session = self.session
        session.warnings += self.warnings(plan)
        view = self.view(plan)
        # What cannot be read may have to move as well, and nobody knows.
        left = (*session.contents.unreadable, *self.left(plan))
        result = planned(
            session, lambda window: plan_page(view, window), plan_json(view), outcome, self._what_was_done(plan),
            closing=self.closing(), is_shown=short,
        )  # fmt: skip
        return result._replace(exit=1 if left else 0, errors=left, shown=frozenset({"over_capacity"}))
