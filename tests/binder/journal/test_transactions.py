"""Undo: one command one step, across sessions, byte for byte; and what it refuses."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientfolder.binder.journal import atomic, renames
from clientfolder.binder.journal.recovery import Recovery
from clientfolder.errors import CannotReach
from folders import Cf

COMMANDS = [
    "log ann called -n fri", "log ann -x", "snooze ann 1w --yes", "file ann 24 july!", "file ann august --yes",
    "move ann ber -n 20 july --yes", "move --from 1..31 -n 3w --yes", "rest ann gone", "set ann phone=1 tags+=vip",
    "set ber company=B company=", "rename ber Bertold Brecht", "rename ber Berta", "remove ann", "new Carla -n fri", "remove carla",
    "log ber note --as note", "undo", "redo", "undo ann", "undo ber",
    "slip mockups --client ann -n fri!", "slip cards -n today --every 2 weeks", "log mockups", "log cards", "snooze mockups 2w --yes",
    "rename mockups more of them", "set cards client=ber", "remove cards", "move cards ber -n mon", "undo mockups",
]  # fmt: skip


@given(st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_gives_every_byte_back_and_redo_does_it_again(cf: Cf, lines: list[str]) -> None:
    import shutil

    for directory in ("clients", "slips", "removed", ".cf"):
        shutil.rmtree(cf.root / directory, ignore_errors=True)
    (cf.root / "clients").mkdir()
    cf.write("ann", '# mine\nname = "Ann"\n[next]\non = 2026-07-10 # late\n')
    cf.write("ber", 'name = "Ber"\nnext.on = 2026-07-16\r\n')
    states = [cf.tree()]
    for line in lines:
        cf(line)
        if cf.tree() != states[-1]:
            states.append(cf.tree())
    ends = [cf.tree()]
    while cf("undo").exit == 0:
        ends.append(cf.tree())
    assert ends[-1] == states[0]
    for state in reversed(ends[:-1]):
        cf.ok("redo")
        assert cf.tree() == state
    # What the lines themselves had undone may still be redone; then there is nothing more.
    while (answer := cf("redo")).exit == 0:
        pass
    assert answer.exit == 7


@pytest.fixture
def ann(cf: Cf) -> Cf:
    cf.write("ann", 'name = "Ann"\n\n[next]\non = 2026-07-10\nkind = "call"\nhow = "planned"\n')
    cf.write("ber", 'name = "Ber"\n\n[next]\non = 2026-07-10\nkind = "call"\nhow = "planned"\n')
    return cf


def test_an_act_on_several_is_one_step(ann: Cf) -> None:
    before = ann.tree()
    ann.ok("move ann ber -n fri")
    assert len(ann.ok("history --json").data["steps"]) == 1
    undone = ann.ok("undo --json").data["changes"]
    assert {change["client"] for change in undone} == {"ann", "ber"}
    assert ann.tree() == before


def test_undo_with_a_client_takes_back_the_last_step_that_touched_it(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    before = ann.text("ber")
    ann.ok("log ber second -n fri")
    after_ann = ann.text("ann")
    ann.ok("undo ber")
    assert ann.text("ber") == before
    assert ann.text("ann") == after_ann


def test_a_removed_and_a_renamed_client_are_found_by_undo(ann: Cf) -> None:
    before = ann.tree()
    ann.ok("remove ann")
    ann.ok("rename ber Berta Brecht")
    ann.ok("undo ann")
    ann.ok("undo ber")
    assert ann.tree() == before
    ann.ok("redo")
    ann.ok("undo Berta Brecht")
    assert ann.tree() == before


def test_papers_move_with_a_rename_and_back(ann: Cf) -> None:
    papers = ann.root / "papers" / "ann"
    papers.mkdir(parents=True)
    (papers / "offer.pdf").write_text("x")
    ann.ok("rename ann Anna Nowak")
    assert (ann.root / "papers" / "anna-nowak" / "offer.pdf").exists()
    ann.ok("undo")
    assert (papers / "offer.pdf").exists()


def test_undo_refuses_a_file_that_was_changed_since(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    ann.path("ann").write_text(ann.text("ann") + "# by hand\n")
    answer = ann("undo --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (6, "changed")
    assert ann.text("ann").endswith("# by hand\n")


def test_an_act_on_several_is_undone_for_all_or_for_none(ann: Cf) -> None:
    ann.ok("move ann ber -n fri")
    ann.path("ber").write_text(ann.text("ber") + "# by hand\n")
    before = ann.tree()
    assert ann("undo").exit == 6
    assert ann.tree() == before


def test_a_new_act_ends_what_could_be_redone(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    ann.ok("undo")
    ann.ok("log ber second -n fri")
    answer = ann("redo --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (7, "nothing_to_undo")


def test_without_its_private_directory_nothing_is_lost_but_undo(ann: Cf) -> None:
    import shutil

    ann.ok("log ann first -n fri")
    before = ann.tree()
    shutil.rmtree(ann.root / ".cf")
    assert ann("undo").exit == 7
    assert ann.tree() == before
    ann.ok("log ann second -n fri")


def test_a_dry_run_writes_nothing(ann: Cf) -> None:
    before = ann.tree()
    for line in (
        "log ann x -n fri",
        "move ann ber -n fri",
        "rename ann Bert",
        "remove ann",
        "new Carl -n fri",
        "rest ann why",
    ):
        assert ann.ok(f"{line} --dry-run --json").data["changes"]
        assert ann.tree() == before
    assert {path.name for path in (ann.root / ".cf").iterdir()} <= {"register", ".gitignore"}
    ann.ok("log ann x -n fri")
    before = ann.tree()
    ann.ok("undo --dry-run")
    assert ann.tree() == before


def test_history_is_told_in_words_newest_first(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    ann.ok("snooze ber 1w")
    steps = ann.ok("history --json").data["steps"]
    assert [step["words"] for step in steps] == ["Put Ber off", "Logged a call with Ann"]
    assert steps[0]["id"] > steps[1]["id"]
    assert steps[0]["at"] == "2026-07-15T10:30:00"


@pytest.mark.parametrize("name", ["000001.done.json", "000001.doing.json", "000007.undone-000001.json"])
def test_a_damaged_daybook_stops_nothing(ann: Cf, name: str) -> None:
    book = ann.root / ".cf" / "daybook"
    book.mkdir(parents=True)
    for rubbish in (
        b"",
        b"\0\xff",
        b"[]",
        b'{"at": 1}',
        b'{"at":"","words":"","clients":[],"files":[{"before":{"path":"../x","content":""},"after":null}]}',
    ):
        (book / name).write_bytes(rubbish)
        ann.ok("today")
        assert ann("undo").exit == 7
    ann.ok("log ann first -n fri")
    ann.ok("undo")


def test_an_older_step_is_not_taken_back_for_the_last_one(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    ann.ok("log ann second -n mon")
    before = ann.text("ann")
    (ann.root / ".cf" / "daybook" / "000002.done.json").write_bytes(b"{")
    answer = ann("undo")
    assert (answer.exit, ann.text("ann")) == (7, before)
    assert "000002.done.json" in answer.err


# What goes wrong on the way back or up again -----------------------------------------------------------

STEPS = [
    "log ann first -n fri", "move ann ber -n mon", "rename ann Anna Nowak", "remove ann", "new Carla -n fri",
    "attach ann ../offer.pdf",
]  # fmt: skip
WRITES = ("open", "rename", "unlink", "fsync", "renameat2")


def fail_at(patch: pytest.MonkeyPatch, name: str, ordinal: int, error: type[BaseException] = OSError) -> list[str]:
    """The call of that ordinal that would write fails, and those after it; what was called, to be filled."""
    calls: list[str] = []

    def failing(call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def fails(*args: Any, **how: Any) -> Any:
            if call == "open" and not args[1] & os.O_CREAT:
                return real(*args, **how)
            calls.append(call)
            if len([one for one in calls if one == name]) > ordinal:
                raise error(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **how)

        return fails

    for call in WRITES[:-1]:
        patch.setattr(os, call, failing(call, getattr(os, call)))
    patch.setattr(renames, "_called", failing("renameat2", renames._called))
    return calls


class Killed(BaseException):
    """Nothing catches it, and nothing that was written before is taken back."""


@pytest.mark.parametrize("error", [OSError, Killed])
@pytest.mark.parametrize("way", ["undo", "redo"])
@pytest.mark.parametrize("line", STEPS)
def test_a_step_outlives_whatever_fails_on_its_way(
    ann: Cf, line: str, way: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that is full from some call on, or killed there: another time it goes as if nothing had been."""
    (ann.root.parent / "offer.pdf").write_bytes(b"an offer")
    ann.ok("log ber an older step -n fri")
    ann.ok("log ber another -n mon")
    ends = {"undo": ann.tree()}
    ann.ok(line)
    ends["redo"] = ann.tree()
    ann.ok("undo")
    # Two are undone, and have an order.
    ann.ok("undo")
    ann.ok("redo")
    if way == "undo":
        ann.ok("redo")
    kept = ann.root.parent / "kept"
    shutil.copytree(ann.root, kept, symlinks=True)
    for call, ordinal in ((call, ordinal) for call in WRITES for ordinal in range(20)):
        shutil.rmtree(ann.root)
        shutil.copytree(kept, ann.root, symlinks=True)
        if error is Killed:
            monkeypatch.setattr(Recovery, "roll_back", lambda *args: None)
        with monkeypatch.context() as patch:
            calls = fail_at(patch, call, ordinal, error)
            try:
                ended = ann(way).exit
            except Killed:
                ended = -9
        monkeypatch.undo()
        if calls.count(call) <= ordinal:
            break
        assert ended in (0, 5, -9), (call, ordinal)
        assert ended != 0 or ann.tree() == ends[way], (call, ordinal)
        assert ended != 5 or ann.tree() == ends["redo" if way == "undo" else "undo"], (call, ordinal)
        # Whatever comes in between strikes nothing out.
        ann.ok("today")
        if ended:
            ann.ok(way)
        assert ann.tree() == ends[way], (call, ordinal)
        if way == "undo":
            ann.ok("redo")
        assert ann.tree() == ends["redo"], (call, ordinal)
        assert ann("redo").exit == 7, (call, ordinal)


def test_a_damaged_step_that_was_cut_short_is_not_thrown_away(ann: Cf) -> None:
    ann.ok("log ann first -n fri")
    ann.ok("undo")
    [undone] = (ann.root / ".cf" / "daybook").glob("*.undone-*.json")
    undone.write_text("{")
    undone.rename(undone.with_name("000001.redoing-000001.json"))
    assert ann("undo").exit == 7
    assert undone.read_text() == "{"


def test_while_a_step_cannot_be_settled_no_other_is_taken_for_it(ann: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    ann.ok("log ber older -n fri")
    ann.ok("log ann newer -n fri")
    before = ann.tree()
    with monkeypatch.context() as patch:
        patch.setattr(Recovery, "_unmark", lambda *args: errors_out())
        patch.setattr(atomic.Writer, "replace", lambda *args: errors_out())
        assert ann("undo").exit == 5
        answer = ann("undo")
    assert (answer.exit, ann.tree()) == (5, before)
    assert "cannot be settled" in answer.err
    ann.ok("undo ann")
    assert ann.text("ber") == before["clients/ber.toml"].decode()


def errors_out() -> None:
    raise CannotReach("input/output error")


def test_the_rename_of_a_linked_dossier_is_undone_and_holds_up_nothing(ann: Cf) -> None:
    shelf = ann.root / "shelf"
    shelf.mkdir()
    for client, target in (("ann", "../shelf/ann.toml"), ("ber", str(shelf / "ber.toml"))):
        ann.path(client).rename(shelf / f"{client}.toml")
        ann.path(client).symlink_to(target)
    first = ann.tree()
    ann.ok("log ann first -n fri")
    before = ann.tree()
    ann.ok("slip cards --client ann -n fri")
    ann.ok("rename ann Anna Nowak")
    ann.ok("rename ber Berta Nowak")
    after = ann.tree()
    ann.ok("undo")
    ann.ok("undo")
    ann.ok("undo")
    assert ann.tree() == before
    assert os.readlink(ann.path("ann")) == "../shelf/ann.toml"
    ann.ok("undo")
    assert ann.tree() == first
    for _ in range(4):
        ann.ok("redo")
    assert ann.tree() == after
    assert not list(shelf.glob(".*"))
