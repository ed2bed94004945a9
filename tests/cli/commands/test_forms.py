"""Forms: asked by `cf log`, kept in the entry, laid out by `cf show`; made, listed and checked by `cf form`."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientfolder.binder import forms
from clientfolder.binder.binder import Binder
from clientfolder.binder.toml import dossier_file
from clientfolder.dossier.changes import Append, entry_record
from clientfolder.dossier.forms import example_of
from clientfolder.dossier.types import Entry
from folders import Cf
from forms_of_ours import VISIT, write_form
from goldens import ROLL, Golden, Rows


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-07-14\n')
    write_form(cf, "visit", VISIT)
    return cf


# Asking -------------------------------------------------------------------------------------------------


def test_without_an_answer_and_without_words_nothing_is_written(anna: Cf) -> None:
    write_form(anna, "visit", 'title = "T"\n[[question]]\nkey = "a"\nask = "A?"\n')
    assert anna("log anna --form visit -n fri").exit == 2
    assert "The text is empty" in anna("log anna --form visit -n fri", typed="\n\n").err
    assert "log" not in anna.text("anna")


def test_leaving_in_the_middle_writes_nothing_and_keeps_what_was_typed(anna: Cf) -> None:
    before = anna.tree()
    answer = anna("log anna --form visit", typed="new logo\n2\n1 sept\n")
    assert answer.exit == 2
    assert anna.tree() == before
    [kept] = (anna.root / ".cf" / "rescued").iterdir()
    assert kept.read_text() == "What interests them most? new logo\nHow did it end? thinks it over\n"
    assert str(kept) in answer.err
    # What is pasted goes on where it was left.
    again = answer.err.partition("Again: cf ")[2]
    assert again == "log anna --form visit --answer 'interest=new logo' --answer 'ended=thinks it over'\n"
    assert anna.ok(again, typed="\n\n\n\nfri\n").err == "How much? When? Content? [y/n] What happened? Next? "


def test_what_was_typed_is_let_go_when_it_is_written(anna: Cf) -> None:
    anna.ok("log anna --form visit", typed="new logo\n2\n\n\n\nNice.\nfri\n")
    assert not list((anna.root / ".cf" / "rescued").iterdir())


def test_a_dry_run_asks_and_writes_nothing(anna: Cf) -> None:
    before = anna.tree()
    anna.ok("log anna --form visit --dry-run", typed="new logo\n2\n\n\n\nNice.\nfri\n")
    assert anna.tree() == before
    assert not (anna.root / ".cf" / "rescued").exists()


def test_undo_takes_the_answers_back(anna: Cf) -> None:
    before = anna.text("anna")
    anna.ok("log anna --form visit --answer ended=no -n fri")
    anna.ok("undo")
    assert anna.text("anna") == before


# Reading ------------------------------------------------------------------------------------------------


def test_show_lays_the_answers_out_beside_their_questions(anna: Cf) -> None:
    anna.ok("log anna fine --form visit --answer interest=new logo ended=no budget=5000 start=1 sept content=y -n fri")
    assert anna.ok("show anna").out.endswith(
        " Wed 15 July 2026 10:30  visit: First visit\n"
        "   What interests them most?  new logo\n"
        "   How did it end?            no\n"
        "   How much?                  5000\n"
        "   When?                      Tue 1 September 2026\n"
        "   Content?                   yes\n"
        "   fine\n"
    )
    (anna.root / "forms" / "visit.toml").unlink()
    shown = anna.ok("show anna").out
    assert "visit: visit\n   interest  new logo\n" in shown
    said = anna.ok("show anna --json").data["dossier"]["log"][0]["answers"]
    assert said == {"interest": "new logo", "ended": "no", "budget": 5000, "start": "2026-09-01", "content": True}


def test_a_form_that_was_spoilt_since_stops_no_sheet_and_no_list(anna: Cf) -> None:
    anna.ok("log anna --form visit --answer ended=no -n fri")
    write_form(anna, "visit", "title =")
    for line in ("show anna", "list --full", "today", "find no"):
        assert not anna.ok(line).err


def test_find_finds_words_in_answers(anna: Cf) -> None:
    anna.ok("log anna --form visit --answer interest=new logo ended=no -n fri")
    [hit] = anna.ok("find new LOGO --json").data["hits"]
    assert hit["text"] == "new logo; no"


def test_lists_say_the_answers_where_there_are_no_other_words(anna: Cf) -> None:
    anna.ok("log anna --form visit --answer interest=new logo ended=no content=y -n today")
    told = "interest: new logo, ended: no, content: yes"
    for _ in range(2):
        # Once read from the file, once from the register.
        assert f"15 Jul {told}" in anna.ok("today").out
        assert anna.row("anna")["last"]["text"] == told
    anna.ok("log anna in words --form visit --answer ended=no -n today")
    assert anna.row("anna")["last"]["text"] == "in words"


@pytest.mark.parametrize(
    "answers", ['answers = "no table"', "answers = [1]", "form = 5\nanswers.a = 1", "answers.a.b = [1, 2]"]
)
def test_odd_answers_are_shown_as_they_stand(anna: Cf, answers: str) -> None:
    anna.write("anna", f'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\n{answers}\n')
    for line in ("show anna", "today", "list --full", "log anna x -n fri"):
        answer = anna.ok(line)
        assert ("warning" in answer.err) == (answers[:9] != "answers.a"), answer
    assert answers in anna.text("anna")


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30), st.booleans(), st.dates(),
    st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), VALUES, min_size=1), st.booleans())
def test_any_answers_that_are_written_are_read_back_the_same(answers: dict[str, Any], windows: bool) -> None:
    raw = b'name = "Anna"\n\n[[log]]\nat = 2026-07-01\nkind = "call"\n'
    raw = raw.replace(b"\n", b"\r\n") if windows else raw
    if windows:
        # Inside a block a line end is the file's.
        answers = {key: value for key, value in answers.items() if not (isinstance(value, str) and "\n" in value)}
    entry = Entry(date(2026, 7, 2), "call", "x", form="f", answers=answers)
    read = dossier_file.read("anna", "anna.toml", raw)
    content = dossier_file.revised(read, (Append("log", entry_record(entry)),), "anna.toml").raw
    assert dossier_file.read("anna", "anna.toml", content).dossier.log[-1] == entry
    assert (
        dossier_file.cover("anna", "anna.toml", content)[0]
        == dossier_file.read("anna", "anna.toml", content).dossier.cover
    )
    assert content.startswith(raw)
    assert len(content.splitlines()) >= len(raw.splitlines()) + len(answers) + 5


# cf form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["first-call", "project-status", "satisfaction"])
def test_those_that_ship_are_well_and_can_be_asked_without_a_file(cf: Cf, name: str) -> None:
    cf.write("anna", 'name = "Anna"\n')
    form = forms.named(Binder(str(cf.root)), name)
    assert form.file is None
    assert max(len(question.ask) for question in form.asked.values()) <= 40
    assert len(form.asked) <= 8
    first = next(iter(form.asked))
    needed = [f"{key}={example_of(one)}" for key, one in form.asked.items() if one.required or key == first]
    cf.ok(["log", "anna", "--form", name, "--answer", *needed, "-n", "fri"])


def test_the_list_names_them_all_and_one_of_ones_own_wins(anna: Cf) -> None:
    write_form(anna, "first-call", VISIT)
    listed = anna.ok("form list --json").data["forms"]
    assert [(form["name"], form["ships"], form["file"]) for form in listed] == [
        ("first-call", False, "forms/first-call.toml"), ("project-status", True, None),
        ("satisfaction", True, None), ("visit", False, "forms/visit.toml"),
    ]  # fmt: skip
    assert list(listed[0]) == ["name", "title", "kind", "file", "ships", "questions"]
    assert list(listed[0]["questions"][1]) == ["key", "ask", "type", "choices", "required", "hint"]
    assert listed[0]["title"] == "First visit"
    assert anna.ok("form").out == anna.ok("form list").out


def test_a_new_one_is_a_copy_of_the_one_that_ships_or_shows_every_type(cf: Cf) -> None:
    cf.ok("form new first-call")
    assert (cf.root / "forms" / "first-call.toml").read_bytes() == forms.shipped("first-call")
    cf.ok("form new first-visit")
    text = (cf.root / "forms" / "first-visit.toml").read_text()
    assert 'title = "First visit"' in text
    assert "--form first-visit" in text
    made = forms.named(Binder(str(cf.root)), "first-visit")
    assert {question.type for question in made.asked.values()} == {
        "text",
        "choice",
        "number",
        "date",
        "yes/no",
        "rating",
    }
    assert any(question.key is None for question in made.questions)
    assert oct((cf.root / "forms" / "first-visit.toml").stat().st_mode)[-3:] == "600"


def test_a_new_one_overwrites_nothing_and_can_be_undone_as_long_as_it_is_as_it_was(cf: Cf) -> None:
    cf.ok("form new visit --dry-run")
    assert not (cf.root / "forms").exists()
    cf.ok("form new visit")
    path = cf.root / "forms" / "visit.toml"
    answer = cf("form new visit")
    assert (answer.exit, "forms/visit.toml: There is such a file already" in answer.err) == (2, True)
    assert cf.ok("history --json").data["steps"][0]["words"] == "New form visit"
    cf.ok("undo")
    assert not path.exists()
    cf.ok("redo")
    path.write_text(VISIT)
    assert cf("undo").exit == 6
    assert path.read_text() == VISIT


@pytest.mark.parametrize("name", ["Visit", "../x", "con", "a/b", "x.toml", "-rf", "é", "a" * 61, "visit\n"])
def test_a_name_that_is_none_is_refused(cf: Cf, name: str) -> None:
    assert cf(["form", "new", "--", name]).exit == 2
    assert not (cf.root / "forms").exists()


SPOILT = {
    "title =": (1, "title has no value"),
    'title = "T"\n[[question]]\nkey = "a"\nask = "A?"\ntype = "money"\n': (5, "There is no such type"),
    "[[question]]\nkey = 'a'\nask = 'A?'\n": (None, "no title"),
    "title = 'T'\n" * 2: (2, "title stands twice"),
}


@pytest.mark.parametrize("text", SPOILT)
def test_one_that_cannot_be_read_is_told_with_its_line_and_stops_no_other(anna: Cf, text: str) -> None:
    write_form(anna, "spoilt", text)
    line, words = SPOILT[text]
    for command in ("form list", "form check", "form check spoilt"):
        answer = anna(f"{command} --json")
        assert answer.exit == 1
        [error] = answer.json["errors"]
        assert (error["file"], error["line"], error["code"]) == ("forms/spoilt.toml", line, "unreadable")
        assert words in error["message"]
        assert "spoilt" in anna(command).out
    [finding] = [one for one in anna("doctor --json").data["findings"] if one["file"] == "forms/spoilt.toml"]
    assert (finding["code"], finding["line"], words in finding["message"]) == ("unreadable", line, True)
    failed = anna("log anna x --form spoilt -n fri")
    assert (failed.exit, words in failed.err) == (5, True)
    assert "Again: cf log anna x --form spoilt -n fri" in failed.err
    anna.ok("form check visit")
    anna.ok("log anna --form visit --answer ended=no -n fri")
    anna.ok("today")


def test_check_tells_all_that_is_wrong_at_once(anna: Cf) -> None:
    write_form(anna, "visit", VISIT.replace('"number"', '"money"').replace('ask = "When?"', "").replace("true", "1"))
    answer = anna("form check visit")
    assert answer.exit == 1
    assert [error["line"] for error in anna("form check visit --json").json["errors"]] == [13, 17, 18]


@pytest.mark.parametrize("make", [
    lambda path: os.mkfifo(path), lambda path: path.mkdir(), lambda path: path.symlink_to("nowhere"),
    lambda path: path.write_bytes(b"\xff\xfe"), lambda path: path.write_bytes(b"\0" * 40), lambda path: path.write_text("x" * 1_000_001),
    lambda path: path.write_text(f"a{'.a' * 50_000} = 1"), lambda path: path.write_text("a = " + "[" * 5000),
], ids=["pipe", "directory", "link", "utf-16", "nul", "huge", "dots", "deep"])  # fmt: skip
def test_whatever_lies_there_is_told(anna: Cf, make: Any) -> None:
    make(anna.root / "forms" / "strange.toml")
    answer = anna("form --json")
    assert answer.exit == 1
    assert [error["file"] for error in answer.json["errors"]] == ["forms/strange.toml"]
    assert anna("doctor").exit == 1
    anna.ok("log anna --form visit --answer ended=no -n fri")


def test_copies_and_hidden_files_are_no_forms(anna: Cf) -> None:
    for name in (".visit.toml", "visit.toml~", "visit.sync-conflict-1.toml", "notes.txt"):
        (anna.root / "forms" / name).write_text("x")
    assert [form["name"] for form in anna.ok("form --json").data["forms"]] == [
        "first-call", "project-status", "satisfaction", "visit",
    ]  # fmt: skip


def test_an_unknown_word_names_the_nearest(cf: Cf) -> None:
    assert "Did you mean: cf form check visit" in cf("form chek visit").err
    assert "cf form check first-call" in cf("form first-call").err
    assert "There are: list, new, check" in cf("form zzz").err


def test_forms_are_in_the_backup(anna: Cf) -> None:
    anna.ok("backup ../kept.tar.gz")
    anna.ok("restore ../kept.tar.gz ../other")
    assert (anna.root.parent / "other" / "forms" / "visit.toml").read_text() == VISIT


def test_json_of_a_write_has_the_usual_keys(anna: Cf) -> None:
    answer = anna.ok("log anna --form visit --answer ended=no -n fri --json")
    assert list(answer.data) == ["changes"]
    made = anna.ok("form new other --json")
    assert json.loads(made.out)["data"] == {"changes": [], "name": "other", "file": "forms/other.toml", "ships": False}


# Pages, whole -----------------------------------------------------------------------------------------

PAGES: Rows = {
    "form": ("form", ROLL),
    "form new": ("form new visit", ROLL),
    "form check": ("form check", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
