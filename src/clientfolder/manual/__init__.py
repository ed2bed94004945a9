"""The manual: a topic is a Markdown file beside this one, and `cf help TOPIC` shows it.

Its first line is its title, `# Dates: ...`, as the list of topics has it. A line `<!-- also: json, exit codes -->`
below it has other words by which the topic is found. A block fenced with `sh` holds lines that a test runs one after
the other in the demo folder; any other block is a screen or a text.
"""

from __future__ import annotations

import re
from importlib.resources import files

from clientfolder.tuples import NamedTuple

# The order in which they are read; those that are not named here follow by name.
FIRST = ("dates", "rhythms", "planning", "files", "scripts")
_TITLE, _ALSO = re.compile(r"# (.+)\n"), re.compile(r"<!-- also: (.+) -->\n+")


class Topic(NamedTuple):
    """A topic of the manual. `text` is Markdown, its title in the first line; `also`: other words that mean it."""

    name: str
    title: str
    text: str
    also: tuple[str, ...] = ()


def topics() -> list[Topic]:
    """All topics, in the order in which they are read."""
    found = [
        _topic(file.name.removesuffix(".md"), file.read_text(encoding="utf-8"))
        for file in files(__name__).iterdir()
        if file.name.endswith(".md")
    ]
    order = {name: place for place, name in enumerate(FIRST)}
    return sorted(found, key=lambda topic: (order.get(topic.name, len(order)), topic.name))


def _topic(name: str, text: str) -> Topic:
    title, also = _TITLE.match(text), _ALSO.search(text)
    words = tuple(also[1].split(", ")) if also else ()
    return Topic(name, title[1] if title else name, _ALSO.sub("", text, count=1), words)
