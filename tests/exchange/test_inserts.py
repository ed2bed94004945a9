"""The inserts: one size of number, and tabs that step down the edge without a gap or one upon another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from clientfolder.exchange.inserts import ALL, printed
from clientfolder.exchange.paper import SIZES


@pytest.mark.parametrize("size", SIZES)
def test_tabs_step_down_the_edge(size: str) -> None:
    paper = SIZES[size]
    sheets = printed(ALL, paper)
    assert len(sheets) == 43
    for series in (sheets[:31], sheets[31:]):
        for upper, lower in pairwise(series):
            assert lower.tab_top == pytest.approx(upper.tab_top + upper.tab_height, abs=0.05)
        assert series[0].tab_top >= 0
        assert series[-1].tab_top + series[-1].tab_height <= paper.height


def test_days_and_months_are_called_by_their_names() -> None:
    first, last, may = printed(["1", "31", "may"], SIZES["a4"])
    assert (first.big, last.big, first.size) == ("1", "31", last.size)
    assert (may.big, may.name, may.tab) == ("MAY", "May", "MAY")
