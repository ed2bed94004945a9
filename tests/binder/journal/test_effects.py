"""What a step means for dossiers, also for those that were renamed since."""

from __future__ import annotations

from folders import BOB, Cf


def test_undo_finds_a_dossier_by_a_name_it_has_had(bob: Cf) -> None:
    bob.ok("rename bob Bert")
    before = bob.text("bert")
    bob.ok("set bert phone=123456")
    bob.ok("undo bob")
    assert bob.text("bert") == before
    bob.ok("undo bert")
    assert bob.text("bob") == BOB
    [change] = bob.ok("redo --json").data["changes"]
    assert change["client"] == "bert"


def test_undo_by_short_name_after_a_hand_edit_that_broke_the_file(bob: Cf) -> None:
    bob.ok("log bob x -n fri")
    bob.path("bob").write_text("broken")
    assert bob("undo bob").exit == 6
