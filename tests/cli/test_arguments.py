"""From the words of a line to options and their values: what is text, and what belongs to an option."""

from __future__ import annotations

import pytest

from folders import BOB, Cf


@pytest.fixture
def anna(furnished: Cf) -> Cf:
    return furnished


def test_words_with_one_dash_are_text(anna: Cf) -> None:
    anna.ok(["log", "anna", "offers", "-20%", "and", "-3d", "-n", "fri"])
    assert 'text = "offers -20% and -3d"' in anna.text("anna")
    anna.ok(["log", "anna", "-n", "fri", "--", "--wow", "-n"])
    assert 'text = "--wow -n"' in anna.text("anna")
    assert anna("snooze anna -3d").exit == 2


@pytest.mark.parametrize("option", ["--as", "--for", "--with"])
def test_an_option_that_wants_a_word_does_not_swallow_the_next_option(bob: Cf, option: str) -> None:
    answer = bob(f"log bob hello {option} -n fri")
    assert answer.exit == 2
    assert "wants a value" in answer.err
    assert bob.text("bob") == BOB
