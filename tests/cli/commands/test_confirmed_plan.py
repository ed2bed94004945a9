"""A plan that wants a yes: shown, asked for once, and done on what the files say then."""

from __future__ import annotations

import pytest

from acts import moves, whole
from folders import Cf


def test_the_plan_is_shown_and_asked_once(crowded: Cf) -> None:
    before = whole(crowded)
    for typed in ("n\n", "\n", ""):
        answer = crowded("spread today", typed=typed)
        assert answer.exit == 2
        assert "MOVE 2" in answer.out
        assert answer.err.startswith("Move these 2? [y/N]")
        assert whole(crowded) == before
    answer = crowded.ok("spread today", typed="y\n")
    assert answer.out.count("Carl") == 1
    assert answer.out.endswith("2 dossiers moved. Back again: cf undo\n   in " + str(crowded.root) + "\n")
    data = crowded.ok("list 16..17 --json").data
    assert [[row["client"] for row in place["dossiers"]] for place in data["slots"]] == [
        ["fred", "gina", "carl"],
        ["emil"],
    ]
    crowded.ok("undo")
    assert whole(crowded) == before


def test_where_nobody_can_be_asked_the_plan_is_shown_and_the_line_to_paste(crowded: Cf) -> None:
    before = whole(crowded)
    answer = crowded("spread today --over 2w")
    assert answer.exit == 2
    assert "MOVE 2" in answer.out
    assert answer.err.endswith("Again: cf spread today --over 2w --yes\n")
    answer = crowded("spread today --json")
    assert (answer.exit, answer.json["status"], answer.json["errors"][0]["code"]) == (2, "error", "refused")
    assert answer.data is None
    assert moves(crowded.ok("spread today --json --dry-run").data) == {"carl": "2026-07-16", "emil": "2026-07-17"}
    assert whole(crowded) == before


def test_another_plan_than_the_one_agreed_to_is_not_done(crowded: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.prompts import ask

    def meanwhile(session: object, question: str) -> str:
        crowded.ok("file carl 30 july")
        return "y"

    monkeypatch.setattr(ask, "line", meanwhile)
    answer = crowded("spread today", typed="y\n")
    assert answer.exit == 6
    assert answer.err.endswith("Again: cf spread today\n")
    assert str(crowded.next("emil")["on"]) == "2026-07-15"  # type: ignore[index]


def test_the_same_plan_is_not_made_twice(crowded: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others wait while the folder is held; only where a dossier was changed the plan is made anew."""
    from clientfolder.cli.prompts import ask
    from clientfolder.tickler import spreading

    made = []
    spread = spreading.spread
    monkeypatch.setattr(spreading, "spread", lambda covers, terms: made.append(1) or spread(covers, terms))
    crowded.ok("spread today", typed="y\n")
    assert len(made) == 1
    crowded.ok("undo")

    def meanwhile(session: object, question: str) -> str:
        crowded.ok("file carl 30 july")
        return "y"

    monkeypatch.setattr(ask, "line", meanwhile)
    assert crowded("spread today", typed="y\n").exit == 6
    assert len(made) == 3


def test_what_was_promised_after_the_plan_was_shown_is_not_moved(crowded: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.prompts import ask

    def meanwhile(session: object, question: str) -> str:
        crowded.path("carl").write_text(crowded.text("carl").replace("rhythm", "agreed"))
        return "y"

    monkeypatch.setattr(ask, "line", meanwhile)
    assert crowded("spread today", typed="y\n").exit == 6
    assert str(crowded.next("carl")["on"]) == "2026-07-14"  # type: ignore[index]


def test_what_cannot_be_read_is_told_before_the_question(crowded: Cf) -> None:
    crowded.write("broken", "x")
    for line in ("spread today", "away 16..17 july"):
        answer = crowded(line, typed="n\n")
        assert "UNREADABLE   1 dossier, in no plan: cf doctor" in answer.out
        answer = crowded(f"{line} --json")
        assert [error["code"] for error in answer.json["errors"]] == ["unreadable", "refused"]
        assert answer.exit == 2
    answer = crowded("spread today", typed="y\n")
    assert answer.exit == 1
    assert "clients/broken.toml" in answer.err
