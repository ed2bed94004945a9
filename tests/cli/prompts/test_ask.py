"""Asking at the terminal and reading a pipe: each answer is a text in UTF-8, or is refused and kept."""

from __future__ import annotations

import io
import os
import pty
import re
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from acts import kept_in
from clientfolder.cli.prompts import ask
from clientfolder.workspace import Environment
from folders import Cf
from warm import Ended, Warm
from watched import WRITING, Folder

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\n'


LATIN = b"M\xfcller zahlt am 3.\n"


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def with_bytes(cf: Cf, words: list[str], content: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    stream = SimpleNamespace(buffer=io.BytesIO(content), isatty=lambda: False)
    monkeypatch.setattr(io, "StringIO", lambda text="", made=io.StringIO: stream if text == "PIPED" else made(text))
    answer = cf(words, piped="PIPED")
    return answer.exit, answer.err


@pytest.mark.parametrize("words", [["log", "anna", "-", "-n", "fri"], ["new", "-"]], ids=" ".join)
def test_a_pipe_that_is_no_utf_8_is_refused_and_kept(
    anna: Cf, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = anna.tree()
    exit_code, letter = with_bytes(anna, words, b"name\n" + LATIN, monkeypatch)
    assert exit_code == 2
    assert "(line 2)" in letter
    assert kept_in(letter) == b"name\n" + LATIN
    assert anna.tree() == before


@pytest.mark.parametrize("line", ["log anna -n fri", "log anna --form first-call", "new", "slip -n fri", "-i"])
def test_what_is_typed_at_a_prompt_and_is_no_utf_8_is_refused_and_kept(anna: Cf, line: str) -> None:
    """`\\udce9` is how the byte arrives from a terminal that is not UTF-8."""
    typed = {"-i": "lCaf\udce9 at nine\n"}.get(line, "Caf\udce9 at nine\n")
    answer = anna(line, typed=typed)
    told = answer.out + answer.err
    assert "no text in UTF-8" in " ".join(told.split())
    assert "\ufffd" not in anna.text("anna") + told
    assert anna.text("anna") == ANNA
    [kept] = (anna.root / ".cf" / "rescued").iterdir()
    assert kept.read_bytes() == b"Caf\xe9 at nine"


def test_a_real_terminal_that_is_not_utf_8(anna: Cf) -> None:
    program = [sys.executable, "-m", "clientfolder", "--folder", str(anna.root), "log", "anna", "-n", "fri"]
    env = {"PATH": os.environ["PATH"], "HOME": str(anna.home), "LC_ALL": "C", "CF_TODAY": "2026-07-15", "TERM": "dumb"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(program, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        os.close(theirs)
        os.write(ours, b"Caf\xe9 at nine\n")
        _, letter = running.communicate(timeout=60)
    os.close(ours)
    assert running.returncode == 2
    assert kept_in(letter.decode()) == b"Caf\xe9 at nine"
    assert anna.text("anna") == ANNA


@pytest.mark.parametrize(("line", "ends"), [("log anna - -n fri", b"Took two.\n"), ("new -", b"name,next\nEva,fri\n")])
def test_at_a_terminal_what_is_read_to_its_end_says_how_it_ends(anna: Cf, line: str, ends: bytes) -> None:
    program = [sys.executable, "-m", "clientfolder", "--folder", str(anna.root), *line.split()]
    env = {"PATH": os.environ["PATH"], "HOME": str(anna.home), "CF_TODAY": "2026-07-15", "LC_ALL": "C.UTF-8"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(program, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        os.close(theirs)
        assert running.stderr
        assert b"Ctrl-D" in running.stderr.readline()
        os.write(ours, ends + b"\x04")
        running.communicate(timeout=60)
    os.close(ours)
    assert "Ctrl-D" not in anna(line, piped=ends.decode()).err


def test_a_question_that_is_wider_than_the_window_breaks_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves room behind it for the answer."""
    out = io.StringIO()
    world = Environment({}, "/", io.StringIO(), out, io.StringIO(), clock=None, config_dir=str)  # type: ignore[arg-type]
    monkeypatch.setattr(out, "isatty", lambda: True)
    world = world._replace(window=lambda: (60, 24))
    before = ask.before_answer(world, "Is 5/7 the 5th of July? [y/n, Enter: ask me no dates like that] ")
    assert before == "dates like that] "
    assert out.getvalue() == "Is 5/7 the 5th of July? [y/n, Enter: ask me no\n"
    assert ask.before_answer(world, "Next? ") == "Next? "


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
@pytest.mark.parametrize(
    "line",
    [
        "log anna -",
        "log anna - -n fri --json",
        "new -",
        "when -",
        "attach anna /dev/zero",
        "restore /dev/zero new",
        "log anna -e",
    ],
)
def test_an_input_without_end_is_refused_within_a_bound(anna: Cf, line: str) -> None:
    program = [sys.executable, "-m", "clientfolder", "--folder", str(anna.root), *line.split(" ")]
    env = {"PATH": os.environ["PATH"], "HOME": str(anna.home), "CF_TODAY": "2026-07-15", "EDITOR": "ln -sf /dev/zero"}

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    with open("/dev/zero", "rb") as endless:
        done = subprocess.run(
            program,
            env=env,
            stdin=endless,
            cwd=anna.root,
            capture_output=True,
            check=False,
            timeout=60,
            preexec_fn=bounded,
        )
    assert done.returncode in (2, 5), done
    assert b"Traceback" not in done.stderr
    assert len(done.stderr) < 2000
    assert anna.text("anna") == ANNA


def test_what_is_no_answer_to_yes_or_no_is_asked_again(cf: Cf) -> None:
    cf.write("nov", 'name = "Novak"\n[next]\non = 2026-07-15\nhow = "agreed"\n')
    answer = cf("snooze nov fri", typed="thu 10:00\ny\n", terminal=True)
    assert answer.exit == 0
    assert "that was no answer" in answer.out
    assert str(cf.next("nov")["on"]) == "2026-07-17"  # type: ignore[index]


def in_state(folder: Folder, **streams: str) -> Ended:
    folder.put_back()
    ended = folder.run(streams=streams)
    # How small an archive gets hangs on the times in it.
    return replace(ended, out=re.sub(r"\d+ bytes", "some bytes", ended.out))


@pytest.mark.parametrize("state", ["closed", "unreadable"])
@pytest.mark.parametrize("line", ["log anna -", "log anna", "new -", "new", "when -", "today -i"])
def test_an_input_that_cannot_be_read_is_told(line: str, state: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING["log"]._replace(line=line), warm)
    old = folder.dossiers()
    ended = in_state(folder, **{"in": state})
    # No phrases are no trouble.
    assert ended.code in ((0,) if (line, state) == ("when -", "closed") else (2, 5))
    assert ended.code == 0 or ended.err.startswith("cf: ")
    assert "Traceback" not in ended.err
    assert folder.dossiers() == old
