"""What commands that write have in common: a plan that is asked for once, and a result that confirms what was done.

A plan that wants a yes is shown and asked for (`ask_for`); where nobody can be asked it is shown, with the line that
does it (`without_yes`); and `planned` is the result, whatever came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from clientfolder.cli import facts
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import EMPTY, Line, Page, Result, Span, Window, one_line
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.errors import Refused
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

    def data() -> Mapping[str, Any]:
        from clientfolder.cli.output.json import confirmation_json

        return {**confirmation_json(confirmation), **more}

    return Result(
        data,
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


# Plans --------------------------------------------------------------------------------------------------


def ask_for(session: Session, plan: Iterable[Line], question: str) -> None:
    """Show a plan and ask for it. Raises Refused for a no."""
    ask.show(session, [*plan, EMPTY])
    if not ask.yes(session, question):
        raise Refused("Nothing was written")


def without_yes(
    session: Session, shown: Result, what: str = "That is the plan; nothing was written. To do it, add --yes"
) -> Result:
    """The plan alone, refused with the line that does it, where it wants a yes and nobody can be asked."""
    refused = Refused(what, repeat=str(session.line.with_option("--yes")))
    return shown._replace(data=None, exit=2, errors=(*shown.errors, refused))


def planned(
    session: Session,
    page: Page,
    data: Mapping[str, Any],
    outcome: Outcome | None,
    what_was_done: str,
    *,
    closing: Sequence[Line] = (),
    is_shown: bool = False,
) -> Result:
    """The result of a plan: its page, and below it what was done; that alone where the page `is_shown` already.

    `data`: what scripts are told of it besides the changes. `closing`: lines with which it ends, done or not.
    """
    data, done = {"changes": [], **data}, [*closing]
    if outcome is not None:
        of_dossiers = outcome._replace(writes=tuple(write for write in outcome.writes if write.cover))
        written = facts.confirmation(session, of_dossiers, landings=False)
        from clientfolder.cli.output.json import confirmation_json

        data |= confirmation_json(written)
        said = [] if session.dry_run else [(Span(what_was_done),)]
        done = [*said, *somewhere(written.folder, dry_run=written.dry_run), *closing]

    def whole(window: Window) -> list[Line]:
        return done if is_shown else [*page(window), *([EMPTY, *done] if done else [])]

    return Result(data, whole, writes=outcome is not None and not session.dry_run)
