"""The sheet of one dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clientfolder.cli.output.terminal import Window, plain, width
from clientfolder.cli.pages.dossier import sheet_page, sheets_page
from clientfolder.dossier.forms import Form, Question
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import Dossier, Entry, Next
from goldens import ROLL, WINDOW, Golden, Rows

PAGES: Rows = {
    "show": ("show anna", WINDOW),
    "show whole": ("show bistro -a", WINDOW),
    "show resting": ("show pivovar", ROLL),
    "show with papers": ("show novak", WINDOW),
    "show with a form": ("show novak", WINDOW),
    "show with slips": ("show nov", WINDOW),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


@pytest.mark.parametrize("rows", [16, 18, 24, 30, 50])
def test_the_log_has_at_least_half_the_window_and_the_rest_of_the_card_gives_way(golden: Golden, rows: int) -> None:
    for client, first, last in (
        ("anna", "Wed 1 July 2026 08:55", "potter"),
        ("novak", "Wed 8 July 2026", "bookbinder"),
    ):
        lines = golden.screen(f"show {client}", Window(80, rows)).splitlines()
        assert len(lines) <= rows - 2
        begins = next(number for number, line in enumerate(lines) if first in line)
        assert len(lines) - begins >= rows // 2
        assert lines[1].startswith(" next  ")
        assert lines[-1].startswith(" more: cf show -a ")
        whole = golden.screen(f"show {client} -a", Window(80, rows))
        assert last in whole.casefold()
        assert "address" in whole
    # Where there is room it is all there, card and log.
    assert "address" in golden.screen("show anna", Window(80, 90))


DAY = date(2026, 7, 15)


def sheet(**facts: Any) -> DossierSheet:
    log = (Entry(DAY, "visit", form="fair", answers={"stand": True, "size": 12}),)
    dossier = Dossier("anna", "Anna", next=Next(DAY), log=log)
    return DossierSheet(DAY, dossier.cover, dossier, "clients/anna.toml", {})._replace(**facts)


def lines_of(one: DossierSheet) -> list[str]:
    return [plain(line) for line in sheet_page(one, Window(80), whole=True)]


def test_answers_stand_beside_the_questions_of_a_form_that_is_known() -> None:
    fair = Form("fair", "At the fair", (Question("stand", "Do they have a stand?", "yes/no"), Question(None, "Smile")))
    known = lines_of(sheet(forms={"fair": fair}))
    assert any("visit: At the fair" in line for line in known)
    assert "   Do they have a stand?  yes" in known
    assert "   size                   12" in known


def test_answers_to_a_form_that_is_known_no_more_stand_beside_their_keys() -> None:
    unknown = lines_of(sheet())
    assert any("visit: fair" in line for line in unknown)
    assert "   stand  yes" in unknown


def test_sheets_are_parted_by_a_line() -> None:
    shown = [plain(line) for line in sheets_page([sheet(), sheet()], Window(40))]
    assert shown.count("─" * 39) == 1
    assert list(sheets_page([], Window(40))) == []


@pytest.mark.parametrize("rows", [15, 24])
@pytest.mark.parametrize("columns", [60, 80])
def test_the_title_of_a_sheet_with_many_moves_stays_in_the_window(rows: int, columns: int) -> None:
    moves = tuple(Entry(DAY, "moved", from_on=DAY, to_on=date(2027, 9, 30), how="agreed") for _ in range(30))
    dossier = Dossier("anna", "Anna", next=Next(DAY), log=moves)
    one = sheet()._replace(dossier=dossier, cover=dossier.cover)
    lines = [*sheet_page(one, Window(columns, rows), whole=False)]
    assert sum(-(-width(plain(line)) // columns) for line in lines) <= rows - 1
