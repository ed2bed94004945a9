"""The manual is true: every topic is found and shown, and each line that it gives to type runs in the demo folder.

What a topic's lines read beside the folder lies in `tests/manual/TOPIC/` and is put into the home directory.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from clientfolder import manual
from clientfolder.cli.output.terminal import Window
from folders import Cf, Shell
from goldens import Golden

TOPICS = {topic.name: topic for topic in manual.topics()}
# A screen has so many columns where the manual itself is read in 80.
IN_THE_MANUAL = 76
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


def screens(text: str) -> list[tuple[str, list[str]]]:
    """Of each block that begins with `$ cf ...`: the line, and what it shows; `...` stands for what is left out."""
    blocks = re.findall(r"^```\n\$ cf ([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(line, shown.splitlines()) for line, shown in blocks]


SCREENS = [(name, line, shown) for name, topic in TOPICS.items() for line, shown in screens(topic.text)]


@pytest.mark.parametrize(("name", "line", "shown"), SCREENS, ids=[f"{name}: {line}" for name, line, _ in SCREENS])
def test_a_screen_of_the_manual_is_what_the_demo_shows(golden: Golden, name: str, line: str, shown: list[str]) -> None:
    page = iter(golden.screen(line, Window(IN_THE_MANUAL)).splitlines())
    for row in shown:
        assert len(row) <= IN_THE_MANUAL
        assert row.strip() == "..." or row in page, row


def test_the_pages_of_money_and_of_care_are_shown() -> None:
    told = {(name, line) for name, line, _ in SCREENS}
    assert {("worth", "worth"), ("worth", "funnel"), ("care", "care"), ("care", "checkup")} <= told


def test_another_word_means_one_topic(cf: Cf) -> None:
    words = [word for topic in TOPICS.values() for word in (topic.name, *topic.also)]
    assert sorted(words) == sorted({*words})


def test_the_dossier_and_the_form_in_the_manual_are_such(cf: Cf) -> None:
    blocks = dict(re.findall(r"^```(toml[^\n]*)\n(.*?)^```$", TOPICS["files"].text, re.MULTILINE | re.DOTALL))
    cf.write("anna-kowalska", blocks["toml"])
    assert cf.ok("show anna --json").json["warnings"] == []
    (cf.root / "forms").mkdir()
    (cf.root / "forms" / "first-visit.toml").write_text(blocks["toml form"])
    assert cf.ok("form check first-visit").out == " first-visit: all is well, 1 question\n"
