"""The rows of a table of payments as they are read: a day, an amount with its sign, and who paid or was paid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from clientfolder.dossier.amounts import Amount
from clientfolder.errors import Misused, Refused
from clientfolder.exchange import columns, days, encoding, table_reader
from clientfolder.exchange.statements import cells, shapes
from clientfolder.exchange.statements.shapes import Column
from clientfolder.exchange.table_reader import BadRow, ForeignTable, Row
from clientfolder.text import cleaned
from clientfolder.tuples import NamedTuple

# Above the header of some banks stands a page of other lines.
FIRST_LINES = 60


class StatementRow(NamedTuple):
    """Money that came in, or went out where the amount is negative; `names`: who may be named as the other side.

    The first of the names is shown. `told`: all that the bank says of it, in which a name may stand among other words.
    """

    line: int
    on: date
    amount: Amount
    currency: str | None
    names: tuple[str, ...] = ()
    product: str | None = None
    deal: str | None = None
    note: str | None = None
    told: str = ""


class BankStatement(NamedTuple):
    """A table of payments, read. `pending`: rows that are not booked; `empty`: lines that are no payments.

    `said`: the keys that somebody has named, by the names of their columns; `columns`: by which it is found again.
    """

    file: str
    shape: str
    encoding: str
    rows: tuple[StatementRow | BadRow, ...]
    pending: int
    empty: int
    columns: Sequence[str]
    said: Mapping[str, str]


# What was kept of a table with these columns.
KeptMap = Callable[[Sequence[str]], Mapping[str, str]]


def read(
    file: str, content: bytes, pairs: Sequence[str], kept: KeptMap, named: str | None, day_first: bool | None
) -> BankStatement:
    """The table in these bytes. `pairs`: `--map COLUMN=KEY`; `named`: the encoding, where somebody has named it.

    Raises Doubtful where nothing tells the encoding, Refused where nothing tells the columns, Misused for a `--map`
    that names none.
    """
    said = [column.casefold() for pair in pairs if not (column := pair.rpartition("=")[0].strip()).isdigit()]

    def fits(header: Sequence[str]) -> int:
        return 1000 if any(header) and kept([*header]) else shapes.fits(header, said)

    table = table_reader.read(file, content, fits, named, FIRST_LINES)
    return _MeantStatement(file, table, pairs, kept, day_first).statement()


class _MeantStatement:
    """A table with the meaning of each of its columns."""

    def __init__(
        self, file: str, table: ForeignTable, pairs: Sequence[str], kept: KeptMap, day_first: bool | None
    ) -> None:
        self.file, self.table = file, table
        self.rows = [row for row in table.rows if isinstance(row, Row)]
        width = max((len(row.fields) for row in self.rows), default=len(table.header))
        self.header = [*table.header] or [""] * width
        remembered = [f"{column}={key}" for column, key in kept(self.header).items() if key in (*shapes.KEYS, "-")]
        keys = table_reader.said_keys(table.header, width, [*remembered, *pairs])
        self.bank = shapes.bank_of(table.header)
        self.said = table_reader.as_map(table.header, keys)
        self.columns = self._columns(keys)
        self.by_meaning = self._by_meaning()
        above = (cell.strip('" ') for line in table.above for cell in line.strip().split(table.separator))
        self.of_account = shapes.currency_above(above)
        self.day_first = self.bank.day_first if self.bank and self.bank.day_first is not None else day_first
        self._check(pairs)
        self.orders = {number: self._order(number) for number in self.by_meaning.get("on", ())}
        sums = [number for meaning in ("amount", "credit", "debit") for number in self.by_meaning.get(meaning, ())]
        self.decimal = cells.decimal_sign_of(self._cell(row, number) for row in self.rows for number in sums)

    def _columns(self, keys: Mapping[int, str]) -> list[Column]:
        found = [shapes.column_of(column, self.bank) if column else Column(None) for column in self.header]
        for number, key in keys.items():
            if key not in (*shapes.KEYS, shapes.SILENT):
                raise Misused(f"{key} is nothing that a payment has; --map takes one of {' '.join(shapes.KEYS)}, or -")
            # What somebody has named goes before what a word may mean.
            found[number] = Column(None if key == shapes.SILENT else key, -1, found[number].currency)
        for number, column in enumerate(self.header):
            if not column and number not in keys and self._tells_signs(number):
                found[number] = Column("sign")
        return found

    def _tells_signs(self, number: int) -> bool:
        """Whether a column without a name says of every amount whether it came in."""
        said = [cell for row in self.rows if (cell := self._cell(row, number))]
        return bool(said) and all(cells.sign_of(cell) for cell in said)

    def _by_meaning(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, column in sorted(enumerate(self.columns), key=lambda pair: (pair[1].rank, pair[0])):
            if column.meaning:
                found.setdefault(column.meaning, []).append(number)
        return found

    def _check(self, pairs: Sequence[str]) -> None:
        """Raises Refused where no column is a day, or none an amount; the message shows what could be said."""
        has_sum = any(meaning in self.by_meaning for meaning in ("amount", "credit", "debit"))
        if not self.rows and not self.table.rows:
            raise Refused("There are no payments in it; nothing was written", file=self.file)
        if "on" in self.by_meaning and has_sum:
            return
        lacks = "No column is a day" if has_sum else "No column is an amount"
        if not self.table.header and not pairs:
            lacks = "No line tells what the columns are"
        guessed = " ".join(f'"{column}={key}"' for column, key in self._guessed())
        raise Refused(f"{lacks}. Say it, such as: --map {guessed}", file=self.file, line=self.table.line)

    def _guessed(self) -> Iterator[tuple[str, str]]:
        """What the columns look like by the row that looks most like a payment; nothing is read by that."""
        looks = [[_looks_like(cell) for cell in row.fields] for row in self.rows[:FIRST_LINES]]
        best = max(range(len(looks)), key=lambda at: (len({*looks[at]} - {""}), -at), default=0)
        # A line of words alone above it is its header, of words that are not known.
        first = self.rows[0].fields if best and {*looks[0]} <= {"client", ""} else ()
        names = self.table.header or first
        wanted = ["on", "amount", "client"]
        for number, key in enumerate(looks[best] if looks else ()):
            if key in wanted:
                wanted.remove(key)
                yield names[number].strip() if number < len(names) and names[number].strip() else str(number + 1), key

    def _order(self, number: int) -> bool | None:
        column = (cells.with_century(self._cell(row, number)) for row in self.rows)
        return days.order_of(column, self.day_first)

    @staticmethod
    def _cell(row: Row, number: int) -> str:
        cell = row.fields[number] if number < len(row.fields) else ""
        return columns.as_it_stood(table_reader.unwrapped(cleaned(cell)).strip().removeprefix("\ufeff"))

    # Rows -------------------------------------------------------------------------------------------------

    def statement(self) -> BankStatement:
        rows: list[StatementRow | BadRow] = []
        pending, empty = 0, self.table.empty
        for row in self.table.rows:
            if isinstance(row, BadRow):
                rows.append(row)
            elif not all(cells.is_booked(self._cell(row, number)) for number in self.by_meaning.get("state", ())):
                pending += 1
            elif (found := self._row(row)) is not None:
                rows.append(found)
            else:
                empty += 1
        name = self.bank.name if self.bank else shapes.LIST
        shown = encoding.shown(self.table.encoding)
        return BankStatement(self.file, name, shown, tuple(rows), pending, empty, self.header, self.said)

    def _row(self, row: Row) -> StatementRow | BadRow | None:
        """The payment of a row; None where it is none: a line of totals, or one of 0,00."""
        try:
            found = self._sum(row)
        except cells.NoSum as no:
            return BadRow(row.line, str(no)) if self._day(row) else None
        on = self._day(row)
        if found is None:
            return BadRow(row.line, "no amount stands there") if on and any(self._names(row, is_in=True)) else None
        if found.amount is None:
            return None
        if on is None:
            return BadRow(row.line, self._why_no_day(row)) if any(self._names(row, is_in=True)) else None
        is_in = found.amount.digits > 0
        told = " ".join(filter(None, (self._first(row, meaning) for meaning in ("text", "note"))))
        return StatementRow(
            row.line, on, found.amount, found.currency, tuple(dict.fromkeys(self._names(row, is_in=is_in))),
            self._first(row, "product"), self._first(row, "deal"), self._first(row, "note"), told,
        )  # fmt: skip

    def _first(self, row: Row, meaning: str) -> str | None:
        """What stands in the first column of a meaning that holds anything."""
        held = (" ".join(self._cell(row, number).split()) for number in self.by_meaning.get(meaning, ()))
        return next(filter(None, held), None)

    def _day(self, row: Row) -> date | None:
        for number in self.by_meaning["on"]:
            if cell := self._cell(row, number):
                found = days.read(cells.with_century(cell), self.orders[number], no_year=())
                return date.fromisoformat(found) if found and not found.startswith("--") else None
        return None

    def _why_no_day(self, row: Row) -> str:
        cell = self._first(row, "on")
        if cell is None:
            return "no day stands there"
        if days.read(cells.with_century(cell), True, no_year=()):
            return f"{cell} may be two days: cf settings day_first=true, or day_first=false"
        return f"{cell} is no day"

    def _sum(self, row: Row) -> cells.CellSum | None:
        """The amount with its sign; None where none stands there. Raises NoSum."""
        found = None
        for meaning, sign in (("credit", 0), ("debit", -1), ("amount", 0)):
            for number in self.by_meaning.get(meaning, ()):
                if not self._cell(row, number):
                    continue
                said = cells.read_sum(self._cell(row, number), self.decimal)
                signed = _signed(said, sign or self._sign(row, meaning))
                with_currency = signed._replace(currency=self._currency(row, number, signed))
                if signed.amount is not None:
                    return with_currency
                found = found or with_currency
        return found

    def _sign(self, row: Row, meaning: str) -> int:
        """What a column of its own says of the amount: 1 for in, -1 for out, 0 for nothing."""
        if meaning != "amount":
            return 0
        return next((sign for number in self.by_meaning.get("sign", ())
                     if (sign := cells.sign_of(self._cell(row, number)))), 0)  # fmt: skip

    def _currency(self, row: Row, number: int, said: cells.CellSum) -> str | None:
        if said.currency:
            return said.currency
        cell = self._first(row, "currency")
        if cell and re.fullmatch(r"[A-Za-z]{3}", cell):
            return cell.upper()
        return shapes.SYMBOLS.get(cell or "") or self.columns[number].currency or self.of_account

    def _names(self, row: Row, *, is_in: bool) -> Iterator[str]:
        """Who may be the other side: the client, then who paid (or was paid), then what the bank's text tells."""
        side, other = ("payer", "payee") if is_in else ("payee", "payer")
        meanings = ["client", side, *([other] if side not in self.by_meaning else [])]
        for meaning in meanings:
            for number in self.by_meaning.get(meaning, ()):
                if name := " ".join(self._cell(row, number).split()):
                    yield name
        for number in self.by_meaning.get("text", ()):
            yield from cells.names_in(self._cell(row, number))


def _signed(said: cells.CellSum, sign: int) -> cells.CellSum:
    if said.amount is None or sign >= 0:
        return said
    return said._replace(amount=said.amount._replace(digits=-abs(said.amount.digits)))


def _looks_like(cell: str) -> str:
    if days.read(cells.with_century(cell), True, no_year=()):
        return "on"
    try:
        cells.read_sum(cell, ",")
    except cells.NoSum:
        return "client" if re.search(r"[^\W\d_]{2}", cell) else ""
    return "amount"
