"""A new folder from an archive, or nothing at all."""

from __future__ import annotations

import errno
import gzip
import io
import os
import shutil
import tarfile
from pathlib import Path
from typing import IO, Any

import pytest

from backups import NAME, backed_up, entry, failing, packed, refusal, resigned, restored, tree
from clientfolder.errors import CannotReach, Refused, Unreadable
from clientfolder.exchange.backup import archive, unpack
from folders import Cf


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


def test_what_a_hole_in_our_own_check_lets_through_tarfile_still_refuses(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "objection", lambda name, is_dir: None)
    for name in ("t/../../x", "t/../x"):
        trouble = refusal(place, packed(entry(name)))
        assert trouble.message == f"{name} is not taken: its name leads out of the folder"
    (place / NAME).write_bytes(packed(entry(f"t/{place}/x")))
    new = restored(place)
    assert not (place / "x").exists()
    assert new.joinpath(*place.parts[1:], "x").exists()


MADE_BEFORE = Path(__file__).with_name("made-by-0.1.0.tar.gz")


def test_an_archive_of_the_first_version_is_taken(place: Path) -> None:
    """It was made when tar was written by hand; this is what was packed."""
    (place / NAME).write_bytes(MADE_BEFORE.read_bytes())
    assert {name: row for name, row in tree(restored(place)).items() if row[0] is not None} == {
        "clientfolder.toml": (b"", 0o600, 1752571800_000000001),
        "clients/anna.toml": ('name = "Anna"\r\nabout = "é"\r\n'.encode(), 0o640, 1752571800_123456789),
        "clients/łódź.toml": ('name = "Łódź"\n'.encode(), 0o600, -1_500000001),
        f"papers/anna/{'offer ' * 30}.txt": (b"offer\n" * 100, 0o664, 4000000000_123456789),
        "papers/anna/run.sh": (b"#!/bin/sh\n", 0o755, 0),
        "notes/\udcff.txt": (b"latin", 0o600, 10**18),
        ".cf/rescued/a.txt": (b"typed", 0o600, 10**18),
        "empty/x": (b"", 0o600, 5),
    }
    assert {path.stat().st_mtime_ns for path in (place / "new", place / "new" / "papers")} == {10**18 + 7}


# Through a pipe ---------------------------------------------------------------------------------------


def received(place: Path, content: IO[bytes]) -> Path:
    with unpack.received(content, str(place / "new"), "standard input") as archive:
        unpack.restore(archive, str(place / "new"))
    return place / "new"


@pytest.mark.parametrize("large", [0, 300_000])
def test_an_archive_comes_through_a_pipe(cf: Cf, place: Path, large: int) -> None:
    (cf.root / "paper").write_bytes(os.urandom(large))
    backed_up(cf.root, place)
    assert tree(received(place, io.BytesIO((place / NAME).read_bytes()))) == tree(cf.root)
    assert sorted(os.listdir(place)) == ["folder", "new", NAME]


class Endless(io.RawIOBase):
    """The same bytes again and again."""

    def __init__(self, content: bytes) -> None:
        self.content, self.given = content, 0

    def read(self, count: int = -1) -> bytes:
        assert count >= 0
        self.given += count
        assert self.given < 50_000_000, "nobody stops reading"
        return (self.content * (count // len(self.content) + 1))[:count]


ENDLESS = {
    "zeros": b"\0",
    "text": b"y\n",
    "packed zeros": gzip.compress(bytes(1 << 20)),
    "packed nothing": gzip.compress(b""),
    "archives": packed(entry("t/x", bytes(5000))),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_a_pipe_without_an_end_is_let_go(place: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Empty streams, one behind the other, hold nothing that could be too much.
    monkeypatch.setattr(unpack, "MOST_BYTES", 10_000_000)
    with pytest.raises((Unreadable, Refused)) as caught:
        received(place, Endless(ENDLESS[what]))
    assert caught.value.file == "standard input"
    assert os.listdir(place) == ["folder"]


def test_a_pipe_that_breaks_leaves_nothing(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed_up(cf.root, place)
    content = (place / NAME).read_bytes()
    for cut in (0, 1, 100, len(content) - 1):
        with pytest.raises(Unreadable, match="damaged"):
            received(place, io.BytesIO(content[:cut]))
    with monkeypatch.context() as patch:
        patch.setattr(unpack.atomic, "write_all", failing(errno.ENOSPC))
        with pytest.raises(CannotReach, match="no space left"):
            received(place, io.BytesIO(content))
    with monkeypatch.context() as patch:
        patch.setattr(unpack.os, "open", failing(errno.EROFS))
        with pytest.raises(CannotReach, match="read-only"):
            received(place, io.BytesIO(content))
    assert sorted(os.listdir(place)) == ["folder", NAME]
