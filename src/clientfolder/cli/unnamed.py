"""A client that there is not, or that is not named: the line in which somebody of this folder is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientfolder.cli import arguments
from clientfolder.cli.other_words import BEFORE_CLIENT, client_ahead, is_when, of_date, of_key
from clientfolder.cli.session import Session
from clientfolder.cli.typed_line import TypedLine
from clientfolder.dossier.types import is_slip
from clientfolder.errors import Misused, NoClient, Trouble
from clientfolder.text import comparable, finger_slips
from clientfolder.tickler import slots

ASKS_FOR_HELP = ("help", "?")
_AND = ("and", "und", "a", "&", "+")
_LAST_STEP = ("last", "it", "that", "step", "1")
_READS = ("show", "edit", "open", "attach", "worth")
_PUTS_OFF = ("snooze", "file")
# Behind the client these take something else.
_TAKES_MORE = ("log", "snooze", "file", "pay", "deal", "rest", "rename", "attach", "open")
# Where all are asked for, another command shows them.
_OF_ALL = ("all", "list", "everyone", "complaint", "complaints", "open")
_SHOWS_ALL = {"show": "list", "deal": "funnel", "care": "care", "worth": "worth"}


def _meant_besides(session: Session, typed: str, candidates: Sequence[str]) -> TypedLine | None:
    """The line that means what these words may name besides a client; None where nothing is known of it."""
    line = session.line
    try:
        command, places = arguments.text_places(line.typed, line.options)
    except Misused:
        return None
    name, words = line.typed[command], [line.typed[place] for place in places]
    count = len(typed.split()) if " ".join(words).startswith(typed) else 0
    if comparable(typed) in ASKS_FOR_HELP:
        return line.to("help", name)
    if name == "show" and (parts := re.split("[./:]", typed, maxsplit=1))[1:] and client_ahead(session, parts) == 1:
        return line.with_word(typed, *parts)
    if name == "undo":
        return None if candidates else line.to("undo" if comparable(typed) in _LAST_STEP else "history")
    if name == "move":
        return _of_several(session, typed, words)
    if typed in _OF_ALL and name in _SHOWS_ALL:
        return line.to(_SHOWS_ALL[name])
    for meant in (_from_a_place, _in_another_order) if count else ():
        if found := meant(session, name, words):
            return found
    return None


def for_nobody(session: Session, refused: NoClient, typed: str) -> NoClient:
    """The error for a client that there is not, with the line that names who or what is meant, where that is known."""
    if both := _one_by_one(session, typed):
        told = f"{typed} are several, and this is of one client"
        return NoClient(told, candidates=refused.candidates, repeat=", or ".join(map(str, both)))
    line = _meant_besides(session, typed, refused.candidates)
    if line is None:
        refused.repeat = _near_client(session, typed, refused.candidates)
        return refused
    told = f'No client is called "{typed}"'
    if line.same_command(session.line):
        return NoClient(told, candidates=refused.candidates, repeat=str(line))
    return NoClient(f"{told}. This would work: {line}", candidates=refused.candidates, repeat="")


def _near_client(session: Session, typed: str, candidates: Sequence[str]) -> str | None:
    """The line with the nearest client, where what was typed is one of its words and a slip of the finger for it."""
    if not candidates or typed not in session.line.typed or len(typed) < _LEAST_OF_NAME:
        return None
    plain = comparable(typed)
    most = 2 if len(plain) >= _MANY_OF_NAME else 1
    near = any(finger_slips(plain, word) <= most for word in (candidates[0], *candidates[0].split("-")))
    return str(session.line.with_word(typed, candidates[0])) if near else None


_LEAST_OF_NAME, _MANY_OF_NAME = 4, 7


def _one_by_one(session: Session, typed: str) -> list[TypedLine]:
    """A line for each of two clients that were named together where one is wanted; empty where they were not."""
    line = session.line
    parts = [part for part in typed.split(",") if part]
    if len(parts) == 2 and typed in line.typed:
        lines = [line.with_word(typed, part) for part in parts]
    else:
        words = [word for word in typed.split() if comparable(word) not in _AND]
        count = client_ahead(session, words, is_sure=True)
        parts = [" ".join(words[:count]), " ".join(words[count:])] if count else []
        lines = [line.with_words_of_text(part.split()) for part in parts] if _is_all(line, typed) else []
    is_each = all(part and client_ahead(session, part.split()) == len(part.split()) for part in parts)
    return lines if is_each and len(parts) == 2 and line.typed[0:1] != ("move",) else []


def _is_all(line: TypedLine, typed: str) -> bool:
    """Whether the words of the line that belong to no option are these and no more."""
    try:
        return " ".join(line.words_of_text) == typed
    except Misused:
        return False


def _from_a_place(session: Session, name: str, words: Sequence[str]) -> TypedLine | None:
    """What lies in a slot or on a day is listed, or moved."""
    line = session.line
    if name in _READS:
        return line.with_said(found[0]) if (found := of_date(session, words)) else None
    if name not in _PUTS_OFF:
        return None
    for count in range(len(words), 0, -1):
        said, when = " ".join(words[:count]), list(words[count:])
        slot = str(session.day.day) if said == "today" else said
        if slots.parse(slot) is not None and (not when or is_when(session, when)):
            return line.with_said(["move", "--from", *slot.split(), "-n", *(when or ["tomorrow"])])
    return None


def _of_several(session: Session, typed: str, words: Sequence[str]) -> TypedLine | None:
    """Several clients at once: without the word between them, or all that lie in the slot that stands for them."""
    line = session.line
    if comparable(typed) in _AND:
        return line.with_word(typed)
    several = [part for part in typed.split(",") if part]
    if len(several) > 1:
        return line.with_word(typed, *several)
    slot = str(session.day.day) if typed == "today" else typed
    return line.with_word(typed, "--from", slot) if len(words) == 1 and slots.parse(slot) is not None else None


def _in_another_order(session: Session, name: str, words: Sequence[str]) -> TypedLine | None:
    """The client first, as the command wants it: without the words before, or with them behind the name."""
    line = session.line
    if name == "show" and (found := of_key(session, words)):
        return line.with_said(found)
    rest = list(words)
    if name == "pay" and len(words) > 2 and re.fullmatch("[A-Z]{3}", words[-2]) and words[-1][-1:].isdigit():
        return line.with_words_of_text([*words[:-2], words[-1], words[-2]])
    while len(rest) > 1 and comparable(rest[0]) in BEFORE_CLIENT:
        rest = rest[1:]
    if len(rest) < len(words) and client_ahead(session, rest):
        return line.with_words_of_text(rest)
    for place in range(1, min(len(words), _MOST_WORDS) if name in _TAKES_MORE else 0):
        if count := client_ahead(session, words[place:], is_sure=True):
            return line.with_words_of_text([*words[place : place + count], *words[:place], *words[place + count :]])
    return None


_MOST_WORDS = 8


def of_places(session: Session, words: Sequence[str]) -> TypedLine | None:
    """The line that moves all that lie in a slot, where that and a WHEN stand as clients: `move late to fri`."""
    rest = [word for word in words if word.casefold() not in ("from", "all")] or list(words)
    for count in range(len(rest) - 1, 0, -1):
        when = rest[count + 1 :] if rest[count].casefold() in ("to", "on", "until") else rest[count:]
        slot = str(session.day.day) if rest[:count] == ["today"] else " ".join(rest[:count])
        if slots.parse(slot) is not None and is_when(session, when):
            return session.line.with_words_of_text(["--from", *slot.split(), "-n", *when])
    return None


def such_as(session: Session, *words: str) -> str:
    """A line that shows how a command is typed, with one of the clients of this folder for the word CLIENT."""
    try:
        desk = [client for client in session.pile.clients if not is_slip(client)]
        known = desk or session.contents.covers.contacts.clients
    except Trouble:
        known = ["anna"]
    if "CLIENT" in words and not known:
        return f"There is no client yet; the first one: {session.line.to('new', 'Anna', 'Kowalska', '-n', 'fri')}"
    return f"Such as: {session.line.to(*(known[0] if word == 'CLIENT' else word for word in words))}"
