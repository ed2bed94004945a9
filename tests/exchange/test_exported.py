"""The file that is exported: made for its owner alone, replaced with care, and left where it is the same."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from clientfolder.errors import Changed, Refused, Unreadable
from clientfolder.exchange.exported import existing, put


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert existing(str(path), "a.csv") is None
    assert put(str(path), None, b"one") == []
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"one", 0o600)
    assert existing(str(path), "a.csv") == b"one"


def test_an_old_one_keeps_its_mode_and_the_same_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"one")
    path.chmod(0o644)
    put(str(path), b"one", b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o644)
    before = path.stat()
    put(str(path), b"two", b"two")
    assert path.stat() == before


def test_what_was_written_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"theirs")
    for old in (None, b"as it was read"):
        with pytest.raises(Changed):
            put(str(path), old, b"ours")
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == b"theirs"


def test_no_directory_is_made_and_none_is_read(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        put(str(tmp_path / "no" / "a.csv"), None, b"one")
    with pytest.raises(Unreadable):
        existing(str(tmp_path), "a directory")
