"""The acts of the day: `log` and `snooze`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from clientfolder.binder.index.lookup import person_key
from clientfolder.cli import facts, options
from clientfolder.cli.commands.acting import NO_ANSWER, dated, decided, one_phrase, put_off, write_entry
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.heard import (
    Heard,
    answers,
    complaint_words,
    open_complaint,
    put_right,
    quoted_line,
    rated,
    split,
)  # fmt: skip
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import where
from clientfolder.cli.pages.confirmation import call_now, confirmation_lines, promise_note, what_is_left
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_ahead
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dossier.covers import USUAL
from clientfolder.dossier.types import COMPLAINT, DONE, QUESTION, TASK, Cover, Entry
from clientfolder.errors import Misused, Refused, Trouble
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request, Verdict

if TYPE_CHECKING:
    from clientfolder.cli.commands.deal import SettledDeal
    from clientfolder.cli.prompts.also import Settled
    from clientfolder.cli.prompts.form import Asking

# Commands ---------------------------------------------------------------------------------------------


def log(
    ctx: Call,
    client: options.Client = None,
    text: Annotated[list[str] | None, Argument(metavar="[TEXT]...", show_default=False)] = None,
    next: options.Next = None,
    no_answer: Annotated[bool, Option("-x", "--no-answer", help="Nobody was reached: an attempt.")] = False,
    kind: options.Kind = None,
    on: options.On = None,
    about: options.AboutNext = None,
    for_: options.KindOfNext = None,
    person: options.Person = None,
    agreed: Annotated[bool, Option("--agreed", help="The next date is promised, as with ! behind it.")] = False,
    keep: Annotated[bool, Option("--keep", help="The date stays as it is.")] = False,
    rest: Annotated[bool, Option("--rest", help="Put the dossier to rest; the text says why.")] = False,
    edit: Annotated[bool, Option("-e", "--edit", help="Write the text in your editor.")] = False,
    form: options.Form = None,
    answer: options.Answers = None,
    deal: options.StepOfDeal = None,
    question: options.AskedByClient = None,
    complaint: options.Complained = None,
    rating: options.RatedBy = None,
    remedied: Annotated[bool, Option("--remedied", help="This is what puts a complaint right, and is told.")] = False,
    private: Annotated[bool, Option("--private", help="In no export, and on no printed page.")] = False,
    yes: Annotated[bool, Option("--yes", help="Also if a slip was ticked today, or a deal goes back.")] = False,
) -> Result:
    """Write down what happened, and put the dossier behind the insert of the next contact.

    Alone it shows the client and asks: What happened? Next? With - as the text it reads standard input.
    """
    session: Session = ctx.obj
    if client is None:
        from clientfolder.cli.strays import with_value_behind
        from clientfolder.cli.unnamed import such_as

        again = with_value_behind(session, next or about or "")
        raise Misused(f"Whom? {such_as(session, 'log', 'CLIENT')}" if again is None else "Whom?", repeat=again)
    call = _Call(session, text or (), edit=edit, answers=answer or (), steps=deal or (), yes=yes)
    try:
        check_kind(session, kind)
        check_kind(session, for_)
        call.hear(Heard.of(question, complaint, rating, remedied), no_answer)
        request = Request(None, rest, keep, about=about or None, kind=for_, person=person, agreed=agreed)
        request = _with_date(session, request, next)
        entry = Entry(_moment(session, on), kind or "", reached=not no_answer, private=private)
        cover = call.find(client)
        if text and next is None and not (keep or rest):
            call.check_text()
        call.form = _asking(session, form, call.answers, reached=not no_answer)
        return _log(session, cover, call, request, entry, has_day=on is not None)
    except Trouble as trouble:
        if call.has_words:
            trouble.repeat = str(session.line) if trouble.repeat is None else trouble.repeat
        raise


class _Call:
    """A contact while it is being logged: the words and answers of the command line, then what was asked for."""

    def __init__(
        self, session: Session, words: Sequence[str], *, edit: bool, answers: Sequence[str], steps: Sequence[str],
        yes: bool,
    ) -> None:  # fmt: skip
        self.session = session
        self.words = words
        self.text = " ".join(words).strip()
        self.edit = edit
        self.answers = answers
        self.steps = steps
        self.yes = yes
        self.form: Asking | None = None
        self.heard = Heard()
        # Behind how many words of the command line the text stands.
        self.behind = 1
        # Whether the command line says what happened, so that nobody is asked.
        self.is_said = bool(self.text or edit or answers)

    def find(self, client: str) -> Cover:
        """The client that the first words name; what stands behind is the text. Raises NoClient or Ambiguous."""
        cover, said = find_ahead(self.session, client, self.words)
        self.text, self.behind = " ".join(said).strip(), 1 + len(self.words) - len(said)
        self.is_said = bool(self.text or self.edit or self.answers)
        if cover.is_slip and self.steps:
            raise Misused(f"{cover.name} is a slip; a deal is a client's")
        return cover

    def check_text(self) -> None:
        """Raises Misused for a date behind the text that can be no part of it."""
        said = self.words[self.behind - 1 :]
        # Most texts have neither, and wait for no import.
        if any(" " in word for word in said[:-1]) or (said and re.search("[:=]", said[-1])):
            from clientfolder.cli.run_together import check_text

            check_text(self.session, said)

    @property
    def has_words(self) -> bool:
        """Whether there is anything that nobody should have to type twice."""
        return bool(self.text or self.answers or self.heard.said or (self.form and self.form.given))

    def hear(self, heard: Heard, no_answer: bool) -> None:
        """Take what the client asked, complained of or rated. Raises Misused where nobody was reached."""
        if no_answer and heard != Heard():
            raise Misused("Nobody was reached, and so nobody asked, complained or rated anything; one of them")
        if no_answer and self.steps:
            raise Misused("Nobody was reached, and so no deal went on: -x or --deal, one of them")
        self.heard = heard

    def usual_kind(self, cover: Cover) -> str:
        """The kind of contact, where the command line says none."""
        return (self.form and self.form.form.kind) or (TASK if cover.is_slip else USUAL)

    def check_not_done(self, cover: Cover, entry: Entry, request: Request) -> None:
        """Raises Refused for a slip that is done, or that was ticked today and is not to be ticked once more."""
        if cover.is_done and not (self.is_said or self.form):
            raise Refused(f"{cover.name} is done already. Once more", then=("file", cover.client, "fri"))
        is_again = acts.is_task_done(cover, entry, request) and acts.is_ticked_already(cover, self.session.day)
        if is_again and not (self.yes or _ticks_again(self.session, cover)):
            raise Refused("Left as it is; nothing was written")

    def entries(self, cover: Cover, entry: Entry, request: Request) -> list[Entry]:
        """What happened, as the command line says it or as it is asked for, and behind it what was heard.

        Raises Misused where a slip is said to have asked or complained.
        """
        if cover.is_slip and self.heard != Heard():
            raise Misused(f"{cover.name} is a slip; a question, a complaint and a rating are a client's")
        if self.heard.is_enough and not (self.is_said or self.form):
            self.is_said = True
            return self.heard.entries(None, entry)
        blank = entry
        happened: Entry | None = self.filled(cover, entry, request)
        while happened and happened.reached and not (self.is_said or self.form):
            kind, self.text = split(self.text)
            happened = happened._replace(kind=kind or happened.kind, text=self.text)
            if kind not in (QUESTION, COMPLAINT):
                break
            self.heard = self.heard._replace(said=(*self.heard.said, (kind, self.text)))
            self.text = ask.text(self.session, "What happened? (Enter: nothing else) ").strip()
            self.session.rescue.keep("\n".join([*(f"{kind}: {text}" for kind, text in self.heard.said), self.text]))
            happened = blank._replace(text=self.text) if self.text else None
        return self.heard.entries(happened, blank)

    def filled(self, cover: Cover, entry: Entry, request: Request) -> Entry:
        """The entry with its text, and with the answers to the form; what the command line lacks is asked for."""
        if self.form:
            _ask(self.session, cover, self.form)
            entry = self._answered(self.form, entry)
        elif not self.is_said and acts.is_task_done(cover, entry, request):
            # What was to be done stands on the slip.
            self.text = DONE
        self.text = self._fetched(cover, reached=entry.reached)
        if not (self.is_said or self.form) and self.text.casefold() in NO_ANSWER:
            self.text, entry = "", entry._replace(reached=False)
            self.session.line = self.session.line.with_option("-x")
        if self.form and request.rest and not self.text:
            raise Refused("Why does it rest? Say it in a few words: cf log CLIENT WHY --rest")
        return entry._replace(text=self.text)

    def _answered(self, asking: Asking, entry: Entry) -> Entry:
        """The entry with the answers to the form; its rating is the lowest, that of the command line among them."""
        from clientfolder.dossier.forms import rated

        answers = asking.answers
        ratings = [one for one in (rated(asking.form, answers), self.heard.rating) if one is not None]
        self.heard = self.heard._replace(rating=None)
        return entry._replace(form=asking.form.name, answers=answers, rating=min(ratings, default=None))

    def settled(self, cover: Cover, entry: Entry) -> list[Settled] | None:
        """What else of the client's is settled by it; None where nobody was asked about that."""
        if self.is_said or not self.session.can_ask:
            return None
        from clientfolder.cli.commands.still_open import ask_settled

        return ask_settled(self.session, cover, entry, remedied=self.heard.remedied, dealt=bool(self.steps))

    def step(self, cover: Cover, entry: Entry, *, has_day: bool) -> SettledDeal | None:
        """What the command line says of a deal. Raises Refused, Ambiguous or Misused, or asks."""
        if not self.steps:
            return None
        from clientfolder.cli.commands.deal import DealTyped, settled_deal

        typed = DealTyped(tuple(self.steps), entry.day, has_day, option="--deal")
        return settled_deal(self.session, self.session.binder.read(cover.client).dossier, typed, yes=self.yes)

    def _fetched(self, cover: Cover, *, reached: bool) -> str:
        """The text as it was typed, or asked for, or read, or written in the editor.

        Raises Refused for an empty one, where there are no answers to a form either.
        """
        session, form, text = self.session, self.form, self.text
        may_be_empty = not reached or bool(form and form.given)
        if text == "-":
            text = ask.read_all(session)
        elif self.edit:
            from clientfolder.cli.prompts.editor import write_text

            text = write_text(session, text)
        elif not text and reached:
            if not session.can_ask:
                if may_be_empty:
                    return ""
                said = ("log", cover.client, "wants", "a", "quote", "-n", "fri")
                raise Misused(f"What happened? Such as: {session.line.to(*said)}", repeat="")
            if not form:
                _introduce(session, cover)
            text = ask.text(session, "What happened? ")
        text = text.replace("\r\n", "\n").strip()
        if not text and not may_be_empty:
            raise Refused("The text is empty; nothing was written")
        if text != self.text:
            session.line = session.line.with_text(text, behind=self.behind)
            session.rescue.keep(form.with_typed(text) if form else text)
        return text


def snooze(
    ctx: Call,
    client: options.Client = None,
    words: options.WhenWords = None,
    next: options.SameAsWhen = None,
    yes: Annotated[bool, Option("--yes", help="Also if the date was promised.")] = False,
) -> Result:
    """Put a client off, and remember it. Without a WHEN by the step of the settings."""
    session: Session = ctx.obj
    if client is None:
        from clientfolder.cli.strays import with_value_behind
        from clientfolder.cli.unnamed import such_as

        again = with_value_behind(session, next or "")
        raise Misused(f"Whom? {such_as(session, 'snooze', 'CLIENT', '1w')}" if again is None else "Whom?", repeat=again)
    cover, words = find_ahead(session, client, words or (), when=True)
    phrase = one_phrase(words, next)
    outcome = put_off(session, cover, session.workspace.settings.snooze if phrase is None else phrase, yes=yes)
    done = facts.confirmation(session, outcome)
    if not done.written:
        return confirmed(session, done, call_now(cover))
    return confirmed(session, done, [*confirmation_lines(done), *what_is_left(facts.left(session))])


def _with_date(session: Session, request: Request, phrase: str | None) -> Request:
    """The request with the WHEN of the command line. Raises Misused where more than one thing is said of the date."""
    if sum((phrase is not None, request.keep, request.rest)) > 1:
        raise Misused("--next, --keep and --rest each say something else about the date; one of them")
    to = dated(session, phrase, request.about)
    return request._replace(when=to.when, about=to.about or request.about) if to else request


def _moment(session: Session, on: str | None) -> date | datetime:
    if on is None:
        return session.workspace.now
    return session.workspace.at(*phrases.look_back(on, session.day, session.workspace.settings.day_first))


def _ticks_again(session: Session, cover: Cover) -> bool:
    """Whether a slip that was ticked today is to be ticked once more, so that the date at which it lies is left out.

    Raises Refused where nobody can be asked.
    """
    fact = f"{one_line(cover.name)} was ticked today already, and lies at {where(cover, session.day)}"
    if not session.can_ask:
        again = str(session.line.with_option("--yes"))
        raise Refused(f"{fact}. To tick it once more all the same: --yes", repeat=again)
    ask.show(session, [(Span(f"{fact}."),)])
    return ask.yes(session, "Tick it once more?")


def _asking(session: Session, name: str | None, words: Sequence[str], *, reached: bool) -> Asking | None:
    """The form to be filled, with what the command line has answered; None where no form was named."""
    if name is None:
        if words:
            raise Misused("--answer answers a form; name it: --form first-call")
        return None
    if not reached:
        raise Misused("Nobody was reached, and so nobody answered: -x or --form, one of them")
    from clientfolder.binder import forms
    from clientfolder.cli.prompts import form as form_prompt

    return form_prompt.Asking(session, forms.named(session.binder, name), form_prompt.on_the_line(words))


def _introduce(session: Session, cover: Cover) -> None:
    """Show the dossier before a question about it."""
    # Here and not above: whoever says it all in one line is asked nothing.
    from clientfolder.cli.commands.today import introduction

    ask.show(session, introduction(session, cover))


def _ask(session: Session, cover: Cover, form_prompt: Asking) -> None:
    """Ask what the command line has not answered. Raises Refused where nobody can, and an answer is needed."""
    if session.can_ask:
        _introduce(session, cover)
        form_prompt.ask()
    elif question := form_prompt.missing:
        from clientfolder.dossier.forms import example_of

        again = session.line.with_option("--answer", f"{question.key}={example_of(question)}")
        raise Refused(f"{form_prompt.form.title} needs an answer: {question.ask} ({question.key})", repeat=str(again))


def _log(session: Session, cover: Cover, call: _Call, request: Request, entry: Entry, *, has_day: bool) -> Result:
    if request.person is not None:
        request = request._replace(person=person_key(cover, request.person))
    entry = entry._replace(kind=entry.kind or call.usual_kind(cover))
    call.check_not_done(cover, entry, request)
    entry, *behind = call.entries(cover, entry, request)
    remedied = open_complaint(session, cover) if call.heard.remedied else None
    step = call.step(cover, entry, has_day=has_day)
    asked = call.settled(cover, entry)
    settled = [*([step.settled] if step else []), *(asked or ())]
    for rating in (one.rating for one in settled if one.rating is not None):
        entry, *behind = rated((entry, *behind), rating)
    decision = decided(session, cover, entry, request, behind).with_settled(settled)
    if remedied:
        decision = decision._replace(edits=(put_right(remedied, entry), *decision.edits))
    if decision.verdict is Verdict.UNKNOWN:
        from clientfolder.cli.run_together import with_a_date

        again = with_a_date(session, call.words[call.behind - 1 :], of_contact=True)
        raise Refused(f"When next? {cover.name} has no rhythm, so say the day.", repeat=str(again))
    told = facts.confirmation(session, write_entry(session, cover, decision))
    note = promise_note(told.written[0].change, decision.verdict, session.day)
    note += answers(session, cover, told.written[0].cover)
    if remedied:
        note.append(quoted_line(session, "   put right: ", complaint_words(remedied, session.day)))
    note += [line for one in settled for line in one.told]
    if call.form:
        from clientfolder.cli.prompts.form import answer_lines

        note += answer_lines(session, call.form.form, entry.answers)
    lines = [*confirmation_lines(told, stays=decision.verdict is Verdict.STAYS, note=note)]
    lines += [*(_beside(session, cover) if asked is None else ()), *what_is_left(facts.left(session))]
    return confirmed(session, told, lines, {"record": step.record} if step else {})


def _beside(session: Session, cover: Cover) -> Iterable[Line]:
    """The open slips of a client who was logged on one line."""
    if cover.is_slip or not session.contents.covers.slips:
        return ()
    from clientfolder.cli.commands.slips import beside

    return beside(session, cover.client)
