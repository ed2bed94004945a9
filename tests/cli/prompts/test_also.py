"""The question `Also?` behind a call: what is open is numbered, and one line says what of it is settled."""

from __future__ import annotations

import pytest

from clientfolder.cli.prompts.also import parts
from clientfolder.errors import Misused
from folders import Cf

ANNA = """\
name = "Anna Kowalska"

[next]
on = 2026-07-15
kind = "call"
how = "planned"

[[deals]]
name = "catalogue"
amount = 11200
steps.presentation = 2026-06-17

[[deals]]
name = "old shop"
won = 2026-05-01

[[log]]
at = 2026-07-01T10:00:00+02:00
kind = "complaint"
text = "Two of twelve parcels broke."
"""
SHOWN = "   1 catalogue, at presentation   2 slip: send the mockups, Wed 22 Jul\n   3 complaint: Two of twelve parcels broke.\n"


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    cf.ok("slip send the mockups --client anna -n wed")
    return cf


def open_now(cf: Cf) -> tuple[object, ...]:
    """The catalogue, the complaint's day of remedy, and whether the slip is done."""
    dossier = cf.row("anna")["dossier"]
    slip = cf.row("slips/send-the-mockups")["dossier"]
    return dossier["deals"][0], dossier["log"][0].get("remedied"), slip.get("resting")


def test_one_line_settles_a_deal_a_slip_and_a_complaint_in_one_step(anna: Cf) -> None:
    before = anna.tree()
    answer = anna.ok("log anna", typed="All well.\n1 won, 2, 3\nfri\n")
    assert SHOWN in answer.out
    assert "What happened? Also? Next? " in answer.err
    deal, remedied, slip = open_now(anna)
    assert (deal["won"], remedied, slip) == ("2026-07-15", "2026-07-15", "done")  # type: ignore[index]
    assert anna.next("anna")["on"] == "2026-07-17"  # type: ignore[index]
    assert "   Anna Kowalska: catalogue won\n" in answer.out
    assert "   put right: 1 Jul  Two of twelve parcels broke.\n" in answer.out
    assert "how content are they? cf log anna --form satisfaction" in answer.out
    anna.ok("undo")
    assert anna.tree() == before


@pytest.mark.parametrize("answer", ["", "n", "no"])
def test_enter_settles_none_of_it(anna: Cf, answer: str) -> None:
    before = open_now(anna)
    anna.ok("log anna", typed=f"All well.\n{answer}\nfri\n")
    assert open_now(anna) == before


@pytest.mark.parametrize(
    ("answer", "letter"),
    [
        ("4", "is none of them; say its number, 1 to 3"),
        ("won", "is none of them"),
        ("yes", "is none of them"),
        ("0", "is none of them"),
        ("2, 2 done", "2 stands there twice"),
        ("2 tomorrow", "cannot be said of it"),
        ("1", "What came of the deal?"),
        ("1 soon", "is no step of a deal"),
        ("1 presentation", "is at presentation already"),
        ("1 offer blue", "Behind offer stands an amount"),
        ("1 1.200", "1200"),
        ("2, 1 soon", "is no step of a deal"),
    ],
)
def test_what_cannot_be_read_is_asked_again_whole(anna: Cf, answer: str, letter: str) -> None:
    before = open_now(anna)
    shown = anna.ok("log anna", typed=f"All well.\n{answer}\n\nfri\n")
    assert letter in shown.out
    assert shown.err.count("Also? ") == 2
    assert open_now(anna) == before
    assert anna.next("anna")["on"] == "2026-07-17"  # type: ignore[index]


@pytest.mark.parametrize("answer", ["1 presentation", "1 soon", "1 1.200", "3 won", "rating 9"])
def test_what_is_told_at_the_question_can_be_typed_there(anna: Cf, answer: str) -> None:
    """No option, and no command: those are for the shell."""
    told = anna.ok("log anna", typed=f"All well.\n{answer}\n\nfri\n").out.partition("Logged")[0]
    assert "--" not in told
    assert "cf " not in told


def test_a_lost_deal_is_asked_why_and_its_reason_may_hold_a_comma(anna: Cf) -> None:
    anna.ok("log anna", typed="No.\n2; 1 lost too dear, too late\nfri\n")
    deal, remedied, slip = open_now(anna)
    assert (deal["why"], deal["lost"], remedied, slip) == ("too dear, too late", "2026-07-15", None, "done")  # type: ignore[index]
    anna.ok("undo")
    answer = anna.ok("log anna", typed="No.\n1 lost\n\nfri\n")
    assert "Why? (Enter: no reason)" in answer.err
    assert open_now(anna)[0]["lost"] == "2026-07-15"  # type: ignore[index]


def test_a_question_mark_says_how_each_is_answered(anna: Cf) -> None:
    answer = anna.ok("log anna", typed="All well.\n?\n1 offer 2 500\nfri\n")
    assert "   1 closing, won, lost WHY, or an amount: what came of catalogue\n   2: it is done\n" in answer.out
    deal = open_now(anna)[0]
    assert (deal["steps"]["offer"], deal["amount"]) == ("2026-07-15", 2500)  # type: ignore[index]


@pytest.mark.parametrize("answer", ["1", "y", "done", "yes"])
def test_one_open_thing_needs_no_number(cf: Cf, answer: str) -> None:
    cf.write("bob", 'name = "Bob"\n[next]\non = 2026-07-15\n')
    cf.ok("slip send it --client bob -n wed")
    cf.ok("log bob", typed=f"Rang.\n{answer}\nfri\n")
    assert cf.row("slips/send-it")["dossier"]["resting"] == "done"


def test_one_open_deal_needs_no_number(cf: Cf) -> None:
    cf.write("bob", 'name = "Bob"\n[next]\non = 2026-07-15\n[[deals]]\nname = "offer"\n')
    cf.ok("log bob", typed="Rang.\ncontract 900\nfri\n")
    assert cf.row("bob")["dossier"]["deals"][0]["steps"] == {"contract": "2026-07-15"}


@pytest.mark.parametrize("typed", ["x", "note: he is away", "question: is it safe?\n"])
def test_nobody_is_asked_at_what_is_no_contact(anna: Cf, typed: str) -> None:
    answer = anna.ok("log anna", typed=f"{typed}\nfri\n")
    assert "Also?" not in answer.err


@pytest.mark.parametrize("line", ["log anna All well. -n fri", "log anna -x", "log anna --json All well. -n fri"])
def test_nobody_is_asked_on_one_line(anna: Cf, line: str) -> None:
    assert "Also?" not in anna(line, typed="").err


def test_the_input_that_ends_there_writes_nothing_and_keeps_the_text(anna: Cf) -> None:
    before = anna.tree()
    answer = anna("log anna", typed="All well, and a long text.\n")
    assert answer.exit == 2
    assert "nothing was written" in answer.err
    assert "All well, and a long text." in answer.err
    assert {path: text for path, text in anna.tree().items() if path in before} == before


@pytest.mark.parametrize(
    ("answer", "count", "read"),
    [
        ("1 won, 2", 2, [(1, "won"), (2, "")]),
        ("1,2", 2, [(1, ""), (2, "")]),
        ("2 1", 2, [(2, ""), (1, "")]),
        ("1 1", 2, [(1, "")]),
        ("1 2500", 2, [(1, "2500")]),
        ("1 2,500.00, 2", 2, [(1, "2,500.00"), (2, "")]),
        ("lost too dear, 2 of them", 1, [(1, "lost too dear, 2 of them")]),
        ("won", 1, [(1, "won")]),
        ("11 200", 1, [(1, "11 200")]),
        ("10, 12", 12, [(10, ""), (12, "")]),
    ],
)
def test_an_answer_is_taken_apart(answer: str, count: int, read: list[tuple[int, str]]) -> None:
    assert parts(answer, count) == read


@pytest.mark.parametrize("answer", ["2, 3", "1 won, 3", "x, 1", ",", "²", "1 won, 1 lost"])
def test_what_names_no_thing_is_refused(answer: str) -> None:
    with pytest.raises(Misused):
        parts(answer, 2)
