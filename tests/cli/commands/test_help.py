"""The manual in the program: a topic, the page of a command, or the list of them."""

from __future__ import annotations

import re

import pytest

from clientfolder import manual
from clientfolder.cli.commands import table
from folders import Cf

TOPICS = {topic.name: topic for topic in manual.topics()}


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
