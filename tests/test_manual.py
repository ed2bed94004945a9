"""The manual is true: every topic is found and shown, and each line that it gives to type runs in the demo folder.

What a topic's lines read beside the folder lies in `tests/manual/TOPIC/` and is put into the home directory.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from clientfolder import manual
from clientfolder.cli.commands import table
from folders import Cf, Shell

TOPICS = {topic.name: topic for topic in manual.topics()}
BESIDE = Path(__file__).parent / "manual"


def lines_to_type(text: str) -> list[str]:
    """The lines of the blocks that are fenced with `sh`."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("name", TOPICS)
def test_every_line_of_a_topic_runs_one_after_the_other(vera: Cf, shell: Shell, name: str) -> None:
    if (BESIDE / name).is_dir():
        shutil.copytree(BESIDE / name, vera.home, dirs_exist_ok=True)
    vera.env["EDITOR"] = "true"
    for line in lines_to_type(TOPICS[name].text):
        if re.search(r"[|<>;&]", line.partition("#")[0]):
            ended = shell(line)
            code, error = ended.returncode, ended.stderr
        else:
            words = shlex.split(line, comments=True)
            assert words[0] == "cf", line
            answer = vera([word.replace("~/", f"{vera.home}/") for word in words[1:]])
            code, error = answer.exit, answer.err
        # 1 is "done, but not all": the demo folder has promised dates, and a client without a date.
        assert code in (0, 1), (line, error)


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_topic_has_a_title_and_keeps_to_the_window(cf: Cf, name: str, columns: int) -> None:
    cf.env["COLUMNS"] = str(columns)
    page = cf.ok(f"help {name}").out
    assert page.startswith(f" {TOPICS[name].title.split()[0]}")
    assert max(map(len, page.splitlines())) < columns
    assert "`" not in page.replace("`date", "")
    assert "\n\n\n" not in page


def test_the_list_names_every_topic_and_json_has_both(cf: Cf) -> None:
    page, data = cf.ok("help").out, cf.ok("help --json").data
    assert data == {"topics": [*TOPICS, "all"]}
    for name in TOPICS:
        assert re.search(rf"^  {name} +{re.escape(TOPICS[name].title)}", page, re.MULTILINE)
        assert cf.ok(f"help {name} --json").data["topic"] == name


def test_every_command_has_its_page_and_stands_in_the_list_of_all(cf: Cf) -> None:
    everything = cf.ok("help all").out
    for row in table.TABLE:
        assert f"\n  {row.name} " in everything
        page = cf.ok(f"help {row.name}").out
        assert row.name in TOPICS or page == cf.ok(f"{row.name} --help").out


@pytest.mark.parametrize(
    ("typed", "topic"),
    [("json", "scripts"), ("Exit codes", "scripts"), ("rhythm", "rhythms"), ("DATES", "dates"), ("toml", "files")],
)
def test_a_topic_is_found_by_other_words_too(cf: Cf, typed: str, topic: str) -> None:
    assert cf.ok(f"help {typed} --json").data["topic"] == topic


@pytest.mark.parametrize(("typed", "near"), [("datse", "dates"), ("scirpts", "scripts"), ("sno", "snooze")])
def test_an_unknown_topic_is_refused_with_the_nearest(cf: Cf, typed: str, near: str) -> None:
    answer = cf(f"help {typed}")
    assert answer.exit == 2
    assert answer.err == f"cf: There is no topic {typed}. Did you mean: cf help {near}\n"


def test_another_word_means_one_topic(cf: Cf) -> None:
    words = [word for topic in TOPICS.values() for word in (topic.name, *topic.also)]
    assert sorted(words) == sorted({*words})


def test_the_first_help_fits_a_window_and_names_what_is_typed_weekly(cf: Cf) -> None:
    page = cf.ok("--help").out
    assert page.count("\n") <= 22
    assert max(map(len, page.splitlines())) <= 80
    found = re.findall(r"^  (\w+) {2,}[A-Z]", page, re.MULTILINE)
    assert found == list(table.WEEKLY)
    assert {*table.names()} - {*re.findall(r"[\w-]+", page)} == {"today"}
    assert "cf -i" in page


def test_a_page_that_is_too_long_is_shown_in_the_pager_and_the_short_one_is_not(cf: Cf) -> None:
    pager = cf.home / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat >/dev/null\n")
    pager.chmod(0o755)

    def seen(rows: int, pager: str) -> str:
        env = {"PATH": "/usr/bin:/bin", "HOME": str(cf.home), "PAGER": pager, "TERM": "xterm", "LANG": "C.UTF-8"}
        words = ["-m", "clientfolder", "help", "rhythms"]
        child = pexpect.spawn(sys.executable, words, env=env, dimensions=(rows, 80), encoding="utf-8", timeout=30)
        return str(child.read())

    assert seen(20, str(pager)).strip() == "PAGED"
    assert "PAGED" not in seen(200, str(pager))
    assert "VAT return" in seen(20, str(cf.home / "no-such-pager"))


def test_a_pipe_is_never_paged(cf: Cf) -> None:
    env = {"HOME": str(cf.home), "PAGER": "false", "LINES": "10", "PYTHONPATH": ":".join(sys.path)}
    words = [sys.executable, "-m", "clientfolder", "help", "dates"]
    out = subprocess.run(words, env=env, capture_output=True, text=True, check=True).stdout
    assert "\x1b" not in out
    assert out.startswith(" Dates:")


def test_the_dossier_and_the_form_in_the_manual_are_such(cf: Cf) -> None:
    blocks = dict(re.findall(r"^```(toml[^\n]*)\n(.*?)^```$", TOPICS["files"].text, re.MULTILINE | re.DOTALL))
    cf.write("anna-kowalska", blocks["toml"])
    assert cf.ok("show anna --json").json["warnings"] == []
    (cf.root / "forms").mkdir()
    (cf.root / "forms" / "first-visit.toml").write_text(blocks["toml form"])
    assert cf.ok("form check first-visit").out == " first-visit: all is well, 1 question\n"
