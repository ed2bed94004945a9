"""Markdown as lines for a page: laid out by Rich, in no other styles than those of all pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.style import Style
from rich.text import Text

from clientfolder.cli.output.terminal import Line, Span, Window

# Wider lines are hard to read.
_MOST_COLUMNS = 100


class _PlainHeading(Heading):
    """A heading at the left edge, without a box around it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class _PlainCode(CodeBlock):
    """A block as it is typed, indented; a line that is too long runs on in the next."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in str(self.text).rstrip("\n").split("\n"):
            yield Text("  " + line, overflow="fold")


class _Manual(Markdown):
    elements: ClassVar = Markdown.elements | {
        "heading_open": _PlainHeading, "fence": _PlainCode, "code_block": _PlainCode,
    }  # fmt: skip


def markdown_lines(text: str, window: Window) -> Iterator[Line]:
    """The lines of a text in Markdown, as wide as the window but no wider than can be read."""
    columns = min(window.columns - 2, _MOST_COLUMNS)
    console = Console(file=io.StringIO(), width=columns, color_system=None, legacy_windows=False, _environ={})
    was_empty = False
    for segments in console.render_lines(_Manual(text, hyperlinks=False), pad=False):
        is_empty = not "".join(segment.text for segment in segments).strip()
        if not (is_empty and was_empty):
            yield (Span(" "), *(Span(part.text, _style(part.style)) for part in segments if not part.control))
        was_empty = is_empty


def _style(style: Style | None) -> str:
    return "" if style is None else "bold" if style.bold else "dim" if style.dim else ""
