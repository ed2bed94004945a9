"""A dossier that is not yet in the binder: its name looked at, its card filled in, its first date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clientfolder.binder import names
from clientfolder.cli import key_value
from clientfolder.cli.output.terminal import one_line
from clientfolder.cli.session import Session
from clientfolder.dates.phrases import When
from clientfolder.dossier.changes import Change, Edit, Put
from clientfolder.dossier.types import Dossier, Person, Proposal
from clientfolder.errors import Misused, Refused, Warned
from clientfolder.tickler import acts
from clientfolder.tickler.acts import Request


class ShortNames:
    """The short names of all dossiers, upper and lower case taken as one; looked up once for an act on many."""

    def __init__(self, session: Session) -> None:
        there = session.binder.clients()
        self._taken = {client.lower() for client in there}
        # By another command, since the names were compared.
        self.made_meanwhile = {*there}.difference(session.contents.covers.clients)

    def take(self, name: str) -> str:
        """A free one for this name; from now on it is taken."""
        client = names.free(names.short_name(name), self._taken)
        self._taken.add(client)
        return client


def known_names(session: Session) -> dict[str, str]:
    """The short name of the client of each name, as `check_name` compares them."""
    covers = session.contents.covers.contacts
    return {names.same(name): client for client, name in zip(covers.clients, covers.names, strict=True)}


def check_name(known: Mapping[str, str], name: str, *, again: bool) -> None:
    """Raises Refused for an empty name, and for one that a dossier has already."""
    if not one_line(name):
        raise Refused("A dossier has a name: cf new Anna Kowalska")
    other = None if again else known.get(names.same(name))
    if other is not None:
        raise Refused(
            f"There is a dossier of that name: {other}. A second one of the same name: --again", candidates=(other,)
        )


def check_contact(session: Session, dossier: Dossier, to: When | None, request: Request) -> None:
    """Raises Refused where something is said of a next contact, and there will be none."""
    if to is None and request != Request() and session.every(dossier.cover) is None:
        raise Refused(f"{dossier.name} has no next contact that this could be about; say when: -n fri")


def check_again(session: Session, short_names: ShortNames, name: str) -> None:
    """The same look under the lock, at the one dossier that another command could have made meanwhile."""
    client = names.short_name(name)
    is_new = client in short_names.made_meanwhile
    if is_new and names.same(session.binder.read(client).dossier.name) == names.same(name):
        raise Refused(f"There is a dossier of that name by now: {client}", candidates=(client,))


def drafted(
    session: Session, name: str, assignments: Sequence[key_value.Assignment], to: When | None, request: Request,
    short_names: ShortNames, *, again: bool = False,
) -> tuple[Dossier, Change]:  # fmt: skip
    """A dossier that is not yet in the binder, and the Change that it makes; without a WHEN by the rhythm."""
    if any(assignment.key == "name" for assignment in assignments):
        raise Misused("The name stands before the first KEY=, and once")
    dossier = filled_in(Dossier("", name), key_value.edits(assignments, None))
    client = short_names.take(name)
    if not again:
        check_again(session, short_names, name)
    dossier, proposal = first_date(session, dossier._replace(client=client), to, request)
    return dossier, Change(client, name, None, dossier.next, (), f"New: {name}", proposal)


def first_date(
    session: Session, dossier: Dossier, to: When | None, request: Request
) -> tuple[Dossier, Proposal | None]:
    """A new dossier with its first date: the WHEN, the one that it has, or by the rhythm; none is a warning."""
    if to:
        return dossier._replace(next=acts.first_contact(to, request)), None
    if dossier.next or dossier.resting is not None:
        return dossier, None
    if every := session.every(dossier.cover):
        planning = session.planning(dossier.cover)
        proposal = planning.room.proposed(every, session.day, session.day, planning.not_on)
        session.take_room(proposal.on, request.kind or "call")
        return dossier._replace(next=acts.first_contact(When(proposal.on), request, how="rhythm")), proposal
    check_contact(session, dossier, to, request)
    words = f"{dossier.name} has no date yet; give it one: cf file {dossier.client} fri"
    session.warnings.append(Warned("no_date", words))
    return dossier, None


def filled_in(dossier: Dossier, edits: Sequence[Edit]) -> Dossier:
    """The dossier with what the assignments say."""
    root: dict[str, Any] = {}
    on_card: dict[str, Any] = {}
    people: dict[str, dict[str, str]] = {}
    for edit in edits:
        if not isinstance(edit, Put):
            continue
        if edit.path[0] == "card":
            on_card[str(edit.path[1])] = edit.value
        elif edit.path[0] == "people":
            people.setdefault(str(edit.path[1]), {})[str(edit.path[2])] = edit.value
        elif edit.path[0] != "name":
            root[str(edit.path[0])] = tuple(edit.value) if isinstance(edit.value, list) else edit.value
    persons = {}
    for key, said in people.items():
        known = {name: value for name, value in said.items() if name in ("name", "phone", "email")}
        persons[key] = Person(**known, more={name: value for name, value in said.items() if name not in known})
    return dossier._replace(**root, card=on_card, people=persons)
