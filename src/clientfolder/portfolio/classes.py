"""The letters of a client: ABC by turnover (R6), XYZ by steadiness (R7), and RFM with its group (R8); no floats."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from clientfolder.portfolio.money import plain
from clientfolder.portfolio.status import Status

LEAST_CLIENTS, LEAST_SUMS = 5, 3


def abc(turnovers: Sequence[int]) -> list[tuple[str, int] | None]:
    """Of each turnover its letter and what all larger ones are together; None where it is not above 0, or too few are.

    A: the larger ones are less than half of the whole; B: less than four fifths.
    """
    counted = sorted((turnover for turnover in turnovers if turnover > 0), reverse=True)
    whole, larger, letters = sum(counted), 0, {}
    for turnover in counted:
        if turnover not in letters:
            letter = "A" if 2 * larger < whole else "B" if 5 * larger < 4 * whole else "C"
            letters[turnover] = (letter, larger)
        larger += turnover
    has_letters = len(counted) >= LEAST_CLIENTS
    return [letters.get(turnover) if has_letters else None for turnover in turnovers]


def xyz(sums: Sequence[int]) -> str | None:
    """The letter of the sums of periods; None where they are too few.

    X where they vary by up to 10 %, Y by up to 25 %, compared exactly.
    """
    total = sum(sums)
    if len(sums) < LEAST_SUMS or total <= 0:
        return None
    spread, square = _spread(sums), total * total
    return "X" if 100 * spread <= square else "Y" if 16 * spread <= square else "Z"


def variation(sums: Sequence[int]) -> float:
    """By how much sums vary: population deviation by mean, in percent to one decimal. Their total is above 0."""
    # Twice the coefficient in tenths of a percent, rounded down: exact enough to round it half up.
    twice = isqrt(4 * 10**6 * _spread(sums) // sum(sums) ** 2)
    return plain((twice + 1) // 2, 1)


def _spread(sums: Sequence[int]) -> int:
    """The square of their number times the variance; the coefficient of variation is the root of this by the total."""
    total: int = sum(sums)
    return len(sums) * sum(one * one for one in sums) - total * total


_MONEY = {"A": 3, "B": 2, "C": 1}


def recency(last: int, now: int, span: int) -> int:
    """3: paid in the newest period, which begins at `now`; 2: in the span; 1: before."""
    return 3 if last >= now else 2 if last >= span else 1


def frequency(orders: int, periods: int) -> int:
    """3: at least an order for each period of the span; 2: two and more; 1: one; 0: none."""
    return 3 if orders >= periods else 2 if orders > 1 else orders


def money(letter: str | None) -> int:
    """3, 2, 1 for A, B, C; 0 for none."""
    return _MONEY.get(letter or "", 0)


def group(r: int, f: int, m: int | None, orders: int, status: Status) -> str:
    """The group of a client with so many orders ever; `m` is None where nobody has letters."""
    if r < 3:
        return "one-off" if orders == 1 else "lapsed"
    if orders == 1 and status is Status.NEW:
        return "beginner"
    return "vip" if orders > 1 and f == 3 and m in (3, None) else "growing"


def median(numbers: Sequence[int]) -> int:
    """The one in the middle; the shorter of two."""
    return sorted(numbers)[(len(numbers) - 1) // 2]
