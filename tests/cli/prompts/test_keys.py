"""The morning at a real terminal: the keys it takes, the questions it asks, and what Ctrl-C leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from folders import Cf
from terminals import Terminal

# The letters that the desk shows in bold, what was said, and the next date.
STANDARD_MORNING_LOGS = [
    ("nov", "Took B.", "fri 10:00"),
    ("he", "Will send it.", "mon"),
    ("br", "Wants an offer.", "5 aug"),
]
TOPIC = " about both logos"


@pytest.fixture
def terminal(bare: Cf) -> Iterator[Terminal]:
    terminal = Terminal(bare)
    yield terminal
    if terminal.running:
        terminal.running.close(force=True)


@pytest.mark.parametrize("topic", ["", TOPIC])
def test_the_standard_morning_with_the_two_questions(terminal: Terminal, topic: str) -> None:
    """Look; log three calls with a next date each; snooze one; undo a slip: 62 keys beside the words.

    What one of the calls is about stands behind its date, and asks nothing more.
    """
    terminal.line("cf")
    assert terminal.end() == 0
    assert "Anna Kowalska" in terminal.shown
    assert terminal.shown.splitlines()[0].startswith(" Wed 15 July 2026")
    for client, text, date in STANDARD_MORNING_LOGS:
        terminal.line(f"cf log {client}")
        terminal.expect("What happened? ")
        terminal.type(text)
        terminal.expect("Next? ")
        terminal.type(date + topic * (client == "nov"))
        assert terminal.end() == 0
    terminal.line("cf snooze yo")
    # It was put off often already, so that is asked.
    terminal.expect("put off all the same")
    terminal.press("\r")
    assert terminal.end() == 0
    terminal.line("cf undo")
    assert terminal.end() == 0
    assert "Undone: Put Yoga Loft off." in terminal.shown
    assert [terminal.cf.next(client)["on"] for client in ("novak", "hedwig", "brandt", "yoga")] == [  # type: ignore[index]
        "2026-07-17", "2026-07-20", "2026-08-05", "2026-07-15",
    ]  # fmt: skip
    assert terminal.keys == 62
    assert terminal.cf.next("novak")["about"] == (topic.removeprefix(" about ") or None)  # type: ignore[index]


def test_the_standard_morning_one_by_one(terminal: Terminal) -> None:
    """The same through `cf -i`: 20 keys beside the words."""
    terminal.line("cf -i")
    for _, text, date in STANDARD_MORNING_LOGS:
        terminal.expect("[q]uit")
        terminal.press("l")
        terminal.expect("What happened? ")
        terminal.type(text)
        terminal.expect("Next?")
        terminal.type(date)
    terminal.expect("[q]uit")
    terminal.press("s")
    terminal.expect("Until? [+1b, Thu 16 Jul] ")
    terminal.type("9d")
    # A promised date wants a yes; this one is Novák Tisk's.
    terminal.expect("Change it all the same? [y/N] ")
    terminal.type("y")
    terminal.expect("[q]uit")
    terminal.press("u")
    terminal.expect("Undone: Put Novák Tisk off.")
    terminal.expect("[q]uit")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.keys == 20
    assert terminal.cf.next("novak")["on"] == "2026-07-15"  # type: ignore[index]
    assert [terminal.cf.next(client)["on"] for client in ("anna", "vinarstvi", "bistro")] == [  # type: ignore[index]
        "2026-07-17", "2026-07-20", "2026-08-05",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("question", ["What happened? ", "Next? "])
def test_leaving_at_a_question_writes_nothing_and_leaves_one_line(terminal: Terminal, key: str, question: str) -> None:
    before = terminal.cf.tree()
    terminal.line("cf log nov")
    if question == "Next? ":
        terminal.expect("What happened? ")
        terminal.type("Took B.")
    terminal.expect(question)
    terminal.press(key)
    assert terminal.end() == (130 if key == "\x03" else 2)
    assert "nothing was written" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert terminal.cf.tree() == before


@pytest.mark.parametrize("key", ["", "\x03", "\x04"], ids=["to the end", "Ctrl-C", "Ctrl-D"])
def test_a_form_is_asked_question_by_question(terminal: Terminal, key: str) -> None:
    before = terminal.cf.tree()
    terminal.line("cf log brandt --form project-status")
    for question, words in (
        ("How does it stand? ", ""), ("How does it stand? ", "l"), ("Done since last time? ", "The plan, in \"ink\""),
        ("What is next, on your side? ", ""), ("What do you wait for, and from whom? ", ""),
        ("What do they want otherwise than agreed? ", "one more door"), ("When is the next part due? ", "5 aug"),
    ):  # fmt: skip
        terminal.expect(question)
        terminal.type(words)
    assert "   1 on time   2 at risk   3 late   4 on hold   5 done" in terminal.shown
    assert "   This one is needed." in terminal.shown
    terminal.expect("Are they content so far? [y/n] ")
    if key:
        terminal.press(key)
        assert terminal.end() == (130 if key == "\x03" else 2)
        shown = " ".join(terminal.shown.split())
        # The letter is broken between words, the line to paste where the window ends.
        assert "nothing was written. What you typed is kept in" in " ".join(terminal.shown.split())
        assert "--formproject-status--answerstands=late" in shown.replace(" ", "")
        assert terminal.cf.tree() == before
        return
    terminal.type("y")
    terminal.expect("Is there something to invoice? [y/n] ")
    terminal.type("")
    terminal.expect("What happened? ")
    terminal.type("")
    terminal.expect("Next? ")
    terminal.type("fri")
    assert terminal.end() == 0
    assert "Project status: 5 of 8 answered" in terminal.shown
    said = terminal.cf.row("brandt")["dossier"]["log"][-1]
    assert (said["form"], said["answers"]) == (
        "project-status",
        {
            "stands": "late",
            "done": 'The plan, in "ink"',
            "changed": "one more door",
            "due": "2026-08-05",
            "content": True,
        },
    )


def test_where_several_fit_a_number_chooses(terminal: Terminal) -> None:
    terminal.cf.write("annalena", 'name = "Annalena Berg"\n')
    terminal.line("cf log ann")
    terminal.expect("Which ann? ")
    assert "   1  Anna Kowalska" in terminal.shown
    terminal.type("1")
    terminal.expect("What happened? ")
    terminal.type("Fine.")
    terminal.expect("Next?")
    terminal.type("")
    assert terminal.end() == 0
    assert terminal.cf.next("anna-kowalska")["how"] == "rhythm"  # type: ignore[index]


def test_one_by_one_wants_no_answer_a_next_date_and_skips(terminal: Terminal) -> None:
    terminal.line("cf today -i")
    terminal.expect("[q]uit")
    terminal.press("x")
    terminal.expect("for Thu 9 Jul")
    terminal.expect("[q]uit")
    terminal.press("n")
    terminal.expect("Behind which day? ")
    terminal.type("soonish")
    terminal.expect("soonish")
    terminal.expect("is not a date that I know")
    terminal.expect("Behind which day? ")
    terminal.type("24 july")
    terminal.expect("[q]uit")
    terminal.press("\r")
    for _ in range(6):
        terminal.expect("[q]uit")
        terminal.press("\r")
    assert terminal.end() == 0
    assert terminal.cf.next("anna")["on"] == "2026-07-16"  # type: ignore[index]
    assert terminal.cf.next("vinarstvi")["on"] == "2026-07-24"  # type: ignore[index]
    assert any(line.startswith("   in ") for line in terminal.shown.splitlines())


def test_new_alone_asks_for_one_client_after_the_other(terminal: Terminal) -> None:
    terminal.line("cf new")
    for name, date in (("Jana Malá", "fri"), ("Petr Velký", "")):
        terminal.expect("Name? (Enter to end) ")
        terminal.type(name)
        for question in ("Company? ", "Phone? ", "Email? "):
            terminal.expect(question)
            terminal.type("")
        terminal.expect("Next? ")
        terminal.type(date)
    terminal.expect("Name? (Enter to end) ")
    terminal.type("")
    assert terminal.end() == 0
    assert terminal.cf.next("jana-mala")["on"] == "2026-07-17"  # type: ignore[index]
    assert terminal.cf.next("petr-velky") is None


PASTED = "Took B.\n\nfri\nAsks for ě and 5 july!"


@pytest.mark.parametrize("kind", ["in brackets", "with a last Enter", "without it", "no readline"])
def test_a_paste_of_several_lines_is_one_text_and_no_date(terminal: Terminal, kind: str) -> None:
    if kind == "no readline":
        terminal.env["TERM"] = "dumb"
    terminal.line("cf log nov")
    terminal.expect("What happened? ")
    pasted = PASTED.replace("\n", "\r")
    assert terminal.running
    if kind == "in brackets":
        terminal.running.send(f"\x1b[200~{pasted}\x1b[201~")
        terminal.press("\r")
    else:
        terminal.running.send(pasted + ("\r" if kind == "with a last Enter" else ""))
        terminal.expect("Asks for ě and 5 july!")
        if kind != "with a last Enter":
            terminal.type(" Soon.")
    terminal.expect("Next? ")
    terminal.type("mon")
    assert terminal.end() == 0
    said = terminal.cf.row("novak")["dossier"]["log"][-1]["text"]
    assert said.removesuffix(" Soon.") == PASTED
    assert terminal.cf.next("novak")["on"] == "2026-07-20"  # type: ignore[index]


def test_one_by_one_a_paste_is_one_text_and_a_bad_date_keeps_it(terminal: Terminal) -> None:
    terminal.line("cf -i")
    terminal.expect("[q]uit")
    terminal.press("l")
    terminal.expect("What happened? ")
    assert terminal.running
    terminal.running.send("Took B.\rfri\r")
    terminal.expect("Next?")
    terminal.type("soonish")
    terminal.expect("is not a date that I know")
    terminal.expect("Next?")
    terminal.type("mon")
    # What was done is told with its date.
    terminal.expect("Mon 20 Jul 2026")
    terminal.expect("[q]uit")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.cf.row("anna")["dossier"]["log"][-1]["text"] == "Took B.\nfri"
