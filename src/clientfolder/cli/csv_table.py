"""`cf new -`: clients from a table of comma separated values. One row that cannot be read refuses them all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from clientfolder import when
from clientfolder.binder.clerk import Deed, Outcome
from clientfolder.clearing import Details
from clientfolder.cli import card
from clientfolder.cli.counter import Counter
from clientfolder.cli.draft import ShortNames, check_name, drafted, known_names
from clientfolder.cli.echo import echo, somewhere
from clientfolder.cli.paper import Line, Result, Span, one_line
from clientfolder.cli.rows import where
from clientfolder.errors import Refused, Trouble
from clientfolder.when import When

_NO_KEYS = {"next", "about", "for"}
Row = tuple[str, list[card.Assignment], "When | None", Details]


def from_csv(counter: Counter, details: Details, *, again: bool) -> Result:
    """All clients of the table as one act. Raises Refused with the line of the first row that cannot be read."""
    rows = list(_rows(counter, details, again))
    if not rows:
        raise Refused("The table has no rows; nothing was written")

    def decide() -> list[Deed]:
        deeds: list[Deed] = []
        short_names = ShortNames(counter)
        for name, assignments, to, said in rows:
            dossier, change = drafted(counter, name, assignments, to, said, short_names, again=again)
            deeds.append(counter.clerk.add(dossier, change))
        return deeds

    outcome = counter.act(decide, words=f"New: {len(rows)} dossiers from a table")
    for deed in outcome.deeds:
        if deed.cover:
            counter.warn_of_odd(deed.cover)
    return echo(counter, outcome, list(_lines(counter, outcome)))


def _lines(counter: Counter, outcome: Outcome) -> Iterator[Line]:
    for deed in outcome.deeds:
        assert deed.cover
        yield Span(f"{one_line(deed.change.name)} "), Span(f"-> {where(deed.cover, counter.day)}", "bold")
    count = len(outcome.deeds)
    yield (Span(f"{count} new dossier{'' if count == 1 else 's'}."),)
    yield from somewhere(counter)


def _rows(counter: Counter, details: Details, again: bool) -> Iterator[Row]:
    text = counter.read_all()
    first_line = text.split("\n", 1)[0]
    # The separator is the one that the header has most of; a comma where it has none.
    separator = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    seen: dict[str, int] = {}
    known = known_names(counter)
    begins = 1
    try:
        for fields in reader:
            line, begins = begins, reader.line_num + 1
            if not any(field.strip() for field in fields):
                continue
            if header is None:
                header = _header(fields)
                continue
            yield _row(counter, known, header, fields, details, line, None if again else seen)
    except csv.Error as error:
        raise Refused(f"Line {begins} of the table cannot be read: {error}. Nothing was written", line=begins) from None


def _header(fields: list[str]) -> list[str]:
    header = [field.strip().lower() for field in fields]
    twice = sorted({key for key in header if key and header.count(key) > 1})
    if twice:
        raise Refused(f"The table has the column {twice[0]} twice; its first line says: {', '.join(header)}", line=1)
    if "name" not in header:
        raise Refused(f"The table has no column name; its first line says: {', '.join(header)}", line=1)
    return header


def _row(
    counter: Counter, known: Mapping[str, str], header: list[str], fields: list[str], details: Details, line: int,
    seen: dict[str, int] | None,
) -> Row:  # fmt: skip
    if len(fields) > len(header):
        raise Refused(f"Line {line} of the table has {len(fields)} fields, the first line {len(header)}", line=line)
    nameless = [field for key, field in zip(header, fields, strict=False) if not key and field.strip()]
    if nameless:
        raise Refused(f"Line {line} of the table says {nameless[0]} in a column without a name", line=line)
    values = {key: field.strip() for key, field in zip(header, fields, strict=False) if key and field.strip()}
    name = values.pop("name", "")
    try:
        check_name(known, name, again=seen is None)
        if seen is not None and seen.setdefault(name.casefold(), line) != line:
            raise Refused(f"{name} stands in line {seen[name.casefold()]} already")
        to = when.read(values["next"], counter.office.ground()) if "next" in values else None
        assignments = [card.Assignment(key, "", value) for key, value in values.items() if key not in _NO_KEYS]
        card.edits(assignments, None)
    except Trouble as trouble:
        trouble.message = f"Line {line} of the table: {trouble.message}. Nothing was written"
        trouble.line = line
        raise
    said = details._replace(about=values.get("about", details.about), kind=values.get("for", details.kind))
    return name, assignments, to, said
