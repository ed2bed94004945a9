"""Dossiers spoilt in ways that nobody thought of: no command breaks, and every letter says where."""

from __future__ import annotations

import itertools
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thorough
from clientfolder import settings
from clientfolder.binder.toml import parser
from clientfolder.dossier.amounts import ExactFloat
from clientfolder.errors import Unreadable
from folders import EXAMPLE, Cf

SOURCES = [path.read_bytes() for path in sorted((EXAMPLE / "clients").iterdir())]
SPLINTERS = [
    b'"', b"'", b'"""', b"'''", b"[", b"]", b"[[", b"{", b"}", b"=", b"#", b"\\", b"\n", b"\r", b"\t", b"\0", b"\xff", b"\xef\xbb\xbf",
    "é".encode(), "“".encode(), b"0001-01-01", b"9999-12-31T23:59:59-23:59", b"0001-01-01T00:00:00+23:59", b"nan", b"inf", b"1e999",
    b"0x" + b"f" * 4000, b"9" * 5000, b"[log]", b"[[next]]", b"[people]", b"[card.next]", b"\xf0\x9f\x8e\xa8", b"\xed\xa0\x80", b"\\ud800",
    b"{}", b"[]", b"[{}]", b'""', b"07:32:00", b'"2026-13"', b'"0000-00"', b'"9999-12"', b"<<<<<<< HEAD\n", b">>>>>>> x\n", b"a.b.c",
]  # fmt: skip
READING = ("list", "doctor --json", "show spoilt", "today", "binder", "list --full", "find x", "show spoilt --json")
WRITING = (
    "log spoilt x -n fri",
    "snooze spoilt",
    "rest spoilt why",
    "set spoilt phone=1",
    "rename spoilt Other",
    "file spoilt fri",
)


def spoilt(chance: random.Random) -> bytes:
    content = chance.choice(SOURCES)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        if not content:
            break
        at, lines = chance.randrange(len(content)), content.split(b"\n")
        line, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                content = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
            case 1:
                content = content[:at]
            case 2:
                lines[line], lines[other] = lines[other], lines[line]
                content = b"\n".join(lines)
            case 3:
                content += chance.choice(SOURCES)
            case 4:
                content = content[:at] + chance.choice(SPLINTERS) + content[at:]
            case 5:
                content = content[:at] + content[at + chance.randrange(40) :]
            case _:
                lines[line] = lines[line].partition(b"=")[0] + b"= " + chance.choice(SPLINTERS)
                content = b"\n".join(lines)
    return content


@pytest.mark.parametrize("seed", range(thorough.sweep(60, 12)))
def test_no_command_breaks_on_a_spoilt_dossier(cf: Cf, seed: int) -> None:
    chance = random.Random(seed)
    path: Path = cf.write("good", 'name = "Good"\n\n[next]\non = 2026-08-05\n').with_stem("spoilt")
    for _ in range(4):
        content = spoilt(chance)
        path.write_bytes(content)
        answers = {line: cf(line) for line in READING}
        assert path.read_bytes() == content
        listed = answers["list"]
        assert "Good" in listed.out
        if listed.exit:
            assert listed.err.count("\n") == 1
            assert listed.err.startswith("cf: clients/spoilt.toml, line ") or "has no name" in listed.err
            assert answers["show spoilt"].err == listed.err
            assert answers["doctor --json"].data["findings"]
        for line in WRITING:
            path.write_bytes(content)
            answer = cf(line)
            assert answer.exit == 5 if listed.exit else answer.exit in (0, 2)
            cf.path("other").unlink(missing_ok=True)


def test_a_number_that_python_cannot_print_is_not_read(cf: Cf) -> None:
    for form in ("0x" + "f" * 5000, "[1, 0b" + "1" * 20000 + "]", "0o" + "7_" * 4000 + "7"):
        cf.write("anna", f'name = "Anna"\nbudget = {form}\n')
        answer = cf("list")
        assert answer.err == "cf: clients/anna.toml, line 2: A number is too long; put it in quotes\n"


@pytest.mark.parametrize("parts", [90, 101, 400])
def test_a_key_of_many_parts_is_read_or_told(bob: Cf, parts: int) -> None:
    bob.write("anna", f'name = "Anna"\n[people.x]\n{".".join("a" * parts)} = 1\n')
    for line in ("log anna hello -n fri", "set anna phone=1", "show anna", "undo"):
        assert bob(line).exit == (0 if parts < 100 else 7 if line == "undo" else 5), line


# Lines of settings, as this program and as a hand writes them; of some TOML will know nothing.
KEYS = ["capacity", "day-first", "a_1", "1", "-", "a.b", '"a"', "ä", "", " a", "[a]", "# a"]
VALUES = [
    '"EUR"', '""', '"ž # ~"', '"a" # b', '"a"b"', '"a\\"b"', '"\\u0041"', '"""a"""', '"""', '"', "'a'", '"\ta"', '"\x7f"', '"\u2028"', '"a\r', "true", "false",
    "True", "0", "00", "07", "8", "999999999", "9999999999", "-1", "+1", "1_0", "1.5", "٣", "0x1", "inf", "2026-07-05", "2026-02-30", "20260705", "2026-W27-1", "2026--1-01", "0000-01-01", "2026-07-05T10:00:00", "[1]", "{}", "", "8 ", " 8",
]  # fmt: skip
OTHER_LINES = ["", "# a comment", "#\t", "#\x01", "#\u2028\xa0", "\r", " ", "a=1", "a =1", "a", "= 1", "[a]"]
LINES = [*map(" = ".join, itertools.product(KEYS, VALUES)), *OTHER_LINES]


@pytest.mark.parametrize(
    "text", ["{}", "{}\n", "{}\r\n", "# mine\n\n{}\n", "a_1 = 3\n{}\n", "{}\ncapacity = 3", "x = 1979-05-27\n{}\n"]
)
def test_flat_text_is_read_as_tomllib_reads_it(text: str) -> None:
    for line in LINES:
        _check(text.replace("{}", line))


@given(st.lists(st.sampled_from(LINES), max_size=4))
def test_flat_lines_beside_each_other_are_read_as_tomllib_reads_them(lines: list[str]) -> None:
    _check("\n".join(lines))


def _check(text: str) -> None:
    try:
        expected = tomllib.loads(text, parse_float=ExactFloat)
    except tomllib.TOMLDecodeError:
        with pytest.raises(Unreadable):
            parser.parse("x.toml", text)
        return
    read, short = parser.parse("x.toml", text)
    # The represented values: yes is no 1, and what is not a number differs from itself.
    assert [*map(repr, read.items())] == [*map(repr, expected.items())]
    assert short.text == text


@pytest.mark.parametrize("text", [settings.commented({}), settings.commented({"currency": '"EUR"', "capacity": "8"})])
def test_settings_as_they_are_begun_need_no_tomllib(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(parser, "_loads")
    assert parser.parse("x.toml", text)[0] == tomllib.loads(text)
