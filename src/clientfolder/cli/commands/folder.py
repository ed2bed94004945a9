"""The folder: `init demo undo redo history doctor`."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

from clientfolder import settings as settings_table
from clientfolder.binder import files, leftovers
from clientfolder.binder.index import lookup
from clientfolder.binder.journal import lock, renames
from clientfolder.cli import facts, options
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.today import desk_page
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span, Window, one_line, wrapped
from clientfolder.cli.output.words import shortened
from clientfolder.cli.pages.confirmation import place_lines
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.find import find_file
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Cover
from clientfolder.errors import CannotReach, Changed, NoClient, Refused, Trouble, Warned
from clientfolder.text import visible
from clientfolder.workspace import Workspace

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome, PlannedWrite
    from clientfolder.doctor.finding import Finding

# A folder ---------------------------------------------------------------------------------------------


def init(
    ctx: Call,
    directory: options.Directory = ".",
) -> Result:
    """A new client folder, here or in DIR; the first one becomes the default, found from everywhere."""
    session: Session = ctx.obj
    root = session.workspace.path(directory)
    if os.path.exists(os.path.join(root, settings_table.FILE)):
        raise Refused(f"{root} is a client folder already")
    day_first: bool | None = None
    if session.can_ask:
        answers = {"y": True, "yes": True, "n": False, "no": False, "": None}
        question = "Is 5/7 the 5th of July? [y/n, Enter: ask me no dates like that] "
        while (answer := ask.line(session, question).strip().lower()) not in answers:
            ask.show(session, [(Span("y or n, please, or Enter.", "dim"),)])
        day_first = answers[answer]
    lines: list[Line] = []
    if not session.dry_run:
        with lock.signals_deferred():
            session.workspace.make(root, {} if day_first is None else {"day_first": str(day_first).lower()})
        if not session.workspace.has_default:
            try:
                with lock.signals_deferred():
                    session.workspace.set_default(root)
                lines.append((Span("   It is your default folder: cf finds it from everywhere."),))
            except (CannotReach, Changed) as trouble:
                session.warnings.append(Warned("io", f"It could not be made the default folder: {trouble.message}"))
        lines += _found_instead(session, root)
    place = shortened(root, session.environment.home)
    lines = [
        (Span("A new client folder: "), Span(place, "bold")),
        *lines,
        *([(Span("   --dry-run: nothing was written", "dim"),)] if session.dry_run else []),
        EMPTY,
        (Span("The first client: "), Span("cf new Anna Kowalska phone=+48 22 555 01 07 -n fri", "bold")),
        (Span("From a phone:     "), Span("cf import contacts.vcf", "bold"), Span("   (cf help import)", "dim")),
        (Span("From a sheet:     "), Span("cf import clients.csv", "bold")),
    ]
    return Result({"changes": [], "folder": root}, lambda paper: lines, writes=not session.dry_run)


def _found_instead(session: Session, root: str) -> list[Line]:
    """Which folder the next command finds, where that is another one than the new one, and how it comes to be this."""
    try:
        found = Workspace(session.environment).root
    except Trouble:
        return []
    if os.path.realpath(found) == os.path.realpath(root):
        return []
    other = shortened(found, session.environment.home)
    if session.environment.env.get("CF_FOLDER"):
        return [(Span(f"   CF_FOLDER names {other}, and cf works there."),)]
    return [(Span(f"   cf works in {other} still. In the new one: "), Span(f"cd {shlex.quote(root)}", "bold"))]


def demo(
    ctx: Call,
    directory: options.Directory = "cf-demo",
) -> Result:
    """Some forty invented clients around today, in ./cf-demo or in DIR, to try things on."""
    from clientfolder import demo as invented

    session: Session = ctx.obj
    root = session.workspace.path(directory)
    if os.path.lexists(root):
        raise Refused(f"{directory} is there already; the demo wants a place of its own: cf demo another-name")
    dossiers = invented.dossiers(session.day)
    if session.dry_run:
        lines: list[Line] = [
            (Span(f"{len(dossiers)} invented clients would go to {shortened(root, session.environment.home)}."),)
        ]
        return Result({"changes": [], "folder": root}, lambda paper: lines)
    with lock.signals_deferred():
        _lay_out(session, root, dossiers)
    inside = Session(session.environment, Workspace(session.environment, root, session.workspace.today))

    def page(window: Window) -> Iterator[Line]:
        behind: list[Line] = [EMPTY, (Span(f"cd {directory}", "bold"),)]
        yield from desk_page(inside, facts.today(inside))(window.lower_by(len(behind)))
        yield from behind

    return Result({"changes": [], "folder": root}, page, writes=True)


def _lay_out(session: Session, root: str, dossiers: Mapping[str, str]) -> None:
    """The whole folder is made beside its place and then put there. Raises Refused or CannotReach."""
    from clientfolder import demo as invented

    above = os.path.dirname(root)
    made = files.missing(above)
    beside = leftovers.temporary_name(root)
    try:
        session.workspace.make(beside, invented.SETTINGS)
        invented.write(beside, dossiers)
        renames.put_where_none_is(beside, root)
    except (Trouble, OSError) as error:
        shutil.rmtree(beside, ignore_errors=True)
        with contextlib.suppress(OSError):
            for directory in made:
                os.rmdir(directory)
        if isinstance(error, OSError):
            raise CannotReach(f"Cannot make {root}: {files.reason(error)}") from None
        raise


# The way back -----------------------------------------------------------------------------------------


def undo(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="[CLIENT]", show_default=False, completes="clients")] = None,
) -> Result:
    """Take back the last step, or the last one that touched CLIENT, whenever it was made."""
    session: Session = ctx.obj
    client = _client_of_step(session, " ".join(words)) if words else None
    return _there_and_back(session, session.transactions.undo(client, dry_run=session.dry_run), "Undone")


def redo(ctx: Call) -> Result:
    """Do again what was undone last."""
    session: Session = ctx.obj
    return _there_and_back(session, session.transactions.redo(dry_run=session.dry_run), "Done again")


def history(ctx: Call) -> Result:
    """What was done, newest first; cf undo takes the first of these back."""
    session: Session = ctx.obj
    steps = session.transactions.history()
    data = {"steps": [{"id": step.id, "at": step.at, "words": step.words} for step in steps]}

    def page(paper: Window) -> Iterator[Line]:
        shown = steps if paper.rows is None else steps[: paper.rows - 2]
        for step in shown:
            yield Span(f" {step.at[:16].replace('T', ' '):16}  ", "dim"), Span(one_line(step.words))
        if len(shown) < len(steps):
            yield (Span(f" {len(steps) - len(shown)} more: cf history | less", "dim"),)
        if not steps:
            yield (Span(" Nothing was done yet.", "dim"),)

    return Result(data, page)


# Of a step on many dossiers it is told where so many of them lie now.
MOST_STATES = 8


def _there_and_back(session: Session, outcome: Outcome, said: str) -> Result:
    # The contents are read only now, so that they are as the step left them.
    session.warnings += outcome.warnings
    lines: list[Line] = [(Span(f"{said}: {one_line(outcome.words)}."),)]
    several = len(outcome.writes) > 1
    try:
        session.look_ahead(outcome)
        for write in outcome.writes[:MOST_STATES]:
            lines += _state_lines(session, write, named=several)
        if left := len(outcome.writes) - MOST_STATES:
            lines += [(Span(f"   and {left} more", "dim"),)] if left > 0 else []
    except CannotReach as trouble:
        session.warnings.append(Warned("io", f"Where it lies now cannot be told: {trouble.message}"))
    done = facts.confirmation(session, outcome, landings=False)
    return confirmed(session, done, [*lines, *somewhere(done.folder, dry_run=done.dry_run)])


def _state_lines(session: Session, write: PlannedWrite, *, named: bool) -> Iterator[Line]:
    """Where the dossier lies now, with its name where there are several."""
    if write.cover is None:
        yield (Span(f"-> {one_line(write.change.name)} is not in the binder", "dim"),)
        return
    for line in list(place_lines(facts.written(session, write), session.day))[:1]:
        yield (*((Span(f"{one_line(write.change.name)} "),) if named else ()), *line)


def _client_of_step(session: Session, typed: str) -> str:
    """The short name meant, of a client in the binder or of one that was removed or renamed."""
    try:
        return find_file(session, typed)[0]
    except NoClient as nobody:
        past = {
            touched.client: Cover(touched.client, touched.name)
            for step in session.transactions.history()
            for touched in step.clients
        }
        found = [typed] if typed in past else [cover.client for cover in lookup.candidates(past.values(), typed)]
        if len(found) != 1:
            raise nobody
        return found[0]


# What is odd ------------------------------------------------------------------------------------------


def doctor(ctx: Call) -> Result:
    """What is wrong or odd in the folder, and the command that mends it; it writes nothing."""
    from clientfolder.doctor import checks
    from clientfolder.doctor.finding import Folder

    session: Session = ctx.obj
    workspace = session.workspace
    found = checks.findings(
        Folder(
            session.binder,
            lambda: session.contents,
            session.day,
            session.environment.cwd,
            workspace.folder,
            workspace.holidays[1],
            workspace.settings,
        )
    )
    data = {"findings": [finding._asdict() for finding in found]}

    def page(paper: Window) -> Iterator[Line]:
        if not found:
            yield (Span(" All is well.", "dim"),)
        for finding in found:
            yield from _finding_lines(finding, paper)

    return Result(data, page, exit=1 if found else 0, shown=frozenset({"setting", "io"}))


def _finding_lines(finding: Finding, paper: Window) -> Iterator[Line]:
    """Where, what, and the line that mends it, which is never broken so that it can be pasted."""
    where = visible(f"{finding.file or ''}{f', line {finding.line}' if finding.line else ''}: ")
    first, *more = wrapped(where + one_line(finding.message), paper.columns - 2)
    yield Span(f" {first[: len(where)]}", "bold"), Span(first[len(where) :])
    for line in more:
        yield (Span(f"   {line}"),)
    if finding.mend:
        yield Span("   -> ", "dim"), Span(finding.mend, "bold")
