"""What of a folder goes into an archive, and what is told of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backups import backed_up, restored
from clientfolder.errors import CannotReach, Refused
from clientfolder.exchange.backup import collect
from folders import Cf


def test_what_belongs_to_this_machine_stays_here(cf: Cf, place: Path) -> None:
    cf.write("anna", 'name = "Anna"\n')
    cf.ok("log anna x -n fri")
    left_out = [
        ".git/config",
        "papers/x/.hg/y",
        ".svn/z",
        ".jj/z",
        ".cf/lock",
        "papers/.cf/lock",
        "clients/.anna.toml.0123456789ab.tmp",
        "sub/.git",
    ]
    taken = [".cf/rescued/a.txt", ".github/x", "clients/.anna.tmp", ".gitignore"]
    for name in (*left_out, *taken):
        (cf.root / name).parent.mkdir(parents=True, exist_ok=True)
        (cf.root / name).write_text(name)
    assert not backed_up(cf.root, place).missing
    new = restored(place)
    assert all((new / name).read_text() == name for name in taken)
    assert not any((new / name).exists() for name in left_out)
    # The rescued text reaches no version control from the new folder either.
    assert (new / ".cf" / ".gitignore").read_text() == "*\n"


def test_a_link_is_followed_and_what_cannot_be_had_is_told(
    cf: Cf, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "anna.toml").write_text("far")
    (elsewhere / "papers").mkdir()
    (elsewhere / "papers" / "offer").write_text("offer")
    cf.path("anna").symlink_to(elsewhere / "anna.toml")
    (cf.root / "papers").symlink_to(elsewhere / "papers")
    (elsewhere / "papers" / "back").symlink_to(cf.root)
    (cf.root / "gone").symlink_to("nowhere")
    (cf.root / "round").symlink_to("round")
    os.mkfifo(cf.root / "pipe")
    (cf.root / "line\nend").touch()
    (cf.root / "back\\slash").mkdir()
    (cf.root / ".GIT").touch()
    deep = cf.root / "deep"
    for _ in range(5):
        deep = deep / ("d" * 200)
        deep.mkdir(parents=True)
    packed = backed_up(cf.root, place)
    told = sorted(warned.message for warned in packed.missing)
    assert len(told) == 8
    for name in ("gone", "round", "pipe", "papers/back", "line\nend", "back\\slash", ".GIT", "deep/ddd"):
        assert any(message.startswith(name) for message in told), name
    new = restored(place)
    assert not (new / "papers").is_symlink()
    assert [(new / name).read_text() for name in ("clients/anna.toml", "papers/offer")] == ["far", "offer"]
    assert not new.joinpath("clients", "anna.toml").is_symlink()


def test_a_link_to_a_foreign_directory_is_told_and_not_followed(
    cf: Cf, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "foreign").touch()
    (cf.root / "notes").mkdir()
    (cf.root / "notes" / "mine").touch()
    (cf.root / "forms").symlink_to(elsewhere)
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "s").symlink_to("/usr/share")
    (cf.root / "papers" / "inside").symlink_to("../notes")
    (cf.root / "papers" / "one").symlink_to(elsewhere / "foreign")
    assert [warned.message for warned in backed_up(cf.root, place).missing] == [
        "papers/s is not in the backup: the link leads to a directory outside the folder"
    ]
    new = restored(place)
    assert sorted(str(path.relative_to(new)) for path in new.rglob("*") if ".cf" not in path.parts) == [
        "clientfolder.toml", "clients", "forms", "forms/foreign", "notes", "notes/mine", "papers", "papers/inside",
        "papers/inside/mine", "papers/one",
    ]  # fmt: skip


def test_a_folder_that_no_archive_holds_is_refused(cf: Cf, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("anna", "x" * 100)
    with monkeypatch.context() as patch:
        patch.setattr(collect, "MOST_ENTRIES", 3)
        with pytest.raises(Refused, match="Copy it"):
            backed_up(cf.root, place)
    with monkeypatch.context() as patch:
        patch.setattr(collect, "MOST_BYTES", 99)
        with pytest.raises(Refused, match="Copy it"):
            backed_up(cf.root, place)
    (cf.root / "clientfolder.toml").unlink()
    with pytest.raises(CannotReach, match="without it there is no folder"):
        backed_up(cf.root, place)
    assert os.listdir(place) == ["folder"]
