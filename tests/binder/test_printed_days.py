"""What stood on a printed sheet is kept for a month, and lost without harm."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.binder.printed_days import PrintedLine, keep, read, sheet

DAY = date(2026, 7, 15)
LINES = (PrintedLine("anna", "2026-07-15", None), PrintedLine("slips/x", None, "2026-07-01"))


@pytest.fixture
def binder(tmp_path: Path) -> Binder:
    (tmp_path / "clients").mkdir()
    return Binder(str(tmp_path))


def test_what_was_printed_is_read_again(binder: Binder) -> None:
    assert read(binder, DAY) is None
    printed = sheet(None, LINES)
    keep(binder, DAY, printed, DAY)
    assert read(binder, DAY) == printed
    assert printed.letter == "a"


def test_other_lines_are_another_sheet() -> None:
    first = sheet(None, LINES)
    assert sheet(first, LINES) is first
    assert sheet(first, LINES[:1]).letter == "b"
    assert sheet(first._replace(letter="z"), ()).letter == "z"


def test_what_is_old_goes(binder: Binder) -> None:
    old = DAY - timedelta(days=31)
    keep(binder, old, sheet(None, LINES), old)
    keep(binder, DAY, sheet(None, LINES), DAY)
    assert read(binder, old) is None


@pytest.mark.parametrize(
    "content", [b"", b"x", b"[]", b'{"letter": 1, "lines": []}', b'{"letter": "a", "lines": [[1]]}']
)
def test_what_somebody_else_put_there_is_nothing(binder: Binder, content: bytes) -> None:
    keep(binder, DAY, sheet(None, LINES), DAY)
    Path(binder.path(".cf", "prints", f"{DAY}.json")).write_bytes(content)
    assert read(binder, DAY) is None


def test_a_link_is_written_through_no_more_than_others(binder: Binder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    Path(binder.path(".cf")).mkdir()
    Path(binder.path(".cf", "prints")).symlink_to(tmp_path / "elsewhere")
    keep(binder, DAY, sheet(None, LINES), DAY)
    assert not [*(tmp_path / "elsewhere").iterdir()]
