"""No name or note can leave the folder: modes of all that is made, at every moment, and no call to a network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import thorough
from warm import Warm
from watched import READING, WRITING, Folder, strace, why_not

EVERY = {**WRITING, **READING}
MADE = re.compile(r"(?:openat|creat|open)\(.*O_CREAT.*, (0\d*)\)|mkdir(?:at)?\(.*, (0\d*)\)|f?chmod(?:at)?\(.*, (0\d+)")


def modes(place: Path) -> dict[Path, int]:
    return {path: path.lstat().st_mode & 0o777 for path in place.rglob("*") if not path.is_symlink()}


@pytest.mark.parametrize("umask", thorough.sweep([0o022, 0o000], [0o000]))
@pytest.mark.parametrize("command", EVERY)
def test_nothing_becomes_readable_by_others(command: str, umask: int, tmp_path: Path, warm: Warm) -> None:
    if umask and " " in command:
        pytest.skip("a mask that allows everything shows as much")
    folder = Folder(tmp_path, EVERY[command], warm)
    before = modes(tmp_path)
    own = set(before.values())
    assert folder.run(umask=umask).code in (0, 1)
    for path, mode in modes(tmp_path).items():
        # What is renamed or set aside keeps its mode, and papers that move with it theirs.
        was = before.get(path, 0o640 if path.name == "bert-nowak.toml" else 0o700 if path.is_dir() else 0o600)
        is_set_aside = path.parent.name == "removed" and mode in own
        # What was restored has the modes that it had, in a folder that nobody else can look into.
        is_inside = (
            modes(tmp_path).get(folder.root / "elsewhere") == 0o700 and folder.root / "elsewhere" in path.parents
        )
        assert mode & ~was == 0 or "papers" in path.parts or is_inside or is_set_aside, path
    if not why_not():
        folder.put_back()
        trace = folder.place / "trace"
        calls = "trace=openat,open,creat,mkdir,mkdirat,chmod,fchmod,fchmodat"
        folder.run(str(strace), "-f", "-o", str(trace), "-e", calls, "-p", umask=umask)
        said = [found for line in trace.read_text().splitlines() if str(tmp_path) in line or "chmod" in line
                for found in MADE.findall(line)]  # fmt: skip
        for made, directory, set_to in said:
            # What an editor makes anew is of the editor.
            assert not made or int(made, 8) == 0o600 or "edit" in command
            assert not directory or int(directory, 8) == 0o700
            assert not set_to or int(set_to, 8) in {0o600, *own}


def test_texts_that_are_kept_are_for_their_owner_alone(tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING["log"]._replace(line="log anna - -n soon", piped="secret"), warm)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "broken" >> "$1"\n')
    folder.act = folder.act._replace(line="edit anna")
    assert folder.run(umask=0).code == 5
    [kept] = (folder.root / ".cf" / "rescued").iterdir()
    assert "broken" in kept.read_text()
    assert {mode & 0o077 for path, mode in modes(folder.root / ".cf").items()} == {0}


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize("command", thorough.share([*EVERY], 1, 3))
def test_no_command_calls_a_network(command: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, EVERY[command], warm)
    trace = folder.place / "trace"
    assert folder.run(str(strace), "-f", "-o", str(trace), "-e", "trace=%network", "-p").code in (0, 1)
    assert not re.findall(r"^\d* *\w+\(.*", trace.read_text(), re.MULTILINE)


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize("line", ["today", "log anna x -n fri", "new Łucja -n fri"])
def test_no_start_calls_a_network(line: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, WRITING["log"], warm)
    trace = folder.place / "trace"
    program = [str(strace), "-f", "-qq", "-o", str(trace), "-e", "trace=%network", sys.executable, "-m", "clientfolder"]
    subprocess.run([*program, *line.split()], env=folder.env, check=True, capture_output=True, timeout=60)
    assert not [line for line in trace.read_text().splitlines() if "(" in line]
