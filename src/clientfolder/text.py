"""Text made safe for a terminal, comparable with other text, and a number with its noun."""

from __future__ import annotations

import re
import unicodedata

# Characters that move a cursor, turn text round or end a line: C0, DEL, C1, bidi marks, separators, half
# surrogates, and the invisible ones that no script needs; tag characters among them, in which a text can hide.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Letters whose stroke is no accent that Unicode takes off.
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"})
# The same with a stroke of its own behind the letter, as an accent has it.
_STROKE_BEHIND = str.maketrans({letter: f"{letter.translate(_STROKED)}\u0338" for letter in "łøđħ"})
# Signs that word processors and phones put in the place of those on a keyboard.
_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("‘’‚‛ʼʹ′´＇", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"\u00ad": None}
)
# No list has as many places as a number of so many digits has, and Python reads no number of thousands of them.
MOST_DIGITS = 10
_UNITS_OF_BYTES = ("kB", "MB", "GB", "TB")


def visible(text: str) -> str:
    """The text with every character that could steer a terminal written out, as in `\\x1b`."""
    if text.isprintable():
        return text
    return re.sub(_UNSEEN, lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def cleaned(text: str) -> str:
    """The text without the characters that could steer a terminal or hide something; line ends and tabs stay."""
    if text.isprintable():
        return text
    return re.sub(_UNSEEN, lambda found: found[0] if found[0] in "\t\n" else "", text)


def comparable(text: str) -> str:
    """The text without case and accents, with single blanks between words: equal texts are one to a reader.

    Typographic apostrophes, quotes and dashes are those of a keyboard.
    """
    if not text.isascii():
        text = text.translate(_TYPOGRAPHIC)
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
        text = text.translate(_STROKED)
    return " ".join(text.casefold().split())


def sort_key(text: str) -> str:
    """By what names are sorted: case folded, a letter with an accent behind all that begin as the bare letter does."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    # An accent of its own is greater than any letter that could stand there.
    return unicodedata.normalize("NFD", folded.translate(_STROKE_BEHIND))


def places_of(wanted: str, text: str) -> list[tuple[int, int]]:
    """Where in a text something comparable stands, each place with its end."""
    folded, at = [], []
    for place, sign in enumerate(text):
        # Between two letters, so that one that becomes a blank is not stripped.
        for letter in comparable(f"x{sign}x")[1:-1] if sign != " " else " ":
            folded.append(letter)
            at.append(place)
    found = re.finditer(re.escape(wanted), "".join(folded)) if wanted else ()
    return [(at[match.start()], at[match.end() - 1] + 1) for match in found]


def words_of(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, with the apostrophes inside them."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)


def sentence(words: str) -> str:
    """The words with a full stop behind them, but for one that stands there: a name may end with it."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def counted(count: int, noun: str) -> str:
    """A number with its noun, in the plural unless it is one: `1 day`, `3 days`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def place_of_number(typed: str, count: int) -> int | None:
    """The place, from 0, that a typed number from 1 to `count` means; None for any other text."""
    is_meant = typed.isascii() and typed.isdigit() and len(typed) < MOST_DIGITS and 1 <= int(typed) <= count
    return int(typed) - 1 if is_meant else None


def byte_size(count: int) -> str:
    """A number of bytes, rounded, in powers of a thousand: `512 bytes`, `82 kB`, `1.4 MB`."""
    if count < 1000:
        return counted(count, "byte")
    size, unit = count / 1000, 0
    while size >= 999.5 and unit < len(_UNITS_OF_BYTES) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.1f} {_UNITS_OF_BYTES[unit]}" if size < 9.95 and unit else f"{size:.0f} {_UNITS_OF_BYTES[unit]}"


def finger_slips(word: str, name: str) -> int:
    """How many letters are wrong, missing, too many, or changed with their neighbour (optimal string alignment)."""
    rows = [list(range(len(name) + 1))]
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, wanted in enumerate(name, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == wanted:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
