"""Copies, leftovers, strange files, links and open doors: what `cf doctor` finds, and what its lines do when pasted."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examined import ANNA, BY_HAND, findings, mended, only
from folders import Cf, Shell
from warm import Warm


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def snapshot(top: Path) -> dict[str, tuple[int, int, bytes]]:
    found = {}
    for path in sorted(top.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (status.st_mode, status.st_mtime_ns, content)
    return found


def test_a_folder_that_cf_has_made_is_well(cf: Cf) -> None:
    cf.ok("init other")
    other = ["--folder", "other"]
    for words in (["new", "Anna", "-n", "fri"], ["log", "anna", "x", "-n", "mon"], ["new", "Bob", "-n", "fri"], ["remove", "bob"], ["undo"]):  # fmt: skip
        cf.ok([*words, *other])
    assert "All is well" in cf.ok(["doctor", *other]).out


def test_nothing_is_written_but_the_indexes(vera: Cf) -> None:
    vera.ok("log anna x -n fri")
    vera.write("broken", "name = \n")
    (vera.root / "clients" / "x.toml~").write_text("x")
    # Until the system's clock has moved on, a file may change unseen, and the index does not keep it yet.
    time.sleep(0.02)
    vera("doctor")
    before = snapshot(vera.root)
    vera("doctor")
    vera("doctor --json")
    after = snapshot(vera.root)
    # A new index, which then holds nothing new, may come and go in its directory.
    private = str(vera.root / ".cf")
    assert after[private][0] == before[private][0]
    assert after | {private: before[private]} == before


# Copies and leftovers ----------------------------------------------------------------------------------

COPIES = [
    "{}.sync-conflict-20260715-103000-ABCDEFG.toml", "{} (conflicted copy 2026-07-15 103000).toml", "{} (Vera's conflicted copy 2026-07-15).toml",
    "{} (Case Conflict).toml", "{} (Case Conflict 1).toml", "{} (SFConflict vera@lindt.example 2026-07-15-10-30-00).toml",
    "{}_conflict-20260715-103000.toml", "{} [conflicted].toml", "{}.toml~", "{}.toml.~1~", "{}~.toml", "#{}.toml#", "{}.toml.orig",
    "{}.toml.bak", "{}.toml.BAK", "{}.toml.rej", "{}.toml.old", "{}.toml.save", "{}_BACKUP_4711.toml", "{}_REMOTE_4711.toml", ".{}.toml.un~",
]  # fmt: skip


@pytest.mark.parametrize("directory", ["clients", "removed", "."])
@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_counts_for_nothing_and_is_found(anna: Cf, shell: Shell, copy: str, directory: str) -> None:
    original = {"clients": "anna", "removed": "bob", ".": "clientfolder"}[directory]
    (anna.root / "removed").mkdir()
    (anna.root / "removed" / "bob.toml").write_text('name = "Bob"\n')
    path = anna.root / directory / copy.format(original)
    path.write_text('name = "Anna, an older one"\n')
    assert "older" not in anna.ok("list").out
    finding = only(anna, "copy")
    assert finding["file"] == str(path.relative_to(anna.root))
    # It is asked first, and a no leaves it there.
    shell(finding["mend"], typed="n\n")
    assert path.exists()
    mended(anna, shell, finding)
    assert not path.exists()
    assert anna.text("anna") == ANNA


@pytest.mark.parametrize("name", [".anna.toml.swp", ".anna.toml.swo", ".#anna.toml", ".~lock.anna.toml#"])
def test_an_editor_that_was_killed(anna: Cf, shell: Shell, name: str) -> None:
    (anna.root / "clients" / name).write_text("b0VIM")
    finding = only(anna, "copy")
    assert "editor" in finding["message"]
    mended(anna, shell, finding)


def test_the_lock_of_an_editor_is_a_link_to_nowhere(anna: Cf, shell: Shell) -> None:
    (anna.root / "clients" / ".#anna.toml").symlink_to("vera@desk.4711:1")
    mended(anna, shell, only(anna, "copy"))


def test_a_copy_that_is_all_there_is_takes_the_place_of_what_is_lost(anna: Cf, shell: Shell) -> None:
    anna.path("anna").rename(anna.root / "clients" / "anna (conflicted copy).toml")
    mended(anna, shell, only(anna, "copy"))
    assert anna.text("anna") == ANNA


@pytest.mark.parametrize("directory", ["clients", "removed", "."])
def test_two_copies_that_are_all_there_is_are_both_kept(anna: Cf, shell: Shell, directory: str) -> None:
    """One takes the place of what is lost; which of the others is a client of its own is for a person to say."""
    place = anna.root / directory
    place.mkdir(exist_ok=True)
    texts = [f'name = "Bob {number}"\n\n[next]\non = 2026-08-05\n' for number in range(3)]
    for number, text in enumerate(texts):
        (place / f"bob (conflicted copy {number}).toml").write_text(text)
    first, *others = findings(anna)
    assert shell(first["mend"], typed="n\n").returncode == 0
    assert [finding["mend"].startswith(BY_HAND) for finding in others] == [True, True]
    assert sorted(path.read_text() for path in place.glob("bob*.toml")) == texts
    assert (place / "bob.toml").exists()


@pytest.mark.parametrize(
    "name", ["bob.toml", "clients/old/bob.toml", "clients/Bob.TOML", "clients/bob (conflicted copy).toml"]
)
def test_what_has_come_meanwhile_is_not_overwritten(anna: Cf, shell: Shell, name: str) -> None:
    (anna.root / "clients" / "old").mkdir()
    (anna.root / name).write_text('name = "Bob"\n')
    [finding] = findings(anna)
    anna.write("bob", "meanwhile")
    shell(finding["mend"])
    assert anna.text("bob") == "meanwhile"
    assert (anna.root / name).exists()


def test_an_editors_only_copy_is_looked_at_before_it_is_deleted(anna: Cf, shell: Shell) -> None:
    path = anna.root / "clients" / ".anna.toml.0123456789ab.tmp"
    path.write_text(ANNA + "# and more\n")
    assert "and more" in shell(only(anna, "leftover")["mend"], typed="n\n").stdout
    assert path.exists()
    anna.path("anna").rename(anna.home / "anna.toml")
    assert "and more" in shell(only(anna, "leftover")["mend"], typed="n\n").stdout
    assert path.exists()
    (anna.home / "anna.toml").rename(anna.path("anna"))
    for known in ("", ANNA):
        path.write_text(known)
        assert only(anna, "leftover")["mend"] == "rm -i clients/.anna.toml.0123456789ab.tmp"


@pytest.mark.parametrize("directory", [".", "clients", "removed", ".cf", ".cf/daybook", ".cf/rescued"])
def test_what_a_killed_command_left(anna: Cf, shell: Shell, directory: str) -> None:
    place = anna.root / directory
    place.mkdir(parents=True, exist_ok=True)
    (anna.root / ".cf").is_dir() and os.chmod(anna.root / ".cf", 0o700)
    for below in (anna.root / ".cf").glob("*"):
        below.chmod(0o700)
    path = place / ".anna.toml.0123456789ab.tmp"
    path.write_text("half")
    path.chmod(0o600)
    mended(anna, shell, only(anna, "leftover"))


def test_what_a_command_is_just_writing_is_no_leftover(anna: Cf) -> None:
    anna.ok("log anna x -n fri")
    (anna.root / "clients" / ".anna.toml.0123456789ab.tmp").write_text("half")
    with open(anna.root / ".cf" / "lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert findings(anna) == []
    assert only(anna, "leftover")


@pytest.mark.parametrize("kind", ["a pipe", "a directory"])
def test_what_is_in_the_place_of_the_lock_holds_up_nothing(anna: Cf, kind: str) -> None:
    lock = anna.root / ".cf" / "lock"
    anna.ok("log anna x -n fri")
    lock.unlink()
    os.mkfifo(lock, 0o600) if kind == "a pipe" else lock.mkdir(0o700)
    (anna.root / "clients" / ".anna.toml.0123456789ab.tmp").write_text("half")
    for words, ends in (("doctor", 1), ("list", 0), ("log anna x -n fri", 0)):
        # In a process of its own, which can be ended if it waits.
        program = [sys.executable, "-m", "clientfolder", *words.split()]
        env = {**os.environ, "HOME": str(anna.home)}
        done = subprocess.run(program, cwd=anna.root, env=env, timeout=20, capture_output=True, check=False)
        assert done.returncode == ends, done


def test_where_there_is_no_lock_the_directory_is_the_lock(anna: Cf) -> None:
    (anna.root / "clients" / ".anna.toml.0123456789ab.tmp").write_text("half")
    handle = os.open(anna.root / "clients", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert findings(anna) == []
    os.close(handle)
    assert only(anna, "leftover")


def test_a_text_that_was_not_written(anna: Cf, shell: Shell) -> None:
    anna.env["EDITOR"] = "false"
    anna.ok("log anna x -n fri")
    rescued = anna.root / ".cf" / "rescued"
    rescued.mkdir(mode=0o700)
    (rescued / "2026-07-15-103000-abcdef.txt").write_text("long thought\n")
    (rescued / "2026-07-15-103000-abcdef.txt").chmod(0o600)
    finding = only(anna, "rescued")
    assert "long thought" in shell(finding["mend"], typed="n\n").stdout
    mended(anna, shell, finding)


@pytest.mark.parametrize(
    ("shut", "mode", "code"),
    [
        ("clients/x.toml", 0o000, "io"), ("clients", 0o000, "shut"), ("clients", 0o400, "shut"), ("removed", 0o000, "shut"),
        ("papers", 0o000, "shut"), (".cf", 0o000, "shut"), (".cf/daybook", 0o000, "shut"), ("STEP", 0o000, "daybook"),
    ],
)  # fmt: skip
def test_what_may_not_be_looked_into_is_found(
    anna: Cf, shell: Shell, warm: Warm, shut: str, mode: int, code: str
) -> None:
    anna.ok("log anna x -n fri")
    [step] = (anna.root / ".cf" / "daybook").iterdir()
    (anna.root / "removed").mkdir()
    (anna.root / "removed" / "bob.toml").write_text('name = "Bob"\n')
    (anna.root / "papers" / "bob").mkdir(parents=True)
    path = step if shut == "STEP" else anna.root / shut
    path.mkdir(exist_ok=True) if path != step else None
    path.chmod(mode)
    env = {"HOME": str(anna.home), "CF_TODAY": "2026-07-15"}
    ended = warm.run(["doctor", "--json"], env=env, cwd=str(anna.root))
    assert ended.code == 1, ended
    [finding] = json.loads(ended.out)["data"]["findings"]
    assert finding["code"] == code
    assert finding["mend"].startswith("chmod u+rw")
    assert shell(finding["mend"]).returncode == 0
    assert path.stat().st_mode & 0o600 == 0o600


@pytest.mark.parametrize("name", ["removed", "Papers", "clients", "clientfolder.toml"])
def test_a_directory_is_set_aside_under_a_name_that_means_nothing(anna: Cf, shell: Shell, name: str) -> None:
    inside = anna.root / "clients" / f"{name}.toml" / "bob.toml"
    inside.parent.mkdir()
    inside.write_text('name = "Bob"\n')
    [finding] = [finding for finding in findings(anna) if finding["code"] == "unreadable"]
    assert shell(finding["mend"]).returncode == 0
    assert (anna.root / f"{name}-2" / "bob.toml").exists()


@pytest.mark.parametrize("place", [".cf", "removed", "papers"])
def test_something_in_the_way(anna: Cf, shell: Shell, place: str) -> None:
    (anna.root / place).write_text("mine")
    (anna.root / place).chmod(0o600)
    mended(anna, shell, only(anna, "in_the_way"))
    assert (anna.root / f"{place.strip('.')}-set-aside").read_text() == "mine"


@pytest.mark.parametrize("kind", ["nothing", "a file", "a link to nowhere", "a link to itself"])
def test_where_the_dossiers_should_be(cf: Cf, shell: Shell, kind: str) -> None:
    place = cf.root / "clients"
    place.rmdir()
    if kind == "a file":
        place.write_text("mine")
    elif kind != "nothing":
        place.symlink_to("gone" if kind == "a link to nowhere" else "clients")
    finding = only(cf, "missing" if kind == "nothing" else "in_the_way")
    assert shell(finding["mend"]).returncode == 0
    if kind != "nothing":
        assert shell(only(cf, "missing")["mend"]).returncode == 0
    assert findings(cf) == []


# Dossiers that no list shows ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("bob.toml", "misplaced"), ("clients/old/bob.toml", "misplaced"), ("clients/a/b/c/bob.toml", "misplaced"), ("clients/Bob.TOML", "ending"),
        ("clients/bob.toml.txt", "ending"), ("clients/bob.Toml", "ending"), ("clients/.bob.toml", "hidden"), ("clients/.toml", "hidden"),
        ("clients/..toml", "hidden"), ("clients/old/a b.toml", "misplaced"), ("-bob.toml", "misplaced"),
    ],
)  # fmt: skip
def test_a_client_in_the_wrong_place_falls_out_of_the_binder_and_is_found(
    anna: Cf, shell: Shell, file: str, code: str
) -> None:
    path = anna.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('name = "Bob"\n\n[next]\non = 2026-08-05\n')
    assert "Bob" not in anna.ok("list").out
    finding = only(anna, code)
    assert finding["file"] == file
    mended(anna, shell, finding)
    assert "Bob" in anna.ok("list").out
    assert anna.text("anna") == ANNA


@pytest.mark.parametrize(
    ("name", "becomes"),
    [("bob.tml", "bob"), ("st.tonys.TOML", "st-tonys"), ("st.toml.tonys.Toml", "st-toml-tonys"), ("st.tonys.toml.txt", "st-tonys")],
)  # fmt: skip
def test_only_the_ending_is_taken_off(anna: Cf, shell: Shell, name: str, becomes: str) -> None:
    (anna.root / "clients" / name).write_text('name = "Bob"\n\n[next]\non = 2026-08-05\n')
    assert shell(only(anna, "ending")["mend"]).returncode == 0
    assert "Bob" in anna.text(becomes)


@pytest.mark.parametrize(
    "name", ["~anna.toml", "#anna.toml", "Anna_local_12.toml", "ANNA_Conflict-2026.toml", "anna.SYNC-CONFLICT-1.toml"]
)
def test_what_no_list_counts_for_a_copy_is_called_one(anna: Cf, shell: Shell, name: str) -> None:
    (anna.root / "clients" / name).write_text('name = "Anna"\n')
    assert "copy" in only(anna, "copy")["message"]
    shell(only(anna, "copy")["mend"], typed="n\n")
    assert 'name = "Anna"\n' in {path.read_text() for path in (anna.root / "clients").iterdir()}


@pytest.mark.parametrize(
    ("text", "is_dossier"),
    [
        ('[project]\nname = "tool"\n', False), ("name = 5\n", False), ("x = \n[project]\nname = 5\n", False), ("", False), ('name = "Bob"\n', True),
        ('name = "Bob"\nphone = +48\n', True), ("\x00", False),
    ],
)  # fmt: skip
def test_only_a_dossier_is_in_the_wrong_place(anna: Cf, text: str, is_dossier: bool) -> None:
    (anna.root / "pyproject.toml").write_text(text)
    assert [finding["code"] for finding in findings(anna)] == ["misplaced"] * is_dossier


@pytest.mark.parametrize("name", ["anna.tml", ".anna.toml", "old/anna.toml"])
def test_nobodys_name_is_given_away(anna: Cf, name: str) -> None:
    """Whether a second Anna is a client of her own is for a person to say."""
    (anna.root / "clients" / "old").mkdir()
    (anna.root / "clients" / name).write_text('name = "Another"\n')
    [finding] = findings(anna)
    assert finding["mend"] == f"{BY_HAND}give it a name of its own in clients/, which ends in .toml"


@pytest.mark.parametrize("name", ["Bob", "Bob Zelený", "bob-zeleny"])
def test_papers_are_given_to_whom_alone_they_belong(anna: Cf, shell: Shell, name: str) -> None:
    anna.write("bob", ANNA.replace("Anna", "Bob Zelený"))
    (anna.root / "papers" / name).mkdir(parents=True)
    (anna.root / "papers" / name / "offer.txt").write_text("x")
    mended(anna, shell, only(anna, "papers"))
    assert (anna.root / "papers" / "bob" / "offer.txt").exists()


def test_papers_of_whom_nobody_knows_are_for_a_person_to_place(anna: Cf, shell: Shell) -> None:
    papers = anna.root / "papers" / "annika"
    papers.mkdir(parents=True)
    (papers / "offer.txt").write_text("x")
    assert only(anna, "papers")["mend"].startswith("look into papers/annika")
    (papers / "offer.txt").unlink()
    mended(anna, shell, only(anna, "papers"))


def test_two_in_wrong_places_do_not_overwrite_each_other(anna: Cf, shell: Shell) -> None:
    for directory in ("a", "b"):
        (anna.root / "clients" / directory).mkdir()
        (anna.root / "clients" / directory / "bob.toml").write_text(f'name = "Bob {directory}"\n')
    for finding in findings(anna):
        shell(finding["mend"], typed="n\n")
    assert anna.text("bob") == 'name = "Bob a"\n'
    assert (anna.root / "clients" / "b" / "bob.toml").exists()


def test_a_link_to_a_directory_is_not_entered(anna: Cf) -> None:
    elsewhere = anna.home / "elsewhere"
    (elsewhere / "rescued").mkdir(mode=0o777, parents=True)
    for name in ("bob.toml", ".anna.toml.0123456789ab.tmp", "rescued/x-abcdef.txt"):
        (elsewhere / name).write_text('name = "Bob"\n')
        (elsewhere / name).chmod(0o666)
    (anna.root / "clients/all").symlink_to(elsewhere)
    assert findings(anna) == []


@pytest.mark.parametrize("name", [".cf", ".cf/daybook", ".cf/rescued", ".cf/papers", "papers/.waiting"])
def test_what_is_of_this_machine_is_no_link(anna: Cf, shell: Shell, name: str) -> None:
    elsewhere = anna.home / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / "mine.txt").write_text("mine")
    (anna.root / name).parent.mkdir(mode=0o700, exist_ok=True)
    (anna.root / name).symlink_to(elsewhere)
    found = [finding for finding in findings(anna) if finding["file"] == name]
    assert [finding["code"] for finding in found] == ["in_the_way"]
    assert "link" in found[0]["message"]
    assert shell(found[0]["mend"], typed="y\n").returncode == 0
    assert not (anna.root / name).exists()
    assert (elsewhere / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("directory", ["clients", "slips", "removed"])
def test_a_dossier_that_leads_out_of_the_folder_is_named(anna: Cf, directory: str) -> None:
    within, without = anna.root / "shelf", anna.home / "shelf"
    (anna.root / directory).mkdir(exist_ok=True)
    for shelf, stem in ((within, "within"), (without, "without")):
        shelf.mkdir()
        (shelf / f"{stem}.toml").write_text(f'name = "{stem}"\n\n[next]\non = 2026-08-05\n')
        (anna.root / directory / f"{stem}.toml").symlink_to(shelf / f"{stem}.toml")
    finding = only(anna, "link")
    assert finding["file"] == f"{directory}/without.toml"
    assert str(without) in finding["message"]


@pytest.mark.parametrize(
    ("place", "client"), [("papers/anna", "anna"), ("papers/slips", None), ("papers/slips/mockups", "slips/mockups")]
)
def test_papers_that_lead_out_of_the_folder_are_named(anna: Cf, place: str, client: str | None) -> None:
    anna.ok("slip mockups -n 24 july")
    (anna.home / "elsewhere").mkdir(mode=0o700)
    (anna.root / place).parent.mkdir(mode=0o700, parents=True)
    (anna.root / place).symlink_to(anna.home / "elsewhere")
    finding = only(anna, "link")
    assert (finding["file"], finding["client"]) == (place, client)
    assert finding["mend"].startswith(BY_HAND)


def test_papers_whose_dossier_was_renamed_by_hand(anna: Cf) -> None:
    for name in ("anna", "annika", "bob"):
        (anna.root / "papers" / name).mkdir(parents=True)
    (anna.root / "removed").mkdir()
    (anna.root / "removed" / "bob.toml").write_text('name = "Bob"\n')
    assert only(anna, "papers")["file"] == "papers/annika"


# What others may read -----------------------------------------------------------------------------------


@pytest.fixture
def closed(cf: Cf) -> Cf:
    """A folder as `cf init` makes it."""
    (cf.root / "clientfolder.toml").unlink()
    cf.ok("init mine")
    mine = Cf(cf.root / "mine", cf.home)
    mine.ok("new Anna -n fri")
    mine.ok("new Bob -n fri")
    return mine


@pytest.mark.parametrize(
    ("opened", "mode"),
    [(".", 0o755), ("clients", 0o755), ("clients", 0o770), ("clientfolder.toml", 0o644), ("clients/anna.toml", 0o640),
     ("clients/anna.toml", 0o644), ("clients/anna.toml", 0o606)],
)  # fmt: skip
def test_what_was_closed_and_is_open_to_others(closed: Cf, shell: Shell, opened: str, mode: int) -> None:
    (closed.root / opened).chmod(mode)
    finding = only(closed, "open")
    assert finding["message"].startswith("One file or directory ")
    done = shell(finding["mend"], where=closed.root)
    assert done.returncode == 0
    assert findings(closed) == []
    assert closed.path("anna").stat().st_mode & 0o777 == 0o600


def test_many_open_files_are_told_once(closed: Cf) -> None:
    for path in (closed.root / "clients").iterdir():
        path.chmod(0o644)
    assert only(closed, "open")["message"].startswith("2 files ")


@pytest.mark.parametrize("opened", [".cf", ".cf/daybook", ".cf/lock"])
def test_what_is_of_this_machine_is_always_closed(anna: Cf, shell: Shell, opened: str) -> None:
    anna.ok("log anna x -n fri")
    (anna.root / opened).chmod(0o777)
    finding = only(anna, "open")
    assert finding["file"] == ".cf"
    mended(anna, shell, finding)


def test_a_folder_made_open_is_told_where_anybody_reaches_it(anna: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.doctor import files

    # As git and mkdir make it, in a home that shuts others out.
    anna.root.parent.chmod(0o700)
    assert findings(anna) == []
    anna.path("anna").chmod(0o666)
    assert only(anna, "open")["message"].startswith("One file ")
    anna.path("anna").chmod(0o644)
    monkeypatch.setattr(files, "_anybody_reaches", lambda root: True)
    finding = only(anna, "open")
    assert finding["mend"] == "chmod -R go= ."
    assert finding["message"].startswith("4 files and directories")


def test_an_entry_in_the_future_is_found_and_has_reached_nobody(cf: Cf) -> None:
    cf.write(
        "fu",
        'name = "Fu Ture"\n[next]\non = 2026-12-31\n[[log]]\nat = 2026-03-01T10:00:00+01:00\nkind = "call"\ntext = "said"\n'
        '[[log]]\nat = 2036-07-01T10:00:00+02:00\nkind = "call"\ntext = "the clock was wrong"\n',
    )
    for _ in range(2):  # the second time from what the first may have kept
        [finding] = [one for one in cf("doctor --json").data["findings"] if one["code"] == "entry_ahead"]
        assert (finding["client"], finding["line"]) == ("fu", 9)
        [place] = cf.ok("list --silent-since 90d --json").data["slots"]
        assert [row["client"] for row in place["dossiers"]] == ["fu"]
    assert cf.ok("list --silent-since 90d --json", today="2036-07-02").data["slots"] == []
    assert [
        row["client"] for place in cf.ok("list --silent-since 90d --json").data["slots"] for row in place["dossiers"]
    ] == ["fu"]


@pytest.mark.parametrize(("at", "ahead"), [("2026-07-15T23:00:00-07:00", False), ("2026-07-16T01:00:00+09:00", False),
                                           ("2026-07-16", True), ("2026-07-16T01:00:00", True), ("2026-07-16T09:00:00Z", True)])  # fmt: skip
def test_elsewhere_it_may_be_tomorrow_already(cf: Cf, at: str, ahead: bool) -> None:
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-07-20\n[[log]]\nat = {at}\nkind = "call"\n')
    codes = [one["code"] for one in cf("doctor --json").data["findings"]]
    assert ("entry_ahead" in codes) == ahead
    assert (cf.ok("list --first --json").data["slots"] != []) == ahead
