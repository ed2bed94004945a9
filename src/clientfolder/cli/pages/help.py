"""The pages of help: what `cf --help` shows, the list of topics, and the list of all commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clientfolder.cli.output.terminal import EMPTY, Line, Span, Window, broken, padded, wrapped

Named = Sequence[tuple[str, str]]


def overview(weekly: Named, by_need: Iterable[tuple[str, Sequence[str]]], window: Window) -> Iterator[Line]:
    """What is typed weekly, a line each; the other commands by what they are needed for; and where all the rest is."""
    usage = [Span("Usage: cf [COMMAND] [WORDS]..."), Span("      cf alone is the desk, cf -i goes through it")]
    yield from broken((*usage,), window.columns)
    yield from _explained(weekly, window)
    yield EMPTY
    needs = [f"{family[0].lower()}{family[1:]}: {' '.join(names)}" for family, names in by_need]
    anywhere = "  anywhere: --folder DIR --json --dry-run --today DATE   -h/--help -V/--version"
    more = [Span("cf help (the manual)"), Span("   cf help all (every command)"), Span("   cf help log (one)")]
    for line in (*_packed(needs, window.columns - 3), (Span(anywhere),), (Span("  more: "), *more)):
        yield from broken(line, window.columns)


def topic_list(topics: Named, window: Window) -> Iterator[Line]:
    """The topics of the manual, a line each, and how a command's own page is found."""
    yield (Span(" The manual", "head"), Span(": cf help TOPIC"))
    yield EMPTY
    yield from _explained(topics, window)
    yield EMPTY
    yield (Span("  A command's own page: cf help log, or cf log --help"),)


def all_commands(families: Iterable[tuple[str, Named]], window: Window) -> Iterator[Line]:
    """Every command with what it does, by family."""
    for number, (family, rows) in enumerate(families):
        if number:
            yield EMPTY
        yield (Span(f" {family}", "head"),)
        yield from _explained(rows, window)


def _packed(texts: Iterable[str], columns: int) -> Iterator[Line]:
    """The texts on few lines: the longest first, each behind those of the first line that has room for it."""
    lines: list[str] = []
    for text in sorted(texts, key=len, reverse=True):
        place = next((place for place, line in enumerate(lines) if len(line) + 3 + len(text) <= columns), None)
        if place is None:
            lines.append(text)
        else:
            lines[place] += f"   {text}"
    yield from ((Span(f"  {line}"),) for line in lines)


def _explained(rows: Named, window: Window) -> Iterator[Line]:
    columns = max((len(name) for name, _ in rows), default=0)
    for name, said in rows:
        first, *more = wrapped(said, window.columns - columns - 5)
        yield Span(f"  {padded(name, columns)}", "bold"), Span(f"  {first}")
        for line in more:
            yield (Span(f"{' ' * (columns + 4)}{line}"),)
