"""The result of a command that writes: its changes for scripts, and for people the lines that confirm them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from clientfolder.cli import facts
from clientfolder.cli.output.json import confirmation_json
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.session import Session
from clientfolder.tickler.confirmation import Confirmation

if TYPE_CHECKING:
    from clientfolder.binder.journal.transactions import Outcome

# The warnings that are questions, where nobody can be asked.
QUESTIONS = ("dodged", "attempts")


def confirmed(
    session: Session, confirmation: Confirmation, lines: Sequence[Line], more: Mapping[str, Any] = MappingProxyType({})
) -> Result:
    """The result of whatever writes: its changes, and its lines on the screen. `more`: what scripts see besides."""
    asked = [(Span(f"   {warned.message}", "dim"),) for warned in session.warnings if warned.code in QUESTIONS]
    return Result(
        {**confirmation_json(confirmation), **more},
        lambda window: [*lines, *asked],
        writes=not confirmation.dry_run,
        shown=frozenset({"day_off", "over_capacity", "same_time", *QUESTIONS}),
    )


def done_already(session: Session, outcome: Outcome) -> Result:
    """What is told of an act that is typed again after it was cut short, when all of it was written."""
    done = facts.confirmation(session, outcome, landings=False)
    lines: list[Line] = [
        (Span(f"{one_line(outcome.words)}."),),
        (Span("   It was cut short when all was written, so it is not done a second time.", "dim"),),
        *somewhere(done.folder, dry_run=done.dry_run),
    ]
    return confirmed(session, done, lines)
