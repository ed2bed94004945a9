"""A text or a dossier in the user's own editor; what was written there is never lost."""

from __future__ import annotations

import os
import tempfile

from clientfolder.binder import files
from clientfolder.cli.counter import Counter
from clientfolder.errors import CannotReach, Refused


def write_text(counter: Counter, begun: str) -> str:
    """A text written in the editor. Raises Refused where the editor fails or nothing was written."""
    hint = "\n# What happened? Lines that begin with # are left out.\n"
    written = in_editor(counter, (begun + hint).encode("utf-8", "surrogateescape"), ".txt").decode("utf-8", "replace")
    return "\n".join(line for line in written.splitlines() if not line.startswith("#")).strip()


def in_editor(counter: Counter, content: bytes, suffix: str) -> bytes:
    """The bytes as they are when the editor has closed. Raises Refused where it fails, and says where they lie."""
    env = counter.world.env
    command = env.get("VISUAL") or env.get("EDITOR") or "vi"
    handle, path = tempfile.mkstemp(suffix, "cf-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        _run(command, path)
        written = _written(path)
    except Refused:
        written = _written(path)
        if written != content and written.strip():
            counter.keep(written.decode("utf-8", "surrogateescape"))
        raise
    finally:
        os.unlink(path)
    return written


def _run(command: str, path: str) -> None:
    import shlex
    import subprocess

    try:
        ended = subprocess.run([*shlex.split(command), path], check=False).returncode
    except (OSError, ValueError) as error:
        why = files.reason(error) if isinstance(error, OSError) else str(error)
        raise Refused(f"The editor {command} does not start: {why}. Name another: EDITOR=nano cf ...") from None
    if ended != 0:
        raise Refused(f"The editor {command} failed with {ended}; nothing was written")


def _written(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise CannotReach(f"What the editor wrote cannot be read: {files.reason(error)}") from None
