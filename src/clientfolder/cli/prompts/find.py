"""Which client is meant: found by what was typed, and asked on a terminal where several fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientfolder.binder.binder import client_of, stem_of
from clientfolder.binder.index import lookup
from clientfolder.cli.output.parts import numbered
from clientfolder.cli.output.terminal import Span, Window, one_line
from clientfolder.cli.output.words import title, where
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dossier.covers import with_owner
from clientfolder.dossier.types import Cover, is_slip
from clientfolder.errors import Ambiguous, CannotReach, Mistyped, NoClient, PhraseRefused, Unreadable
from clientfolder.text import comparable, place_of_number, visible


def find_client(session: Session, typed: str, *, no_slip: bool = False) -> Cover:
    """The client meant; asks on a terminal where several fit.

    Raises NoClient, Ambiguous or Unreadable, and Mistyped for a comma, behind which another would stand.
    """
    one = typed.rstrip(" ,")
    if typed.endswith(",") and one:
        raise Mistyped(f"{typed} has a comma behind it, and one act has one client", typed, one)
    _check_unreadable(session, typed)
    covers = session.contents.covers.contacts if no_slip else session.contents.covers
    try:
        cover = lookup.find(covers, typed, lambda: session.desk.pile.clients)
    except Ambiguous as several:
        if not session.can_ask:
            raise
        cover = _choose(session, several, typed)
    except NoClient as nobody:
        # It may be one that cannot be read, and is known by its file's name alone.
        for trouble in session.contents.unreadable:
            client = client_of(trouble.file or "")
            if lookup.fit(Cover(client, stem_of(client).replace("-", " ")), comparable(typed)):
                raise trouble from None
        from clientfolder.cli.unnamed import for_nobody

        raise for_nobody(session, nobody, typed) from None
    session.warn_of_odd(cover)
    return cover


def find_ahead(
    session: Session, first: str, behind: Sequence[str], *, no_slip: bool = False, when: bool = False
) -> tuple[Cover, list[str]]:
    """The client meant by the first word, or by as many more as are the whole of a name; and the words behind.

    `when`: these are a WHEN. Raises as `find_client` does, and Ambiguous where fewer words are a client too and the
    rest a WHEN.
    """
    words = [first, *behind]
    covers = session.contents.covers.contacts if no_slip else session.contents.covers
    whole = lookup.whole_ahead(covers, words)
    said = " ".join(words[: whole.length])
    if when and whole.length > 1:
        _check_no_date_inside(session, words, whole.length)
    if len(whole.covers) == 1 and not said.endswith(","):
        session.warn_of_odd(whole.covers[0])
        return whole.covers[0], words[whole.length :]
    if said.endswith(",") and whole.length > 1:
        typed = words[whole.length - 1]
        raise Mistyped(f"{said} has a comma behind it, and one act has one client", typed, typed.rstrip(" ,"))
    return find_client(session, said, no_slip=no_slip), words[whole.length :]


def _check_no_date_inside(session: Session, words: Sequence[str], count: int) -> None:
    """Raises Ambiguous where these words are a client's whole name, and fewer of them a client with a date behind."""
    for fewer in range(count - 1, 0, -1):
        client, phrase = " ".join(words[:fewer]), " ".join(words[fewer:])
        if not lookup.candidates(session.contents.covers, client) or not _is_when(session, phrase):
            continue
        whole = " ".join(words[:count])
        both = (*lookup.candidates(session.contents.covers, whole), *lookup.candidates(session.contents.covers, client))
        lines = f"{session.line.with_words_joined(count)}, or {session.line.with_option_before('-n', fewer)}"
        raise Ambiguous(
            f"{whole} is a client, and {phrase} may be the date. Say which: {lines}",
            candidates=tuple(dict.fromkeys(cover.client for cover in both)),
        )


def _is_when(session: Session, phrase: str) -> bool:
    try:
        phrases.read(phrase, session.workspace.ground(), until=True)
    except PhraseRefused:
        return False
    return True


def _check_unreadable(session: Session, typed: str) -> None:
    """A client whose dossier cannot be read is not nobody: the error of its file says what is wrong."""
    for trouble in session.contents.unreadable:
        is_meant = comparable(typed) == comparable(client_of(trouble.file or ""))
        # One that is spelt to the letter, and readable, must not be stopped by a twin that is not.
        if is_meant and session.contents.covers.of_client(typed) is None:
            raise trouble


def find_file(session: Session, typed: str) -> tuple[str, str]:
    """Short name and name of the client meant; a dossier that cannot be read is found by its file's name."""
    try:
        cover = find_client(session, typed)
    except (Unreadable, CannotReach, NoClient) as trouble:
        plain = re.sub(r"\s+", "-", comparable(typed))
        broken = [client_of(other.file or "") for other in session.contents.unreadable]
        fits = (
            [client for client in broken if client == typed]
            or [client for client in broken if comparable(client) in (plain, comparable(typed))]
            or [client for client in broken if len(plain) >= lookup.LEAST_LETTERS and client.startswith(plain)]
            or [client for client in broken if is_slip(client) and comparable(stem_of(client)) == plain]
        )
        if len(fits) != 1:
            raise trouble
        return fits[0], fits[0]
    return cover.client, cover.name


def _choose(session: Session, several: Ambiguous, typed: str) -> Cover:
    """The one of several clients whose number or letters are typed; asked until it is one.

    Raises the Ambiguous for Enter.
    """
    all_ = session.contents.covers
    covers = [cover for client in several.candidates if (cover := all_.of_client(client))]
    while True:
        rows = [(title(with_owner(cover, all_)), where(cover, session.day)) for cover in covers]
        ask.show(session, numbered(rows, Window.of(session.environment), "type more letters"))
        answer = ask.line(session, f"Which {visible(typed)}? ").strip()
        if not answer:
            raise several
        if answer.isascii() and answer.isdigit():
            if (place := place_of_number(answer, len(covers))) is not None:
                return covers[place]
            hint = f"1 to {len(covers)}, please, or some letters of the name; Enter ends it."
        else:
            found = lookup.candidates(covers, answer)
            if len(found) == 1:
                return found[0]
            covers = found or covers
            hint = "" if found else f"None of these is called {one_line(answer)}."
        if hint:
            ask.show(session, [(Span(hint, "dim"),)])
