"""No byte of data moves the cursor, sets a title, writes to the clipboard or is taken for markup, in any command.

Every command is run on a folder in which whatever can hold text holds a hostile one: to a pipe, as JSON, and to a
terminal with its questions answered in hostile words. A new command is covered by what its example makes of hostile
words; lines of its own stand in `OWN_LINES`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thorough
from clientfolder.cli.commands.table import TABLE, Command, named, names
from folders import Cf

# A title, a clipboard, a cleared screen in seven and in eight bits, a bell, a reversed text, line ends, and markup.
HOSTILE = (
    "\x1b]0;title\x07\x1b]52;c;dG91Y2g=\x07\x1b[2J\x9b2J\x90q\x9c\x08\x7f\x85\u202egnp\u2066\u2028\u2029\r\t\u200b\ufeff"
    "[/x] [red]no[/red] [link=x]y[/link] :smile: $(touch pwned) `touch pwned` \\[ {x} %s\u206a"
)
# What an argument of the system can hold, as one word and as the name of a file.
WORD = HOSTILE.replace("/", "|")
FILE = WORD[:60]

# What is typed for each command; `H` stands for the hostile word, `A` for a hostile client.
OWN_LINES: dict[str, list[str]] = {
    "today": ["", "-i", "H", "--today H"],
    "log": ["slips/zoes", "slips/done", "A H -n fri", "A", "A H -n H", "A -x", "A H --with H -n fri", "A H --on H", "A H --as H -n fri", "H H -n fri", "A H --keep", "A H --rest", "A x --about H -n fri --for H", "A --form H", "A --form hostile", "A --form hostile --answer a=H -n fri", "A --form hostile --answer c=H", "A --form hostile --answer H=H", "A H --form broken", "A --form first-call"],
    "snooze": ["A", "A H", "H", "A fri --yes"],
    "review": ["", "H", "week", "month", "yesterday", "2026-07-02", "H week"],
    "file": ["A fri", "A H", "H fri", "A fri --about H --for H --yes"],
    "move": ["A -n fri", "A H -n fri", "--from H -n fri", "--from overdue -n H", "--from today -n fri", "A A -n fri --yes"],
    "spread": ["overdue --yes", "overdue", "today --cap 1", "H", "undated", "unfiled --yes", "overdue --over H", "15 --cap H"],
    "away": ["today..fri --yes", "today..fri", "H", "H..fri", "15..H", "10..21 aug --yes"],
    "list": ["", "H", "--tag H", "--full", "resting", "--silent-since H", "--agreed", "13"],
    "week": ["", "H", "next week", "fri H", "today"],
    "binder": ["", "H", "--dated", "--dated --months 3", "--months H"],
    "when": ["H", "fri H", "-"],
    "new": ["H -n fri", "H phone=H H=H -n fri", "H -n H", "-", "", "H"],
    "show": ["slips/zoes", "A", "A -a", "H", "plain", "broken"],
    "edit": ["A", "H", "broken"],
    "set": ["slips/zoes client=H", "slips/zoes client=A", "A phone=H", "A H=H", "A tags+=H people.H.phone=H", "A rhythm=H", "A people.x.phone=H", "H phone=1"],
    "find": ["H", "title", "no"],
    "rename": ["slips/zoes H", "A H", "A Bert", "H Bert", "A plain"],
    "slip": ["H -n fri", "H --client A -n fri!", "H --every H", "H -n H --client H", "", "x --client A -n fri --about H"],
    "attach": ["A /etc/hostname", "A H", "A /etc/hostname --as H", "H /etc/hostname", "A clients"],
    "open": ["A", "A H", "H", "A 1", "A touch"],
    "rest": ["A H", "H H"],
    "remove": ["A", "H", "broken"],
    "form": ["", "check", "check H", "check hostile", "check broken", "new H", "new visit", "new hostile", "H", "H H"],
    "init": ["H", ".", ""],
    "demo": ["H"],
    "undo": ["", "A", "H"],
    "redo": ["", "H"],
    "history": ["", "H"],
    "doctor": ["", "H"],
    "settings": ["", "H"],
    "backup": ["", "H", "H.tar.gz"],
    "restore": ["H H", "H", "broken x"],
}  # fmt: skip


def hostile_lines(row: Command) -> list[str]:
    """What is typed for a command that has no lines of its own: its example with hostile words, and the least."""
    words = row.example.split()[1:]
    of_a_client = ["A" if word == "anna" else word if word.startswith("-") else "H" for word in words]
    return list(dict.fromkeys(["", "H", "A", "A H", "H H", " ".join(words), " ".join(of_a_client)]))


LINES = {row.name: OWN_LINES.get(row.name) or hostile_lines(row) for row in TABLE}


def test_no_line_is_of_a_command_that_is_gone() -> None:
    assert set(OWN_LINES) <= set(names())


def test_a_command_without_lines_of_its_own_is_tried_with_hostile_words() -> None:
    file = named("file")
    assert file
    assert {"H H", "A H H --about H H H"} <= {*hostile_lines(file)}


def steering(text: str) -> list[str]:
    """The characters of what was printed that steer a terminal; colours and the ends of lines are not among them."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    bidi = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return [
        c for c in plain
        if (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n")
        or unicodedata.bidirectional(c) in bidi or c in "\u061c\u180e\u200b\u200e\u200f\ufeff"
        or "\u2060" <= c <= "\u206f" or "\U000e0000" <= c <= "\U000e007f"
    ]  # fmt: skip


def in_toml(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007f")


@pytest.fixture
def hostile(cf: Cf, tmp_path: Path) -> Cf:
    """A folder of which every name and value is hostile, its own name too."""
    value = in_toml(HOSTILE)
    folder = tmp_path / FILE / "clients"
    folder.mkdir(parents=True)
    anna = (
        f"name = {value}\ncompany = {value}\nrhythm = {value}\ntags = [{value}]\nsince = {value}\n{value} = {value}\n"
        f'[card]\nbirthday = "--07-20"\n'
        f"phone = {value}\nemail = {value}\n{value} = [{value}, {{ {value} = {value} }}]\n"
        f"[people.{value}]\nname = {value}\nphone = {value}\n{value} = {value}\nbirthday = 1980-07-20\n"
        f"[next]\non = 2026-07-10\nabout = {value}\nwith = {value}\ntime = {value}\nkind = {value}\nhow = {value}\n"
        f"[[log]]\nat = 2026-07-01\nkind = {value}\ntext = {value}\nwith = {value}\n{value} = {value}\n"
        f"[[log]]\nat = 2026-07-01\nkind = {value}\nform = {value}\nanswers.{value} = {value}\nanswers.more = [{value}]\n"
        f'[[log]]\nat = 2026-07-01\nform = "hostile"\nanswers.a = {value}\nanswers.d = {value}\n'
        f'[[log]]\nat = 2026-07-02\nkind = "moved"\nfrom = {value}\nto = {value}\n'
    )
    (folder / f"{FILE}.toml").write_text(anna)
    (folder / "zoe.toml").write_text(anna.replace("2026-07-10", "2026-07-15"))
    (folder / "unfiled.toml").write_text(f"name = {value}\n")
    (folder / "resting.toml").write_text(f"name = {value}\nresting = {value}\n")
    (folder / "plain.toml").write_text('name = "Plain"\n[next]\non = "2026-07"\nhow = "agreed"\n')
    (folder / "broken.toml").write_bytes(f"name = {HOSTILE}\n".encode())
    (folder / f"{FILE}-2.toml").write_text(f"name = 1\n{value} = 1")
    (folder / f"{FILE}.sync-conflict-1.toml").write_text("")
    (folder / f".{FILE}.abc.tmp").write_text("")
    (folder.parent / "slips").mkdir()
    for name, client in (("zoes", "zoe"), (FILE, HOSTILE), ("done", "zoe")):
        text = (
            f"client = {in_toml(client)}\n{anna}"
            if name != "done"
            else f'client = "zoe"\nname = {value}\nresting = "done"\n'
        )
        (folder.parent / "slips" / f"{name}.toml").write_text(text.replace("2026-07-10", "2026-07-15"))
    (folder.parent / "slips" / "broken.toml").write_bytes(f"name = {HOSTILE}\n".encode())
    (folder.parent / "removed").mkdir()
    (folder.parent / "removed" / f"{FILE}.toml").write_text(anna)
    (folder.parent / "papers" / FILE).mkdir(parents=True)
    for name in (FILE, f"2-{FILE}"):
        (folder.parent / "papers" / "zoe" / name).mkdir(parents=True)
        (folder.parent / "papers" / "zoe" / name / FILE).write_text("x")
    (folder.parent / ".cf" / "rescued").mkdir(parents=True)
    (folder.parent / ".cf" / "rescued" / FILE).write_text(HOSTILE)
    (folder.parent / "clientfolder.toml").write_text(f"{value} = 1\ncapacity = {value}\nworking_days = [{value}]\n")
    (folder.parent / "forms").mkdir()
    (folder.parent / "forms" / "hostile.toml").write_text(
        f"title = {value}\nkind = {value}\n[[question]]\nsay = {value}\n"
        f'[[question]]\nkey = "a"\nask = {value}\nhint = {value}\n[[question]]\nkey = "d"\nask = {value}\ntype = "date"\n'
        f'[[question]]\nkey = "c"\nask = {value}\ntype = "choice"\nchoices = [{value}, "x"]\n'
    )
    (folder.parent / "forms" / f"{FILE}.toml").write_text(f"title = 1\n{value} = {value}\n[[question]]\n{value} = 1\n")
    (folder.parent / "forms" / "broken.toml").write_text(f"title = {HOSTILE}\n")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho x >> "$1"\n')
    editor.chmod(0o755)
    return Cf(folder.parent, cf.home, env={"EDITOR": str(editor), "CF_OPENER": "true", "CF_FOLDER": str(folder.parent)})


def words_of(command: str, line: str) -> list[str]:
    return [command, *(word.replace("H", WORD) if word != "A" else "zoe" for word in line.split())]


CASES = [(command, line) for command, lines in LINES.items() for line in lines]
PIPED = f"name,next,{HOSTILE!r}\n{HOSTILE!r},fri,{HOSTILE!r}\n"


# The first line of each command, and of the others every third.
USUAL = [case for n, case in enumerate(CASES) if case[0] != CASES[n - 1][0] or n % 3 == 0]


@pytest.mark.parametrize(("command", "line"), thorough.sweep(CASES, USUAL))
def test_nothing_steers_the_terminal(hostile: Cf, command: str, line: str) -> None:
    hostile(["log", "zoe", WORD, "-n", "fri"])
    words = words_of(command, line)
    piped = f"{HOSTILE}\n" if command == "when" else PIPED
    typed = f"{HOSTILE}\nfri\n{HOSTILE}\n" * 3
    answers = [
        hostile(words, piped=piped),
        hostile([*words, "--json"], piped=piped),
        hostile([*words, "--dry-run"], typed=typed),
        hostile(words, typed=typed, terminal=True),
        hostile([*words, "--help"]),
    ]
    for answer in answers:
        assert not steering(answer.out), (words, answer.exit)
        assert not steering(answer.err), (words, answer.exit)
    # What goes to a pipe has no colours either.
    assert not any("\x1b" in answer.out + answer.err for answer in (*answers[:3], answers[4]))
    assert isinstance(answers[1].json, dict)
    assert not Path("pwned").exists()


@pytest.mark.parametrize("terminal", [False, True])
def test_markup_is_printed_as_it_stands(hostile: Cf, terminal: bool) -> None:
    for line in ("show zoe -a", "list --full"):
        page = re.sub(r"\x1b\[[0-9;]*m", "", hostile(line, terminal=terminal).out).replace("\n", " ")
        assert "[red]no[/red]" in " ".join(page.split()), line


def test_an_unknown_command_and_an_unknown_option(hostile: Cf) -> None:
    for words in ([WORD], [f"--{WORD}"], ["log", "zoe", f"--{WORD}"], ["--folder", WORD, "today"], ["--today", WORD]):
        for more in ([], ["--json"]):
            answer = hostile([*words, *more])
            assert answer.exit in (2, 5)
            assert not steering(answer.out + answer.err)


def test_what_the_environment_says_is_data_too(hostile: Cf) -> None:
    for name in ("CF_FOLDER", "CF_TODAY", "HOME", "EDITOR", "CF_OPENER", "COLUMNS", "TERM", "NO_COLOR"):
        answer = Cf(hostile.root, hostile.home, env={**hostile.env, name: WORD})(["edit", "plain"], terminal=True)
        assert not steering(answer.out + answer.err), name


ANYTHING = st.text(max_size=12)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=thorough.sweep(150, 40)
)
@given(ANYTHING.filter(str.strip), ANYTHING, ANYTHING)
def test_whatever_the_words_are(cf: Cf, name: str, about: str, text: str) -> None:
    name, about, text = (part.encode("utf-8", "replace").decode() for part in (name, about, text))
    cf.write(
        "anna",
        f"name = {in_toml(name)}\n[next]\non = 2026-07-15\nabout = {in_toml(about)}\n[[log]]\nat = 2026-07-01\ntext = {in_toml(text)}\n",
    )
    for line in ("today", "list", "show anna", "list --full", "doctor", "log anna x --keep --dry-run"):
        for terminal in (False, True):
            answer = cf(line, terminal=terminal)
            assert not steering(answer.out + answer.err), line


def test_a_text_in_tag_characters_is_not_hidden(cf: Cf) -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "rm -rf ~")
    cf.write("anna", f'name = "Anna{hidden}"\n[[log]]\nat = 2026-07-01\ntext = "a{hidden}b"\n')
    assert "\\U000e0072\\U000e006d" in cf.ok("show anna").out
    raw = cf.ok("show anna --json").out
    assert hidden not in raw
    assert cf.row("anna")["name"] == f"Anna{hidden}"


def test_the_measure_itself() -> None:
    """Each of these would be seen; colours and lines would not."""
    assert not steering("\x1b[1mname\x1b[0m\nnext")
    for bad in (
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x9b31m",
        "\x07",
        "\u202e",
        "\u2028",
        "\x08",
        "\r",
        "\x7f",
        "\U000e0041",
        "\U000e0001",
        "\u206f",
    ):
        assert steering(f"a{bad}b"), bad
