"""What the Tab key offers: clients, slots and one-word dates, reduced to characters that no shell runs.

A dossier whose file name has other characters is not offered; it is found by its name all the same. Where the word
at the cursor goes is asked of the option parser itself, so nothing is offered that would be read as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from clientfolder.binder.binder import Binder, stem_of
from clientfolder.dossier.types import KINDS, is_slip
from clientfolder.errors import Trouble
from clientfolder.tickler import slots
from clientfolder.tickler.ahead import MONTHS
from clientfolder.workspace import Environment, Workspace

PHRASES = (
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "1d", "2d", "3d", "1w", "2w", "3w", "4w",
    "6w", "1m", "2m", "3m", "6m", "1y", "+1b", "+2b", "+3b", "+5b", "eow", "eom", "eoq", "eoy", "jan", "feb", "mar",
    "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
PERIODS = ("yesterday", "week", "month", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
# How many clients a shell is told by name. Bash shows no names; zsh asks before it lists more than this, and typer
# renders each of its helps with Rich; for fish each costs the reading of a file.
MOST_NAMES = {"zsh": 100, "fish": 1000}
HEAD_BYTES = 4096

_HARMLESS = r"[^\W_][\w.-]*"
_HARMFUL = r"[^\w .,&-]"
_NAME = r"""name[ \t]*=[ \t]*(?:"([^"\\]*)"|'([^']*)')[ \t]*(?:\#.*)?"""
_RESTS = r"resting[ \t]*="
_CURSOR = "the-word-at-the-cursor"


def clients(ctx: typer.Context, incomplete: str) -> list[str | tuple[str, str]]:
    """Short names that begin so, those of open slips too, each with the client's name where the shell shows it."""
    place, before = _place(ctx)
    if place not in ("client", "clients", "words") or (before and place != "clients"):
        return []
    root = ctx.find_root()
    environment: Environment = root.obj.environment
    try:
        binder = Workspace(environment, root.params.get("folder")).binder
        # A slip belongs to a client, and to no slip.
        all_ = [*binder.clients(), *(binder.slips() if ctx.info_name != "slip" else ())]
    except Trouble:
        return []
    found = [name for name in all_ if name.startswith(incomplete) and re.fullmatch(_HARMLESS, stem_of(name))]
    copies = binder.copies(found, set(all_))
    found = [name for name in found if name not in copies and not (is_slip(name) and _rests(binder, name))]
    return _with_names([name for name in found if name not in before], binder, environment)


def papers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of the client's papers that begin so, for the first word behind the client."""
    place, before = _place(ctx)
    client = _parsed(ctx).get("client")
    if place != "paper" or before or not client:
        return []
    from clientfolder.binder import papers as all_papers
    from clientfolder.binder.index import lookup

    root = ctx.find_root()
    try:
        binder = Workspace(root.obj.environment, root.params.get("folder")).binder
        if client not in binder.clients():
            client = lookup.find(binder.contents().covers, client).client
        there = [paper.name for paper in all_papers.listed(binder.root, client)]
    except Trouble:
        return []
    return [name for name in there if name.startswith(incomplete) and re.fullmatch(_HARMLESS, name)]


def phrases(ctx: typer.Context, incomplete: str) -> list[str]:
    """WHENs of one word; nothing for the second word of a longer one."""
    return _offered(ctx, PHRASES, incomplete)


def places(ctx: typer.Context, incomplete: str) -> list[str]:
    """Slots, and for `list` and `spread`, which take a WHEN too, the days nearest at hand."""
    never = (slots.LATER, slots.RESTING) if ctx.info_name == "spread" else ()
    days = ("today", "tomorrow") if ctx.info_name in ("list", "spread") else ()
    words = (*slots.NAMES, *slots.WORDS)
    return _offered(ctx, [*(name for name in words if name not in never), *days], incomplete)


def periods(ctx: typer.Context, incomplete: str) -> list[str]:
    """Days and times of one word that can be looked back at."""
    return _offered(ctx, PERIODS, incomplete)


def months(ctx: typer.Context, incomplete: str) -> list[str]:
    """How many months the binder can look ahead."""
    return _offered(ctx, MONTHS, incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """The usual kinds of contact."""
    return _offered(ctx, KINDS, incomplete)


def forms(ctx: typer.Context, incomplete: str) -> list[str]:
    """The forms by name."""
    return _offered(ctx, _form_names(ctx), incomplete)


def topics(ctx: typer.Context, incomplete: str) -> list[str]:
    """The topics of the manual, and the commands."""
    from clientfolder import manual

    root = ctx.find_root()
    commands = root.command.list_commands(root)  # type: ignore[attr-defined]
    return _offered(ctx, [*(topic.name for topic in manual.topics()), "all", *commands], incomplete)


FORM_WORDS = ("list", "new", "check")


def form_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """What `form` does, and behind it the form that it is done with."""
    place, before = _place(ctx)
    if not place or len(before) > 1 or before == ["list"]:
        return []
    return [one for one in (_form_names(ctx) if before else FORM_WORDS) if one.startswith(incomplete)]


def _form_names(ctx: typer.Context) -> list[str]:
    from clientfolder.binder.forms import listed

    root = ctx.find_root()
    try:
        found = listed(Workspace(root.obj.environment, root.params.get("folder")).binder)
    except Trouble:
        return []
    return [place.name for place in found if re.fullmatch(_HARMLESS, place.name)]


def harmless(text: str) -> str:
    """Letters, digits, blanks and `.,&-` alone: typer's help for zsh would run code from anything else."""
    return " ".join(re.sub(_HARMFUL, " ", text).replace("_", " ").split())


def _offered(ctx: typer.Context, all_: Iterable[str], incomplete: str) -> list[str]:
    place, before = _place(ctx)
    return [] if before or not place else [one for one in all_ if one.startswith(incomplete)]


def _place(ctx: typer.Context) -> tuple[str | None, list[str]]:
    """The parameter that takes the word at the cursor, and the words that it has already.

    typer only guesses it: it takes the second word of `-n next fri` for an argument.
    """
    for name, value in _parsed(ctx).items():
        words = value.split(" ") if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
        if words[-1:] == [_CURSOR]:
            return name, words[:-1]
    return None, []


def _parsed(ctx: typer.Context) -> dict[str, Any]:
    """The parameters of the line, a mark at the cursor."""
    typed = [*ctx.find_root().args, _CURSOR]
    with ctx.command.make_context(ctx.info_name, typed, parent=ctx.parent, resilient_parsing=True) as parsed:
        return dict(parsed.params)


# Names as help --------------------------------------------------------------------------------------------


def _with_names(found: list[str], binder: Binder, environment: Environment) -> list[str | tuple[str, str]]:
    shell = environment.env.get(f"_{environment.program.upper()}_COMPLETE", "").partition("_")[2]
    # Fish asks twice: first only whether there is anything.
    only_whether = environment.env.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"
    if only_whether or len(found) > MOST_NAMES.get(shell, 0):
        return [*found]
    named = ((name, _name(binder, name)) for name in found)
    # Fish takes what is behind a TAB as help; so said, it costs no import of Rich.
    return [f"{name}\t{help}".rstrip("\t") for name, help in named] if shell == "fish" else [*named]


def _rests(binder: Binder, slip: str) -> bool:
    return any(re.match(_RESTS, line) for line in _lines_above_tables(_head(binder, slip)))


def _head(binder: Binder, client: str) -> str:
    try:
        return binder.raw(client)[:HEAD_BYTES].decode("utf-8-sig", "replace")
    except Trouble:
        return ""


def _name(binder: Binder, client: str) -> str:
    """The client's name if it stands on a plain line above the first table, else nothing: Tab parses no dossier."""
    for line in _lines_above_tables(_head(binder, client)):
        if found := re.fullmatch(_NAME, line):
            return harmless(found[1] or found[2] or "")
    return ""


def _lines_above_tables(text: str) -> Iterator[str]:
    for line in map(str.strip, text.split("\n")):
        if line.startswith("[") or '"""' in line or "'''" in line:
            return
        yield line
