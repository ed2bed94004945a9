"""The journal: what cannot be read now is not taken for what is not there."""

from __future__ import annotations

import os
from typing import Any

import pytest

from clientfolder.binder import files
from clientfolder.errors import CannotReach
from folders import BOB, Cf


def test_a_daybook_that_cannot_be_listed_now_numbers_no_step_anew(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    bob.ok("log bob first -n fri")
    listdir = os.listdir

    def fails(path: str) -> list[str]:
        if path.endswith("daybook"):
            raise OSError(5, "Input/output error")
        return listdir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", fails)
        answer = bob.ok("log bob second -n fri --json").json
        assert [warning["code"] for warning in answer["warnings"]] == ["not_undoable"]
        assert bob("undo").exit == 5
        assert bob("history").exit == 5
        bob.ok("today")
    assert [path.name for path in (bob.root / ".cf" / "daybook").iterdir()] == ["000001.done.json"]


def test_a_step_that_cannot_be_read_now_is_not_passed_over_for_an_older_one(
    bob: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob.write("ann", 'name = "Ann"\n')
    bob.ok("log ann first -n fri")
    bob.ok("log bob second -n fri")
    before, read = bob.tree(), files.read

    def fails(path: str, file: str, *more: Any, **how: Any) -> bytes:
        if file.startswith("000002."):
            raise CannotReach("Cannot be read: input/output error", file=file)
        return read(path, file, *more, **how)

    with monkeypatch.context() as patch:
        patch.setattr(files, "read", fails)
        assert bob("undo").exit == 5
    assert bob.tree() == before
    bob.ok("undo")
    assert bob.text("bob") == BOB
