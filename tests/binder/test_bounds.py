"""Which paths a step may name: a journal that was planted leads nowhere."""

from __future__ import annotations

import pytest

from clientfolder.binder import bounds
from clientfolder.binder.journal.operations import Carried, Created, Moved
from folders import Cf


@pytest.mark.parametrize(
    ("path", "is_sound"),
    [
        ("clients/anna.toml", True), ("slips/cards.toml", True), ("forms/mine.toml", True), ("clientfolder.toml", True),
        ("clients/anna.txt", False), ("clients/.anna.toml", False), ("clients/a/b.toml", False), ("../anna.toml", False),
        ("/etc/passwd", False), (".git/config", False), (".cf/daybook/1.toml", False), ("clients/", False), ("", False),
        ("clients/\0.toml", False), (f"clients/{'x' * 251}.toml", False),
    ],
)  # fmt: skip
def test_a_step_names_files_of_the_folder_alone(path: str, is_sound: bool) -> None:
    assert bounds.is_sound(Created(path, b"")) is is_sound
    assert bounds.is_sound(Created("clients/anna.toml", b"", like=path)) is is_sound


def test_a_directory_that_moves_is_one_of_papers() -> None:
    assert bounds.is_sound(Moved("papers/anna", "papers/bert"))
    assert not bounds.is_sound(Moved("papers/anna", "clients"))
    assert bounds.is_sound(Moved("papers/anna", "papers/bert/anna"))
    assert not bounds.is_sound(Moved("papers/anna/x/y", "papers/bert"))
    assert not bounds.is_sound(Moved("papers/anna/.x", "papers/bert"))


def test_a_paper_comes_from_where_copies_wait() -> None:
    waiting = ".cf/papers/.paper.0123456789ab.tmp"
    assert bounds.is_sound(Carried(waiting, "papers/anna/offer.pdf", "0f", "/x"))
    assert not bounds.is_sound(Carried("clients/anna.toml", "papers/anna/offer.pdf", "0f", "/x"))
    assert not bounds.is_sound(Carried(waiting, "papers/anna/.hidden", "0f", "/x"))


def test_linked_settings_take_a_setting_and_no_file_to_be_exported(cf: Cf) -> None:
    theirs = cf.home / "theirs.toml"
    theirs.write_text("capacity = 5\n")
    (cf.root / "clientfolder.toml").unlink()
    (cf.root / "clientfolder.toml").symlink_to(theirs)
    cf.ok("settings capacity=6")
    assert theirs.read_text() == "capacity = 6\n"
    answer = cf(["settings", 'exports=["ics ~/.profile.ics"]'])
    assert answer.exit == 2
    assert theirs.read_text() == "capacity = 6\n"


def test_linked_settings_that_are_none_are_not_written(cf: Cf) -> None:
    theirs = cf.home / "theirs.toml"
    theirs.write_text("capacity = 5\nport = 22\n")
    (cf.root / "clientfolder.toml").unlink()
    (cf.root / "clientfolder.toml").symlink_to(theirs)
    assert cf("settings capacity=6").exit == 2
    assert theirs.read_text() == "capacity = 5\nport = 22\n"
