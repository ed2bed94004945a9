"""The inserts of a binder to print: 31 days and 12 months, each with its number and its tab."""

from __future__ import annotations

from collections.abc import Sequence

from clientfolder.dates.calendar import MONTHS
from clientfolder.exchange.paper import PaperSize
from clientfolder.tickler.slots import DAY_INSERTS
from clientfolder.tuples import NamedTuple

ALL = (*DAY_INSERTS, *MONTHS)
# The tabs step down between these, in millimetres from the edges.
_FREE = 8
# How wide the signs of a bold sans serif are at the most, and how high its capitals, in parts of the size of the font.
_DIGIT, _CAPITAL, _HEIGHT = 0.56, 0.8, 0.72
# What stays free beside the big number, in millimetres: holes at the left, the tab at the right.
_BESIDE = 40


class PrintedInsert(NamedTuple):
    """One sheet. Lengths in millimetres; `size` are those of the fonts. `name`: below the big sign; empty for a day."""

    big: str
    top: float
    size: float
    name: str
    name_top: float
    name_size: float
    tab: str
    tab_top: float
    tab_height: float
    tab_size: float


def printed(slots: Sequence[str], paper: PaperSize) -> list[PrintedInsert]:
    """The sheets of these inserts, in their order."""
    return [_day(int(slot), paper) if slot.isdigit() else _month(MONTHS.index(slot), paper) for slot in slots]


def _day(number: int, paper: PaperSize) -> PrintedInsert:
    tab_top, height = _tab(number - 1, len(DAY_INSERTS), paper)
    # As large as two digits may be, so that all numbers are of one size.
    size = min((paper.width - _BESIDE) / (2 * _DIGIT), paper.height / 2)
    return PrintedInsert(
        str(number), _top(size, paper), _mm(size), "", 0, 0, str(number), tab_top, height, _mm(height * 0.8)
    )


def _month(index: int, paper: PaperSize) -> PrintedInsert:
    tab_top, height = _tab(index, len(MONTHS), paper)
    size = (paper.width - _BESIDE) / (3 * _CAPITAL)
    name = MONTHS[index].capitalize()
    top = _top(size, paper)
    return PrintedInsert(
        name[:3].upper(), top, _mm(size), name, _mm(top + size), _mm(size / 4), name[:3].upper(), tab_top, height, 6
    )  # fmt: skip


def _tab(index: int, count: int, paper: PaperSize) -> tuple[float, float]:
    """From the top, and how high: each begins where the one before it ends."""
    height = (paper.height - 2 * _FREE) / count
    return _mm(_FREE + index * height), _mm(height)


def _top(size: float, paper: PaperSize) -> float:
    """Where a line of that size begins, so that its signs stand in the middle of the sheet."""
    return _mm((paper.height - 0.8 * size) / 2)


def _mm(length: float) -> float:
    return round(length, 2)
