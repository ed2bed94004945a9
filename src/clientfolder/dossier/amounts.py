"""Amounts of money, exact: how a file holds them, how people type them, and how they are told.

An amount that a page has printed is read back as the same amount.
"""

from __future__ import annotations

import re
from typing import Any

from clientfolder.tuples import NamedTuple

# What nobody earns in one go, and more decimals than any currency has: such a number was mistyped.
MOST_DIGITS, MOST_PLACES = 15, 9

BLANKS = " \t\u00a0\u2009\u202f"
_MINUS = "-\u2212"


class ExactFloat(float):
    """A number of a file with a point in it, which remembers how it was written."""

    text: str

    def __new__(cls, text: str) -> ExactFloat:
        made = super().__new__(cls, text)
        made.text = text
        return made


class Amount(NamedTuple):
    """A sum of money that is not nothing: `digits` / 10 ** `places`, in lowest terms."""

    digits: int
    places: int = 0

    @classmethod
    def of(cls, digits: int, places: int = 0) -> Amount:
        """The amount in lowest terms."""
        while places and digits % 10 == 0:
            digits, places = digits // 10, places - 1
        return cls(digits, places)

    @property
    def written(self) -> int | ExactFloat:
        """The number as a file holds it, with two decimals where it has any."""
        if not self.places:
            return self.digits
        return ExactFloat(_decimal(self.digits, self.places, ""))

    def __str__(self) -> str:
        """`11 200`, `2 500.50`, `-300`."""
        return _decimal(self.digits, self.places, " ")


def grouped(whole: int, between: str = " ") -> str:
    """A whole number with its thousands apart: `11 200`."""
    return f"{whole:,}".replace(",", between)


def _decimal(digits: int, places: int, between: str) -> str:
    sign, digits = ("-" if digits < 0 else ""), abs(digits)
    whole, part = divmod(digits, 10**places)
    text = grouped(whole, between)
    decimals = f"{part:0{places}}" if places else ""
    return f"{sign}{text}.{decimals:0<2}" if decimals else sign + text


def amount_of(value: Any) -> Any:
    """A file's number as an amount; whatever is none, and nothing at all, as it stands."""
    if type(value) is int:
        return Amount.of(value) if value and abs(value) < 10**MOST_DIGITS else value
    return _with_decimals(value) if isinstance(value, float) else value


_DECIMAL = r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]{1,2}))?"


def _with_decimals(value: float) -> Any:
    text = value.text if isinstance(value, ExactFloat) else repr(value)
    found = re.fullmatch(_DECIMAL, text.replace("_", "").lower())
    if found is None:
        return value
    decimals = found[3] or ""
    places = len(decimals) - int(found[4] or 0)
    digits = int(f"{found[1]}{found[2]}{decimals}") * 10 ** max(0, -places)
    amount = Amount.of(digits, max(0, places))
    is_usual = amount.places <= MOST_PLACES and abs(amount.digits) < 10 ** (MOST_DIGITS + amount.places)
    return amount if digits and is_usual else value


# As it is typed ----------------------------------------------------------------------------------------


class NoAmount(Exception):
    """Words that are no amount of money; `readings` are the amounts that they may have meant."""

    def __init__(self, message: str, readings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.readings = readings


_PLAIN = r"([0-9]+)(?:[.,]([0-9]{1,2}))?"
_GROUPED = r"([0-9]{1,3}(?:([ '.,])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]{1,2}))?"


def begins_amount(word: str) -> bool:
    """Whether a word can be nothing else than the beginning of an amount."""
    return re.match(rf"[{_MINUS}+]?[0-9]", word) is not None


def words_of_amount(words: tuple[str, ...]) -> int:
    """How many of the first words make the amount: groups of three behind blanks belong to it."""
    if not re.fullmatch(rf"[{_MINUS}+]?[0-9]{{1,3}}", words[0]):
        return 1
    count = 1
    while count < len(words) and re.fullmatch(r"[0-9]{3}", words[count]):
        count += 1
    if count < len(words) and re.fullmatch(r"[0-9]{3}[.,][0-9]{1,2}", words[count]):
        count += 1
    return count


def read_amount(text: str) -> Amount:
    """The amount that was typed, such as `2500`, `2 500`, `2.500,00` or `-300`. Raises NoAmount."""
    plain = re.sub(f"[{BLANKS}]+", " ", text.strip(BLANKS)).replace("\u2019", "'")
    sign = -1 if plain[:1] and plain[0] in _MINUS else 1
    number = plain[1:].lstrip(" ") if plain[:1] and plain[0] in f"{_MINUS}+" else plain
    amount = _unsigned(number, "-" if sign < 0 else "")
    if amount.digits == 0:
        raise NoAmount("0 is no payment")
    if abs(amount.digits) >= 10 ** (MOST_DIGITS + amount.places):
        raise NoAmount(f"{text} is more than anybody earns")
    return amount._replace(digits=sign * amount.digits)


def _unsigned(number: str, sign: str) -> Amount:
    if found := re.fullmatch(_PLAIN, number):
        return Amount.of(int(found[1] + (found[2] or "")), len(found[2] or ""))
    if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", number):
        whole, part = re.split("[.,]", number)
        readings = (f"{sign}{whole}{part}", f"{sign}{whole}.{part[:2]}")
        raise NoAmount(f"{sign}{number} may be {readings[0]} or {sign}{whole}.{part}", readings)
    found = re.fullmatch(_GROUPED, number)
    if found is None or found[3] == found[2]:
        raise NoAmount(f"{sign}{number} is no amount; write it like 2500, 2 500 or 2500.50")
    whole = re.sub("[ '.,]", "", found[1])
    return Amount.of(int(whole + (found[4] or "")), len(found[4] or ""))
