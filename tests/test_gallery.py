"""The gallery: broken and odd dossiers, each beside what `cf` must say of it; `pytest --renew-pages` writes that anew.

`broken/` cannot be read: its letter and what mends it. `odd/` can be read: what `cf doctor` finds. `fine/` looks odd
and is not. What git cannot hold is made here, and has its letter in `strange/`.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clientfolder.binder import files
from folders import Cf

GALLERY = Path(__file__).parent / "gallery"
GOOD = 'name = "Good"\n\n[next]\non = 2026-08-05\n'


def pictures(room: str) -> list[str]:
    return sorted(path.stem for path in (GALLERY / room).glob("*.toml"))


def letter(cf: Cf) -> str:
    """What `cf list` and `cf doctor` say, on one line each, and what mends it."""
    told = "".join(f"{line}\n" for line in cf("list").err.splitlines())
    for finding in cf("doctor --json").data["findings"]:
        line = f", line {finding['line']}" if finding["line"] else ""
        told += f"doctor: {finding['code']}: {finding['file']}{line}: {finding['message']}\n   -> {finding['mend']}\n"
    return told


def beside(cf: Cf, room: str, name: str, request: pytest.FixtureRequest) -> str:
    """What must be said, as it stands beside the file."""
    golden = GALLERY / room / f"{name}.txt"
    if request.config.getoption("--renew-pages"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(letter(cf))
    return golden.read_text()


def check_broken(cf: Cf, name: str) -> None:
    """Where, what and what next in every answer about it, and no other command minds."""
    listed, found = cf("list"), cf("doctor --json")
    assert listed.exit == 1
    assert "Good" in listed.out
    told = re.fullmatch(rf"cf: clients/{name}\.toml(, line (\d+))?: (.+)\n", listed.err)
    assert told, listed.err
    assert found.exit == 1
    [finding] = [finding for finding in found.data["findings"] if finding["client"] == name]
    assert (finding["line"], finding["message"]) == (int(told[2]) if told[2] else None, told[3])
    assert finding["mend"]
    shown = cf(["show", name])
    assert (shown.exit, shown.out, shown.err) == (5, "", listed.err)
    cf.ok("log good rang in -n fri")
    cf.ok("undo")


@pytest.mark.parametrize("name", pictures("broken"))
def test_a_broken_file_has_its_letter(cf: Cf, name: str, request: pytest.FixtureRequest) -> None:
    content = (GALLERY / "broken" / f"{name}.toml").read_bytes()
    cf.path(name).write_bytes(content)
    cf.write("good", GOOD)
    begun = time.process_time()
    check_broken(cf, name)
    assert time.process_time() - begun < 20
    assert letter(cf) == beside(cf, "broken", name, request)
    assert cf.path(name).read_bytes() == content


@pytest.mark.parametrize("name", pictures("odd"))
def test_an_odd_file_is_read_and_told(cf: Cf, name: str, request: pytest.FixtureRequest) -> None:
    content = (GALLERY / "odd" / f"{name}.toml").read_bytes()
    cf.path(name).write_bytes(content)
    cf.write("good", GOOD)
    for line in ("list", "today", f"show {name}"):
        cf.ok(line)
    found = cf("doctor --json")
    assert found.exit == 1
    assert {finding["client"] for finding in found.data["findings"]} == {name}
    assert all(finding["mend"] for finding in found.data["findings"])
    assert letter(cf) == beside(cf, "odd", name, request)
    assert cf.path(name).read_bytes() == content


@pytest.mark.parametrize("name", pictures("fine"))
def test_what_looks_odd_and_is_fine(cf: Cf, name: str) -> None:
    cf.path(name).write_bytes((GALLERY / "fine" / f"{name}.toml").read_bytes())
    assert letter(cf) == ""
    assert "All is well" in cf.ok("doctor").out
    cf.ok(f"show {name}")


def test_every_letter_has_its_file_and_every_file_its_letter() -> None:
    for room in ("broken", "odd"):
        assert pictures(room) == sorted(path.stem for path in (GALLERY / room).glob("*.txt"))
    assert sorted(STRANGE) == sorted(path.stem for path in (GALLERY / "strange").glob("*.txt"))


# What git cannot hold ----------------------------------------------------------------------------------


def linked(path: Path, to: str) -> None:
    path.symlink_to(to)


def full_directory(path: Path) -> None:
    path.mkdir()
    (path / "note.txt").write_text("mine")


def one_way_to_itself(path: Path) -> None:
    linked(path, path.name)


STRANGE: dict[str, Callable[[Path], None]] = {
    "six-megabytes": lambda path: path.write_bytes(b'name = "Anna"\n' + b"#" * 6_000_000) and None,
    "pipe": lambda path: os.mkfifo(path),
    "directory": Path.mkdir,
    "directory-with-files": full_directory,
    "link-to-itself": one_way_to_itself,
    "link-to-nowhere": lambda path: linked(path, "../gone.toml"),
    "link-to-a-device": lambda path: linked(path, "/dev/zero"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_file_has_its_letter(cf: Cf, name: str, request: pytest.FixtureRequest) -> None:
    STRANGE[name](cf.path(name))
    cf.write("good", GOOD)
    check_broken(cf, name)
    assert letter(cf) == beside(cf, "strange", name, request)
    assert os.path.lexists(cf.path(name))


def test_a_file_that_the_system_refuses(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("shut", 'name = "Shut"\n')
    cf.write("good", GOOD)
    real = os.open

    def refuses(path: str, *rest: int, **more: int) -> int:
        if str(path).endswith("shut.toml"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuses)
    check_broken(cf, "shut")
    assert cf("list").err == "cf: clients/shut.toml: Cannot be read: permission denied\n"


def test_a_file_that_vanishes_during_the_scan_is_not_there(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    cf.write("going", 'name = "Going"\nrhythm = 5\n[log]\n')
    cf.write("good", GOOD)
    real = files.read_with_status

    def vanishes(path: str, file: str, *most: int) -> tuple[bytes, os.stat_result]:
        if file.endswith("going.toml"):
            cf.path("going").unlink(missing_ok=True)
        return real(path, file, *most)

    monkeypatch.setattr(files, "read_with_status", vanishes)
    for line in ("list", "doctor", "today", "find Good"):
        cf.write("going", 'name = "Going"\nrhythm = 5\n')
        answer = cf.ok(line)
        assert "going" not in answer.out + answer.err


def test_a_file_that_vanishes_again_and_again(cf: Cf) -> None:
    """An editor or a sync program at work: what is seen is told, and nothing breaks."""
    cf.write("good", GOOD)
    stop = threading.Event()

    def come_and_go() -> None:
        while not stop.is_set():
            cf.write("flicker", 'name = "Flicker"\nrhythm = 5\nresting = 1\n')
            cf.path("flicker").unlink()

    editor = threading.Thread(target=come_and_go)
    editor.start()
    try:
        for _ in range(40):
            for line in ("list", "doctor"):
                answer = cf(line)
                assert answer.exit in (0, 1)
                assert line == "doctor" or "Good" in answer.out
    finally:
        stop.set()
        editor.join()
