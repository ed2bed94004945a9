"""The arrows between the modules: each knows only what lies below it, nothing runs in a circle, each library has one home."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import clientfolder

SOURCE = Path(clientfolder.__file__).parent
PACKAGE = "clientfolder"

# From the ground up. A module may import from its own line's package and from the lines above it here.
LAYERS = [
    ["tuples"],
    ["errors"],
    ["text"],
    ["dates"],
    ["dossier"],
    ["settings"],
    ["tickler"],
    ["review", "portfolio", "care"],
    ["binder"],
    ["doctor", "exchange", "demo", "manual"],
    ["workspace"],
    ["cli"],
]
# The same inside cli.
CLI_LAYERS = [
    ["output"],
    ["arguments", "key_value", "process", "rescue"],
    ["typed_line", "parameters"],
    ["options"],
    ["session"],
    ["kinds", "notes", "other_words"],
    ["unnamed"],
    ["strays", "run_together"],
    ["facts"],
    ["prompts", "pages"],
    ["commands"],
    ["places"],
    ["parser", "quick", "completion"],
    ["shells"],
    ["app"],
]
# What a page may import: it lays out facts that others have computed.
PAGES_KNOW = {
    "cli.output",
    "cli.pages",
    "dates",
    "dossier",
    "tickler",
    "review",
    "care",
    "portfolio",
    "text",
    "errors",
    "tuples",
    "settings",
    "doctor",
    "exchange",
}
# The one home of each outside library.
HOMES = {
    "typer": {"cli"},
    "rich": {"cli/output"},
    "pydantic": {"binder/toml/validation.py"},
    "tomllib": {"binder/toml"},
    "tomli_w": {"binder/toml/editor.py"},
    "dateutil": {"dates/calendar.py"},
    "holidays": {"dates/holidays.py"},
    "anyascii": {"binder/names.py"},
    "platformdirs": {"cli/process.py"},
    "shellingham": {"cli/shells.py"},
    "icalendar": {"exchange/calendar.py"},
    "jinja2": {"exchange/paper.py"},
}
PATHS = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The module's name below the package: `binder.journal.lock`; of a package's `__init__` that of the package."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in PATHS}


@cache
def nodes_of(module: str) -> tuple[ast.AST, ...]:
    """Everything in the source of a module."""
    return tuple(ast.walk(ast.parse(MODULES[module].read_text())))


@cache
def imports(module: str) -> frozenset[str]:
    """The full names of everything that a module imports, wherever in it, names of modules resolved."""
    return frozenset(_imports(nodes_of(module)))


def _imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole.removeprefix(f"{PACKAGE}.") in MODULES else node.module


def own_imports(module: str) -> set[str]:
    """The modules of this program that a module imports."""
    found = {name.removeprefix(f"{PACKAGE}.") for name in imports(module) if name.startswith(f"{PACKAGE}.")}
    return {name for name in found if name in MODULES}


def level(layers: list[list[str]], name: str) -> int | None:
    return next((number for number, rooms in enumerate(layers) if name.split(".")[0] in rooms), None)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_only_what_lies_below_it(module: str) -> None:
    if module in ("", "__main__"):
        return
    mine = level(LAYERS, module)
    assert mine is not None, f"{module} stands in no layer"
    for name in own_imports(module):
        theirs = level(LAYERS, name)
        same = name.split(".")[0] == module.split(".")[0]
        assert same or (theirs is not None and theirs < mine), f"{module} imports {name}"


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("cli.")])
def test_inside_cli_the_arrows_run_from_commands_to_output(module: str) -> None:
    mine = level(CLI_LAYERS, module.removeprefix("cli."))
    assert mine is not None, f"{module} stands in no layer of cli"
    for name in own_imports(module):
        if name.startswith("cli."):
            theirs = level(CLI_LAYERS, name.removeprefix("cli."))
            same = name.split(".")[1] == module.split(".")[1]
            assert same or (theirs is not None and theirs < mine), f"{module} imports {name}"


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("cli.pages.")])
def test_a_page_knows_facts_and_output_alone(module: str) -> None:
    for name in own_imports(module):
        assert any(name == known or name.startswith(f"{known}.") for known in PAGES_KNOW), f"{module} imports {name}"


def test_nothing_runs_in_a_circle() -> None:
    graph = {module: own_imports(module) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_every_layer_is_there() -> None:
    rooms = {module.split(".")[0] for module in MODULES} - {"", "__main__"}
    assert sorted(room for line in LAYERS for room in line) == sorted(rooms)


@pytest.mark.parametrize("module", MODULES)
def test_an_outside_library_has_one_home(module: str) -> None:
    file = MODULES[module].relative_to(SOURCE).as_posix()
    for name in imports(module):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or any(file == home or file.startswith(f"{home}/") for home in homes), name


def test_no_two_classes_have_one_name() -> None:
    homes = defaultdict(list)
    for module in MODULES:
        for node in nodes_of(module):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_no_module_is_too_long() -> None:
    lengths = {module: len(path.read_text().splitlines()) for module, path in MODULES.items()}
    assert {module: length for module, length in lengths.items() if length > 450} == {}


# What reads the outside world, by the module or class that it is asked of.
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


def _names_its_directory(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and any(keyword.arg == "dir" for keyword in call.keywords)


def looks_outside(nodes: Sequence[ast.AST]) -> list[str]:
    """What of `OUTSIDE` a source reads, by name or by import."""
    found = []
    # A temporary file in a directory that is named there asks nobody for one.
    placed = {call.func for call in nodes if isinstance(call, ast.Call) and _names_its_directory(call)}
    for node in nodes:
        if isinstance(node, ast.Attribute) and node not in placed:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            found += [f"{owner}.{node.attr}"] * (node.attr in OUTSIDE.get(owner, ()))
        elif isinstance(node, ast.ImportFrom) and node.module in OUTSIDE:
            found += [f"{node.module}.{name.name}" for name in node.names if name.name in OUTSIDE[node.module]]
    return found


@pytest.mark.parametrize("module", MODULES)
def test_only_the_front_door_looks_outside(module: str) -> None:
    """Clock, environment, streams, window and temporary directory are handed in with the Environment that it makes."""
    if module not in ("__main__", "cli", "cli.process"):
        assert looks_outside(nodes_of(module)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['HOME']",
        "from os import environ",
        "import shutil\nshutil.get_terminal_size()",
        "from tempfile import gettempdir",
        "import tempfile\ntempfile.TemporaryFile()",
        "import sys\nsys.stdin.isatty()",
        "import os\nos.path.expanduser('~')",
        "import datetime\ndatetime.date.today()",
    ],
)
def test_whoever_looks_outside_is_seen(source: str) -> None:
    assert looks_outside([*ast.walk(ast.parse(source))])


def test_a_temporary_file_in_a_known_directory_is_no_look_outside() -> None:
    source = "import tempfile\ntempfile.TemporaryFile(dir=directory)"
    assert not looks_outside([*ast.walk(ast.parse(source))])
