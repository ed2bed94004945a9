"""What stands in the cells of a table of payments: amounts with their signs and currencies, days, names of who paid.

Nothing is guessed: `1.200` is read where another cell of its column tells which sign is the decimal one, else not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clientfolder.dossier.amounts import BLANKS, MOST_DIGITS, MOST_PLACES, Amount
from clientfolder.exchange.statements.shapes import SYMBOLS
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

_MINUS = "-\u2212\u2013"
_NUMBER = re.compile(rf"[0-9](?:[0-9.,'\u2019{BLANKS}]*[0-9])?")
_GROUPS = re.compile(r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*")
_OUT = frozenset(
    ["s", "soll", "d", "dr", "debit", "dbit", "out", "ausgang", "ausgehend", "odchozi", "belastung", "outgoing", "-"]
)
_IN = frozenset(
    ["h", "haben", "c", "cr", "credit", "crdt", "in", "eingang", "eingehend", "prichozi", "gutschrift", "incoming", "+"]
)
_NOT_BOOKED = re.compile(
    r"\b(?:pending|vorgemerkt|reverted|failed|declined|cancell?ed|storniert|abgelehnt|blocked|oczekujac\w*|cekajici)\b"
)
_SHORT_YEAR = re.compile(r"^([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2})(?![0-9])")
_PAID_BY = re.compile(
    r"(?:payment|transfer|money added|money received|received money|received|top-up|przelew) (?:from|od|by) (.+?)"
    r"(?: with reference .*)?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:Auftraggeber|Absender|Nadawca|Payer)\s*:\s*(.+?)(?:\s+\w+\s*:.*|$)", re.IGNORECASE)


class NoSum(Exception):
    """A cell that is no amount of money, and why."""


class CellSum(NamedTuple):
    """An amount, and the currency beside it where one stands there; None for nothing, as in `0,00`."""

    amount: Amount | None
    currency: str | None = None


def sign_of(cell: str) -> int:
    """1 for money that came in, -1 for what went out, 0 where the cell does not tell."""
    word = comparable(cell)
    return -1 if word in _OUT else 1 if word in _IN else 0


def is_booked(cell: str) -> bool:
    """Whether the state of a row says nothing of a payment that has not come yet, or never came."""
    return _NOT_BOOKED.search(cell.casefold()) is None


def decimal_sign_of(cells: Iterable[str]) -> str | None:
    """The decimal sign of a column of amounts, as its cells show it; None where they do not, or show two."""
    shown = {sign for cell in cells for number in _NUMBER.findall(cell) if (sign := _decimal_sign(_plain(number)))}
    return shown.pop() if len(shown) == 1 else None


def _plain(number: str) -> str:
    return re.sub(f"[{BLANKS}]+", " ", number).replace("\u2019", "'")


def _decimal_sign(number: str) -> str | None:
    """`.` or `,` as the number itself shows it; None for a whole number, and where it may be either."""
    signs = re.findall("[.,]", number)
    if len(set(signs)) == 2:
        return str(signs[-1])
    if not signs:
        return None
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    whole, part = re.split("[.,]", number)
    may_be_group = len(part) == 3 and re.fullmatch(r"[1-9][0-9]{0,2}", whole)
    return None if may_be_group else str(signs[0])


def read_sum(cell: str, decimal: str | None = None) -> CellSum:
    """The amount in a cell, such as `-1.234,56`, `2 500,00 PLN`, `(49.90)`, `49,90 S`. Raises NoSum.

    `decimal`: the decimal sign of the column.
    """
    found = _NUMBER.search(cell)
    if found is None or _NUMBER.search(cell, found.end()):
        raise NoSum(f"{cell} is no amount")
    before, behind = cell[: found.start()].strip(), cell[found.end() :].strip()
    is_out = before[:1] == "(" and behind[-1:] == ")"
    currency = None
    for word in re.findall(rf"[^\W\d_]+|[{_MINUS}+]|[^\s()]", f"{before} {behind}"):
        code = SYMBOLS.get(word) or (word if re.fullmatch(r"[A-Z]{3}", word) else None)
        if word in _MINUS or sign_of(word) < 0:
            is_out = True
        elif code:
            currency = code
        elif sign_of(word) == 0:
            raise NoSum(f"{cell} is no amount")
    digits, places = _digits(_plain(found[0]), decimal)
    if not int(digits):
        return CellSum(None, currency)
    amount = Amount.of(-int(digits) if is_out else int(digits), places)
    if amount.places > MOST_PLACES or abs(amount.digits) >= 10 ** (MOST_DIGITS + amount.places):
        raise NoSum(f"{cell} is more than anybody earns")
    return CellSum(amount, currency)


def _digits(number: str, decimal: str | None) -> tuple[str, int]:
    """The digits of a number, and how many of them stand behind its decimal sign."""
    sign = _decimal_sign(number)
    if sign is None and re.search("[.,]", number):
        sign = decimal
        if sign is None:
            whole, part = re.split("[.,]", number)
            raise NoSum(f"{number} may be {whole}{part} or {whole}.{part}, and no other amount here tells which")
    whole, _, part = number.rpartition(sign) if sign and sign in number else (number, "", "")
    if not (whole.isdigit() or _GROUPS.fullmatch(whole)) or not (part.isdigit() or not part):
        raise NoSum(f"{number} is no amount")
    return re.sub(r"[^0-9]", "", whole + part), len(part)


def with_century(cell: str) -> str:
    """A day with the whole of its year: nobody was paid before 2000."""
    return _SHORT_YEAR.sub(r"\1\2\3\g<2>20\4", cell.strip(), count=1)


def names_in(text: str) -> Iterator[str]:
    """Who may be named as the payer in a text of a bank: behind `Payment from`, before a run of blanks, or it all."""
    for pattern in (_PAID_BY.fullmatch, _NAMED.search):
        if found := pattern(" ".join(text.split())):
            yield found[1].strip()
    chunks = [chunk.strip() for chunk in re.split(r"\s{2,}|[\r\n]+|\s\|\s", text) if chunk.strip()]
    yield from (" ".join(chunk.split()) for chunk in chunks)
