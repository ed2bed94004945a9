"""Two days lived at a terminal with a complaint, a question and a rating of 3, and taken back to the byte.

Each step is typed as somebody types it who reads the screen, and is undone by the step that it is.
"""

from __future__ import annotations

import pytest

from folders import Cf
from terminals import COLUMNS, ROWS, Terminal

CLIENT = """\
name = "{} {}"     # as on the door
rhythm = "6 weeks"

[next]
on = 2026-07-15
kind = "call"
how = "planned"

[[log]]
at = 2026-07-01T10:00:00+02:00
kind = "call"
text = "All is well."
"""


@pytest.fixture
def three(cf: Cf) -> Cf:
    for first, last in (("Anna", "Kowalska"), ("Bob", "Builder"), ("Carl", "Cook")):
        cf.write(first.casefold(), CLIENT.format(first, last))
    return cf


class Day:
    """A terminal at which answers are typed to questions, and what the dossiers were before each step."""

    def __init__(self, cf: Cf) -> None:
        self.cf, self.terminal = cf, Terminal(cf)
        self.before: list[dict[str, bytes]] = []

    def at(self, moment: str) -> None:
        self.terminal.env["CF_TODAY"] = moment

    def looks(self, line: str) -> str:
        """What a page shows, all of it within the window."""
        self.terminal.line(line)
        assert self.terminal.end() == 0
        assert len(self.terminal.shown.rstrip("\n").splitlines()) < ROWS
        assert all(len(row) <= COLUMNS for row in self.terminal.screen.display)
        return self.terminal.shown

    def is_red(self, text: str, at: str | None = None) -> bool:
        """Whether that line of the desk says with its colour that it is late, now or at another moment."""
        if at is not None:
            now = self.terminal.env["CF_TODAY"]
            self.at(at)
            self.looks("cf")
            self.at(now)
        row = next(number for number, row in enumerate(self.terminal.screen.display) if text in row)
        column = self.terminal.screen.display[row].index(text)
        return bool(self.terminal.screen.buffer[row][column].fg == "red")

    def does(self, line: str, *talk: tuple[str, str]) -> str:
        """One step: a line, then each question with its answer."""
        self.before.append(self.cf.tree())
        self.terminal.line(line)
        for question, answer in talk:
            self.terminal.expect(question)
            self.terminal.type(answer)
        assert self.terminal.end() == 0, self.terminal.shown
        assert self.cf.tree() != self.before[-1]
        return self.terminal.shown


def below(page: str, heading: str) -> str:
    """The lines below a heading, until the next one that begins with a letter in the second column."""
    lines = page.partition(f"\n {heading}")[2].splitlines()[1:]
    return "\n".join(line for line in lines[: next((n for n, row in enumerate(lines) if row[1:2].isalpha()), 99)])


def test_two_days_with_a_complaint_a_question_and_a_rating_of_3(three: Cf) -> None:
    day = Day(three)
    day.at("2026-07-15T10:30:00")
    said = day.does(
        "cf log anna",
        ("What happened? ", "complaint: two of twelve broke"),
        ("(Enter: nothing else) ", "rang about the shop"),
        # Not in six weeks, as her rhythm says: tomorrow.
        ("Next? [Thu 16 Jul, for a complaint] ", ""),
    )
    assert "-> Thu 16 Jul 2026" in said
    assert "Thu 16 Jul 2026" in day.does("cf log carl all well, mail is slow --rating 3", ("Next? [Thu 16 Jul", ""))
    day.does("cf log bob --question is the form encrypted?")
    page = day.looks("cf")
    assert "is the form encrypted?" in below(page, "WAITING FOR MY ANSWER")
    assert "2 complaints ahead" in page
    assert [page.count(name) for name in ("Anna", "Bob", "Carl")] == [0, 1, 0]

    day.at("2026-07-16T16:00:00")
    assert not day.is_red("Wed  Bob", at="2026-07-16T08:30:00")
    page = day.looks("cf")
    complaints = below(page, "COMPLAINTS")
    assert complaints.index("Anna Kowalska") < complaints.index("Carl Cook")
    assert "two of twelve broke" in complaints
    assert "3 of 5: all well" in complaints
    assert "Wed  Bob Builder" in below(page, "WAITING FOR MY ANSWER")
    # Fifteen hours and a half of the desk have passed for Bob; at half past eight they were eight.
    assert day.is_red("Wed  Bob")
    assert [page.count(name) for name in ("Anna", "Bob", "Carl")] == [1, 1, 1]

    assert "answers her question of Wed 15 Jul: is the form encrypted?" in day.does("cf log bob yes it is -n 3w")
    talk = (
        ("Put right for her? (remedied) ", "two new bowls, free"),
        ("Where did it come from? (cause) ", "thin board"),
        ("So that it does not come again? (mended) ", ""),
    )
    assert "to mend" in day.does("cf care anna", *talk)
    assert "done with" in day.does("cf care anna --mended thick board is ordered in time")
    settled = day.does(
        "cf log carl",
        ("What happened? ", "answers his mails on the same day now"),
        ("Also? ", "1, rating 5"),
        ("Next? ", "fri"),
    )
    assert "put right: 15 Jul  3 of 5: all well, mail is slow" in settled
    page = day.looks("cf care")
    assert "COMPLAINTS" not in page
    assert "Carl Cook" in below(page, "TO MEND")
    assert [page.count(name) for name in ("Anna", "Bob", "Carl")] == [0, 0, 1]

    for before in reversed(day.before):
        three.ok("undo")
        assert three.tree() == before
