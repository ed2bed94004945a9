"""A second copy of the folder: `backup` and `restore`."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import count
from shlex import quote
from typing import Annotated

from clientfolder.binder import files
from clientfolder.cli.output.terminal import Line, Result, Span, Window, one_line
from clientfolder.cli.output.words import shortened
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.session import Session
from clientfolder.errors import CannotReach, Misused, Refused
from clientfolder.exchange.backup import collect, pack, unpack
from clientfolder.exchange.backup.archive import Inventory
from clientfolder.text import byte_size, counted

NOT_WRITTEN: Line = (Span("   --dry-run: nothing was written", "dim"),)
NOT_READ_BACK: Line = (Span("   It could not be read back there; to check it: cf restore FILE DIR --dry-run", "dim"),)
PIPED = "-"
OUTPUT, INPUT = "standard output", "standard input"


def backup(
    ctx: Call,
    file: Annotated[str | None, Argument(metavar="[FILE]", show_default=False)] = None,
) -> Result:
    """One archive of the whole folder: dossiers, settings, papers, and what else lies there.

    Without FILE it gets the folder's name and the day. It is never written over another file. With - it goes to
    standard output.
    """
    session: Session = ctx.obj
    is_piped = file == PIPED
    handle = _output(session) if is_piped else None
    target = OUTPUT if is_piped else _target(session, file)
    label = shortened(target, session.environment.home)
    if session.dry_run:
        found = collect.found(session.workspace.root)
        held, missing, size = found.inventory, found.missing, None
    else:
        packed = (
            pack.backup(session.binder, target, label) if handle is None else pack.send(session.binder, handle, label)
        )
        held, missing, size = packed.inventory, packed.missing, packed.size
        session.warnings += packed.warnings
    session.warnings += missing

    def page(paper: Window) -> Iterator[Line]:
        said = "Would back up" if session.dry_run else "Backed up"
        yield (
            Span(f"{said} {one_line(shortened(session.workspace.root, session.environment.home))}: "),
            Span(_held(held)),
        )
        as_large = f", {byte_size(size)}" if size is not None else ""
        yield Span("-> "), Span(label, "bold"), Span(as_large)
        if session.dry_run:
            yield NOT_WRITTEN
        elif is_piped:
            yield NOT_READ_BACK

    data = {"changes": [], "file": target, "files": held.files, "bytes": held.size}
    writes = not session.dry_run
    return Result(data, page, exit=1 if missing else 0, writes=writes, is_aside=is_piped and writes)


def _output(session: Session) -> int:
    """The number of standard output. Raises Misused with --json, Refused at a terminal, CannotReach if it is closed."""
    if session.json:
        raise Misused("--json and the archive would both go to standard output: name a file for the archive")
    if session.environment.stdout.isatty():
        raise Refused("Standard output is a terminal, and an archive is no text: cf backup - > clients.tar.gz")
    try:
        return session.environment.stdout.fileno()
    except io.UnsupportedOperation:
        raise CannotReach("Standard output is closed; nothing was written") from None


def _target(session: Session, said: str | None) -> str:
    """Where the archive goes. Raises Refused where a file of that name is, or where it would carry itself."""
    root, here = session.workspace.root, session.workspace.path(".")
    target = session.workspace.path(said or ("." if not _is_in(here, root) else os.path.dirname(root)))
    if os.path.isdir(target):
        target = _free(os.path.join(target, f"{collect.top_of(root)}-{session.day}"))
    elif os.path.lexists(target):
        raise Refused("A file of that name is there already, and nothing is overwritten", file=said)
    directory = os.path.dirname(target)
    if _is_in(directory, root):
        raise Refused("The archive cannot lie in the folder that it holds; name a place outside", file=said)
    files.check_directory(directory)
    return target


def _free(stem: str) -> str:
    """The first name that nothing has: `clients-2026-07-15.tar.gz`, then with `-2`."""
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.tar.gz" for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _is_in(path: str, root: str) -> bool:
    path, root = os.path.realpath(path), os.path.realpath(root)
    return os.path.commonpath([path, root]) == root


def restore(
    ctx: Call,
    file: Annotated[str | None, Argument(metavar="FILE", show_default=False)] = None,
    directory: Annotated[str | None, Argument(metavar="DIR", show_default=False)] = None,
) -> Result:
    """A new folder in DIR from an archive that cf backup has made; nothing is ever written over.

    Every entry is checked before the first is written. DIR must not be there, or be empty. With - for FILE the
    archive is read from standard input.
    """
    if not file or not directory:
        raise Misused("cf restore wants an archive and a place: cf restore clients-2026-07-15.tar.gz ~/restored")
    session: Session = ctx.obj
    root = session.workspace.path(directory)
    if os.path.isdir(root):
        root = os.path.realpath(root)
    unpack.check_place(root)
    path = INPUT if file == PIPED else session.workspace.path(file)
    with _input(session, root) if file == PIPED else unpack.opened(path, file) as archive:
        if session.dry_run:
            held = unpack.checked(archive, root)
        else:
            held, warnings = unpack.restore(archive, root)
            session.warnings += warnings

    def page(paper: Window) -> Iterator[Line]:
        said = "A folder would be made" if session.dry_run else "A new folder"
        yield Span(f"{said}: "), Span(shortened(root, session.environment.home), "bold")
        yield (Span(f"   {_held(held)}"),)
        yield NOT_WRITTEN if session.dry_run else (Span(f"cd {_typed(directory, root)}", "bold"),)

    data = {"changes": [], "folder": root, "file": path, "files": held.files, "bytes": held.size}
    return Result(data, page, writes=not session.dry_run)


def _input(session: Session, root: str) -> AbstractContextManager[unpack.Archive]:
    """An archive from standard input. Raises Refused at a terminal, CannotReach where it is closed."""
    stdin = session.environment.stdin
    if stdin.isatty():
        raise Refused("Standard input is a terminal, and an archive is no text: cf restore - DIR < clients.tar.gz")
    if not isinstance(stdin, io.TextIOWrapper):
        raise CannotReach("Standard input is closed")
    return unpack.received(stdin.buffer, root, INPUT)


def _typed(directory: str, root: str) -> str:
    """The place as a shell takes it: as it was typed, where that is no `~`, option or the place one stands in."""
    plain = not directory.startswith(("~", "-", "."))
    return quote(directory if plain else root)


def _held(held: Inventory) -> str:
    """`41 clients, 45 files, 61 kB`."""
    return f"{counted(held.clients, 'client')}, {counted(held.files, 'file')}, {byte_size(held.size)}"
