"""What a command of every day imports, so that its start does not grow unseen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from folders import Cf

# Each of these takes longer than reading and showing three hundred dossiers.
SLOW = {"typer", "rich", "pydantic", "dataclasses", "inspect", "shutil", "subprocess", "email", "dateutil", "difflib",
        "zoneinfo", "sqlite3", "icalendar", "jinja2", "csv", "holidays", "anyascii", "urllib", "argparse", "logging",
        "importlib.metadata", "decimal", "fractions", "statistics"}  # fmt: skip
# What those that write have of them, with platformdirs: it knows whether the folder is the default one.
WITH_PLATFORMDIRS = {"shutil", "urllib"}


# What those that are typed forty times a day import of this package, a file for each; `--renew-pages` writes it anew.
LISTS = Path(__file__).parent / "imports"
TAB = {"_CF_COMPLETE": "complete_bash", "COMP_WORDS": "cf show an", "COMP_CWORD": "2"}
OF_EVERY_DAY = {
    "today": "today", "log": "log anna hello -n fri", "snooze": "snooze anna 1w", "show": "show anna", "list": "list", "tab": "",
}  # fmt: skip


def imported(cf: Cf, line: str, **more: str) -> set[str]:
    """The modules that a command line has imported when it has ended. `more`: variables of its environment."""
    program = (
        "import sys\nfrom clientfolder.cli import main\n"
        f"code = main({line.split()!r})\nsys.stderr.write('\\n'.join(['', 'imported', *sys.modules]))\nsys.exit(code)\n"
    )
    env = {**cf.env, "CF_FOLDER": str(cf.root), "CF_TODAY": "2026-07-15", "HOME": str(cf.home), **more}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {*done.stderr.partition("\nimported\n")[2].split("\n")}


@pytest.mark.parametrize(
    "line", ["today", "log anna hello -n fri", "snooze anna 1w", "show anna", "list", "list 10..21", "find hello"]
)
def test_a_command_of_every_day_imports_only_what_it_needs(cf: Cf, line: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\ntext = "hello"\n')
    cf.ok("today")
    assert SLOW & imported(cf, line) <= (WITH_PLATFORMDIRS if line.split()[0] in ("log", "snooze") else set())


@pytest.mark.parametrize("name", OF_EVERY_DAY)
def test_what_a_command_of_every_day_imports_grows_only_on_purpose(
    cf: Cf, name: str, request: pytest.FixtureRequest
) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\ntext = "hello"\n')
    cf.ok("today")
    loaded = imported(cf, OF_EVERY_DAY[name], **(TAB if name == "tab" else {}))
    ours = sorted(module for module in loaded if module.startswith("clientfolder"))
    if request.config.getoption("--renew-pages"):
        (LISTS / f"{name}.txt").write_text("\n".join([*ours, ""]))
    assert ours == (LISTS / f"{name}.txt").read_text().split()


@pytest.mark.parametrize(
    "line", ["today", "log anna hello -n fri", "show anna", "list", "review", "week", "find hello"]
)
def test_who_keeps_no_money_waits_for_none_of_it(cf: Cf, line: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-15\ntext = "hello"\n')
    cf.ok("today")
    assert not {name for name in imported(cf, line) if name.startswith("clientfolder.portfolio")}
    assert not (cf.root / ".cf" / "ledger").exists()
