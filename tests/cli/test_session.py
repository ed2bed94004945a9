"""What is typed, piped or written in an editor: no letter of it is lost, and none of it is read without end."""

from __future__ import annotations

import io
import os
import pty
import re
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from folders import Cf

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\n'
LATIN = b"M\xfcller zahlt am 3.\n"


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def kept_in(letter: str) -> bytes:
    found = re.search(r"(?:kept as it came|What you typed is kept|What the editor left lies) in (\S+)", letter)
    assert found, letter
    return Path(found[1].rstrip(".")).read_bytes()


def editor(cf: Cf, content: bytes) -> None:
    (cf.home / "left").write_bytes(content)
    cf.env["EDITOR"] = f"cp {cf.home / 'left'}"


@pytest.mark.parametrize("content", [LATIN, b"\xff\xfeh\x00i\x00", b"first\nsecond \xe9\n", b"cut off \xc3"], ids=repr)
def test_an_editor_that_saves_no_utf_8_is_refused_and_its_bytes_are_kept(anna: Cf, content: bytes) -> None:
    editor(anna, content)
    answer = anna("log anna -e -n fri")
    assert answer.exit == 2
    assert "no text in UTF-8" in answer.err
    assert kept_in(answer.err) == content
    assert anna.text("anna") == ANNA


def test_the_mark_that_an_editor_puts_at_the_head_goes(anna: Cf) -> None:
    editor(anna, "\ufeffTyped in Notepad.\r\nMüller\r\n".encode())
    anna.ok("log anna -e -n fri")
    assert anna.row("anna")["last"]["text"] == "Typed in Notepad.\nMüller"


def test_an_editor_s_text_keeps_what_only_looks_like_the_end_of_a_line(anna: Cf) -> None:
    editor(anna, "one\u2028two\x0bthree\x85".encode() + b" four\n")
    anna.ok("log anna -e -n fri")
    assert anna.row("anna")["last"]["text"] == "one\u2028two\x0bthree\x85 four"


def test_what_an_editor_left_too_large_lies_where_it_was(anna: Cf) -> None:
    editor(anna, b"x" * 5_000_001)
    answer = anna("log anna -e -n fri")
    assert answer.exit == 2
    assert kept_in(answer.err) == b"x" * 5_000_001
    assert anna.text("anna") == ANNA
    found = re.search(r"lies in (\S+\.txt)", answer.err)
    assert found
    os.unlink(found[1])


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


def test_answers_given_before_stay_kept(anna: Cf) -> None:
    answer = anna("log anna --form first-call", typed="From a friend\nCaf\udce9\n")
    assert answer.exit == 2
    kept = [path.read_bytes() for path in (anna.root / ".cf" / "rescued").iterdir()]
    assert len(kept) == 2
    assert any(b"From a friend" in one for one in kept)
    assert b"Caf\xe9" in kept
    assert answer.err.count(str(anna.root / ".cf" / "rescued")) == 2


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


def test_a_text_that_would_make_a_dossier_unreadable_is_refused(anna: Cf) -> None:
    anna.ok("log anna - -n fri", piped="x" * 3_000_000)
    before = anna.text("anna")
    answer = anna("log anna - -n mon", piped="y" * 3_000_000)
    assert answer.exit in (2, 5), answer.err[-300:]
    assert anna.text("anna") == before
    assert kept_in(answer.err[-300:]).startswith(b"yyy")
    assert anna.row("anna")["last"]["text"].startswith("xxx")
