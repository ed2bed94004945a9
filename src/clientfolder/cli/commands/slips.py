"""Slips: work that has a day of its own, of a client or of none; written with `slip`, and ticked with `log`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from clientfolder.cli import facts, options
from clientfolder.cli.commands.acting import ask_when, read_when
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import where
from clientfolder.cli.pages.confirmation import confirmation_lines
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.alternatives import with_room
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import quoted
from clientfolder.dates import rhythm
from clientfolder.dates.phrases import When
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import SLIP, TASK, Cover, Dossier, Next, Proposal
from clientfolder.errors import Misused, Refused
from clientfolder.text import comparable
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request
from clientfolder.tickler.inserts import slips_of

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite

# As many open slips as are told beside a client's call; the others stand on the sheet.
MOST_BESIDE = 3


def slip(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="TEXT...", show_default=False)] = None,
    next: options.DayOfSlip = None,
    client: options.Owner = None,
    every: options.Every = None,
    about: options.AboutSlip = None,
    agreed: Annotated[bool, Option("--agreed", help="The day is promised, as with ! behind it.")] = False,
) -> Result:
    """A slip: work of a day that is no contact. With a client it lies beside the dossier, and stands on its sheet.

    It is done with cf log and some words of it.
    """
    session: Session = ctx.obj
    text = " ".join(words or ()).strip()
    to = read_when(session, next) if next is not None else None
    if next is None and words and (any(" " in word for word in words[:-1]) or any(sign in words[-1] for sign in ":=")):
        from clientfolder.cli.run_together import check_text

        check_text(session, words or ())
    repeats = _repeats(every)
    owner = find_client(session, client, no_slip=True) if client is not None else None
    if not one_line(text):
        text = _ask_text(session)
    due = _first_by_rhythm(session, repeats)
    if to is None and due is None and not session.can_ask:
        from clientfolder.cli.run_together import with_a_date

        raise Refused("When? A slip has a day, so say it.", repeat=str(with_a_date(session, words or ())))
    if to is None and session.can_ask:
        answered = ask_when(session, due, with_topic=False)
        to = answered.when if answered else None
    request = Request(about=about or None, kind=TASK, agreed=agreed)
    if to:
        to = with_room(session, Cover(SLIP, text, rhythm=repeats), to, request)
    contact = _contact(to, due, request)
    draft = Dossier("", text, rhythm=repeats, next=contact, more={"client": owner.client} if owner else {})
    twins = _same(session, text, owner)
    outcome = _written(session, draft, owner)
    if to:
        facts.warn_of_date(session, to)
    else:
        facts.warn_of_load(session, contact.on)
    done = facts.confirmation(session, outcome)
    return confirmed(session, done, [*confirmation_lines(done), *twins])


def _contact(to: When | None, due: Proposal | None, request: Request) -> Next:
    """When it is to be done: the day that was named, else the first one by its rhythm; there is one of them."""
    if to:
        return acts.first_contact(to, request)
    assert due
    return acts.first_contact(When(due.on), request, how="agreed" if request.agreed else "rhythm")


def _written(session: Session, draft: Dossier, owner: Cover | None) -> Outcome:
    """The slip put into the binder, under a short name made of its text."""
    text = draft.name

    def decide() -> list[PlannedWrite]:
        if owner:
            # It may have gone, or have another name, since it was found.
            session.binder.raw(owner.client)
        new = draft._replace(client=session.transactions.free_slip(text))
        what = f"Slip for {owner.name}: {text}" if owner else f"Slip: {text}"
        return [session.transactions.add(new, Change(new.client, text, None, new.next, (), what))]

    return session.act(decide)


def _same(session: Session, text: str, owner: Cover | None) -> Sequence[Line]:
    """That there is an open slip of the same words for the same client already, and where it lies."""
    whose = owner.client if owner else None
    return [
        (Span(f"   the same stands there already, at {where(slip, session.day)}: cf remove {slip.client}", "dim"),)
        for slip in session.contents.covers.slips
        if slip.belongs_to == whose and comparable(slip.name) == comparable(text)
    ][:1]


def _ask_text(session: Session) -> str:
    if not session.can_ask:
        raise Misused("What is to be done? Such as: cf slip send the mockups -n wed!")
    text = ask.line(session, "What is to be done? ").strip()
    if not one_line(text):
        raise Refused("The text is empty; nothing was written")
    session.line = session.line.with_text(text, behind=0)
    session.rescue.keep(text)
    return text


def _repeats(every: str | None) -> str | None:
    """The rhythm as a dossier keeps it: `6 weeks`, and of `week` one. Raises Refused for what is none."""
    if every is None:
        return None
    said = " ".join(every.split())
    found = next((text for text in (said, f"every {said}", f"1 {said}") if rhythm.parse(text)), None)
    if found is None:
        raise Refused(f'"{every}" is no rhythm. It would work like this: --every {rhythm.EXAMPLE}')
    return found


def _first_by_rhythm(session: Session, repeats: str | None) -> Proposal | None:
    found = rhythm.parse(repeats) if repeats else None
    return session.room.proposed(found, session.day, session.day) if found else None


# Beside a client's call -------------------------------------------------------------------------------


def beside(session: Session, client: str) -> Iterator[Line]:
    """The open slips of the client, each with the line that ticks it."""
    open_ = slips_of(session.contents.covers, client)
    for one in open_[:MOST_BESIDE]:
        words = f"   beside it: {one_line(one.name)}, {where(one, session.day)}: "
        yield Span(words, "dim"), Span(f"cf log {quoted(one.client)}")
    if len(open_) > MOST_BESIDE:
        yield (Span(f"   {len(open_) - MOST_BESIDE} more: cf show {client}", "dim"),)
