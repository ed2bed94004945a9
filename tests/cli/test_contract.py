"""What scripts rely on: one object with every key, exit codes, letters on standard error, and no byte that steers a terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clientfolder.cli.commands.table import TABLE, Writes, names
from folders import Cf

ENVELOPE = ["cf", "command", "status", "data", "errors", "warnings"]
ROW = [
    "client", "name", "company", "phone", "email", "slot", "days_late", "moves", "attempts", "promised", "next", "last",
]  # fmt: skip

# The lines of commands whose example asks, or finds nothing to do, on a folder with `anna` in it.
OTHER_LINES = {
    "move": "move anna -n fri",
    "spread": "spread today --cap 1 --yes",
    "away": "away today..fri --yes",
}
# One good line of every command; a new one is held to it by the example in its row.
LINES = {row.name: OTHER_LINES.get(row.name, row.example) for row in TABLE}
WRITES = {row.name for row in TABLE if row.writes is not Writes.NOTHING}


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.env |= {"EDITOR": "true", "CF_OPENER": "true"}
    (cf.root / "papers" / "anna").mkdir(parents=True)
    (cf.root / "papers" / "anna" / "offer.pdf").write_text("offer")
    (cf.home / "Downloads").mkdir()
    (cf.home / "Downloads" / "offer.pdf").write_text("another offer")
    (cf.root / "contacts.vcf").write_text("BEGIN:VCARD\nFN:Carl\nTEL:555 010 1001\nEND:VCARD\n")
    cf.write("novak", 'name = "Novák"\n[next]\non = 2026-09-01\n')
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\ntext = "said"\n')
    cf.ok("log anna before -n fri")
    cf.ok("log anna again -n fri")
    cf.ok("undo")
    cf.ok("backup ../clients-2026-07-15.tar.gz")
    (cf.root.parent / "clients-2026-07-15.tar.gz").rename(cf.root / "clients-2026-07-15.tar.gz")
    return cf


def test_no_line_is_of_a_command_that_is_gone() -> None:
    assert set(OTHER_LINES) <= set(names())


@pytest.mark.parametrize("command", LINES)
def test_one_object_with_every_key(anna: Cf, command: str) -> None:
    answer = anna(f"{LINES[command]} --json")
    assert answer.exit in (0, 1), answer
    assert list(answer.json) == ENVELOPE
    assert (answer.json["cf"], answer.json["command"]) == (1, command)
    assert answer.json["status"] == ("ok" if answer.exit == 0 else "partial")
    assert answer.err == ""
    if command in WRITES:
        for change in answer.data["changes"]:
            assert list(change) == ["client", "before", "after", "slot", "words"]


@pytest.mark.parametrize("command", LINES)
def test_the_common_options_stand_before_or_after(anna: Cf, command: str) -> None:
    elsewhere = f"--json --folder {anna.root} --today 2026-07-15 --dry-run"
    before, after = anna(f"{elsewhere} {LINES[command]}"), anna(f"{LINES[command]} {elsewhere}")
    assert before.exit == after.exit
    assert before.json == after.json


@pytest.mark.parametrize("command", LINES)
def test_help_has_one_real_example(anna: Cf, command: str) -> None:
    for option in ("-h", "--help"):
        answer = anna.ok(f"{command} {option}")
        assert f"Example: cf {command}" in answer.out
        assert max(map(len, answer.out.splitlines())) <= 80


def test_rows_have_every_key(anna: Cf) -> None:
    anna.write("ida", 'name = "Ida"\n')
    today = anna.ok("today --json").data
    assert list(today) == [
        "day", "slot", "capacity", "load", "overdue", "today", "undated", "unfiled", "unreadable", "sections",
        "complaints", "waiting", "greetings",
    ]  # fmt: skip
    [row] = today["unfiled"]
    assert list(row) == ROW
    assert (row["slot"], row["next"], row["last"], row["days_late"]) == ("unfiled", None, None, 0)
    show = anna.ok("show anna --json").data
    assert list(show) == [*ROW, "dossier", "slips", "papers", "worth"]
    assert list(show["next"]) == ["on", "time", "kind", "about", "with", "how"]
    assert list(show["last"]) == ["at", "kind", "text"]
    assert show["dossier"]["log"][0] == {"at": "2026-07-01", "text": "said"}
    [hit] = anna.ok("find SAID --json").data["hits"]
    assert hit == {"client": "anna", "file": "clients/anna.toml", "line": 6, "text": "said"}
    [step] = anna.ok("history --json").data["steps"]
    assert list(step) == ["id", "at", "words"]


def test_the_sections_of_the_desk_are_those_of_its_page(cf: Cf) -> None:
    assert cf.ok("today --json").data["sections"] == []
    cf.write("late", 'name = "Late"\n[next]\non = 2026-07-10\n')
    assert cf.ok("today --json").data["sections"] == [{"section": "LATE", "clients": ["late"]}]
    cf.write("now", 'name = "Now"\n[next]\non = 2026-07-15\n')
    cf.write("undated", 'name = "Undated"\n[next]\non = "2026-07"\n')
    today = cf.ok("today --json").data
    assert today["sections"] == [{"section": "LATE", "clients": ["late"]}, {"section": "TODAY", "clients": ["now"]}]
    assert [line.strip() for line in cf.ok("today").out.splitlines() if line.strip() in ("LATE", "TODAY")] == [
        one["section"] for one in today["sections"]
    ]


def test_a_row_counts_attempts_and_names_a_broken_promise(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\nhow = "agreed"\n')
    row = cf.row("anna")
    assert (row["attempts"], row["promised"]) == (0, None)
    cf.ok("log anna -x")
    row = cf.row("anna")
    assert (row["attempts"], row["promised"]) == (1, "2026-07-15")
    cf.write("bert", 'name = "Bert"\n[next]\non = "2026-06"\nhow = "agreed"\n')
    cf.ok("log bert -x")
    assert cf.row("bert")["promised"] == "2026-06"


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "[1.5, nan]", "{a = [inf]}"])
def test_a_number_that_json_has_no_form_for_is_text(cf: Cf, value: str) -> None:
    def never(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    cf.write("anna", f'name = "Anna"\n[card]\nodd = {value}\n[[log]]\nat = 2026-07-01\nrate = {value}\n')
    for line in ("show anna --json", "today --json", "doctor --json", "list --json"):
        json.loads(cf(line).out, parse_constant=never)
    odd = cf.row("anna")["dossier"]["card"]["odd"]
    assert str(odd).replace("'", "") == value.replace("a = ", "a: ")


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"},
                                 {"PYTHONIOENCODING": "utf-16"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}], ids=str)  # fmt: skip
def test_json_is_utf_8_whatever_the_locale(cf: Cf, env: dict[str, str]) -> None:
    cf.write("lodz", 'name = "Łódź Müller"\n[[log]]\nat = 2026-07-01\ntext = "Tisk 報告 \\U0001F600"\n')
    program = [sys.executable, "-m", "clientfolder", "--folder", str(cf.root), "--today", "2026-07-15", "--json"]
    env = {"PATH": os.environ["PATH"], "HOME": str(cf.home)} | env
    for words, exit in ((["show", "lodz"], 0), (["show", "nobody", "Žofie"], 3)):
        if exit and "PYTHONUTF8" in env:
            continue  # there the shell's word does not arrive as it was typed
        done = subprocess.run([*program, *words], env=env, capture_output=True, check=False, timeout=60)
        assert done.returncode == exit, done
        assert not done.stderr
        found = json.loads(done.stdout.decode("utf-8"))
        if exit:
            assert "Žofie" in found["errors"][0]["message"]
        else:
            assert (found["data"]["name"], found["data"]["last"]["text"]) == ("Łódź Müller", "Tisk 報告 😀")


FAILURES = {
    "log nobody x -n fri": (3, "no_client"), "log anna x -n soon": (2, "phrase"), "log": (2, "usage"), "log anna x --wow": (2, "usage"),
    "file anna july 10:00": (2, "phrase"), "frobnicate": (2, "usage"), "done anna": (2, "usage"), "list --tag": (2, "usage"),
    "list --folder": (2, "usage"), "today --today soon": (2, "usage"), "today --folder /nowhere": (5, "no_folder"),
    "show ann an": (3, "no_client"), "show ann": (4, "ambiguous"), "set anna rhythm=soon": (2, "refused"),
    "set anna": (2, "usage"), "new anna": (2, "refused"), "redo": (7, "nothing_to_undo"), "rename anna Anneli": (2, "refused"),
    "form new": (2, "usage"), "form new a b": (2, "usage"), "form cehck": (2, "usage"), "form check none": (2, "usage"),
    "log anna x --form none -n fri": (2, "usage"), "log anna x --answer a=b -n fri": (2, "usage"),
    "log anna x --form first-call -n fri": (2, "refused"), "log anna -x --form first-call": (2, "usage"),
    "log anna x --form first-call --answer start=soon -n fri": (2, "phrase"),
    "show broken": (5, "unreadable"), "when soon": (2, "phrase"), "rest anna": (2, "usage"), "today -i": (2, "usage"),
    "new -": (2, "refused"), "log anna x -n fri -n mon": (2, "usage"), "log anna x --with zoe -n fri": (2, "refused"),
}  # fmt: skip


@pytest.fixture
def crowd(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n')
    cf.write("anneli", 'name = "Anneli"\n')
    cf.path("broken").write_text("name = \n")
    return cf


@pytest.mark.parametrize("line", FAILURES)
def test_a_failure_has_its_code_and_writes_nothing(crowd: Cf, line: str) -> None:
    before = crowd.tree()
    exit_code, code = FAILURES[line]
    answer = crowd(f"{line} --json")
    assert answer.exit == exit_code, answer
    assert list(answer.json) == ENVELOPE
    assert answer.json["status"] == "error"
    assert [error["code"] for error in answer.json["errors"]] == [code]
    assert list(answer.json["errors"][0]) == ["code", "message", "file", "line", "candidates"]
    assert line.startswith("when") or answer.json["data"] is None
    plain = crowd(line)
    assert plain.exit == exit_code
    assert plain.err.startswith("cf: ")
    assert "Traceback" not in plain.err
    assert crowd.tree() == before


def test_the_nearest_are_named(crowd: Cf) -> None:
    assert crowd("show anma --json").json["errors"][0]["candidates"] == ["anna"]
    assert "cf today" in crowd("tody").err
    assert "cf log anna" in crowd("done anna").err
    assert set(crowd("show ann --json").json["errors"][0]["candidates"]) == {"anna", "anneli"}


def test_without_a_folder_the_first_screen_says_how_to_begin(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").unlink()
    answer = cf("")
    assert answer.exit == 5
    assert "cf init" in answer.out
    assert "cf demo" in answer.out
    assert answer.err.startswith("cf: There is no client folder here")
    assert cf("--json").json["errors"][0]["code"] == "no_folder"
    cf.ok("when fri")


def test_the_first_folder_becomes_the_default_and_is_found_from_everywhere(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").unlink()
    cf.ok("init first")
    cf.ok("init second")
    cf.ok("new Anna -n fri")
    assert (cf.root / "first" / "clients" / "anna.toml").exists()
    # What is written elsewhere says where.
    assert "second" in cf.ok("new Bert -n fri --folder second").out
    assert " in " not in cf.ok("new Carl -n fri").out.split(", in 2 days")[1]
    cf.env["CF_FOLDER"] = "second"
    assert cf.ok("list --json").data["slots"][0]["dossiers"][0]["name"] == "Bert"


def test_words_with_one_dash_are_text(anna: Cf) -> None:
    anna.ok(["log", "anna", "offers", "-20%", "and", "-3d", "-n", "fri"])
    assert 'text = "offers -20% and -3d"' in anna.text("anna")
    anna.ok(["log", "anna", "-n", "fri", "--", "--wow", "-n"])
    assert 'text = "--wow -n"' in anna.text("anna")
    assert anna("snooze anna -3d").exit == 2


# The terminal ------------------------------------------------------------------------------------------


def test_colours_are_printed_to_a_terminal_alone(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.output.terminal import Span, Window, put
    from clientfolder.workspace import Environment

    out = io.StringIO()
    environment = Environment({}, "/", io.StringIO(), out, io.StringIO(), lambda: None, str)  # type: ignore[arg-type,return-value]
    line = (Span("late", "late"), Span(" [red]\x1b[2J"))
    put([line], Window(colour=True), environment)
    assert "\x1b[31mlate\x1b[0m [red]\\x1b[2J" in out.getvalue()
    out.truncate(0)
    put([line], Window(), environment)
    assert "\x1b" not in out.getvalue()


# The process -------------------------------------------------------------------------------------------


def run(cf: Cf, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(cf.home), "CF_TODAY": "2026-07-15", "LANG": "C.UTF-8"}
    program = [sys.executable, "-m", "clientfolder", *words]
    return subprocess.run(program, cwd=cf.root, env=env, text=True, check=False, timeout=60, **how)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output(anna: Cf) -> None:
    with open("/dev/full", "w") as full:
        reading = run(anna, "today", stdout=full, stderr=subprocess.PIPE)
        writing = run(anna, "log", "anna", "kept", "-n", "fri", stdout=full, stderr=subprocess.PIPE)
    assert (reading.returncode, reading.stderr.count("\n")) == (5, 1)
    assert writing.returncode == 0
    assert "It is written" in writing.stderr
    assert 'text = "kept"' in anna.text("anna")


def test_a_closed_pipe_ends_quietly(vera: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(vera.home)}
    line = f"{sys.executable} -m clientfolder list --full | head -1"
    done = subprocess.run(
        line, shell=True, cwd=vera.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_both_names_and_the_module_are_the_same(cf: Cf) -> None:
    beside = Path(sys.executable).parent
    expected = run(cf, "--version", stdout=subprocess.PIPE).stdout
    for name in ("cf", "clientfolder"):
        if (beside / name).exists():
            assert subprocess.run([beside / name, "-V"], capture_output=True, text=True, check=True).stdout == expected


def test_a_start_imports_only_what_it_needs(vera: Cf) -> None:
    code = "import sys; from clientfolder.cli import main; main(['today']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=vera.root, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stderr.split())
    for costly in ("pydantic", "rich.console", "rich.table", "tomli_w", "dateutil", "sqlite3"):
        assert costly not in loaded, costly
