"""Tables of comma separated values as other programs write them: where the header is, what separates, which rows.

What the columns mean is not known here: whoever reads a table says which lines it would take for a header.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from clientfolder.errors import Misused, Refused
from clientfolder.exchange import encoding
from clientfolder.tuples import NamedTuple

MOST_ROWS = 20_000
MOST_LINE = 1_000_000
# Rows of many lines among them, these are more than so many rows have.
MOST_LINES = 2_000_000
MOST_COLUMNS = 1_000
# A header stands in one of so many lines, where nobody says another number.
_FIRST_LINES = 10
_SEPARATORS = ",;\t"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATOR_SAID = re.compile(r'(?i)"?sep=(.)"?\s*')
_IN_FORMULA = re.compile(r'="(.*)"', re.DOTALL)

# How well a line fits as a header: 0 for not at all.
Fits = Callable[[Sequence[str]], int]


class Row(NamedTuple):
    """A row, and in which line of the file it begins."""

    line: int
    fields: tuple[str, ...]


class BadRow(NamedTuple):
    """A row that cannot be read, and why."""

    line: int
    why: str


class ForeignTable(NamedTuple):
    """A table as it stands in a file. `header`: empty where there is none. `empty`: rows of separators alone.

    `above`: the lines above the header.
    """

    header: tuple[str, ...]
    line: int
    separator: str
    rows: tuple[Row | BadRow, ...]
    empty: int
    encoding: str
    above: tuple[str, ...] = ()


def read(
    file: str, content: bytes, fits: Fits, said: str | None = None, first_lines: int = _FIRST_LINES
) -> ForeignTable:
    """The table in these bytes; `said` is the encoding where somebody named it.

    The header is the first of the lines that fit best, among the `first_lines`. Raises Refused for what is too large,
    or no text.
    """
    text, name = _text(file, content, said)
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise Refused(f"These are more than {MOST_LINES:,} lines; divide the table", file=file, line=MOST_LINES)
    lines = list(islice(_lines(file, text), first_lines))
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    told = _SEPARATOR_SAID.fullmatch(lines[first].strip()) if lines else None
    start = first + 1 if told else first
    best, place, separator = 0, start, told[1] if told else ","
    for number, line in enumerate(lines[start:], start):
        sign = told[1] if told else max(_SEPARATORS, key=line.count)
        fit = fits(_fields(line, sign))
        if fit > best:
            best, place, separator = fit, number, sign
    if not best and lines[start:]:
        place = next((number for number, line in enumerate(lines[start:], start) if line.strip()), start)
        separator = told[1] if told else max(_SEPARATORS, key=lines[place].count)
    table = _table(file, text, name, place, separator, has_header=bool(best))
    return table._replace(above=tuple(lines[:place]))


def _text(file: str, content: bytes, said: str | None) -> tuple[str, str]:
    try:
        content, mark = encoding.without_mark(content)
    except ValueError:
        raise Refused("The mark at its beginning says that it is UTF-16, and it is not", file=file, line=1) from None
    name = encoding.UTF_8 if mark else said
    if name is None:
        name = encoding.encoding_of_text(file, content)
    try:
        return content.decode(name), name
    except ValueError as error:
        line = content.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise Refused(f"This is no {encoding.shown(name)}", file=file, line=line) from None


def _fields(line: str, separator: str) -> list[str]:
    try:
        return [field.strip() for field in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def _table(file: str, text: str, name: str, place: int, separator: str, *, has_header: bool) -> ForeignTable:
    # Below the length of a line, so that a quote that is never closed does not gather the whole file.
    csv.field_size_limit(MOST_LINE)
    reader = csv.reader(islice(_lines(file, text), place, None), delimiter=separator, strict=True)
    header: tuple[str, ...] | None = None if has_header else ()
    rows: list[Row | BadRow] = []
    empty, begins = 0, place + 1
    while True:
        line = begins
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            rows.append(BadRow(line, str(error)))
            begins = place + reader.line_num + 1
            continue
        begins = place + reader.line_num + 1
        if len(fields) > MOST_COLUMNS:
            raise Refused(f"There are {len(fields):,} columns, and {MOST_COLUMNS:,} at the most", file=file, line=line)
        if header is None:
            header = tuple(field.strip() for field in fields)
        elif not any(field.strip() for field in fields):
            empty += bool(fields) and len(fields) > 1
        elif has_header and tuple(field.strip() for field in fields) == header:
            # Tables that were put one below the other.
            continue
        elif len(rows) == MOST_ROWS:
            raise Refused(f"These are more than {MOST_ROWS:,} rows; divide the table", file=file, line=line)
        elif has_header and any(field.strip() for field in fields[len(header) :]):
            rows.append(BadRow(line, f"there are {len(fields)} fields, and in the header {len(header)}"))
        else:
            rows.append(Row(line, tuple(fields)))
    return ForeignTable(header or (), place + 1, separator, tuple(rows), empty, name)


def _lines(file: str, text: str) -> Iterator[str]:
    """The lines of a text with their ends, whichever those are. Raises Refused for one that is too long."""
    for number, found in enumerate(_LINE.finditer(text), 1):
        if found.end() - found.start() > MOST_LINE:
            raise Refused(f"The line is longer than {MOST_LINE // 1_000_000} MB", file=file, line=number)
        yield found[0]


def unwrapped(cell: str) -> str:
    """A cell without the formula that makes a spreadsheet keep its zeros: `="0170"` is `0170`."""
    found = _IN_FORMULA.fullmatch(cell.strip())
    return found[1] if found else cell


# What the columns mean --------------------------------------------------------------------------------


def said_keys(header: Sequence[str], width: int, pairs: Sequence[str]) -> dict[int, str]:
    """The key of each column, by its number from 0, that `--map COLUMN=KEY` names; COLUMN may be a number from 1.

    Raises Misused for a column that there is not, and for what is no KEY.
    """
    found: dict[int, str] = {}
    folded = [column.casefold() for column in header]
    for pair in pairs:
        column, given, key = pair.rpartition("=")
        column, key = column.strip(), key.strip()
        if not given or not column or not re.fullmatch(r"-|[^\W\d][\w-]*(?:\.[\w-]+){0,2}", key):
            raise Misused(f'--map takes COLUMN=KEY, such as --map "Firma=company", and not {pair}')
        if column.casefold() in folded:
            numbers = [number for number, name in enumerate(folded) if name == column.casefold()]
        elif column.isascii() and column.isdigit() and 1 <= int(column) <= max(width, len(header)):
            numbers = [int(column) - 1]
        else:
            # Here and not above: it is only wanted in an error message.
            from difflib import get_close_matches

            near = get_close_matches(column, [name for name in header if name], n=1, cutoff=0.0)
            hint = f"; there is {near[0]}" if near else f"; there are {width}, such as --map 1=name"
            raise Misused(f"There is no column {column}{hint}")
        found |= dict.fromkeys(numbers, key)
    return found


def as_map(header: Sequence[str], keys: Mapping[int, str]) -> dict[str, str]:
    """The keys by the names of their columns, or by their numbers from 1 where a column has none."""
    return {
        (header[number] if number < len(header) and header[number] else str(number + 1)): key
        for number, key in sorted(keys.items())
    }
