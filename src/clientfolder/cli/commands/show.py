"""Reading in the sheets: `show` and `find`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from clientfolder.binder.binder import file_of
from clientfolder.cli import facts, options
from clientfolder.cli.output.json import sheet_json
from clientfolder.cli.output.terminal import Line, Result, Span, Window, fitted, one_line
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.errors import Misused
from clientfolder.text import comparable


def show(
    ctx: Call,
    words: options.ClientWords = None,
    all_: Annotated[bool, Option("-a", "--all", help="The whole log, however long.")] = False,
) -> Result:
    """A client's sheet: card, people, next contact, open slips, newest entries first."""
    session: Session = ctx.obj
    cover = find_client(session, client_words(words))
    sheet = facts.sheets(session, [cover.client])[0]

    def page(window: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.dossier import sheet_page

        return sheet_page(sheet, window, whole=all_)

    return Result(lambda: sheet_json(sheet), page)


def find(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="TEXT", show_default=False)] = None,
) -> Result:
    """Find words in all dossiers, with the line that matched; accents and case do not matter."""
    session: Session = ctx.obj
    if not comparable(" ".join(words or ())):
        raise Misused("Find what? Such as: cf find revised quote")
    hits, unreadable = session.binder.find(" ".join(words or ()))

    def page(window: Window) -> Iterator[Line]:
        if not hits:
            yield (Span(f"Nothing says {one_line(' '.join(words or ()))}.", "dim"),)
        last = None
        names = dict(zip(session.contents.covers.clients, session.contents.covers.names, strict=True)) if hits else {}
        for hit in hits:
            if hit.client != last:
                last = hit.client
                # Where the dossier cannot be read, its file names the client.
                yield (Span(fitted(names.get(last, last), window.columns - 1), "bold"),)
            number = f"{hit.line:>6}  "
            yield Span(number, "dim"), Span(fitted(hit.text, window.columns - len(number) - 1))

    data = [{"client": hit.client, "file": file_of(hit.client), "line": hit.line, "text": hit.text} for hit in hits]
    return Result({"hits": data}, page, exit=1 if unreadable else 0, errors=unreadable)


def client_words(words: Sequence[str] | None) -> str:
    if not words:
        raise Misused("Whom? Name a client; all of them: cf list")
    return " ".join(words)
