"""The portraits fit the window, segment by segment and client by client."""

from __future__ import annotations

import pytest

from busy_folder import busy
from clientfolder.cli.output.terminal import width
from folders import Cf


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", ["products", "products inns", "products makers-and-menders"])
def test_it_fits(cf: Cf, line: str, columns: int) -> None:
    busy(cf).env["COLUMNS"] = str(columns)
    out = cf(line).out.splitlines()
    assert len(out) > 5
    assert max(map(width, out)) < columns, max(out, key=width)
