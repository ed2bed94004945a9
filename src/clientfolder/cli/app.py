"""The front door: one command line is run, and its result or its trouble is printed, for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from clientfolder.cli import arguments, quick
from clientfolder.cli.commands import table
from clientfolder.cli.commands.table import Writes
from clientfolder.cli.output.terminal import FullOutput, Result, Said, Span, Window, put, put_errors
from clientfolder.cli.parameters import Argument, Call, parameters
from clientfolder.cli.process import real_world
from clientfolder.cli.session import DoneAlready, Session
from clientfolder.cli.typed_line import TypedLine
from clientfolder.errors import (
    CannotReach,
    Interrupted,
    Mistyped,
    Misused,
    NoOption,
    NoValue,
    PhraseRefused,
    Trouble,
    Warned,
)
from clientfolder.workspace import Environment, Workspace

# What stands in front for the scripts of shells.
INSTALLS, SHOWS = "--install-completion", "--show-completion"
# What shows the value of an option that every command has.
_LINES_WITH_VALUES = {"--today": "cf today, or cf --today 2026-07-15", "--folder": "cf help files"}


def front_door(argv: Sequence[str], environment: Environment | None = None) -> int:
    """Run one command line in this world and return its exit code; the only place that prints results."""
    environment = environment or real_world()
    if f"_{environment.program.upper()}_COMPLETE" in environment.env:
        return _put_answer(environment)
    typed = list(argv[: argv.index("--")] if "--" in argv else argv)
    line = TypedLine(environment.started or (lambda: (environment.program,)), tuple(argv))
    session = Session(
        environment, Workspace(environment), json="--json" in typed, line=line, typed=[environment.cwd, *argv]
    )
    try:
        return _serve(argv, session)
    except KeyboardInterrupt:
        session.counting.clear()
        # It may have come in the middle of a page or of a JSON object.
        put_errors([session.rescue.mention_in(session.interrupted)], [], environment)
        return Interrupted.exit


def _serve(argv: Sequence[str], session: Session) -> int:
    environment = session.environment
    outcome: Result | Trouble
    try:
        _check_encoding(argv)
        if argv and argv[0].partition("=")[0] in (INSTALLS, SHOWS):
            raise Said(_completion(argv, environment))
        outcome = _run(argv, session)
    except Said as said:
        return _put_text(said.text, environment)
    except DoneAlready as done:
        from clientfolder.cli.commands.confirm import done_already

        outcome = done_already(session, done.outcome)
    except Trouble as trouble:
        outcome = trouble
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    name = _name_of(argv)
    if isinstance(outcome, NoOption):
        outcome = _led_on(outcome, argv, session)
    if isinstance(outcome, NoValue):
        shown = _LINES_WITH_VALUES.get(outcome.option, f"cf help {name}" if name else "cf --help")
        outcome.message += f". This would work: {shown}"
    if isinstance(outcome, PhraseRefused) and outcome.reason and name:
        from clientfolder.cli import strays

        strays.with_working_phrase(session, outcome, name)
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
        outcome.repeat = str(session.line.with_word(outcome.typed, *outcome.instead))
    elif outcome.repeat is None and _has_text(argv, name):
        outcome.repeat = str(session.line)
    return _tell_trouble(outcome, name, session)


def _put_answer(environment: Environment) -> int:
    """Tell a shell what may stand at its cursor."""
    from clientfolder.cli import shells

    text, exit_ = shells.answer(environment)
    with suppress(OSError):
        # As it is: fish wants the TAB before a help.
        environment.stdout.write(f"{text}\n" if text else "")
        environment.stdout.flush()
    return exit_


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


def _run(argv: Sequence[str], session: Session) -> Result | Trouble:
    call = quick.read(argv)
    try:
        return _called(call, session) if call else _parsed(argv, session)
    except KeyboardInterrupt:
        return session.interrupted


def _completion(argv: Sequence[str], environment: Environment) -> str:
    """The script that a shell reads, or where it was put, as the line asks. Raises Misused."""
    from clientfolder.cli import shells

    wish, given, shell = argv[0].partition("=")
    if len(argv) > 2 or (given and argv[1:]):
        raise Misused(f"{wish} takes the name of a shell alone, or nothing")
    done = shells.install if wish == INSTALLS else shells.show
    return done(shell or next(iter(argv[1:]), None), environment)


def _called(call: quick.QuickCall, session: Session) -> Result:
    """Run a command line that was read without the option parser."""
    session.begin(call.folder, call.today, json=call.json, dry_run=call.dry_run)
    session.line = session.line._replace(options=call.known)
    if call.row.writes is Writes.IN_THE_FOLDER:
        session.settle()
    result: Result = call.row.function()(Call(session), **call.values)
    return result


def _parsed(argv: Sequence[str], session: Session) -> Result | Trouble:
    """Run a command line by way of the option parser."""
    # Here and not above: most lines need none of it, and importing typer takes longer than most commands.
    import typer

    from clientfolder.cli.parser import application

    app = application()
    try:
        result = app.main(args=list(argv), prog_name=session.environment.program, standalone_mode=False, obj=session)
    except typer.TyperException as error:
        return _misused(error, argv, session)
    if isinstance(result, Result):
        return result
    if not isinstance(result, int):
        raise TypeError(f"{' '.join(argv)} has returned {result!r}, which is no Result")
    if result == Interrupted.exit:
        # The parser turns Ctrl-C into its exit code.
        return session.interrupted
    raise SystemExit(result)  # typer has said what there was to say, as of a shell it does not know


def _misused(error: Any, argv: Sequence[str], session: Session) -> Misused:
    """What the option parser refuses."""
    message: str = error.format_message().rstrip(".")
    option = getattr(error, "option_name", None)
    if type(error).__name__ == "NoSuchOption" and isinstance(option, str):
        typed = next((word for word in argv if word.partition("=")[0] == option), option)
        return NoOption(f"There is no option {option} here", typed)
    row = table.named(_name_of(argv))
    if row is not None and message.startswith("Got unexpected extra argument"):
        from clientfolder.cli import strays

        taken = sum(isinstance(one.declared, Argument) for one in parameters(row.function()) or ())
        return strays.too_many(session, row.name, taken)
    return Misused(message)


def _led_on(refused: NoOption, argv: Sequence[str], session: Session) -> Misused:
    """The error for an option that there is not, with the line that says what it may have meant."""
    from clientfolder.cli import strays

    name = _name_of(argv)
    led = strays.no_option(session, refused, name, table.names())
    if led is refused and not (argv.count(refused.typed) == 1 and _has_text(argv, name)):
        # There is no text that would have to be typed again.
        return Misused(f"{refused.reason}. Those that there are: cf help {name}" if name else refused.message)
    return led


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


def _lead_on(trouble: Trouble, session: Session) -> None:
    """Put the command that goes on from here behind the message."""
    trouble.message, trouble.then = session.message(trouble), ()


def _tell(result: Result, name: str | None, session: Session) -> int:
    session.counting.clear()
    warnings = _once(session.warnings)
    for trouble in result.errors:
        _lead_on(trouble, session)
    environment = session.environment
    try:
        if session.json:
            status = {0: "ok", 1: "partial"}.get(result.exit, "error")
            _put_json(_envelope(name, status, result.facts, result.errors, warnings), environment)
            return result.exit
        page_world = environment._replace(stdout=environment.stderr) if result.is_aside else environment
        paper = Window.of(page_world)
        put(result.page(paper), paper, page_world, is_long=result.is_long)
    except FullOutput as full:
        if result.writes:
            put_errors([], [Warned("io", f"It is written, but standard output is not: {full}")], environment)
            return result.exit
        put_errors([CannotReach(f"Standard output: {full}")], [], environment)
        return CannotReach.exit
    put_errors(result.errors, [warning for warning in warnings if warning.code not in result.shown], environment)
    return result.exit


def _tell_trouble(trouble: Trouble, name: str | None, session: Session) -> int:
    session.counting.clear()
    _lead_on(trouble, session)
    trouble = session.rescue.mention_in(trouble)
    warnings = _once(session.warnings)
    if session.json:
        try:
            _put_json(_envelope(name, "error", None, (trouble,), warnings), session.environment)
        except FullOutput:
            put_errors([trouble], warnings, session.environment)
        return trouble.exit
    put_errors([trouble], warnings, session.environment)
    return trouble.exit


def _once(warnings: Iterable[Warned]) -> tuple[Warned, ...]:
    return tuple(dict.fromkeys(warnings))


def _put_json(envelope: dict[str, Any], environment: Environment) -> None:
    from clientfolder.cli.output.json import put_json

    put_json(envelope, environment)


def _envelope(
    name: str | None, status: str, data: Any, errors: Sequence[Trouble], warnings: Sequence[Warned]
) -> dict[str, Any]:
    # Here and not above: people see a page.
    from clientfolder.cli.output.json import error_record

    return {
        "cf": 1,
        "command": name,
        "status": status,
        "data": data,
        "errors": [error_record(trouble) for trouble in errors],
        "warnings": [{"code": warning.code, "message": warning.message} for warning in warnings],
    }
