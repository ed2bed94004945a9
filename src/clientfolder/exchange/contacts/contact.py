"""One contact as a card or a row says it, whatever program wrote that; and how it is gathered, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from clientfolder.binder.names import key_of_label
from clientfolder.dossier import phones, schema
from clientfolder.dossier.types import Next
from clientfolder.exchange.columns import SEVERAL
from clientfolder.text import cleaned, comparable
from clientfolder.tuples import NamedTuple

LONGEST = 100_000
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\x85")
# What a title before a name says of how to speak to somebody; degrees are a part of the name.
_ADDRESSES = (
    "herr herrn frau fraulein mr mrs ms miss mx mister sir madam pan pani panu slecna sl p dhr mevr mw monsieur "
    "madame mademoiselle mme mlle signor signora signorina sig sra srta senor senora senorita fru hr dame"
)
_SALUTATIONS = frozenset(_ADDRESSES.split())
# System groups of address books, which say nothing of anybody.
_NO_TAGS = frozenset({"mycontacts", "starred", "starredinandroid"})
# Keys with a meaning above the tables, which no card has.
_ABOVE = frozenset({*schema.TABLES, *(row.name for row in schema.TABLES[""].rows), "next"})


def without_controls(text: str) -> str:
    """The text without control, bidi and zero-width characters; its line ends are LF."""
    if text.isprintable():
        return text
    return cleaned(_LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same, with single blanks between words."""
    return " ".join(without_controls(text).split())


def block(text: str) -> str:
    """The same, on the lines that it has."""
    return "\n".join(line.rstrip() for line in without_controls(text).replace("\t", " ").split("\n")).strip()


def tag_of(text: str) -> str:
    """A category as a tag: small letters, blanks to `-`; empty for a group that an address book keeps by itself."""
    tag = re.sub(r"[\s,;]+", "-", one_line(text).removeprefix("* ").casefold()).strip("-")
    return "" if tag.replace("-", "").removeprefix("systemgroup:") in _NO_TAGS else tag


class Value(NamedTuple):
    """One of several phones, mails, addresses ... of a contact. `label` as in `phone_work`; `key`: the whole key, where
    the file says it."""

    text: str
    label: str = ""
    key: str | None = None


class Reported(NamedTuple):
    """Something that is not taken: of which kind, and the value where it is one to look at."""

    kind: str
    value: str | None = None


class Someone(NamedTuple):
    """A person at a client, or the client: what stands in a table of the dossier.

    `several`: by the key of the first (`phone`), in their order. `card`: all other keys; of cf's own files all, in the
    order of the file.
    """

    name: str | None = None
    several: Mapping[str, tuple[Value, ...]] = {}
    card: Mapping[str, str] = {}
    is_own: bool = False

    def table(self) -> dict[str, str]:
        """What stands in a table of their own."""
        return dict(self.card) if self.is_own else ordered(self.several, self.card)

    def values(self) -> Iterator[tuple[str, Value]]:
        """Each value with the key that the first of its kind has."""
        for family, values in self.several.items():
            yield from ((family, value) for value in values)
        for key, text in self.card.items():
            yield family_of(key) or key, Value(text, label_of(key), key)


class Contact(NamedTuple):
    """A contact that was read. `line`: of its BEGIN, or of the first line of its row.

    `client` and `person`: whom cf's own file says that it is. `is_nameless`: it is called by its mail or number.
    `root`: keys above the tables. `next`: the next contact, as a table says it. `categories`: as they were written.
    """

    line: int
    name: str
    company: str | None
    who: Someone
    people: Mapping[str, Someone] = {}
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    root: Mapping[str, Any] = {}
    next: Next | None = None
    client: str | None = None
    person: str | None = None
    is_nameless: bool = False
    not_taken: tuple[Reported, ...] = ()


class BadContact(NamedTuple):
    """A card or a row that cannot be taken, and why; `is_left`: nothing is wrong with it, but it is of nobody."""

    line: int
    why: str
    name: str | None = None
    is_left: bool = False


class NoName(ValueError):
    """Nothing in a card or a row tells whose it is."""


class Gathering:
    """A contact while it is read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.full_name = ""
        self.name_parts: tuple[str, str, str, str, str] = ("", "", "", "", "")
        self.company = ""
        self.is_company = False
        self.several: dict[str, list[tuple[int, Value]]] = {}
        self.card: dict[str, str] = {}
        self.people: dict[str, Someone] = {}
        self.categories: list[str] = []
        self.root: dict[str, Any] = {}
        self.next: Next | None = None
        self.client: str | None = None
        self.person: str | None = None
        self.reported: list[Reported] = []

    # Taking ---------------------------------------------------------------------------------------------

    def report(self, kind: str, value: str | None = None) -> None:
        self.reported.append(Reported(kind, value))

    def _is_too_long(self, key: str, text: str) -> bool:
        if len(text) > LONGEST:
            self.report(key, f"{one_line(text[:60])}… ({len(text):,} characters)")
        return len(text) > LONGEST

    def add(self, key: str, text: str, label: str = "", *, preference: int = 101, whole: str | None = None) -> None:
        """One more phone, mail, address ...; what is there already, however spelt, is there once."""
        text = one_line(text)
        if not text or self._is_too_long(whole or key, text):
            return
        if key == "email" and whole is None and ("@" not in text or text.casefold().startswith("/o=")):
            self.report(key, text)
            return
        there = self.several.setdefault(key, [])
        for place, (rank, value) in enumerate(there):
            if whole is None and is_same(key, value.text, text):
                there[place] = (min(rank, preference), value)
                return
        there.append((preference, Value(text, label, whole)))

    def keep(self, key: str, text: str, *, is_block: bool = True) -> None:
        """A text under its own key; another one that would be there too stands under the next key."""
        text = block(text) if is_block else one_line(text)
        if not text or not key or self._is_too_long(key, text):
            return
        if key in _ABOVE or key in SEVERAL:
            key = f"own_{key}"
        free, number = key, 2
        while free in self.card and self.card[free] != text:
            free, number = f"{key}{number}", number + 1
        self.card[free] = text

    def categorise(self, *names: str) -> None:
        self.categories += [name for name in map(one_line, names) if name]

    def add_person(self, key: str, name: str, **values: str) -> None:
        several = {family: (Value(text),) for family, text in values.items() if family in SEVERAL and text}
        card = {other: text for other, text in values.items() if other not in SEVERAL and text}
        self.people[free_key(key or "person", self.people)] = Someone(name or None, several, card)

    # Made -----------------------------------------------------------------------------------------------

    def contact(self) -> Contact:
        """The contact that it is. Raises NoName where nothing tells a name."""
        company = one_line(self.company)
        name = one_line(self.full_name) or self._composed_name()
        parted = " ".join(part for part in (self.name_parts[1], self.name_parts[3]) if part)
        if company and (self.is_company or comparable(name) == comparable(company)):
            other = name if comparable(name) != comparable(company) else ""
            self._put_in_person(parted or other, company)
            name, company = company, ""
        is_nameless = False
        if not name:
            name, company = company, ""
        if not name:
            name = self._name_of_person()
        if not name:
            first = [self._first(key) for key in ("email", "phone", "fax", "pager")]
            name, is_nameless = next(filter(None, first), ""), True
        if not name:
            raise NoName("no name, company, person, mail or number tells who this is")
        ranked = {key: _first_first(key, values) for key, values in self.several.items()}
        tags = tuple(dict.fromkeys(filter(None, map(tag_of, self.categories))))
        return Contact(
            self.line, name, company or None, Someone(None, ranked, self.card), self.people, tags,
            tuple(self.categories), self.root, self.next, self.client, self.person, is_nameless, tuple(self.reported),
        )  # fmt: skip

    def _composed_name(self) -> str:
        """The parts of a name in reading order, a salutation taken out of them."""
        prefix, given, middle, family, suffix = self.name_parts
        if not (given or middle or family):
            return ""
        words = prefix.split()
        said = [word for word in words if comparable(word).strip(".") in _SALUTATIONS]
        if said:
            self.keep("salutation", " ".join(said))
        prefix = " ".join(word for word in words if word not in said)
        return one_line(" ".join(part for part in (prefix, given, middle, family, suffix) if part))

    def _put_in_person(self, name: str, company: str) -> None:
        """Who stands on the card of a company is a person there."""
        if name and comparable(name) != comparable(company):
            self.add_person(key_of_label(self.name_parts[1] or name.split()[0]), one_line(name))

    def _name_of_person(self) -> str:
        """The name of the first person; one of whom nothing else is known is the client."""
        for key, person in self.people.items():
            if person.name:
                if not person.several and not person.card:
                    self.people = {other: one for other, one in self.people.items() if other != key}
                return person.name
        return ""

    def _first(self, key: str) -> str:
        values = sorted(self.several.get(key, []), key=lambda ranked: ranked[0])
        return values[0][1].text if values else ""


def _first_first(key: str, values: list[tuple[int, Value]]) -> tuple[Value, ...]:
    """The preferred one first, and the others as they stood."""
    best = min(range(len(values)), key=lambda place: values[place][0]) if values else 0
    if key in ("fax", "pager"):
        best = 0
    return tuple(value for _, value in (*values[best : best + 1], *values[:best], *values[best + 1 :]))


@lru_cache(maxsize=1 << 16)
def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text, as `phones.numbers` has them; the same texts are asked about again and again."""
    return tuple(phones.numbers(text))


def is_same(key: str, one: str, other: str) -> bool:
    """Whether two values of such a key are one, however they are spelt."""
    if one == other:
        return True
    if key in ("phone", "fax", "pager"):
        ours, theirs = numbers_in(one), numbers_in(other)
        if ours and theirs:
            return all(any(phones.same_number(number, mine) for mine in ours) for number in theirs)
    return comparable(one) == comparable(other)


_OF_SEVERAL = re.compile(rf"({'|'.join(SEVERAL)})(?:_(.+)|\d+)?")


@lru_cache(maxsize=1 << 10)
def family_of(key: str) -> str | None:
    """The key of the first, of `phone_work` or `phone2`; None for a key of which there is one."""
    found = _OF_SEVERAL.fullmatch(key)
    return found[1] if found else None


def label_of(key: str) -> str:
    """`work`, of `phone_work`."""
    found = _OF_SEVERAL.fullmatch(key)
    return (found[2] or "") if found else ""


def free_key(key: str, taken: Iterable[str]) -> str:
    """The key, or with the first number that is free: `work`, `work2`."""
    found, number = key, 2
    while found in taken:
        found, number = f"{key}{number}", number + 1
    return found


def next_key(family: str, label: str, taken: Iterable[str]) -> str:
    """The key of one more value: `phone_work`, without a label `phone2`."""
    if label:
        return free_key(f"{family}_{label}", taken)
    number = 2
    while f"{family}{number}" in taken:
        number += 1
    return f"{family}{number}"


# What stands first on a card, and what last.
_FIRST, _LAST = ("role", "department", "phone", "fax", "pager", "email", "web", "address", "birthday"), ("note", "uid")


def ordered(several: Mapping[str, tuple[Value, ...]], card: Mapping[str, str]) -> dict[str, str]:
    """The keys of a new card with their values, in the order of a card."""
    found: dict[str, str] = {}
    for family in _FIRST:
        for value in several.get(family, ()):
            key = value.key or (family if family not in found else next_key(family, value.label, found))
            found[key] = value.text
        if family in card:
            found[family] = card[family]
    middle = {key: text for key, text in card.items() if key not in (*_FIRST, *_LAST)}
    return found | middle | {key: card[key] for key in _LAST if key in card}
