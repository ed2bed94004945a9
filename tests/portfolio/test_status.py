"""The table of status, and the stage of a relationship that fits first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.portfolio.status import Relationship, Status, relationship, status

EARLIER, START, LAST = (date(2026, *day).toordinal() for day in ((1, 1), (4, 1), (6, 30)))


def days(*written: str) -> list[int]:
    return sorted(date.fromisoformat(one).toordinal() for one in written)


@pytest.mark.parametrize(
    ("paid", "wanted"),
    [
        (days(), Status.POTENTIAL), (days("2026-04-01"), Status.NEW), (days("2026-03-31"), Status.LOST),
        (days("2026-03-31", "2026-04-01"), Status.PERMANENT), (days("2025-12-31", "2026-06-30"), Status.RESTORED),
        (days("2025-12-31", "2026-01-01", "2026-06-30"), Status.PERMANENT), (days("2020-01-01"), Status.LOST),
    ],
)  # fmt: skip
def test_the_status_is_that_of_the_table(paid: list[int], wanted: Status) -> None:
    assert status(paid, START, EARLIER) is wanted


@given(st.lists(st.integers(date(2025, 1, 1).toordinal(), LAST)))
def test_one_more_payment_now_is_never_lost(paid: list[int]) -> None:
    assert status(sorted([*paid, LAST]), START, EARLIER) not in (Status.LOST, Status.POTENTIAL)


@pytest.mark.parametrize(
    ("found", "orders", "selling", "complains", "wanted"),
    [
        (Status.LOST, 3, True, True, Relationship.STORM), (Status.LOST, 3, True, False, Relationship.FADING),
        (Status.NEW, 2, True, False, Relationship.SETTLED), (Status.NEW, 1, True, False, Relationship.HONEYMOON),
        (Status.POTENTIAL, 0, True, False, Relationship.SALE), (Status.POTENTIAL, 0, False, False, Relationship.COURTING),
    ],
)  # fmt: skip
def test_the_first_stage_that_fits(
    found: Status, orders: int, selling: bool, complains: bool, wanted: Relationship
) -> None:
    assert relationship(found, orders, is_selling=selling, complains=complains) is wanted
