"""The lines of `.gitattributes`, and the program that git is told of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clientfolder.binder import git
from clientfolder.errors import CannotReach, Refused


def test_lines_are_added_once_and_taken_out_alone() -> None:
    text = "*.pdf binary\nclients/*.toml merge=clientfolder\n# mine"
    once = git.with_lines(text)
    assert once.startswith(f"{text}\n")
    assert git.with_lines(once) == once
    assert sorted(once.splitlines()[1:]) == sorted([*git.LINES, "# mine"])
    assert git.without_lines(once) == "*.pdf binary\n# mine\n"


def test_a_program_is_named_so_that_it_starts_from_everywhere(tmp_path: Path) -> None:
    program = tmp_path / "cf"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert git.from_everywhere(("./cf",), str(tmp_path), {}) == [str(program)]
    assert git.from_everywhere(("cf", "-m"), "/", {"PATH": f"/nowhere:{tmp_path}"}) == [str(program), "-m"]
    assert git.from_everywhere(("cf",), "/", {"PATH": ""}) == ["cf"]
    assert git.from_everywhere((sys.executable,), "/", {}) == [sys.executable]


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        git.Repository(str(tmp_path), {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    with pytest.raises(CannotReach):
        git.Repository(str(tmp_path / "gone"), {})
