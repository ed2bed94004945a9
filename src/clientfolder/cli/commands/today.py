"""The morning: `today`, and the first screen of whoever has no folder yet."""

from __future__ import annotations

from typing import Any

import typer

from clientfolder.cli.output.json import row_json, unreadable_record
from clientfolder.cli.output.terminal import EMPTY, Line, Result, Span
from clientfolder.cli.pages.desk import desk_page, sections_json
from clientfolder.cli.session import Session
from clientfolder.errors import NoFolder


def today(
    ctx: typer.Context,
    one_by_one: bool = typer.Option(False, "-i", "--one-by-one", help="One dossier after the other, one key an act."),
) -> Result:
    """What lies on the desk: what is late, what lies at today, and what wants a date.

    Example: cf today
    """
    session: Session = ctx.obj
    try:
        session.workspace.root  # noqa: B018  where there is none, the first screen says how to begin
    except NoFolder as nowhere:
        if session.json or session.workspace.folder:
            raise
        return Result({}, lambda paper: FIRST_SCREEN, exit=nowhere.exit, errors=(nowhere,))
    if one_by_one:
        from clientfolder.cli.commands.one_by_one import go_through

        # A key means another dossier when it is pressed again.
        session.said.clear()
        session.settle()
        return go_through(session)
    contents, on_desk = session.everything(), session.desk

    def data() -> dict[str, Any]:
        return {
            "day": session.day.isoformat(),
            "slot": str(session.day.day),
            "capacity": session.workspace.settings.capacity.on(session.day),
            "load": on_desk.load,
            **{
                name: [row_json(cover, session.day) for cover in getattr(on_desk, name)]
                for name in ("overdue", "today", "undated", "unfiled")
            },
            "unreadable": [unreadable_record(trouble) for trouble in contents.unreadable],
            "sections": sections_json(on_desk),
        }

    return Result(
        data,
        lambda paper: desk_page(session, paper),
        exit=1 if contents.unreadable else 0,
        errors=contents.unreadable,
    )


FIRST_SCREEN: tuple[Line, ...] = (
    (Span(" clientfolder", "head"), Span("  whom to call today, what was said, and when to call again")),
    EMPTY,
    (Span(" Look around among forty invented clients:   "), Span("cf demo", "bold")),
    (Span(" Make a folder of your own:                  "), Span("cf init ~/clients", "bold")),
    (Span(" Then put the first client into it:          "), Span("cf new Anna Kowalska -n fri", "bold")),
    (Span(" And every morning:                          "), Span("cf", "bold")),
    EMPTY,
    (Span(" All commands: cf --help", "dim"),),
)
