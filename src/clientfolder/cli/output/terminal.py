"""How cf prints: lines of styled spans to a terminal, plain text to a pipe, one JSON object to a script.

The one way to print: every span is made visible here, and nothing in it is taken for markup.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import groupby, takewhile
from math import ceil
from typing import Any

from clientfolder.errors import Trouble, Warned
from clientfolder.text import visible
from clientfolder.tickler.load import EPSILON
from clientfolder.tuples import NamedTuple
from clientfolder.workspace import Environment

# Terminals are dark and light: nothing but the terminal's own colours, weight, and one red. The codes are of ECMA-48.
CODES = {"": "", "bold": "1", "dim": "2", "late": "31", "head": "1", "agreed": "1"}


class Span(NamedTuple):
    """Some text in one style."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
EMPTY: Line = ()


class Window(NamedTuple):
    """What a page is printed on. `rows` is None where it may be as long as it likes."""

    columns: int = 80
    rows: int | None = None
    colour: bool = False

    @classmethod
    def of(cls, environment: Environment) -> Window:
        """The window of standard output: a terminal's, or as long as it likes and 80 columns wide."""
        env = environment.env
        if not environment.stdout.isatty():
            said = env.get("COLUMNS", "")
            return cls(columns=max(40, int(said)) if said.isascii() and said.isdigit() else 80)
        columns, lines = environment.size
        plain = bool(env.get("NO_COLOR")) or env.get("TERM") in ("dumb", "unknown")
        return cls(max(40, columns), max(10, lines), colour=not plain)

    def lower_by(self, lines: int) -> Window:
        """The window that a page has, where so many lines come behind it."""
        return self if self.rows is None else self._replace(rows=self.rows - lines)


Page = Callable[[Window], Iterable[Line]]


class Result(NamedTuple):
    """What a command hands back: facts for scripts, a page for people. It has printed nothing itself.

    `writes`: the folder was changed, so output that cannot be printed is no failure. `shown`: codes of warnings
    that the page tells already. `is_aside`: the page goes to standard error, for something else has gone to standard
    output. `is_long`: it may be longer than a window, and is read in a pager there.
    """

    data: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None
    page: Page
    exit: int = 0
    errors: tuple[Trouble, ...] = ()
    writes: bool = False
    shown: frozenset[str] = frozenset()
    is_aside: bool = False
    is_long: bool = False

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """The data, gathered where they are many and a page may not want them; a refusal has none."""
        return self.data() if callable(self.data) else self.data


class Said(Exception):
    """A text to print instead of running a command: a help page, the version."""

    def __init__(self, text: str) -> None:
        self.text = text


# Below the combining marks every character has one column, and so have the signs that pages draw with.
_OTHER_WIDTH = re.compile("[^\x00-\u02ff…█▏▎▍▌▋▊▉]")


# Measuring --------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """Terminal columns of a text that is made visible."""
    if text.isascii() or not _OTHER_WIDTH.search(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def widths(texts: Sequence[str]) -> list[int]:
    """The terminal columns of each text; most pages have simple ones, which are looked at all at once."""
    return list(map(width if _OTHER_WIDTH.search("".join(texts)) else len, texts))


def fitted(text: str, columns: int) -> str:
    """The text made visible on one line, cut with an ellipsis where it is wider than that."""
    text = one_line(text)
    if width(text) <= columns:
        return text
    if columns < 1:
        return ""
    cut = text[:columns]
    while width(cut) > columns - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def _cut_to(text: str, columns: int) -> str:
    """The text cut to that many columns, the blanks before it kept, for they part it from what stands before."""
    indent = text[: len(text) - len(text.lstrip(" "))][: max(0, columns)]
    return indent + fitted(text, columns - len(indent))


def one_line(text: str) -> str:
    """Line ends and runs of blanks as one blank, and everything visible."""
    # Most texts are so already.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return visible(re.sub(r"[ \t\r\n]+", " ", text).strip())


def padded(text: str, columns: int) -> str:
    """The text filled with blanks to that many columns."""
    return text + " " * max(0, columns - width(text))


def row(left: Sequence[Span], right: Sequence[Span] = (), *, columns: int) -> Line:
    """A line with one part at the left and one that ends at the right edge; the left is cut to make room."""
    right_width = sum(width(span.text) for span in right)
    room = columns - right_width - (2 if right_width else 0)
    line: list[Span] = []
    for span in left:
        text = span.text if width(span.text) <= room else _cut_to(span.text, room)
        if text:
            line.append(Span(text, span.style))
        room -= width(text)
    if right_width:
        line += [Span(" " * (room + 2)), *right]
    return tuple(line)


def wrapped(text: str, columns: int, *, indent: str = "") -> list[str]:
    """A text on several lines, its own line ends kept; measured in columns, which wide letters take two of."""
    room = max(10, columns - len(indent))
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in visible(paragraph).split():
            if line and width(line) + 1 + width(word) > room:
                lines.append(line)
                line = ""
            *full, line = _cut(f"{line} {word}" if line else word, room)
            lines += full
        lines.append(line)
    return [indent + line for line in lines]


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit, however long it is; accents that take no column of their own go along."""
    start = 0
    while True:
        # No more is looked at than may fit: a word can be a whole file.
        piece = word[start : start + 4 * room]
        if len(piece) == len(word) - start and width(piece) <= room:
            break
        end = room if piece.isascii() else max(1, room // 2)
        while end < len(piece) and width(piece[: end + 1]) <= room:
            end += 1
        yield piece[:end]
        start += end
    yield word[start:]


_PARTS = re.compile(r" +|\(?(?:[^ ]*/)?(?:cf|clientfolder) .+|[^ ]+", re.DOTALL)


def broken(line: Line, columns: int) -> list[Line]:
    """A line in as many as it needs, broken between words, each as far in as the first.

    What is bold stays whole, for it is a name or a line to paste, and so does a command of this program with all that
    stands behind it. What is wider than the window the terminal itself breaks, and hands over in one piece: a path.
    """
    shown = tuple(Span(visible(span.text), span.style) for span in line)
    if _width(shown) <= columns:
        return [line]
    parts = [
        Span(part, span.style)
        for span in shown
        for part in ([span.text] if span.style == "bold" else _PARTS.findall(span.text))
    ]
    indent = [*takewhile(lambda part: part.text.isspace(), parts)]
    lines: list[list[Span]] = [[*indent]]
    used, between = _width(indent), list[Span]()
    for is_blank, group in groupby(parts[len(indent) :], key=lambda part: part.text.isspace()):
        spans = [*group]
        if is_blank:
            between = spans
            continue
        # A new line for what is wider than one would help nobody.
        has_line = _width(indent) + _width(spans) <= columns
        if has_line and len(lines[-1]) > len(indent) and used + _width(between) + _width(spans) > columns:
            lines.append([*indent])
            used, between = _width(indent), []
        lines[-1] += [*between, *spans]
        used += _width(between) + _width(spans)
    return [tuple(line) for line in lines]


def _width(spans: Iterable[Span]) -> int:
    return sum(width(span.text) for span in spans)


def bar(weight: float, capacity: int, cells: int) -> str:
    """A load in half blocks against the capacity; `+` where it is over."""
    halves = min(2 * cells, ceil(max(0, weight - EPSILON) * cells * 2 / max(1, capacity)))
    return "█" * (halves // 2) + "▌" * (halves % 2) + ("+" if weight > capacity + EPSILON else "")


# Printing ---------------------------------------------------------------------------------------------


class FullOutput(Exception):
    """Standard output took no more: a full disk, say. A closed pipe is no trouble and ends quietly."""


def is_screen(environment: Environment, window: Window) -> bool:
    """Whether there is a screen that can be made empty: a terminal that knows more than lines."""
    return environment.has_screen and window.rows is not None


def empty_screen(environment: Environment, window: Window) -> None:
    """An empty screen, what stood on it scrolled up and kept; nothing where there is none."""
    if is_screen(environment, window):
        with suppress(OSError):
            environment.stdout.write("\n" * (window.rows or 0) + "\x1b[H\x1b[J")


def put(lines: Iterable[Line], window: Window, environment: Environment, *, is_long: bool = False) -> None:
    """Print a page, on a terminal no line wider than that. Raises FullOutput where it cannot be written."""
    if window.rows is not None:
        lines = (part for line in lines for part in broken(line, window.columns))
    if window.colour:
        text = "".join(_coloured(line) + "\n" for line in lines)
    else:
        text = "".join(plain(line) + "\n" for line in lines)
    if is_long:
        from clientfolder.cli.output.pager import is_paged

        if is_paged(text, environment):
            return
    write_text(environment, text)


def plain(line: Line) -> str:
    return visible("".join(span.text for span in line)).rstrip()


def _coloured(line: Line) -> str:
    """The line with a terminal's codes before and behind each text that has a style, as Rich writes them.

    Rich itself is for what has a layout: importing it takes as long as all the work on a page of lines.
    """
    texts = [(visible(span.text), CODES[span.style]) for span in line]
    while texts and not texts[-1][0].rstrip():
        texts.pop()
    if texts:
        text, code = texts[-1]
        texts[-1] = (text.rstrip(), code)
    return "".join(f"\x1b[{code}m{text}\x1b[0m" if code and text else text for text, code in texts)


def error_line(trouble: Trouble) -> str:
    """An error on one line: where, what, what next, and last what was typed, ready to paste."""
    where = f"{trouble.file}, line {trouble.line}: " if trouble.file and trouble.line else ""
    where = where or (f"{trouble.file}: " if trouble.file else "")
    return one_line(f"{where}{trouble.message}") + again(trouble)


def again(trouble: Trouble) -> str:
    """The line to paste, its blanks as they were typed."""
    if not trouble.repeat:
        return ""
    stop = "" if trouble.message.endswith((".", "?", "!")) else "."
    return f"{stop} Again: {visible(trouble.repeat)}"


def error_lines(errors: Iterable[Trouble], warnings: Iterable[Warned], environment: Environment) -> list[str]:
    """Errors and warnings, one line each; on a terminal as many as they need, broken between words."""
    lines = [f"warning: {one_line(warning.message)}" for warning in dict.fromkeys(warnings)]
    lines += [f"{environment.program}: {error_line(trouble)}" for trouble in errors]
    if not environment.stderr.isatty():
        return lines
    return [part for line in lines for part in _broken(line, environment.size[0])]


# Where in a message a command begins that is to be pasted.
_COMMAND = re.compile(r"(?<=[.:?!]) (?=(?:\S*/)?(?:cf|clientfolder) )")


def _broken(message: str, columns: int) -> list[str]:
    """A message in lines that fit; the command at its end stays whole on a line of its own, to be pasted."""
    if width(message) < columns:
        return [message]
    ends = [found.start() for found in _COMMAND.finditer(message)]
    said, command = (message[: ends[-1]], [message[ends[-1] + 1 :]]) if ends else (message, [])
    return [*map(plain, broken((Span(said),), columns - 1)), *command]


def put_errors(errors: Iterable[Trouble], warnings: Iterable[Warned], environment: Environment) -> None:
    """Errors and warnings on standard error."""
    lines = error_lines(errors, warnings, environment)
    try:
        environment.stderr.write("".join(f"{line}\n" for line in lines))
        environment.stderr.flush()
    except (OSError, ValueError):
        _let_go(environment, 2)


def write_text(environment: Environment, text: str) -> None:
    try:
        environment.stdout.write(text)
        environment.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough.
        _let_go(environment, 1)
    except OSError as error:
        _let_go(environment, 1)
        raise FullOutput(error.strerror or str(error)) from None


def put_content(text: str, environment: Environment) -> None:
    """Put out what is no page but a file, in UTF-8 and with the line ends that it has. Raises FullOutput."""
    if isinstance(environment.stdout, TextIOWrapper):
        environment.stdout.reconfigure(encoding="utf-8", newline="")
    write_text(environment, text)


def _let_go(environment: Environment, number: int) -> None:
    """What is left in the buffer of standard output or error must not complain when the program ends."""
    if environment.is_process:
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
