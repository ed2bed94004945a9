"""The front door: one line is run, and its result or its trouble is told with the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clientfolder.cli.commands import show as finder
from folders import BOB, Cf

ENVELOPE = ["cf", "command", "status", "data", "errors", "warnings"]


FAILURES = {
    "log nobody x -n fri": (3, "no_client"), "log anna x -n soon": (2, "phrase"), "log": (2, "usage"), "log anna x --wow": (2, "usage"),
    "file anna july 10:00": (2, "phrase"), "frobnicate": (2, "usage"), "done anna": (2, "usage"), "list --tag": (2, "usage"),
    "list --folder": (2, "usage"), "today --today soon": (2, "usage"), "today --folder /nowhere": (5, "no_folder"),
    "show ann an": (3, "no_client"), "show ann": (4, "ambiguous"), "set anna rhythm=soon": (2, "refused"),
    "set anna": (2, "usage"), "new anna": (2, "refused"), "redo": (7, "nothing_to_undo"), "rename anna Anneli": (2, "refused"),
    "form new": (2, "usage"), "form new a b": (2, "usage"), "form cehck": (2, "usage"), "form check none": (2, "usage"),
    "log anna x --form none -n fri": (2, "usage"), "log anna x --answer a=b -n fri": (2, "usage"),
    "log anna x --form first-call -n fri": (2, "refused"), "log anna -x --form first-call": (2, "usage"),
    "log anna x --form first-call --answer start=soon -n fri": (2, "phrase"),
    "show broken": (5, "unreadable"), "when soon": (2, "phrase"), "rest anna": (2, "usage"), "today -i": (2, "usage"),
    "new -": (2, "refused"), "log anna x -n fri -n mon": (2, "usage"), "log anna x --with zoe -n fri": (2, "refused"),
}  # fmt: skip


@pytest.fixture
def crowd(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n')
    cf.write("anneli", 'name = "Anneli"\n')
    cf.path("broken").write_text("name = \n")
    return cf


@pytest.mark.parametrize("line", FAILURES)
def test_a_failure_has_its_code_and_writes_nothing(crowd: Cf, line: str) -> None:
    before = crowd.tree()
    exit_code, code = FAILURES[line]
    answer = crowd(f"{line} --json")
    assert answer.exit == exit_code, answer
    assert list(answer.json) == ENVELOPE
    assert answer.json["status"] == "error"
    assert [error["code"] for error in answer.json["errors"]] == [code]
    assert list(answer.json["errors"][0]) == ["code", "message", "file", "line", "candidates"]
    assert line.startswith("when") or answer.json["data"] is None
    plain = crowd(line)
    assert plain.exit == exit_code
    assert plain.err.startswith("cf: ")
    assert "Traceback" not in plain.err
    assert crowd.tree() == before


def test_the_nearest_are_named(crowd: Cf) -> None:
    assert crowd("show anma --json").json["errors"][0]["candidates"] == ["anna"]
    assert "cf today" in crowd("tody").err
    assert "cf log anna" in crowd("done anna").err
    assert set(crowd("show ann --json").json["errors"][0]["candidates"]) == {"anna", "anneli"}


def test_without_a_folder_the_first_screen_says_how_to_begin(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").unlink()
    answer = cf("")
    assert answer.exit == 5
    assert "cf init" in answer.out
    assert "cf demo" in answer.out
    assert answer.err.startswith("cf: There is no client folder here")
    assert cf("--json").json["errors"][0]["code"] == "no_folder"
    cf.ok("when fri")


def test_what_was_typed_is_told_to_scripts_too(bob: Cf) -> None:
    editor = bob.home / "editor"
    editor.write_text('#!/bin/sh\necho "broken" >> "$1"\n')
    editor.chmod(0o755)
    bob.env["EDITOR"] = str(editor)
    message = bob("edit bob --json").json["errors"][0]["message"]
    kept = Path(message.rpartition(" ")[2])
    assert kept.read_text() == BOB + "broken\n\n"


def test_words_that_are_no_utf8_are_refused(bob: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    for line in ("log bob $'\\xff' -n fri", "new $'\\xff'", "set bob phone=$'\\xff'"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m clientfolder {line}"],
            cwd=bob.root,
            env=env,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
    piped = subprocess.run(
        [sys.executable, "-m", "clientfolder", "log", "bob", "-", "-n", "fri"], input=b"caf\xe9", cwd=bob.root, env=env,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert piped.returncode == 2
    assert b"no text in UTF-8" in piped.stderr


def test_a_command_without_a_result_is_a_bug_and_no_ctrl_c(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(words: list[str]) -> None:
        """Nothing."""

    monkeypatch.setattr(finder, "find", nothing)
    with pytest.raises(TypeError, match="find x has returned None"):
        bob("find x")
