"""Which dossiers the words and options of `list`, `move`, `export` and `print` choose: where they lie, and marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clientfolder.binder.index import lookup
from clientfolder.cli.session import Session
from clientfolder.dates import phrases, ranges
from clientfolder.dates.grammar import Ground
from clientfolder.dates.vocabulary import Refusal
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover
from clientfolder.errors import PhraseRefused
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import lying_at, lying_in, lying_within
from clientfolder.tuples import NamedTuple


class Marks(NamedTuple):
    """What else is asked of the dossiers that a list has, besides where they lie; each as its option was typed."""

    tag: str | None = None
    agreed: bool = False
    silent_since: str | None = None
    drifting: bool = False
    dodged: bool = False
    first: bool = False


def chosen(session: Session, words: Sequence[str] | None, marks: Marks) -> Covers:
    """The dossiers that lie where the words say, anywhere without words, and have all the marks."""
    covers = session.contents.covers

    def is_drifting_today(cover: Cover) -> bool:
        return desk.is_drifting(cover, session.day)

    if words:
        covers = lying_there(session, " ".join(words), or_when=True)
    if (tag := marks.tag) is not None:
        covers = covers.where(lambda cover: tag.casefold() in (known.casefold() for known in cover.tags))
    if marks.agreed:
        covers = covers.where(lambda cover: cover.next is not None and cover.next.agreed)
    if marks.silent_since is not None:
        since = _since(marks.silent_since, session.day)
        covers = covers.contacts.where(lambda cover: cover.last_contact is None or cover.last_contact < since)
    for wanted, is_so in (
        (marks.drifting, is_drifting_today), (marks.dodged, desk.is_dodged), (marks.first, desk.is_first_call)
    ):  # fmt: skip
        covers = covers.where(is_so) if wanted else covers
    return covers


def asks_for_resting(words: Sequence[str] | None) -> bool:
    """Whether those at rest are asked for by name; else a list has none of them."""
    return words is not None and slots.parse(" ".join(words)) == slots.Inserts((slots.RESTING,))


def lying_there(session: Session, said: str, *, or_when: bool = False) -> Covers:
    """What lies in a slot or a range of them; where a WHEN may stand too, also on that day or in those days."""
    inserts = slots.parse(said) if or_when else slots.must_parse(said)
    day, covers = session.day, session.contents.covers
    if inserts is not None:
        return lying_in(covers, inserts, day)
    if ranges.is_range(said):
        return lying_within(covers, ranges.read(said, session.workspace.ground()))
    try:
        found = phrases.read(said, session.workspace.ground())
    except PhraseRefused as refused:
        if or_when and lookup.candidates(covers, said):
            raise PhraseRefused(f'"{said}" is a client, and no day or insert', then=("show", said)) from refused
        raise
    if found.time or said.rstrip(" \t").endswith("!"):
        raise PhraseRefused(f'"{said}" says more than a day or a month, and a list is of a whole one')
    return lying_at(covers, found.on)


def _since(ago: str, day: date) -> date:
    """The day that `90d` ago was; a day looked back at, such as 2026-05-01, does too."""
    try:
        return phrases.looked_back(f"{ago} ago", Ground(day))[0]
    except Refusal:
        return phrases.look_back(ago, day)[0]
