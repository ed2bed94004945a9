"""The opener of the desktop: started apart from the terminal, and what is said where there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from acts import lay, opened
from folders import Cf


@pytest.fixture
def anna(with_an_offer: Cf) -> Cf:
    return with_an_offer


def test_the_only_paper_is_opened(anna: Cf, opener: Path) -> None:
    directory = lay(anna, "-rf offer.pdf")
    answer = anna.ok("open anna")
    assert answer.out == "Opening -rf offer.pdf of Anna Kowalska, 82 kB, 14 Jul.\n"
    assert not answer.err
    assert opened(opener) == ["--now", str(directory / "-rf offer.pdf")]
    assert anna.ok("open anna --json").data == {
        "client": "anna-kowalska", "paper": "-rf offer.pdf", "path": str(directory / "-rf offer.pdf"),
    }  # fmt: skip
    opened(opener)
    assert "would open" in anna.ok("open anna --dry-run").out
    assert not opener.exists()


@pytest.mark.parametrize("env", [{"CF_OPENER": "/no/such opener"}, {"CF_OPENER": "false"}, {"CF_OPENER": "'"}, {}])
def test_without_an_opener_the_letter_says_where_it_lies(anna: Cf, env: dict[str, str]) -> None:
    directory = lay(anna, "offer.pdf")
    anna.env = env
    answer = anna("open anna")
    assert answer.exit == 5
    assert str(directory / "offer.pdf") in answer.err
    assert answer.err.count("\n") == 1


def test_a_viewer_that_stays_does_not_hold_the_terminal(anna: Cf) -> None:
    lay(anna, "offer.pdf")
    anna.env["CF_OPENER"] = "sh -c 'sleep 5'"
    begun = time.monotonic()
    anna.ok("open anna")
    assert time.monotonic() - begun < 4
