"""A pseudo-terminal at which `cf` is typed."""

from __future__ import annotations

import os
import sys

import pexpect
import pyte

from folders import Cf
from signals import as_usual

ROWS, COLUMNS = 24, 80


class Terminal:
    """A shell's place at a pseudo-terminal: lines are typed, keys are counted, the screen can be looked at."""

    def __init__(self, cf: Cf) -> None:
        self.cf = cf
        self.keys = 0
        self.words = 0
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.running: pexpect.spawn[str] | None = None
        self.env = {"PATH": os.environ["PATH"], "HOME": str(cf.home), "TERM": "xterm", "CF_TODAY": "2026-07-15"}

    def line(self, line: str) -> None:
        """Type a command line at the shell, and Enter."""
        self.keys += len(line) + 1
        self.screen.reset()
        words = ["-m", "clientfolder", *line.split()[1:]]
        self.running = pexpect.spawn(
            sys.executable,
            words,
            cwd=str(self.cf.root),
            env=self.env,
            dimensions=(ROWS, COLUMNS),
            encoding="utf-8",
            timeout=20,
            preexec_fn=as_usual,
        )

    def expect(self, text: str) -> None:
        assert self.running
        self.running.expect_exact(text)
        self.stream.feed((self.running.before or "") + text)

    def type(self, words: str) -> None:
        """Words of one's own, which are not counted as keys of the program's, and Enter, which is."""
        assert self.running
        self.running.sendline(words)
        self.words += len(words)
        self.keys += 1

    def press(self, key: str) -> None:
        assert self.running
        self.running.send(key)
        self.keys += 1

    def end(self) -> int:
        assert self.running
        self.running.expect(pexpect.EOF)
        self.stream.feed(self.running.before or "")
        self.running.close()
        return self.running.exitstatus if self.running.exitstatus is not None else -1

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)
