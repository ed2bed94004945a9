"""A file that somebody else has made: read from the disk or from standard input, its encoding asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from clientfolder.binder import files as disk
from clientfolder.cli.output.terminal import Span
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.errors import CannotReach, Misused, Refused, Unreadable
from clientfolder.exchange import encoding
from clientfolder.exchange.contacts.files import MOST_BYTES, Source
from clientfolder.exchange.encoding import Doubtful

Found = TypeVar("Found")


def read_source(session: Session, name: str) -> Source:
    """A file, read; `-` is standard input. Raises Refused for one that is too large, CannotReach."""
    if name == "-":
        content = ask.read_bytes(session, MOST_BYTES)
        if session.typed:
            session.typed.append(content.decode("utf-8", "replace"))
            session.check_done_already()
        session.turn_to_terminal()
        return Source("standard input", name, content)
    path = session.workspace.path(name)
    try:
        if os.path.getsize(path) > MOST_BYTES:
            message = f"This is larger than {MOST_BYTES // 1_000_000} MB, which is as much as one file may hold"
            raise Refused(f"{message}; divide it, or export it without photos", file=name)
        return Source(os.path.basename(path), name, disk.read(path, name, MOST_BYTES))
    except FileNotFoundError:
        raise CannotReach("There is no such file", file=name) from None
    except Unreadable as trouble:
        raise CannotReach(trouble.message, file=name) from None
    except OSError as error:
        raise CannotReach(f"Cannot be read: {disk.reason(error)}", file=name) from None


def check_encoding(named: str | None) -> None:
    """Raises Misused for an encoding that is none."""
    if named is not None and encoding.known(named) is None:
        raise Misused(f"{named} is no encoding that is known; such as --encoding {encoding.CENTRAL}")


def in_its_encoding(session: Session, read: Callable[[str | None], Found], named: str | None) -> Found:
    """What `read` makes of a file in the encoding that was named, else in that which the file tells.

    Where nothing tells it, it is asked. Raises Doubtful where nobody can be asked.
    """
    try:
        return read(named)
    except Doubtful as doubtful:
        if not session.can_ask or len(doubtful.readings) < 2:
            raise
        return read(_asked_encoding(session, doubtful))


def _asked_encoding(session: Session, doubtful: Doubtful) -> str:
    """Which of several readings is right."""
    ask.show(session, [(Span(f"{doubtful.file}, line {doubtful.line}, may be read in two ways:"),)])
    for number, one in enumerate(doubtful.readings, 1):
        ask.show(session, [(Span(f"  {number}  "), Span(one.sample, "bold"), Span(f"   {one.encoding}", "dim"))])
    while True:
        answer = ask.line(session, "Which is right? ").strip()
        if answer in map(str, range(1, len(doubtful.readings) + 1)):
            return doubtful.readings[int(answer) - 1].encoding
