"""Real repositories of git for tests: a folder and its clones, each a machine of its own with a `cf` in it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from folders import Cf

PROGRAM = f"{sys.executable} -m clientfolder"


class Clone:
    """A folder under git, and the `cf` of that machine."""

    def __init__(self, cf: Cf) -> None:
        self.cf = cf
        self.root = cf.root

    def git(self, *words: str, exit: int | None = 0) -> str:
        env = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.cf.home), "CF_TODAY": "2026-08-01T09:00:00+02:00",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "LANG": "C.UTF-8",
        }  # fmt: skip
        who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main"]
        done = subprocess.run(
            ["git", *who, *words], cwd=self.root, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        assert exit is None or done.returncode == exit, done
        return done.stdout

    def commit(self, words: str = "work") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", words)

    def install(self) -> None:
        """What `cf merge --install` does, with the program of this environment."""
        self.cf.ok("merge --install")
        self.git("config", "merge.clientfolder.driver", f"{PROGRAM} merge --driver %O %A %B %P")

    def clone(self, name: str) -> Clone:
        """The same folder on another machine."""
        there = self.root.parent / name
        self.git("clone", "-q", str(self.root), str(there))
        other = Clone(replace(self.cf, root=there))
        other.install()
        return other

    def fetch(self, other: Clone, name: str) -> None:
        self.git("fetch", "-q", str(other.root), f"+HEAD:refs/heads/{name}")


def begun(cf: Cf) -> Clone:
    """The folder made a repository, with all that is in it."""
    first = Clone(cf)
    first.git("init", "-q")
    first.install()
    first.commit("begun")
    return first
