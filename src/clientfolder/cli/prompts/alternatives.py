"""The questions that an act may raise, each answered with one key: a day that is full, a client put off again and
again, one that is never reached. In a script they are warnings."""

from __future__ import annotations

import re
from datetime import date

from clientfolder.binder.index.lookup import person_key
from clientfolder.cli.output.terminal import Span, one_line
from clientfolder.cli.output.words import day_short, held_words
from clientfolder.cli.prompts import ask
from clientfolder.cli.prompts.keys import forget_keys, pressed
from clientfolder.cli.session import Session
from clientfolder.dates import rhythm
from clientfolder.dates.phrases import When
from clientfolder.dates.rhythm import Rhythm
from clientfolder.dossier.changes import Edit, Put
from clientfolder.dossier.phones import numbers
from clientfolder.dossier.types import Cover, Dossier, Entry
from clientfolder.errors import Interrupted, Refused, Warned
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request
from clientfolder.tickler.confirmation import Held
from clientfolder.tickler.desk import DODGED_MOVES
from clientfolder.tickler.next_date import Planning, lighter_day
from clientfolder.tuples import NamedTuple

ENTER = ("\r", "\n", " ")


def one_of(session: Session, fact: str, choices: str, keys: str) -> str:
    """The key that was pressed: one of `keys`, or Enter as an empty text; others are not heard.

    Raises Interrupted at Ctrl-C, Refused at the end of the input.
    """
    forget_keys(session)
    ask.show(session, [(Span(fact),), (Span(choices, "dim"),)])
    while True:
        key = pressed(session).lower()
        if key == "\x03":
            raise Interrupted("Interrupted; nothing was written")
        if key in ("", "\x04"):
            raise Refused("The input ended at a question; nothing was written")
        if key in ENTER or key in keys:
            return "" if key in ENTER else key


# A day that is full -----------------------------------------------------------------------------------


def with_room(
    session: Session, cover: Cover, to: When, request: Request, entry: Entry | None = None, after: date | None = None
) -> When:
    """The WHEN; or, where its day is full, the nearest day with room if a key on the terminal takes that.

    A promised day is never asked about. `entry` is a contact that is just being logged; no day up to `after` is taken.
    """
    if isinstance(to.on, date) and not (to.agreed or request.agreed) and session.can_ask:
        planning = session.planning(cover, request.kind or acts.usual_kind(cover))
        lies_there = cover.next is not None and cover.next.on == to.on and cover.resting is None
        if not lies_there and not planning.room.has_room(to.on, planning.weight):
            lighter = lighter_day(cover, to.on, planning, entry, after)
            if lighter and _takes(session, to.on, lighter):
                return When(lighter)
    return to


def _takes(session: Session, on: date, lighter: date) -> bool:
    full, other = day_short(on, session.day), day_short(lighter, session.day)
    room = session.room.capacity.on(on)
    held, there = (held_words(Held(session.load[at], session.room.weight.get(at, 0))) for at in (on, lighter))
    fact = f"{full} holds {held} already, room for {room}; {other} holds {there}."
    return one_of(session, fact, f"[l]ighter: {other}   [Enter] {full}", "l") == "l"


# Put off again and again ------------------------------------------------------------------------------


class Instead(NamedTuple):
    """What is done instead: `call` now, another `rhythm`, `rest` for a reason, another `number` or `person`."""

    what: str
    text: str = ""
    rhythm: Rhythm | None = None
    person: str | None = None

    def edits(self, dossier: Dossier) -> tuple[Edit, ...]:
        """What changes on the sheet besides; an old number is kept beside the new one."""
        if self.what == "rhythm":
            return (Put(("rhythm",), self.text),)
        if self.what != "number":
            return ()
        old = dossier.card.get("phone")
        names = ("old_phone", *(f"old_phone_{number}" for number in range(2, len(dossier.card) + 3)))
        free = next(name for name in names if name not in dossier.card)
        kept = (Put(("card", free), old),) if old not in (None, self.text) else ()
        return (Put(("card", "phone"), self.text), *kept)


def dodging(session: Session, cover: Cover) -> Instead | None:
    """At the third move after the day had come: what else; None to put off all the same. In a script it warns.

    A slip is only put off.
    """
    if cover.is_slip or cover.moves < DODGED_MOVES - 1 or not acts.has_come(cover, session.day):
        return None
    if not session.can_ask:
        message = f"{cover.name}: put off {cover.moves + 1}x; call now, another rhythm (cf set), or rest (cf rest)?"
        session.warnings.append(Warned("dodged", message))
        return None
    fact = f"{one_line(cover.name)} was put off {cover.moves}x since the last contact."
    key = one_of(session, fact, "[c]all now   another [r]hythm   res[t]   [Enter] put off all the same", "crt")
    return {"c": Instead("call"), "": None}[key] if key in ("c", "") else _instead(session, cover, key)


def never_reached(session: Session, cover: Cover, again: date) -> Instead | None:
    """After the last rung of the ladder: what else; None to try again on that day. In a script it warns."""
    count = cover.attempts + 1
    if not session.can_ask:
        message = f"{cover.name}: not reached {count}x; another number or person, a slower rhythm, or rest?"
        session.warnings.append(Warned("attempts", message))
        return None
    fact = f"{one_line(cover.name)} was not reached {count} times."
    choices = f"another [n]umber or person   slower [r]hythm   res[t]   [Enter] again {day_short(again, session.day)}"
    key = one_of(session, fact, choices, "nrt")
    return None if not key else _instead(session, cover, key)


def _instead(session: Session, cover: Cover, key: str) -> Instead:
    if key == "t":
        return Instead("rest", _asked(session, "Why? "))
    if key == "n":
        return _other_number(session, cover)
    every = session.every(cover)
    hint = f" (now {every})" if every else ""
    while True:
        text = _asked(session, f"Which rhythm{hint}? ")
        if found := rhythm.parse(text):
            return Instead("rhythm", text, found)
        ask.show(
            session, [(Span(f'"{text}" is no rhythm. It would work like this: {rhythm.EXAMPLE}, or 4-6 weeks', "dim"),)]
        )


def _other_number(session: Session, cover: Cover) -> Instead:
    """A person of the client's, or a number."""
    known = [f"{person.name or key} {person.phone or ''}".strip() for key, person in cover.people.items()]
    if known:
        ask.show(session, [(Span(f"There: {', '.join(map(one_line, known))}", "dim"),)])
    typed = _asked(session, "Number or person? ")
    if numbers(typed) or re.fullmatch(r"[0-9 ()+/.-]{5,}", typed):
        return Instead("number", typed)
    return Instead("person", typed, person=person_key(cover, typed))


def _asked(session: Session, question: str) -> str:
    text = ask.line(session, question).strip()
    if not text:
        raise Refused("Nothing was typed, and nothing was written")
    return text


def by_other_rhythm(session: Session, cover: Cover, every: Rhythm) -> When:
    """The day of another rhythm, counted from today: the client was asked for enough as it was."""
    planning: Planning = session.planning(cover)
    return When(planning.room.proposed(every, session.day, session.day, planning.not_on).on)
