"""Faults at every call that a command makes in the folder: killed, interrupted, refused by the system, cut short.

The calls are found by tracing the command once; then each of them fails in a run of its own. A new command is covered
by naming it in `watched.py`. By default `log` and `move` are swept with the commonest faults; `--faults` sweeps all.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest

import thorough
from warm import Ended, Warm
from watched import ANNA, READING, WRITING, Call, Folder, Look, strace, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

SIGNALS = {"killed": "KILL", "terminated": "TERM", "interrupted": "INT"}
ERRORS = {"full disk": ("ENOSPC",), "I/O error": ("EIO",),
          # They take turns, one at each call.
          "rarer errors": ("EROFS", "EDQUOT", "EACCES", "EPERM", "EINTR", "EAGAIN", "EOPNOTSUPP", "EMLINK")}  # fmt: skip
READ_ERRORS = ("EIO", "EACCES", "EINTR")
FAULTS = (*SIGNALS, *ERRORS)
BY_DEFAULT = {
    ("log", "killed"),
    ("log", "full disk"),
    ("log", "interrupted"),
    ("move", "killed"),
    ("move", "full disk"),
}
# What differs from another command only in the kind of folder is swept with these.
FOR_VARIANTS = ("killed", "I/O error")
SIZES = (0, 1, 40, 130, 170, 200, 400, 700)


@pytest.fixture
def only_asked(request: pytest.FixtureRequest) -> None:
    command, fault = (request.node.callspec.params.get(name) for name in ("command", "fault"))
    if (command, fault) not in BY_DEFAULT and not request.config.getoption("--faults"):
        pytest.skip("runs with --faults")
    if fault and " " in command and fault not in FOR_VARIANTS:
        pytest.skip("the command without the variation is swept with this fault")


def explained(now: dict[str, Look], old: dict[str, Look], new: dict[str, Look]) -> bool:
    """Whether each file is exactly its old or its new self, and none has gone that should be there."""
    whole = {*old.values(), *new.values()}
    return all(look in whole for look in now.values()) and now.keys() >= old.keys() & new.keys()


def check_failed(folder: Folder, ended: Ended, old: dict[str, Look], new: dict[str, Look], where: str) -> None:
    """A failed command says so in one line and has changed nothing; one that ended well has done all."""
    assert "Traceback" not in ended.err, where
    # Whatever binds cf binds the editor too, and that it failed is a refusal.
    assert ended.code in (0, 5) or "cf: The editor" in ended.err, where
    now = folder.dossiers()
    if ended.code == 0 and "EPERM at fchmod(" in where:
        # A disk that keeps no modes is written all the same; then the file is closed to others.
        new = {
            name: min(look, look._replace(mode=0o600), key=lambda one: one != now.get(name))
            for name, look in new.items()
        }
    assert now == (new if ended.code == 0 else old), where
    assert ended.code == 0 or ended.err.count("\n") == 1, where


def check_what_follows(folder: Folder, old: dict[str, Look], new: dict[str, Look], where: str) -> None:
    """Nothing that is left disturbs the next command, which finishes or takes back what was cut short."""
    assert explained(folder.dossiers(), old, new), where
    assert folder.then("today") == 0, where
    assert folder.then("new Zoe -n fri") == 0, where
    after = {name: look for name, look in folder.dossiers().items() if name != "clients/zoe.toml"}
    assert after in (old, new), where


def both_ends(folder: Folder) -> tuple[list[Call], dict[str, Look], dict[str, Look]]:
    """The calls of a run without a fault, and the folder before and after it."""
    old = folder.dossiers()
    calls = list(folder.calls())
    new = folder.dossiers()
    assert new != old
    assert len(calls) >= 10
    return calls, old, new


@pytest.mark.usefixtures("only_asked")
@pytest.mark.parametrize("fault", SIGNALS)
@pytest.mark.parametrize("command", WRITING)
def test_a_command_that_is_cut_short(command: str, fault: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING[command], warm)
    calls, old, new = both_ends(folder)
    for call in calls:
        if call.does != "write":
            continue
        folder.put_back()
        ended, _ = folder.failing(call, f"signal={SIGNALS[fault]}")
        where = f"{fault} at {call.text}\n{ended}"
        if fault == "interrupted":
            assert (ended.code, ended.err.count("\n")) == (130, 1), where
            assert "Interrupted" in ended.err, where
        else:
            assert ended.code == -signal.Signals[f"SIG{SIGNALS[fault]}"], where
        check_what_follows(folder, old, new, where)
        # What is still there was begun where no step of the daybook tells of it: a new folder, a text that was typed,
        # a printed page; and of the index of money, which the next page of money takes away.
        untold = ("elsewhere", "rescued", "prints")
        if any(".cf/.ledger" in left for left in folder.left_over()):
            assert folder.then("worth") in (0, 1), where
        assert not [left for left in folder.left_over() if not any(place in left for place in untold)], where


AGAIN_BY_DEFAULT = ("log", "away", "rename", "new from a table", "redo")
# What makes a folder or an archive has no daybook to tell that it was made by the command that was killed.
MADE_ALREADY = {"init": 2, "demo": 2, "backup": 2, "restore": 2, "form": 2, "handover": 2}


# One dossier that cannot be read is told with its contact, and the others are taken.
GOES_ON = ("import", "merge", "handover", "handover that is back", "export", "export anew", "print", "worth")
# What is made of those that can be read: who was handed over, and the files that leave the folder.
MADE_OF_OTHERS = ("handed-over.toml", "elsewhere/taken.ics", "elsewhere/page.html")
# In an editor people see what is written already, and what they write there is another text.
BY_HAND = ("log in the editor", "edit", "edit through a link")


@pytest.mark.parametrize("command", thorough.share([command for command in WRITING if command not in BY_HAND], 0, 3))
def test_what_was_killed_is_typed_again(
    command: str, tmp_path: Path, warm: Warm, request: pytest.FixtureRequest
) -> None:
    """With the same words it ends as if it had been said once, whichever write it was killed at."""
    if command not in AGAIN_BY_DEFAULT and not request.config.getoption("--faults"):
        pytest.skip("runs with --faults")
    folder = Folder(tmp_path, WRITING[command], warm)
    calls, _, new = both_ends(folder)
    history = folder.history()
    for call in calls:
        if call.does != "write":
            continue
        folder.put_back()
        killed, _ = folder.failing(call, "signal=KILL")
        where = f"killed at {call.text}\n{killed}"
        assert killed.code == -signal.SIGKILL, where
        made = folder.dossiers() == new
        again = folder.run()
        where += f"\n{again}"
        assert "Traceback" not in again.err, where
        assert folder.dossiers() == new, where
        assert folder.history() == history, where
        assert again.code in (0, 1) or (made and again.code == MADE_ALREADY.get(command)), where
        assert folder.then("redo --dry-run") == 7 or command.startswith("undo"), where


@pytest.mark.usefixtures("only_asked")
@pytest.mark.parametrize("fault", ERRORS)
@pytest.mark.parametrize("command", WRITING)
def test_a_call_that_fails_changes_nothing_or_all(command: str, fault: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING[command], warm)
    calls, old, new = both_ends(folder)
    errors = cycle(ERRORS[fault])
    for call in calls:
        if call.does == "read" or (call.does == "close" and fault != "I/O error"):
            continue
        folder.put_back()
        error = next(errors)
        ended, trace = folder.failing(call, f"error={error}")
        where = f"{error} at {call.text}\n{ended}"
        assert "(INJECTED)" in trace, where
        check_failed(folder, ended, old, new, where)
        if folder.left_over():
            check_what_follows(folder, old, new, where)


@pytest.mark.usefixtures("only_asked")
@pytest.mark.parametrize("command", {**WRITING, **READING})
def test_what_cannot_be_read_is_told(command: str, tmp_path: Path, warm: Warm) -> None:
    act = {**WRITING, **READING}[command]
    folder = Folder(tmp_path, act, warm)
    old = folder.dossiers()
    calls = list(folder.calls())
    new = folder.dossiers()
    errors = cycle(READ_ERRORS)
    for call in calls:
        if call.does != "read":
            continue
        folder.put_back()
        error = next(errors)
        ended, _ = folder.failing(call, f"error={error}")
        where = f"{error} at {call.text}\n{ended}"
        assert "Traceback" not in ended.err, where
        # What cannot be looked at is not as a step left it: 6.
        assert ended.code in (0, 1, 3, 5, 6), where
        if command in GOES_ON and ended.code == 1:
            now, before, after = (
                {name: look for name, look in one.items() if name not in MADE_OF_OTHERS}
                for one in (folder.dossiers(), old, new)
            )
            assert explained(now, before, after), where
            assert not any(b"CANCELLED" in look.content for look in folder.dossiers().values() if look.content), where
            assert ": Cannot be read" in ended.err or command == "import", where
        else:
            assert folder.dossiers() == (new if ended.code < 2 else old), where


@pytest.mark.parametrize("command", thorough.share([*READING], 0, 3))
def test_a_reading_command_answers_whatever_it_cannot_write(
    command: str, tmp_path: Path, warm: Warm, request: pytest.FixtureRequest
) -> None:
    folder = Folder(tmp_path, READING[command], warm)
    old = folder.dossiers()
    as_ever = folder.run()
    folder.put_back()
    writing = [call for call in folder.calls() if call.does == "write"]
    assert folder.dossiers() == old
    whole = request.config.getoption("--faults")
    faults = ["signal=KILL", *(f"error={name}" for name in ("ENOSPC", "EIO", "EROFS", "EACCES"))]
    for call in writing if whole else writing[:3]:
        for fault in faults if whole else faults[:2]:
            folder.put_back()
            ended, _ = folder.failing(call, fault)
            where = f"{fault} at {call.text}\n{ended}"
            assert ended == as_ever or (ended.code == -signal.SIGKILL and "KILL" in fault), where
            assert folder.dossiers() == old, where
            assert folder.run() == as_ever, where


@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_may_not_grow_is_not_left_short(
    command: str, tmp_path: Path, warm: Warm, request: pytest.FixtureRequest
) -> None:
    """Beyond the limit a write is cut short, and the next one fails or kills."""
    if command not in ("log", "undo", "redo") and not request.config.getoption("--faults"):
        pytest.skip("runs with --faults")
    folder = Folder(tmp_path, WRITING[command], warm)
    old = folder.dossiers()
    assert folder.run().code == 0
    new = folder.dossiers()
    for size in SIZES:
        folder.put_back()
        ended = folder.run(limit=size)
        check_failed(folder, ended, old, new, f"{size} {ended} {folder.dossiers()}")
        if ended.code:
            assert folder.run().code == 0, f"{size} {ended}"
            assert folder.dossiers() == new, f"{size} {ended}"
        folder.put_back()
        killed = folder.run(limit=size, default=signal.SIGXFSZ)
        assert killed.code in (0, -signal.SIGXFSZ), f"{size} {killed}"
        check_what_follows(folder, old, new, f"{size} {killed}")


def make_private(root: Path) -> None:
    for directory in (root / ".cf", root / ".cf" / "daybook"):
        directory.mkdir(mode=0o700, exist_ok=True)


LOCKED = ("clients", ".cf", ".cf/daybook", ".", "all")


@pytest.mark.parametrize("locked", LOCKED)
@pytest.mark.parametrize("command", {**WRITING, **READING})
def test_a_directory_that_may_not_be_written(
    command: str, locked: str, tmp_path: Path, warm: Warm, request: pytest.FixtureRequest
) -> None:
    if command not in ("log", "move", "today") and not request.config.getoption("--faults"):
        pytest.skip("runs with --faults")
    folder = Folder(tmp_path, {**WRITING, **READING}[command], warm)
    make_private(folder.root)
    old = folder.dossiers()
    as_ever = folder.run()
    new = folder.dossiers()
    folder.put_back()
    make_private(folder.root)
    directories = LOCKED[:-1] if locked == "all" else (locked,)
    for directory in directories:
        (folder.root / directory).chmod(0o500)
    ended = folder.run()
    for directory in directories:
        (folder.root / directory).chmod(0o700)
    if command in READING:
        # Doctor tells of modes, and these are other ones.
        assert ended == as_ever or (command == "doctor" and ended.code == 1), ended
    else:
        check_failed(folder, ended, old, new, f"{ended}")


def test_a_call_that_has_another_number_than_before_is_met_all_the_same(tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING["log"], warm)
    call = next(call for call in folder.calls() if call.name.startswith("rename"))
    folder.put_back()
    ended, trace = folder.failing(replace(call, ordinal=call.ordinal + 50), "signal=KILL")
    assert ended.code == -signal.SIGKILL
    assert "killed by SIGKILL" in trace


def test_a_naive_writer_is_caught(tmp_path: Path, warm: Warm) -> None:
    """The same watch over a writer that opens the file and writes into it finds a dossier that is neither old nor new."""
    folder = Folder(tmp_path, WRITING["log"], warm)
    old = folder.dossiers()
    target = folder.root / "clients" / "anna.toml"
    naive = [sys.executable, "-c", f"open({str(target)!r}, 'w').write({ANNA!r} + 'more = 1')"]
    trace = tmp_path / "trace"
    assert strace
    traced = [strace, "-qq", "-y", "-o", str(trace), "-e", "trace=openat,write"]
    subprocess.run([*traced, *naive], check=True)
    new = folder.dossiers()
    writes = [line for line in trace.read_text().splitlines() if line.startswith("write(")]
    ordinal = next(number for number, line in enumerate(writes, 1) if str(target) in line)
    folder.put_back()
    subprocess.run([*traced, "-e", f"inject=write:signal=KILL:when={ordinal}", *naive], check=False)
    assert "KILL" in trace.read_text()
    assert not explained(folder.dossiers(), old, new)
