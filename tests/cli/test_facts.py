"""What pages and JSON are made from, gathered in the folder."""

from __future__ import annotations

import os

import pytest

from acts import lay
from folders import Cf


@pytest.fixture
def anna(with_an_offer: Cf) -> Cf:
    return with_an_offer


def test_the_sheet_names_the_newest_first(anna: Cf) -> None:
    assert "papers" not in anna.ok("show anna").out
    assert anna.ok("show anna --json").data["papers"] == []
    lay(anna, "offer.pdf", "contract.pdf", "2025/old.pdf", ".hidden")
    assert " papers     offer.pdf (82 kB, 14 Jul), contract.pdf, 2025/old.pdf\n" in anna.ok("show anna").out
    shown = anna.ok("show anna --json").data["papers"]
    assert [paper["name"] for paper in shown] == ["offer.pdf", "contract.pdf", "2025/old.pdf"]
    assert shown[0]["bytes"] == 82_000
    assert shown[0]["modified"].startswith("2026-07-14T")
    lay(anna, *(f"paper number {number}.pdf" for number in range(20)))
    page = anna.ok("show anna").out
    assert "more: cf open anna-kowalska" in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_papers_that_cannot_be_listed_never_stop_the_sheet(anna: Cf) -> None:
    (anna.root / "papers").mkdir()
    (anna.root / "papers" / "anna-kowalska").write_text("no directory")
    assert "Anna Kowalska" in anna.ok("show anna").out
    (anna.root / "papers" / "anna-kowalska").unlink()
    directory = lay(anna, "offer.pdf")
    os.utime(directory / "offer.pdf", (-1e11, -1e11))
    assert anna.ok("show anna --json").data["papers"][0]["name"] == "offer.pdf"
    if os.geteuid():
        directory.chmod(0)
        answer = anna.ok("show anna")
        directory.chmod(0o700)
        assert "the papers are not shown" in answer.err
