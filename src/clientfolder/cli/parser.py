"""The option parser: the words of a command line become a call of the command that is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import get_annotations
from types import FunctionType, MappingProxyType
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from clientfolder.cli import arguments
from clientfolder.cli.arguments import IN_FRONT
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import Writes
from clientfolder.cli.output.terminal import Said, Window, plain
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.session import Session
from clientfolder.errors import Misused
from clientfolder.workspace import Workspace

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


def for_typer(function: Callable[..., Any]) -> tuple[Callable[..., Any], dict[str, arguments.Takes]]:
    """A copy of a command with its declarations as typer has them, and what each parameter takes, where it is said."""
    annotations = get_annotations(function, eval_str=True)
    takes = {
        name: mark
        for name, value in annotations.items()
        for mark in getattr(value, "__metadata__", ())
        if isinstance(mark, arguments.Takes)
    }
    copy = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__doc__, copy.__kwdefaults__ = function.__doc__, function.__kwdefaults__
    copy.__annotations__ = {name: _declared(value) for name, value in annotations.items()}
    return copy, takes


def _declared(annotation: Any) -> Any:
    if annotation is Call:
        return typer.Context
    metadata = getattr(annotation, "__metadata__", ())
    made = [_typer_has(mark) for mark in metadata if isinstance(mark, (Option, Argument))]
    return Annotated[annotation.__origin__, made[0]] if made else annotation


def _typer_has(declared: Option | Argument) -> Any:
    if isinstance(declared, Option):
        return typer.Option(*declared.names, **declared.more)
    return typer.Argument(**declared.more)


class Spoken(TyperCommand):
    """A command whose options of several words need no quotes, as `takes` says of its parameters.

    If it `writes`, a dry run is offered; if it `settles`, what was cut short is settled first.
    """

    writes = False
    settles = False
    takes: Mapping[str, arguments.Takes] = MappingProxyType({})

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        if self.settles:
            ctx.obj.settle()
        return super().invoke(ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        known: dict[str, arguments.Known] = {}
        for param in self.get_params(ctx):
            if param.param_type_name == "option":
                takes = arguments.Takes.NOTHING if getattr(param, "is_flag", False) else arguments.Takes.A_WORD
                takes = self.takes.get(param.name or "", takes)
                long = next(opt for opt in param.opts if opt.startswith("--"))
                known |= dict.fromkeys(param.opts, arguments.Known(takes, long))
        if isinstance(ctx.obj, Session):
            ctx.obj.line = ctx.obj.line._replace(options=known)
        return super().parse_args(ctx, arguments.arranged(args, known, unfinished=ctx.resilient_parsing))

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        raise Said(self.help_page(ctx))

    def help_page(self, ctx: typer.Context) -> str:
        """The text of `cf COMMAND --help`, which `cf help COMMAND` shows too."""
        return super().get_help(ctx)

    def format_epilog(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"Anywhere: {'  '.join(self._anywhere())}")
            if topics := self._topics(ctx):
                formatter.write_text(f"More: {', '.join(f'cf help {topic}' for topic in topics)}")
        # On one line, however long, for it is to be pasted.
        formatter.write(f"\n  {self.epilog or ''}\n")

    def _anywhere(self) -> Iterator[str]:
        """The options that stand before or after any command, as far as they do something with this one."""
        yield from ("--folder DIR", "--json")
        if self.writes:
            yield "--dry-run"
        yield "--today DATE"

    def _topics(self, ctx: typer.Context) -> list[str]:
        """The topics of the manual that say what may stand for the words of the command's line."""
        words = " ".join(str(param.metavar or "") for param in self.get_params(ctx))
        meant = {"dates": r"\b(WHEN|DAY)\b", "rhythms": r"\bRHYTHM\b"}
        return [topic for topic, stands in meant.items() if re.search(stands, words)]


class Commands(TyperGroup):
    """The commands, each made when it is named."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return table.names()

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]
        row = table.named(cmd_name)
        if row is None:
            return None
        function, takes = for_typer(row.function())
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(
            row.name, cls=Spoken, help=function.__doc__, epilog=f"Example: cf {row.example}", short_help=row.help,
            context_settings=HELP_OPTIONS,
        )(function)  # fmt: skip
        command: Spoken = typer.main.get_command(single)  # type: ignore[assignment]
        command.takes = takes
        command.settles = row.writes is Writes.IN_THE_FOLDER
        command.writes = command.settles or row.writes is Writes.WHEN_TOLD
        return command

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        front, rest = arguments.common_first(args, unfinished=ctx.resilient_parsing)
        if rest[:1] and rest[0].startswith("-") and any(word.partition("=")[0] == "--printed" for word in rest):
            # With it the desk has a word of its own, which is no command.
            rest = ["today", *rest]
        return super().parse_args(ctx, front + rest)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        if table.named(args[0]) is None:
            _refuse_verb(ctx, args)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        from clientfolder.cli.pages.help import overview

        raise Said("\n".join(map(plain, overview(table.weekly(), table.by_need(), Window.of(ctx.obj.environment)))))


def _refuse_verb(ctx: typer.Context, args: Sequence[str]) -> NoReturn:
    if args[0].startswith("-"):
        raise Misused(f"There is no option {args[0]}. All of them: cf --help")
    from clientfolder.cli.other_words import no_command

    session: Session = ctx.obj
    session.workspace = Workspace(session.environment, ctx.params.get("folder"), ctx.params.get("today"))
    raise no_command(session, args, table.names(), table.WEEKLY)


def _version(asked: bool) -> None:
    if asked:
        from clientfolder import __version__

        raise Said(f"clientfolder {__version__}")


def root(
    ctx: typer.Context,
    folder: str | None = typer.Option(None, metavar="DIR", help=IN_FRONT["--folder"]),
    json: bool = typer.Option(False, "--json", help=IN_FRONT["--json"]),
    dry_run: bool = typer.Option(False, "--dry-run", help=IN_FRONT["--dry-run"]),
    today: str | None = typer.Option(None, metavar="DATE", help=IN_FRONT["--today"]),
    one_by_one: bool = typer.Option(False, "-i", "--one-by-one", help=IN_FRONT["--one-by-one"]),
    whole: bool = typer.Option(False, "-a", "--all", help=IN_FRONT["--all"]),
    version: bool = typer.Option(
        False, "-V", "--version", callback=_version, is_eager=True, help=IN_FRONT["--version"]
    ),
) -> Any:
    """A freelancer's client folder: who is to be called today, what was said, and when to call again.

    Without a command: cf today. The options up here stand before or after any command.
    """
    session: Session = ctx.obj
    session.begin(folder, today, json=json, dry_run=dry_run)
    if ctx.invoked_subcommand is None:
        from clientfolder.cli.commands.today import today as today_command

        return today_command(Call(session), one_by_one=one_by_one, whole=whole)
    if one_by_one or whole:
        raise Misused("-i and -a in front stand for the desk: cf -i, cf -a; behind a command they are its own")
    return None


def application() -> TyperGroup:
    """The typer application; of what it has for shells nothing is wanted, which have `shells`."""
    app = typer.Typer(
        cls=Commands, add_completion=False, rich_markup_mode=None, invoke_without_command=True,
        context_settings=HELP_OPTIONS, subcommand_metavar="[COMMAND] [WORDS]...",
    )  # fmt: skip
    app.callback()(root)
    return typer.main.get_command(app)  # type: ignore[return-value]
