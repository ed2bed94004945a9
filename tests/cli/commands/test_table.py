"""The table of the commands: each row leads to its function, and a row more is a command that everything knows."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import TABLE, Command, names
from folders import Cf

TESTS = Path(__file__).parents[2]
# A plugin of pytest that adds one row and one function before any test is collected; `{data}` is what it answers with.
PLUGIN = """
import sys, types
from typing import Annotated
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.commands import table
from clientfolder.cli.output.terminal import Result, Span, one_line
from clientfolder.cli.prompts.find import find_client

def tally(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="CLIENT", completes="clients")] = None,
) -> Result:
    "How many contacts there were with a client."
    cover = find_client(ctx.obj, " ".join(words or ["anna"]))
    return Result({data}, lambda paper: [(Span(one_line(cover.name)),)])

module = types.ModuleType("clientfolder.cli.commands.tally")
module.tally = tally
sys.modules[module.__name__] = module
table.TABLE = (*table.TABLE, table.Command("tally", "tally", "Every day", "Count.", "tally anna", {writes}))
"""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_row_leads_to_a_function_that_says_what_it_does(row: Command) -> None:
    assert row.function().__doc__
    assert row.example.split()[0] == row.name


def test_no_command_stands_there_twice() -> None:
    assert len({*names()}) == len(TABLE)


def test_a_row_more_is_a_command_more(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    scope: dict[str, Any] = {}
    monkeypatch.setattr(table, "TABLE", TABLE)
    monkeypatch.setitem(sys.modules, "clientfolder.cli.commands.tally", types.ModuleType("replaced"))
    exec(PLUGIN.format(data={"contacts": 1}, writes="table.Writes.NOTHING"), scope)
    cf.write("anna", 'name = "Anna"\n')
    every_day = cf.ok("help all").out.partition("Every day")[2].partition("\n\n")[0]
    assert "  tally   Count.\n" in f"{every_day}\n"
    assert cf.ok("tally --help").out.endswith("Example: cf tally anna\n")
    assert cf.ok("tally anna").out == "Anna\n"
    assert cf.ok("tally anna --json").data == {"contacts": 1}
    assert "Did you mean: cf tally anna" in cf("taly anna").err


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def with_tally(tmp_path: Path) -> Run:
    """Runs the tests of these files that are about the command of the plugin."""

    def run(*files: str, data: str, writes: str = "NOTHING", only: str = "tally") -> subprocess.CompletedProcess[str]:
        (tmp_path / "plugin_tally.py").write_text(PLUGIN.format(data=data, writes=f"table.Writes.{writes}"))
        options = ["-n0", "-rpf", "-p", "no:cacheprovider", "-p", "plugin_tally", "-k", only]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, *files],
            cwd=TESTS.parent, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    return run


def test_the_tests_of_every_command_try_it_too(with_tally: Run) -> None:
    files = ("tests/cli/test_contract.py", "tests/test_hostile_texts.py", "tests/cli/test_completion.py")
    done = with_tally(*files, "tests/test_attacks.py", data={"contacts": 1})
    assert done.returncode == 0, done.stdout
    tried = {line.partition("::")[2].partition("[")[0] for line in done.stdout.splitlines() if "PASSED" in line}
    assert tried >= {
        "test_one_object_with_every_key",
        "test_the_common_options_stand_before_or_after",
        "test_help_has_one_real_example",
        "test_nothing_steers_the_terminal",
        "test_every_command_is_offered_with_its_options",
        "test_every_command_that_takes_a_client_offers_short_names",
        "test_without_the_directory_of_the_dossiers_nothing_is_believed",
    }


def test_one_that_breaks_the_contract_is_found(with_tally: Run) -> None:
    done = with_tally("tests/cli/test_contract.py", data="{'changes': [{}]}", writes="IN_THE_FOLDER")
    assert "FAILED tests/cli/test_contract.py::test_one_object_with_every_key[tally]" in done.stdout


def test_one_that_the_readme_does_not_name_is_found(with_tally: Run) -> None:
    done = with_tally("tests/test_readme.py", data="{}", only="every_command")
    assert "FAILED tests/test_readme.py::test_every_command_has_its_row" in done.stdout
