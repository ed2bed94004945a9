"""Where something is written is said under the first echo of a day, in a folder that is not the default one."""

from __future__ import annotations

import os
from datetime import date

import pytest

from clientfolder.binder import folder_notice
from clientfolder.binder.binder import Binder
from folders import Cf

SAID = "   in "


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n')
    return cf


def test_it_is_said_once_a_day(anna: Cf) -> None:
    assert SAID in anna.ok("log anna hello -n fri").out
    assert SAID not in anna.ok("log anna hello again -n fri").out
    assert SAID not in anna.ok("undo").out
    assert SAID in anna.ok("log anna hello -n fri", today="2026-07-16T09:00:00").out


def test_a_dry_run_and_a_script_are_told_nothing_and_take_nothing_away(anna: Cf) -> None:
    anna.ok("log anna hello -n fri --dry-run")
    anna.ok("log anna hello -n fri --json")
    assert SAID in anna.ok("log anna hello again -n fri").out


@pytest.mark.parametrize("content", [b"", b"yesterday", b"2026-07-14\n", b"\xff" * 99])
def test_what_is_no_note_of_today_is_none(anna: Cf, content: bytes) -> None:
    anna.ok("log anna hello -n fri")
    (anna.root / ".cf" / ".told").write_bytes(content)
    assert SAID in anna.ok("log anna hello again -n fri").out


def test_a_link_in_its_place_is_neither_read_nor_written_through(anna: Cf) -> None:
    outside = anna.home / "precious"
    outside.write_text("2026-07-15\n")
    (anna.root / ".cf").mkdir(exist_ok=True)
    (anna.root / ".cf" / ".told").symlink_to(outside)
    assert SAID in anna.ok("log anna hello -n fri").out
    assert outside.read_text() == "2026-07-15\n"


def test_a_pipe_in_its_place_holds_up_nobody(anna: Cf) -> None:
    (anna.root / ".cf").mkdir(exist_ok=True)
    os.mkfifo(anna.root / ".cf" / ".told")
    assert SAID in anna.ok("log anna hello -n fri").out


def test_each_folder_has_its_own(anna: Cf) -> None:
    binder = Binder(str(anna.root), date(2026, 7, 15), date(2026, 7, 15))
    assert not folder_notice.was_given(binder, date(2026, 7, 15))
    folder_notice.give(binder, date(2026, 7, 15))
    assert folder_notice.was_given(binder, date(2026, 7, 15))
    assert not folder_notice.was_given(binder, date(2026, 7, 16))
