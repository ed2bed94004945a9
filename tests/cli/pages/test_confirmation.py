"""What a command says that has written."""

from __future__ import annotations

import pytest

from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "log": ("log nov Took B -n fri 10:00", ROLL),
    "log no answer": ("log anna -x", ROLL),
    "log stays": ("log klara rang in", ROLL),
    "snooze": ("snooze yoga", ROLL),
    "move": ("move --from overdue -n mon", ROLL),
    "slip": ("slip send the mockups --client nov -n wed!", ROLL),
    "log with a form": ("log brandt wants a sketch --form first-call --answer interest=new logo start=1 sept --answer budget=5 000 ended=later -n fri", ROLL),
    "log with slips": ("log nov Took B -n fri", ROLL),
    "ticked with slips": ("log mockups", ROLL),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
