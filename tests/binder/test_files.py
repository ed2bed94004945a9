"""To whom files belong: a rewrite keeps owner and group, and what root makes in another's folder is theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from folders import Cf
from warm import Warm

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of others")

THEIRS = 54321, 65432
ANOTHER = 11111, 22222


def owner_of(path: Path) -> tuple[int, int]:
    status = path.lstat()
    return status.st_uid, status.st_gid


def give(root: Path, owner: tuple[int, int]) -> None:
    for path in (root, *root.rglob("*")):
        os.chown(path, *owner, follow_symlinks=False)


@pytest.fixture
def theirs(cf: Cf) -> Cf:
    """The folder of somebody else, in which root works."""
    (cf.root.parent / "offer.pdf").write_bytes(b"an offer")
    (cf.root / "shelf").mkdir()
    cf.write("ann", 'name = "Ann"\n[next]\non = 2026-07-10\n')
    cf.write("ber", 'name = "Ber"\n[next]\non = 2026-07-17\n')
    (cf.root / "shelf" / "lin.toml").write_text('name = "Lin"\n')
    cf.path("lin").symlink_to("../shelf/lin.toml")
    (cf.root / "clientfolder.toml").write_text('holidays = "DE-BY"\n')
    give(cf.root, THEIRS)
    return cf


LINES = [
    "today", "log ann hello -n fri", "log lin hello -n fri", "move ann ber -n mon", "rename ann Anna Nowak", "rename lin Lina",
    "remove lin", "new Carl -n fri", "slip cards --client ber -n fri", "attach ber ../offer.pdf", "form new visit",
    "away 16..17 july --yes", "undo", "undo", "redo", "list --full", "week", "snooze ber 1w", "remove ber", "undo",
]  # fmt: skip


def test_nothing_in_the_folder_becomes_root_s(theirs: Cf) -> None:
    for line in LINES:
        theirs.ok(line)
        found = {str(path.relative_to(theirs.root)): owner_of(path) for path in theirs.root.rglob("*")}
        assert {name: owner for name, owner in found.items() if owner != THEIRS} == {}, line
    made = {path.name for path in (theirs.root / ".cf").iterdir()}
    assert {"lock", "daybook", "register", "slips-register", ".gitignore", "holidays"} <= made
    assert (theirs.root / "papers" / "ber" / "offer.pdf").exists()


def test_every_file_keeps_its_own_owner(theirs: Cf) -> None:
    os.chown(theirs.path("ann"), *ANOTHER)
    theirs.path("ann").chmod(0o2640)
    theirs.ok("move ann ber -n mon")
    theirs.ok("rename ann Anna Nowak")
    assert (owner_of(theirs.path("anna-nowak")), owner_of(theirs.path("ber"))) == (ANOTHER, THEIRS)
    assert theirs.path("anna-nowak").stat().st_mode & 0o7777 == 0o2640
    theirs.ok("undo")
    assert owner_of(theirs.path("ann")) == ANOTHER


def test_a_text_that_was_typed_is_kept_for_the_owner_of_the_folder(theirs: Cf) -> None:
    assert theirs("log ann - ", piped="precious").exit == 2
    [kept] = (theirs.root / ".cf" / "rescued").iterdir()
    assert (owner_of(kept), owner_of(kept.parent)) == (THEIRS, THEIRS)


def test_a_lock_that_is_a_link_gives_nothing_away(theirs: Cf) -> None:
    """Whoever owns the folder could make root give away any file of the system."""
    secret = theirs.home / "secret"
    secret.write_text("")
    theirs.ok("today")
    (theirs.root / ".cf" / "lock").symlink_to(secret)
    theirs("log ann hello -n fri")
    assert owner_of(secret) == (0, 0)


def test_a_folder_that_root_makes_for_somebody(cf: Cf) -> None:
    place = cf.home / "theirs"
    place.mkdir()
    give(place, THEIRS)
    cf.ok(f"demo {place}/demo")
    cf.ok(f"--folder {place}/demo backup {cf.home}/demo.tar.gz")
    cf.ok(f"restore {cf.home}/demo.tar.gz {place}/restored")
    assert {owner_of(path) for path in place.rglob("*")} == {THEIRS}
    # An archive holds all that is confidential: it belongs to who asked for it.
    assert owner_of(cf.home / "demo.tar.gz") == (0, 0)


@pytest.mark.parametrize("line", ["log ann hello -n fri", "move ann ber -n mon", "rename ann Anna Nowak"])
def test_what_would_get_another_owner_is_refused(cf: Cf, line: str, warm: Warm) -> None:
    """In a folder that several may write, without the right to give a file away."""
    cf.write("ann", 'name = "Ann"\n[next]\non = 2026-07-10\n').chmod(0o666)
    cf.write("ber", 'name = "Ber"\n[next]\non = 2026-07-17\n')
    os.chown(cf.path("ann"), *ANOTHER)
    before = cf.tree()
    env = {"HOME": str(cf.home), "XDG_CONFIG_HOME": str(cf.home), "CF_TODAY": "2026-07-15T10:00:00"}
    ended = warm.run(line.split(), env=env, cwd=str(cf.root))
    assert (ended.code, ended.err.count("\n"), cf.tree()) == (5, 1, before), ended
    assert "It belongs to user 11111 and group 22222" in ended.err
    assert owner_of(cf.path("ann")) == ANOTHER
    assert not list((cf.root / "clients").glob(".*"))
    assert warm.run(["log", "ber", "hello", "-n", "fri"], env=env, cwd=str(cf.root)).code == 0
