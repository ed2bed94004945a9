"""A new folder from an archive, or nothing at all."""

from __future__ import annotations

import errno
import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from backups import NAME, backed_up, entry, failing, packed, refusal, resigned, restored, tree

from clientfolder.errors import CannotReach, Refused, Unreadable
from clientfolder.exchange.backup import unpack
from conftest import Cf


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])
def test_what_another_program_has_packed_is_taken(cf: Cf, place: Path, form: int) -> None:
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / ("p" * 95)).write_text("long")
    (cf.root / "clients" / "anna.toml").write_text("x")
    with tarfile.open(place / NAME, "w:gz", format=form) as archive:
        archive.add(cf.root, "mine")
    assert {name: row[0] for name, row in tree(restored(place)).items()} == {
        name: row[0] for name, row in tree(cf.root).items()
    }


@pytest.mark.parametrize("call", ["mkdir", "write", "fchmod", "utime", "rename"])
def test_a_restore_that_fails_leaves_nothing(cf: Cf, place: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x")
    backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(errno.ENOSPC))
        with pytest.raises(CannotReach):
            restored(place)
    assert sorted(os.listdir(place)) == ["folder", NAME]


def test_nothing_is_put_over_what_came_meanwhile(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed_up(cf.root, place)
    with pytest.raises(Refused, match="there already"):
        backed_up(cf.root, place)
    (place / "new").mkdir()
    (place / "new" / "mine").touch()
    with pytest.raises(Refused, match="there already"):
        restored(place)
    assert os.listdir(place / "new") == ["mine"]
    (place / "new" / "mine").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", failing(errno.EIO))
        with pytest.raises(CannotReach, match="Cannot be read: input"):
            unpack.check_place(str(place / "new"))
    assert tree(restored(place)) == tree(cf.root)


def test_what_is_no_file_is_no_archive(place: Path) -> None:
    with pytest.raises(CannotReach, match="no such file"):
        restored(place)
    (place / NAME).mkdir()
    with pytest.raises(Unreadable):
        restored(place)
    (place / NAME).rmdir()
    os.mkfifo(place / NAME)
    with pytest.raises(Unreadable):
        restored(place)


def declaring(size: int) -> bytes:
    """An archive whose one file is said to be so large, and is not there."""
    return packed(resigned(entry("t/x"), 124, b"\x80\0\0\0" + size.to_bytes(8, "big")))


def test_a_file_that_is_said_to_be_huge_is_refused_at_its_header(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than a client folder" in refusal(place, declaring(500 * 10**9)).message
    usage = shutil.disk_usage(place)._replace(free=2_500_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    trouble = refusal(place, declaring(3 * 10**9))
    assert isinstance(trouble, CannotReach)
    assert "at least 3,000 MB are needed, and 2,500 MB are free" in trouble.message
    monkeypatch.setattr(shutil, "disk_usage", failing(errno.EIO))
    with pytest.raises(CannotReach, match="Cannot be read: input"):
        restored(place)


def test_a_file_that_packs_into_almost_nothing_is_taken_and_comes_back(cf: Cf, place: Path) -> None:
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "disk.img").touch()
    os.truncate(cf.root / "papers" / "disk.img", 150_000_000)
    assert not backed_up(cf.root, place).missing
    assert (restored(place) / "papers" / "disk.img").stat().st_size == 150_000_000


def test_two_entries_that_a_disk_takes_for_one_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that knows no capitals the second of two files would lie on the first."""
    really = os.open

    def without_capitals(path: Any, *more: Any, **how: Any) -> int:
        directory, name = os.path.split(path)
        return really(os.path.join(directory, name.lower()), *more, **how)

    monkeypatch.setattr(os, "open", without_capitals)
    trouble = refusal(place, packed(entry("t/anna"), entry("t/ANNA")))
    assert "t/ANNA is not taken: this disk takes its name for that of another" in trouble.message
