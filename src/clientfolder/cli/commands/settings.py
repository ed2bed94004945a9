"""The settings, shown and changed: `settings`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from clientfolder import settings as settings_table
from clientfolder.binder.toml import settings_file, typed_setting
from clientfolder.cli import facts, key_value
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.key_value import Assignment
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span, Window, one_line, padded, wrapped
from clientfolder.cli.output.words import shortened
from clientfolder.cli.parameters import Argument, Call
from clientfolder.cli.session import Session
from clientfolder.errors import Mistyped, Misused, Refused
from clientfolder.settings import Setting, Settings
from clientfolder.settings.values import Unfit
from clientfolder.text import sentence

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import PlannedWrite

_KNOWN = {setting.name: setting for setting in settings_table.TABLE}


def settings(
    ctx: Call,
    words: Annotated[
        list[str] | None, Argument(metavar="[KEY=VALUE...]", show_default=False, completes="settings")
    ] = None,
) -> Result:
    """The settings, what they are now, and what they mean; KEY=VALUE changes one, and KEY= takes it away again.

    They stand in clientfolder.toml, where the comments stay as they are. A list is said with commas, as in
    attempts=1b, 2d, 1w; a table too, as in capacity=mon 4, fri 2.
    """
    session: Session = ctx.obj
    named, assignments = key_value.split(words or ())
    if assignments:
        if named:
            raise Mistyped(f"{named[0]}: a setting is changed by KEY=VALUE", named[0])
        return _changed(session, assignments)
    if len(named) > 1:
        name = _setting(named[0]).name
        what = " ".join(named[1:]).removeprefix("=").strip()
        raise Misused(f"To change it: {session.line.to('settings', f'{name}={what}')}")
    return _shown(session, [_setting(name) for name in named] or settings_table.TABLE)


def _setting(name: str, behind: str = "") -> Setting:
    """The row of the table. Raises Mistyped with the nearest for an unknown name; `behind` it stood the value."""
    if name in _KNOWN:
        return _KNOWN[name]
    close = get_close_matches(name.casefold().replace("-", "_"), _KNOWN, n=1)
    hint = f"Did you mean {close[0]}?" if close else "All of them: cf settings"
    instead = (f"{close[0]}{behind}",) if close else ()
    raise Mistyped(f"There is no setting {one_line(name)}. {hint}", f"{name}{behind}", *instead)


# Shown ------------------------------------------------------------------------------------------------


_INDENT = " " * 18


def _shown(session: Session, rows: Sequence[Setting]) -> Result:
    session.warnings += session.workspace.setting_warnings
    values = {row.name: _now(session.workspace.settings, row) for row in rows}

    def page(paper: Window) -> Iterator[Line]:
        file = shortened(os.path.join(session.workspace.root, settings_table.FILE), session.environment.home)
        yield (Span(f" {file}", "head"),)
        for row in rows:
            yield EMPTY
            value = one_line(typed_setting.shown(values[row.name]))
            first, *more = list(wrapped(value, paper.columns - 1, indent=_INDENT)) or [_INDENT]
            yield Span(f" {padded(row.name, 17)}"), Span(first.removeprefix(_INDENT), "bold")
            yield from ((Span(line, "bold"),) for line in more)
            yield from ((Span(line, "dim"),) for line in wrapped(row.meaning, paper.columns - 1, indent=_INDENT))

    return Result({"settings": values}, page, is_long=True)


def _now(now: Settings, row: Setting) -> Any:
    return settings_table.plain(getattr(now, row.name))


# Changed ----------------------------------------------------------------------------------------------


def _changed(session: Session, assignments: Sequence[Assignment]) -> Result:
    wanted = {row.name: value for row, value in (_meant(session, one) for one in assignments)}
    if len(wanted) < len(assignments):
        raise Misused("One setting is named twice")
    session.settle()

    def decide() -> list[PlannedWrite]:
        session.workspace.look_again()
        entered = partial(settings_file.written, wanted=wanted, file=settings_table.FILE)
        return [session.transactions.revise_settings(entered, f"Set {_words(session.workspace.settings, wanted)}")]

    outcome = session.act(decide)
    if not session.dry_run:
        session.workspace.look_again()
        session.warnings += session.workspace.setting_warnings
    said = sentence(outcome.writes[0].change.words)
    if not outcome.writes[0].files:
        outcome, said = outcome._replace(writes=()), "Nothing to change: so the settings are already."
    done = facts.confirmation(session, outcome, landings=False)
    told = confirmed(session, done, [*somewhere(done.folder, dry_run=done.dry_run)])
    return told._replace(
        page=lambda paper: [*((Span(line),) for line in wrapped(said, paper.columns - 1)), *told.page(paper)],
        writes=bool(outcome.writes) and not session.dry_run,
    )


def _words(was: Settings, wanted: Mapping[str, Any]) -> str:
    """`capacity from 8 to 6, snooze from +1b to mon`."""
    becomes, _ = settings_table.load({name: value for name, value in wanted.items() if value is not None})
    told = {name: [typed_setting.shown(_now(at, _KNOWN[name])) for at in (was, becomes)] for name in wanted}
    return ", ".join(f"{name} from {old} to {new}" for name, (old, new) in told.items())


def _meant(session: Session, assignment: Assignment) -> tuple[Setting, Any]:
    """The setting, and what its file should say; None to take it out. Raises Mistyped and Refused."""
    said = f"{assignment.sign}={assignment.value}"
    row = _setting(assignment.key, said)
    if assignment.sign:
        raise Misused(f"A setting is said whole, without {assignment.sign}: {row.name}={typed_setting.example(row)}")
    text = assignment.value.strip()
    if not text:
        return row, None
    try:
        return row, typed_setting.read(row, text)
    except Unfit:
        good = f"{row.name}={typed_setting.example(row)}"
        repeat = str(session.line.to("settings", good))
        message = f'"{one_line(text)}" is none; {row.name} should be {row.form}'
        raise Refused(f"{message}. It would work like this: {good}", repeat=repeat) from None
