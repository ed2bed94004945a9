"""Markdown as lines for a page: as wide as the window, and nothing of its marks left."""

from __future__ import annotations

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
    assert max(map(len, page.splitlines())) < columns
    assert "`" not in page.replace("`date", "")
    assert "\n\n\n" not in page
