"""Letters against slow sums with fractions, and their laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.portfolio import classes
from clientfolder.portfolio.status import Status

TURNOVERS = st.lists(st.integers(-50, 400), min_size=5, max_size=12)


def slow_abc(turnovers: list[int]) -> list[str | None]:
    whole = sum(one for one in turnovers if one > 0)
    if sum(one > 0 for one in turnovers) < 5:
        return [None] * len(turnovers)
    letters: list[str | None] = []
    for one in turnovers:
        before = Fraction(sum(other for other in turnovers if other > one), whole)
        letters.append(
            None if one <= 0 else "A" if before < Fraction(1, 2) else "B" if before < Fraction(4, 5) else "C"
        )
    return letters


@given(TURNOVERS)
def test_abc_is_what_fractions_have(turnovers: list[int]) -> None:
    assert [found and found[0] for found in classes.abc(turnovers)] == slow_abc(turnovers)


@given(TURNOVERS, st.integers(2, 9))
def test_times_any_number_all_letters_stay(turnovers: list[int], factor: int) -> None:
    once, more = classes.abc(turnovers), classes.abc([one * factor for one in turnovers])
    assert [one and one[0] for one in once] == [one and one[0] for one in more]
    positive = [abs(one) for one in turnovers[:6]]
    assert classes.xyz(positive) == classes.xyz([one * factor for one in positive])


@given(TURNOVERS)
def test_letters_fall_with_turnover(turnovers: list[int]) -> None:
    ranked = sorted(turnovers, reverse=True)
    letters = [found[0] for found in classes.abc(ranked) if found]
    assert letters == sorted(letters)
    assert letters[:1] in ([], ["A"])


def test_exactly_half_and_exactly_four_fifths_before_are_the_next_letter() -> None:
    assert [found and found[0] for found in classes.abc([50, 30, 10, 5, 5])] == ["A", "B", "C", "C", "C"]
    assert classes.abc([50, 30, 10, 10]) == [None] * 4


@given(st.lists(st.integers(-100, 300), max_size=12))
def test_xyz_is_what_fractions_have(sums: list[int]) -> None:
    found = classes.xyz(sums)
    if len(sums) < 3 or sum(sums) <= 0:
        assert found is None
        return
    mean = Fraction(sum(sums), len(sums))
    squared = sum((one - mean) ** 2 for one in sums) / len(sums) / mean**2
    assert found == ("X" if squared <= Fraction(1, 100) else "Y" if squared <= Fraction(1, 16) else "Z")
    shown = Fraction(str(classes.variation(sums)))
    assert (shown - Fraction(1, 20)) ** 2 <= squared * 10**4 < (shown + Fraction(1, 20)) ** 2 or shown == 0


@pytest.mark.parametrize(
    ("r", "f", "m", "orders", "status", "wanted"),
    [
        (1, 0, 0, 1, Status.LOST, "one-off"), (2, 2, 3, 2, Status.LOST, "lapsed"), (3, 1, 1, 1, Status.NEW, "beginner"),
        (3, 1, 1, 1, Status.PERMANENT, "growing"), (3, 3, 3, 4, Status.PERMANENT, "vip"), (3, 3, None, 4, Status.NEW, "vip"),
        (3, 3, 2, 4, Status.PERMANENT, "growing"), (3, 2, 3, 2, Status.NEW, "growing"), (3, 3, 3, 1, Status.PERMANENT, "growing"),
    ],
)  # fmt: skip
def test_the_group(r: int, f: int, m: int | None, orders: int, status: Status, wanted: str) -> None:
    assert classes.group(r, f, m, orders, status) == wanted


def test_the_median_is_the_shorter_of_two_in_the_middle() -> None:
    assert classes.median([4, 1, 3, 2]) == 2
    assert classes.median([9, 1, 5]) == 5
