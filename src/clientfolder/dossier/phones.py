"""Phone numbers as people write them, made comparable: the digits of each, without what a dial does not need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# What has fewer digits is no number that tells one person from another: an extension, a room, an emergency call.
LEAST_DIGITS = 7
# No number has more (ITU-T E.164); what has is several.
MOST_DIGITS = 15
# A number from which on the area code stands in it, so that a short group behind a slash is another ending.
_WITH_AREA = 9

_TRUNK_ZERO = r"[(\[]\s*0\s*[)\]]"
_EXTENSION_WORDS = (
    r"ext|extn|extension|x|#|durchwahl|dw|nebenstelle|apparat|app|poste|interno|int|klapka|kl|linka|wewn|wew|w|anexo|"
    r"toestel|доб"
)
_EXTENSION = rf"(?<=[\d)\s.,;])\s*(?:{_EXTENSION_WORDS})\.?\s*[:=]?\s*\d{{1,6}}(?!\d)"
# Between two numbers of one value stands a word, one of these signs, or the + with which the second begins.
_BETWEEN = r"[^\W\d_]+|[,;|&\n]|(?<=\d)\D*(?=\+)"


def numbers(value: object) -> list[str]:
    """The digits of every phone number in a value, in its order, each once and without leading zeros.

    `value` is a text, a whole number, or a list of them, as a card may hold it; anything else has no number. Full-width
    and other digits are read, `(0)` and an extension are left out, as is what has less than seven digits.
    """
    return list(dict.fromkeys(_numbers(value)))


def same_number(one: str, other: str) -> bool:
    """Whether two of `numbers` are one: the shorter has seven digits at least, and the longer one ends with it.

    So the number with a country code is the one without; of neither is it known which country it is in.
    """
    return min(len(one), len(other)) >= LEAST_DIGITS and (one.endswith(other) or other.endswith(one))


def _numbers(value: object) -> Iterator[str]:
    if isinstance(value, str):
        for written in re.split(_BETWEEN, re.sub(_EXTENSION, " ", re.sub(_TRUNK_ZERO, " ", _plain(value)))):
            for digits in _at_slashes(written):
                if len(number := digits.lstrip("0")) >= LEAST_DIGITS:
                    yield number
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _numbers(str(value))
    elif isinstance(value, Iterable) and not isinstance(value, (bytes, dict)):
        for part in value:
            yield from _numbers(part)


def _plain(text: str) -> str:
    """The text in small letters, with ASCII digits, and without what cannot be seen."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in folded
        if unicodedata.category(sign) != "Cf"
    )


def _at_slashes(written: str) -> Iterator[str]:
    """The digits of what stands between slashes: a slash is behind an area code, or between two numbers.

    `089/5550 7731` is one number; `555 010 777 / 555 010 888` are two, and so are `555 010 777 / 888`.
    """
    number = ""
    for part in written.split("/"):
        digits = _digits(part)
        if len(number) < LEAST_DIGITS:
            number += digits
        elif len(digits) >= LEAST_DIGITS:
            yield from _at_blanks(number, written)
            number = digits
        elif digits:
            yield number
            number = number[: -len(digits)] + digits if len(number) >= _WITH_AREA else number + digits
    yield from _at_blanks(number, written)


def _at_blanks(number: str, written: str) -> Iterator[str]:
    """The number, or those it is made of where it is too long to be one: each then stands without a blank in it."""
    groups = [digits for group in written.split() if (digits := _digits(group))]
    if len(number) > MOST_DIGITS and all(len(group) >= LEAST_DIGITS for group in groups):
        yield from groups
    else:
        yield number


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
