"""`cf new -`: clients from a table of comma separated values. One row that cannot be read refuses them all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clientfolder.binder.journal.transactions import PlannedWrite
from clientfolder.cli import facts, key_value
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.drafts import ShortNames, check_contact, check_name, drafted, filled_in, known_names
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import where
from clientfolder.cli.pages.confirmation import odd_facts
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dossier.types import Dossier
from clientfolder.errors import Refused, Trouble
from clientfolder.text import counted
from clientfolder.tickler.acts import Request
from clientfolder.tickler.confirmation import Confirmation

# A table holds many clients, and so may be larger than a dossier.
MOST_BYTES = 50_000_000
_NO_KEYS = {"next", "about", "for"}
# So many rows that cannot be read are told, each with its line; the others are counted.
MOST_TOLD = 20


class ClientRow(NamedTuple):
    """A client of the table, and in which line of it the row begins."""

    line: int
    name: str
    assignments: list[key_value.Assignment]
    to: When | None
    request: Request


def from_csv(session: Session, request: Request, *, again: bool) -> Result:
    """All clients of the table as one act. Raises the first row's trouble, with the lines of all that are bad."""
    bad: list[Trouble] = []
    rows = list(_rows(session, request, again, bad))
    if bad:
        raise _all_of(bad)
    if not rows:
        raise Refused("The table has no rows; nothing was written")

    def decide() -> list[PlannedWrite]:
        writes: list[PlannedWrite] = []
        short_names = ShortNames(session)
        for row in rows:
            try:
                dossier, change = drafted(
                    session, row.name, row.assignments, row.to, row.request, short_names, again=again
                )
            except Trouble as trouble:
                raise _all_of([_of_line(row.line, trouble)]) from None
            writes.append(session.transactions.add(dossier, change))
        return writes

    outcome = session.act(decide, words=f"New: {len(rows)} dossiers from a table")
    for to in dict.fromkeys(row.to for row in rows if row.to):
        facts.warn_of_date(session, to)
    for write in outcome.writes:
        if write.cover:
            session.warn_of_odd(write.cover)
    done = facts.confirmation(session, outcome, landings=False)
    return confirmed(session, done, list(_lines(session, done)))


def _of_line(line: int, trouble: Trouble) -> Trouble:
    trouble.message = f"Line {line} of the table: {trouble.message.rstrip('.')}"
    trouble.line = line
    return trouble


def _all_of(bad: Sequence[Trouble]) -> Trouble:
    """The first of them, which tells of the others too."""
    first = bad[0]
    told = [trouble.message for trouble in bad[:MOST_TOLD]]
    if len(bad) > MOST_TOLD:
        told.append(f"{len(bad) - MOST_TOLD} more lines cannot be read")
    first.message = ". ".join([*told, "Nothing was written"])
    return first


def _lines(session: Session, done: Confirmation) -> Iterator[Line]:
    for one in done.written:
        assert one.cover
        contact = one.cover.next
        odd = "".join(f", {fact}" for fact in odd_facts(facts.landing(session, contact))) if contact else ""
        yield (
            Span(f"{one_line(one.change.name)} "),
            Span(f"-> {where(one.cover, session.day)}", "bold"),
            Span(odd),
        )
    yield (Span(f"{counted(len(done.written), 'new dossier')}."),)
    yield from somewhere(done.folder, dry_run=done.dry_run)


_SEPARATOR_SAID = re.compile(r'(?i)"?sep=(.)"?\s*')


def _rows(session: Session, request: Request, again: bool, bad: list[Trouble]) -> Iterator[ClientRow]:
    """The rows that can be read; those that cannot are gathered in `bad`. Raises Refused for a header that is none."""
    text = ask.read_all(session, MOST_BYTES)
    first_line = next((line for line in text.split("\n") if line.strip(" \t\r")), "")
    # The separator is the one that the table says itself, as Excel has it; else the one that the header has most of.
    said = _SEPARATOR_SAID.fullmatch(first_line)
    separator = said[1] if said else max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    seen: dict[str, int] = {}
    known = known_names(session)
    begins = 1
    try:
        for fields in reader:
            line, begins = begins, reader.line_num + 1
            if not any(field.strip() for field in fields):
                continue
            if said:
                said = None
            elif header is None:
                header = _header(fields, line)
            else:
                try:
                    yield _row(session, known, header, fields, request, line, None if again else seen)
                except Trouble as trouble:
                    bad.append(_of_line(line, trouble))
    except csv.Error as error:
        bad.append(Refused(f"Line {begins} of the table cannot be read: {error}", line=begins))


def _header(fields: list[str], line: int) -> list[str]:
    header = [field.strip().lower() for field in fields]
    where = "its first line" if line == 1 else f"its line {line}"
    twice = sorted({key for key in header if key and header.count(key) > 1})
    if twice:
        raise Refused(f"The table has the column {twice[0]} twice; {where} says: {', '.join(header)}", line=line)
    if "name" not in header:
        raise Refused(f"The table has no column name; {where} says: {', '.join(header)}", line=line)
    return header


def _row(
    session: Session, known: Mapping[str, str], header: list[str], fields: list[str], request: Request, line: int,
    seen: dict[str, int] | None,
) -> ClientRow:  # fmt: skip
    if len(fields) > len(header):
        raise Refused(f"There are {len(fields)} fields, and in the header {len(header)}")
    nameless = [field for key, field in zip(header, fields, strict=False) if not key and field.strip()]
    if nameless:
        raise Refused(f"{nameless[0]} stands in a column without a name")
    values = {key: field.strip() for key, field in zip(header, fields, strict=False) if key and field.strip()}
    name = values.pop("name", "")
    check_name(known, name, again=seen is None)
    if seen is not None and seen.setdefault(name.casefold(), line) != line:
        raise Refused(f"{name} stands in line {seen[name.casefold()]} already")
    to = phrases.read(values["next"], session.workspace.ground()) if "next" in values else None
    assignments = [key_value.Assignment(key, "", value) for key, value in values.items() if key not in _NO_KEYS]
    filled = filled_in(Dossier("", name), key_value.edits(assignments, None))
    check_kind(session, values.get("for"))
    said = request._replace(about=values.get("about", request.about), kind=values.get("for", request.kind))
    check_contact(session, filled, to, said)
    return ClientRow(line, name, assignments, to, said)
