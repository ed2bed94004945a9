"""What lies among a client's papers, and where no link leads out of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientfolder.binder import papers
from clientfolder.errors import Refused


def test_papers_are_the_newest_first_without_hidden_ones_and_what_leads_out(tmp_path: Path) -> None:
    home = tmp_path / "papers" / "anna"
    (home / "2025").mkdir(parents=True)
    for age, name in enumerate(("new.pdf", "old.pdf", "2025/older.pdf", ".hidden")):
        (home / name).write_text("x")
        os.utime(home / name, (1000 - age, 1000 - age))
    (tmp_path / "secret").write_text("x")
    (home / "out").symlink_to("../../secret")
    assert [paper.name for paper in papers.listed(str(tmp_path), "anna")] == ["new.pdf", "old.pdf", "2025/older.pdf"]
    with pytest.raises(Refused):
        papers.path_of(str(tmp_path), "anna", "out")


def test_only_copies_of_cf_wait(tmp_path: Path) -> None:
    place = tmp_path / ".cf" / "papers"
    place.mkdir(parents=True)
    for name in (".paper.0123456789ab.tmp", "mine.tmp"):
        (place / name).write_text("x")
    assert papers.waiting(str(tmp_path)) == [".cf/papers/.paper.0123456789ab.tmp"]
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert papers.waiting(str(tmp_path)) == []
