"""The table of a period fits the window, and says of each figure what it rests on."""

from __future__ import annotations

import pytest

from busy_folder import busy
from clientfolder.cli.output.terminal import width
from folders import Cf


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", ["period", "period year", "period 2026-05-01..2026-06-30"])
def test_it_fits(cf: Cf, line: str, columns: int) -> None:
    busy(cf).env["COLUMNS"] = str(columns)
    out = cf(line).out.splitlines()
    assert len(out) > 5
    assert max(map(width, out)) < columns, max(out, key=width)
