"""The process: its streams, full, closed or broken, and how it was started."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from acts import again
from folders import Cf


@pytest.fixture
def anna(furnished: Cf) -> Cf:
    return furnished


def run(cf: Cf, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(cf.home), "CF_TODAY": "2026-07-15", "LANG": "C.UTF-8"}
    program = [sys.executable, "-m", "clientfolder", *words]
    return subprocess.run(program, cwd=cf.root, env=env, text=True, check=False, timeout=60, **how)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output(anna: Cf) -> None:
    with open("/dev/full", "w") as full:
        reading = run(anna, "today", stdout=full, stderr=subprocess.PIPE)
        writing = run(anna, "log", "anna", "kept", "-n", "fri", stdout=full, stderr=subprocess.PIPE)
    assert (reading.returncode, reading.stderr.count("\n")) == (5, 1)
    assert writing.returncode == 0
    assert "It is written" in writing.stderr
    assert 'text = "kept"' in anna.text("anna")


def test_a_closed_pipe_ends_quietly(vera: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(vera.home)}
    line = f"{sys.executable} -m clientfolder list --full | head -1"
    done = subprocess.run(
        line, shell=True, cwd=vera.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_both_names_and_the_module_are_the_same(cf: Cf) -> None:
    beside = Path(sys.executable).parent
    expected = run(cf, "--version", stdout=subprocess.PIPE).stdout
    for name in ("cf", "clientfolder"):
        if (beside / name).exists():
            assert subprocess.run([beside / name, "-V"], capture_output=True, text=True, check=True).stdout == expected


@pytest.mark.parametrize(
    "closed",
    [
        "log bob x -n fri <&-",
        "when - <&-",
        "new - <&-",
        "log bob - -n fri <&-",
        "today >&-",
        "today 2>&-",
        "show zzz 2>&-",
    ],
)
def test_closed_streams_are_no_trouble(bob: Cf, closed: str) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    line = f"{sys.executable} -m clientfolder {closed}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=bob.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2, 3, 5)


def test_a_profiler_has_its_say_when_a_command_has_ended(cf: Cf) -> None:
    """The process ends as any other does: what is to be done at its end is done."""
    line = [sys.executable, "-m", "cProfile", "-m", "clientfolder", "--folder", str(cf.root), "list"]
    ended = subprocess.run(line, capture_output=True, text=True, check=True, cwd=cf.root)
    assert "function calls" in ended.stdout


@pytest.mark.parametrize("way", ["clientfolder", "-m", "path"])
def test_the_program_is_called_again_as_it_was(elsewhere: Cf, way: str, tmp_path: Path) -> None:
    place = tmp_path / "programs"
    place.mkdir()
    for name in ("cf", "clientfolder"):
        script = place / name
        script.write_text(f"#!{sys.executable}\nfrom clientfolder.cli import run\nrun()\n")
        script.chmod(0o755)
    begin = {"clientfolder": "clientfolder", "-m": f"{sys.executable} -m clientfolder", "path": f"{place}/cf"}[way]
    path = f"{place}:/bin:/usr/bin" if way == "clientfolder" else "/bin:/usr/bin"
    env = {"HOME": str(elsewhere.home), "PATH": path, "LC_ALL": "C.UTF-8"}
    asked = subprocess.run(
        ["sh", "-c", f"{begin} log mia wants it"], cwd=elsewhere.root, env=env, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert re.search(r"Again: (.*)", asked.stderr)
    assert again(asked.stderr) == f"{begin} log mia wants it -n fri"
