"""Which browser makes a PDF; what it makes is looked at in cli/commands/test_print_.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientfolder.errors import CannotReach
from clientfolder.exchange.pdf import browser, made


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_it_is_found_where_programs_are(tmp_path: Path) -> None:
    assert browser({"PATH": str(tmp_path)}) is None
    assert browser({}) is None
    found = program(tmp_path / "chromium", "exit 1")
    assert browser({"PATH": f":/nowhere:{tmp_path}"}) == str(found)


def test_one_that_makes_nothing_is_told(tmp_path: Path) -> None:
    failing = program(tmp_path / "chromium", "exit 7")
    with pytest.raises(CannotReach, match="ended with 7"):
        made(str(failing), b"<p>", str(tmp_path), {})
    assert [*tmp_path.iterdir()] == [failing]


def test_a_page_goes_through_it(tmp_path: Path) -> None:
    copying = program(
        tmp_path / "chromium",
        'for word; do case $word in --print-to-pdf=*) to=${word#*=};; *) from=$word;; esac; done; cat "$from" > "$to"',
    )
    assert made(str(copying), b"<p>", str(tmp_path), {"PATH": "/usr/bin:/bin"}) == b"<p>"
