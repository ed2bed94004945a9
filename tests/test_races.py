"""Two at once: many commands on one dossier, a stranger who rewrites it meanwhile, and a lock that is never let go."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder.journal.journal import Journal
from clientfolder.binder.journal.transactions import Transactions
from clientfolder.tickler import spreading
from folders import Cf
from signals import as_usual

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\nkind = "call"\n'

# Processes at one time, forks of one that has started already. Each runs its own lines, however long it has to wait, and
# prints how and when each has ended.
MANY = """
import io, json, math, os, sys, time
from clientfolder.binder.journal import transactions
from clientfolder.binder.toml import dossier_file, editor
from clientfolder.cli import main
from clientfolder.cli.process import real_world
for lines in json.loads(sys.argv[1]):
    if os.fork() == 0:
        for line in lines:
            unseen = {"stdout": io.StringIO(), "stderr": io.StringIO()}
            code = main(line, real_world()._replace(patience=math.inf, **unseen))
            os.write(1, (json.dumps([code, time.monotonic(), line]) + chr(10)).encode())
        os._exit(0)
sys.exit(any([os.wait()[1] for _ in json.loads(sys.argv[1])]))
"""
# The program itself, but for its patience.
PATIENT = """
import math, sys
from clientfolder.cli import app, process
world = process.real_world()._replace(patience=math.inf, program="cf")
sys.exit(app.front_door(sys.argv[1:], world))
"""


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    cf.ok("set anna role=owner")
    return cf


def env_of(cf: Cf) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(cf.home), "CF_TODAY": "2026-07-15T10:00:00"}


def at_once(cf: Cf, lines: list[list[list[str]]]) -> list[tuple[int, float, list[str]]]:
    """Code, moment and line of every command, where each list of lines is run in a process of its own."""
    program = [sys.executable, "-c", MANY, json.dumps(lines)]
    done = subprocess.run(
        program, cwd=cf.root, env=env_of(cf), stdout=subprocess.PIPE, text=True, preexec_fn=as_usual, check=True
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_twenty_at_once_lose_none_of_two_hundred_entries(anna: Cf) -> None:
    many = [[["log", "anna", f"entry-{number}-{entry}.", "-n", "fri"] for entry in range(10)] for number in range(20)]
    assert [code for code, _, _ in at_once(anna, many)] == [0] * 200
    text = anna.text("anna")
    assert text.count("[[log]]") == 200
    assert all(text.count(f"entry-{number}-{entry}.") == 1 for number in range(20) for entry in range(10))


def test_twenty_at_once_by_the_real_program(anna: Cf) -> None:
    words = [sys.executable, "-c", PATIENT, "log", "anna", "-n", "fri", "--as", "call"]
    running = [
        subprocess.Popen([*words, f"entry-{number}."], cwd=anna.root, env=env_of(anna), stdout=subprocess.DEVNULL)
        for number in range(20)
    ]
    assert [process.wait() for process in running] == [0] * 20
    assert all(anna.text("anna").count(f"entry-{number}.") == 1 for number in range(20))


# Different commands on one dossier ---------------------------------------------------------------------

GIVING = [
    "set anna phone={0} tags+=t{0}",
    "snooze anna 1w --yes",
    "file anna 24 july --yes",
    "rename anna Anna {0}",
    "rest anna why {0}",
]
TAKING = ["remove anna", "undo", "redo", "undo anna", "new Anna Nowak -n fri"]


def mixed(lines: list[str], worker: int) -> list[list[str]]:
    """A log entry, then one of the lines, and so on; each worker in another order."""
    others = [lines[(worker * 3 + number * 2) % len(lines)].format(f"{worker}{number}") for number in range(6)]
    return [
        line.split()
        for number, other in enumerate(others)
        for line in (f"log anna entry-{worker}-{number}. -n fri", other)
    ]


def replayed(cf: Cf, files: dict[str, bytes]) -> dict[str, bytes]:
    """The folder as the daybook's steps leave it, one after the other; each must find what the one before it left."""
    for path in sorted((cf.root / ".cf" / "daybook").glob("*.done.json")):
        for change in json.loads(path.read_text())["files"]:
            kind, name = change["kind"], change["path"]
            if kind == "created":
                assert name not in files, path
                files[name] = change["content"].encode()
            elif kind == "replaced":
                assert files[name] == change["before"].encode(), path
                files[name] = change["after"].encode()
            elif kind == "moved":
                assert change["to"] not in files, path
                files[change["to"]] = files.pop(name)
            else:
                assert files.pop(name) == change["content"].encode(), path
    return files


@pytest.mark.parametrize("lines", [GIVING, [*GIVING[:2], *TAKING]])
def test_different_commands_end_as_if_one_had_come_after_the_other(cf: Cf, lines: list[str]) -> None:
    cf.write("anna", ANNA)
    done = at_once(cf, [mixed(lines, worker) for worker in range(5)])
    # Whoever is renamed or taken away between the look and the lock is not there: 3.
    assert {code for code, _, _ in done} <= {0, 2, 3, 4, 6, 7}
    assert replayed(cf, {"clients/anna.toml": ANNA.encode()}) == cf.tree()
    if lines is GIVING:
        everything = b"".join(cf.tree().values()).decode()
        for code, _, line in done:
            if line[0] == "log":
                # A dossier that is just being renamed is there under both its names for a moment: 4.
                assert code in (0, 3, 4)
                assert everything.count(line[2]) == (code == 0), line


# An editor, or a sync program --------------------------------------------------------------------------


class Stranger(threading.Thread):
    """Somebody who reads the dossier, adds a line, and saves it, into the file or as a new one in its place."""

    def __init__(self, path: Path, beside: Path) -> None:
        super().__init__()
        self.path, self.beside = path, beside
        self.enough = threading.Event()
        self.saved: list[tuple[float, str]] = []
        self.lost: list[str] = []

    def run(self) -> None:
        while not self.enough.wait(0.0005):
            read = self.path.read_text()
            self.lost += [f"# {number}." for number in range(len(self.saved)) if f"# {number}.\n" not in read]
            text = f"{read}# {len(self.saved)}.\n"
            if len(self.saved) % 2:
                self.path.write_text(text)
            else:
                self.beside.write_text(text)
                self.beside.rename(self.path)
            self.saved.append((time.monotonic(), text))


def test_what_an_editor_saves_meanwhile_is_never_overwritten(anna: Cf) -> None:
    stranger = Stranger(anna.path("anna"), anna.home / "new")
    stranger.start()
    try:
        lines = [
            [["log", "anna", f"entry-{worker}-{number}.", "-n", "fri"] for number in range(40)] for worker in range(2)
        ]
        done = at_once(anna, lines)
    finally:
        stranger.enough.set()
        stranger.join()
    text = anna.text("anna")
    assert not stranger.lost
    assert all(f"# {number}.\n" in text for number in range(len(stranger.saved)))
    assert {code for code, _, _ in done} <= {0, 5, 6}
    for code, moment, line in done:
        by_the_stranger = any(when > moment - 1 and line[2] not in saved for when, saved in stranger.saved)
        assert code != 0 or line[2] in text or by_the_stranger, line
    assert not list((anna.root / "clients").glob(".*"))


# A lock that is never let go ---------------------------------------------------------------------------


@pytest.fixture
def held(anna: Cf) -> Iterator[Cf]:
    with open(anna.root / ".cf" / "lock") as somebody:
        fcntl.flock(somebody, fcntl.LOCK_EX)
        yield anna


@pytest.mark.parametrize(
    "line",
    [
        "today",
        "list",
        "binder",
        "show anna",
        "find anna",
        "history",
        "doctor",
        "settings",
        "log anna x -n fri --dry-run",
    ],
)
def test_readers_never_wait(held: Cf, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def waits(seconds: float) -> Any:
        raise AssertionError("a reader waits")

    monkeypatch.setattr(time, "sleep", waits)
    assert held(line).exit in (0, 1)


def test_a_writer_waits_and_then_gives_the_text_back(held: Cf) -> None:
    before, begun = held.tree(), time.monotonic()
    held.patience = 0.2
    answer = held("log anna my precious words -n fri")
    assert time.monotonic() - begun >= held.patience
    assert answer.exit == 5
    assert re.fullmatch(r"cf: Another cf is writing .* Again: cf log anna my precious words -n fri\n", answer.err)
    assert held.tree() == before


@pytest.mark.parametrize(
    "line", ["move anna -n mon", "set anna phone=1", "rename anna Bert", "remove anna", "undo", "new Zoe -n fri"]
)
def test_no_writer_goes_past_the_lock(held: Cf, line: str) -> None:
    held.patience = 0.05
    before = held.tree()
    assert held(line).exit == 5
    assert held.tree() == before


# It is interrupted where it waits, and not before.
WAITS = """
import os, signal, time
time.sleep = lambda seconds: os.kill(os.getpid(), signal.SIGINT)
from clientfolder.cli import run
run()
"""


def test_who_is_tired_of_waiting_presses_ctrl_c(held: Cf) -> None:
    program = [sys.executable, "-c", WAITS, "log", "anna", "x", "-n", "fri"]
    done = subprocess.run(
        program, cwd=held.root, env=env_of(held), capture_output=True, text=True, check=False, preexec_fn=as_usual
    )
    assert (done.stderr, done.returncode) == ("cf: Interrupted. Again: cf log anna x -n fri\n", 130)


class Hands:
    """A clock whose hands move only while somebody waits; each time `meanwhile` is done with the seconds that it shows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[float], object]) -> None:
        self.shows, self.pauses, self.meanwhile = 0.0, list[float](), meanwhile
        monkeypatch.setattr(time, "monotonic", lambda: self.shows)
        monkeypatch.setattr(time, "sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.shows += seconds
        self.meanwhile(self.shows)


@pytest.mark.parametrize("what_moves", ["the lock is taken by others", "a dossier gets its name", "a step is written"])
def test_nobody_gives_up_while_those_in_front_get_on(
    held: Cf, what_moves: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"the lock is taken by others": "lock", "a dossier gets its name": "../clients"}.get(what_moves, "daybook")

    def moves(shows: float) -> None:
        if shows < 40:
            os.utime(held.root / ".cf" / place, ns=(0, int(shows) * 10**9))

    hands = Hands(monkeypatch, moves)
    assert held("log anna x -n fri").exit == 5
    assert 39 + held.patience <= hands.shows < 40 + held.patience
    # Who has waited for long asks the oftener, so that those who come later do not go first.
    assert hands.pauses == sorted(hands.pauses, reverse=True)
    assert hands.pauses[-1] < hands.pauses[0] / 5


def test_who_waits_gets_the_lock_when_it_is_free(anna: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = os.open(anna.root / ".cf" / "lock", os.O_RDWR)
    fcntl.flock(somebody, fcntl.LOCK_EX)
    Hands(monkeypatch, lambda shows: fcntl.flock(somebody, fcntl.LOCK_UN) if shows > 4 else None)
    anna.ok("log anna x -n fri")
    assert 'text = "x"' in anna.text("anna")
    os.close(somebody)


def test_the_taking_of_the_lock_is_seen_by_those_who_wait(anna: Cf) -> None:
    path = anna.root / ".cf" / "lock"
    os.utime(path, ns=(0, 0))
    # It decides on something, and then writes nothing.
    assert anna("new Anna -n fri").exit == 2
    assert anna("set anna nowhere.at.all=1").exit == 2
    assert path.stat().st_mtime_ns > 0


# What is only thought about ----------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["spread 17 --cap 1 --yes", "log anna x -n fri", "undo"])
def test_ctrl_c_is_heard_until_the_writing_begins(anna: Cf, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command works out under the lock may take long, and nothing is lost when it is broken off."""
    anna.write("bert", 'name = "Bert"\n[next]\non = 2026-07-17\n')
    anna.ok("file anna 17 july --yes")
    before, deaf = anna.tree(), list[bool]()

    def asked(function: Callable[..., Any]) -> Callable[..., Any]:
        def asks(*args: Any, **how: Any) -> Any:
            deaf.append(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
            return function(*args, **how)

        return asks

    for place, name in ((Transactions, "revise"), (Journal, "read"), (spreading, "spread")):
        monkeypatch.setattr(place, name, asked(getattr(place, name)))
    anna.ok(line)
    assert anna.tree() != before
    assert set(deaf) == {False}
