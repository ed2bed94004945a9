"""What is outside comes from the world that is handed in, and from nowhere else."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

from clientfolder.cli import main
from clientfolder.workspace import Environment
from folders import Cf, Typing


@pytest.fixture
def environment(cf: Cf, tmp_path: Path) -> Environment:
    """A terminal of 60 columns and 20 lines; whatever this process itself has is another."""
    (tmp_path / "aside").mkdir()
    return Environment(
        env={"HOME": str(cf.home), "CF_TODAY": "2026-07-15T10:30:00", "TERM": "dumb"},
        cwd=str(cf.root),
        stdin=Typing(""),
        stdout=Typing(),
        stderr=io.StringIO(),
        clock=lambda: datetime(2026, 7, 15, 10, 30),
        config_dir=lambda: str(cf.home / "config"),
        window=lambda: (60, 20),
        temporary_directory=lambda: str(tmp_path / "aside"),
    )


def lines(environment: Environment) -> list[str]:
    assert isinstance(environment.stdout, io.StringIO)
    return environment.stdout.getvalue().splitlines()


@pytest.fixture
def crowd(cf: Cf) -> Cf:
    for number in range(40):
        cf.write(f"c{number}", f'name = "C{number}"\ncompany = "{"long " * 40}"\n[next]\non = 2026-07-15\n')
    return cf


@pytest.mark.parametrize(
    ("env", "columns", "rows"),
    [({}, 60, 20), ({"COLUMNS": "100"}, 100, 20), ({"LINES": "40", "COLUMNS": ""}, 60, 40), ({"COLUMNS": "x"}, 60, 20)],
)
def test_a_page_fits_the_window_of_its_world(
    crowd: Cf, environment: Environment, env: dict[str, str], columns: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LINES", "200")
    environment = environment._replace(env={**environment.env, **env})
    assert main(["today"], environment) == 0
    page = lines(environment)
    assert len(page) == rows - 2
    assert columns - 20 < max(map(len, page)) <= columns


def test_a_window_that_tells_nothing_is_one_of_eighty_by_twenty_four(crowd: Cf, environment: Environment) -> None:
    environment = environment._replace(window=lambda: (0, 0))
    assert main(["today"], environment) == 0
    assert len(lines(environment)) == 22
    assert 60 < max(map(len, lines(environment))) <= 80


def test_colours_are_those_of_its_terminal(
    crowd: Cf, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    environment = environment._replace(env={**environment.env, "TERM": "xterm"})
    main(["today"], environment)
    assert any("\x1b[1m" in line for line in lines(environment))


def test_the_editor_gets_the_environment_and_the_place_of_its_world(
    cf: Cf, environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO", "the process")
    editor = cf.home / "editor"
    editor.write_text('#!/bin/sh\necho "$WHO edits in $(dirname "$1")" > "$1"\n')
    editor.chmod(0o755)
    cf.write("anna", 'name = "Anna"\n')
    environment = environment._replace(env={**environment.env, "EDITOR": str(editor), "WHO": "the world"})
    assert main(["log", "anna", "-e", "-n", "fri"], environment) == 0
    assert f'text = "the world edits in {tmp_path / "aside"}"' in cf.text("anna")


def test_the_opener_gets_the_environment_of_its_world(
    cf: Cf, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO", "the process")
    opener = cf.home / "opener"
    opener.write_text('#!/bin/sh\necho "$WHO" > "$HOME/opened"\n')
    opener.chmod(0o755)
    cf.write("anna", 'name = "Anna"\n')
    (cf.root / "papers" / "anna").mkdir(parents=True)
    (cf.root / "papers" / "anna" / "offer.txt").write_text("")
    environment = environment._replace(env={**environment.env, "CF_OPENER": str(opener), "WHO": "the world"})
    assert main(["open", "anna", "offer"], environment) == 0
    assert (cf.home / "opened").read_text() == "the world\n"


def test_what_was_typed_is_kept_in_the_place_of_its_world(
    cf: Cf, environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cf.write("anna", 'name = "Anna"\n')
    (cf.root / ".cf").write_text("no directory, so that nothing can be kept in the folder")
    main(["log", "anna"], environment._replace(stdin=Typing("Took B.\n")))
    [kept] = (tmp_path / "aside").iterdir()
    assert kept.read_text() == "Took B.\n"


def test_a_terminal_that_is_not_the_processs_own_is_read_by_characters(cf: Cf, environment: Environment) -> None:
    """No terminal setting of this process is touched for a stream that only says that it is a terminal."""
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n')
    environment = environment._replace(stdin=Typing("q"), env={**environment.env, "TERM": "xterm"})
    assert (environment.has_keyboard, environment.has_screen) == (False, False)
    assert main(["today", "-i"], environment) == 0
    assert "\x1b[H" not in "".join(lines(environment))
