"""Kinds of contact as they are typed."""

from __future__ import annotations

import pytest

from folders import Cf

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\nkind = "workshop"\n'
PLACES = {
    "--as": "log anna said -n fri --as",
    "--for": "log anna said -n fri --for",
    "file": "file anna fri --for",
    "new": "new Bert -n fri --for",
}


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("notes", "note"), ("nte", "note"), ("ntoe", "note"), ("calls", "call"), ("visti", "visit"), ("mial", "mail"), ("Call", "call"),
     ("letters", "letter"), ("workshops", "workshop"), ("tasks", "task"), ("meetnig", "meeting"), ("lattes", "latte")],
)  # fmt: skip
def test_a_slip_of_the_finger_is_refused_with_the_kind_that_was_meant(
    anna: Cf, place: str, typed: str, meant: str
) -> None:
    (anna.root / "clientfolder.toml").write_text("weights = { latte = 0.5 }\n")
    before = anna.tree()
    answer = anna(f"{PLACES[place]} {typed}")
    assert answer.exit == 2
    assert f"did you mean {meant}?" in answer.err
    assert anna.tree() == before


@pytest.mark.parametrize("place", PLACES)
def test_another_new_kind_is_taken_with_a_warning(anna: Cf, place: str) -> None:
    [warning] = anna.ok(f"{PLACES[place]} lunch --json").json["warnings"]
    assert warning["code"] == "new_kind"
    assert "lunch" in warning["message"]


@pytest.mark.parametrize("kind", ["call", "mail", "meeting", "visit", "letter", "note", "task", "workshop", "latte"])
def test_a_kind_in_use_is_taken_without_a_word(anna: Cf, kind: str) -> None:
    (anna.root / "clientfolder.toml").write_text("weights = { latte = 0.5 }\n")
    assert anna.ok(f"log anna said -n fri --as {kind} --json").json["warnings"] == []


def test_a_move_is_not_typed(anna: Cf) -> None:
    assert anna("log anna said -n fri --as moved").exit == 2
    assert anna.text("anna") == ANNA
