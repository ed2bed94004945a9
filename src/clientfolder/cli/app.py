"""The front door: what was typed, which command that is, and how its result or its trouble is printed."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from clientfolder.cli import arguments
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import Writes
from clientfolder.cli.output.json import error_record, put_json
from clientfolder.cli.output.terminal import FullOutput, Result, Span, Window, put, put_errors
from clientfolder.cli.session import DoneAlready, Session
from clientfolder.cli.typed_line import TypedLine
from clientfolder.errors import CannotReach, Interrupted, Mistyped, Misused, Trouble, Warned
from clientfolder.workspace import Environment, Workspace

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


class Said(Exception):
    """A text to print instead of running a command: a help page, the version."""

    def __init__(self, text: str) -> None:
        self.text = text


class Spoken(TyperCommand):
    """A command whose options of several words need no quotes, as `takes` says of its parameters.

    If it `writes`, what was cut short is settled first.
    """

    writes = False
    takes: Mapping[str, arguments.Takes] = MappingProxyType({})

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        if self.writes:
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
            ctx.obj.line = replace(ctx.obj.line, options=known)
        return super().parse_args(ctx, arguments.arranged(args, known, unfinished=ctx.resilient_parsing))

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        """The command's own options, and those that stand behind any command."""
        root = ctx.find_root()
        also = root.command.shell_complete(root, incomplete) if incomplete.startswith("-") else []
        return [*super().shell_complete(ctx, incomplete), *(item for item in also if item.value in arguments.COMMON)]

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        raise Said(super().get_help(ctx))


class Commands(TyperGroup):
    """The commands, each made when it is named."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return table.names()

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]
        row = table.named(cmd_name)
        if row is None:
            return None
        function = row.function()
        takes = arguments.takes_of(function)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(
            row.name, cls=Spoken, help=function.__doc__, epilog=f"Example: cf {row.example}", short_help=row.help,
            context_settings=HELP_OPTIONS,
        )(function)  # fmt: skip
        command: Spoken = typer.main.get_command(single)  # type: ignore[assignment]
        command.takes = takes
        command.writes = row.writes is Writes.IN_THE_FOLDER
        return command

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        front, rest = arguments.common_first(args, unfinished=ctx.resilient_parsing)
        return super().parse_args(ctx, front + rest)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        if table.named(args[0]) is None:
            _refuse_verb(args)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        raise Said(super().get_help(ctx))

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        for family, rows in table.families().items():
            with formatter.section(family):
                formatter.write_dl([(row.name, row.help) for row in rows])


def _refuse_verb(args: Sequence[str]) -> NoReturn:
    verb = args[0]
    if verb.startswith("-"):
        raise Misused(f"There is no option {verb}. All of them: cf --help")
    if verb in ("done", "finished", "closed"):
        raise Misused(f"Nothing is ever {verb} here. Write down what happened, and a next date: cf log anna -n fri")
    from difflib import get_close_matches

    close = get_close_matches(verb, table.names(), n=1)
    hint = f"Did you mean: cf {' '.join([close[0], *args[1:]])}" if close else "All commands: cf --help"
    raise Misused(f"There is no command {verb}. {hint}")


def _version(asked: bool) -> None:
    if asked:
        from clientfolder import __version__

        raise Said(f"clientfolder {__version__}")


def root(
    ctx: typer.Context,
    folder: str | None = typer.Option(
        None, metavar="DIR", help="The client folder, if not the one here or the default."
    ),
    json: bool = typer.Option(False, "--json", help="One JSON object instead of a page."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would be done, and write nothing."),
    today: str | None = typer.Option(None, metavar="DATE", help="Another day than today, such as 2026-07-15."),
    one_by_one: bool = typer.Option(False, "-i", "--one-by-one", help="The desk one by one, as cf today -i."),
    version: bool = typer.Option(False, "-V", "--version", callback=_version, is_eager=True, help="The version."),
) -> Any:
    """A freelancer's client folder: who is to be called today, what was said, and when to call again.

    Without a command: cf today. The options up here stand before or after any command.
    """
    session: Session = ctx.obj
    session.workspace = Workspace(session.environment, folder, today)
    session.json, session.dry_run = json, dry_run
    if ctx.invoked_subcommand is None:
        from clientfolder.cli.commands.today import today as today_command

        return today_command(ctx, one_by_one=one_by_one)
    if one_by_one:
        raise Misused("-i stands for the desk one by one: cf -i or cf today -i")
    return None


def application(*, completion: bool) -> TyperGroup:
    """The typer application; what shell completion needs is only made where it is wanted."""
    app = typer.Typer(
        cls=Commands, add_completion=completion, rich_markup_mode=None, invoke_without_command=True,
        context_settings=HELP_OPTIONS, subcommand_metavar="[COMMAND] [WORDS]...",
    )  # fmt: skip
    app.callback()(root)
    return typer.main.get_command(app)  # type: ignore[return-value]


class _Closed(io.StringIO):
    """Standard output that was closed before we came: nothing can be printed to it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _config_dir() -> str:
    """Where this system keeps a user's configuration."""
    # Here and not above: wanted only where no folder is named and none lies above.
    import platformdirs

    return platformdirs.user_config_dir("clientfolder")


def real_world() -> Environment:
    """The world of this process, its streams able to print any text; a closed stream stays closed."""
    for number in (0, 1, 2):
        # No file that we open may take the number of a closed stream.
        with suppress(OSError):
            os.fstat(number)
            continue
        os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    name = os.path.basename(sys.argv[0])
    try:
        cwd = os.getcwd()
    except FileNotFoundError:
        # The directory is gone; what lies above it, or by default, can still be found.
        cwd = os.environ.get("PWD", "/")
    return Environment(
        env=os.environ,
        cwd=cwd,
        stdin=sys.stdin or io.StringIO(),
        stdout=sys.stdout or _Closed(),
        stderr=sys.stderr or io.StringIO(),
        clock=lambda: datetime.now().astimezone(),
        config_dir=_config_dir,
        program=name if name == "clientfolder" else "cf",
        started=_started,
        window=_window,
        temporary_directory=_temporary_directory,
        is_process=True,
    )


def _started() -> Sequence[str]:
    """The words that start this program again in this directory."""
    path = sys.argv[0]
    name = os.path.basename(path)
    if name == "__main__.py":
        # `python -m clientfolder`, with the interpreter and the options as they were typed.
        return sys.orig_argv[: len(sys.orig_argv) - len(sys.argv[1:])]
    if name not in ("cf", "clientfolder"):
        return ("cf",)
    found = shutil.which(name)
    is_found = found is not None and os.path.exists(path) and os.path.samefile(found, path)
    return (name,) if is_found or os.sep not in path else (path,)


def _window() -> tuple[int, int]:
    """Columns and lines of the terminal behind standard output; 0 where it does not tell."""
    try:
        return os.get_terminal_size(1)
    except OSError:
        return 0, 0


def _temporary_directory() -> str:
    """Where this system keeps files that are not kept. Raises FileNotFoundError where it has no such place."""
    import tempfile

    return tempfile.gettempdir()


def front_door(argv: Sequence[str], environment: Environment | None = None) -> int:
    """Run one command line in this world and return its exit code; the only place that prints results."""
    environment = environment or real_world()
    typed = list(argv[: argv.index("--")] if "--" in argv else argv)
    line = TypedLine(environment.started or (lambda: (environment.program,)), tuple(argv))
    session = Session(
        environment, Workspace(environment), json="--json" in typed, line=line, said=[environment.cwd, *argv]
    )
    try:
        return _serve(argv, typed, session)
    except KeyboardInterrupt:
        # It may have come in the middle of a page or of a JSON object.
        put_errors([session.letter(session.interrupted)], [], environment)
        return Interrupted.exit


def _serve(argv: Sequence[str], typed: Sequence[str], session: Session) -> int:
    environment = session.environment
    outcome: Result | Trouble
    try:
        _check_encoding(argv)
        outcome = _run(argv, typed, session)
    except Said as said:
        return _put_text(said.text, environment)
    except DoneAlready as done:
        from clientfolder.cli.commands.confirm import done_already

        outcome = done_already(session, done.outcome)
    except typer.TyperException as error:
        outcome = Misused(_usage(error))
    except Trouble as trouble:
        # A letter would run through the line at which Tab was pressed.
        if f"_{session.environment.program.upper()}_COMPLETE" in session.environment.env:
            return 1
        outcome = trouble
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    name = _name_of(argv)
    if isinstance(outcome, Result):
        try:
            return _tell(outcome, name, session)
        except Trouble as trouble:
            # A page may read more than its command has.
            if outcome.writes:
                put_errors([], [Warned("io", f"It is written, but cannot be shown: {trouble.message}")], environment)
                return outcome.exit
            outcome = trouble
    if isinstance(outcome, Mistyped):
        outcome.repeat = str(session.line.with_word(outcome.typed, outcome.instead))
    elif outcome.repeat is None and _has_text(argv, name):
        outcome.repeat = str(session.line)
    return _tell_trouble(outcome, name, session)


def _has_text(argv: Sequence[str], name: str | None) -> bool:
    """Whether the command line holds what should not be typed twice."""
    said = [word for word in argv if not word.startswith("-") or word == "-"]
    row = table.named(name)
    return row is not None and row.text_behind is not None and len(said) > 1 + row.text_behind


def _check_encoding(argv: Sequence[str]) -> None:
    """Raises Misused for a word that is no UTF-8: a dossier could not hold it."""
    for word in argv:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise Misused(f"{word} is no text in UTF-8") from None


def _run(argv: Sequence[str], typed: Sequence[str], session: Session) -> Result | Trouble:
    completion = any(name.endswith("_COMPLETE") for name in session.environment.env) or any(
        word in ("-h", "--help") or word.partition("=")[0].endswith("-completion") for word in typed
    )
    app = application(completion=completion)
    try:
        result = app.main(args=list(argv), prog_name=session.environment.program, standalone_mode=False, obj=session)
    except KeyboardInterrupt:
        return session.interrupted
    if isinstance(result, Result):
        return result
    if not isinstance(result, int):
        raise TypeError(f"{' '.join(argv)} has returned {result!r}, which is no Result")
    if result == Interrupted.exit:
        # The parser turns Ctrl-C into its exit code.
        return session.interrupted
    raise SystemExit(result)  # typer has said what there was to say, as of a shell it does not know


def _usage(error: typer.TyperException) -> str:
    message = error.format_message().rstrip(".")
    option = getattr(error, "option_name", None)
    if isinstance(option, str) and option.startswith("--"):
        return f"{message}. Text that begins so stands after --"
    return message


def _name_of(argv: Sequence[str]) -> str | None:
    """The command that was named, for the envelope of a failure; None for a word that is no command."""
    try:
        _, rest = arguments.common_first(argv)
    except Misused:
        return None
    named = next((word for word in rest if not word.startswith("-")), "today")
    return named if table.named(named) else None


def _put_text(text: str, environment: Environment) -> int:
    try:
        put([(Span(line),) for line in text.split("\n")], Window(), environment)
    except FullOutput as full:
        put_errors([CannotReach(f"Standard output: {full}")], [], environment)
        return CannotReach.exit
    return 0


def _tell(result: Result, name: str | None, session: Session) -> int:
    warnings = _once(session.warnings)
    environment = session.environment
    try:
        if session.json:
            status = {0: "ok", 1: "partial"}.get(result.exit, "error")
            put_json(_envelope(name, status, result.facts, result.errors, warnings), environment)
            return result.exit
        page_world = replace(environment, stdout=environment.stderr) if result.is_aside else environment
        paper = Window.of(page_world)
        put(result.page(paper), paper, page_world)
    except FullOutput as full:
        if result.writes:
            put_errors([], [Warned("io", f"It is written, but standard output is not: {full}")], environment)
            return result.exit
        put_errors([CannotReach(f"Standard output: {full}")], [], environment)
        return CannotReach.exit
    put_errors(result.errors, [warning for warning in warnings if warning.code not in result.shown], environment)
    return result.exit


def _tell_trouble(trouble: Trouble, name: str | None, session: Session) -> int:
    trouble = session.letter(trouble)
    warnings = _once(session.warnings)
    if session.json:
        try:
            put_json(_envelope(name, "error", None, (trouble,), warnings), session.environment)
        except FullOutput:
            put_errors([trouble], warnings, session.environment)
        return trouble.exit
    put_errors([trouble], warnings, session.environment)
    return trouble.exit


def _once(warnings: Iterable[Warned]) -> tuple[Warned, ...]:
    return tuple(dict.fromkeys(warnings))


def _envelope(
    name: str | None, status: str, data: Any, errors: Sequence[Trouble], warnings: Sequence[Warned]
) -> dict[str, Any]:
    return {
        "cf": 1,
        "command": name,
        "status": status,
        "data": data,
        "errors": [error_record(trouble) for trouble in errors],
        "warnings": [{"code": warning.code, "message": warning.message} for warning in warnings],
    }
