"""The quick reading of a command line: it reads what the option parser reads, or leaves the line to it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import thorough
from clientfolder import manual
from clientfolder.cli import quick
from clientfolder.cli.arguments import Known
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import TABLE
from clientfolder.cli.parser import application
from clientfolder.cli.session import Session
from clientfolder.errors import Trouble

README = Path(__file__).parents[2] / "README.md"
DAILY = ("today", "log", "snooze", "show", "list", "find", "file", "move", "week", "new", "slip")


class Seen(Exception):
    """The command was called, with these values."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values


def recorder(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the same parameters that only says with what it was called."""
    first, *names = function.__code__.co_varnames[: function.__code__.co_argcount]
    scope = {**function.__globals__, "_usual": function.__defaults__, "_seen": Seen}
    given = ", ".join(f"{name}=_usual[{place}]" for place, name in enumerate(names))
    exec(
        f"def made({first}, {given}):\n    raise _seen({{n: v for n, v in locals().items() if n != {first!r}}})", scope
    )
    made: Callable[..., Any] = scope["made"]
    made.__annotations__, made.__doc__ = dict(function.__annotations__), function.__doc__
    return made


class Read(Session):
    """A session that only takes in what stands for every command."""

    def settle(self) -> None:
        pass


def parsed(argv: list[str]) -> tuple[Session, dict[str, Any]] | None:
    """What the option parser makes of the line: the session and the values of the command; None where it refuses."""
    session = Read(None, None)  # type: ignore[arg-type]
    try:
        application().main(args=list(argv), prog_name="cf", standalone_mode=False, obj=session)
    except Seen as seen:
        return session, seen.values
    except (Trouble, SystemExit):
        return None
    except Exception as error:
        if type(error).__module__.startswith("typer"):
            return None
        raise
    return None


@pytest.fixture(autouse=True, scope="module")
def recorded() -> Iterator[None]:
    """Every command is found, and does nothing."""
    with pytest.MonkeyPatch.context() as patch:
        functions = {row.name: row.function() for row in TABLE}
        made = {name: recorder(function) for name, function in functions.items()}
        patch.setattr(table.Command, "function", lambda row: made[row.name])
        patch.setattr("clientfolder.cli.commands.today.today", made["today"])
        yield


def check(argv: list[str]) -> bool:
    """Both ways read the same, or the quick one declines; whether it has read it."""
    call = quick.read(argv)
    if call is None:
        return False
    read = parsed(argv)
    assert read, argv
    session, values = read
    made = call.row.function()
    names = made.__code__.co_varnames[1 : made.__code__.co_argcount]
    assert {**dict(zip(names, made.__defaults__ or (), strict=True)), **call.values} == values, argv
    assert (call.folder, call.today) == (session.workspace.folder, session.workspace.today), argv
    assert (call.json, call.dry_run) == (session.json, session.dry_run), argv
    assert call.known == session.line.options, argv
    return True


def lines() -> list[str]:
    """The command lines of the README, of the manual and of the table."""
    texts = [README.read_text(), *(topic.text for topic in manual.topics())]
    found = [line for text in texts for line in re.findall(r"(?:^|`)cf ([^`#\n]*)", text, re.MULTILINE)]
    return sorted({*found, *(row.example for row in TABLE)})


@pytest.mark.parametrize("line", lines())
def test_the_lines_that_people_read_are_read_alike(line: str) -> None:
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    check(words)


@pytest.mark.parametrize(
    "line",
    [
        "", "today", "--json", "today --json --folder x", "log anna", "log anna wants the quote -n fri 10:00",
        "log anna -x", "snooze anna 1w --yes", "show anna", "show anna -a", "list 10..21", "list --tag vip late",
        "log anna -- -x is text", "log anna -20% --about the price -n 5 july --as mail", "find revised quote",
    ],
)  # fmt: skip
def test_the_lines_of_a_day_need_no_option_parser(line: str) -> None:
    assert check(shlex.split(line))


@pytest.mark.parametrize(
    "line",
    ["-h", "log -h", "--version", "anna", "log anna --bogus", "log anna -m x", "-i", "log anna --json --json",
     "list --tag", "show anna --all=yes", "log anna x -n fri -n mon", "undo --install-completion"],
)  # fmt: skip
def test_whatever_is_not_sure_is_left_to_the_option_parser(line: str) -> None:
    assert quick.read(shlex.split(line)) is None


def spellings() -> list[str]:
    """Every option of the commands of a day, alone and with a value behind `=`."""
    known: dict[str, Known] = {}
    for name in DAILY:
        row = table.named(name)
        assert row
        for parameter in quick.parameters(row.function()) or ():
            known |= dict(parameter.known())
    return [*known, *(f"{name}=fri" for name in known)]


WORDS = st.sampled_from(
    [*spellings(), "--", "-", "-nfri", "-xe", "-20%", "", "anna", "fri", "10:00", "--json", "--dry-run", "--folder", "--folder=x",
     "--today", "--today=2026-07-15", "--json=1", "-i", "--bogus", "--nex", "3", "a b", "="]
) | st.text(max_size=4)  # fmt: skip


@settings(max_examples=thorough.sweep(3000, 300), deadline=None)
@given(st.lists(WORDS, max_size=2), st.sampled_from(DAILY), st.lists(WORDS, max_size=7))
def test_any_line_is_read_alike_or_left_to_the_option_parser(before: list[str], name: str, behind: list[str]) -> None:
    check([*before, name, *behind])
