"""The desk one by one, `cf today -i`: a screen a dossier, one key an act, and the questions that the act has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from functools import partial

from clientfolder.binder import resume_point
from clientfolder.binder.journal.transactions import Outcome
from clientfolder.binder.resume_point import Bookmark
from clientfolder.cli import facts
from clientfolder.cli.commands.acting import NO_ANSWER, decided, file_one, put_off, snooze_when, write_entry
from clientfolder.cli.commands.heard import Heard, answers, rating_of, split
from clientfolder.cli.commands.slips import beside
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import (
    EMPTY,
    Line,
    Result,
    Span,
    Window,
    empty_screen,
    fitted,
    is_screen,
    one_line,
)
from clientfolder.cli.pages.confirmation import call_now, in_one_line, place_lines, promise_note, what_is_left
from clientfolder.cli.pages.one_by_one import OneByOne, keys_page, pile_page, whole_page
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.dates import ask_date, ask_until
from clientfolder.cli.prompts.keys import forget_keys, give_back, pressed
from clientfolder.cli.session import Session
from clientfolder.dates.calendar import last_day
from clientfolder.dossier.covers import USUAL, Covers, with_owner
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import COMPLAINT, DONE, QUESTION, TASK, Cover, Entry
from clientfolder.errors import Ambiguous, Misused, Refused, Trouble
from clientfolder.text import sentence
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request, Verdict

NOTHING_ASKED = Request()
LEAVE = ("q", "\x03", "\x04", "\x1b", "")


def go_through(session: Session, listed: Sequence[str] | None = None) -> Result:
    """Show one dossier after the other and do what the keys say: the desk, or those of a list, by short name.

    Raises Misused without a terminal.
    """
    if not session.can_ask:
        raise Misused("One by one wants a terminal and no --json; in a script: cf today --json")
    pile = _Round(session, listed)
    pile.run()
    give_back(session)
    writes = tuple(write for outcome in pile.done for write in outcome.writes)
    done = facts.confirmation(session, Outcome(writes), landings=False)
    where = somewhere(done.folder, dry_run=done.dry_run) if writes else ()
    lines = [*pile.last_words(), *what_is_left(facts.left(session)), *where]
    return Result(confirmation_json(done), lambda _: lines, writes=bool(writes))


class _Then(Enum):
    """Where to go when a key has done its work."""

    ON = auto()
    STAY = auto()
    LEAVE = auto()


class _Round:
    """The pile as it lies, what was done to it since the start, and the way that one has come."""

    def __init__(self, session: Session, listed: Sequence[str] | None = None) -> None:
        self.session = session
        # A list is gone through as it was when it was asked for; whoever was dealt with is not shown again.
        self._listed = listed
        self._dealt_with: set[str] = set()
        self.done: list[Outcome] = []
        self.skipped: list[str] = []
        self.news: list[Line] = []
        # For each of what was done, a line for each dossier.
        self._told: list[list[Line]] = []
        # Whether what was typed before a screen is there counts for nothing.
        self._forgets = True
        # The dossiers that were left behind, the last one last; and the one to show, where it is not the first.
        self._way: list[str] = []
        self._shown: str | None = None
        self._keys: dict[str, Callable[[Cover], _Then]] = {
            "l": self._log, "x": self._no_answer, "s": self._snooze, "n": self._next_date, "u": self._undo,
            "b": self._back, "t": self._top, "e": self._edit, "o": self._open, "a": self._all, "?": self._help,
            "c": self._complaint, "r": self._rating, "d": self._deal, "p": self._payment,
            "\r": self._skip, "\n": self._skip, " ": self._skip,
        }  # fmt: skip

    # The way through ----------------------------------------------------------------------------------

    def run(self) -> None:
        self._resume()
        then = _Then.ON
        while then is not _Then.LEAVE and (cover := self._at_hand()):
            self._show(cover)
            then = self._act_on(cover)
            if then is _Then.ON:
                self._way.append(cover.client)
                self._shown = None
                # Who complains or waits is on the desk still when nobody was reached.
                if self._listed is None and cover.client in self._pile.clients:
                    self._skip(cover)
            elif then is _Then.STAY and self._shown is None:
                self._shown = cover.client
            self._remember()

    @property
    def _pile(self) -> Covers:
        """What is to be gone through, as it is now: the desk, or what is left of a list."""
        if self._listed is None:
            return self.session.pile
        there = self.session.contents.covers
        left = (there.of_client(client) for client in self._listed if client not in self._dealt_with)
        return Covers.of(cover for cover in left if cover)

    def _at_hand(self) -> Cover | None:
        """The dossier that one went back to, else the first on the desk that was not skipped."""
        covers = self.session.contents.covers
        shown = covers.of_client(self._shown) if self._shown else None
        if shown is None:
            self._shown = None
            shown = self._first()
        return shown

    def _first(self) -> Cover | None:
        """Where one would begin: the first on the desk that was not skipped."""
        return next((cover for cover in self._pile if cover.client not in self.skipped), None)

    def _stopped_at(self) -> Cover | None:
        """The dossier on the desk with which to go on."""
        at = self._at_hand()
        return at if at and at.client in self._pile.clients else self._first()

    def _show(self, cover: Cover) -> None:
        window = Window.of(self.session.environment)
        told = with_owner(cover, self.session.contents.covers)
        screen = OneByOne(facts.today(self.session), told, len(self._pile), len(self._still_there()))
        try:
            screen = screen._replace(sheet=self._sheet(cover))
        except Trouble as trouble:
            screen = screen._replace(unreadable=self.session.rescue.mention_in(trouble).message)
        self._screen(pile_page(screen, self.news, window), window)
        self.news = []

    def _sheet(self, cover: Cover) -> DossierSheet:
        """What the dossier says now. Raises as reading it does."""
        return facts.sheets(self.session, [cover.client])[0]

    def _screen(self, page: Iterable[Line], window: Window) -> None:
        if self._forgets:
            forget_keys(self.session)
        self._forgets = True
        if is_screen(self.session.environment, window):
            empty_screen(self.session.environment, window)
            ask.show(self.session, page)
        else:
            ask.show(self.session, [EMPTY, *page])

    def _act_on(self, cover: Cover) -> _Then:
        """Do what one key says. A mistake at a question leads back to the keys."""
        while (key := pressed(self.session).lower()) not in self._keys:
            if key in LEAVE:
                return _Then.LEAVE
        try:
            return self._keys[key](cover)
        except Trouble as trouble:
            self.news = [(Span(self.session.rescue.mention_in(trouble).message, "late"),)]
            return _Then.STAY

    def _still_there(self) -> list[str]:
        there = set(self._pile.clients)
        return [client for client in self.skipped if client in there]

    # Where one stopped --------------------------------------------------------------------------------

    def _resume(self) -> None:
        """Go on where one stopped today; where all were skipped there is nothing to go on with."""
        if self._listed is not None:
            return
        mark = resume_point.read(self.session.binder, self.session.day)
        there = self._pile.clients
        if mark is None or set(there) <= set(mark.skipped):
            return
        self.skipped = [client for client in mark.skipped if client in there]
        self._shown = mark.client if mark.client in there and mark.client not in self.skipped else None
        if self.skipped:
            said = f"Going on where you stopped; {len(self.skipped)} skipped before. t begins at the top."
            self.news = [(Span(said, "dim"),)]

    def _remember(self) -> None:
        if self.session.dry_run or self._listed is not None:
            return
        at = self._stopped_at()
        if at and (self._still_there() or at != self._first()):
            resume_point.keep(self.session.binder, self.session.day, Bookmark(at.client, tuple(self._still_there())))
        else:
            resume_point.take_away(self.session.binder)

    def last_words(self) -> list[Line]:
        """What was done, where the screens have covered it, and who was skipped."""
        window = Window.of(self.session.environment)
        told: list[Line] = [EMPTY, *self.news]
        if is_screen(self.session.environment, window) and window.rows:
            acts_told = [line for lines in self._told for line in lines]
            if len(acts_told) > 1 or not self.news:
                told = [EMPTY, *acts_told[-(window.rows - 6) :]]
        skipped = self._still_there()
        if skipped:
            at = self._stopped_at()
            goes_on = f"goes on with {one_line(at.name)}" if at else "begins with them again"
            still = "still there" if self._listed is not None else f"still on the desk; cf -i {goes_on}"
            said = f"{len(skipped)} skipped, {still}"
            told.append((Span(fitted(said, window.columns - 1), "dim"),))
        return told

    # Acts ---------------------------------------------------------------------------------------------

    def _tell(self, outcome: Outcome, *, stays: bool = False, note: Iterable[Line] = ()) -> _Then:
        self.done.append(outcome)
        written = [facts.written(self.session, write) for write in outcome.writes]
        self._told.append([in_one_line(one) for one in written])
        self._dealt_with |= {write.change.client for write in outcome.writes}
        self.news = []
        for one in written:
            where = place_lines(one, self.session.day, stays=stays)
            self.news += [(Span(sentence(one.change.words)),), *where]
        self.news += note
        return _Then.ON

    def _log(self, cover: Cover) -> _Then:
        entry = Entry(self.session.workspace.now, TASK if cover.is_slip else USUAL)
        usual = DONE if acts.is_task_done(cover, entry, Request()) else ""
        text = ask.text(self.session, f"What happened? {f'[{usual}] ' if usual else ''}").strip() or usual
        if not text:
            raise Refused("The text is empty; nothing was written")
        if text.casefold() in NO_ANSWER:
            return self._no_answer(cover)
        if text != usual:
            self.session.rescue.keep(text)
        kind, said = (None, text) if cover.is_slip else split(text)
        entry = entry._replace(kind=kind or entry.kind, text=said)
        if kind in (QUESTION, COMPLAINT):
            more = ask.text(self.session, "What happened? (Enter: nothing else) ").strip()
            happened = entry._replace(kind=USUAL, text=more) if more else None
            return self._write(cover, *Heard(((kind, said),)).entries(happened, entry))
        return self._write(cover, entry)

    def _complaint(self, cover: Cover) -> _Then:
        """What the client complains of, as an entry of its own."""
        self._check_client(cover)
        text = ask.text(self.session, "What do they complain of? ").strip()
        if not text:
            raise Refused("The text is empty; nothing was written")
        self.session.rescue.keep(text)
        return self._write(cover, Entry(self.session.workspace.now, COMPLAINT, text))

    def _rating(self, cover: Cover) -> _Then:
        """How content the client is: the next key, 1 to 5."""
        self._check_client(cover)
        ask.show(self.session, [(Span("How content, 1 to 5?", "dim"),)])
        try:
            rating = rating_of(pressed(self.session))
        except Misused as none:
            raise Refused("That was no digit from 1 to 5; nothing was written") from none
        entry = Entry(self.session.workspace.now, USUAL, rating=rating)
        # In a round of ratings a content client costs two keys: any date that is still to come stays.
        is_ahead = cover.next is not None and last_day(cover.next.on) > self.session.day
        return self._write(cover, entry, request=Request(keep=is_ahead and not entry.is_complaint))

    def _deal(self, cover: Cover) -> _Then:
        """A new deal, or how far one has come."""
        from clientfolder.cli.commands.deal import open_deals_line, take_step

        self._check_client(cover)
        ask.show(self.session, [open_deals_line(self.session, cover)])
        return self._money(cover, "deal", "Deal? ", take_step)

    def _payment(self, cover: Cover) -> _Then:
        """What came in, or went back."""
        from clientfolder.cli.commands.pay import take_payment

        self._check_client(cover)
        ask.show(self.session, [(Span("   AMOUNT, and what for: 2500 shop", "dim"),)])
        return self._money(cover, "pay", "Paid? ", take_payment)

    def _money(
        self,
        cover: Cover,
        command: str,
        question: str,
        write: Callable[[Session, Cover, Sequence[str]], tuple[Outcome, list[Line]]],
    ) -> _Then:
        """Ask until the words can be taken, Enter for none; the dossier stays at hand, for its date is what it was."""
        session = self.session
        before = session.line
        try:
            while words := ask.line(session, question).split():
                session.line = before.to(command, cover.client, *words)
                try:
                    outcome, self.news = write(session, cover, words)
                except (Misused, Refused, Ambiguous) as trouble:
                    ask.show(session, [(Span(session.message(trouble)),)])
                    continue
                self.done.append(outcome)
                self._told.append([*self.news])
                return _Then.STAY
            raise Refused("Nothing was typed, and nothing was written")
        finally:
            session.line = before

    def _check_client(self, cover: Cover) -> None:
        if cover.is_slip:
            raise Refused("A slip is no client: it neither complains nor rates, and has no deals and payments")

    def _no_answer(self, cover: Cover) -> _Then:
        return self._write(cover, Entry(self.session.workspace.now, TASK if cover.is_slip else USUAL, reached=False))

    def _write(self, cover: Cover, entry: Entry, *behind: Entry, request: Request = NOTHING_ASKED) -> _Then:
        session = self.session
        decision = decided(session, cover, entry, request, behind)
        verdict = decision.verdict
        outcome = write_entry(session, cover, decision)
        note = promise_note(outcome.writes[0].change, verdict, session.day)
        note += answers(session, cover, outcome.writes[0].cover)
        if entry.is_contact and not cover.is_slip:
            note += beside(session, cover.client)
        return self._tell(outcome, stays=verdict is Verdict.STAYS, note=note)

    def _snooze(self, cover: Cover) -> _Then:
        step = self.session.workspace.settings.snooze
        phrase = ask_until(self.session, step, partial(snooze_when, self.session, cover))
        return self._tell_of_move(cover, put_off(self.session, cover, phrase, yes=False))

    def _next_date(self, cover: Cover) -> _Then:
        to = ask_date(self.session, "Behind which day? ", needed=False)
        if to is None:
            raise Refused("No day was typed; nothing was written")
        return self._tell_of_move(cover, file_one(self.session, cover, to.when, Request(about=to.about), yes=False))

    def _tell_of_move(self, cover: Cover, outcome: Outcome) -> _Then:
        if outcome.writes:
            return self._tell(outcome)
        # To call now instead was the answer, and the dossier lies at hand.
        self.news = list(call_now(cover))
        return _Then.STAY

    def _undo(self, cover: Cover) -> _Then:
        """Take back the last act of this sitting, and show whom it was about; older ones are cf undo's."""
        if not self.done:
            raise Refused("Nothing was done in this sitting yet")
        step = self.done[-1].step
        if step is None:
            raise Refused("The last act cannot be undone")
        outcome = self.session.transactions.undo(step=step)
        self.done.pop()
        self._told.pop()
        self.session.take_in(outcome)
        self.news = [(Span(sentence(f"Undone: {outcome.words}")),)]
        # The slips that were ticked with a call stand behind it.
        self._shown = outcome.writes[0].change.client if outcome.writes else None
        for write in outcome.writes:
            self._dealt_with.discard(write.change.client)
            self._unskip(write.change.client)
            self.news += place_lines(facts.written(self.session, write), self.session.day)
        return _Then.STAY

    # Looking ------------------------------------------------------------------------------------------

    def _skip(self, cover: Cover) -> _Then:
        if cover.client not in self.skipped:
            self.skipped.append(cover.client)
        return _Then.ON

    def _unskip(self, client: str) -> None:
        self.skipped = [one for one in self.skipped if one != client]
        self._way = [one for one in self._way if one != client]

    def _back(self, cover: Cover) -> _Then:
        """To the dossier that was shown before, as it is now, whatever was done with it."""
        there = self.session.contents.covers
        while self._way:
            client = self._way.pop()
            if client != cover.client and there.of_client(client):
                self._unskip(client)
                self._shown = client
                return _Then.STAY
        raise Refused("This is where you began; there is none before it")

    def _top(self, cover: Cover) -> _Then:
        self.skipped, self._way, self._shown = [], [], None
        self.news = [(Span("From the top.", "dim"),)]
        first = self._first()
        self._shown = first.client if first else None
        return _Then.STAY

    def _edit(self, cover: Cover) -> _Then:
        from clientfolder.cli.prompts.dossier_editor import edited

        outcome = edited(self.session, cover.client, cover.name)
        if outcome is None:
            self.news = [(Span("Nothing was changed."),)]
        else:
            self._tell(outcome)
            self._dealt_with.discard(cover.client)
        return _Then.STAY

    def _open(self, cover: Cover) -> _Then:
        from clientfolder.cli.commands.papers import opened, opening_line

        # A slip has none of its own, but its client may.
        whose = self.session.contents.covers.of_client(cover.belongs_to or "") if cover.is_slip else cover
        if whose is None:
            raise Refused("A slip has no papers")
        chosen, _ = opened(self.session, whose, "")
        self.news = [opening_line(self.session, whose, chosen)]
        return _Then.STAY

    def _all(self, cover: Cover) -> _Then:
        """The whole sheet, a window at a time; q ends it."""
        window = Window.of(self.session.environment)
        self._read(whole_page(self._sheet(cover), with_owner(cover, self.session.contents.covers), window), window)
        return _Then.STAY

    def _help(self, cover: Cover) -> _Then:
        self._read(keys_page(), Window.of(self.session.environment))
        return _Then.STAY

    def _read(self, lines: Sequence[Line], window: Window) -> None:
        room = len(lines) if window.rows is None else window.rows - 2
        for start in range(0, len(lines), max(1, room)):
            is_last = start + room >= len(lines)
            more = " Any key goes back." if is_last else " Any key for more, q to go back."
            self._screen([*lines[start : start + room], (Span(more, "dim"),)], window)
            if pressed(self.session).lower() in LEAVE:
                # What was typed behind it is meant for the screen to which it leads.
                self._forgets = False
                break
