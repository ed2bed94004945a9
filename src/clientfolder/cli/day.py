"""The acts of the day: `log` and `snooze`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from clientfolder import clearing, when
from clientfolder.binder.lookup import person_key
from clientfolder.clearing import Details, Verdict, Wish
from clientfolder.cli import complete
from clientfolder.cli.acts import NO_ANSWER, decided, one_phrase, put_off, read_when, write_entry
from clientfolder.cli.counter import Counter
from clientfolder.cli.desk_page import introduction
from clientfolder.cli.echo import call_now, echo, outcome_lines, promise_note, what_is_left
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.paper import Line, Result, Span, one_line
from clientfolder.cli.rows import where
from clientfolder.covers import USUAL
from clientfolder.dossier import DONE, TASK, Cover, Entry
from clientfolder.errors import Misused, Refused, Trouble

if TYPE_CHECKING:
    from clientfolder.cli.asking import Asking

# Commands ---------------------------------------------------------------------------------------------


def log(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    text: list[str] | None = typer.Argument(None, metavar="[TEXT]...", show_default=False),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The next contact.", autocompletion=complete.phrases
    ),
    no_answer: bool = typer.Option(False, "-x", "--no-answer", help="Nobody was reached: an attempt."),
    kind: str | None = typer.Option(
        None,
        "--as",
        metavar="KIND",
        help="call (for a slip: task) if not said, mail, meeting, visit, note ...",
        autocompletion=complete.kinds,
    ),
    on: str | None = typer.Option(
        None, "--on", metavar="DAY", help="When it was: yesterday, fri, 13, 3d ago, 2026-07-03."
    ),
    about: str | None = typer.Option(None, "--about", metavar="TEXT", help="What the next contact is about."),
    for_: str | None = typer.Option(
        None, "--for", metavar="KIND", help="The kind of the next contact.", autocompletion=complete.kinds
    ),
    person: str | None = typer.Option(None, "--with", metavar="PERSON", help="With whom the next contact is."),
    agreed: bool = typer.Option(False, "--agreed", help="The next date is promised, as with ! behind it."),
    keep: bool = typer.Option(False, "--keep", help="The date stays as it is."),
    rest: bool = typer.Option(False, "--rest", help="Put the dossier to rest; the text says why."),
    edit: bool = typer.Option(False, "-e", "--edit", help="Write the text in your editor."),
    form: str | None = typer.Option(
        None, "--form", metavar="NAME", help="Ask the questions of a form (cf form).", autocompletion=complete.forms
    ),
    answer: list[str] | None = typer.Option(
        None, "--answer", metavar="KEY=VALUE", help="An answer to the form; that is not asked."
    ),
    yes: bool = typer.Option(False, "--yes", help="Also if the slip was ticked today already."),
) -> Result:
    """Write down what happened, and put the dossier behind the insert of the next contact.

    Alone it shows the client and asks: What happened? Next? With - as the text it reads standard input.

    Example: cf log anna wants the revised quote -n fri 10:00
    """
    counter: Counter = ctx.obj
    if client is None:
        raise Misused("Whom? cf log CLIENT, such as: cf log anna")
    typed = said = " ".join(text or ()).strip()
    asking: Asking | None = None
    try:
        if sum((next is not None, keep, rest)) > 1:
            raise Misused("--next, --keep and --rest each say something else about the date; one of them")
        check_kind(counter, kind)
        check_kind(counter, for_)
        details = Details(about or None, for_, person, agreed)
        wish = Wish(read_when(counter, next) if next is not None else None, rest=rest, keep=keep)
        at = _moment(counter, on)
        cover = counter.find(client)
        if person is not None:
            details = details._replace(person=person_key(cover, person))
        asking = _asking(counter, form, answer or (), reached=not no_answer)
        usual = TASK if cover.is_slip else USUAL
        entry = Entry(at, kind or (asking and asking.form.kind) or usual, reached=not no_answer)
        is_said = bool(typed or edit or answer)
        if cover.is_done and not (is_said or asking):
            raise Refused(f"{cover.name} is done already. Once more: cf file {cover.client} fri")
        is_again = clearing.is_task_done(cover, entry, wish) and clearing.is_ticked_already(cover, counter.day)
        if is_again and not (yes or _ticks_again(counter, cover)):
            raise Refused("Left as it is; nothing was written")
        if asking:
            _ask(counter, cover, asking)
            entry = entry._replace(form=asking.form.name, answers=asking.answers)
        elif not is_said and clearing.is_task_done(cover, entry, wish):
            # What was to be done stands on the slip.
            said = DONE
        said = _fetch(counter, cover, said, asking, reached=entry.reached, edit=edit)
        if not (is_said or asking) and said.casefold() in NO_ANSWER:
            said, entry = "", entry._replace(reached=False)
            counter.line = counter.line.with_option("-x")
        if asking and rest and not said:
            raise Refused("Why does it rest? Say it in a few words: cf log CLIENT WHY --rest")
        done = _ask_done(counter, cover) if counter.can_ask and entry.reached and not is_said else None
        return _log(counter, cover, entry._replace(text=said), wish, details, asking, done)
    except Trouble as trouble:
        if said or answer or (asking and asking.given):
            trouble.repeat = trouble.repeat or str(counter.line)
        raise


def snooze(
    ctx: typer.Context,
    client: str | None = typer.Argument(None, metavar="CLIENT", show_default=False, autocompletion=complete.clients),
    words: list[str] | None = typer.Argument(
        None, metavar="[WHEN]...", show_default=False, autocompletion=complete.phrases
    ),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The same as WHEN.", autocompletion=complete.phrases
    ),
    yes: bool = typer.Option(False, "--yes", help="Also if the date was promised."),
) -> Result:
    """Put a client off, and remember it. Without a WHEN by the step of the settings.

    Example: cf snooze anna next tue
    """
    counter: Counter = ctx.obj
    if client is None:
        raise Misused("Whom? cf snooze CLIENT, such as: cf snooze anna 1w")
    cover = counter.find(client)
    phrase = one_phrase(words, next)
    outcome = put_off(counter, cover, counter.office.settings.snooze if phrase is None else phrase, yes=yes)
    if not outcome.deeds:
        return echo(counter, outcome, call_now(cover))
    return echo(counter, outcome, [*outcome_lines(counter, outcome), *what_is_left(counter)])


def _moment(counter: Counter, on: str | None) -> date | datetime:
    if on is None:
        return counter.office.now
    return counter.office.at(*when.look_back(on, counter.day, counter.office.settings.day_first))


def _ticks_again(counter: Counter, cover: Cover) -> bool:
    """Whether a slip that was ticked today is to be ticked once more, so that the date at which it lies is left out.

    Raises Refused where nobody can be asked.
    """
    fact = f"{one_line(cover.name)} was ticked today already, and lies at {where(cover, counter.day)}"
    if not counter.can_ask:
        again = str(counter.line.with_option("--yes"))
        raise Refused(f"{fact}. To tick it once more all the same: --yes", repeat=again)
    counter.show([(Span(f"{fact}."),)])
    return counter.yes("Tick it once more?")


def _asking(counter: Counter, name: str | None, words: Sequence[str], *, reached: bool) -> Asking | None:
    """The form to be filled, with what the command line has answered; None where no form was named."""
    if name is None:
        if words:
            raise Misused("--answer answers a form; name it: --form first-call")
        return None
    if not reached:
        raise Misused("Nobody was reached, and so nobody answered: -x or --form, one of them")
    from clientfolder.binder import forms
    from clientfolder.cli import asking

    return asking.Asking(counter, forms.named(counter.binder, name), asking.on_the_line(words))


def _ask(counter: Counter, cover: Cover, asking: Asking) -> None:
    """Ask what the command line has not answered. Raises Refused where nobody can, and an answer is needed."""
    if counter.can_ask:
        counter.show(introduction(counter, cover))
        asking.ask()
    elif question := asking.missing:
        from clientfolder.form import example_of

        again = counter.line.with_option("--answer", f"{question.key}={example_of(question)}")
        raise Refused(f"{asking.form.title} needs an answer: {question.ask} ({question.key})", repeat=str(again))


def _fetch(counter: Counter, cover: Cover, text: str, asking: Asking | None, *, reached: bool, edit: bool) -> str:
    """The text as it was typed, or asked for, or read, or written in the editor.

    Raises Refused for an empty one, where there are no answers to a form either.
    """
    may_be_empty = not reached or bool(asking and asking.given)
    on_the_line = text
    if text == "-":
        text = counter.read_all()
    elif edit:
        from clientfolder.cli.editor import write_text

        text = write_text(counter, text)
    elif not text and reached:
        if not counter.can_ask:
            if may_be_empty:
                return ""
            raise Misused(f"What happened? cf log {cover.client} TEXT -n WHEN")
        if not asking:
            counter.show(introduction(counter, cover))
        text = counter.ask("What happened? ")
    text = text.replace("\r\n", "\n").strip()
    if not text and not may_be_empty:
        raise Refused("The text is empty; nothing was written")
    if text != on_the_line:
        counter.line = counter.line.with_text(text, behind=1)
        counter.keep(asking.with_typed(text) if asking else text)
    return text


def _ask_done(counter: Counter, cover: Cover) -> list[Cover]:
    """The slips of the client that are done too."""
    if not counter.contents.covers.slips:
        return []
    from clientfolder.cli.slips import ask_done

    return ask_done(counter, cover)


def _log(
    counter: Counter, cover: Cover, entry: Entry, wish: Wish, details: Details, asking: Asking | None,
    done: Sequence[Cover] | None,
) -> Result:  # fmt: skip
    """`done`: the client's slips that are ticked in the same act; None where nobody was asked about them."""
    decision = decided(counter, cover, entry, wish, details)._replace(done=tuple(done or ()))
    verdict = decision.verdict
    if verdict is Verdict.UNKNOWN:
        again = counter.line.with_option("-n", "fri")
        raise Refused(f"When next? {cover.name} has no rhythm, so say the day.", repeat=str(again))
    outcome = write_entry(counter, cover, decision)
    note = promise_note(counter, outcome, verdict)
    if asking:
        from clientfolder.cli.asking import answer_lines

        note += answer_lines(counter, asking.form, entry.answers)
    lines = outcome_lines(counter, outcome, stays=verdict is Verdict.STAYS, note=note)
    beside = _beside(counter, cover) if done is None else ()
    return echo(counter, outcome, [*lines, *beside, *what_is_left(counter)])


def _beside(counter: Counter, cover: Cover) -> Iterable[Line]:
    """The open slips of a client who was logged on one line."""
    if cover.is_slip or not counter.contents.covers.slips:
        return ()
    from clientfolder.cli.slips import beside

    return beside(counter, cover.client)
