"""`cf backup` and `cf restore` as they are typed: where the archive goes, what is told, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.errors import Interrupted
from clientfolder.exchange.backup import pack
from folders import Cf, Shell
from goldens import ROLL, Golden, Rows

DAY = "2026-07-15"


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-17\n')
    return cf


def archives(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.glob("*.tar.gz"))


def test_a_backup_tells_what_it_holds_and_where_it_is(vera: Cf) -> None:
    answer = vera.ok("backup")
    target = vera.root.parent / f"folder-{DAY}.tar.gz"
    held, place = answer.out.splitlines()
    dossiers = len(list((vera.root / "clients").glob("*.toml")))
    assert held.startswith(f"Backed up {vera.root}: {dossiers} clients, {dossiers + 1} files, ")
    assert place.startswith(f"-> {target}, ")
    assert target.exists()


def test_a_restored_folder_is_the_folder(vera: Cf) -> None:
    vera.ok("backup")
    answer = vera.ok(f"restore ../folder-{DAY}.tar.gz ../new")
    assert answer.out.splitlines()[0] == f"A new folder: {vera.root.parent / 'new'}"
    assert answer.out.splitlines()[-1] == f"cd {vera.root.parent / 'new'}"
    assert vera.ok("today --folder ../new").out == vera.ok("today").out
    vera.ok("log anna hello -n fri --folder ../new")


def test_scripts_get_the_file_and_how_much(anna: Cf) -> None:
    size = sum(path.stat().st_size for path in (anna.path("anna"), anna.root / "clientfolder.toml"))
    file, new = str(anna.root.parent / "kept.tar.gz"), str(anna.root.parent / "new")
    assert anna.ok("backup ../kept.tar.gz --json").data == {"changes": [], "file": file, "files": 2, "bytes": size}
    data = {"changes": [], "folder": new, "file": file, "files": 2, "bytes": size}
    assert anna.ok("restore ../kept.tar.gz ../new --json").data == data


def test_an_archive_lies_here_or_beside_the_folder_or_where_it_is_said(anna: Cf) -> None:
    above = anna.root.parent
    anna.ok("backup")
    anna.ok("backup")
    anna.ok("backup --today 2026-12-31")
    assert archives(above) == [f"folder-{DAY}-2.tar.gz", f"folder-{DAY}.tar.gz", "folder-2026-12-31.tar.gz"]
    anna.ok("backup ~")
    anna.ok("backup ../home/kept")
    outside = Cf(anna.home, anna.home, env={"CF_FOLDER": str(anna.root)})
    outside.ok("backup")
    assert sorted(os.listdir(anna.home)) == [f"folder-{DAY}-2.tar.gz", f"folder-{DAY}.tar.gz", "kept"]
    inside = Cf(anna.root / "clients", anna.home)
    inside.ok("backup")
    assert f"folder-{DAY}-3.tar.gz" in archives(above)
    assert archives(anna.root) == []


def test_a_dry_run_writes_nothing(anna: Cf) -> None:
    answer = anna.ok("backup --dry-run")
    assert "Would back up" in answer.out
    assert f"folder-{DAY}.tar.gz" in answer.out
    anna.ok("backup ../kept.tar.gz")
    answer = anna.ok("restore ../kept.tar.gz ../new --dry-run")
    assert "1 client, 2 files" in answer.out
    assert "cd " not in answer.out
    (anna.root.parent / "kept.tar.gz").write_bytes((anna.root.parent / "kept.tar.gz").read_bytes()[:-1])
    assert anna("restore ../kept.tar.gz ../new --dry-run").exit == 5
    assert sorted(os.listdir(anna.root.parent)) == ["folder", "home", "kept.tar.gz"]


REFUSED = {
    "backup ../taken": (2, "refused", "is there already"), "backup kept.tar.gz": (2, "refused", "cannot lie in the folder"),
    "backup clients": (2, "refused", "cannot lie in the folder"), "backup ../link/kept": (2, "refused", "cannot lie in the folder"),
    "backup ../nowhere/kept": (2, "refused", "no such directory"), "backup ../taken/x": (2, "refused", "no such directory"),
    "backup a b": (2, "usage", ""), "backup --folder /nowhere": (5, "no_folder", ""),
    "restore": (2, "usage", "an archive and a place"), "restore ../kept": (2, "usage", "an archive and a place"),
    "restore ../kept ../folder": (2, "refused", "nothing is overwritten"), "restore ../kept ../taken": (2, "refused", "nothing is overwritten"),
    "restore ../kept ../dangling": (2, "refused", "nothing is overwritten"), "restore ../kept ../nowhere/new": (2, "refused", "no such directory"),
    "restore ../gone ../new": (5, "io", "no such file"), "restore ../taken ../new": (5, "unreadable", "damaged"),
    "restore ../folder ../new": (5, "unreadable", "no backup"), "restore ../empty ../new": (5, "unreadable", "damaged"),
}  # fmt: skip


def there(above: Path) -> list[str]:
    """All that lies here; a command that reads may write its index, if the dossiers are old enough by then."""
    return sorted(str(path) for path in above.rglob("*") if path.name != "register")


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_refused_changes_nothing(anna: Cf, line: str) -> None:
    above = anna.root.parent
    anna.ok("backup ../kept")
    (above / "taken").write_text("mine")
    (above / "empty").touch()
    (above / "link").symlink_to("folder")
    (above / "dangling").symlink_to("gone")
    before = there(above)
    exit_code, code, message = REFUSED[line]
    answer = anna(f"{line} --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (exit_code, code), answer
    assert message in answer.json["errors"][0]["message"]
    assert anna(f"{line} --dry-run").exit == exit_code
    assert there(above) == before
    assert (above / "taken").read_text() == "mine"


def test_what_could_not_be_taken_is_told_and_the_rest_is_there(anna: Cf) -> None:
    (anna.root / "papers").mkdir()
    (anna.root / "papers" / "gone\x1b[2J").symlink_to("nowhere")
    for line in ("backup ../kept.tar.gz", "backup --dry-run"):
        answer = anna(line)
        assert answer.exit == 1
        assert "warning: papers/gone\\x1b[2J is not in the backup: no such file" in answer.err
        assert "\x1b" not in answer.out + answer.err
    answer = anna("backup --json")
    assert (answer.exit, answer.json["status"], answer.json["warnings"][0]["code"]) == (1, "partial", "io")
    anna.ok("restore ../kept.tar.gz ../new")
    assert (anna.root.parent / "new" / "clients" / "anna.toml").read_text() == anna.text("anna")


def test_an_act_that_was_cut_short_is_settled_first(anna: Cf) -> None:
    anna.write("bert", 'name = "Bert"\n[next]\non = 2026-07-16\n')
    before = anna.tree()
    anna.ok("move anna bert -n mon")
    [step] = (anna.root / ".cf" / "daybook").glob("*.done.json")
    step.rename(step.with_name("000001.doing.json"))
    anna.path("bert").write_bytes(before["clients/bert.toml"])
    assert "was cut short" in anna.ok("backup ../kept.tar.gz").err
    assert anna.tree() == before
    anna.ok("restore ../kept.tar.gz ../new")
    assert (anna.root.parent / "new" / "clients" / "anna.toml").read_bytes() == before["clients/anna.toml"]


def test_a_restored_folder_is_never_the_default(anna: Cf) -> None:
    anna.ok("backup ../kept.tar.gz")
    anna.ok("restore ../kept.tar.gz ../new")
    assert not (anna.home / "config").exists()


def test_restore_wants_no_folder(anna: Cf) -> None:
    anna.ok("backup ~/kept.tar.gz")
    Cf(anna.home, anna.home).ok("restore kept.tar.gz new")
    assert (anna.home / "new" / "clientfolder.toml").exists()


# Through a pipe ---------------------------------------------------------------------------------------


def test_an_archive_goes_through_a_pipe_into_a_new_folder(anna: Cf, shell: Shell) -> None:
    done = shell("cf backup - | cf restore - ../new")
    assert done.returncode == 0, done
    assert done.stdout.splitlines()[0] == f"A new folder: {anna.root.parent / 'new'}"
    told = done.stderr.splitlines()
    assert told[0].startswith(f"Backed up {anna.root}: 1 client, 2 files, ")
    assert told[1].startswith("-> standard output, ")
    assert "could not be read back" in told[2]
    assert (anna.root.parent / "new" / "clients" / "anna.toml").read_text() == anna.text("anna")
    assert sorted(os.listdir(anna.root.parent)) == ["folder", "home", "new"]


def test_nothing_but_the_archive_goes_to_standard_output(anna: Cf, shell: Shell) -> None:
    (anna.root / "gone").symlink_to("nowhere")
    done = shell("cf backup - > ../kept.tar.gz; echo $?")
    assert done.stdout == "1\n"
    assert "warning: gone is not in the backup" in done.stderr
    with tarfile.open(anna.root.parent / "kept.tar.gz") as archive:
        assert "folder/clients/anna.toml" in archive.getnames()
    assert "Would back up" in shell("cf backup - --dry-run").stdout
    assert "1 client, 2 files" in shell("cf restore - ../new --dry-run < ../kept.tar.gz").stdout
    assert shell("cf restore - ../new --json < ../kept.tar.gz").stdout.count('"file": "standard input"') == 1
    assert not (anna.root / "-").exists()


def test_a_pipe_that_nobody_reads_is_told(anna: Cf, shell: Shell) -> None:
    (anna.root / "paper").write_bytes(os.urandom(500_000))
    done = shell("(cf backup -; echo $? >&2) | true")
    assert done.stderr == "cf: standard output: Cannot be written: broken pipe\n5\n"
    assert shell("cf backup - > /dev/full").returncode == 5
    assert shell("cf backup - >&-").returncode == 5
    assert shell("cf restore - ../new <&-").returncode == 5


def test_an_archive_is_neither_shown_nor_typed(anna: Cf) -> None:
    answer = anna("backup -", terminal=True)
    assert (answer.exit, answer.out) == (2, "")
    assert "cf backup - > clients.tar.gz" in answer.err
    answer = anna("backup - --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (2, "usage")
    answer = anna("restore - ../new", typed="")
    assert answer.exit == 2
    assert "cf restore - DIR < clients.tar.gz" in answer.err


def test_ctrl_c_in_a_pipe_says_that_the_archive_is_cut_off(anna: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pack, "_pack", interrupted)
    with pytest.raises(Interrupted, match="the archive on standard output is cut off"):
        pack.send(Binder(str(anna.root)), 1, "standard output")


PLACES = ["a b", "$(touch pwned)", "-rf", "~x", "[red]", ".", ".hidden", "'", "é", "~/new"]


@pytest.mark.parametrize("place", PLACES)
def test_the_last_line_leads_into_the_folder(anna: Cf, place: str) -> None:
    anna.ok("backup ~/kept.tar.gz")
    here = anna.home / "here"
    here.mkdir()
    answer = Cf(here, anna.home).ok(["restore", str(anna.home / "kept.tar.gz"), "--", place])
    line = answer.out.splitlines()[-1]
    done = subprocess.run(
        ["sh", "-c", f"{line} && cat clients/anna.toml"], cwd=here, capture_output=True, text=True, check=False
    )
    assert done.stdout == anna.text("anna"), done.stderr
    assert not (here / "pwned").exists()


def test_a_folder_of_any_name_is_backed_up(anna: Cf) -> None:
    for name in ("a\x1b[2J\nb", "back\\slash", ".git", "$(x)", "é" * 40):
        root = anna.root.rename(anna.root.with_name(name))
        answer = Cf(root, anna.home).ok("backup ../kept.tar.gz")
        assert "\x1b" not in answer.out
        Cf(root, anna.home).ok(["restore", "../kept.tar.gz", f"../{name}2"])
        Cf(root, anna.home).ok("backup")
        with tarfile.open(root.parent / "kept.tar.gz") as archive:
            assert archive.getnames()[0] == (name if name.startswith(("$", "é")) else "folder")
        (root.parent / "kept.tar.gz").unlink()
        anna.root = root


def test_names_of_an_archive_never_steer_the_terminal(anna: Cf) -> None:
    with tarfile.open(anna.home / "bad.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("t/\x1b[2J\x9b\u202e[red]"))
    for line in ("restore ~/bad.tar.gz ../new", "restore ~/bad.tar.gz ../new --json"):
        answer = anna(line)
        assert answer.exit == 2
        assert not {"\x1b", "\x9b", "\u202e"} & set(answer.out + answer.err)
    assert "t/\\x1b[2J\\x9b\\u202e[red] is not taken" in anna("restore ~/bad.tar.gz ../new").err


def test_no_other_command_pays_for_it(anna: Cf) -> None:
    code = "import sys; from clientfolder.cli import main; main(['today']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=anna.root, capture_output=True, text=True, check=True, timeout=60
    )
    assert {"tarfile", "gzip", "clientfolder.exchange.backup.archive", "clientfolder.cli.commands.backup"}.isdisjoint(
        done.stderr.split()
    )


# Pages, whole -----------------------------------------------------------------------------------------

PAGES: Rows = {
    "backup in words": ("backup --dry-run", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
