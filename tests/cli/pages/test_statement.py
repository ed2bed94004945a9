"""The page of a table of payments fits the window, whatever the bank wrote."""

from __future__ import annotations

import pytest

from clientfolder.cli.output.terminal import width
from folders import Cf


@pytest.mark.parametrize("columns", ["40", "60", "80", "120"])
def test_it_fits(cf: Cf, columns: str) -> None:
    cf.write("anna", 'name = "Anna Kowalska"\n')
    cf.env["COLUMNS"] = columns
    long = "Überweisung für die Rechnung mit der langen Nummer 2026-0000000007 und noch viel mehr " * 2
    rows = [f"2026-06-{day:02},anna,{day}00.50,EUR,shop and cards and more,{long}" for day in range(1, 13)]
    rows += [f"2026-06-01,Kowalska A {long},9,EUR,,", f"2026-06-01,Amt {long},9,EUR,,", "2026-06-01,anna,x,EUR,,"]
    out = cf("pay - --dry-run", piped="on,client,amount,currency,product,note\n" + "\n".join(rows)).out
    assert "TO WRITE DOWN 12" in out
    # What is to be pasted stays whole, however long it is.
    lines = [line for line in out.splitlines() if "cf set CLIENT bank=" not in line]
    assert len(lines) == len(out.splitlines()) - 1
    assert max(map(width, lines)) < int(columns), max(lines, key=width)
