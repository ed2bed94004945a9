"""What `cf doctor` finds in a folder, and that the line it gives mends it when it is pasted."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder import lookup
from clientfolder.dossier import Cover
from conftest import Cf, Shell
from warm import Warm

ANNA = 'name = "Anna"\n\n[next]\non = 2026-08-05\n'


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def findings(cf: Cf) -> list[dict[str, Any]]:
    return cf("doctor --json").data["findings"]  # type: ignore[no-any-return]


def only(cf: Cf, code: str) -> dict[str, Any]:
    """The one thing that is found; it says where, what, and what mends it, and exits with 1."""
    answer = cf("doctor --json")
    assert answer.exit == 1
    assert answer.json["status"] == "partial"
    [finding] = answer.data["findings"]
    assert list(finding) == ["code", "client", "file", "line", "message", "mend"]
    assert finding["code"] == code, finding
    assert finding["message"]
    assert finding["mend"]
    return finding  # type: ignore[no-any-return]


def mended(cf: Cf, shell: Shell, finding: dict[str, Any], typed: str = "y\n") -> None:
    """The line is pasted, and what it mends is not found again."""
    done = shell(finding["mend"], typed=typed)
    assert done.returncode == 0, (finding, done)
    assert findings(cf) == []


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


def test_nothing_is_written_but_the_register(vera: Cf) -> None:
    vera.ok("log anna x -n fri")
    vera.write("broken", "name = \n")
    (vera.root / "clients" / "x.toml~").write_text("x")
    vera("list")
    before = snapshot(vera.root)
    vera("doctor")
    vera("doctor --json")
    assert snapshot(vera.root) == before


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
    place = anna.root / directory
    place.mkdir(exist_ok=True)
    texts = [f'name = "Bob {number}"\n\n[next]\non = 2026-08-05\n' for number in range(3)]
    for number, text in enumerate(texts):
        (place / f"bob (conflicted copy {number}).toml").write_text(text)
    found = findings(anna)
    assert len(found) == 3
    # In whatever order the lines are pasted.
    for finding in reversed(found):
        assert shell(finding["mend"]).returncode == 0, finding
    assert sorted(path.read_text() for path in place.glob("bob*.toml")) == texts


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
        assert only(anna, "leftover")["mend"] == "rm clients/.anna.toml.0123456789ab.tmp"


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


def test_an_act_that_was_cut_short_is_named(anna: Cf) -> None:
    anna.ok("log anna rang in -n fri")
    [step] = (anna.root / ".cf" / "daybook").iterdir()
    step.rename(str(step).replace(".done.", ".doing."))
    assert "Anna" in only(anna, "interrupted")["message"]
    anna.ok("log anna again -n mon")
    assert findings(anna) == []


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


def test_a_step_that_cannot_be_read(anna: Cf, shell: Shell) -> None:
    anna.ok("log anna x -n fri")
    [step] = (anna.root / ".cf" / "daybook").iterdir()
    step.write_bytes(step.read_bytes()[:40])
    assert only(anna, "daybook")["file"] == f".cf/daybook/{step.name}"
    mended(anna, shell, only(anna, "daybook"))


@pytest.fixture(scope="module")
def anybody() -> Iterator[Warm]:
    """Runs as a user whom modes bind."""
    warm = Warm()
    yield warm
    warm.close()


@pytest.mark.parametrize(
    ("shut", "mode", "code"),
    [
        ("clients/x.toml", 0o000, "io"), ("clients", 0o000, "shut"), ("clients", 0o400, "shut"), ("removed", 0o000, "shut"),
        ("papers", 0o000, "shut"), (".cf", 0o000, "shut"), (".cf/daybook", 0o000, "shut"), ("STEP", 0o000, "daybook"),
    ],
)  # fmt: skip
def test_what_may_not_be_looked_into_is_found(
    anna: Cf, shell: Shell, anybody: Warm, shut: str, mode: int, code: str
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
    ended = anybody.run(["doctor", "--json"], env=env, cwd=str(anna.root))
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


@pytest.mark.parametrize("kind", ["an empty directory", "a directory", "a pipe", "a link to itself"])
def test_settings_that_are_no_file(anna: Cf, shell: Shell, kind: str) -> None:
    path = anna.root / "clientfolder.toml"
    path.unlink()
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to itself":
        # Then nothing marks the folder, and it must be named.
        path.symlink_to("clientfolder.toml")
        assert anna("doctor").exit == 5
        return
    else:
        path.mkdir()
        if kind == "a directory":
            (path / "x").write_text("mine")
    mended(anna, shell, only(anna, "setting"))


def test_git_must_not_take_what_is_of_this_machine(anna: Cf, shell: Shell) -> None:
    (anna.root / ".git").mkdir()
    assert findings(anna) == []
    anna.ok("log anna x -n fri")
    assert findings(anna) == []
    (anna.root / ".cf" / ".gitignore").unlink()
    assert shell(only(anna, "not_ignored")["mend"]).returncode == 0
    assert (anna.root / ".cf" / ".gitignore").read_text() == "*\n"


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
    [("anna.tml", "anna-2"), ("bob.tml", "bob"), ("st.tonys.TOML", "st-tonys"), ("st.toml.tonys.Toml", "st-toml-tonys"), ("st.tonys.toml.txt", "st-tonys")],
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


def test_papers_go_along_and_never_into_those_of_another(anna: Cf, shell: Shell) -> None:
    anna.write("ANNA", ANNA)
    for name in ("ANNA", "anna-2"):
        (anna.root / "papers" / name).mkdir(parents=True)
        (anna.root / "papers" / name / "offer.txt").write_text(name)
    [finding] = [finding for finding in findings(anna) if finding["code"] == "twin_file"]
    assert shell(finding["mend"]).returncode == 0
    assert (anna.root / "papers" / "anna-3" / "offer.txt").read_text() == "ANNA"
    assert (anna.root / "papers" / "anna-2" / "offer.txt").read_text() == "anna-2"


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
        (anna.root / "clients" / directory / "anna.toml").write_text(f'name = "Anna {directory}"\n')
    for finding in findings(anna):
        assert shell(finding["mend"]).returncode == 0
    assert sorted(path.name for path in (anna.root / "clients").glob("*.toml")) == [
        "anna-2.toml",
        "anna-3.toml",
        "anna.toml",
    ]
    assert anna.text("anna") == ANNA


def test_a_link_to_a_directory_is_not_entered(anna: Cf) -> None:
    elsewhere = anna.home / "elsewhere"
    elsewhere.mkdir(mode=0o777)
    (elsewhere / "bob.toml").write_text('name = "Bob"\n')
    (elsewhere / "bob.toml").chmod(0o666)
    for link in ("clients/all", ".cf"):
        (anna.root / link).symlink_to(elsewhere)
    assert findings(anna) == []


def test_papers_whose_dossier_was_renamed_by_hand(anna: Cf) -> None:
    for name in ("anna", "annika", "bob"):
        (anna.root / "papers" / name).mkdir(parents=True)
    (anna.root / "removed").mkdir()
    (anna.root / "removed" / "bob.toml").write_text('name = "Bob"\n')
    assert only(anna, "papers")["file"] == "papers/annika"


# What the dossiers say ----------------------------------------------------------------------------------


def test_two_dossiers_of_one_client(anna: Cf, shell: Shell) -> None:
    same = '\n[card]\nphone = "{}"\nemail = "{}"\n'
    anna.write("anna", ANNA + same.format("+48 22 555 01 07", "a@firm.example"))
    anna.write("anna-2", ANNA + same.format("22 111 11 11", "b@firm.example"))
    assert findings(anna) == []
    anna.write("anna-2", ANNA.replace("Anna", "ANNA") + same.format("+48 (22) 555-0107", "b@firm.example"))
    finding = only(anna, "double")
    assert "clients/anna" in finding["message"]
    anna.write("anna-2", ANNA + same.format("", "A@firm.example"))
    finding = only(anna, "double")
    assert finding["mend"].startswith("cf remove ") or "EDITOR" in finding["mend"]


def test_clients_called_by_numbers_are_looked_up_once(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Cover] = []
    phones, number = lookup._phones, 480_000

    def counted(cover: Cover) -> Iterator[str]:
        looked_at.append(cover)
        return phones(cover)

    for client in range(number, number + 60):
        cf.write(str(client), f'name = "{client}"\n[card]\nphone = "+48 22 {client - 100}"\n')
    monkeypatch.setattr(lookup, "_phones", counted)
    mends = [finding["mend"] for finding in findings(cf)]
    assert mends == [f"cf file {client} fri" for client in range(number, number + 60)]
    assert len(looked_at) < 60 * 5


def test_a_number_that_is_a_name_and_the_phone_of_another_is_no_way_to_call_them(cf: Cf) -> None:
    cf.write("480000", 'name = "480000"\n')
    cf.write("anna", ANNA + '[card]\nphone = "+48 22 480000"\n')
    assert only(cf, "no_date")["mend"] == "${EDITOR:-vi} clients/480000.toml"


def test_a_person_known_by_name_is_known(anna: Cf) -> None:
    for person in ("marek", "Marek Kowalski", "MAREK", "Anna"):
        anna.write("anna", f'{ANNA}with = "{person}"\n\n[people.marek]\nname = "Marek Kowalski"\n')
        assert findings(anna) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('name = "Anna"\n', "no_date", None),
        ('name = "Anna"\n[next]\non = 2026-06-01\n', "overdue", None),
        ('name = "Anna"\n[next]\non = 2026-06-01\nhow = "agreed"\n', "overdue", None),
        ('name = "Anna"\n[next]\non = "2026-05"\n', "overdue", None),
        ('name = "Anna"\nresting = "it\'s over; for now"\n[next]\non = 2026-08-01\n', "resting_with_date", 2),
    ],
)
def test_the_line_mends_what_waits(cf: Cf, shell: Shell, text: str, code: str, line: int | None) -> None:
    cf.write("anna", text)
    assert only(cf, code)["line"] == line
    mended(cf, shell, only(cf, code))


def test_a_month_late_is_not_yet_long(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-06-15\n')
    assert findings(cf) == []
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-06-14\n')
    assert "31 days late" in only(cf, "overdue")["message"]


# The settings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"# mine\ncapacty = 5\n", 2, "Did you mean capacity?"),
        (b"colour = 5\n", 1, "cf settings"),
        (b"day_first = true\ncapacity = 0\n", 2, "a whole number from 1 to 999"),
        (b"day_first = yes\n", 1, "day_first = true"),
        (b"<<<<<<< HEAD\ncapacity = 5\n=======\ncapacity = 6\n>>>>>>> laptop\n", 1, "merged by git"),
        (b"capacity = 5\ncapacity = 6\n", 2, "stands twice, first in line 1"),
        ("capacity = 5\n".encode("utf-16"), 1, "UTF-16"),
        (b"# caf\xe9\n", 1, "not UTF-8"),
    ],
)
def test_a_setting_that_says_nothing(anna: Cf, shell: Shell, text: bytes, line: int, words: str) -> None:
    (anna.root / "clientfolder.toml").write_bytes(text)
    finding = only(anna, "setting")
    assert (finding["file"], finding["line"]) == ("clientfolder.toml", line)
    assert words in finding["message"]
    assert not anna("doctor").err
    assert shell(finding["mend"]).returncode == 0


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
    from clientfolder.binder import condition

    # As git and mkdir make it, in a home that shuts others out.
    anna.root.parent.chmod(0o700)
    assert findings(anna) == []
    anna.path("anna").chmod(0o666)
    assert only(anna, "open")["message"].startswith("One file ")
    anna.path("anna").chmod(0o644)
    monkeypatch.setattr(condition, "_anybody_reaches", lambda root: True)
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
        [finding] = [one for one in cf("doctor --json").data["findings"] if one["code"] == "future_entry"]
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
    assert ("future_entry" in codes) == ahead
    assert (cf.ok("list --first --json").data["slots"] != []) == ahead
