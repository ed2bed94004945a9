"""A text or a dossier in the user's own editor; what was written there is never lost."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Mapping

from clientfolder.binder import files
from clientfolder.binder.journal import atomic
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.errors import CannotReach, Refused, Trouble, Unreadable, Warned
from clientfolder.workspace import Environment

# Nobody opens an editor, reads and closes it in less.
SECONDS_TO_WRITE = 0.5


def write_text(session: Session, begun: str) -> str:
    """A text written in the editor. Raises Refused where the editor fails or what it wrote is no UTF-8."""
    hint = "# What happened? This line is left out."
    written = ask.in_utf_8(session, in_editor(session, f"{begun}\n{hint}\n".encode(), ".txt"), "What the editor wrote")
    return "\n".join(line for line in written.replace("\r\n", "\n").split("\n") if line != hint).strip()


def in_editor(session: Session, content: bytes, suffix: str) -> bytes:
    """The bytes as they are when the editor has closed.

    Raises Refused where it fails, CannotReach where they cannot be read; the message says where they lie.
    """
    session.typed.clear()
    env = session.environment.env
    command = env.get("VISUAL") or env.get("EDITOR") or "vi"
    path = _laid_out(session.environment, content, suffix)
    is_read = True
    begun = time.monotonic()
    try:
        _run(command, path, env)
        written = _written(path)
        if written == content and time.monotonic() - begun < SECONDS_TO_WRITE:
            message = f"The editor {command} came back at once; one with a window of its own has to be told to wait"
            session.warnings.append(Warned("io", f'{message}: EDITOR="code --wait"'))
        return written
    except Trouble as trouble:
        try:
            written = _written(path)
            if written != content and written.strip():
                session.rescue.keep(written.decode("utf-8", "surrogateescape"))
        except Trouble:
            is_read = False
            if os.path.lexists(path):
                trouble.message += f". What the editor left lies in {path}"
        raise
    finally:
        if is_read:
            with contextlib.suppress(OSError):
                os.unlink(path)


def _laid_out(environment: Environment, content: bytes, suffix: str) -> str:
    """A file for the editor, for its owner alone. Raises CannotReach."""
    try:
        directory = environment.temporary_directory()
    except OSError as error:
        raise CannotReach(f"There is no place for the editor's file: {files.reason(error)}") from None
    name = f"cf-{os.urandom(6).hex()}{suffix}"
    atomic.Writer(directory).create(name, content)
    return os.path.join(directory, name)


def _run(command: str, path: str, env: Mapping[str, str]) -> None:
    import shlex
    import subprocess

    # Ctrl-C belongs to the editor while it runs; what is written there must not go with us.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ended = subprocess.run([*shlex.split(command), path], check=False, env=dict(env)).returncode
    except (OSError, ValueError) as error:
        why = files.reason(error) if isinstance(error, OSError) else str(error)
        raise Refused(f"The editor {command} does not start: {why}. Name another: EDITOR=nano cf ...") from None
    finally:
        signal.signal(signal.SIGINT, before)
    if ended != 0:
        raise Refused(f"The editor {command} failed with {ended}; nothing was written")


def _written(path: str) -> bytes:
    try:
        return files.read(path, path)
    except FileNotFoundError:
        raise Refused("The editor left no file; nothing was written") from None
    except Unreadable as trouble:
        raise Refused(f"What the editor left cannot be read: {trouble.message}; nothing was written") from None
