"""Who is given to a colleague for some days: the words behind `cf handover DIR` and `cf print handover`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dates import ranges
from clientfolder.dates.calendar import Month
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.vocabulary import MONTH, plain
from clientfolder.dossier.types import Cover, is_slip
from clientfolder.errors import Misused, NoClient, PhraseRefused, Refused, Trouble
from clientfolder.tickler import slots
from clientfolder.tickler.inserts import lying_in
from clientfolder.tuples import NamedTuple


class Going(NamedTuple):
    """The days, the short names of those who go, and the dossiers of which nobody can tell whether they should."""

    days: DateRange
    clients: tuple[str, ...]
    unreadable: tuple[Trouble, ...]


def read(session: Session, words: Sequence[str], command: str) -> Going:
    """Who goes by `DAY..DAY [SELECTION]`; whom a SELECTION does not name need not be readable.

    `command` is what was typed before these words. Raises Misused without days, PhraseRefused, NoClient, and Refused
    where nobody goes.
    """
    days, rest = _days(session, words, command)
    clients = _chosen(session, rest, days)
    if not clients:
        raise Refused(f"Nobody is promised, due or late in those days; name whom: {command} DAY..DAY CLIENT")
    return Going(days, clients, () if rest else session.contents.unreadable)


def _days(session: Session, words: Sequence[str], command: str) -> tuple[DateRange, list[str]]:
    """The days that are named first, and the words behind them; a month right behind them is theirs."""
    refused: PhraseRefused | None = None
    for end in range(len(words), 0, -1):
        try:
            days = ranges.read(" ".join(words[:end]), session.workspace.ground())
        except PhraseRefused as no:
            refused = no
            continue
        if refused and plain(words[end]) in MONTH:
            # Days of that month that cannot be, and no days of another.
            raise refused
        return days, [*words[end:]]
    raise refused or Misused(f"From when to when? Such as: {command} 10..21 aug")


def _chosen(session: Session, said: Sequence[str], days: DateRange) -> tuple[str, ...]:
    """The short names of those who go: clients first, each with all open slips; the owners of slips that go."""
    covers = session.contents.covers
    if said:
        found = [cover.client for cover in _named(session, said)]
    else:
        due = covers.where_due(lambda due: due.on is not None and _first_of(due.on) <= days.last)
        found = due.clients
    owners = [slip.belongs_to for client in found if is_slip(client) and (slip := covers.of_client(client))]
    clients = {*found, *(owner for owner in owners if owner and covers.of_client(owner))}
    slips = {slip.client for slip in covers.slips if slip.belongs_to in clients}
    return tuple(sorted(clients | slips, key=lambda client: (is_slip(client), client)))


def _first_of(on: date | Month) -> date:
    return on.first if isinstance(on, Month) else on


def _named(session: Session, said: Sequence[str]) -> Iterator[Cover]:
    """Those who lie in an insert, or the client, or each of the clients that the words name."""
    inserts = slots.parse(" ".join(said))
    if inserts is not None:
        yield from lying_in(session.contents.covers, inserts, session.day)
        return
    try:
        yield find_client(session, " ".join(said))
    except NoClient:
        if len(said) == 1:
            raise
        yield from [find_client(session, word) for word in said]
