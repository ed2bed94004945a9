"""`cf new -`: clients from a table of cf's own columns. One row that cannot be read refuses them all.

It is `cf import -` told to be strict, with the same reader: everybody is new, and what is not understood is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clientfolder.binder.journal.transactions import PlannedWrite
from clientfolder.cli import facts
from clientfolder.cli.commands.confirm import confirmed
from clientfolder.cli.commands.drafts import ShortNames, check_again, check_contact, check_name, first_date, known_names
from clientfolder.cli.kinds import check_kind
from clientfolder.cli.output.parts import somewhere
from clientfolder.cli.output.terminal import Line, Result, Span, one_line
from clientfolder.cli.output.words import where
from clientfolder.cli.pages.confirmation import odd_facts
from clientfolder.cli.prompts import ask
from clientfolder.cli.session import Session
from clientfolder.dates import phrases
from clientfolder.dates.phrases import When
from clientfolder.dossier import schema
from clientfolder.dossier.changes import Change
from clientfolder.dossier.types import Dossier
from clientfolder.errors import Refused, Trouble
from clientfolder.exchange import table_reader
from clientfolder.exchange.columns import CLIENT
from clientfolder.exchange.contacts import from_table, shapes
from clientfolder.exchange.contacts.contact import BadContact, Contact
from clientfolder.exchange.contacts.merging import dossier_of
from clientfolder.exchange.contacts.table_row import MeantTable, Reads
from clientfolder.exchange.table_reader import BadRow, ForeignTable, Row
from clientfolder.text import counted
from clientfolder.tickler.acts import Request
from clientfolder.tickler.confirmation import Confirmation
from clientfolder.tuples import NamedTuple

# A table holds many clients, and so may be larger than a dossier.
MOST_BYTES = 50_000_000
# So many rows that cannot be read are told, each with its line; the others are counted.
MOST_TOLD = 20
_THE_TABLE = "the table"


class ClientRow(NamedTuple):
    """A client of the table, and in which line of it the row begins."""

    line: int
    dossier: Dossier
    request: Request


def from_csv(session: Session, request: Request, *, again: bool) -> Result:
    """All clients of the table as one act. Raises the first row's trouble, with the lines of all that are bad."""
    bad: list[Trouble] = []
    said: list[When] = []
    rows = list(_rows(session, request, again, bad, said))
    if bad:
        raise _all_of(bad)
    if not rows:
        raise Refused("The table has no rows; nothing was written")

    def decide() -> list[PlannedWrite]:
        writes: list[PlannedWrite] = []
        short_names = ShortNames(session)
        for row in rows:
            try:
                if not again:
                    check_again(session, short_names, row.dossier.name)
                dossier = row.dossier._replace(client=short_names.take(row.dossier.name))
                dossier, proposal = first_date(session, dossier, None, row.request)
            except Trouble as trouble:
                raise _all_of([_of_line(row.line, trouble)]) from None
            change = Change(dossier.client, dossier.name, None, dossier.next, (), f"New: {dossier.name}", proposal)
            writes.append(session.transactions.add(dossier, change))
        return writes

    outcome = session.act(decide, words=f"New: {len(rows)} dossiers from a table")
    for to in dict.fromkeys(said):
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


# Rows -------------------------------------------------------------------------------------------------


def _rows(session: Session, request: Request, again: bool, bad: list[Trouble], said: list[When]) -> Iterator[ClientRow]:
    """The rows that can be read; those that cannot are gathered in `bad`. Raises Refused for a header that is none."""
    content = ask.read_all(session, MOST_BYTES).encode()
    table = table_reader.read(_THE_TABLE, content, lambda fields: int(_NAME in [field.lower() for field in fields]))
    header = [field.lower() for field in table.header]
    _check_header(table, header)
    shape = shapes.own() if CLIENT in header else shapes.LIST
    found = MeantTable(table, shape, tuple(shape.of(name) if name else None for name in header), {})

    def when(phrase: str) -> When:
        to = phrases.read(phrase, session.workspace.ground())
        said.append(to)
        return to

    reads = Reads(when, lambda kind: check_kind(session, kind), session.workspace.settings.day_first)
    known = known_names(session)
    seen: dict[str, int] = {}
    for row in table.rows:
        line = row.line
        try:
            yield _row(session, known, row, found, reads, request, None if again else seen)
        except Trouble as trouble:
            bad.append(_of_line(line, trouble))


_NAME = "name"


def _check_header(table: ForeignTable, header: list[str]) -> None:
    where = "its first line" if table.line == 1 else f"its line {table.line}"
    if not header:
        first = next((", ".join(row.fields) for row in table.rows if isinstance(row, Row)), "")
        if not first:
            raise Refused("The table has no rows; nothing was written")
        raise Refused(
            f"The table has no column name; {where} says: {first}. A table of another program: cf import FILE",
            line=table.line,
        )
    twice = sorted({key for key in header if key and header.count(key) > 1})
    if twice:
        raise Refused(f"The table has the column {twice[0]} twice; {where} says: {', '.join(header)}", line=table.line)


def _row(
    session: Session, known: Mapping[str, str], row: Row | BadRow, found: MeantTable, reads: Reads, request: Request,
    seen: dict[str, int] | None,
) -> ClientRow:  # fmt: skip
    if isinstance(row, BadRow):
        raise Refused(f"It cannot be read: {row.why}" if "fields" not in row.why else row.why.capitalize())
    header = [field.lower() for field in found.table.header]
    if len(row.fields) > len(header):
        raise Refused(f"There are {len(row.fields)} fields, and in the header {len(header)}")
    values = dict(zip(header, (field.strip() for field in row.fields), strict=False))
    if nameless := values.get(""):
        raise Refused(f"{nameless} stands in a column without a name")
    name = one_line(values[_NAME]) if _NAME in values else ""
    check_name(known, name, again=seen is None)
    if seen is not None and seen.setdefault(name.casefold(), row.line) != row.line:
        raise Refused(f"{name} stands in line {seen[name.casefold()]} already")
    contact = from_table.read_row(row, found, reads)
    if isinstance(contact, BadContact):
        raise Refused(contact.why)
    dossier = dossier_of(contact)
    said = _request(session, contact, dossier, request, reads)
    if contact.next and said != request:
        dossier = dossier._replace(next=contact.next)
    elif contact.next:
        dossier = dossier._replace(
            next=contact.next._replace(
                about=contact.next.about or request.about, kind=values.get("for") or request.kind or contact.next.kind
            )
        )
    return ClientRow(row.line, dossier, said)


def _request(session: Session, contact: Contact, dossier: Dossier, request: Request, reads: Reads) -> Request:
    """What is said of a first contact without a day. Raises Trouble for a value of the row that cannot be read."""
    about, kind = request.about, request.kind
    for one in contact.not_taken:
        if one.kind == "about" and contact.next is None:
            about = one.value
        elif one.kind == "for" and contact.next is None and one.value:
            check_kind(session, one.value)
            kind = one.value
        elif one.value is not None:
            raise _refusal(one.kind, one.value, reads)
    said = request._replace(about=about, kind=kind)
    if contact.next is None:
        check_contact(session, dossier, None, said)
    return said


def _refusal(key: str, value: str, reads: Reads) -> Trouble:
    read = {"next": reads.when, "for": reads.check_kind}.get(key)
    if read:
        try:
            read(value)
        except Trouble as trouble:
            return trouble
    row = schema.key("", key)
    if row and row.refusal:
        return Refused(f'"{value}" {row.refusal[0]}. It would work like this: {row.refusal[1]}')
    return Refused(f'{key}: "{value}" cannot be read')
