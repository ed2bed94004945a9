"""What is written for a spreadsheet or an address book leads back to what stood there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.exchange import columns

FORMULAS = [
    "=1+1",
    "+49 30 555",
    "-20 %",
    "@home",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\rx",
    " =1",
    "'=1",
    "''  -1",
    "' '@",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert columns.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "'", "'tis", "a=1", "' x", "1-2", "“=1”"])
def test_any_other_cell_stays(cell: str) -> None:
    assert columns.harmless(cell) == cell
    assert columns.as_it_stood(cell) == cell


@given(st.text(st.sampled_from("'= +-@\t\r＝＋a1"), max_size=8) | st.text(max_size=8))
def test_every_cell_comes_back(cell: str) -> None:
    assert columns.as_it_stood(columns.harmless(cell)) == cell


@given(st.text(st.sampled_from("ab1_-É"), min_size=1, max_size=8))
def test_a_property_leads_back_to_its_key(key: str) -> None:
    name = columns.property_of(key)
    assert name is None or columns.key_of(name) == key
