"""A screen made empty for what comes next: only where there is one, and what stood on it is kept."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest

from clientfolder.cli.output.terminal import Window
from clientfolder.cli.prompts.screen import empty_screen, is_screen


class Gone(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError


def session(stdout: io.StringIO, *, has_screen: bool = True) -> Any:
    return SimpleNamespace(environment=SimpleNamespace(has_screen=has_screen, stdout=stdout))


def test_what_stood_there_is_scrolled_up_before_the_screen_is_empty() -> None:
    out = io.StringIO()
    empty_screen(session(out), Window(80, 3))
    assert out.getvalue() == "\n\n\n\x1b[H\x1b[J"


@pytest.mark.parametrize(("has_screen", "window"), [(False, Window(80, 24)), (True, Window(80)), (False, Window(80))])
def test_where_there_is_no_screen_nothing_steers_it(has_screen: bool, window: Window) -> None:
    out = io.StringIO()
    empty_screen(session(out, has_screen=has_screen), window)
    assert out.getvalue() == ""
    assert not is_screen(session(out, has_screen=has_screen), window)


def test_a_terminal_that_has_gone_is_no_trouble() -> None:
    empty_screen(session(Gone()), Window(80, 24))
