"""Address labels on sheets that shops sell: where each one lies, and how its lines fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from clientfolder.exchange.paper import SIZES
from clientfolder.tuples import NamedTuple

PAPER = SIZES["a4"]
LARGEST_PT, SMALLEST_PT = 11.0, 7.0
_PT_IN_MM = 25.4 / 72
# Free at the left and the right of a label, and above and below its lines, in millimetres.
_BESIDE, _ABOVE = 6.0, 2.0
_LINE = 1.2


class LabelSheet(NamedTuple):
    """Labels of one size on A4, in the middle of the sheet; `gap` between the columns. Millimetres."""

    width: float
    height: float
    columns: int
    rows: int
    gap: float = 0

    @property
    def places(self) -> int:
        return self.columns * self.rows


SHEETS = {
    "3474": LabelSheet(70, 37, 3, 8),
    "3475": LabelSheet(70, 36, 3, 8),
    "3490": LabelSheet(70, 36, 3, 8),
    "3422": LabelSheet(70, 35, 3, 8),
    "3652": LabelSheet(70, 42.3, 3, 7),
    "3659": LabelSheet(97, 42.3, 2, 6),
    "L7160": LabelSheet(63.5, 38.1, 3, 7, 2.54),
    "L7162": LabelSheet(99.1, 33.9, 2, 8, 2.54),
    "L7163": LabelSheet(99.1, 38.1, 2, 7, 2.54),
}
USUAL = "3474"


class Label(NamedTuple):
    """One label where it lies on its sheet, in millimetres from the left and the top; `size` of its font in points."""

    left: float
    top: float
    width: float
    height: float
    size: float
    lines: tuple[str, ...]
    is_cut: bool


def sheet_of(typed: str) -> LabelSheet | None:
    """The sheet of that number, or of that size and count, as `70x36,3x8`; None for what fits on no A4."""
    if (known := SHEETS.get(typed.upper())) is not None:
        return known
    number = r"(\d{1,3}(?:\.\d{1,2})?)"
    found = re.fullmatch(rf"{number}x{number},(\d{{1,2}})x(\d{{1,2}})", typed.lower().replace(" ", ""), re.ASCII)
    if not found:
        return None
    width, height, columns, rows = float(found[1]), float(found[2]), int(found[3]), int(found[4])
    fits = width >= 20 and height >= 8 and 0 < columns * width <= PAPER.width and 0 < rows * height <= PAPER.height
    return LabelSheet(width, height, columns, rows) if fits else None


def shift_of(typed: str) -> tuple[float, float] | None:
    """How far to shift all labels, right and down: `1.5,-0.5`; None for what is no such thing."""
    found = re.fullmatch(r"\s*([+-]?\d{1,2}(?:\.\d{1,2})?)\s*,\s*([+-]?\d{1,2}(?:\.\d{1,2})?)\s*", typed, re.ASCII)
    return (float(found[1]), float(found[2])) if found else None


def laid_out(
    texts: Iterable[Sequence[str]], sheet: LabelSheet, start: int = 1, shift: tuple[float, float] = (0, 0)
) -> list[list[Label]]:
    """The labels of these lines, sheet by sheet, row by row; the first at the place `start`, counted from 1."""
    left = (PAPER.width - sheet.columns * sheet.width - (sheet.columns - 1) * sheet.gap) / 2 + shift[0]
    top = (PAPER.height - sheet.rows * sheet.height) / 2 + shift[1]
    pages: list[list[Label]] = []
    for place, lines in enumerate(texts, start - 1):
        page, on_page = divmod(place, sheet.places)
        row, column = divmod(on_page, sheet.columns)
        while len(pages) <= page:
            pages.append([])
        size, fitted = _fitted(lines, sheet)
        at = left + column * (sheet.width + sheet.gap), top + row * sheet.height
        pages[page].append(
            Label(round(at[0], 3), round(at[1], 3), sheet.width, sheet.height, size, fitted, fitted != tuple(lines))
        )
    return pages


def _fitted(lines: Sequence[str], sheet: LabelSheet) -> tuple[float, tuple[str, ...]]:
    """The size in points in which all lines fit; at the smallest one what does not fit is cut."""
    wide, high = sheet.width - 2 * _BESIDE, sheet.height - 2 * _ABOVE
    size = LARGEST_PT
    while size > SMALLEST_PT and not _fit(lines, size, wide, high):
        size -= 0.5
    most = max(1, int(high / (size * _PT_IN_MM * _LINE)))
    return size, tuple(_cut(line, size, wide) for line in lines[:most])


def _fit(lines: Sequence[str], size: float, wide: float, high: float) -> bool:
    is_low = len(lines) * size * _PT_IN_MM * _LINE <= high
    return is_low and all(width(line) * size * _PT_IN_MM <= wide for line in lines)


def _cut(line: str, size: float, wide: float) -> str:
    most = wide / (size * _PT_IN_MM)
    if width(line) <= most:
        return line
    while line and width(f"{line}…") > most:
        line = line[:-1]
    return f"{line.rstrip()}…"


def width(text: str) -> float:
    """How wide a text is at the most in a bold sans serif, in parts of the size of the font."""
    return sum(map(_wide, text))


def _wide(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if unicodedata.combining(character):
        return 0
    if character in "iljtfI.,:;'|!()[] -":
        return 0.35
    if character in "mwMW@%…—":
        return 0.95
    return 0.73 if character.isupper() else 0.59
