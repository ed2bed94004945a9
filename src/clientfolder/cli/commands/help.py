"""The manual in the program: a topic, a command's page, or the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from clientfolder import manual
from clientfolder.cli.commands import table
from clientfolder.cli.other_words import client_ahead
from clientfolder.cli.output.terminal import Line, Result, Span, Window
from clientfolder.cli.pages.help import all_commands, topic_list
from clientfolder.cli.parameters import Argument
from clientfolder.errors import Misused
from clientfolder.manual import Topic

ALL = "all"
# Of fewer letters nothing is guessed.
_LEAST_LETTERS = 3
_ALL_TITLE = "Every command, and what it does"


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[TOPIC]", show_default=False, completes="topics"),
    ] = None,
) -> Result:
    """The manual. Alone it lists the topics; with a topic, or with a command, it shows that page."""
    topics = manual.topics()
    name = " ".join(words or ()).strip().casefold()
    if not name:
        listed = [*((topic.name, topic.title) for topic in topics), (ALL, _ALL_TITLE)]
        return Result({"topics": [name for name, _ in listed]}, lambda window: topic_list(listed, window), is_long=True)
    if name == ALL:
        families = [(family, [(row.name, row.help) for row in rows]) for family, rows in table.families().items()]
        text = "\n".join(f"{row.name}: {row.help}" for row in table.TABLE)
        return Result({"topic": ALL, "text": text}, lambda window: all_commands(families, window), is_long=True)
    if (topic := _meant(name, topics)) is not None:
        return _topic_page(topic)
    if table.named(name):
        return _command_page(ctx, name)
    known = [*(topic.name for topic in topics), ALL, *table.names()]
    if client_ahead(ctx.obj, words or ()) == len(words or ()):
        raise Misused(f"There is no topic {name}. The client: {ctx.obj.line.with_said(['show', *(words or ())])}")
    close = get_close_matches(name, known, n=1) or get_close_matches(name.split()[0], known, n=1)
    is_near = close and len(name) >= _LEAST_LETTERS
    hint = f"Did you mean: cf help {close[0]}" if is_near else "All topics: cf help"
    raise Misused(f"There is no topic {name}. {hint}")


def _meant(name: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic of that name, else the one that has it among its other words."""
    by_name = {word: topic for topic in topics for word in topic.also if not table.named(word)}
    return (by_name | {topic.name: topic for topic in topics}).get(name)


def _topic_page(topic: Topic) -> Result:
    text = topic.text
    if table.named(topic.name):
        text += f"\nIts options: `cf {topic.name} --help`\n"

    def page(window: Window) -> Any:
        from clientfolder.cli.output.markdown import markdown_lines

        return markdown_lines(text, window)

    return Result({"topic": topic.name, "text": text}, page, is_long=True)


def _command_page(ctx: typer.Context, name: str) -> Result:
    root = ctx.find_root()
    commands: Any = root.command
    command = commands.get_command(root, name)
    with command.make_context(name, [], parent=root, resilient_parsing=True) as context:
        text = command.help_page(context)
    lines: list[Line] = [(Span(line),) for line in text.split("\n")]
    return Result({"topic": name, "text": text}, lambda _: lines, is_long=True)
