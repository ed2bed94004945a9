"""Killed, full disk, I/O error at every write-like system call that a command makes in the folder.

The calls are found by tracing the command once; then each of them fails or kills in a run of its own. A new command is
covered by naming it in `COMMANDS`. By default `log` and `move` are run with a kill and a full disk; `--faults` runs all.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from clientfolder.cli import main
from clientfolder.office import World

ANNA = '# mine\nname = "Anna"\n\n[next]\non = 2026-07-10\nkind = "call"\nhow = "planned"\n\n[[log]]\nat = 2026-07-01\ntext = "a"\n'
BERT = 'name = "Bert"\r\nnext.on = 2026-07-16\r\n'
TABLE = "name,next\nCarl,fri\nDora,mon\n"

# What is typed, and what is piped in. {cf} stands for a first command that the fault does not touch.
COMMANDS: dict[str, tuple[str, str]] = {
    "log": ("log anna hello -n fri", ""),
    "move": ("move anna bert -n mon", ""),
    "snooze": ("snooze anna 1w", ""),
    "file": ("file bert 24 july", ""),
    "new": ("new Carl -n fri", ""),
    "new from a table": ("new -", TABLE),
    "set": ("set bert phone=1 tags+=vip", ""),
    "rename": ("rename anna Anna Nowak", ""),
    "rest": ("rest anna why", ""),
    "remove": ("remove anna", ""),
    "edit": ("edit anna", ""),
    "undo": ("undo", ""),
    "redo": ("redo", ""),
}
BEFORE = {"undo": ["move anna bert -n mon"], "redo": ["rename anna Anna Nowak", "undo"]}
WRITE_LIKE = (
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "fchmod",
    "rename",
    "renameat2",
    "unlink",
    "mkdir",
    "flock",
    "link",
)
FAULTS = {"killed": "signal=KILL", "terminated": "signal=TERM", "full disk": "error=ENOSPC", "I/O error": "error=EIO"}
BY_DEFAULT = {(command, fault) for command in ("log", "move") for fault in ("killed", "full disk")}

strace = shutil.which("strace")


def why_not() -> str:
    """Why nothing can be traced here; empty where it can."""
    if strace is None:
        return "strace is not installed (Debian: apt-get install strace)"
    tried = subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace on this machine"


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@dataclass(frozen=True)
class Call:
    """One system call of the traced run: the `ordinal`th of its name."""

    name: str
    ordinal: int
    text: str


class Folder:
    """A folder that can be put back as it was before each run."""

    def __init__(self, place: Path, command: str) -> None:
        self.place = place
        self.root = place / "folder"
        self.words, self.piped = COMMANDS[command]
        editor = place / "editor"
        editor.write_text('#!/bin/sh\necho "# by hand" >> "$1"\n')
        editor.chmod(0o755)
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(place), "XDG_CONFIG_HOME": str(place), "CF_TODAY": "2026-07-15T10:00:00",
            "CF_FOLDER": str(self.root), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "EDITOR": str(editor), "TMPDIR": str(place),
        }  # fmt: skip
        (self.root / "clients").mkdir(parents=True)
        (self.root / "clientfolder.toml").write_text("")
        (self.root / "clients" / "anna.toml").write_bytes(ANNA.encode())
        (self.root / "clients" / "bert.toml").write_bytes(BERT.encode())
        (self.root / "clients" / "bert.toml").chmod(0o640)
        for line in BEFORE.get(command, []):
            assert self.run(line).returncode == 0
        shutil.copytree(self.root, place / "as it was")

    def put_back(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.place / "as it was", self.root)

    def run(self, words: str, *tracer: str) -> subprocess.CompletedProcess[str]:
        program = [*tracer, sys.executable, "-m", "clientfolder", *words.split()]
        return subprocess.run(
            program, env=self.env, input=self.piped, capture_output=True, text=True, check=False, timeout=60
        )

    def then(self, words: str) -> int:
        """A command after the fault, in this process; its exit code."""
        out = io.StringIO()
        world = World(
            self.env, str(self.root), io.StringIO(), out, out, lambda: datetime(2026, 7, 15), lambda: str(self.place)
        )
        return main(words.split(), world)

    def traced(self, *options: str) -> tuple[subprocess.CompletedProcess[str], str]:
        trace = self.place / "trace"
        assert strace
        calls = ",".join(f"?{name}" for name in WRITE_LIKE)
        done = self.run(self.words, strace, "-qq", "-y", "-o", str(trace), "-e", f"trace={calls}", *options)
        return done, trace.read_text()

    def dossiers(self) -> dict[str, tuple[bytes, int]]:
        """Content and mode of every dossier, those set aside too."""
        return {
            f"{directory}/{path.name}": (path.read_bytes(), path.stat().st_mode & 0o777)
            for directory in ("clients", "removed")
            for path in sorted((self.root / directory).glob("[!.]*"))
        }

    def calls(self) -> Iterator[Call]:
        """The write-like calls that the command makes in the folder."""
        done, trace = self.traced()
        assert done.returncode == 0, done.stderr
        ordinals: Counter[str] = Counter()
        for line in trace.splitlines():
            name = line.partition("(")[0]
            ordinals[name] += 1
            opens_to_read = name == "openat" and "O_CREAT" not in line
            if str(self.root) in line and not opens_to_read:
                yield Call(name, ordinals[name], line)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_dossier_is_old_or_new(command: str, fault: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if (command, fault) not in BY_DEFAULT and not request.config.getoption("--faults"):
        pytest.skip("runs with --faults")
    folder = Folder(tmp_path, command)
    old = folder.dossiers()
    calls = list(folder.calls())
    new = folder.dossiers()
    assert new != old
    assert len(calls) >= 10
    for call in calls:
        folder.put_back()
        done, trace = folder.traced("-e", f"inject={call.name}:{FAULTS[fault]}:when={call.ordinal}")
        where = f"{fault} at {call.text}\n{done.stderr}"
        now = folder.dossiers()
        assert "Traceback" not in done.stderr, where
        if FAULTS[fault].startswith("error"):
            assert "(INJECTED)" in trace, where
            # A failed command says so in one line and has changed nothing; one that ended well has done all.
            assert now == (new if done.returncode == 0 else old), where
            assert done.returncode in (0, 5), where
            assert done.returncode == 0 or done.stderr.count("\n") == 1, where
        else:
            assert done.returncode != 0, where
            for name, content in now.items():
                assert content in (old.get(name), new.get(name)), where
        # Nothing that is left disturbs the next command, which finishes or takes back what was cut short.
        assert folder.then("today") == 0, where
        assert folder.then("new Zoe -n fri") == 0, where
        after = {name: content for name, content in folder.dossiers().items() if name != "clients/zoe.toml"}
        assert after in (old, new), where


def test_a_naive_writer_is_caught(tmp_path: Path) -> None:
    """The same watch over a writer that opens the file and writes into it finds a dossier that is neither old nor new."""
    folder = Folder(tmp_path, "log")
    old = folder.dossiers()
    target = folder.root / "clients" / "anna.toml"
    naive = f"open({str(target)!r}, 'w').write({ANNA!r} + 'more = 1')"
    trace = tmp_path / "trace"
    assert strace
    traced = [strace, "-qq", "-y", "-o", str(trace), "-e", "trace=openat,write"]
    subprocess.run([*traced, sys.executable, "-c", naive], env=folder.env, check=True)
    new = folder.dossiers()
    lines = trace.read_text().splitlines()
    writes = [line for line in lines if line.startswith("write(")]
    ordinal = next(number for number, line in enumerate(writes, 1) if str(target) in line)
    folder.put_back()
    subprocess.run(
        [*traced, "-e", f"inject=write:signal=KILL:when={ordinal}", sys.executable, "-c", naive],
        env=folder.env,
        check=False,
    )
    assert re.search("KILL", trace.read_text())
    assert folder.dossiers() not in (old, new)
