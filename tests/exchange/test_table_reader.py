"""A table is found in the file of any program: its header, its separator, its rows; what cannot be read is named."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence

import pytest

from clientfolder.errors import Misused, Refused
from clientfolder.exchange import table_reader
from clientfolder.exchange.table_reader import BadRow, ForeignTable, Row


def fits(fields: Sequence[str]) -> int:
    known = {"name", "phone"} & {field.lower() for field in fields}
    return len(known)


def read(text: str | bytes) -> ForeignTable:
    return table_reader.read("f.csv", text.encode() if isinstance(text, str) else text, fits)


@pytest.mark.parametrize(
    ("text", "separator", "line"),
    [
        ("name,phone\nA,1\n", ",", 1), ("\ufeffname;phone\r\nA;1\r\n", ";", 1), ("name\tphone\rA\t1\r", "\t", 1),
        ("sep=;\nname;phone\nA;1\n", ";", 2), ('"sep=|"\n\nname|phone\nA|1', "|", 3), ("\n\nname,phone\nA,1", ",", 3),
        ('Notes:\n"a, b; c"\n\nname,phone\nA,1\n', ",", 4), ("name of the list\nname;phone\nA;1", ";", 2),
    ],
)  # fmt: skip
def test_the_header_is_found(text: str, separator: str, line: int) -> None:
    table = read(text)
    assert (table.header, table.separator, table.line) == (("name", "phone"), separator, line)
    assert [(row.line, row.fields) for row in table.rows if isinstance(row, Row)] == [(line + 1, ("A", "1"))]


def test_the_line_that_fits_best_is_the_header() -> None:
    assert read("name,x\nname,phone\nA,1\n").line == 2


def test_a_table_without_a_header_is_all_rows() -> None:
    table = read("\nA;1\nB;2\n")
    assert (table.header, table.separator, [row.line for row in table.rows]) == ((), ";", [2, 3])


def test_rows_are_read_or_named_and_none_is_lost() -> None:
    table = read('name,phone\nA,1\nB,2,3\nC\n"D ""x""\ny",4\n,\n\nname,phone\nE "odd",5,\n"never,6\nF,7\n')
    assert [(row.line, row.fields) for row in table.rows if isinstance(row, Row)] == [
        (2, ("A", "1")), (4, ("C",)), (5, ('D "x"\ny', "4")), (10, ('E "odd"', "5", "")),
    ]  # fmt: skip
    assert [row.line for row in table.rows if isinstance(row, BadRow)] == [3, 11]
    assert table.empty == 1


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("name,phone\nA," + "x" * 1_000_000, 2, "1 MB"),
        ("name,phone" + ",x" * 1_000, 1, "1,000"),
        ("name,phone\n" + "A,1\n" * 20_001, 20_002, "20,000"),
        (b"name,phone\n\xff\xfeA", None, "UTF-8"),
    ],
)
def test_what_is_too_large_is_refused_with_its_line(text: str | bytes, line: int | None, why: str) -> None:
    with pytest.raises(Refused) as no:
        read(text)
    assert why in no.value.message
    assert line is None or no.value.line == line


@pytest.mark.parametrize(("cell", "text"), [('="0170 1"', "0170 1"), ("=1+1", "=1+1"), ("x", "x"), ('=""', "")])
def test_a_formula_that_only_keeps_zeros_is_taken_off(cell: str, text: str) -> None:
    assert table_reader.unwrapped(cell) == text


def test_keys_are_said_of_columns_by_name_or_number() -> None:
    header = ["Firma", "Rabatt %", "", "Firma"]
    keys = table_reader.said_keys(header, 4, ["firma=company", "Rabatt %=-", "3=people.chef.name"])
    assert keys == {0: "company", 3: "company", 1: "-", 2: "people.chef.name"}
    assert table_reader.as_map(header, keys) == {"Firma": "company", "Rabatt %": "-", "3": "people.chef.name"}


@pytest.mark.parametrize(
    "pair", ["Firma", "=company", "Firma=", "Firma=a b", "Frima=company", "9=name", "Firma=a.b.c.d"]
)
def test_a_map_that_says_nothing_is_refused(pair: str) -> None:
    with pytest.raises(Misused):
        table_reader.said_keys(["Firma"], 1, [pair])


BOMBS = {
    "a quote that is never closed": b'name,phone\n"' + b"x\n" * 500_000,
    "commas": b"name,phone\n" + b"," * 2_000_000,
    "line ends": b"name,phone\n" + b"\r\n" * 8_000_000,
    "quotes": b"name,phone\n" + b'"' * 900_000,
    "NUL": b"name,phone\n" + b"\0" * 900_000,
    "rows": b"name,phone\n" + b"a,1\n" * 300_000,
    "doubtful": b"name,phone\n" + b"\xe9a,1\n" * 100_000 + b"\x8d",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_table_takes_longer_than_its_bytes(bomb: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(Refused):
        read(BOMBS[bomb])
    # Three seconds of a busy processor; what grows with the square of its bytes takes minutes.
    assert time.process_time() - begun < 3
