"""Slips that have happened once, each named after what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from folders import Cf


def test_the_letter_of_snooze_names_a_day_that_is_still_ahead(cf: Cf) -> None:
    cf.write("u", 'name = "Ulla"\n[next]\non = "2026-07"\n')
    answer = cf("snooze ulla 1w")
    assert answer.exit == 2
    advised = answer.err.strip().rpartition("cf ")[2]
    cf.ok(advised)
    assert cf.next("ulla")["on"] == "2026-07-31"  # type: ignore[index]


def test_a_text_from_another_system_keeps_its_lines(bob: Cf) -> None:
    bob.ok(["log", "bob", "one\r\ntwo", "-n", "fri"])
    bob.ok("log bob -", piped="three\r\nfour\r\n")
    assert 'text = """\none\ntwo"""' in bob.text("bob")
    assert 'text = """\nthree\nfour"""' in bob.text("bob")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_character_that_splits_lines_elsewhere_splits_none_here(cf: Cf, separator: str) -> None:
    cf.write("bob", f'name = "Bob"\n# a{separator}b\ncompany = "x{separator}y"\n[next]\non = 2026-07-10\n')
    cf.ok("log bob hello -n fri")
    [line] = [number for number, line in enumerate(cf.text("bob").split("\n"), 1) if "hello" in line]
    assert cf.ok("find hello --json").data["hits"][0]["line"] == line


def test_the_line_given_back_says_everything_again(bob: Cf) -> None:
    answer = bob("log bob it\\'s x --on 3d ago --about big things --agreed --as mail")
    assert answer.exit == 2
    again = answer.err.strip().partition(" Again: ")[2]
    assert again == """cf log bob 'it'"'"'s' x --on 3d ago --about big things --agreed --as mail -n fri"""
    bob.ok(again.removeprefix("cf "))
    for line in (
        "log nobody text -n fri",
        "log bob text -n fir",
        "log bob text --with zoe",
        "log bob text --on tomorrow",
    ):
        assert " Again: cf log " in bob(line).err
    assert "$'two\\nlines'" in bob(["log", "bob", "two\nlines", "-n", "fir"]).err


def test_a_written_entry_is_not_logged_twice_because_nobody_could_read_so(bob: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    line = f"{sys.executable} -m clientfolder log bob x -n fri >&-"
    done = subprocess.run(
        ["bash", "-c", line], cwd=bob.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0
    assert "It is written" in done.stderr
    assert bob.text("bob").count('text = "x"') == 1


def test_a_long_run_of_letters_costs_no_time(cf: Cf) -> None:
    import time

    cf.write("bob", f'name = "Bob"\nnote = "{"a" * 400_000}"\nrole = "{"x." * 600}"\n')
    begun = time.process_time()
    cf.ok("list")
    assert time.process_time() - begun < 20


def test_accents_that_are_strokes(cf: Cf) -> None:
    cf.ok("new Øre Đorđe Łódź -n fri")
    for typed in ("ore", "dorde", "lodz", "ØRE", "łódź"):
        cf.ok(f"show {typed}")


def test_a_text_that_begins_like_a_comment_is_a_text(bob: Cf) -> None:
    bob.env["EDITOR"] = "true"
    bob.ok(["log", "bob", "#5 ordered", "-e", "-n", "fri"])
    assert 'text = "#5 ordered"' in bob.text("bob")


def test_show_warns_of_its_own_dossier_alone(bob: Cf) -> None:
    bob.write("odd", 'name = "Odd"\nsince = 5\n')
    assert bob.ok("show bob --json").json["warnings"] == []
    assert len(bob.ok("show odd --json").json["warnings"]) == 1
    assert len(bob.ok("list --json").json["warnings"]) == 1


def test_the_rhythm_counts_from_the_contact_and_not_from_today(cf: Cf) -> None:
    cf.write("rhy", 'name = "Rhy"\nrhythm = "2 weeks"\n[next]\non = 2026-07-10\n')
    cf.ok("log rhy hi --on 10d ago")
    assert cf.next("rhy")["on"] == "2026-07-20"  # type: ignore[index]
    # A note is no contact: what was said last still counts.
    cf.write("rhy", 'name = "Rhy"\nrhythm = "2 weeks"\n[[log]]\nat = 2026-07-10\nkind = "call"\n')
    cf.ok("log rhy hi --as note")
    assert cf.next("rhy")["on"] == "2026-07-24"  # type: ignore[index]


def test_broken_settings_stop_nothing(bob: Cf) -> None:
    (bob.root / "clientfolder.toml").write_text("= b\n")
    for line in ("today", "find Bob", "log bob x -n fri", "list"):
        answer = bob.ok(line)
        assert "The defaults are used" in answer.err or line == "find Bob"
    assert bob("doctor --json").data["findings"]


@pytest.mark.parametrize(
    "log",
    [
        'at = 2026-07-02\ntext = "old"\n[[log]]\nat = 2026-07-02T00:30:00+02:00\ntext = "new"',
        'at = 2026-07-01T21:00:00-04:00\ntext = "old"\n[[log]]\nat = 2026-07-02\ntext = "new"',
        'at = 2026-07-02\ntext = "new"\n[[log]]\nat = 2026-07-01T21:00:00-04:00\ntext = "old"',
        'at = 2026-07-02\ntext = "old"\n[[log]]\nat = 2026-07-02T00:00:00+02:00\ntext = "new"',
        'at = 2026-07-02T09:00:00Z\ntext = "new"\n[[log]]\nat = 2026-07-02T10:30:00+02:00\ntext = "old"',
        'at = 2026-07-02T09:00:00\ntext = "old"\n[[log]]\nat = 2026-07-02T09:00:00\ntext = "new"',
    ],
)
def test_the_newest_entry_whatever_its_offset(cf: Cf, log: str) -> None:
    cf.write("bob", f'name = "Bob"\n[[log]]\n{log}\n')
    assert cf.row("bob")["last"]["text"] == "new"


def test_an_unreadable_dossier_is_not_taken_for_another_client(cf: Cf) -> None:
    cf.path("anna").write_text("broken")
    cf.write("annalena", 'name = "Annalena"\n')
    before = cf.tree()
    assert cf("log anna secret -n fri").exit == 5
    assert cf.tree() == before


@pytest.mark.parametrize("promised", [0, 5, 60])
@pytest.mark.parametrize("rows", [10, 20, 24])
def test_the_desk_fits_the_window_however_much_is_late(
    cf: Cf, rows: int, promised: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.cli.output.terminal import Window

    for number in range(60):
        how = "agreed" if number < promised else "planned"
        cf.write(
            f"c{number:02}",
            f'name = "C{number:02} Wide 日本語"\n[next]\non = 2026-07-{1 + number % 15:02}\nhow = "{how}"\n',
        )
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: Window(60, rows)))
    lines = cf.ok("").out.splitlines()
    assert len(lines) < rows
    assert "15 July" in lines[0]
    assert any("more: cf -a" in line for line in lines)


def test_many_odd_values_cost_one_look_at_the_file(cf: Cf) -> None:
    import time

    entries = '[[log]]\nat = 2026-07-01\nwith = 5\nfrom = "x"\nhow = 3\n' * 1500
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-08-05\n{entries}')
    begun = time.process_time()
    assert len(cf.ok("list --json").json["warnings"]) == 4500
    assert len(cf("doctor --json").data["findings"]) == 4500
    assert time.process_time() - begun < 40


@pytest.mark.parametrize("letter", ["a", "\\t", "東", "e\u0301"])
def test_a_word_as_long_as_a_file_is_shown_in_no_time(cf: Cf, letter: str) -> None:
    import time

    cf.write("anna", f'name = "Anna"\nnote = "{letter * 100_000}"\n')
    begun = time.process_time()
    page = cf.ok("show anna").out
    assert time.process_time() - begun < 20
    assert "".join(page.split()).count(letter) >= 100_000


def test_a_dossier_whose_name_is_all_wide_letters_can_be_written(cf: Cf) -> None:
    """The name of the file beside it was measured in letters, and systems measure in bytes."""
    cf.write("🎨" * 60, 'name = "Zora"\n')
    cf.ok("log zora rang in -n fri")


def test_a_dossier_with_an_odd_short_name_is_counted_once(cf: Cf) -> None:
    cf.write("Anna", 'name = "Anna"\n[next]\non = 2026-07-17\n')
    assert "1 that day" in cf.ok("rename anna anna").out
    assert cf.path("anna").exists()
    assert "1 that day" in cf.ok("undo --dry-run").out


@pytest.mark.parametrize("line", ["today", "log anna"])
def test_a_broken_promise_and_a_first_call_stand_apart(cf: Cf, line: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-10\nhow = "agreed"\n')
    answer = cf(line, typed="\n")
    assert "broken promise · first call" in answer.out


@pytest.mark.parametrize("bug", [TypeError, ValueError, AttributeError])
@pytest.mark.parametrize("line", ["set anna phone=1", "log anna x -n fri", "away 20..21 jul --yes"])
def test_a_bug_in_the_editor_of_files_is_told_as_a_bug(
    cf: Cf, monkeypatch: pytest.MonkeyPatch, bug: type[Exception], line: str
) -> None:
    from clientfolder.binder.toml import editor

    def fails(*words: Any, **more: Any) -> str:
        raise bug("a bug")

    cf.write("anna", 'name = "Anna"\n')
    monkeypatch.setattr(editor, "_insert", fails)
    with pytest.raises(bug, match="a bug"):
        cf(line)


def test_a_bug_in_the_settings_is_told_as_a_bug(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.dates import availability

    def fails(name: str) -> None:
        raise AttributeError("a bug")

    (cf.root / "clientfolder.toml").write_text('working_days = ["mon"]\n')
    monkeypatch.setattr(availability, "weekday", fails)
    with pytest.raises(AttributeError, match="a bug"):
        cf("today")


@pytest.mark.parametrize(
    ("zone", "said", "day"),
    [("Africa/Cairo", "2026-04-24 0:30", "2026-04-24T01:30:00+03:00"), ("Asia/Beirut", "2026-03-29 0:30", "2026-03-29T01:30:00+03:00"),
     ("America/Havana", "2026-03-08 0:15", "2026-03-08T01:15:00-04:00"), ("Europe/Prague", "2026-03-29 2:30", "2026-03-29T03:30:00+02:00"),
     ("Europe/Prague", "2025-10-26 2:30", "2025-10-26T02:30:00+02:00"), ("Africa/Cairo", "2026-04-24 1:30", "2026-04-24T01:30:00+03:00"),
     ("Australia/Lord_Howe", "2025-10-05 2:10", "2025-10-05T02:40:00+11:00")],
)  # fmt: skip
def test_a_time_that_the_clocks_skipped_stays_on_its_day(bob: Cf, zone: str, said: str, day: str) -> None:
    program = [
        sys.executable,
        "-m",
        "clientfolder",
        "--folder",
        str(bob.root),
        "log",
        "bob",
        "rang",
        "-n",
        "1w",
        "--on",
        said,
    ]
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home), "TZ": zone}
    done = subprocess.run(program, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done
    assert f"at = {day}" in bob.text("bob")


def test_a_paper_that_is_a_link_to_what_a_desktop_runs_is_not_opened(bob: Cf) -> None:
    papers = bob.root / "papers" / "bob"
    papers.mkdir(parents=True)
    (papers / "run.desktop").write_text("[Desktop Entry]\n")
    (papers / "offer.pdf").symlink_to("run.desktop")
    bob.env["CF_OPENER"] = f"touch {bob.home / 'opened'} #"
    answer = bob("open bob offer")
    assert answer.exit == 2, answer
    assert "may run this" in answer.err
    assert not (bob.home / "opened").exists()
