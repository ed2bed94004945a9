"""Two people: `handover`, which gives a colleague a folder of its own for some days, and takes it back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from clientfolder.binder import attaching, handed_over
from clientfolder.binder.binder import HANDED_OVER
from clientfolder.binder.handed_over import HandedOver
from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
from clientfolder.binder.merge import planning
from clientfolder.cli import facts
from clientfolder.cli.arguments import Takes
from clientfolder.cli.commands import handover_selection
from clientfolder.cli.commands.confirm import ask_for, planned, without_yes
from clientfolder.cli.commands.merge import conflict_json, nothing_merged
from clientfolder.cli.output.parts import head_line, somewhere
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span, Window, one_line, padded
from clientfolder.cli.output.words import day_of_log, day_short, shortened
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.session import Session
from clientfolder.dates.ranges import DateRange
from clientfolder.dossier.types import Next
from clientfolder.errors import Misused, Refused, Trouble
from clientfolder.exchange.handover import given, taken_back
from clientfolder.exchange.handover.taken_back import Returned, TakenBack
from clientfolder.text import counted


def handover(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="[DIR DAY..DAY [SELECTION]]", show_default=False)] = None,
    who: Annotated[str | None, Option("--who", metavar="NAME", help="Who gets it.")] = None,
    without: Annotated[
        list[str] | None,
        Option("--without", metavar="KEY...", help="Keys that are left out, such as payments."),
        Takes.EACH,
    ] = None,
    papers: Annotated[bool, Option("--papers", help="Their papers too.")] = False,
    back: Annotated[str | None, Option("--back", metavar="DIR", help="Take back what was done there.")] = None,
    yes: Annotated[bool, Option("--yes", help="Without asking.")] = False,
) -> Result:
    """A folder for a colleague who has cf: who is promised, due or late in those days, or the SELECTION.

    Private entries and tables never go. Alone it lists what is out; with --back it takes in what was done there.
    """
    session: Session = ctx.obj
    if back is not None:
        if words:
            raise Misused("--back takes the folder alone: cf handover --back DIR")
        return _back(session, session.workspace.path(back), yes=yes)
    if not words:
        return _out(session)
    return _given(session, words, who, without or [], with_papers=papers)


# What is out -------------------------------------------------------------------------------------------


def _out(session: Session) -> Result:
    """What is out, with whom, until when."""
    out = [one for one in handed_over.read(session.workspace.root) if one.back is None]

    def page(window: Window) -> Iterator[Line]:
        if not out:
            yield (Span(" Nothing is out. To hand some over: cf handover DIR 10..21 aug --who NAME", "dim"),)
        for one in out:
            until = f"until {day_short(one.last, session.day)}"
            late = Span(f"   not back from {one_line(one.who)}", "late" if one.is_late(session.day) else "dim")
            yield (
                Span(f" {one_line(one.who)}", "bold"),
                Span(f"   {counted(len(one.clients), 'dossier')} {until}"),
                *((late,) if one.is_late(session.day) else ()),
            )
            yield (
                Span("   -> ", "dim"),
                Span(facts.back_line(session, one.directory)),
            )

    rows = [{**_facts_of(one), "who": one.who, "late": one.is_late(session.day)} for one in out]
    return Result({**_facts_of(None), "changes": [], "out": rows}, page)


def _facts_of(one: HandedOver | None) -> dict[str, Any]:
    if one is None:
        return {"dir": None, "from": None, "to": None, "clients": []}
    return {"dir": one.directory, "from": str(one.first), "to": str(one.last), "clients": list(one.clients)}


# Giving ------------------------------------------------------------------------------------------------


def _given(
    session: Session, words: Sequence[str], who: str | None, without: Sequence[str], *, with_papers: bool
) -> Result:
    target = session.workspace.path(words[0])
    if f"{target}{os.sep}".startswith(f"{session.workspace.root}{os.sep}"):
        where = f"such as ~/{os.path.basename(target)}"
        raise Refused(f"{words[0]} lies in this folder; the other one wants a place of its own outside, {where}")
    days, clients, unreadable = handover_selection.read(session, words[1:], "cf handover ~/pavel")
    name = one_line(who or os.path.basename(target))
    over = HandedOver("", days.first, days.last, name, target, clients)
    keys = [*dict.fromkeys((*session.workspace.settings.handover_without, *without))]
    contents = given.contents(session.binder, clients, keys, over)
    over = over._replace(mark=given.mark(over, session.workspace.root, contents, str(session.workspace.now)))
    is_there = os.path.lexists(target)
    if is_there:
        over = _made_already(session, over)
    is_new = not session.dry_run and not is_there
    if is_new:
        given.make(session.binder, target, over, contents, with_papers=with_papers)
    done = f"Handed {counted(len(clients), 'dossier')} over to {name}"
    try:
        _written_down(session, over, done)
    except Trouble:
        if is_new:
            shutil.rmtree(target, ignore_errors=True)
        raise
    lines: list[Line] = [
        (Span(f"{done}, {_span(days, session.day)}."),),
        (Span("-> "), Span(shortened(target, session.environment.home), "bold")),
        (Span(f"   without {', '.join(['what is private', *keys])}", "dim"),),
        (Span(f"   back again: {facts.back_line(session, target)}", "dim"),),
        *somewhere(facts.elsewhere(session), dry_run=session.dry_run),
    ]
    return Result(
        {**_facts_of(over), "changes": []},
        lambda window: lines,
        exit=1 if unreadable else 0,
        errors=unreadable,
        writes=not session.dry_run,
    )


def _written_down(session: Session, over: HandedOver, words: str) -> None:
    """The handover kept in the folder, as a step of its own."""

    def rewritten() -> list[PlannedWrite]:
        file, binder = HANDED_OVER, session.binder
        return planning.rewritten(binder, file, lambda text: handed_over.with_record(text, over), words)

    session.act(rewritten, words)


def _made_already(session: Session, over: HandedOver) -> HandedOver:
    """What a command made there that was killed before it was written down here. Raises Refused for all else."""
    refused = Refused(f"{over.directory} is there already; the handover wants a place of its own")
    if not os.path.isdir(over.directory):
        raise refused
    try:
        there = taken_back.opened(over.directory)
    except Refused:
        raise refused from None
    known = {one.mark for one in handed_over.read(session.workspace.root)}
    if there.mark in known or there.record != (str(over.first), str(over.last), over.who, over.clients):
        raise refused
    return over._replace(mark=there.mark)


def _span(days: DateRange, day: date) -> str:
    """`10 Aug to 21 Aug`."""
    return f"{day_of_log(days.first, day)} to {day_of_log(days.last, day)}"


# Taking back -------------------------------------------------------------------------------------------


def _back(session: Session, directory: str, *, yes: bool) -> Result:
    """Show what comes back, ask once, and take it in in one step."""
    there = taken_back.opened(directory)
    # What is told afterwards is read now: when all is written it could fail no more.
    session.contents  # noqa: B018
    plan = taken_back.taken_back(session.transactions, there, session.workspace.now, session.day)
    conflicts = [
        conflict_json(session, one.write.change.client, conflict) for one in plan.dossiers for conflict in one.conflicts
    ]
    exit = 1 if conflicts or plan.left else 0
    sources, differing = taken_back.new_papers(session.workspace.root, there, plan.clients)
    plan = plan._replace(stays=(*plan.stays, *differing))
    if not plan.writes and not sources:
        lines: list[Line] = [(Span("There is nothing new in it."),), *_stay_lines(plan)]
        data = {**nothing_merged(), "stays": list(plan.stays)}
        return Result(data, lambda window: lines, exit=exit, errors=plan.left)
    shown = [*_page(session, plan, len(sources))]
    if not yes and not session.dry_run:
        if not session.can_ask:
            what = "That is what comes back; nothing was written. To take it, add --yes"
            return without_yes(session, Result(None, lambda window: [*shown, EMPTY]), what)
        ask_for(session, shown, "Take it back?")

    # A file that is changed meanwhile is not as these writes expect it, and then nothing is written.
    words = f"Took back from {plan.over.who}: {counted(len(plan.dossiers), 'dossier')}"
    outcome = _carried_out(session, plan, sources, words)
    data = {"conflicts": conflicts, "stays": list(plan.stays)}
    is_shown = not yes and not session.dry_run
    result = planned(session, lambda _: shown, data, outcome, "Taken back. Undo: cf undo", is_shown=is_shown)
    return result._replace(exit=exit, errors=plan.left)


def _carried_out(session: Session, plan: TakenBack, sources: Sequence[tuple[str, str]], words: str) -> Outcome:
    """All of it done in one step, the new papers copied first."""
    if session.dry_run or not sources:
        return session.act(lambda: plan.writes, words)
    root = session.workspace.root
    session.binder.make_private()
    carried: set[str] = set()
    with attaching.copied(root, [source for source, _ in sources], carried) as copies:
        own: dict[str, dict[str, str]] = {}
        brought = [
            taken_back.attached(root, client, copy, own.setdefault(client, {}), words)
            for copy, (_, client) in zip(copies, sources, strict=True)
        ]
        outcome = session.act(lambda: [*plan.writes, *brought], words)
        carried |= {copy.waiting or "" for copy in copies}
    return outcome


def _page(session: Session, plan: TakenBack, papers: int) -> Iterator[Line]:
    over, entries = plan.over, sum(one.entries for one in plan.dossiers)
    new = sum(one.is_new for one in plan.dossiers)
    counts = f"{counted(len(over.clients), 'dossier')} given, {len(plan.dossiers)} touched, {counted(entries, 'entry')}"
    counts = counts.replace("entrys", "entries") + (f", {new} new" if new else "")
    head = f" {one_line(over.who)}, {_span(DateRange(over.first, over.last), session.day)}"
    yield head_line([Span(head, "head")], [Span(counts)], Window.of(session.environment))
    width = max((len(one.write.change.client) for one in plan.dossiers), default=0)
    for one in plan.dossiers:
        for number, said in enumerate(_told(session, one) or ["changed"]):
            name = "" if number else one.write.change.client
            yield (Span(f"   {padded(name, width)}  {one_line(said)}"),)
    if papers:
        yield (Span(f"   {counted(papers, 'paper')} new there"),)
    yield from _stay_lines(plan)


def _told(session: Session, one: Returned) -> list[str]:
    """What is told of one dossier, a line each."""
    after = one.write.change.after
    parts = [counted(one.entries, "entry").replace("entrys", "entries")] if one.entries else []
    parts = ["new", *parts] if one.is_new else parts
    if after != one.before:
        was = f" (was {_lies(session, one.before)})" if one.before else ""
        parts.append(f"next {_lies(session, after)}{was}")
    lines = ["; ".join(parts)] if parts else []
    lines += [f"both changed {found.key}: {found.ours} stays, {found.theirs} is in a note" for found in one.conflicts]
    return lines


def _lies(session: Session, contact: Next | None) -> str:
    return f"{'! ' if contact.agreed else ''}{day_short(contact.on, session.day)}" if contact else "no date"


def _stay_lines(plan: TakenBack) -> list[Line]:
    names = ", ".join(plan.stays)
    return [(Span(f"   stays here as it is: {one_line(names)}", "dim"),)] if names else []
