"""Marks of files, and a new index beside the old; what is kept by them is in test_index.py and test_ledger.py."""

from __future__ import annotations

import os
from pathlib import Path

from clientfolder.binder.index.upkeep import NewIndexFile, mark_of, marks_of


def test_a_mark_is_another_after_any_change(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("1")
    [before] = marks_of(str(tmp_path), ["a.toml"])
    assert before == mark_of(os.stat(path))
    path.write_text("2")
    os.utime(path, ns=(1, 1))
    assert marks_of(str(tmp_path), ["a.toml", "gone.toml"])[0] != before
    assert marks_of(str(tmp_path), ["gone.toml"]) == [""]
    assert marks_of(str(tmp_path / "nowhere"), ["a.toml"]) == [""]


def test_it_is_put_in_place_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_text("old")
    with NewIndexFile(str(path), False) as file:
        file.put(b"new")
    assert path.read_text() == "old"
    with NewIndexFile(str(path), True) as file:
        file.put(b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["index"]
    assert path.read_text() == "new"
