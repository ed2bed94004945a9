"""Slips: work that has a day of its own, of a client or of none; written with `slip`, and ticked with `log`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from clientfolder import clearing
from clientfolder.change import Change
from clientfolder.clearing import Details
from clientfolder.cli import complete
from clientfolder.cli.acts import ask_when, read_when
from clientfolder.cli.counter import Counter
from clientfolder.cli.echo import echo, outcome_lines, warn_of_date, warn_of_load
from clientfolder.cli.paper import Line, Result, Span, one_line
from clientfolder.cli.pasting import quoted
from clientfolder.cli.questions import with_room
from clientfolder.cli.rows import where
from clientfolder.desk import slips_of
from clientfolder.dossier import SLIP, TASK, Cover, Dossier
from clientfolder.errors import Misused, Refused
from clientfolder.tickler import rhythm
from clientfolder.tickler.room import Proposal
from clientfolder.when import When

if TYPE_CHECKING:
    from clientfolder.binder.clerk import Deed

# As many open slips as are told beside a client's call; the others stand on the sheet.
MOST_BESIDE = 3


def slip(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(None, metavar="TEXT...", show_default=False),
    next: str | None = typer.Option(
        None, "-n", "--next", metavar="WHEN", help="The day.", autocompletion=complete.phrases
    ),
    client: str | None = typer.Option(
        None, "--client", metavar="CLIENT", help="The client to whom it belongs.", autocompletion=complete.clients
    ),
    every: str | None = typer.Option(
        None, "--every", metavar="RHYTHM", help=f"It comes again when it is done, such as every {rhythm.EXAMPLE}."
    ),
    about: str | None = typer.Option(None, "--about", metavar="TEXT", help="More about it."),
    agreed: bool = typer.Option(False, "--agreed", help="The day is promised, as with ! behind it."),
) -> Result:
    """A slip: work of a day that is no contact. With a client it lies beside the dossier, and stands on its sheet.

    It is done with cf log and some words of it.

    Example: cf slip send the mockups --client novak -n wed!
    """
    counter: Counter = ctx.obj
    text = " ".join(words or ()).strip()
    to = read_when(counter, next) if next is not None else None
    repeats = _repeats(every)
    owner = counter.find(client, no_slip=True) if client is not None else None
    if not one_line(text):
        text = _ask_text(counter)
    due = _first_by_rhythm(counter, repeats)
    if to is None and due is None and not counter.can_ask:
        raise Refused("When? A slip has a day, so say it.", repeat=str(counter.line.with_option("-n", "fri")))
    if to is None and counter.can_ask:
        to = ask_when(counter, due)
    details = Details(about or None, TASK, None, agreed)
    if to:
        to = with_room(counter, Cover(SLIP, text, rhythm=repeats), to, details)
    contact = clearing.first_contact(to, details) if to else None
    if contact is None:
        assert due
        contact = clearing.first_contact(When(due.on), details, how="agreed" if agreed else "rhythm")
    more = {"client": owner.client} if owner else {}
    draft = Dossier("", text, rhythm=repeats, next=contact, more=more)

    def decide() -> list[Deed]:
        if owner:
            # It may have gone, or have another name, since it was found.
            counter.binder.raw(owner.client)
        new = draft._replace(client=counter.clerk.free_slip(text))
        what = f"Slip for {owner.name}: {text}" if owner else f"Slip: {text}"
        return [counter.clerk.add(new, Change(new.client, text, None, new.next, (), what))]

    outcome = counter.act(decide)
    if to:
        warn_of_date(counter, to)
    else:
        warn_of_load(counter, contact.on)
    return echo(counter, outcome, list(outcome_lines(counter, outcome)))


def _ask_text(counter: Counter) -> str:
    if not counter.can_ask:
        raise Misused("What is to be done? Such as: cf slip send the mockups --client novak -n wed!")
    text = counter.ask("What is to be done? ").strip()
    if not one_line(text):
        raise Refused("The text is empty; nothing was written")
    counter.line = counter.line.with_text(text, behind=0)
    counter.keep(text)
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


def _first_by_rhythm(counter: Counter, repeats: str | None) -> Proposal | None:
    found = rhythm.parse(repeats) if repeats else None
    return counter.room.proposed(found, counter.day, counter.day) if found else None


# Beside a client's call -------------------------------------------------------------------------------


def ask_done(counter: Counter, cover: Cover) -> list[Cover]:
    """The open slips of a client of which the user says that they are done."""
    done = []
    for one in slips_of(counter.contents.covers, cover.client):
        if counter.yes(f"Done: {one_line(one.name)} ({where(one, counter.day)})?"):
            done.append(one)
    return done


def beside(counter: Counter, client: str) -> Iterator[Line]:
    """The open slips of the client, each with the line that ticks it."""
    open_ = slips_of(counter.contents.covers, client)
    for one in open_[:MOST_BESIDE]:
        words = f"   beside it: {one_line(one.name)}, {where(one, counter.day)}: "
        yield Span(words, "dim"), Span(f"cf log {quoted(one.client)}")
    if len(open_) > MOST_BESIDE:
        yield (Span(f"   {len(open_) - MOST_BESIDE} more: cf show {client}", "dim"),)
