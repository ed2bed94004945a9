"""The arrows between the modules: each knows only what lies below it, and each outside library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import clientfolder

SOURCE = Path(clientfolder.__file__).parent

# From the paper up. A module may import from its own line's folder and from the lines above it here.
LAYERS = [
    ["errors", "dates", "schema"],
    ["vocabulary"],
    ["mending"],
    ["when"],
    ["dossier", "tickler", "stretch"],
    ["change", "covers", "birthdays", "planning"],
    ["desk", "clearing", "settings", "form"],
    ["ahead", "looking_back", "spreading"],
    ["absence"],
    ["binder"],
    ["demo", "doctor", "office", "exchange"],
    ["cli"],
]
HOMES = {
    "typer": {"cli"},
    "rich": {"cli/paper.py"},
    "pydantic": {"binder/gate.py"},
    "tomllib": {"binder"},
    "tomli_w": {"binder/pen.py"},
    "dateutil": {"dates.py"},
    "holidays": {"tickler/holidays.py"},
    "anyascii": {"binder/names.py"},
    "platformdirs": {"cli/app.py"},
}
MODULES = sorted(str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py"))


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((SOURCE / module).read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in (
                "clientfolder",
                "clientfolder.binder",
                "clientfolder.cli",
                "clientfolder.tickler",
                "clientfolder.exchange",
                "clientfolder.doctor",
                "clientfolder.exchange.backup",
            ):
                yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module


def level(name: str) -> int | None:
    room = name.split("/")[0].removesuffix(".py")
    return next((number for number, rooms in enumerate(LAYERS) if room in rooms), None)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_only_what_lies_below_it(module: str) -> None:
    mine = level(module)
    if mine is None:
        assert module in ("__init__.py", "__main__.py")
        return
    for name in imports(module):
        parts = name.split(".")
        if parts[0] != "clientfolder" or len(parts) == 1:
            continue
        theirs = level(parts[1])
        assert theirs is not None or parts[1] == "__version__", f"{module} imports {name}"
        same_room = parts[1] == module.split("/")[0].removesuffix(".py")
        assert theirs is None or theirs < mine or same_room, f"{module} imports {name}"


def test_the_law_is_one() -> None:
    """Every arrow upwards would be seen: the levels are distinct, and hold every module."""
    rooms = {module.split("/")[0].removesuffix(".py") for module in MODULES} - {"__init__", "__main__"}
    assert sorted(room for line in LAYERS for room in line) == sorted(rooms)


@pytest.mark.parametrize("module", MODULES)
def test_an_outside_library_has_one_home(module: str) -> None:
    for name in imports(module):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or any(module == home or module.startswith(f"{home}/") for home in homes), name


# What reads the world outside, by the module or class that it is asked of.
OUTSIDE = {
    "os": {"environ", "environb", "getenv", "getenvb", "getcwd", "getcwdb", "get_terminal_size", "isatty", "ttyname"},
    "os.path": {"expanduser", "expandvars"},
    "path": {"expanduser", "expandvars"},
    "sys": {"argv", "orig_argv", "stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"},
    "shutil": {"get_terminal_size", "which"},
    "tempfile": {"gettempdir", "gettempdirb", "mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile",
                 "TemporaryDirectory", "SpooledTemporaryFile"},
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime", "ctime"},
    "Path": {"home", "cwd"},
}  # fmt: skip


def looks_outside(source: str) -> list[str]:
    """What of `OUTSIDE` a module reads, by name or by import."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            found += [f"{owner}.{node.attr}"] * (node.attr in OUTSIDE.get(owner, ()))
        elif isinstance(node, ast.ImportFrom) and node.module in OUTSIDE:
            found += [f"{node.module}.{name.name}" for name in node.names if name.name in OUTSIDE[node.module]]
    return found


@pytest.mark.parametrize("module", MODULES)
def test_only_the_front_door_looks_outside(module: str) -> None:
    """Clock, environment, streams, window and temporary directory are handed in with the world that it makes."""
    if module not in ("cli/app.py", "cli/__init__.py"):
        assert looks_outside((SOURCE / module).read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['HOME']",
        "from os import environ",
        "import shutil\nshutil.get_terminal_size()",
        "from tempfile import gettempdir",
        "import sys\nsys.stdin.isatty()",
        "import os\nos.path.expanduser('~')",
        "import datetime\ndatetime.date.today()",
    ],
)
def test_whoever_looks_outside_is_seen(source: str) -> None:
    assert looks_outside(source)
