"""A text or a dossier in the user's own editor; what was written there is never lost."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Mapping

from clientfolder.binder import files, writing
from clientfolder.cli.counter import Counter
from clientfolder.errors import CannotReach, Refused, Trouble, Unreadable
from clientfolder.office import World


def write_text(counter: Counter, begun: str) -> str:
    """A text written in the editor. Raises Refused where the editor fails or nothing was written."""
    hint = "# What happened? This line is left out."
    written = in_editor(counter, f"{begun}\n{hint}\n".encode(), ".txt").decode("utf-8", "replace")
    return "\n".join(line for line in written.splitlines() if line != hint).strip()


def in_editor(counter: Counter, content: bytes, suffix: str) -> bytes:
    """The bytes as they are when the editor has closed.

    Raises Refused where it fails, CannotReach where they cannot be read; the letter says where they lie.
    """
    counter.said.clear()
    env = counter.world.env
    command = env.get("VISUAL") or env.get("EDITOR") or "vi"
    path = _laid_out(counter.world, content, suffix)
    try:
        _run(command, path, env)
        written = _written(path)
    except Trouble:
        with contextlib.suppress(Trouble):
            written = _written(path)
            if written != content and written.strip():
                counter.keep(written.decode("utf-8", "surrogateescape"))
        raise
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)
    return written


def _laid_out(world: World, content: bytes, suffix: str) -> str:
    """A file for the editor, for its owner alone. Raises CannotReach."""
    try:
        directory = world.temporary_directory()
    except OSError as error:
        raise CannotReach(f"There is no place for the editor's file: {files.reason(error)}") from None
    name = f"cf-{os.urandom(6).hex()}{suffix}"
    writing.Writer(directory).create(name, content)
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
        return files.read(path, path, most=sys.maxsize)
    except FileNotFoundError:
        raise Refused("The editor left no file; nothing was written") from None
    except Unreadable as trouble:
        raise Refused(f"What the editor left cannot be read: {trouble.message}; nothing was written") from None
