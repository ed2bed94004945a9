"""What a client asked, complained of or rated: said beside what happened, or in front of a typed line."""

from __future__ import annotations

import pytest

from folders import CALLED, Cf


@pytest.fixture
def anna(called: Cf) -> Cf:
    return called


def entries(cf: Cf) -> list[dict[str, object]]:
    log: list[dict[str, object]] = cf.row("anna")["dossier"]["log"]
    return [{key: value for key, value in entry.items() if key != "at"} for entry in log[1:]]


def test_what_was_asked_and_said_stands_behind_the_call_in_one_step(anna: Cf) -> None:
    before = anna.tree()
    answer = anna.ok(
        "log anna rang about the shop --complaint two of twelve broke --question is it encrypted? --rating 2"
    )
    assert "Logged a call with Anna Kowalska, a complaint, a question, rated 2." in answer.out
    assert "Thu 16 Jul 2026" in answer.out
    assert entries(anna) == [
        {"kind": "call", "planned": "2026-07-15", "text": "rang about the shop"},
        {"kind": "complaint", "text": "two of twelve broke", "rating": 2},
        {"kind": "question", "text": "is it encrypted?"},
    ]
    anna.ok("undo")
    assert anna.tree() == before


@pytest.mark.parametrize("line", ["--complaint two broke", "all slow --rating 3", "--as complaint two broke"])
def test_a_complaint_and_a_low_rating_propose_the_next_working_day_instead_of_the_rhythm(anna: Cf, line: str) -> None:
    anna.write("anna", CALLED.replace("\n\n[next]", '\nrhythm = "6 weeks"\n\n[next]', 1))
    anna.ok(f"log anna {line}", today="2026-07-17T09:00")
    after = anna.next("anna")
    assert after
    assert (after["on"], after["how"]) == ("2026-07-20", "planned")


def test_a_rating_alone_is_an_entry_and_what_is_none_is_refused(anna: Cf) -> None:
    anna.ok("log anna --rating 5 -n fri")
    assert entries(anna) == [{"kind": "call", "planned": "2026-07-15", "rating": 5}]
    for wrong in ("0", "6", "4.5", "good", "٤"):
        answer = anna(["log", "anna", "x", "--rating", wrong, "-n", "fri"])
        assert answer.exit == 2
        assert "from 1 to 5" in answer.err


def test_the_echo_says_what_was_answered(anna: Cf) -> None:
    anna.ok("log anna --question is it encrypted?", today="2026-07-14T17:10")
    assert "answers" not in anna.ok("log anna --as note looked it up").out
    assert "answers" not in anna.ok("log anna -x").out
    answer = anna.ok("log anna yes, it is -n fri")
    assert "answers her question of Tue 14 Jul: is it encrypted?" in answer.out
    assert "answers" not in anna.ok("log anna once more").out


def test_the_word_in_front_of_a_line_says_its_kind_and_the_question_comes_again(anna: Cf) -> None:
    answer = anna.ok("log anna", typed="complaint: two broke\nQuestion: why?\nsent new ones\nfri\n")
    assert answer.err.count("What happened?") == 3
    assert "Logged a call with Anna Kowalska, a complaint, a question." in answer.out
    assert [(entry["kind"], entry["text"]) for entry in entries(anna)] == [
        ("call", "sent new ones"),
        ("complaint", "two broke"),
        ("question", "why?"),
    ]


def test_enter_behind_it_means_nothing_else(anna: Cf) -> None:
    anna.ok("log anna", typed="question: why?\n\n")
    assert entries(anna) == [{"kind": "question", "text": "why?"}]
    anna.ok("log anna", typed="mail: sent the texts\nfri\n")
    assert entries(anna)[1]["kind"] == "mail"
    anna.ok("log anna", typed="price: too high\nfri\n")
    assert entries(anna)[2]["text"] == "price: too high"


def test_several_are_told_apart_by_their_words_and_never_guessed(anna: Cf) -> None:
    anna.ok("log anna --complaint two broke")
    anna.ok("log anna --complaint too dear")
    answer = anna("care anna --remedy x")
    assert answer.exit == 4
    assert "two broke" in answer.err
    assert anna("log anna new ones --remedied").exit == 4
    anna.ok("care anna dear --remedy a discount")
    assert "remedy" in entries(anna)[1]
    data = anna.ok("care anna broke --json").data
    assert data["changes"] == []
    assert (data["record"]["text"], data["record"]["remedied"]) == ("two broke", None)
    anna.ok("care anna --cause x", typed="2\n")
    assert "cause" in entries(anna)[1]


def test_what_is_quoted_in_an_echo_takes_one_line_of_a_terminal_and_is_whole_in_a_pipe(cf: Cf) -> None:
    question = "Does the chamber see who fills in the contact form, and for how long is that kept there?"
    cf.ok("new Anna -n fri")
    cf.ok(["log", "anna", "--question", question])
    cf.env["COLUMNS"], cf.env["LINES"] = "80", "24"
    page = cf.ok("log anna told her -n fri --dry-run", terminal=True).out
    assert [line for line in page.splitlines() if "answers her question" in line and "…" in line]
    assert question in cf.ok("log anna told her -n fri").out
