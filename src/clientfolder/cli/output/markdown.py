"""Markdown as lines for a page: laid out by Rich, in no other styles than those of all pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown
from rich.style import Style

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, broken, plain

# Wider lines are hard to read.
_MOST_COLUMNS = 100


class _PlainHeading(Heading):
    """A heading at the left edge, without a box around it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class _Manual(Markdown):
    elements: ClassVar = Markdown.elements | {"heading_open": _PlainHeading}


# A block of code between its fences.
_CODE = re.compile(r"^```.*\n((?:.*\n)*?)```$", re.MULTILINE)


def markdown_lines(text: str, window: Window) -> Iterator[Line]:
    """The lines of a text in Markdown, as wide as the window but no wider than can be read.

    A block of code is indented and otherwise as it is; a command in it stays on one line, for it is to be pasted.
    """
    columns = min(window.columns - 2, _MOST_COLUMNS)
    was_empty = True
    for number, part in enumerate(_CODE.split(text.rstrip("\n"))):
        if not part.strip():
            continue
        found = _code(part, window) if number % 2 else _laid_out(part, columns)
        if number and not was_empty:
            yield EMPTY
        was_empty = True
        for line in found:
            is_empty = not plain(line)
            if not (is_empty and was_empty):
                yield line
            was_empty = is_empty


def _code(code: str, window: Window) -> Iterator[Line]:
    for line in code.rstrip("\n").split("\n"):
        yield from broken((Span(f"   {line}"),), window.columns - 1)


def _laid_out(text: str, columns: int) -> Iterator[Line]:
    console = Console(file=io.StringIO(), width=columns, color_system=None, legacy_windows=False, _environ={})
    for segments in console.render_lines(_Manual(text, hyperlinks=False), pad=False):
        yield (Span(" "), *(Span(part.text, _style(part.style)) for part in segments if not part.control))


def _style(style: Style | None) -> str:
    return "" if style is None else "bold" if style.bold else "dim" if style.dim else ""
