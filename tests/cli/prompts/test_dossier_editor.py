"""A dossier in the editor, offered again until it parses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from folders import BOB, Cf
from signals import as_usual
from terminals import Terminal


@pytest.fixture
def terminal(vera: Cf) -> Iterator[Terminal]:
    terminal = Terminal(vera)
    yield terminal
    if terminal.running:
        terminal.running.close(force=True)


def test_edit_is_offered_again_when_it_does_not_parse(terminal: Terminal) -> None:
    before = terminal.cf.text("anna-kowalska")
    editor = terminal.cf.home / "editor"
    editor.write_text(
        '#!/bin/sh\nif grep -q broken "$1"; then sed -i "s/^broken$//" "$1"; else echo broken >> "$1"; fi\n'
    )
    editor.chmod(0o755)
    terminal.env["EDITOR"] = str(editor)
    terminal.line("cf edit anna")
    terminal.expect("Edit again? [Y/n] ")
    terminal.type("y")
    assert terminal.end() == 0
    assert terminal.cf.text("anna-kowalska") == before + "\n"


@pytest.mark.parametrize(
    "script",
    ["exit 3", 'rm "$1"', 'rm "$1"; mkdir "$1"', 'echo "= broken" >> "$1"', "true", 'kill -INT "$PPID"; sleep 0.2; echo "# kept" >> "$1"'],
)  # fmt: skip
def test_whatever_an_editor_does(bob: Cf, script: str) -> None:
    editor = bob.home / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home), "EDITOR": str(editor)}
    program = [sys.executable, "-m", "clientfolder", "edit", "bob"]
    done = subprocess.run(
        program,
        cwd=bob.root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        preexec_fn=as_usual,
    )
    assert "Traceback" not in done.stderr
    assert bob.text("bob") == BOB + ("# kept\n" if "kept" in script else "")
    assert done.returncode == (0 if script == "true" or "kept" in script else 5 if "broken" in script else 2)
