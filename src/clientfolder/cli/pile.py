"""The desk one by one, `cf today -i`: one key an act, and the questions that the act has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clientfolder import clearing, when
from clientfolder.binder.clerk import Outcome
from clientfolder.clearing import Details, Verdict, Wish
from clientfolder.cli.acts import decided, file_one, put_off, write_entry
from clientfolder.cli.counter import Counter
from clientfolder.cli.desk_page import introduction
from clientfolder.cli.echo import call_now, changes, place_lines, promise_note, somewhere, what_is_left
from clientfolder.cli.key import pressed
from clientfolder.cli.paper import EMPTY, Line, Paper, Result, Span
from clientfolder.cli.slips import ask_done
from clientfolder.covers import USUAL
from clientfolder.dossier import DONE, TASK, Cover, Entry
from clientfolder.errors import Interrupted, Misused, Refused, Trouble

KEYS = "[l]og  [x] no answer  [s]nooze  [n]ext date  [Enter] skip  [u]ndo  [q]uit"
SHORT_KEYS = "[l]og [x] none [s]nooze [n]ext [Enter] skip [u]ndo [q]uit"


def go_through(counter: Counter) -> Result:
    """Show one dossier after the other and do what the keys say. Raises Misused without a terminal."""
    if not counter.can_ask:
        raise Misused("One by one wants a terminal and no --json; in a script: cf today --json")
    pile = _Pile(counter)
    pile.run()
    deeds = tuple(deed for outcome in pile.done for deed in outcome.deeds)
    lines: list[Line] = [EMPTY, *what_is_left(counter), *(somewhere(counter) if deeds else [])]
    return Result(changes(counter, Outcome(deeds)), lambda paper: lines, writes=bool(deeds))


class _Pile:
    """The pile as it lies, and what was done to it since the start."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.done: list[Outcome] = []
        self.skipped: set[str] = set()

    def run(self) -> None:
        while cover := self._on_top():
            left = len(self.counter.desk.pile)
            head = f" {left} left"
            keys = KEYS if Paper.of(self.counter.world).columns > len(KEYS) else SHORT_KEYS
            self.counter.show(
                [EMPTY, (Span(head, "dim"),), *introduction(self.counter, cover), (Span(f" {keys}", "dim"),)]
            )
            if not self._act_on(cover):
                return

    def _on_top(self) -> Cover | None:
        return next((cover for cover in self.counter.desk.pile if cover.client not in self.skipped), None)

    def _act_on(self, cover: Cover) -> bool:
        """Do what one key says; False to end. A mistake at a question leads back to the keys."""
        acts: dict[str, Callable[[Cover], None]] = {
            "l": self._log, "x": self._no_answer, "s": self._snooze, "n": self._next_date, "u": self._undo,
            "\r": self._skip, "\n": self._skip, " ": self._skip,
        }  # fmt: skip
        while True:
            key = pressed(self.counter).lower()
            if key in ("q", "\x03", "\x04", "\x1b", ""):
                return False
            if key in acts:
                break
        try:
            acts[key](cover)
        except (Refused, Interrupted, Trouble) as trouble:
            self.counter.show([(Span(f" {self.counter.letter(trouble).message}", "late"),)])
        return True

    def _tell(self, outcome: Outcome, *, stays: bool = False) -> None:
        self.done.append(outcome)
        for deed in outcome.deeds:
            self.counter.show([(Span(f"{deed.change.words}."),), *place_lines(self.counter, deed, stays=stays)])

    def _tell_of_move(self, cover: Cover, outcome: Outcome) -> None:
        if outcome.deeds:
            self._tell(outcome)
        else:
            self.counter.show(call_now(cover))

    def _log(self, cover: Cover) -> None:
        entry = Entry(self.counter.office.now, TASK if cover.is_slip else USUAL)
        usual = DONE if clearing.is_task_done(cover, entry, Wish()) else ""
        text = self.counter.ask(f"What happened? {f'[{usual}] ' if usual else ''}").strip() or usual
        if not text:
            raise Refused("The text is empty; nothing was written")
        if text != usual:
            self.counter.keep(text)
        self._write(cover, entry._replace(text=text), ask_done(self.counter, cover))

    def _no_answer(self, cover: Cover) -> None:
        self._write(cover, Entry(self.counter.office.now, TASK if cover.is_slip else USUAL, reached=False))

    def _write(self, cover: Cover, entry: Entry, done: Sequence[Cover] = ()) -> None:
        counter = self.counter
        decision = decided(counter, cover, entry, Wish(), Details())._replace(done=tuple(done))
        verdict = decision.verdict
        outcome = write_entry(counter, cover, decision)
        counter.let_go()
        self._tell(outcome, stays=verdict is Verdict.STAYS)
        counter.show(promise_note(counter, outcome, verdict))

    def _snooze(self, cover: Cover) -> None:
        step = self.counter.office.settings.snooze
        phrase = self.counter.ask(f"Until? [{step}] ").strip(" \t") or step
        self._tell_of_move(cover, put_off(self.counter, cover, phrase, yes=False))

    def _next_date(self, cover: Cover) -> None:
        phrase = self.counter.ask("Behind which day? ").strip(" \t")
        to = when.read(phrase, self.counter.office.ground())
        self._tell_of_move(cover, file_one(self.counter, cover, to, Details(), yes=False))

    def _undo(self, cover: Cover) -> None:
        """Take back the last act of this sitting; older ones are cf undo's."""
        if not self.done:
            raise Refused("Nothing was done in this sitting yet")
        step = self.done[-1].step
        if step is None:
            raise Refused("The last act cannot be undone")
        outcome = self.counter.clerk.undo(step=step)
        self.done.pop()
        self.counter.take_in(outcome)
        self.skipped -= {deed.change.client for deed in outcome.deeds}
        self.counter.show([(Span(f"Undone: {outcome.words}."),)])
        for deed in outcome.deeds:
            self.counter.show(place_lines(self.counter, deed))

    def _skip(self, cover: Cover) -> None:
        self.skipped.add(cover.client)
