"""`show`: the sheet on the screen and the sheet for scripts are the same one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clientfolder.cli.output.terminal import Window, plain
from clientfolder.cli.pages.dossier import sheet_page, sheets_page
from clientfolder.dossier.forms import Form, Question
from clientfolder.dossier.sheet import DossierSheet
from clientfolder.dossier.types import Dossier, Entry, Next
from folders import Cf

DAY = date(2026, 7, 15)


def sheet(**facts: Any) -> DossierSheet:
    log = (Entry(DAY, "visit", form="fair", answers={"stand": True, "size": 12}),)
    dossier = Dossier("anna", "Anna", next=Next(DAY), log=log)
    return DossierSheet(DAY, dossier.cover, dossier, "clients/anna.toml", {})._replace(**facts)


def lines_of(one: DossierSheet) -> list[str]:
    return [plain(line) for line in sheet_page(one, Window(80), whole=True)]


def test_an_entry_of_a_day_to_come_counts_neither_on_the_screen_nor_in_json(cf: Cf) -> None:
    """Nobody was reached yet, so that what was put off is put off still."""
    cf.write(
        "anna",
        """
        name = "Anna"
        [next]
        on = 2026-07-16
        [[log]]
        at = 2026-07-14
        kind = "moved"
        from = 2026-07-13
        to = 2026-07-16
        [[log]]
        at = 2027-07-14
        kind = "call"
        text = "typed with the wrong year"
        """,
    )
    assert cf.ok("show anna --json").data["moves"] == 1
    assert "put off    1x since the last contact" in cf.ok("show anna").out


def test_papers_that_cannot_be_listed_are_warned_of_wherever_sheets_are_shown(cf: Cf) -> None:
    cf.ok("new Anna -n today")
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "anna").symlink_to("anna")
    for line in ("show anna", "show anna --json", "list --full"):
        answer = cf.ok(line)
        assert "the papers are not shown" in answer.err + answer.out


def test_whole_sheets_one_of_which_has_gone_are_a_refusal_and_no_half_page(
    cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder.binder import Binder

    cf.ok("new Anna -n today")
    cf.ok("new Ben -n today")
    read = Binder.read

    def vanished(binder: Binder, client: str) -> object:
        if client == "ben":
            (cf.root / "clients" / "ben.toml").unlink(missing_ok=True)
        return read(binder, client)

    monkeypatch.setattr(Binder, "read", vanished)
    answer = cf("list --full")
    assert (answer.exit, answer.out) == (3, "")
    assert "There is no dossier ben" in answer.err


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


def test_what_is_found_stands_with_its_day_and_the_match_in_view(vera: Cf) -> None:
    long = f"{'before ' * 40}the needle {'behind ' * 40}"
    vera.ok(["log", "anna", long, "-n", "fri"])
    page = vera.ok("find needle").out
    assert page.startswith(" 15 Jul  Anna Kowalska  …")
    assert "the needle behind" in page
    assert max(map(len, page.splitlines())) < 80
    vera.env["LINES"], vera.env["COLUMNS"] = "24", "80"
    assert "\x1b[1mneedle\x1b[0m" in vera.ok("find NEEDLE", terminal=True).out
    assert vera.ok("find xyzzy").out == "Nothing says xyzzy.\n"
