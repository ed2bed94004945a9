"""The morning: `today`, and the first screen of whoever has no folder yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from clientfolder.binder.binder import client_of
from clientfolder.cli import facts
from clientfolder.cli.arguments import Takes
from clientfolder.cli.output.terminal import EMPTY, Line, Page, Result, Span, Window
from clientfolder.cli.pages import desk as pages
from clientfolder.cli.parameters import Call, Option
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Cover
from clientfolder.errors import Misused, NoFolder
from clientfolder.tickler.today import Today


def today(
    ctx: Call,
    one_by_one: Annotated[
        bool, Option("-i", "--one-by-one", help="One dossier after the other, one key an act.")
    ] = False,
    printed: Annotated[
        str | None,
        Option("--printed", metavar="[DAY]", help="With -i: type in a day from its printed sheet."),
        Takes.WORDS,
    ] = None,
    whole: Annotated[bool, Option("-a", "--all", help="The whole desk, however small the window is.")] = False,
) -> Result:
    """What lies on the desk: what is late, what lies at today, and what wants a date."""
    session: Session = ctx.obj
    try:
        session.workspace.root  # noqa: B018  where there is none, the first screen says how to begin
    except NoFolder as nowhere:
        if session.json or session.workspace.folder:
            raise
        return Result({}, lambda window: FIRST_SCREEN, exit=nowhere.exit, errors=(nowhere,))
    if printed is not None and not one_by_one:
        raise Misused("What was printed is typed in with -i: cf -i --printed")
    if printed is not None:
        from clientfolder.cli.commands.from_paper import type_in

        session.typed.clear()
        session.settle()
        return type_in(session, printed)
    if one_by_one:
        from clientfolder.cli.commands.one_by_one import go_through

        # A key means another dossier when it is pressed again.
        session.typed.clear()
        session.settle()
        return go_through(session)
    unreadable = session.everything().unreadable
    now = facts.today(session)

    def data() -> Mapping[str, Any]:
        from clientfolder.cli.output.json import today_json

        return today_json(now)

    return Result(data, desk_page(session, now, whole=whole), exit=1 if unreadable else 0, errors=unreadable)


def desk_page(session: Session, now: Today, *, whole: bool = False) -> Page:
    """The desk on a screen; the characters that suffice to type are looked up only where they are told."""

    def suffice(shown: Sequence[Cover]) -> Mapping[str, int]:
        from clientfolder.binder.index import lookup

        unreadable = [client_of(trouble.file or "") for trouble in now.unreadable]
        return lookup.letters_that_suffice(now.covers, shown, unreadable)

    def page(window: Window) -> Iterable[Line]:
        fits = window._replace(rows=None) if whole else window
        return pages.desk_page(now, fits, suffice, below=facts.below(session, window))

    return page


def introduction(session: Session, cover: Cover) -> list[Line]:
    """One dossier as it is shown before a question about it."""
    return pages.introduction(facts.today(session), cover, Window.of(session.environment))


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
