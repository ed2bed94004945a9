"""The questions of a form, asked in turn or answered on the line."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folders import Cf
from forms_of_ours import VISIT, write_form


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-07-14\n')
    write_form(cf, "visit", VISIT)
    return cf


def last(cf: Cf) -> dict[str, Any]:
    return tomllib.loads(cf.text("anna"))["log"][-1]  # type: ignore[no-any-return]


def test_each_question_is_asked_in_turn_and_its_answer_is_a_line_of_the_entry(anna: Cf) -> None:
    answer = anna.ok("log anna --form visit", typed="new logo\nth\n5 000\n1 sept\ny\nA good hour.\nfri\n")
    assert answer.err == (
        "What interests them most? How did it end? How much? When? Content? [y/n] What happened? Next? "
    )
    assert answer.out.index("Look round.") < answer.out.index("1 offer   2 thinks it over   3 no")
    assert "   Tue 1 Sep 2026, in 48 days\n" in answer.out
    assert anna.text("anna").endswith(
        '\n[[log]]\nat = 2026-07-15T10:30:00\nkind = "visit"\nplanned = 2026-07-14\nform = "visit"\n'
        'answers.interest = "new logo"\n'
        'answers.ended = "thinks it over"\nanswers.budget = 5000\nanswers.start = 2026-09-01\nanswers.content = true\n'
        'text = "A good hour."\n'
    )
    assert "First visit: 5 of 5 answered" in answer.out


def test_enter_skips_and_a_needed_one_is_asked_again_as_is_one_that_cannot_be_read(anna: Cf) -> None:
    typed = "\n\nmaybe\n3\nmuch\n\nsoon\n\nperhaps\n\n\nfri\n"
    answer = anna.ok("log anna --form visit", typed=typed)
    for reason in (
        "This one is needed",
        '"maybe" is none of them',
        '"much" is no number',
        '"soon" is not a date',
        "y or n",
    ):
        assert reason in answer.out
    entry = last(anna)
    del entry["at"], entry["planned"]
    assert entry == {"kind": "visit", "form": "visit", "answers": {"ended": "no"}}


def test_what_the_line_has_answered_is_not_asked(anna: Cf) -> None:
    line = "log anna --form visit --answer interest=new logo budget=5000 --answer ended=no start=fri content=n -n fri"
    answer = anna.ok(line, typed="\n")
    assert answer.err == "What happened? "
    assert last(anna)["answers"] == {
        "interest": "new logo", "ended": "no", "budget": 5000, "start": date(2026, 7, 17), "content": False,
    }  # fmt: skip


def test_a_script_answers_in_any_order_and_says_its_text_or_none(anna: Cf) -> None:
    anna.ok("log anna --form visit --answer budget=12.50 --answer ended=1 -n fri --json")
    assert list(last(anna)["answers"]) == ["ended", "budget"]
    assert "text" not in last(anna)
    anna.ok("log anna and more -n mon --form visit --answer ended=1 --as call")
    assert (last(anna)["kind"], last(anna)["text"]) == ("call", "and more")
    anna.ok(
        ["log", "anna", "-", "-n", "mon", "--form", "visit", "--answer", "interest=a=b c", "ended=1"], piped="piped\n"
    )
    assert (last(anna)["text"], last(anna)["answers"]["interest"]) == ("piped", "a=b c")


def test_words_in_quotes_stay_one_answer_whatever_they_hold(anna: Cf) -> None:
    anna.ok(
        [
            "log",
            "anna",
            "--form",
            "visit",
            "--answer",
            "ended=no",
            "--answer",
            "interest=budget = 5 \\ 'x'",
            "-n",
            "fri",
        ]
    )
    assert last(anna)["answers"]["interest"] == "budget = 5 \\ 'x'"


def test_a_needed_answer_that_is_missing_is_named_and_the_line_is_given_back(anna: Cf) -> None:
    before = anna.tree()
    answer = anna("log anna 'it went well' --form visit --answer interest=new logo -n fri")
    assert answer.exit == 2
    assert answer.err == (
        "cf: First visit needs an answer: How did it end? (ended). Again: cf log anna 'it went well' "
        "--form visit --answer interest=new logo -n fri --answer ended=offer\n"
    )
    assert anna.tree() == before
    anna.ok(answer.err.partition("Again: cf ")[2])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("log anna x --form visti -n fri", "Did you mean visit?"),
        ("log anna x --form ../clients/anna -n fri", "All of them: cf form list"),
        ("log anna x --form visit --answer end=no -n fri", "visit has no question end. Did you mean ended?"),
        ("log anna x --form visit --answer zzz=no -n fri", "It asks: interest, ended, budget, start, content"),
        ("log anna x --form visit --answer ended=no ended=no -n fri", "ended is answered twice"),
        ("log anna x --form visit --answer no -n fri", "no answers no question"),
        ("log anna x --form visit --answer ended=maybe -n fri", 'How did it end? "maybe" is none of them'),
        ("log anna x --answer ended=no -n fri", "name it: --form"),
        ("log anna -x --form visit", "Nobody was reached"),
        ("log anna --form visit --answer ended=no --rest", "Why does it rest?"),
    ],
)
def test_what_answers_nothing_is_refused(anna: Cf, line: str, words: str) -> None:
    before = anna.tree()
    answer = anna(line)
    assert (answer.exit, words in answer.err) == (2, True), answer
    assert anna.tree() == before


TYPED = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12), max_size=9
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(TYPED)
def test_whatever_is_typed_ends_in_an_entry_or_a_letter(anna: Cf, typed: list[str]) -> None:
    before = anna.text("anna")
    answer = anna("log anna --form visit -n fri", typed="".join(f"{line}\n" for line in typed))
    assert answer.exit in (0, 2), answer
    if answer.exit == 0:
        assert last(anna)["answers"]["ended"] in ("offer", "thinks it over", "no")
        anna.write("anna", before)
    assert anna.text("anna") == before
