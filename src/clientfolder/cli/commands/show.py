"""Reading in the sheets: `show` and `find`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from clientfolder.binder.binder import file_of
from clientfolder.binder.index import lookup
from clientfolder.cli import facts, key_value, options
from clientfolder.cli.output.json import sheet_json
from clientfolder.cli.output.terminal import Line, Result, Span, Window, fitted, one_line
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dossier import schema
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import REACHED_AT, Cover
from clientfolder.errors import Misused, NoClient, Refused
from clientfolder.text import comparable


def show(
    ctx: Call,
    words: options.ClientWords = None,
    all_: Annotated[bool, Option("-a", "--all", help="The whole log, however long.")] = False,
) -> Result:
    """A client's sheet: card, people, next contact, open slips, newest entries first.

    With a KEY behind the client that value alone: cf show anna phone
    """
    session: Session = ctx.obj
    cover, key = _client_and_key(session, client_words(words))
    sheet = facts.sheets(session, [cover.client])[0]
    if key is not None:
        return _value_alone(sheet, key)

    def page(window: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.dossier import sheet_page

        return sheet_page(sheet, window, whole=all_)

    return Result(lambda: sheet_json(sheet), page)


def _client_and_key(session: Session, typed: str) -> tuple[Cover, str | None]:
    """The client that all the words mean; else that of all but the last, which is a key of the dossier."""
    first, _, key = typed.rpartition(" ")
    try:
        return find_client(session, typed), None
    except NoClient:
        found = lookup.candidates(session.contents.covers, first) if first else []
        if not found or not (
            _is_known(key) or (len(found) == 1 and key in session.binder.read(found[0].client).dossier.card)
        ):
            raise
    return find_client(session, first), key


def _is_known(key: str) -> bool:
    """Whether any dossier may have the key, and no client's name is meant by it."""
    known = (*key_value.ROOT_KEYS, *schema.TABLES["card"].names)
    return key in known or key.startswith(REACHED_AT) or "." in key


def _value_alone(sheet: DossierSheet, key: str) -> Result:
    """One value of the dossier, as it stands there. Raises Refused where it has none of that key."""
    path = key_value.Assignment(key, "", "").path
    value: Any = sheet.data
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        card = [*sheet.dossier.card, *(one for one in key_value.ROOT_KEYS if one in sheet.data)]
        raise Refused(f"{sheet.dossier.name} has no {key}. There: {', '.join(card)}")
    from clientfolder.cli.pages.dossier import value_words

    data = {"client": sheet.dossier.client, "key": ".".join(path), "value": value}
    return Result(data, lambda _: [(Span(line),) for line in value_words(value).split("\n")])


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
