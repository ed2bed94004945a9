"""Markdown as lines for a page: as wide as the window, and nothing of its marks left."""

from __future__ import annotations

import re

import pytest

from clientfolder import manual
from folders import Cf

TOPICS = {topic.name: topic for topic in manual.topics()}


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_topic_has_a_title_and_keeps_to_the_window(cf: Cf, name: str, columns: int) -> None:
    cf.env["COLUMNS"] = str(columns)
    page = cf.ok(f"help {name}").out
    assert page.startswith(f" {TOPICS[name].title.split()[0]}")
    # A command is to be pasted, and stays whole.
    assert max(len(line) for line in page.splitlines() if not line.startswith("   cf ")) < columns
    assert not page.endswith("\n\n")
    assert "`" not in page.replace("`date", "")
    assert "\n\n\n" not in page


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("columns", [60, 80])
def test_each_command_of_a_topic_stands_on_one_line(cf: Cf, name: str, columns: int) -> None:
    text = cf.ok(f"help {name} --json").data["text"]
    commands = re.findall(
        r"^(cf .*)$", "".join(re.findall(r"^```sh.*\n((?:.*\n)*?)```$", text, re.MULTILINE)), re.MULTILINE
    )
    cf.env["COLUMNS"] = str(columns)
    lines = cf.ok(f"help {name}").out.splitlines()
    assert [command for command in commands if f"   {command}".rstrip() not in lines] == []
