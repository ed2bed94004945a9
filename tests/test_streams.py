"""Standard streams that are full, closed or broken, for every command: never a traceback, and what is written is said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import thorough
from clientfolder.cli.commands.table import names
from warm import Ended, Warm
from watched import READING, WRITING, Folder

# Of each command one line; those that only differ in the folder are left to the faults.
EVERY = {name: act for name, act in {**WRITING, **READING}.items() if " " not in name}


def test_every_command_has_a_line() -> None:
    assert set(EVERY) == set(names())


def in_state(folder: Folder, **streams: str) -> Ended:
    folder.put_back()
    ended = folder.run(streams=streams)
    # How small an archive gets hangs on the times in it.
    return replace(ended, out=re.sub(r"\d+ bytes", "some bytes", ended.out))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", thorough.share([*EVERY], 0, 2))
def test_streams_that_are_full_closed_or_broken(command: str, tmp_path: Path, warm: Warm) -> None:
    folder = Folder(tmp_path, EVERY[command], warm)
    as_ever = in_state(folder)
    new = folder.dossiers()
    for state in ("full", "closed"):
        ended = in_state(folder, out=state)
        assert ended.code == (0 if command in WRITING else 5), ended
        assert ended.err.count("\n") == 1, ended
        assert ("It is written" in ended.err) == (command in WRITING), ended
        assert in_state(folder, out=state, err=state).code == ended.code
        assert folder.dossiers() == new
        assert in_state(folder, err=state) == Ended(as_ever.code, as_ever.out, "")
    assert in_state(folder, out="broken") == Ended(as_ever.code, "", as_ever.err)
    assert in_state(folder, err="broken") == Ended(as_ever.code, as_ever.out, "")
    assert in_state(folder, **{"in": "closed"}) == as_ever
    assert in_state(folder, **{"in": "unreadable"}) == as_ever
