"""The morning: `today`, and the first screen of whoever has no folder yet."""

from __future__ import annotations

from typing import Any

import typer

from clientfolder.cli.counter import Counter
from clientfolder.cli.desk_page import desk_page, sections_json
from clientfolder.cli.paper import EMPTY, Line, Result, Span, unreadable_record
from clientfolder.cli.rows import row_json
from clientfolder.errors import NoFolder


def today(
    ctx: typer.Context,
    one_by_one: bool = typer.Option(False, "-i", "--one-by-one", help="One dossier after the other, one key an act."),
) -> Result:
    """What lies on the desk: what is late, what lies at today, and what wants a date.

    Example: cf today
    """
    counter: Counter = ctx.obj
    try:
        counter.office.root  # noqa: B018  where there is none, the first screen says how to begin
    except NoFolder as nowhere:
        if counter.json or counter.office.folder:
            raise
        return Result({}, lambda paper: FIRST_SCREEN, exit=nowhere.exit, errors=(nowhere,))
    if one_by_one:
        from clientfolder.cli.pile import go_through

        # A key means another dossier when it is pressed again.
        counter.said.clear()
        counter.settle()
        return go_through(counter)
    contents, on_desk = counter.everything(), counter.desk

    def data() -> dict[str, Any]:
        return {
            "day": counter.day.isoformat(),
            "slot": str(counter.day.day),
            "capacity": counter.office.settings.capacity.on(counter.day),
            "load": on_desk.load,
            **{
                name: [row_json(cover, counter.day) for cover in getattr(on_desk, name)]
                for name in ("overdue", "today", "undated", "unfiled")
            },
            "unreadable": [unreadable_record(trouble) for trouble in contents.unreadable],
            "sections": sections_json(on_desk),
        }

    return Result(
        data,
        lambda paper: desk_page(counter, paper),
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
