"""A dossier that is not yet in the binder: its name looked at, its card filled in, its first date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from clientfolder import clearing
from clientfolder.binder import names
from clientfolder.change import Change, Edit, Put
from clientfolder.clearing import Details
from clientfolder.cli import card
from clientfolder.cli.counter import Counter
from clientfolder.cli.paper import one_line
from clientfolder.covers import Covers
from clientfolder.dossier import Dossier, Next, Person
from clientfolder.errors import Misused, Refused, Warned
from clientfolder.when import When


def check_name(counter: Counter, name: str, *, again: bool) -> None:
    """Raises Refused for an empty name, and for one that a dossier has already."""
    if not one_line(name):
        raise Refused("A dossier has a name: cf new Anna Kowalska")
    other = None if again else of_that_name(counter.contents.covers, name)
    if other is not None:
        raise Refused(
            f"There is a dossier of that name: {other}. A second one of the same name: --again", candidates=(other,)
        )


def _check_again(counter: Counter, name: str) -> None:
    """The same look under the lock, at the one dossier that another command could have made meanwhile."""
    client = names.short_name(name)
    is_new = client not in counter.contents.covers.clients and client in counter.binder.clients()
    if is_new and same_name(counter.binder.sheet(client).dossier.name, name):
        raise Refused(f"There is a dossier of that name by now: {client}", candidates=(client,))


def of_that_name(covers: Covers, name: str) -> str | None:
    """The short name of a client of that name, if there is one."""
    named = zip(covers.clients, covers.names, strict=True)
    return next((client for client, other in named if same_name(other, name)), None)


def same_name(one: str, other: str) -> bool:
    return names.same(one) == names.same(other)


def drafted(
    counter: Counter, name: str, assignments: Sequence[card.Assignment], to: When | None, details: Details,
    taken: Iterable[str] = (),
    again: bool = False,
) -> tuple[Dossier, Change]:  # fmt: skip
    """A dossier that is not yet in the binder, and the Change that it makes; without a WHEN by the rhythm.

    `taken`: short names that others of the same act have already.
    """
    if any(assignment.key == "name" for assignment in assignments):
        raise Misused("The name stands before the first KEY=, and once")
    dossier = filled_in(Dossier("", name), card.edits(assignments, None))
    client = counter.clerk.free_name(name, also_taken=taken)
    if not again:
        _check_again(counter, name)
    every = counter.every(dossier.cover)
    contact: Next | None = None
    if to:
        contact = clearing.first_contact(to, details)
    elif every:
        due = every.due(counter.day, counter.day, counter.office.settings.working)
        contact = clearing.first_contact(When(due), details, how="rhythm")
    elif details != Details():
        raise Refused(f"{name} has no next contact that this could be about; say when: -n fri")
    else:
        counter.warnings.append(Warned("no_date", f"{name} has no date yet; give it one: cf file {client} fri"))
    dossier = dossier._replace(client=client, next=contact)
    return dossier, Change(client, name, None, contact, (), f"New: {name}")


def filled_in(dossier: Dossier, edits: Sequence[Edit]) -> Dossier:
    """The dossier with what the assignments say."""
    root: dict[str, Any] = {}
    on_card: dict[str, Any] = {}
    people: dict[str, dict[str, str]] = {}
    for edit in edits:
        if not isinstance(edit, Put):
            continue
        if edit.path[0] == "card":
            on_card[edit.path[1]] = edit.value
        elif edit.path[0] == "people":
            people.setdefault(edit.path[1], {})[edit.path[2]] = edit.value
        elif edit.path[0] != "name":
            root[edit.path[0]] = tuple(edit.value) if edit.path[0] == "tags" else edit.value
    persons = {}
    for key, said in people.items():
        known = {name: value for name, value in said.items() if name in ("name", "phone", "email")}
        persons[key] = Person(**known, more={name: value for name, value in said.items() if name not in known})
    return dossier._replace(**root, card=on_card, people=persons)
