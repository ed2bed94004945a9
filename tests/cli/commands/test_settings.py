"""A setting changed from the command line: one step, told, and every other byte of the file kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientfolder.settings import FILE, TABLE, Setting, commented
from folders import Cf
from goldens import ROLL, Golden, Rows
from terminals import Terminal

PAGES: Rows = {"settings": ("settings", ROLL)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


MINE = """# mine

capacity = 8   # a day
days_off = [
  2026-12-24,  # home
  2026-12-25,
]
odd = "kept"

[rates]  # by hand
PLN = 0.23  # July
# and the crown
CZK = 0.04
"""


def laid(cf: Cf, text: str) -> Path:
    file = cf.root / FILE
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("typed", "old", "new"),
    [
        ("capacity=6", "capacity = 8   # a day", "capacity = 6   # a day"),
        ("capacity=", "capacity = 8   # a day\n", ""),
        ("'days_off=2026-12-24'", "  2026-12-25,\n", ""),
        ("'days_off=2026-12-24, 2026-12-25, 2026-12-31'", "  2026-12-25,\n", "  2026-12-25,\n  2026-12-31,\n"),
        ("'rates=PLN 0.25, CZK 0.04'", "PLN = 0.23", "PLN = 0.25"),
        ("rates=CZK 0.04", "PLN = 0.23  # July\n", ""),
        ("snooze=mon", 'odd = "kept"\n', 'odd = "kept"\nsnooze = "mon"\n'),
    ],
)
def test_one_value_is_changed_and_every_other_byte_stays(cf: Cf, typed: str, old: str, new: str, newline: str) -> None:
    before = MINE.replace("\n", newline)
    file = laid(cf, before)
    cf.ok(f"settings {typed} --dry-run")
    assert file.read_bytes().decode() == before
    cf.ok(f"settings {typed}")
    assert file.read_bytes().decode() == MINE.replace(old, new).replace("\n", newline)
    cf.ok("undo")
    assert file.read_bytes().decode() == before
    cf.ok("redo")
    assert file.read_bytes().decode() == MINE.replace(old, new).replace("\n", newline)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_in_a_new_folder_each_setting_stands_below_its_explanation(cf: Cf, row: Setting) -> None:
    name, example = row.name, row.example
    file = laid(cf, commented({}))
    cf.ok(["settings", f"{name}={example}"])
    lines = file.read_text().splitlines()
    at = lines.index(f"# {name} = {example}")
    assert lines[at + 1].startswith(f"{name} = ")
    assert [*lines[: at + 1], *lines[at + 2 :]] == commented({}).splitlines()


def test_old_and_new_are_told_on_the_screen_in_json_and_in_history(cf: Cf) -> None:
    laid(cf, "")
    assert cf.ok("settings capacity=6").out.startswith("Set capacity from 8 to 6.\n")
    told = cf.ok("settings capacity=mon 4 snooze=mon --json").data["changes"]
    words = "Set capacity from 6 to mon 4, tue 8, wed 8, thu 8, fri 8, sat 8, sun 8, snooze from +1b to mon"
    assert told == [{"client": None, "before": None, "after": None, "slot": None, "words": words}]
    assert [step["words"] for step in cf.ok("history --json").data["steps"]] == [words, "Set capacity from 8 to 6"]
    assert cf.ok("undo").out.startswith(f"Undone: {words}.")
    assert cf.ok("settings capacity --json").data["settings"] == {"capacity": 6}


def test_what_is_so_already_is_no_step(cf: Cf) -> None:
    laid(cf, "capacity = 6\n")
    assert "so the settings are already" in cf.ok("settings capacity=6").out
    assert cf.ok("settings capacity=6 --json").data["changes"] == []
    assert cf("undo").exit == 7


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("settings capacity=lots", '"lots" is none; capacity should be a whole number from 1 to 999'),
        ("settings capacity=lots", "Again: cf settings capacity=8"),
        ("settings days_off=xmas", "days_off should be a list of dates. It would work like this"),
        ("settings capcity=6", "Did you mean capacity? Again: cf settings capacity=6"),
        ("settings working-days=mon", "Did you mean working_days? Again: cf settings working_days=mon"),
        ("settings colour=red", "There is no setting colour"),
        ("settings capcity", "Again: cf settings capacity"),
        ("settings capacity 6", "To change it: cf settings capacity=6"),
        ("settings capacity = 6", "To change it: cf settings capacity=6"),
        ("settings anna capacity=6", "Again: cf settings capacity=6"),
        ("settings days_off+=2026-12-24", "A setting is said whole"),
        ("settings capacity=6 capacity=7", "named twice"),
    ],
)
def test_a_refusal_leads_on_and_writes_nothing(cf: Cf, line: str, says: str) -> None:
    file = laid(cf, MINE)
    answer = cf(line)
    assert (answer.exit, answer.out) == (2, "")
    assert says in answer.err
    assert file.read_text() == MINE


def test_what_stands_in_a_way_that_is_not_changed_safely_is_left_to_a_person(cf: Cf) -> None:
    file = laid(cf, "weights = { visit = 4 }\n[capacity]\nmon = 4 # short\n")
    answer = cf("settings capacity=6")
    assert (answer.exit, file.read_text()) == (2, "weights = { visit = 4 }\n[capacity]\nmon = 4 # short\n")
    assert "write it by hand: capacity = 6" in answer.err


def test_settings_that_do_not_parse_are_refused_with_the_line(cf: Cf) -> None:
    file = laid(cf, "capacity = \n")
    answer = cf("settings snooze=mon")
    assert (answer.exit, file.read_text()) == (5, "capacity = \n")
    assert f"{FILE}, line 1" in answer.err


def test_to_look_waits_for_nobody(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientfolder.cli.session.Session.settle", lambda self: pytest.fail("it would wait"))
    cf.ok("settings")
    cf.ok("settings capacity")


def test_the_settings_are_read_in_a_pager_where_they_do_not_fit(cf: Cf) -> None:
    terminal = Terminal(cf)
    terminal.env["PAGER"] = "head -n 3"
    terminal.line("cf settings")
    assert terminal.end() == 0
    assert "day_first" in terminal.shown
    assert "handover_without" not in terminal.shown
