"""The one question beside a client's call: which of the things that are open it has settled, each by its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

from clientfolder.cli.output.terminal import Line, Span, Window, fitted, one_line, width
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dossier.changes import Edit
from clientfolder.dossier.types import Cover, Dossier, Rating
from clientfolder.errors import Ambiguous, Misused, Refused
from clientfolder.tuples import NamedTuple

INDENT = "   "
YES, NO = ("y", "yes"), ("n", "no")

# Lines of the client's sheet that change, on what it says when it is written. Raises Changed where that has changed.
EditsOf = Callable[[Dossier], tuple[Edit, ...]]


class Settled(NamedTuple):
    """What was said of one open thing: a slip that is done, or what changes on the sheet, and what is told of that.

    `rating`: how content they are, which is of no thing, and stands in the entry.
    """

    done: Cover | None = None
    edits: EditsOf | None = None
    told: Sequence[Line] = ()
    rating: Rating | None = None


class OpenThing(NamedTuple):
    """A thing of the client that is open.

    `takes`: how it is answered behind its number; empty where the number is enough. `settled` reads that; it raises
    Misused, Refused or Ambiguous for what it cannot take.
    """

    words: str
    settled: Callable[[str], Settled]
    takes: str = ""


def ask_also(session: Session, things: Sequence[OpenThing]) -> list[Settled]:
    """Number the things and ask once which are settled; Enter for none. What cannot be read is asked again."""
    if not things:
        return []
    columns = Window.of(session.environment).columns - 1
    ask.show(session, _numbered(things, columns))
    while True:
        answer = ask.line(session, "Also? ").strip()
        if answer.casefold() in ("", *NO):
            return []
        if answer == "?":
            ask.show(session, _forms(things, columns))
            continue
        try:
            rest, rating = rated(answer)
            found = [things[number - 1].settled(said) for number, said in parts(rest, len(things))] if rest else []
            return [*found, *([Settled(rating=rating)] if rating else [])]
        except (Misused, Refused, Ambiguous) as trouble:
            ask.show(session, [(Span(f"{INDENT}{one_line(trouble.message)}.", "dim"),)])


_RATED = re.compile(r"(?:^|[,;])\s*(?:--)?rating[\s=]+([^\s,;]*)\s*(?=$|[,;])", re.IGNORECASE)


def rated(answer: str) -> tuple[str, Rating | None]:
    """The answer without `rating 4`, which may stand in it before or behind things, and the rating.

    Raises Misused for what is no rating.
    """
    found = _RATED.search(answer)
    if found is None:
        return answer, None
    rating = next((one for one in get_args(Rating) if found[1] == str(one)), None)
    if rating is None:
        raise Misused(f'"{found[1]}" is no rating; how content they are is told from 1 to 5, such as: rating 4')
    return (answer[: found.start()] + answer[found.end() :]).strip(" \t,;"), rating


def parts(answer: str, count: int) -> list[tuple[int, str]]:
    """The number of each thing that an answer names, from 1, and what stands behind it: `1 won, 2` is 1 and 2.

    One open thing needs no number. Raises Misused for what is no number of a thing, and for one that stands twice.
    """
    bare = [int(word) for word in re.findall(r"[0-9]{1,4}", answer)]
    if re.fullmatch(r"[0-9]{1,4}([\s,;]+[0-9]{1,4})*", answer) and all(0 < number <= count for number in bare):
        found = [(number, "") for number in dict.fromkeys(bare)]
    else:
        # A comma may also stand in an amount, or in the words that say why: what goes on has a number and is apart.
        pieces = re.split(r"[,;]\s+(?=[0-9]{1,2}(?:[\s,;]|$))", answer) if count > 1 else [answer]
        found = [_part(piece.strip(), count) for piece in pieces]
    numbers = [number for number, _ in found]
    if twice := next((number for number in numbers if numbers.count(number) > 1), None):
        raise Misused(f"{twice} stands there twice")
    return found


def _part(piece: str, count: int) -> tuple[int, str]:
    numbered = re.fullmatch(r"([0-9]{1,2})(?:\s+(.*))?", piece, re.DOTALL)
    if numbered and 0 < int(numbered[1]) <= count:
        return int(numbered[1]), numbered[2] or ""
    if count == 1:
        return 1, "" if piece.casefold() in YES else piece
    raise Misused(f'"{piece}" is none of them; say its number, 1 to {count}, or Enter for none')


def _numbered(things: Sequence[OpenThing], columns: int) -> Iterator[Line]:
    """`1 catalogue, at offer   2 slip: send the mockups`, in as many lines as it takes."""
    line = ""
    for number, thing in enumerate(things, 1):
        part = fitted(f"{number} {one_line(thing.words)}", columns - len(INDENT))
        if line and width(line) + 2 * len(INDENT) + width(part) > columns:
            yield (Span(INDENT + line, "dim"),)
            line = ""
        line = f"{line}{INDENT}{part}" if line else part
    yield (Span(INDENT + line, "dim"),)


def _forms(things: Sequence[OpenThing], columns: int) -> Iterator[Line]:
    yield (Span(f"{INDENT}What this call has settled, by its number; several with a comma. Enter: none", "dim"),)
    for number, thing in enumerate(things, 1):
        how = f"{number} {thing.takes}".rstrip() if thing.takes else f"{number}: it is done"
        yield (Span(INDENT + fitted(how, columns - len(INDENT)), "dim"),)
    yield (Span(f"{INDENT}rating 4: how content they are, 1 to 5", "dim"),)
