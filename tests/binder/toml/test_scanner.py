"""A text cut into its statements, each with its whole lines."""

from __future__ import annotations

import pytest

from clientfolder.binder.toml import scanner

TEXT = '''# a comment
name = "Anna"

[card]
note = """
[next]
not = "a key"
"""
[[log]]
at = 2026-07-01
[[log]]
tags = [
  "a", # ]
]
'''


def test_each_statement_has_its_path_and_its_line() -> None:
    assert [(statement.path, line) for statement, line in scanner.numbered(TEXT)] == [
        (("name",), 2), (("card",), 4), (("card", "note"), 5), (("log", 0), 9), (("log", 0, "at"), 10), (("log", 1), 11),
        (("log", 1, "tags"), 12),
    ]  # fmt: skip


def test_the_statements_hold_every_line_that_is_no_comment() -> None:
    spans = "".join(TEXT[statement.start : statement.end] for statement in scanner.statements(TEXT))
    assert [line for line in TEXT.splitlines() if line and line not in spans] == ["# a comment"]


@pytest.mark.parametrize("text", ['a = "open\n', "a = [1,\n", 'a = """\n', "a b c\n"])
def test_what_is_no_statement_is_told(text: str) -> None:
    with pytest.raises((scanner.Unclosed, scanner.Unknown)):
        list(scanner.statements(text))
