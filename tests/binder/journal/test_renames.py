"""Giving a file its name: nothing that came meanwhile is overwritten, and nothing that another wrote is lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder.journal import atomic, renames
from folders import BOB, Cf


@pytest.mark.parametrize("how", ["into the file", "a new file"])
@pytest.mark.parametrize("moment", ["_beside", "exchanged"])
def test_a_file_changed_by_an_editor_meanwhile_is_not_overwritten(
    bob: Cf, moment: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: Any = atomic.Writer if moment == "_beside" else renames
    real = getattr(owner, moment)
    edits = [BOB + "# by hand\n", BOB + "# by hand, and more\n"]

    def slower(*words: Any) -> Any:
        if "bob.toml" in f"{words}" and edits:
            text = edits.pop(0)
            if how == "a new file":
                (bob.home / "new").write_text(text)
                (bob.home / "new").rename(bob.path("bob"))
            else:
                bob.write("bob", text)
        return real(*words)

    monkeypatch.setattr(owner, moment, slower)
    answer = bob("log bob x -n fri --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (6, "changed")
    assert bob.text("bob") == BOB + "# by hand, and more\n"
    assert [path.name for path in (bob.root / "clients").iterdir()] == ["bob.toml"]


@pytest.mark.parametrize("line", ["new Carl -n fri", "rename bob Carl", "remove bob"])
def test_a_file_that_came_in_the_last_instant_is_not_overwritten(
    bob: Cf, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = renames._called

    def slower(how: Any, path: str, target: str) -> bool:
        if how == "free" and target.endswith(".toml"):
            Path(target).write_text("from elsewhere")
        return called(how, path, target)

    monkeypatch.setattr(renames, "_called", slower)
    answer = bob(f"{line} --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (6, "changed")
    assert bob.tree().pop("clients/bob.toml") == BOB.encode()
    assert [content for name, content in bob.tree().items() if "bob" not in name or "removed" in name] == [
        b"from elsewhere"
    ]


def test_what_an_editor_wrote_is_not_lost_where_it_cannot_be_given_back(
    bob: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    called, times = renames._called, []

    def failing(how: Any, path: str, target: str) -> bool:
        if how == "exchange" and target.endswith("bob.toml"):
            times.append(how)
            if len(times) == 1:
                bob.path("bob").write_text("by the editor")
            else:
                raise OSError(5, "Input/output error")
        return called(how, path, target)

    monkeypatch.setattr(renames, "_called", failing)
    answer = bob("log bob rang in -n fri")
    assert answer.exit == 5
    [kept] = [path for path in (bob.root / "clients").iterdir() if path.name.endswith(".tmp")]
    assert kept.read_text() == "by the editor"
    assert kept.name in answer.err


def test_a_system_that_knows_neither_way_of_placing(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renames, "_CALLS", {})
    for line in (
        "log bob x -n fri",
        "new Carl -n fri",
        "rename bob Bert",
        "remove bert",
        "undo",
        "undo",
        "undo",
        "undo",
    ):
        bob.ok(line)
    assert bob.tree() == {"clients/bob.toml": BOB.encode()}
    with pytest.raises(FileExistsError):
        renames.put_where_none_is(str(bob.path("bob")), str(bob.root))


@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "rename", "_called"])
def test_a_call_that_fails_before_the_act_changes_nothing(bob: Cf, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner: Any = renames if call == "_called" else os
    bob.write("ann", 'name = "Ann"\n')
    bob.ok("log bob first -n fri")
    before = bob.tree()
    for line in ("log bob x -n fri", "move bob ann -n mon", "rename bob Bert", "new Carl -n fri"):
        for failing in range(8):
            calls = iter(range(1000))
            real = getattr(owner, call)

            def fails(*args: object, real=real, calls=calls, failing=failing) -> object:  # type: ignore[no-untyped-def]
                if next(calls) == failing:
                    raise OSError(28, "No space left on device")
                return real(*args)

            with monkeypatch.context() as patch:
                patch.setattr(owner, call, fails)
                answer = bob(line)
            assert answer.exit in (0, 5), answer
            if answer.exit == 5:
                assert bob.tree() == before, (line, failing)
            else:
                bob("undo")
                for name, content in before.items():
                    (bob.root / name).write_bytes(content)
                for name in set(bob.tree()) - set(before):
                    (bob.root / name).unlink()
            assert not [path for path in (bob.root / "clients").iterdir() if path.name.startswith(".")]


def test_a_link_that_leads_on_within_the_folder_leads_there_from_removed_too(bob: Cf) -> None:
    (bob.root / "clients" / "old").mkdir()
    bob.path("bob").rename(bob.root / "clients" / "old" / "bob.toml")
    bob.path("bob").symlink_to("old/bob.toml")
    bob.ok("remove bob")
    said = (bob.root / "removed" / "bob.toml").read_text()
    assert said == BOB.replace("\n\n", "\nremoved = 2026-07-15\nremoved_from = 2026-07-10\n\n", 1)
    bob.ok("undo")
    assert bob.path("bob").is_symlink()
    assert bob.text("bob") == BOB
