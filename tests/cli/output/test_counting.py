"""Long work counts on one line of a terminal, which is gone when it is done; nothing is told in a pipe."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from clientfolder.cli.output import counting
from clientfolder.cli.output.counting import CountingLine
from clientfolder.workspace import Environment
from folders import Typing


def environment(stderr: io.StringIO, *, is_process: bool = True) -> Environment:
    return Environment(
        {"TERM": "xterm"}, "/", Typing(), Typing(), stderr, datetime.now, lambda: "/", is_process=is_process
    )


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SECONDS_BEFORE", 0)
    monkeypatch.setattr(counting, "SECONDS_BETWEEN", 0)


def test_it_counts_on_one_line_and_takes_it_away() -> None:
    screen = Typing()
    line = CountingLine(environment(screen))
    line.tell("contacts", 1)
    line.tell("contacts", 1200)
    line.clear()
    line.clear()
    assert screen.getvalue() == "\r 1 contacts ... \x1b[K\r 1,200 contacts ... \x1b[K\r\x1b[K"


def test_short_work_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SECONDS_BEFORE", 60)
    screen = Typing()
    line = CountingLine(environment(screen))
    line.tell("contacts", 1)
    line.clear()
    assert screen.getvalue() == ""


@pytest.mark.parametrize("kind", ["a pipe", "no process", "a dumb terminal", "a pipe for the page"])
def test_nothing_is_told_where_nobody_looks(kind: str) -> None:
    screen = io.StringIO() if kind == "a pipe" else Typing()
    world = environment(screen, is_process=kind != "no process")
    if kind == "a dumb terminal":
        world = world._replace(env={"TERM": "dumb"})
    if kind == "a pipe for the page":
        world = world._replace(stdout=io.StringIO())
    line = CountingLine(world)
    line.tell("contacts", 1)
    line.clear()
    assert screen.getvalue() == ""


def test_a_terminal_that_is_gone_does_not_stop_the_work() -> None:
    screen = Typing()
    line = CountingLine(environment(screen))
    screen.close()
    line.tell("contacts", 1)
    line.tell("contacts", 2)
    line.clear()
