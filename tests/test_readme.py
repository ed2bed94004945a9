"""The README is true: its commands run, its screen is what `cf` prints, and it names every command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import goldens
from clientfolder.cli.commands.table import names
from folders import Cf

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text()
BLOCKS = re.findall(r"^```([^\n]*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
# The examples under "Every command", each with its command; of `cf -i` that is `cf today -i`.
COMMANDS = TEXT.partition("## Every command")[2].partition("Tab completes")[0]
EXAMPLES = re.findall(r"`(cf(?: [a-z][^`]*| -i))`", COMMANDS.partition("- **")[2])
ROWS = [("cf today -i" if line == "cf -i" else " ".join(line.split()[:2]), line) for line in EXAMPLES]

# What is typed at the questions of `cf log novak`: of their deal there is nothing to say.
TYPED = "Took B; Petra sends the texts.\n\nfri 10:00\n"


def example_day() -> list[str]:
    [block] = [text for kind, text in BLOCKS if kind == "sh example"]
    return [line.partition("#")[0].strip() for line in block.splitlines()]


def test_the_screen_is_what_cf_prints_in_a_window() -> None:
    screen = next(text for kind, text in BLOCKS if kind == "")
    assert (goldens.DIRECTORY / "today-in-a-window.txt").read_text() == screen


def test_the_ten_lines_of_the_day_run_one_after_the_other(vera: Cf) -> None:
    lines = example_day()
    assert len(lines) == 10
    for line in lines:
        typed = TYPED if line == "cf log novak" else None
        answer = vera(shlex.split(line)[1:], typed=typed)
        assert answer.exit == (1 if "--from overdue" in line else 0) or answer.exit == 0, (line, answer)


def test_the_questions_look_as_shown(vera: Cf) -> None:
    shown = next(text for kind, text in BLOCKS if text.startswith("What happened?"))
    answer = vera.ok("log novak", typed=TYPED)
    told = [line for line in shown.splitlines() if not line.startswith(("What happened?", "Also?", "Next?"))]
    assert [line for line in answer.out.splitlines() if line in told] == told
    assert answer.err == "What happened? Also? Next? "


def test_the_plan_of_an_import_looks_as_shown(cf: Cf) -> None:
    shown = next(text for kind, text in BLOCKS if text.startswith("cf import"))
    line, _, page = shown.partition("\n")
    cf.ok("demo there", today="2026-07-15")
    cf.root = cf.root / "there"
    answer = cf(shlex.split(line)[1:], typed="n\n", today="2026-07-15")
    question = page.rstrip("\n").rpartition("\n")[2]
    assert answer.out == page.removesuffix(f"{question}\n")
    assert answer.err.startswith(question)


def test_slips_are_written_as_shown(vera: Cf) -> None:
    [block] = [text for kind, text in BLOCKS if kind == "sh slips"]
    for line in block.splitlines():
        answer = vera.ok(shlex.split(line, comments=True)[1:])
    assert answer.out.startswith("Ticked: send the mockups.")


@pytest.mark.parametrize(("command", "example"), ROWS, ids=[command for command, _ in ROWS])
def test_each_example_runs(vera: Cf, command: str, example: str) -> None:
    archive = "backup ~/clients-2026-07-15.tar.gz"
    before = {
        "cf undo": "snooze yoga",
        "cf redo": "snooze yoga",
        "cf restore": archive,
        "cf open": "attach anna ~/offer.pdf",
    }.get(command)
    (vera.home / "offer.pdf").write_text("an offer")
    (vera.home / "phone.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Jana Malá\nTEL:+420 555 010 777\nEND:VCARD\n")
    vera.env["CF_OPENER"] = "true"
    if before:
        vera.ok(before)
    if command == "cf redo":
        vera.ok("undo")
    if command == "cf edit":
        vera.env["EDITOR"] = 'sh -c \'echo "# looked through" >> "$0"\''
    if command == "cf today -i":
        assert vera(shlex.split(example)[1:], typed="q").exit == 0
        return
    answer = vera(shlex.split(example)[1:])
    # The example folder has a client without a date, and doctor says so.
    assert answer.exit == (1 if command == "cf doctor" else 0), answer
    assert not answer.err


def test_the_folder_is_taken_along_as_shown(vera: Cf) -> None:
    [block] = [text for kind, text in BLOCKS if kind == "sh backup"]
    (vera.home / "stick").mkdir()
    for line in block.splitlines():
        vera.ok(shlex.split(line, comments=True)[1:])
    assert vera.ok("today --folder ~/restored").out == vera.ok("today").out
    assert (vera.home / "stick" / "folder-2026-07-15.tar.gz").exists()


def test_every_command_has_its_row() -> None:
    assert {command.split()[1] for command, _ in ROWS} == set(names())


def test_the_dossier_shown_is_one(cf: Cf) -> None:
    shown = next(text for kind, text in BLOCKS if kind == "toml")
    cf.write("anna-kowalska", shown)
    answer = cf.ok("show anna --json").json
    assert answer["warnings"] == []
    assert answer["data"]["next"]["with"] == "marek"


def test_the_two_set_up_commands_make_their_own_environments() -> None:
    demo, tests = (text for kind, text in BLOCKS if kind == "sh set-up")
    for block in (demo, tests):
        assert block.startswith("python3 -m venv ")
        assert "pip install" in block
    assert "cf demo" in demo
    assert tests.rstrip().endswith("pytest")
