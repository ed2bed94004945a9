"""What of a client is open while a call is logged, and what an answer settles."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from folders import Cf

SLIP = "slips/send-the-mockups"


@pytest.fixture
def novak(with_a_slip: Cf) -> Cf:
    return with_a_slip


def said(cf: Cf, client: str = SLIP) -> dict[str, Any]:
    return tomllib.loads(cf.text(client))


def test_a_call_offers_to_tick_what_is_open(novak: Cf) -> None:
    novak.ok("slip ask for the logo --client nov -n fri")
    before = novak.tree()
    answer = novak.ok("log nov", typed="Took B.\n2\nfri 10:00\n")
    assert "   1 slip: ask for the logo, Fri 17 Jul\n   2 slip: send the mockups, ! Wed 22 Jul\n" in answer.out
    assert "What happened? Also? Next? " in answer.err
    assert "Logged a call with Novák Tisk.\n-> " in answer.out
    assert "Ticked: send the mockups.\n" in answer.out
    assert "beside it" not in answer.out
    assert said(novak)["resting"] == "done"
    assert "resting" not in said(novak, "slips/ask-for-the-logo")
    steps = novak.ok("history --json").data["steps"]
    assert steps[0]["words"] == "Logged a call with Novák Tisk; Ticked: send the mockups"
    novak.ok("undo")
    assert novak.tree() == before
