"""The folder on disk: what is not there, and what is made."""

from __future__ import annotations

from folders import Cf


def test_a_link_to_the_dossiers_that_leads_nowhere_is_not_an_empty_binder(cf: Cf) -> None:
    (cf.root / "clients").rmdir()
    (cf.root / "clients").symlink_to("../unmounted")
    for line in ("list", "today", "show anna"):
        answer = cf(line)
        assert answer.exit == 5
        assert "leads nowhere" in answer.err
    assert cf("doctor").exit == 1


def test_a_private_directory_that_was_begun_by_a_killed_command_is_kept_from_git(bob: Cf) -> None:
    (bob.root / ".cf").mkdir()
    (bob.root / ".cf" / "..gitignore.0123456789ab.tmp").write_text("*")
    bob.ok("log bob x -n fri")
    assert (bob.root / ".cf" / ".gitignore").read_text() == "*\n"
    assert not list((bob.root / ".cf").glob("*.tmp"))


def test_without_a_private_directory_a_single_dossier_is_still_written(bob: Cf) -> None:
    (bob.root / ".cf").write_text("in the way")
    answer = bob.ok("log bob x -n fri --json").json
    assert [warning["code"] for warning in answer["warnings"]] == ["not_undoable"]
    assert 'text = "x"' in bob.text("bob")
    bob.write("ann", 'name = "Ann"\n')
    before = bob.tree()
    assert bob("move bob ann -n mon").exit == 5
    assert bob.tree() == before
