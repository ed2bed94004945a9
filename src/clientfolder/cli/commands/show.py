"""Reading in the sheets: `show` and `find`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from clientfolder.binder.binder import file_of
from clientfolder.cli import options
from clientfolder.cli.output.json import paper_json, row_json
from clientfolder.cli.output.terminal import Line, Result, Span, Window, fitted, one_line
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.errors import Misused
from clientfolder.text import comparable
from clientfolder.tickler.desk import slips_of


def show(
    ctx: typer.Context,
    words: options.ClientWords = None,
    all_: Annotated[bool, typer.Option("-a", "--all", help="The whole log, however long.")] = False,
) -> Result:
    """A client's sheet: card, people, next contact, open slips, newest entries first."""
    session: Session = ctx.obj
    cover = find_client(session, client_words(words))
    read = session.binder.read(cover.client)
    slips = slips_of(session.contents.covers, cover.client)
    beside = session.papers_of(cover.client)

    def data() -> dict[str, Any]:
        return {
            **row_json(cover, session.day),
            "dossier": dict(read.data),
            "slips": [row_json(slip, session.day) for slip in slips],
            "papers": [paper_json(paper) for paper in beside],
        }

    def page(paper: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.dossier import forms_of, sheet_page

        return sheet_page(read.dossier, slips, session.day, paper, forms_of(session), whole=all_, papers=beside)

    return Result(data, page)


def find(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="TEXT", show_default=False)] = None,
) -> Result:
    """Find words in all dossiers, with the line that matched; accents and case do not matter."""
    session: Session = ctx.obj
    if not comparable(" ".join(words or ())):
        raise Misused("Find what? Such as: cf find revised quote")
    hits, unreadable = session.binder.find(" ".join(words or ()))

    def page(paper: Window) -> Iterator[Line]:
        if not hits:
            yield (Span(f"Nothing says {one_line(' '.join(words or ()))}.", "dim"),)
        last = None
        names = dict(zip(session.contents.covers.clients, session.contents.covers.names, strict=True)) if hits else {}
        for hit in hits:
            if hit.client != last:
                last = hit.client
                # Where the dossier cannot be read, its file names the client.
                yield (Span(fitted(names.get(last, last), paper.columns - 1), "bold"),)
            number = f"{hit.line:>6}  "
            yield Span(number, "dim"), Span(fitted(hit.text, paper.columns - len(number) - 1))

    data = [{"client": hit.client, "file": file_of(hit.client), "line": hit.line, "text": hit.text} for hit in hits]
    return Result({"hits": data}, page, exit=1 if unreadable else 0, errors=unreadable)


def client_words(words: Sequence[str] | None) -> str:
    if not words:
        raise Misused("Whom? Name a client; all of them: cf list")
    return " ".join(words)
