"""Two machines: `merge`, as git calls it for a file that two of them have changed, and as a person does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Annotated, Any

from clientfolder import settings
from clientfolder.binder import files, git
from clientfolder.binder.binder import CLIENTS, client_of
from clientfolder.binder.journal.operations import rename_of
from clientfolder.binder.journal.transactions import PlannedWrite
from clientfolder.binder.merge import merge as merging
from clientfolder.binder.merge import planning, unsettled, values
from clientfolder.binder.merge.conflict import NEXT, RESTING, Conflict
from clientfolder.binder.merge.planning import MergedWrite
from clientfolder.binder.merge.unsettled import Unsettled
from clientfolder.cli import facts, typed_line
from clientfolder.cli.commands.confirm import ask_for, without_yes
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.output.words import day_short
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Next
from clientfolder.errors import CannotReach, Misused, NoClient, Refused, Trouble
from clientfolder.text import sentence

ANOTHER_CLONE = "Another clone of this repository has a configuration of its own; there, once: cf merge --install"


def merge(
    ctx: Call,
    words: Annotated[
        list[str] | None, Argument(metavar="[CLIENT [OTHER]]", show_default=False, completes="two_contacts")
    ] = None,
    all_: Annotated[bool, Option("--all", help="The copies of all dossiers that a sync program left.")] = False,
    install: Annotated[bool, Option("--install", help="Have git merge dossiers by key, in this folder.")] = False,
    uninstall: Annotated[bool, Option("--uninstall", help="Have git merge line by line again.")] = False,
    driver: Annotated[
        bool, Option("--driver", help="What git calls, with BASE OURS THEIRS PATH: the result goes into OURS.")
    ] = False,
    yes: Annotated[bool, Option("--yes", help="Without asking.")] = False,
) -> Result:
    """What was done in two places comes together: entries are united, the rest is merged key by key.

    Alone: what could not be decided, each with the line that settles it the other way. With CLIENT: the conflict
    copies of that dossier. With CLIENT and OTHER: two dossiers that are one client.
    """
    session: Session = ctx.obj
    ways = [install, uninstall, driver, all_]
    if sum(ways) > 1 or (words and (install or uninstall or all_)):
        raise Misused("One of them: cf merge --install, --uninstall, --all, a client, or two")
    if driver:
        return _driven(session, words or [])
    if install or uninstall:
        return _installed(session, install=install)
    if all_ or words:
        return _come_together(session, words or [], yes=yes)
    return _unsettled(session)


# git ---------------------------------------------------------------------------------------------------


def _installed(session: Session, *, install: bool) -> Result:
    """The driver entered into `.gitattributes` and the repository's configuration, or taken out of both."""
    root, environment = session.workspace.root, session.environment
    repository = git.Repository(root, environment.env)
    started = environment.started() if environment.started else (environment.program,)
    program = git.from_everywhere(started, environment.cwd, environment.env)
    command = f"{' '.join(map(quote, program))} merge --driver %O %A %B %P"
    words = "Had git merge dossiers by key" if install else "Had git merge line by line again"
    lines_of = git.with_lines if install else git.without_lines
    outcome = session.act(lambda: planning.rewritten(session.binder, git.ATTRIBUTES, lines_of, words), words)
    is_new = bool(outcome.writes)
    if not session.dry_run:
        is_new |= repository.install(command) if install else repository.uninstall()
    lines: list[Line] = [(Span(sentence(words) if is_new else "So it is already; nothing was written."),)]
    if install:
        lines.append((Span(f"   {git.ATTRIBUTES} and this repository's configuration name it: {command}"),))
        lines += [(Span(f"   {ANOTHER_CLONE}"),)]
    lines += somewhere(None, dry_run=session.dry_run)
    data = {**nothing_merged(), "attributes": list(git.LINES), "driver": command if install else None}
    return Result(data, lambda window: lines, writes=not session.dry_run)


def _driven(session: Session, words: Sequence[str]) -> Result:
    """One file merged, as git asks for it; where that cannot be done, git's marks stand in it, and the exit is 1."""
    if len(words) != 4:
        raise Misused("git calls it with four files: cf merge --driver BASE OURS THEIRS PATH")
    cwd, (base, ours, theirs, path) = session.environment.cwd, words
    old, other = (_content(cwd, file, path) for file in (base, theirs))
    mine = _content(cwd, ours, path)
    try:
        merged = merging.merge(path, old, mine or b"", other or b"", values.rules_for(path), session.workspace.now)
    except Trouble as trouble:
        if not session.dry_run:
            git.mark_both(cwd, session.environment.env, base, ours, theirs)
        return Result(nothing_merged(), lambda window: (), exit=1, errors=(trouble,))
    if merged.content != mine and not session.dry_run:
        from clientfolder.binder.journal import atomic

        atomic.Writer(cwd).replace(ours, mine or b"", merged.content)
    of = client_of(path) if values.rules_for(path).has_log else path
    told = [conflict_json(session, of, conflict) for conflict in merged.conflicts]
    return Result({**nothing_merged(), "conflicts": told}, lambda window: _told(path, merged.conflicts))


def _content(cwd: str, file: str, path: str) -> bytes | None:
    """The bytes of a file that git has laid out; none where it is empty, for then that side has none."""
    try:
        return files.read(os.path.join(cwd, file), path) or None
    except FileNotFoundError:
        raise CannotReach("There is no such file", file=file) from None


def _told(path: str, conflicts: Sequence[Conflict]) -> Iterator[Line]:
    for conflict in conflicts:
        yield (Span(one_line(f"{path}: {conflict.key} stays {conflict.ours}, and {conflict.theirs} is in a note")),)


def nothing_merged() -> dict[str, Any]:
    """What scripts are told where nothing was merged."""
    return {"changes": [], "conflicts": [], "stays": []}


# Copies, and two of one client ----------------------------------------------------------------------------


def _come_together(session: Session, words: Sequence[str], *, yes: bool) -> Result:
    """The copies of one dossier or of all, or two dossiers: shown, asked for once, and done in one step."""
    client, other = _who(session, words) if words else (None, None)
    stays: list[Trouble] = []

    def made() -> list[MergedWrite]:
        stays.clear()
        if client is not None and other is not None:
            return [planning.two_in_one(session.transactions, client, other, session.workspace.now, session.day)]
        return list(_with_copies(session, client, stays))

    plan = made()
    page = list(_plan_lines(session, plan))
    if not plan:
        whose = "beside that dossier" if client else "here"
        lines: list[Line] = [(Span(f"No copies that a sync program left lie {whose}."),)] if not stays else []
        return Result(nothing_merged(), lambda window: lines, exit=1 if stays else 0, errors=tuple(stays))
    if not yes and not session.dry_run:
        if not session.can_ask:
            what = "So it would be merged; nothing was written. To do it, add --yes"
            return without_yes(session, Result(None, lambda window: page), what)
        ask_for(session, page, "Merge them?")

    def decide() -> list[PlannedWrite]:
        session.look_again()
        plan[:] = made()
        return [write for one in plan for write in (one.write, *one.also)]

    outcome = session.act(decide)
    done = facts.confirmation(session, outcome, landings=False)
    conflicts = [conflict_json(session, one.of, found) for one in plan for found in one.conflicts]
    data = {**confirmation_json(done), "conflicts": conflicts, "stays": [str(trouble.file) for trouble in stays]}
    merged: list[Line] = [] if session.dry_run else [(Span("Merged. Back again: cf undo"),)]
    shown = page if yes or session.dry_run else []
    lines = [*shown, *merged, *somewhere(done.folder, dry_run=done.dry_run)]
    return Result(data, lambda window: lines, exit=1 if stays else 0, errors=tuple(stays), writes=not session.dry_run)


def _who(session: Session, words: Sequence[str]) -> tuple[str, str | None]:
    """The client, or the two, whom the words name: all of them one, else the first ones one and the others another."""
    try:
        return find_client(session, " ".join(words)).client, None
    except NoClient as nobody:
        for at in range(1, len(words)):
            try:
                pair = [find_client(session, " ".join(part)).client for part in (words[:at], words[at:])]
            except NoClient:
                continue
            if pair[0] == pair[1]:
                raise Refused("Both are one dossier; nothing is to be merged") from None
            return pair[0], pair[1]
        raise nobody from None


def _with_copies(session: Session, client: str | None, stays: list[Trouble]) -> Iterator[MergedWrite]:
    """The merge of each dossier that has copies; `stays` gets why one could not be merged."""
    taken: set[str] = set()
    for one, found in planning.copies(session.binder, session.contents).items():
        if client in (None, one):
            try:
                yield planning.with_copies(session.transactions, one, found, session.workspace.now, taken)
            except Trouble as trouble:
                stays.append(trouble)
    for file, found in planning.copies_of_others(session.binder).items() if client is None else ():
        try:
            yield planning.others_with_copies(session.transactions, file, found, session.workspace.now, taken)
        except Trouble as trouble:
            stays.append(trouble)


def _plan_lines(session: Session, plan: Sequence[MergedWrite]) -> Iterator[Line]:
    for one in plan:
        change = one.write.change
        lies = f"   {_lies(session, change.after)}" if change.client else ""
        yield Span(f" {one_line(change.words)}", "bold"), Span(lies)
        for conflict in one.conflicts:
            kept = "a note" if change.client else "a remark"
            said = f"{conflict.key} stays {conflict.ours}; {conflict.theirs} goes into {kept}"
            yield (Span(f"   {one_line(said)}"),)
        for write in (one.write, *one.also):
            for file in write.files:
                if (way := rename_of(file)) and not way[1].startswith(CLIENTS):
                    yield (Span(f"   {way[0]} -> {way[1]}", "dim"),)


def _lies(session: Session, contact: Next | None) -> str:
    return f"next {'! ' if contact.agreed else ''}{day_short(contact.on, session.day)}" if contact else "no date"


# What is open ------------------------------------------------------------------------------------------


def _unsettled(session: Session) -> Result:
    """What was merged and could not be decided, as the notes of it tell until a contact is logged."""
    found = list(unsettled.of_dossiers(session.binder))
    shown = [_open_json(session, one) for one in found]

    def page(window: Window) -> Iterator[Line]:
        if not found:
            yield (Span(" Nothing that was merged is open.", "dim"),)
        for one, told in zip(found, shown, strict=True):
            said = one_line(f"{one.key} is {one.ours}; was also {one.theirs}")
            yield Span(f" {one.client}", "bold"), Span(f"  {said}")
            yield Span("   -> ", "dim"), Span(one_line(told["mend"]))

    return Result({**nothing_merged(), "conflicts": shown}, page)


def _open_json(session: Session, one: Unsettled) -> dict[str, Any]:
    return {**one._asdict(), "mend": _mend(session, one)}


def conflict_json(session: Session, client: str, conflict: Conflict) -> dict[str, Any]:
    """What both versions had differently, and the line that settles it the other way."""
    return _open_json(session, Unsettled(client, *conflict))


# A next contact as a note has it: a WHEN, its kind, with whom, about what.
_CONTACT = re.compile(
    r"(?P<when>\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d)?!?)(?:, (?!with |about )(?P<kind>[^,]+))?"
    r"(?:, with (?P<person>[^,]+))?(?:, about (?P<about>.*))?", re.DOTALL
)  # fmt: skip


def _mend(session: Session, one: Unsettled) -> str:
    """The line that settles it the other way: the value of the note in the place of that which stands."""
    if one.key == NEXT and (found := _CONTACT.fullmatch(one.theirs)) and found["when"][:10] >= str(session.day):
        said = [*found["when"].split(" "), *_option("--for", found["kind"]), *_option("--about", found["about"])]
        return _line("file", one.client, *said)
    if one.key == RESTING:
        return _line("rest", one.client, one.theirs)
    if one.client == settings.FILE and "." not in one.key:
        return _line("settings", f"{one.key}={one.theirs}")
    if one.client.endswith(".toml"):
        return f"${{EDITOR:-vi}} {typed_line.quoted(session.binder.path(one.client))}"
    table = one.key.rpartition(".")[0]
    if one.key == "name":
        return _line("rename", one.client, one.theirs)
    if " of " not in one.key and (not table or table.startswith("people.")) and one.key not in (NEXT, "log"):
        return _line("set", one.client, f"{one.key}={one.theirs}")
    return _line("edit", one.client)


def _option(name: str, value: str | None) -> list[str]:
    return [name, value] if value else []


def _line(*words: str) -> str:
    return " ".join(["cf", *(typed_line.quoted(word) for word in words)])
