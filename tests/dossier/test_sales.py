"""A deal is open, won or lost as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier.sales import Deal

DAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("won", "lost", "holds"),
    [(1, None, True), (2, 1, True), (1, 2, False), (2, 2, True), (None, 1, False), (20, None, False)],
)
def test_of_won_and_lost_the_later_holds_and_on_one_day_the_won(won: int | None, lost: int | None, holds: bool) -> None:
    day = {None: None, **{number: date(2026, 7, number) for number in (1, 2, 20)}}
    assert Deal("shop", won=day[won], lost=day[lost]).is_won_on(DAY) is holds


@pytest.mark.parametrize(
    ("closed", "is_open"), [({}, True), ({"won": DAY}, False), ({"lost": date(2026, 7, 16)}, True)]
)
def test_what_was_closed_later_is_open(closed: dict[str, date], is_open: bool) -> None:
    assert Deal("shop", **closed).is_open_on(DAY) is is_open


def test_the_newest_day_is_that_of_any_step_or_of_its_end() -> None:
    assert Deal("shop").newest_day is None
    assert Deal("shop", steps={"offer": DAY, "odd": "soon"}).newest_day == DAY
    assert Deal("shop", steps={"offer": DAY}, lost=date(2026, 8, 1)).newest_day == date(2026, 8, 1)
