"""Options and fixtures of all tests; what they are made of stands in `folders`."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest

import in_memory
import thorough
from clientfolder import settings
from clientfolder.binder.toml import dossier_file
from clientfolder.cli.output.terminal import Window
from folders import BOB, EXAMPLE, Cf, Shell, without_money_and_care
from goldens import Golden
from warm import StandIn, Warm

# How long an example takes says nothing on a machine that does other things as well.
hypothesis.settings.register_profile("cf", deadline=None)
hypothesis.settings.load_profile("cf")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", action="store_true", help="faults at every write of every writing command, and every sweep whole"
    )
    parser.addoption(
        "--renew-pages", action="store_true", help="write the golden pages anew, to be looked at in the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    thorough.is_on = bool(config.getoption("--faults"))
    in_memory.lay_folders_in_memory()
    keep_what_is_read()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Twelve thousand tests are found and stay to the end, so that nobody need look among them for what may be freed."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(5_000, 20, 50)
        gc.enable()


def keep_what_is_read() -> None:
    """Keep more of the dossiers that were read than a command does: here thousands read the same, one after the other.

    A command keeps them by the same key and hands out the same value twice; only that it needs no more than a few.
    """
    dossier_file.read = lru_cache(maxsize=256)(dossier_file.read.__wrapped__)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """A cf that has started already."""
    started = Warm()
    yield started
    started.close()


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A directory on the system's own file system, for what must hold there and not only in memory."""
    with tempfile.TemporaryDirectory() as directory:
        yield Path(directory).resolve()


@pytest.fixture
def cf(tmp_path: Path) -> Cf:
    """An empty folder on Wed 15 July 2026, half past ten."""
    root = tmp_path / "folder"
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").write_text("")
    (tmp_path / "home").mkdir()
    return Cf(root, tmp_path / "home")


@pytest.fixture
def vera(cf: Cf) -> Cf:
    """The example folder on its day."""
    for path in (EXAMPLE / "clients").iterdir():
        (cf.root / "clients" / path.name).write_bytes(path.read_bytes())
    (cf.root / "clientfolder.toml").write_bytes((EXAMPLE / "clientfolder.toml").read_bytes())
    return cf


@pytest.fixture
def bare(vera: Cf) -> Cf:
    """The example folder as somebody has it who keeps no money, no complaints, no questions and no ratings."""
    for path in (vera.root / "clients").iterdir():
        path.write_text(without_money_and_care(path.read_text()))
    (vera.root / "clientfolder.toml").write_text(settings.commented({"day_first": "true"}))
    return vera


@pytest.fixture
def golden(vera: Cf, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Golden:
    """Compares pages of the example folder with their golden files."""

    def into(window: Window) -> None:
        monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: window))

    return Golden(vera, into, bool(request.config.getoption("--renew-pages")))


@pytest.fixture
def bob(cf: Cf) -> Cf:
    cf.write("bob", BOB)
    return cf


@pytest.fixture
def place(cf: Cf) -> Path:
    """The directory in which the folder lies, with nothing else in it."""
    cf.home.rmdir()
    return cf.root.parent


@pytest.fixture
def shell(cf: Cf, warm: Warm) -> Shell:
    """Pastes a line into a POSIX shell in the folder, where `cf` is this program; `typed` answers its questions.

    It has started already, but where the shell is to do more with it than to run it, and in the directory `cold`.
    """
    warm_one, cold_one = cf.home / "bin", cf.home / "cold"
    for directory in (warm_one, cold_one):
        directory.mkdir()
    stand_in = StandIn(warm, warm_one)
    program = cold_one / "cf"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m clientfolder "$@"\n')
    program.chmod(0o755)
    env = {"HOME": str(cf.home), "CF_TODAY": "2026-07-15", "EDITOR": "true", "LANG": "C.UTF-8"}

    def paste(line: str, *, typed: str = "", where: Path = cf.root) -> subprocess.CompletedProcess[str]:
        is_plain = sys.platform == "linux" and not set("|<>").intersection(line)
        with stand_in.serving() if is_plain else nullcontext():
            path = f"{warm_one if is_plain else cold_one}:{os.environ['PATH']}"
            return subprocess.run(
                ["sh", "-c", line], cwd=where, env=env | {"PATH": path}, input=typed, capture_output=True, text=True,
                check=False, timeout=60,
            )  # fmt: skip

    return paste
