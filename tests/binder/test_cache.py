"""A cache is whole, or as good as not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientfolder.binder import cache
from clientfolder.errors import CannotReach


def nothing() -> None:
    """The directory is there."""


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = str(tmp_path / "kept")
    cache.write(path, b"first", nothing)
    cache.write(path, b"second", nothing)
    assert cache.read(path) == b"second"
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("there", ["nothing", "a directory", "a link", "too large"])
def test_whatever_else_is_there_is_as_good_as_nothing(tmp_path: Path, there: str) -> None:
    path = tmp_path / "kept"
    if there == "a directory":
        path.mkdir()
    elif there == "a link":
        (tmp_path / "other").write_bytes(b"planted")
        path.symlink_to("other")
    elif there == "too large":
        path.write_bytes(b" " * (cache.MOST_BYTES + 1))
    assert cache.read(str(path)) is None


def test_where_it_cannot_be_written_nothing_is_said(tmp_path: Path) -> None:
    def refused() -> None:
        raise CannotReach("a link")

    cache.write(str(tmp_path / "kept"), b"x", refused)
    cache.write(str(tmp_path / "gone" / "kept"), b"x", nothing)
    assert not list(tmp_path.iterdir())
