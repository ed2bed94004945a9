"""The funnel fits the window; its bars go first."""

from __future__ import annotations

import pytest

from busy_folder import busy
from clientfolder.cli.output.terminal import width
from folders import Cf


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", ["funnel"])
def test_it_fits(cf: Cf, line: str, columns: int) -> None:
    busy(cf).env["COLUMNS"] = str(columns)
    out = cf(line).out.splitlines()
    assert len(out) > 5
    assert max(map(width, out)) < columns, max(out, key=width)


def test_the_bars_go_on_a_narrow_window_and_no_figure_does(cf: Cf) -> None:
    busy(cf)
    pages = {}
    for columns in (60, 80):
        cf.env["COLUMNS"] = str(columns)
        pages[columns] = next(line for line in cf("funnel").out.splitlines() if line.startswith(" offer"))
    assert "█" in pages[80]
    assert "".join(pages[80].replace("█", "").replace("EUR", "").split()) == "".join(pages[60].split())
