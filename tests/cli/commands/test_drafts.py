"""A dossier that is not yet in the binder: its name, and its first date."""

from __future__ import annotations

import pytest

from folders import Cf


def test_many_new_clients_with_a_rhythm_are_not_all_put_behind_one_day(cf: Cf) -> None:
    rows = "".join(f"Client {number},4-6 weeks\n" for number in range(24))
    cf.ok("new -", piped=f"name,rhythm\n{rows}")
    days = [item["on"] for item in cf.ok("binder --json").data["slots"]]
    counts = [item["count"] for item in cf.ok("binder --json").data["slots"] if item["slot"].isdigit()]
    assert len(days) >= 1
    assert max(counts, default=0) <= 3


def test_a_client_made_by_another_command_meanwhile_gets_no_twin(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.commands import dossiers, drafts

    def another_was_quicker(session: object, name: str, *, again: bool) -> None:
        drafts.check_name(session, name, again=again)  # type: ignore[arg-type]
        cf.write("anna", 'name = "Anna"\n# made meanwhile\n')

    monkeypatch.setattr(dossiers, "check_name", another_was_quicker)
    answer = cf("new Anna -n fri")
    assert answer.exit == 2
    assert "by now" in answer.err
    assert list(cf.tree()) == ["clients/anna.toml"]
    assert "made meanwhile" in cf.text("anna")
