"""A day lived on paper and typed in at night: row by row, as it was printed."""

from __future__ import annotations

import pytest

from folders import Cf
from terminals import Terminal


@pytest.fixture
def three(cf: Cf) -> Cf:
    cf.env |= {"CF_OPENER": "true"}
    for number, name in enumerate(("anna", "bob", "cid"), 1):
        cf.write(
            name,
            f'name = "{name.title()}"\n[card]\nphone = "{number}{number}"\n[next]\non = 2026-07-1{number}\nabout = "topic {number}"\n',
        )
    cf.ok("print day")
    return cf


NIGHT = "2026-07-15T21:00:00"


def test_what_is_typed_in_is_what_log_would_have_written(three: Cf) -> None:
    before = three.tree()
    for line in (
        "log anna took B -n fri --on 2026-07-15",
        "log bob -x --on 2026-07-15",
        "log cid wants more -n 24 july 10:00 --on 2026-07-15",
    ):
        three.ok(line, today=NIGHT)
    logged = three.tree()
    for _ in range(3):
        three.ok("undo")
    assert three.tree() == before
    answer = three.ok("-i --printed", typed="took B\nfri\nx\nwants more\n24 july 10:00\n", today=NIGHT)
    assert three.tree() == logged
    assert "sheet 2026-07-15 a" in answer.out
    assert len(three.ok("history --json").data["steps"]) == 3


def test_each_row_has_its_number_name_phone_and_topic(three: Cf) -> None:
    out = three.ok("-i --printed", typed="\n\n\n", today=NIGHT).out
    for text in ("  1  Anna", "11", "topic 1", "  3  Cid"):
        assert text in out
    assert three.ok("history --json").data["steps"] == []


def test_back_stop_and_leave(three: Cf) -> None:
    answer = three.ok("today -i --printed", typed="b\n\nb\nfor Anna\nfri\nq\n", today=NIGHT)
    assert "Anna" in answer.out
    assert [step["words"] for step in three.ok("history --json").data["steps"]]
    assert "for Anna" in three.text("anna")
    assert "[[log]]" not in three.text("bob")


def test_the_order_is_that_of_the_paper_whatever_lies_where_by_then(three: Cf) -> None:
    three.ok("log bob rang in the evening -n fri")
    three.ok("snooze cid 1w")
    three.ok("remove anna")
    answer = three.ok("-i --printed yesterday", typed="\nit was said\nfri\n", today="2026-07-16T09:00:00")
    assert "anna: removed since" in answer.out
    assert "logged since it was printed" in answer.out
    assert "moved since it was printed" in answer.out
    assert "it was said" in three.text("cid")
    assert "at = 2026-07-15\n" in three.text("cid")


def test_without_a_sheet_the_desk_is_gone_through(three: Cf) -> None:
    answer = three.ok("-i --printed", typed="q\n", today="2026-07-17T09:00:00")
    assert "not printed" in answer.out


def test_a_date_that_cannot_be_read_is_asked_again_and_nothing_is_lost(three: Cf) -> None:
    three.ok("-i --printed", typed="took B\nfrida\nfri\nq\n", today=NIGHT)
    assert three.text("anna").count("took B") == 1


@pytest.mark.parametrize("line", ["-i --printed", "today -i --printed", "-i --printed --json"])
def test_without_a_terminal_it_is_refused(three: Cf, line: str) -> None:
    assert three(line).exit == 2
    assert three("today --printed", typed="").exit == 2


def test_typed_at_a_terminal(three: Cf) -> None:
    terminal = Terminal(three)
    terminal.line("cf -i --printed")
    terminal.expect("What happened? ")
    terminal.type("took B")
    terminal.expect("Next?")
    terminal.type("fri")
    terminal.expect("What happened? ")
    terminal.type("x")
    terminal.expect("What happened? ")
    terminal.type("q")
    assert terminal.end() == 0
    assert "took B" in three.text("anna")
    assert "reached = false" in three.text("bob")
    assert "[[log]]" not in three.text("cid")
