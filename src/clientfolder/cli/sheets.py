"""Reading in the sheets: `show` and `find`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from clientfolder.binder import lookup
from clientfolder.binder.binder import file_of
from clientfolder.cli import complete
from clientfolder.cli.counter import Counter
from clientfolder.cli.paper import Line, Paper, Result, Span, fitted, one_line
from clientfolder.cli.rows import row_json
from clientfolder.desk import slips_of
from clientfolder.errors import Misused


def show(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(
        None, metavar="CLIENT", show_default=False, autocompletion=complete.clients
    ),
    all_: bool = typer.Option(False, "-a", "--all", help="The whole log, however long."),
) -> Result:
    """A client's sheet: card, people, next contact, open slips, newest entries first.

    Example: cf show anna
    """
    counter: Counter = ctx.obj
    cover = counter.find(client_words(words))
    read = counter.binder.sheet(cover.client)
    slips = slips_of(counter.contents.covers, cover.client)
    beside = counter.papers_of(cover.client)

    def data() -> dict[str, Any]:
        from clientfolder.cli.paper_words import paper_json

        return {
            **row_json(cover, counter.day),
            "dossier": dict(read.data),
            "slips": [row_json(slip, counter.day) for slip in slips],
            "papers": [paper_json(paper) for paper in beside],
        }

    def page(paper: Paper) -> Iterator[Line]:
        from clientfolder.cli.sheet_page import forms_of, sheet_page

        return sheet_page(read.dossier, slips, counter.day, paper, forms_of(counter), whole=all_, papers=beside)

    return Result(data, page)


def find(
    ctx: typer.Context,
    words: list[str] | None = typer.Argument(None, metavar="TEXT", show_default=False),
) -> Result:
    """Find words in all dossiers, with the line that matched; accents and case do not matter.

    Example: cf find revised quote
    """
    counter: Counter = ctx.obj
    if not lookup.folded(" ".join(words or ())):
        raise Misused("Find what? Such as: cf find revised quote")
    hits, unreadable = counter.binder.find(" ".join(words or ()))

    def page(paper: Paper) -> Iterator[Line]:
        if not hits:
            yield (Span(f"Nothing says {one_line(' '.join(words or ()))}.", "dim"),)
        last = None
        names = dict(zip(counter.contents.covers.clients, counter.contents.covers.names, strict=True)) if hits else {}
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
