"""What scripts rely on: one object with every key, exit codes, letters on standard error, and no byte that steers a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clientfolder.cli.commands.table import TABLE, Writes, names
from folders import Cf

ENVELOPE = ["cf", "command", "status", "data", "errors", "warnings"]

# The lines of commands whose example asks, or finds nothing to do, on a folder with `anna` in it.
OTHER_LINES = {
    "move": "move anna -n fri",
    "spread": "spread today --cap 1 --yes",
    "away": "away today..fri --yes",
    "worth": "worth --apply --yes",
}
# One good line of every command; a new one is held to it by the example in its row.
LINES = {row.name: OTHER_LINES.get(row.name, row.example) for row in TABLE}
WRITES = {row.name for row in TABLE if row.writes is not Writes.NOTHING}


@pytest.fixture
def anna(furnished: Cf) -> Cf:
    (furnished.root / "clientfolder.toml").write_text('rhythm_by_class = { A = "4 weeks" }\n')
    return furnished


def test_no_line_is_of_a_command_that_is_gone() -> None:
    assert set(OTHER_LINES) <= set(names())


@pytest.mark.parametrize("command", LINES)
def test_one_object_with_every_key(anna: Cf, command: str) -> None:
    answer = anna(f"{LINES[command]} --json")
    assert answer.exit in (0, 1), answer
    assert list(answer.json) == ENVELOPE
    assert (answer.json["cf"], answer.json["command"]) == (1, command)
    assert answer.json["status"] == ("ok" if answer.exit == 0 else "partial")
    assert answer.err == ""
    if command in WRITES:
        for change in answer.data["changes"]:
            assert list(change) == ["client", "before", "after", "slot", "words"]


@pytest.mark.parametrize("command", LINES)
def test_the_common_options_stand_before_or_after(anna: Cf, command: str) -> None:
    elsewhere = f"--json --folder {anna.root} --today 2026-07-15 --dry-run"
    before, after = anna(f"{elsewhere} {LINES[command]}"), anna(f"{LINES[command]} {elsewhere}")
    assert before.exit == after.exit
    assert before.json == after.json


@pytest.mark.parametrize("command", LINES)
def test_help_has_one_real_example(anna: Cf, command: str) -> None:
    for option in ("-h", "--help"):
        answer = anna.ok(f"{command} {option}")
        assert f"Example: cf {command}" in answer.out
        assert max(map(len, answer.out.splitlines())) <= 80


# The process -------------------------------------------------------------------------------------------


def test_a_start_imports_only_what_it_needs(vera: Cf) -> None:
    code = "import sys; from clientfolder.cli import main; main(['today']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=vera.root, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stderr.split())
    for costly in ("pydantic", "rich.console", "rich.table", "tomli_w", "dateutil", "sqlite3"):
        assert costly not in loaded, costly
