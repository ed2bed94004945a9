"""The line that is given back: what was typed with one thing changed, meant for the same folder, day and program."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acts import again
from clientfolder.cli.arguments import Known, Takes, arranged, common_first, text_places
from clientfolder.cli.typed_line import TypedLine, quoted
from folders import Cf, Shell

LOG = {
    "-n": Known(Takes.WORDS, "--next"),
    "--next": Known(Takes.WORDS, "--next"),
    "--about": Known(Takes.WORDS, "--about"),
    "--as": Known(Takes.A_WORD, "--as"),
    "--keep": Known(Takes.NOTHING, "--keep"),
    "-e": Known(Takes.NOTHING, "--edit"),
    "--answer": Known(Takes.EACH, "--answer"),
}


# To the letter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "back"),
    [
        ("--folder ../elsewhere log mia wants a quote", "--folder ../elsewhere log mia wants a quote -n fri"),
        ("log mia --today 2026-07-14 wants it", "log mia --today 2026-07-14 wants it -n fri"),
        ("log --folder=../elsewhere mia -- -5% today", "log --folder=../elsewhere mia -n fri -- -5% today"),
        ("log mia -20% --about the price", "log mia -20% --about the price -n fri"),
        ("slip tax return --folder ../elsewhere", "slip tax return --folder ../elsewhere -n fri"),
        ("slip -- --weird", "slip -n fri -- --weird"),
        ("-- log mia x", "-- log mia x -n fri"),
        ("away 20..24 jul --folder ../elsewhere", "away 20..24 jul --folder ../elsewhere --yes"),
    ],
)
def test_the_line_is_the_one_that_was_typed_with_one_thing_changed(elsewhere: Cf, line: str, back: str) -> None:
    answer = elsewhere(line)
    assert answer.exit == 2
    assert again(answer.err) == f"cf {back}"


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("snooze mia 3d", "file mia 2026-08-31"),
        ("snooze mia 20 jul", "file mia 2026-07-20"),
        ("open mia offer", "attach mia FILE"),
    ],
)
def test_another_command_that_is_named_writes_into_the_same_folder(elsewhere: Cf, line: str, then: str) -> None:
    mia = elsewhere.root.parent / "elsewhere" / "clients" / "mia.toml"
    mia.write_text('name = "Mia Other"\n[next]\non = "2026-08"\n')
    answer = elsewhere(f"{line} --folder ../elsewhere --dry-run")
    assert answer.exit > 1
    assert answer.err.rstrip(".\n").endswith(f": cf --folder=../elsewhere {then}")


def test_a_spread_says_its_folder_again(elsewhere: Cf) -> None:
    mia = elsewhere.root.parent / "elsewhere" / "clients" / "mia.toml"
    mia.write_text('name = "Mia Other"\n[next]\non = 2026-07-13\n')
    (mia.parent / "leo.toml").write_text('name = "Leo Other"\n[next]\non = 2026-07-13\n')
    line = "spread overdue --cap 1 --folder ../elsewhere"
    assert again(elsewhere(line).err) == f"cf {line} --yes"


@pytest.mark.parametrize("line", ["snooze mia fri", "file mia fri", "move mia -n fri"])
def test_a_promised_date_is_changed_by_the_line_with_a_yes(elsewhere: Cf, line: str) -> None:
    mia = elsewhere.root.parent / "elsewhere" / "clients" / "mia.toml"
    mia.write_text('name = "Mia Other"\n[next]\non = 2026-07-15\nhow = "agreed"\n')
    answer = elsewhere(f"--folder ../elsewhere {line}")
    assert again(answer.err) == f"cf --folder ../elsewhere {line} --yes"
    elsewhere.ok(again(answer.err).removeprefix("cf "))
    assert "2026-07-17" in mia.read_text()
    assert elsewhere.text("mia") == 'name = "Mia Here"\n'


def test_what_was_typed_at_a_question_stands_on_the_line(elsewhere: Cf) -> None:
    answer = elsewhere("--folder ../elsewhere log mia", typed="-5%, it's agreed\n")
    assert again(answer.err) == "cf --folder ../elsewhere log mia -- '-5%, it'\"'\"'s agreed'"
    answer = elsewhere("log mia --about logos", typed="Took B.\n")
    assert again(answer.err) == "cf log mia 'Took B.' --about logos"
    answer = elsewhere("slip --client mia", typed="send it\n")
    assert again(answer.err) == "cf slip 'send it' --client mia"


def test_what_came_on_standard_input_stands_in_the_place_of_its_dash(elsewhere: Cf) -> None:
    answer = elsewhere("log mia - --about logos", piped="one\ntwo\n")
    assert again(answer.err) == "cf log mia $'one\\ntwo' --about logos -n fri"


def test_what_was_written_in_the_editor_lies_there_again(elsewhere: Cf) -> None:
    editor = elsewhere.home / "editor"
    editor.write_text('#!/bin/sh\necho "and more" > "$1"\n')
    editor.chmod(0o755)
    elsewhere.env["EDITOR"] = str(editor)
    assert again(elsewhere("log mia begun here -e").err) == "cf log mia 'and more' -e -n fri"


def test_texts_and_options_that_contradict_are_given_back(elsewhere: Cf) -> None:
    assert again(elsewhere("log mia a long text -n fri --keep").err) == "cf log mia a long text -n fri --keep"


# By a law -----------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12).map(
    str.strip
)
SAID = TEXT.filter(lambda text: text not in ("", "-"))
WORD = st.one_of(
    st.sampled_from(
        ["-x%", "it's", "$HOME", "fri", "!", "`id`", "#", "~", "a b", "-n", "--keep", "--about", "-e", "--"]
    ),
    st.sampled_from(["--folder=x", "--json", "--answer", "k=v"]),
    TEXT.filter(lambda text: not text.startswith("-")),
)


def meaning(line: TypedLine) -> tuple[list[str], list[str]] | None:
    """The options and the words that the parser makes of a line; None where it refuses it."""
    from clientfolder.errors import Misused

    try:
        front, rest = common_first(line.typed)
        made = arranged(rest[rest.index("log") + 1 :], LOG)
        text_places(line.typed, LOG)
    except Misused:
        return None
    end = made.index("--")
    return [*front, *made[:end]], made[end + 1 :]


@given(
    before=st.lists(st.sampled_from(["--json", "--folder=x"]), max_size=2), behind=st.lists(WORD, max_size=6), said=SAID
)
def test_only_the_text_is_another(before: list[str], behind: list[str], said: str) -> None:
    line = TypedLine(typed=(*before, "log", "mia", *behind), options=LOG)
    was = meaning(line)
    if was is None:
        return
    options, words = was
    assert meaning(line.with_text(said, behind=1)) == (options, [*words[:1], said])
    changed = line.with_option("--answer", "key=value")
    assert meaning(changed) == ([*options, "--answer=key=value"], words)


@pytest.mark.parametrize("typed", [(), ("-i",), ("--folder", "x", "-i"), ("--",)])
def test_a_line_without_a_command_has_a_place_for_options(typed: tuple[str, ...]) -> None:
    assert TypedLine(typed=typed).with_option("--yes").typed == (*typed, "--yes")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), max_size=5))
def test_a_shell_reads_the_same_words(words: list[str]) -> None:
    program = [sys.executable, "-c", "import os, sys; os.write(1, b'\\0'.join(map(os.fsencode, sys.argv[1:])))"]
    line = shlex.join(program) + " " + " ".join(map(quoted, words))
    for locale in ("C", "C.UTF-8"):
        env = {"LC_ALL": locale, "PYTHONUTF8": "1"}
        ended = subprocess.run(["bash", "-c", line], env=env, capture_output=True, check=True)
        assert ended.stdout == "\0".join(words).encode()


@pytest.mark.parametrize(
    "words",
    [
        ["log", "mia", "wants", "a quote\nfor $5 & 'more'"],
        ["log", "mia", "--", "--folder", "is text"],
        ["log", "mia", "e\x85\u2028é"],
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_pasted_it_writes_where_it_was_meant(elsewhere: Cf, shell: Shell, words: list[str], place: int) -> None:
    """Through a real shell, where `shell` has put the program, from the folder at hand, into the one that was named, and on the day that was named."""
    named = ["--folder", str(elsewhere.root.parent / "elsewhere"), "--today", "2026-07-14"]
    asked = elsewhere([*words[:place], *named, *words[place:]])
    assert asked.exit == 2, asked
    ended = subprocess.run(
        ["bash", "-c", again(asked.err)], cwd=elsewhere.root, capture_output=True, text=True, check=False,
        env={"HOME": str(elsewhere.home), "PATH": f"{elsewhere.home}/cold:/bin:/usr/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert ended.returncode == 0, (again(asked.err), ended)
    said = [word for word in words[2:] if word != "--"]
    data = elsewhere.ok(["show", "mia", "--json", *named]).data["dossier"]["log"]
    assert [(entry["at"], entry["text"]) for entry in data] == [("2026-07-14", " ".join(said))]
    assert elsewhere.text("mia") == 'name = "Mia Here"\n'
