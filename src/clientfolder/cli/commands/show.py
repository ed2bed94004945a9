"""Reading in the sheets: `show` and `find`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from clientfolder.binder.binder import file_of
from clientfolder.binder.index import lookup
from clientfolder.cli import facts, key_value, options
from clientfolder.cli.output.json import sheet_json
from clientfolder.cli.output.terminal import Line, Result, Span, Window
from clientfolder.cli.output.words import rated_words
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dossier import schema
from clientfolder.dossier.concerns import of_log
from clientfolder.dossier.covers import sent_by
from clientfolder.dossier.sheet import DossierSheet, FoundLine
from clientfolder.dossier.types import REACHED_AT, Cover, Dossier
from clientfolder.errors import Misused, NoClient, Refused
from clientfolder.text import comparable

if TYPE_CHECKING:
    from clientfolder.cli.pages.money import Standing


def show(
    ctx: Call,
    words: options.ClientAndKey = None,
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

    sheet = with_worth(session, sheet)

    def page(window: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.dossier import sheet_page

        return sheet_page(sheet, window, whole=all_)

    return Result(
        lambda: {**sheet_json(sheet), "worth": _worth(session, sheet.dossier), "care": _care(session, sheet)}, page
    )


def with_worth(session: Session, sheet: DossierSheet) -> DossierSheet:
    """The sheet with what is told of money, and of whom the client has sent."""
    return sheet._replace(money=_money(session, sheet.dossier), sent=_sent(session, sheet.dossier))


def _money(session: Session, dossier: Dossier) -> Sequence[tuple[str, str]]:
    """What the sheet tells of deals and payments; most have none, and pay for none of it."""
    if not (dossier.deals or dossier.payments):
        return ()
    from clientfolder.cli.pages.money import deal_lines, worth_words
    from clientfolder.cli.prompts.money import prices_of

    told = deal_lines(dossier, prices_of(session), session.workspace.settings.stages, session.day)
    if words := worth_words(_standing(session, dossier), session.day):
        rated = rated_words(of_log(dossier.log, session.day).ratings, session.day)
        told.append(("worth", f"{words}{f', {rated}' if rated else ''}: cf worth {dossier.client}"))
    return told


# With more clients than these all their money is not read for one line of a sheet.
MOST_CLIENTS = 2000


def _standing(session: Session, dossier: Dossier) -> Standing:
    """What the client brings, has and lacks."""
    from clientfolder.cli.pages.money import Standing
    from clientfolder.cli.prompts.portfolio import read_portfolio
    from clientfolder.portfolio.accounts import Account
    from clientfolder.portfolio.folder import Portfolio
    from clientfolder.portfolio.funnel import courses
    from clientfolder.portfolio.portraits import products, used_products
    from clientfolder.portfolio.worth import part_of

    day, alone = session.day, Portfolio([Account.of(dossier)], session.workspace.settings)
    bought, found = alone.bought(day)[dossier.client], products(alone, day)
    portrait = found.of_client(dossier.client)
    used = used_products(bought, courses(alone, day))
    part = None
    if bought.flow_days and len(session.contents.covers) <= MOST_CLIENTS:
        read = read_portfolio(session)
        part = None if read.odd or read.unreadable else part_of(read.portfolio, dossier.client, day)
    return Standing(
        part,
        date.fromordinal(bought.days[-1]) if bought.days else None,
        [name for folded, name in found.names.items() if folded in used],
        portrait.lacks if portrait and portrait.has_bought else (),
    )


def _sent(session: Session, dossier: Dossier) -> Sequence[str]:
    """The names of those whom the client has sent."""
    return sent_by(session.contents.covers, dossier.client).by_name().names


def _care(session: Session, sheet: DossierSheet) -> dict[str, Any]:
    """What the client said that wants something."""
    from clientfolder.cli.output.care_json import client_care_json

    return client_care_json(sheet.cover, of_log(sheet.dossier.log, session.day), session.clock)


def _worth(session: Session, dossier: Dossier) -> dict[str, Any] | None:
    """The client's row of `cf worth`; None for one who never paid."""
    if not dossier.payments:
        return None
    from clientfolder.cli.output.money_json import client_worth_json
    from clientfolder.cli.prompts.portfolio import read_portfolio, rhythm_in_force
    from clientfolder.portfolio.worth import worth

    found = worth(read_portfolio(session).portfolio, session.day, rhythm_in_force(session))
    one = found.of(dossier.client)
    return None if one is None else client_worth_json(one, found)


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
    """Find all the words in what dossiers say, newest first; "in quotes" they stand as they are typed.

    Accents and case do not matter.
    """
    session: Session = ctx.obj
    terms = search_terms(words or ())
    if not terms:
        raise Misused("Find what? Such as: cf find revised quote")
    hits, unreadable = session.binder.find(terms)

    def page(window: Window) -> Iterator[Line]:
        from clientfolder.cli.pages.found import found_page

        # Where a dossier cannot be read, its file names the client.
        names = dict(zip(session.contents.covers.clients, session.contents.covers.names, strict=True)) if hits else {}
        found = [FoundLine(names.get(hit.client, hit.client), hit.text, hit.on) for hit in hits]
        return found_page(found, terms, session.day, window)

    data = [{"client": hit.client, "file": file_of(hit.client), "line": hit.line, "text": hit.text} for hit in hits]
    return Result({"hits": data}, page, exit=1 if unreadable else 0, errors=unreadable)


def search_terms(words: Sequence[str]) -> list[str]:
    """What must all be there: each word, and each text in quotes, those of the shell or typed ones."""
    terms: list[str] = []
    for word in words:
        # What has a blank in it was in the shell's quotes.
        quoted = [word] if " " in word.strip() and '"' not in word else re.findall(r'"([^"]+)"|(\S+)', word)
        terms += [part if isinstance(part, str) else part[0] or part[1] for part in quoted]
    return [term for term in terms if comparable(term)]


def client_words(words: Sequence[str] | None) -> str:
    if not words:
        raise Misused("Whom? Name a client; all of them: cf list")
    return " ".join(words)
