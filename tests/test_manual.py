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
