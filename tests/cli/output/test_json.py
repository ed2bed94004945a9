"""What scripts are told: every key of a record, in JSON that every reader takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from folders import Cf

ROW = [
    "client", "name", "company", "phone", "email", "slot", "days_late", "moves", "attempts", "promised", "next", "last",
]  # fmt: skip


@pytest.fixture
def anna(furnished: Cf) -> Cf:
    return furnished


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
    assert [*show][: len(ROW)] == ROW
    assert {*show} == {*ROW, "dossier", "slips", "papers", "worth", "care"}
    assert list(show["next"]) == ["on", "time", "kind", "about", "with", "how"]
    assert list(show["last"]) == ["at", "kind", "text"]
    assert show["dossier"]["log"][0] == {"at": "2026-07-01", "text": "said"}
    [hit] = anna.ok("find SAID --json").data["hits"]
    assert hit == {"client": "anna", "file": "clients/anna.toml", "line": 6, "text": "said"}
    [step] = anna.ok("history --json").data["steps"]
    assert list(step) == ["id", "at", "words"]


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
