"""A write puts a whole file in place, with all that belonged to the old one, or leaves nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientfolder.binder.journal import atomic
from clientfolder.errors import CannotReach, Changed
from folders import Cf


def test_a_file_that_is_not_as_expected_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"by another")
    with pytest.raises(Changed):
        atomic.Writer(str(tmp_path)).replace("a", b"old", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"by another")]


def test_what_is_made_and_fails_is_taken_away_and_nothing_takes_its_place(tmp_path: Path) -> None:
    def make(beside: str) -> None:
        Path(beside).write_text("half")
        raise CannotReach("full")

    with pytest.raises(CannotReach):
        atomic.made_atomically(str(tmp_path / "a"), make, lambda beside: None, os.unlink)
    assert not list(tmp_path.iterdir())


def test_what_is_staged_and_not_used_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    writer = atomic.Writer(str(tmp_path))
    with writer.staged():
        writer.stage("a", b"new")
        assert len(list(tmp_path.iterdir())) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_survive_a_write(bob: Cf) -> None:
    path = bob.path("bob")
    try:
        os.setxattr(path, "user.tag", b"red")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    os.setxattr(path, "user.rank", b"\x00\x01")
    bob.ok("log bob hello -n fri")
    bob.ok("set bob phone=1")
    bob.ok("undo")
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == {
        "user.tag": b"red",
        "user.rank": b"\x00\x01",
    }
