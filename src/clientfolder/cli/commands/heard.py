"""What a client asked, complained of or rated beside what happened: of a command line, or in front of a typed line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from clientfolder.cli.output.terminal import Line, Span, Window, one_line, row
from clientfolder.cli.output.words import day_of_log, day_short
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dossier import concerns
from clientfolder.dossier.changes import Edit, Put
from clientfolder.dossier.concerns import Complaint, State
from clientfolder.dossier.types import COMPLAINT, QUESTION, Cover, Dossier, Entry, Rating
from clientfolder.errors import Ambiguous, Changed, Misused, Refused
from clientfolder.text import comparable, place_of_number
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.cli.prompts.also import EditsOf

# The words that may stand in front of a line that is typed, and say what kind of entry it is.
IN_FRONT = (QUESTION, COMPLAINT, "mail", "meeting", "visit", "note")


# What came of a complaint, by the keys of its entry: days and texts.
Steps = dict[str, Any]


class Heard(NamedTuple):
    """What was heard beside what happened: in the order in which it was said, each with its kind.

    `rating`: how content they are. `remedied`: this entry is what puts a complaint right.
    """

    said: tuple[tuple[str, str], ...] = ()
    rating: Rating | None = None
    remedied: bool = False

    @classmethod
    def of(cls, question: str | None, complaint: str | None, rating: str | None, remedied: bool) -> Heard:
        """What the options of a command line say. Raises Misused for what is no rating."""
        said = ((COMPLAINT, complaint), (QUESTION, question))
        return cls(tuple((kind, words) for kind, words in said if words), rating_of(rating), remedied)

    @property
    def is_enough(self) -> bool:
        """Whether there is an entry of it, also where nothing else happened."""
        return bool(self.said) or self.rating is not None

    def entries(self, entry: Entry | None, blank: Entry) -> list[Entry]:
        """The entry, if anything happened, and behind it those of what was heard; a rating stands in one of them.

        Questions stand last: nothing that was said in the same call has answered them. `blank`: an entry of that
        moment.
        """
        found = [] if entry is None else [entry]
        by_kind = sorted(self.said, key=lambda one: one[0] == QUESTION)
        found += [blank._replace(kind=kind, text=text) for kind, text in by_kind]
        return found if self.rating is None else rated(found or [blank], self.rating)


def rated(entries: Sequence[Entry], rating: Rating) -> list[Entry]:
    """The entries of one call with the rating in that of the complaint, else in the first."""
    place = next((place for place, one in enumerate(entries) if one.kind == COMPLAINT), 0)
    return [one._replace(rating=rating) if at == place else one for at, one in enumerate(entries)]


def rating_of(typed: str | None) -> Rating | None:
    """The rating that was typed. Raises Misused for what is none."""
    found = next((rating for rating in get_args(Rating) if typed is not None and typed.strip() == str(rating)), None)
    if typed is not None and found is None:
        raise Misused(f'"{typed}" is no rating; how content they are is told from 1 to 5, such as: --rating 4')
    return found


def split(text: str) -> tuple[str | None, str]:
    """The kind that a line names in front, as in `question: is it encrypted?`, and the rest of it."""
    word, colon, rest = text.partition(":")
    kind = word.strip().casefold()
    return (kind, rest.strip()) if colon and kind in IN_FRONT and rest.strip() else (None, text)


# Complaints ---------------------------------------------------------------------------------------------


def open_complaint(
    session: Session, cover: Cover, words: str = "", *, closed: bool = False, newest: bool = False
) -> Complaint:
    """The complaint that is meant: the only one that is open, or that holds the words, else the one that is chosen.

    `closed`: also one that is put right but not mended, and with words one that is done with. `newest`: where there is
    none of them, the newest that is done with. Raises Refused where there is none, Ambiguous where several fit and
    nobody can be asked.
    """
    of_client = concerns.of_cover(cover, session.day).complaints
    wanted_states = (State.OPEN, State.TO_MEND) if closed else (State.OPEN,)
    found = [one for one in of_client if one.state_on(session.day) in wanted_states]
    if words:
        wanted = comparable(words).split()
        fit = [one for one in of_client if all(word in comparable(one.entry.text) for word in wanted)]
        found = [one for one in fit if one in found] or (fit if closed else [])
    if not found and newest and not words:
        # Nothing is to be done any more; the newest tells how it ended.
        found = list(of_client[-1:])
    if not found:
        what = f'no complaint that says "{words}"' if words else "no complaint that is open"
        raise Refused(f"{cover.name} has {what}. To write one down", then=("log", cover.client, "--complaint", "..."))
    return found[0] if len(found) == 1 else _choose(session, cover, found)


def _choose(session: Session, cover: Cover, found: Sequence[Complaint]) -> Complaint:
    listed = "; ".join(f"{day_of_log(one.entry.day, session.day)} {one_line(one.entry.text)}" for one in found)
    message = f"{cover.name} has several complaints: {listed}. Say some words of one"
    several = Ambiguous(message, candidates=(cover.client,))
    if not session.can_ask:
        raise several
    ask.show(
        session,
        [(Span(f"{number:4}  "), Span(complaint_words(one, session.day))) for number, one in enumerate(found, 1)],
    )
    answer = ask.line(session, "Which? ").strip()
    if (place := place_of_number(answer, len(found))) is not None:
        return found[place]
    raise several


def complaint_words(complaint: Complaint, day: date) -> str:
    """`12 Jun  2 of 5: Two of twelve parcels broke.`"""
    rating = f"{complaint.entry.rating} of 5: " if complaint.entry.rating is not None else ""
    return f"{day_of_log(complaint.entry.day, day)}  {rating}{one_line(complaint.entry.text)}"


def steps_written(dossier: Dossier, complaint: Complaint, steps: Steps) -> tuple[Edit, ...]:
    """The lines that are added to the entry of a complaint. Raises Changed where that is gone."""
    place = concerns.place_of(dossier.log, complaint.entry)
    if place is None:
        raise Changed("The complaint was changed meanwhile; nothing was written")
    return tuple(Put(("log", place, key), value) for key, value in steps.items())


def put_right(complaint: Complaint, entry: Entry) -> EditsOf:
    """What an entry that is the remedy adds to the complaint."""
    steps: Steps = {"remedied": entry.day}
    if complaint.entry.remedy is None and entry.text:
        steps["remedy"] = entry.text
    return lambda dossier: steps_written(dossier, complaint, steps)


# Told ---------------------------------------------------------------------------------------------------


def answers(session: Session, before: Cover, after: Cover | None) -> list[Line]:
    """Which questions have got their answer: `answers her question of Tue 14 Jul`."""
    waiting = concerns.of_cover(before, session.day).waiting(session.day)
    if not waiting or after is None:
        return []
    still = [one.entry for one in concerns.of_cover(after, session.day).waiting(session.day)]
    return [
        quoted_line(
            session, f"   answers her question of {day_short(one.entry.day, session.day)}: ", one_line(one.entry.text)
        )
        for one in waiting
        if one.entry not in still
    ]


def quoted_line(session: Session, told: str, said: str) -> Line:
    """What is told, and behind it what somebody said, safe for a terminal; cut where that has no room for it."""
    window = Window.of(session.environment)
    line = Span(told), Span(said, "dim")
    return line if window.rows is None else row(line, columns=window.columns)
