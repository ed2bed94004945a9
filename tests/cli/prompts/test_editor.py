"""A text in the own editor; what was written there is never lost."""

from __future__ import annotations

import os
import re

import pytest

from acts import kept_in
from folders import Cf

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\n'


LATIN = b"M\xfcller zahlt am 3.\n"


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def editor(cf: Cf, content: bytes) -> None:
    (cf.home / "left").write_bytes(content)
    cf.env["EDITOR"] = f"cp {cf.home / 'left'}"


@pytest.mark.parametrize("content", [LATIN, b"\xff\xfeh\x00i\x00", b"first\nsecond \xe9\n", b"cut off \xc3"], ids=repr)
def test_an_editor_that_saves_no_utf_8_is_refused_and_its_bytes_are_kept(anna: Cf, content: bytes) -> None:
    editor(anna, content)
    answer = anna("log anna -e -n fri")
    assert answer.exit == 2
    assert "no text in UTF-8" in answer.err
    assert kept_in(answer.err) == content
    assert anna.text("anna") == ANNA


def test_the_mark_that_an_editor_puts_at_the_head_goes(anna: Cf) -> None:
    editor(anna, "\ufeffTyped in Notepad.\r\nMüller\r\n".encode())
    anna.ok("log anna -e -n fri")
    assert anna.row("anna")["last"]["text"] == "Typed in Notepad.\nMüller"


def test_an_editor_s_text_keeps_what_only_looks_like_the_end_of_a_line(anna: Cf) -> None:
    editor(anna, "one\u2028two\x0bthree\x85".encode() + b" four\n")
    anna.ok("log anna -e -n fri")
    assert anna.row("anna")["last"]["text"] == "one\u2028two\x0bthree\x85 four"


def test_what_an_editor_left_too_large_lies_where_it_was(anna: Cf) -> None:
    editor(anna, b"x" * 5_000_001)
    answer = anna("log anna -e -n fri")
    assert answer.exit == 2
    assert kept_in(answer.err) == b"x" * 5_000_001
    assert anna.text("anna") == ANNA
    found = re.search(r"lies in (\S+\.txt)", answer.err)
    assert found
    os.unlink(found[1])
