"""What is asked of git: the one home of its commands. It is run as the user would run it, in the folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

from clientfolder.errors import CannotReach, Refused

# The name under which the driver is known, in `.gitattributes` and in a repository's configuration.
DRIVER = "clientfolder"
ATTRIBUTES = ".gitattributes"
# What is merged by key. Below `removed/` lie dossiers too, and git may follow one there that was changed elsewhere.
PATTERNS = ("clients/*.toml", "slips/*.toml", "removed/*.toml", "clientfolder.toml")
LINES = tuple(f"{pattern} merge={DRIVER}" for pattern in PATTERNS)
_NAME, _COMMAND = f"merge.{DRIVER}.name", f"merge.{DRIVER}.driver"


class Repository:
    """The repository in which a folder lies."""

    def __init__(self, root: str, env: Mapping[str, str]) -> None:
        """Raises Refused where the folder lies in none, CannotReach where there is no git."""
        self._root, self._env = root, env
        if _run(root, env, "rev-parse", "--is-inside-work-tree").stdout.strip() != "true":
            raise Refused(
                "This folder is not under git. For the copies that a sync program leaves nothing is installed: "
                "cf merge --all"
            )

    @property
    def driver(self) -> str | None:
        """The command line of the driver in this repository's own configuration, if one is there."""
        return self._config("--get", _COMMAND).stdout.rstrip("\n") or None

    def install(self, command: str) -> bool:
        """Enter the driver; whether that was new. Raises CannotReach."""
        if self.driver == command:
            return False
        for name, value in ((_NAME, "client dossiers, key by key"), (_COMMAND, command)):
            self._must("--replace-all", name, value)
        return True

    def uninstall(self) -> bool:
        """Take the driver out; whether there was one. Raises CannotReach."""
        if self._config("--get-regexp", rf"^merge\.{DRIVER}\.").returncode != 0:
            return False
        self._must("--remove-section", f"merge.{DRIVER}")
        return True

    def _config(self, *words: str) -> subprocess.CompletedProcess[str]:
        return _run(self._root, self._env, "config", "--local", *words)

    def _must(self, *words: str) -> None:
        done = self._config(*words)
        if done.returncode != 0:
            raise CannotReach(f"git has not changed its configuration: {done.stderr.strip()}", file=".git/config")


def _run(cwd: str, env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["git", *words], cwd=cwd, env=dict(env), capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotReach(f"git cannot be run: {error.strerror}") from None


def mark_both(cwd: str, env: Mapping[str, str], base: str, ours: str, theirs: str) -> None:
    """Put both versions into the file `ours`, with git's marks where they differ. Raises CannotReach."""
    _run(cwd, env, "merge-file", "-q", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs)


def with_lines(text: str) -> str:
    """The text of `.gitattributes` with the lines of this program, those that it has where they are."""
    there = {line.strip() for line in text.splitlines()}
    missing = [line for line in LINES if line not in there]
    gap = "" if not text or text.endswith("\n") else "\n"
    return text + gap + "".join(f"{line}\n" for line in missing) if missing else text


def without_lines(text: str) -> str:
    """The text of `.gitattributes` without the lines of this program."""
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in LINES)


def from_everywhere(words: Sequence[str], cwd: str, env: Mapping[str, str]) -> list[str]:
    """The words that start a program, the first as an absolute path where that can be told.

    A driver is run from other terminals too, and there another `cf` may come first, or none.
    """
    first = words[0]
    places = [cwd] if os.sep in first else [place for place in env.get("PATH", "").split(os.pathsep) if place]
    found = (os.path.normpath(os.path.join(cwd, place, first)) for place in places)
    return [next(filter(_is_program, found), first), *words[1:]]


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
