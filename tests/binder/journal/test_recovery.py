"""What a killed command leaves, and how the next one that writes settles it: finished, or taken back, and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientfolder.binder.journal.journal import Journal
from clientfolder.errors import CannotReach
from folders import Cf


@pytest.fixture
def three(cf: Cf) -> Cf:
    for name in ("ann", "ber", "car"):
        cf.write(name, f'name = "{name.title()}"\n\n[next]\non = 2026-07-10\n')
    return cf


def cut_short(cf: Cf, line: str, state: str, files_done: int) -> dict[str, bytes]:
    """The folder as a kill leaves it after so many files of the step; its content before the command."""
    before = cf.tree()
    cf.ok(line)
    after = cf.tree()
    book = cf.root / ".cf" / "daybook"
    [step] = book.glob("*.done.json")
    step.rename(book / f"000001.{state}.json")
    changes = json.loads((book / f"000001.{state}.json").read_text())["files"]
    names = [f"clients/{Path(change['path']).name}" for change in changes]
    for name in names[files_done:]:
        (cf.root / name).write_bytes(before[name])
    assert cf.tree() == after or files_done < len(names)
    return before


@pytest.mark.parametrize("files_done", [0, 1, 2])
def test_an_act_on_several_that_was_cut_short_is_taken_back_and_told(three: Cf, files_done: int) -> None:
    before = cut_short(three, "move ann ber car -n mon", "doing", files_done)
    assert "cut short while it wrote" in three.ok("today").err
    answer = three.ok("set car phone=1")
    assert "was cut short" in answer.err
    assert {name: content for name, content in three.tree().items() if "car" not in name} == {
        name: content for name, content in before.items() if "car" not in name
    }
    assert three("history --json").data["steps"][0]["words"] == "Set phone of Car"


def test_a_finished_act_whose_mark_is_missing_is_finished_and_never_taken_back(three: Cf) -> None:
    cut_short(three, "move ann ber car -n mon", "doing", 3)
    after = three.tree()
    # Meanwhile one of them was edited by hand.
    three.path("ber").write_text(three.text("ber") + "# by hand\n")
    three.ok("set car phone=1")
    assert three.text("ann").encode() == after["clients/ann.toml"]
    assert three.text("ber").endswith("# by hand\n")
    assert [step["words"] for step in three("history --json").data["steps"]][1].startswith("Moved 3 dossiers")


def test_what_something_else_has_changed_is_left_alone(three: Cf) -> None:
    before = cut_short(three, "move ann ber car -n mon", "doing", 1)
    three.path("car").write_text("# rewritten by hand\nname = 'Car'\n")
    three.ok("set ber phone=1")
    assert three.text("ann").encode() == before["clients/ann.toml"]
    assert three.text("car") == "# rewritten by hand\nname = 'Car'\n"


def test_a_rename_whose_mark_failed_stands(three: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(book: Journal, step: object, state: str) -> None:
        raise CannotReach("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark", fails)
        answer = three.ok("rename ann Anna Nowak --json").json
        assert [warning["code"] for warning in answer["warnings"]] == ["not_undoable"]
        # A daybook that cannot be settled stops no single dossier.
        assert "cannot be settled yet" in three.ok("log ber precious -n fri").err
    three.ok("log anna text -n fri")
    assert 'text = "precious"' in three.text("ber")
    three.ok("undo")
    three.ok("undo ber")
    three.ok("undo anna")
    assert three.path("ann").exists()


def test_an_undo_whose_mark_failed_is_done_all_the_same(three: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    before = three.tree()
    three.ok("log ann x -n fri")
    mark = Journal.mark

    def fails_at_the_end(book: Journal, step, state):  # type: ignore[no-untyped-def]
        if state == "undone":
            raise CannotReach("no space left on device")
        return mark(book, step, state)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark", fails_at_the_end)
        assert "could not be" in three.ok("undo").err
    assert three.tree() == before
    three.ok("redo")


def test_undo_never_takes_back_another_step_than_the_last(three: Cf) -> None:
    three.ok("log car old -n fri")
    before = three.text("ann")
    three.ok("log ann new -n fri")
    three.path("ann").write_text(before)
    car = three.text("car")
    assert three("undo").exit == 6
    assert three.text("car") == car


TABLE = "name,next\nCarl,fri\nDora,mon\n"
# A line, and what is piped into it.
TYPED = {
    "log ann hello -n fri": "",
    "log ann - -n fri": "two\nlines\n",
    "away 16..17 july --yes": "",
    "rename ann Anna Nowak": "",
    "new Carl -n fri": "",
    "new -": TABLE,
    "set ann tags+=vip": "",
    "slip cards -n fri": "",
    "remove ann": "",
    "form new visit": "",
    "attach ann ../offer.pdf": "",
}


def unmarked(cf: Cf, line: str, **how: str) -> dict[str, bytes]:
    """The folder as a kill leaves it when all is written but the mark that it is done; its content then."""
    (cf.root.parent / "offer.pdf").write_bytes(b"an offer")
    cf.ok(line, **how)
    [step] = (cf.root / ".cf" / "daybook").glob("*.done.json")
    step.rename(step.with_name("000001.doing.json"))
    return whole(cf)


def whole(cf: Cf) -> dict[str, bytes]:
    return {str(path.relative_to(cf.root)): path.read_bytes() for path in cf.root.rglob("[!.]*") if path.is_file()} | {
        str(path): b"" for path in (cf.root / ".cf").rglob("*")
    }


def entries(cf: Cf) -> dict[str, bytes]:
    return {name: content for name, content in whole(cf).items() if ".cf" not in name}


@pytest.mark.parametrize("line", TYPED)
def test_what_was_written_when_it_was_killed_is_not_done_twice(three: Cf, line: str) -> None:
    unmarked(three, line, piped=TYPED[line])
    after = entries(three)
    assert "is not done a second time" not in three.ok("today").out
    words = line.split()
    answer = three.ok(words, piped=TYPED[line])
    assert "is not done a second time" in answer.out, answer
    assert entries(three) == after
    assert len(three.ok("history --json").data["steps"]) == 1
    three.ok("undo")
    assert entries(three) != after


def test_a_script_is_told_what_was_written(three: Cf) -> None:
    unmarked(three, "log ann hello -n fri --json")
    [change] = three.ok("log ann hello -n fri --json").data["changes"]
    assert (change["client"], change["after"]["on"], change["words"]) == ("ann", "2026-07-17", "Logged a call with Ann")
    assert three.text("ann").count("hello") == 1
    # Once it is settled, the same words are another call.
    three.ok("log ann hello -n fri --json")
    assert three.text("ann").count("hello") == 2


def test_what_only_looks_like_it_is_written(three: Cf) -> None:
    """Another day, another text from the same pipe, answers that were typed: nothing of that is taken for the old."""
    unmarked(three, "log ann -x")
    three.ok("log ann -x", today="2026-07-16T09:00")
    assert three.text("ann").count("reached = false") == 2
    three.ok("undo")
    three.ok("undo")
    for file in (three.root / ".cf" / "daybook").iterdir():
        file.unlink()
    unmarked(three, "log ann - -n fri", piped="one")
    three.ok("log ann - -n fri", piped="two")
    assert 'text = "one"' in three.text("ann")
    assert 'text = "two"' in three.text("ann")


def test_what_is_answered_by_hand_is_never_taken_for_the_old(three: Cf) -> None:
    unmarked(three, "log ann", typed="hello\nfri\n")
    three.ok("log ann", typed="hello\nfri\n")
    assert three.text("ann").count('text = "hello"') == 2


@pytest.mark.parametrize("line", ["move ann ber car -n mon", "move ann ber car -n tue"])
def test_who_says_again_what_was_taken_back_is_not_told_to(three: Cf, line: str) -> None:
    cut_short(three, "move ann ber car -n mon", "doing", 1)
    answer = three.ok(line)
    assert ("say it again" in answer.err) == ("tue" in line)
    assert len(three.ok("history --json").data["steps"]) == 1


def test_a_dry_run_settles_nothing(three: Cf) -> None:
    before = unmarked(three, "rename ann Anna Nowak")
    assert "cut short" in three.ok("log ber x -n fri --dry-run").err
    assert {name for name in whole(three) if "daybook" in name} == {name for name in before if "daybook" in name}


@pytest.mark.parametrize("done", [True, False])
def test_an_undo_that_was_killed_and_is_typed_again_takes_back_one_step(three: Cf, done: bool) -> None:
    three.ok("log ber older -n fri")
    between = three.tree()
    three.ok("log ann newer -n fri")
    book = three.root / ".cf" / "daybook"
    if done:
        three.ok("undo")
        [step] = book.glob("*.undone-*.json")
    else:
        step = book / "000002.done.json"
    step.rename(book / "000002.undoing.json")
    answer = three.ok("undo")
    assert "Undone: Logged a call with Ann." in answer.out
    assert three.tree() == between
    assert ("was taken back" in answer.err) != done
    # Who is asked for another client gets that one.
    [step] = book.glob("*.undone-*.json")
    step.rename(book / "000002.undoing.json")
    assert "Ber" in three.ok("undo ber").out
