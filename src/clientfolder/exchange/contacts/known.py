"""Who is in the folder already, by UID, name, mail and number; and which of them a contact may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clientfolder.binder.binder import Binder
from clientfolder.dossier import phones
from clientfolder.dossier.types import Dossier, is_slip
from clientfolder.errors import Trouble
from clientfolder.exchange.contacts.contact import Contact, Someone, numbers_in
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

# Numbers that fit one another have so many last digits in common.
_LAST = phones.LEAST_DIGITS


class Target(NamedTuple):
    """A dossier, or a person in it."""

    client: str
    person: str | None = None


class Match(NamedTuple):
    """Who a contact is: surely, or who it may be, and by what that is told."""

    sure: tuple[Target, ...] = ()
    maybe: tuple[Target, ...] = ()
    why: str = ""


class Signs(NamedTuple):
    """By what somebody is known."""

    name: str
    uids: frozenset[str]
    mails: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, name: str, values: Iterable[tuple[str, object]]) -> Signs:
        """`values`: keys of a card with what stands there."""
        uids, mails, numbers = set(), set(), set()
        for key, value in values:
            if key == "uid":
                uids.add(str(value).casefold().removeprefix("urn:uuid:"))
            elif key.startswith("email"):
                mails |= {mail for mail in re.split(r"[\s,;]+", str(value).casefold()) if mail}
            elif key.startswith(("phone", "fax")):
                numbers |= {*(numbers_in(value) if isinstance(value, str) else phones.numbers(value))}
        return cls(comparable(name), frozenset(uids), frozenset(mails), frozenset(numbers))

    @classmethod
    def of_contact(cls, contact: Contact) -> Signs:
        return cls.of(contact.name, _values(contact.who))

    @property
    def tokens(self) -> Iterator[str]:
        """What a dossier of the same person has one of."""
        yield from (f"n{self.name}", *(f"u{uid}" for uid in self.uids), *(f"m{mail}" for mail in self.mails))
        yield from (f"p{number[-_LAST:]}" for number in self.numbers)


def _values(who: Someone) -> Iterator[tuple[str, object]]:
    yield from ((key, value.text) for key, value in who.values())


class KnownPeople:
    """Who is known: those of the folder, and those whom the act itself has made."""

    def __init__(self) -> None:
        self._names: dict[str, dict[Target, None]] = {}
        self._uids: dict[str, dict[Target, None]] = {}
        self._mails: dict[str, dict[Target, None]] = {}
        self._numbers: dict[str, dict[tuple[str, Target], None]] = {}

    def learn(self, target: Target, signs: Signs) -> None:
        """From now on they are known by these signs too."""
        self._names.setdefault(signs.name, {})[target] = None
        for uid in signs.uids:
            self._uids.setdefault(uid, {})[target] = None
        for mail in signs.mails:
            self._mails.setdefault(mail, {})[target] = None
        for number in signs.numbers:
            self._numbers.setdefault(number[-_LAST:], {})[number, target] = None

    def learn_dossier(self, dossier: Dossier) -> None:
        """A client and the people there."""
        self.learn(Target(dossier.client), Signs.of(dossier.name, dossier.card.items()))
        for key, person in dossier.people.items():
            table = {"phone": person.phone, "email": person.email, **person.more}
            signs = Signs.of(person.name or "", ((name, value) for name, value in table.items() if value))
            self.learn(Target(dossier.client, key), signs)

    def named(self, name: str) -> Target | None:
        """The client of that name, where there is one."""
        return next((target for target in self._names.get(comparable(name), {}) if target.person is None), None)

    def find(self, signs: Signs) -> Match:
        """Who somebody of these signs is: by the UID, or by the name and a mail or a number; or who it may be."""
        by_uid = {target: None for uid in signs.uids for target in self._uids.get(uid, {})}
        if len(by_uid) == 1:
            return Match((*by_uid,), why="the UID")
        by_name = self._names.get(signs.name, {}) if signs.name else {}
        by_mail = {target: None for mail in signs.mails for target in self._mails.get(mail, {})}
        by_number = {
            target: None
            for number in signs.numbers
            for other, target in self._numbers.get(number[-_LAST:], {})
            if phones.same_number(number, other)
        }
        sure = {target: None for target in by_name if target in by_mail or target in by_number}
        if len(sure) == 1 and not by_uid:
            [target] = sure
            return Match((target,), why=f"the name and the {'mail' if target in by_mail else 'number'}")
        if sure or by_uid:
            return Match(maybe=(*(by_uid | sure),), why="several fit")
        for maybe, why in ((by_name, "the name alone"), (by_mail, "the mail, another name"),
                           (by_number, "the number, another name")):  # fmt: skip
            if maybe:
                return Match(maybe=(*maybe,), why=why)
        return Match()


# The folder -------------------------------------------------------------------------------------------

_SIGN = re.compile(
    rb"""\b(name|uid|(?:phone|fax|email)[\w-]*)["']?[ \t]*=[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|(\d+))"""
)
_RECORDS = re.compile(rb"\n[ \t]*\[\[")


class LookUp(NamedTuple):
    """Who of a folder has some signs, their dossiers by short name, and what could not be looked at."""

    known: KnownPeople
    dossiers: dict[str, Dossier]
    unreadable: tuple[Trouble, ...]


def look_up(binder: Binder, wanted: Iterable[Signs]) -> LookUp:
    """Who of the folder has a sign of these. Raises CannotReach.

    No other dossier is parsed: all are looked through as bytes.
    """
    tokens = {token for signs in wanted for token in signs.tokens}

    def holds(raw: bytes) -> bool:
        return not tokens.isdisjoint(_tokens(raw))

    found, unreadable = binder.dossiers(holds)
    dossiers = {dossier.client: dossier for dossier in found if not is_slip(dossier.client)}
    known = KnownPeople()
    for dossier in dossiers.values():
        known.learn_dossier(dossier)
    return LookUp(known, dossiers, unreadable)


def _tokens(raw: bytes) -> Iterator[str]:
    """The signs that may stand in a dossier, read from its bytes; more of them than it has do no harm."""
    records = _RECORDS.search(raw)
    head = raw[: records.start()] if records and b"\n[card" not in raw[records.start() :] else raw
    values = [(key.decode(), _text(quoted, bare or number)) for key, quoted, bare, number in _SIGN.findall(head)]
    yield from (f"n{comparable(value)}" for key, value in values if key == "name")
    signs = Signs.of("", ((key, value) for key, value in values if key != "name"))
    yield from (token for token in signs.tokens if token != "n")


def _text(quoted: bytes, bare: bytes) -> str:
    text = (quoted or bare).decode("utf-8", "replace")
    if "\\" not in text:
        return text
    return re.sub(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", _character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2] or "0", 16)
    return found[3] or (chr(number) if 0 < number < 0x110000 else "")
