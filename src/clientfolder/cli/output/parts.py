"""The parts that pages have in common: bars and their counts, names side by side, and the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from clientfolder.cli.output.terminal import Line, Span, Window, bar, fitted, one_line, padded, row, width, wrapped
from clientfolder.cli.output.words import day_short
from clientfolder.dossier.types import Entry
from clientfolder.settings.values import Capacity
from clientfolder.text import counted
from clientfolder.tickler.load import EPSILON

BETWEEN = " · "


def head_line(left: Sequence[Span], right: Sequence[Span], window: Window) -> Line:
    """The line above a page or a part of it; the last column of the window stays empty."""
    return row(left, right, columns=window.columns - 1)


# Loads -------------------------------------------------------------------------------------------------


def load_bar(weight: float, capacity: int, cells: int) -> Span:
    """A load against the capacity, filled up to so many cells and one for its `+`; red where it is over."""
    return Span(padded(bar(weight, capacity, cells), cells + 1), "late" if weight > capacity + EPSILON else "")


def load_cell(blocks: str, count: int, *, promised: bool, cells: int, digits: int) -> str:
    """`███+   9!`: the blocks of a day in so many cells, its count in so many digits, `!` where some is promised."""
    return f"{padded(blocks, cells + 1)}{count:>{digits}}{'!' if promised else ' '}"


def legend(capacity: Capacity) -> str:
    """What the marks of a calendar mean; what an over-full day is over: the capacity, where that is one for all."""
    over = capacity if len(set(capacity.weekdays)) == 1 else "room"
    return f"! promised   + over {over}"


# Side by side ------------------------------------------------------------------------------------------


def wrapped_spans(spans: Iterable[Span], window: Window, right: str = "") -> Iterator[Line]:
    """The spans beside each other on as many lines as they need; at the right of the last, what has room there."""
    line: list[Span] = []
    used = 2
    for span in spans:
        if line and used + width(span.text) + 3 > window.columns - 1:
            yield (Span("  "), *line)
            line, used = [], 2
        line += [span, Span("   ")]
        used += width(span.text) + 3
    if right and line:
        has_room = used + width(right) < window.columns
        yield head_line([Span("  "), *line], [Span(right, "dim")] if has_room else [], window)
    elif line:
        yield (Span("  "), *line)


def runs_of_names(
    names: Sequence[Sequence[Span]], window: Window, *, indent: str, most: int | None = None
) -> list[Line]:
    """The names beside each other, on so many lines at the most; those that have no room are counted: `3 more`."""
    room = window.columns - 1 - len(indent)
    lines: list[list[Span]] = []
    used = room
    for number, spans in enumerate(names):
        needed = sum(width(span.text) for span in spans)
        more = f"{BETWEEN}{len(names) - number} more"
        is_last_line = most is not None and len(lines) == most
        kept = 0 if number == len(names) - 1 else len(more)
        if lines and used + len(BETWEEN) + needed <= room - (kept if is_last_line else 0):
            lines[-1] += [Span(BETWEEN, "dim"), *spans]
            used += len(BETWEEN) + needed
        elif is_last_line or most == 0:
            if lines:
                lines[-1].append(Span(more, "dim"))
            break
        else:
            lines.append([Span(indent), *spans])
            used = needed
    return [tuple(line) for line in lines]


def numbered(rows: Sequence[tuple[str, str]], window: Window, more: str) -> list[Line]:
    """A line for each name under its number from 1, with what is told of it at the right, to be chosen from.

    Of those for which the window has no room it is told how many they are, and what `more` is to be typed.
    """
    room = len(rows) if window.rows is None else window.rows - 3
    lines = [
        row(
            [Span(f"{number:4}  "), Span(one_line(name), "bold"), Span("  ")],
            [Span(fitted(told, 30), "dim")],
            columns=window.columns - 1,
        )
        for number, (name, told) in enumerate(rows[:room], 1)
    ]
    return [*lines, *([(Span(f"      {len(rows) - room} more: {more}", "dim"),)] if room < len(rows) else [])]


def cut_spans(spans: Sequence[Span], columns: int) -> list[Span]:
    """The spans in so many columns; the one that has no room is cut, and what follows it is left out."""
    cut = []
    for span in spans:
        text = span.text if width(span.text) <= columns else fitted(span.text, columns)
        columns -= width(text)
        cut.append(Span(text, span.style))
        if text != span.text:
            break
    return cut


# The foot ----------------------------------------------------------------------------------------------


NO_DAY_YET = " NO DAY YET   "


def no_day_yet(piles: Sequence[tuple[str, Sequence[str]]], window: Window) -> Iterator[Line]:
    """What wants a day: a line for each pile that is not empty, its name and the names in it."""
    room = window.columns - 1 - len(NO_DAY_YET)
    texts = [fitted(f"{pile}: {', '.join(names)}", room) for pile, names in piles if names]
    for number, text in enumerate(texts):
        yield Span(" " * len(NO_DAY_YET) if number else NO_DAY_YET, "head"), Span(text)


def unreadable(count: int, also: str = "") -> Iterator[Line]:
    """How many dossiers could not be read, where any could not, and where that is told."""
    if count:
        yield (Span(f" UNREADABLE   {counted(count, 'dossier')}{also}: cf doctor", "late"),)


def lines_below(messages: Iterable[str], window: Window) -> int:
    """How many lines of the window the messages below a page take; more than a third of it they may not have."""
    return min(sum(-(-width(line) // window.columns) for line in messages), (window.rows or 0) // 3)


def somewhere(folder: str | None, *, dry_run: bool) -> Iterator[Line]:
    """Where it was written, where that is not the default folder; of a dry run that nothing was."""
    if dry_run:
        yield (Span("   --dry-run: nothing was written", "dim"),)
    elif folder:
        yield (Span(f"   in {folder}", "dim"),)


def what_came_of(complaint: Entry, day: date, window: Window) -> Iterator[Line]:
    """Where a complaint came from, how it was put right, and what was changed; nothing of any other entry."""
    on = "" if complaint.remedied is None else day_short(complaint.remedied, day)
    remedied = ": ".join(filter(None, (on, complaint.remedy)))
    for label, text in (("cause", complaint.cause), ("remedied", remedied), ("mended", complaint.mended)):
        if text:
            lines = wrapped(text, window.columns - 1, indent=" " * 12)
            yield Span(f"   {label:<9}", "dim"), Span(lines[0].strip())
            yield from ((Span(line),) for line in lines[1:])
