"""One row of a table as a contact: what a cell says is told by what its column means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from clientfolder.binder.names import key_of_label
from clientfolder.dates.phrases import When
from clientfolder.dossier import schema
from clientfolder.dossier.types import Next
from clientfolder.errors import Trouble
from clientfolder.exchange import columns, days
from clientfolder.exchange.contacts import shapes
from clientfolder.exchange.contacts.contact import BadContact, Contact, Gathering, NoName, one_line, without_controls
from clientfolder.exchange.contacts.from_vcard import address
from clientfolder.exchange.contacts.own import clock_of
from clientfolder.exchange.contacts.shapes import SILENT, TableShape
from clientfolder.exchange.table_reader import ForeignTable, Row, unwrapped
from clientfolder.tuples import NamedTuple

# A number that a spreadsheet has rounded; its last digits are gone.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FAXES = {"fax": "", "workfax": "", "work_fax": "", "otherfax": "", "homefax": "home", "home_fax": "home"}
_PARTS_OF_ADDRESS = {
    "formatted": "formatted", "street": "street", "extended address": "street", "city": "city", "po box": "box",
    "region": "region", "postal code": "code", "country": "country",
}  # fmt: skip
_GOOGLE_LABELS = {"cell": "mobile", "profile": "", "home_page": "", "homepage": ""}
_PARTS_OF_NAME = ("prefix", "given", "middle", "family", "suffix")
# Of a next contact, beside its day.
_BESIDE_NEXT = ("time", "about", "for", "how", "with")
# What alone makes nobody of a row.
_SAYS_NOBODY = {SILENT, "photo", "tags", "day:connected"}


class Reads(NamedTuple):
    """How a table is read here: the date phrases and kinds of contacts of this folder, and `day_first`."""

    when: Callable[[str], When]
    check_kind: Callable[[str], None]
    day_first: bool | None


class MeantTable(NamedTuple):
    """A table, and what each of its columns means; `said`: the keys that somebody has named, by their columns."""

    table: ForeignTable
    shape: TableShape
    meanings: tuple[str | None, ...]
    said: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """The columns by which it is found again; of a table without a header a blank for each."""
        return list(self.table.header) or [""] * len(self.meanings)


class _Cell(NamedTuple):
    """A cell that holds something: the number of its column, what that means, such as `phone:home`, and the text."""

    number: int
    meaning: str
    text: str

    @property
    def word(self) -> str:
        return self.meaning.partition(":")[0]

    @property
    def rest(self) -> str:
        return self.meaning.partition(":")[2]


class RowReader:
    """A row, cell by cell: what several cells say together, such as a name in parts, is put together at the end."""

    def __init__(self, row: Row, found: MeantTable, reads: Reads, orders: Mapping[int, bool | None]) -> None:
        self.row, self.found, self.reads, self.orders = row, found, reads, orders
        self.to = Gathering(row.line)
        self.cells: list[_Cell] = []
        self.unused: list[int] = []
        for number, cell in enumerate(row.fields[: len(found.meanings)]):
            text = columns.as_it_stood(unwrapped(without_controls(cell)).strip())
            if not text:
                continue
            meaning = found.meanings[number]
            if meaning is None:
                self.unused.append(number)
            else:
                self.cells.append(_Cell(number, meaning, text))
        self.parts = dict.fromkeys(_PARTS_OF_NAME, "")
        self.display = ""
        self.addresses: dict[str, dict[str, list[str]]] = {}
        self.birth: dict[str, str] = {}
        self.people: dict[str, dict[str, str]] = {}
        self.beside: dict[str, str] = {}
        self.when: str | None = None
        self.labels = {cell.meaning.rpartition(":")[0]: cell.text for cell in self.cells if _is_label(cell.meaning)}

    @property
    def says_somebody(self) -> bool:
        """Whether anything stands in it but what a program fills in for everybody."""
        meanings = [cell.meaning for cell in self.cells]
        said = [meaning for meaning in meanings if meaning not in _SAYS_NOBODY and not _is_label(meaning)]
        return bool(said) or (not self.cells and bool(self.unused) and self.found.shape is shapes.LIST)

    def contact(self) -> Contact | BadContact:
        for cell in self.cells:
            if cell.meaning != SILENT and not _is_label(cell.meaning):
                self._take(cell)
        self._finish_name()
        for label, parts in self.addresses.items():
            self._finish_address(label, parts)
        self._finish_birth()
        self._finish_next()
        for key, said in self.people.items():
            self.to.add_person(key, **{"name": "", **said})
        try:
            return self.to.contact()
        except NoName as none:
            return BadContact(self.row.line, str(none))

    # Columns --------------------------------------------------------------------------------------------

    def _take(self, cell: _Cell) -> None:
        if taker := _TAKERS.get(cell.word):
            taker(self, cell)
        elif cell.word.startswith("people."):
            self._take_field_of_person(cell)
        elif cell.word in schema.TABLES[""].names:
            self._take_root(cell)
        else:
            self.to.keep(cell.meaning, cell.text)

    def _take_part_of_name(self, cell: _Cell) -> None:
        self.parts[cell.word] = " ".join(filter(None, (self.parts[cell.word], one_line(cell.text))))

    def _take_name(self, cell: _Cell) -> None:
        if not self.to.full_name:
            self.to.full_name = cell.text
        elif one_line(cell.text) != self.to.full_name:
            self._add_person(cell.text)

    def _take_contact_person(self, cell: _Cell) -> None:
        """In a list with another column for the client, a person there; else the client."""
        if "name" in self.found.meanings:
            self._add_person(cell.text)
        else:
            self.to.full_name = cell.text

    def _add_person(self, text: str) -> None:
        self.to.add_person(key_of_label(text.split()[0]), one_line(text))

    def _take_field_of_person(self, cell: _Cell) -> None:
        _, key, field = (*cell.meaning.split(".", 2), "name")[:3]
        self.people.setdefault(key, {})[field] = one_line(cell.text)

    def _take_display(self, cell: _Cell) -> None:
        self.display = one_line(cell.text)

    def _take_company(self, cell: _Cell) -> None:
        if self.to.company:
            self.to.keep("company2", cell.text)
        else:
            self.to.company = cell.text

    def _take_tags(self, cell: _Cell) -> None:
        self.to.categorise(*re.split(r":::|[,;\n]", cell.text))

    def _take_note(self, cell: _Cell) -> None:
        there = self.to.card.pop("note", None)
        self.to.keep("note", f"{there}\n\n{cell.text}" if there else cell.text)

    def _take_photo(self, _: _Cell) -> None:
        self.to.report("photo")

    def _take_uid(self, cell: _Cell) -> None:
        if cell.rest:
            self.to.keep("uid", f"{cell.rest}:{one_line(cell.text)}", is_block=False)
        else:
            self.to.keep("uid", cell.text)

    def _take_when(self, cell: _Cell) -> None:
        if not days.is_empty(cell.text):
            self.when = cell.text

    def _take_beside_next(self, cell: _Cell) -> None:
        self.beside[cell.word] = one_line(cell.text)

    def _take_part_of_birth(self, cell: _Cell) -> None:
        self.birth[cell.rest] = cell.text

    def _take_reach(self, cell: _Cell) -> None:
        self._add_several("phone" if cell.word == "late" else cell.word, cell.rest, cell.text)

    def _take_address(self, cell: _Cell) -> None:
        if not cell.rest:
            self._add_several("address", "", cell.text)
            return
        label, _, part = cell.rest.partition(":")
        self.addresses.setdefault(label, {}).setdefault(part, []).append(cell.text)

    def _add_several(self, family: str, label: str, text: str, *, preference: int = 101) -> None:
        if family == "phone" and _ROUNDED.fullmatch(text):
            self.to.report("phone", text)
            return
        if family == "address":
            text = _on_one_line(text)
        for part in _split(family, text, self.found.shape.name):
            self.to.add(family, part, label, preference=preference)

    def _take_day(self, cell: _Cell) -> None:
        self._keep_day(cell, cell.rest or "birthday")

    def _keep_day(self, cell: _Cell, key: str) -> None:
        if days.is_empty(cell.text):
            return
        if day := days.read(cell.text, self.orders.get(cell.number)):
            self.to.keep(key, day)
        else:
            self.to.report(key, one_line(cell.text))

    def _take_root(self, cell: _Cell) -> None:
        key, text = cell.word, cell.text
        row = schema.key("", key)
        value: Any = one_line(text)
        if key == "since":
            day = days.read(text, self.orders.get(cell.number), no_year=())
            if days.is_empty(text):
                return
            value = date.fromisoformat(day) if day and not day.startswith("--") else None
        elif key == "not_on":
            value = tuple(part for part in re.split(r"[,;\s]+", value) if part)
        if value is None or (row and row.check and row.check(value) is not None):
            self.to.report(key, one_line(text))
        else:
            self.to.root[key] = value

    def _take_google(self, cell: _Cell) -> None:
        """A value that has its label in a column of its own: `Phone 1 - Label`, `Phone 1 - Value`."""
        what, place, field = cell.rest.split(":", 2)
        text = cell.text
        said = one_line(self.labels.get(f"google:{what}:{place}", ""))
        preference = 1 if said.startswith("*") else 101
        label = key_of_label(said.lstrip("* "))
        label = _GOOGLE_LABELS.get(label, label)
        if what in ("phone", "e-mail", "website"):
            family = {"phone": "phone", "e-mail": "email", "website": "web"}[what]
            if family == "phone" and label in _FAXES:
                family, label = "fax", _FAXES[label]
            elif family == "phone" and label == "pager":
                family, label = "pager", ""
            self._add_several(family, label, text, preference=preference)
        elif what == "address":
            part = _PARTS_OF_ADDRESS.get(field)
            self.addresses.setdefault(f"{place}:{label}", {}).setdefault(part or "street", []).append(text)
        elif what == "organization":
            key = {"name": "company", "title": "role", "department": "department"}.get(field)
            if key == "company" and not self.to.company:
                self.to.company = text
            elif key == "role":
                self.to.add("role", text)
            elif key or field in ("location", "job description"):
                self.to.keep({"company": "company2"}.get(key or "", key or key_of_label(field)), text)
        elif what == "event":
            self._keep_day(cell, label or "date")
        elif what == "im":
            service = key_of_label(self.labels.get(f"google:im:{place}:service", "")) or label or "im"
            self.to.keep(service, text)
        elif what == "relation":
            self.to.keep(label or "related", text)
        else:
            self.to.keep(label or "custom", text)

    # What is made of several columns ---------------------------------------------------------------------

    def _finish_name(self) -> None:
        to, parts = self.to, self.parts
        has_parts = any(parts[part] for part in ("given", "middle", "family"))
        if self.display and not to.full_name and not (has_parts and "@" in self.display):
            to.full_name = self.display
        if to.full_name and parts["prefix"] and not has_parts:
            to.keep("salutation", parts["prefix"], is_block=False)
        elif to.full_name and parts["prefix"]:
            words = parts["prefix"]
            to.keep("salutation", words if words.casefold() not in to.full_name.casefold() else "", is_block=False)
        to.name_parts = (parts["prefix"], parts["given"], parts["middle"], parts["family"], parts["suffix"])

    def _finish_address(self, label: str, said: dict[str, list[str]]) -> None:
        label = label.rpartition(":")[2]
        if whole := said.get("formatted"):
            self._add_several("address", label, whole[0])
            return
        one = {part: ", ".join(map(_on_one_line, texts)) for part, texts in said.items()}
        street = (one.pop("street", ""), one.pop("box", ""))
        self.to.add("address", address(*street, **one), label)

    def _finish_birth(self) -> None:
        birth = {part: text for part, text in self.birth.items() if text.strip("0")}
        if not birth:
            return
        year, month, day = (birth.get(part, "") for part in ("year", "month", "day"))
        text = f"{year}-{month}-{day}" if year else f"--{month.zfill(2)}-{day.zfill(2)}"
        if found := days.read(text):
            self.to.keep("birthday", found)
        else:
            self.to.report("birthday", "-".join(filter(None, (year, month, day))))

    def _kind(self) -> str | None:
        kind = self.beside.get("for")
        try:
            if kind:
                self.reads.check_kind(kind)
        except Trouble:
            self.to.report("for", kind)
            return None
        return kind

    def _clock(self) -> time | None:
        try:
            return clock_of(self.beside.get("time"))
        except ValueError:
            self.to.report("time", self.beside["time"])
            return None

    def _finish_next(self) -> None:
        if self.when is None:
            for key, text in self.beside.items():
                self.to.report(key, text)
            return
        try:
            when = self.reads.when(self.when)
        except Trouble:
            self.to.report("next", one_line(self.when))
            return
        kind, clock = self._kind(), self._clock() or when.time
        how: Any = self.beside.get("how")
        if how not in ("agreed", "planned", "rhythm"):
            how = "agreed" if when.agreed or clock else "planned"
        self.to.next = Next(when.on, clock, kind or "call", self.beside.get("about"), self.beside.get("with"), how)


def _on_one_line(text: str) -> str:
    return ", ".join(filter(None, map(one_line, text.split("\n"))))


def _is_label(meaning: str) -> bool:
    return meaning.startswith("google:") and meaning.rpartition(":")[2] in ("label", "type", "service")


def _split(family: str, text: str, shape: str) -> list[str]:
    """The values of one cell: programs put several into it, each in its own way."""
    if shape == "google" and ":::" in text:
        return [part.strip() for part in text.split(":::")]
    if family == "email" and text.count("@") > 1:
        return [part for part in re.split(r"[\s,;]+", text) if part]
    if shape == "pipedrive" and family in ("phone", "email"):
        return text.split(", ")
    return [text]


_TAKERS: Mapping[str, Callable[[RowReader, _Cell], None]] = {
    **dict.fromkeys(_PARTS_OF_NAME, RowReader._take_part_of_name),
    **dict.fromkeys(_BESIDE_NEXT, RowReader._take_beside_next),
    **dict.fromkeys(("phone", "late", "fax", "pager", "email", "web", "role"), RowReader._take_reach),
    "name": RowReader._take_name, "person": RowReader._take_contact_person, "display": RowReader._take_display,
    "company": RowReader._take_company, "address": RowReader._take_address, "google": RowReader._take_google,
    "birthday": RowReader._take_day, "day": RowReader._take_day, "birth": RowReader._take_part_of_birth,
    "uid": RowReader._take_uid, "tags": RowReader._take_tags, "note": RowReader._take_note,
    "photo": RowReader._take_photo, "next": RowReader._take_when,
}  # fmt: skip
