"""`spread` and `away`: the plan, one yes, one act, one undo."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from acts import SETTINGS, moves, whole
from clientfolder import settings
from clientfolder.cli.output.terminal import Result
from folders import Cf


def test_what_a_move_leaves(crowded: Cf) -> None:
    data = crowded.ok("spread today --yes --json").data
    assert data["plan"] == [
        {"client": "carl", "from": "2026-07-14", "to": "2026-07-16", "reason": "by the rhythm"},
        {"client": "emil", "from": "2026-07-15", "to": "2026-07-17", "reason": "by the rhythm"},
    ]
    assert data["stay"] == [
        {"client": "bert", "reason": "there is room for it"},
        {"client": "anna", "reason": "promised"},
        {"client": "dora", "reason": "there is room for it"},
    ]
    assert data["days"] == [
        {"on": "2026-07-15", "load": 3, "capacity": 3},
        {"on": "2026-07-16", "load": 3, "capacity": 3},
        {"on": "2026-07-17", "load": 1, "capacity": 3},
    ]
    assert [change["client"] for change in data["changes"]] == ["carl", "emil"]
    file = tomllib.loads(crowded.text("carl"))
    assert {key: str(value) for key, value in file["next"].items()} == {
        "on": "2026-07-16", "about": "x", "how": "rhythm",
    }  # fmt: skip
    [entry] = file["log"]
    assert (entry["kind"], str(entry["from"]), str(entry["to"])) == ("moved", "2026-07-14", "2026-07-16")
    assert crowded.ok("history --json").data["steps"][0]["words"] == "Spread today: 2 dossiers moved"
    again = crowded.ok("spread today --yes")
    assert "Nothing has to move." in again.out


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("overdue", {"carl": "2026-07-16", "emil": "2026-07-17"}),
        ("15", {"carl": "2026-07-16", "emil": "2026-07-17"}),
        ("16 --cap 1", {"gina": "2026-07-17"}),
        ("thu --cap 1", {"gina": "2026-07-17"}),
        ("15..16 --cap 2", {"emil": "2026-07-20", "carl": "2026-07-17", "dora": "2026-07-17"}),
        ("undated", {"hans": "2026-07-17"}),
        ("july", {"hans": "2026-07-17"}),
        ("unfiled", {"ida": "2026-07-17"}),
        ("sep", {}),
        ("mon", {}),
    ],
)
def test_what_a_slot_is(crowded: Cf, words: str, plan: dict[str, str]) -> None:
    answer = crowded(f"spread {words} --json --dry-run")
    assert moves(answer.data) == plan
    assert answer.exit == 0


@pytest.mark.parametrize(
    "words", ["", "nowhere", "later", "resting", "fri!", "fri 10:00", "15 --over x", "15 --over 999m", "15 --cap 0"]
)
def test_what_cannot_be_spread_is_refused(crowded: Cf, words: str) -> None:
    before = whole(crowded)
    answer = crowded(f"spread {words} --yes")
    assert (answer.exit, answer.out) == (2, "")
    assert whole(crowded) == before


def test_who_finds_no_room_stays_and_is_named(crowded: Cf) -> None:
    answer = crowded("spread today --cap 2 --over 1b --yes --json")
    assert answer.exit == 1
    [error] = answer.json["errors"]
    assert (error["code"], error["candidates"]) == ("refused", ["bert", "dora", "carl", "emil"])
    assert "--over looks further" in error["message"]
    assert answer.data["plan"] == []
    answer = crowded("spread unfiled --cap 1 --over 1b --yes")
    assert answer.exit == 1
    assert "no room      Ida" in answer.out


def test_promised_dates_alone_keep_a_day_too_full(crowded: Cf) -> None:
    for name in ("bert", "dora"):
        crowded.ok(f"file {name} 20 july --agreed")
    answer = crowded("spread 20 --cap 1 --yes --json")
    assert answer.exit == 1
    assert answer.json["errors"][0]["candidates"] == ["bert", "dora"]
    # Where the plan brings the day down to its room, those that stay are no trouble.
    assert crowded("spread today --cap 1 --yes --json").exit == 0


# Away --------------------------------------------------------------------------------------------------


def test_an_absence_is_one_step(crowded: Cf) -> None:
    crowded.ok("set anna phone=+48 22 555 01 07")
    before = whole(crowded)
    answer = crowded("away today..fri", typed="y\n")
    assert answer.exit == 1
    assert "TELL 1" in answer.out
    assert "+48 22 555 01 07" in answer.out
    assert answer.err.startswith("Take 3 days off and move these 6? [y/N]")
    assert (crowded.root / SETTINGS).read_text() == (
        "# mine\ncapacity = 3\n\n# days_off = [2026-12-24]\n"
        'days_off = [2026-07-15, 2026-07-16, 2026-07-17]\nsnooze = "+1b"  # one\n'
    )
    data = crowded.ok("list 15..17 --json").data
    assert data["slots"] == []
    assert [row["client"] for row in crowded.ok("list overdue --json").data["slots"][0]["dossiers"]] == ["anna"]
    assert (
        crowded.ok("history --json").data["steps"][0]["words"]
        == "Away Wed 15 Jul to Fri 17 Jul: 3 days off and 6 dossiers moved"
    )
    after = whole(crowded)
    again = crowded("away today..fri --yes")
    assert (again.exit, whole(crowded)) == (1, after)
    assert "Nothing changes." in again.out
    assert "TELL 1" in again.out
    crowded.ok("undo")
    assert whole(crowded) == before
    crowded.ok("redo")
    assert whole(crowded) == after


def test_an_absence_for_scripts(crowded: Cf) -> None:
    answer = crowded("away 16 july..17 july --yes --json")
    assert (answer.exit, answer.data["days_off"]) == (0, ["2026-07-16", "2026-07-17"])
    assert moves(answer.data) == {"fred": "2026-07-20", "gina": "2026-07-21"}
    assert answer.data["tell"] == []
    crowded.ok("file bert 20 july --agreed")
    answer = crowded("away 20..21 --yes --json")
    assert (answer.exit, answer.json["status"]) == (1, "partial")
    assert [row["client"] for row in answer.data["tell"]] == ["bert"]
    assert answer.json["errors"][0]["candidates"] == ["bert"]
    assert moves(answer.data) == {"fred": "2026-07-22", "gina": "2026-07-23"}


def test_a_new_day_off_is_known_at_once_and_later(crowded: Cf) -> None:
    crowded.ok("away 16..17 july --yes")
    assert "day off" in crowded.ok("file carl 17 july").out
    assert moves(crowded.ok("spread overdue --yes --json").data) == {"emil": "2026-07-20"}


def test_an_absence_over_days_that_are_off_changes_nothing(crowded: Cf) -> None:
    before = whole(crowded)
    answer = crowded.ok("away 18..19 july --yes")
    assert "Nothing changes." in answer.out
    assert whole(crowded) == before
    assert crowded.ok("history --json").data["steps"] == []


@pytest.mark.parametrize("words", ["", "yesterday", "1..14 july", "fri..today", "fri 10:00"])
def test_what_is_no_absence_is_refused(crowded: Cf, words: str) -> None:
    before = whole(crowded)
    answer = crowded(f"away {words} --yes")
    assert (answer.exit, answer.out) == (2, "")
    assert whole(crowded) == before


ENTERED = {
    "": "days_off = [2026-07-16]\n",
    "# days_off = [2026-12-24]": "# days_off = [2026-12-24]\ndays_off = [2026-07-16]\n",
    "days_off = [2026-12-24] # xmas\n": "days_off = [2026-12-24, 2026-07-16] # xmas\n",
    'days_off = ["2026-12-24"]\n': 'days_off = ["2026-12-24", 2026-07-16]\n',
    "days_off = [\n  2026-12-24, # xmas\n]\n": "days_off = [\n  2026-12-24, # xmas\n  2026-07-16,\n]\n",
    "\ufeff# days_off = []\r\ncapacity = 3\r\n": "\ufeff# days_off = []\r\ndays_off = [2026-07-16]\r\ncapacity = 3\r\n",
    "[weights]\nvisit = 2\n# days_off = []\n": "days_off = [2026-07-16]\n[weights]\nvisit = 2\n# days_off = []\n",
}


@pytest.mark.parametrize("old", ENTERED)
def test_every_other_byte_of_the_settings_stays(cf: Cf, old: str) -> None:
    path = cf.root / SETTINGS
    path.write_bytes(old.encode())
    path.chmod(0o640)
    cf.ok("away 16 july --yes")
    assert path.read_bytes().decode().splitlines() == ENTERED[old].splitlines()
    assert path.stat().st_mode & 0o777 == 0o640
    cf.ok("undo")
    assert path.read_bytes() == old.encode()


@pytest.mark.parametrize("old", ["days_off = 5\n", "days_off =\n", "x = 1\nx = 2\n"])
def test_settings_that_cannot_be_changed_stop_the_whole_act(crowded: Cf, old: str) -> None:
    (crowded.root / SETTINGS).write_text(old)
    before = whole(crowded)
    answer = crowded("away 16..17 july --yes")
    assert answer.exit in (2, 5)
    assert SETTINGS in answer.err
    assert whole(crowded) == before


@pytest.mark.parametrize("there", ['"2026-12-24", "xmas"', '"2026-12-24", 5', '2026-07-16, "2026-12-24", "31 feb"'])
def test_days_off_beside_what_is_no_date_are_in_force(crowded: Cf, there: str) -> None:
    (crowded.root / SETTINGS).write_text(f"capacity = 3\ndays_off = [{there}]\n")
    crowded.ok("away 16..17 july --yes")
    assert there in (crowded.root / SETTINGS).read_text()
    for day in ("16 july", "17 july", "24 dec"):
        assert "day off" in crowded.ok(f"file ida {day}").out


def test_days_off_that_the_settings_would_not_take_are_not_entered(
    crowded: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the loader makes of them: nobody is told of days off that are none."""
    before = whole(crowded)
    load = settings.load
    monkeypatch.setattr(settings, "load", lambda data: (load(data)[0]._replace(days_off=()), []))
    for line in ("away 16..17 july --yes", "away 16..17 july --yes --dry-run"):
        answer = crowded(line)
        assert (answer.exit, answer.out) == (2, "")
        assert f"{SETTINGS}: days_off" in answer.err
        assert "write it by hand: days_off = [2026-07-16, 2026-07-17]" in answer.err
        assert whole(crowded) == before


def test_a_linked_settings_file_stays_a_link(crowded: Cf, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    (crowded.root / SETTINGS).rename(kept)
    (crowded.root / SETTINGS).symlink_to(kept)
    crowded.ok("away 16..17 july --yes")
    assert (crowded.root / SETTINGS).is_symlink()
    assert "2026-07-16" in kept.read_text()


def test_an_absence_over_a_crowd_names_the_days_that_get_too_much(crowded: Cf) -> None:
    (crowded.root / SETTINGS).write_text("capacity = 1\n")
    for number in range(12):
        crowded.ok(f"new Client{number} -n 16 july")
    answer = crowded("away 16..17 july --yes --json")
    assert answer.exit == 0
    assert len(answer.data["plan"]) == 14
    codes = [warning["code"] for warning in answer.json["warnings"]]
    assert codes == ["over_capacity"] * 4


def test_a_day_that_gets_too_much_is_warned_of_once(crowded: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the plan is shown, before the question and after."""
    from clientfolder.cli.commands.confirmed_plan import ConfirmedPlan
    from clientfolder.cli.session import Session

    (crowded.root / SETTINGS).write_text("capacity = 1\n")
    for number in range(12):
        crowded.ok(f"new Client{number} -n 16 july")
    counters: list[Session] = []
    carried_out = ConfirmedPlan.carried_out

    def noted(plan: ConfirmedPlan, yes: bool) -> Result:
        counters.append(plan.session)
        return carried_out(plan, yes)

    monkeypatch.setattr(ConfirmedPlan, "carried_out", noted)
    for line in ("away 16..17 july --dry-run", "away 16..17 july", "away 16..17 july --yes"):
        crowded(line, typed="n\n" if line.endswith("july") else None)
    crowded("away 13..14 aug", typed="y\n")
    codes = [[warning.code for warning in session.warnings] for session in counters]
    assert codes == [["over_capacity"] * 4, [], ["over_capacity"] * 4, []]


def test_a_month_is_left_and_told(crowded: Cf) -> None:
    answer = crowded.ok("away 20..31 --yes")
    assert "IN JULY, NO DAY YET 1   3 working days of July left" in answer.out
    assert crowded.next("hans")["on"] == "2026-07"  # type: ignore[index]


def test_slips_are_work_of_the_day_too(crowded: Cf) -> None:
    """They are laid elsewhere as dossiers are; one that was promised is told with its client."""
    crowded.ok("set fred phone=+420 555 010 188")
    crowded.ok("slip write the invoice -n thu")
    crowded.ok("slip send the mockups --client fred -n thu!")
    assert moves(crowded.ok("spread thu --yes --json").data) == {"slips/write-the-invoice": "2026-07-17"}
    answer = crowded("away thu --yes")
    assert answer.exit == 1
    assert "send the mockups · Fred" in answer.out
    assert "+420 555 010 188" in answer.out


# What cannot be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["spread today --yes", "spread sep --yes", "away 16..17 july --yes", "away 18..19 july --yes",
     "move --from 16 -n 20 july", "move --from 20 -n 21 july", "move --from overdue -n mon --yes"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_who_moves_what_lies_there(crowded: Cf, line: str) -> None:
    """It may lie there too: the rest is moved, and nobody is left out in silence."""
    whole_exit = crowded(f"{line} --json --dry-run").exit
    crowded.write("broken", 'name = "Broken"\n[next\non = 2026-07-16\n')
    shown = crowded(f"{line} --dry-run")
    assert (whole_exit, shown.exit) == (0, 1)
    assert "clients/broken.toml" in shown.err
    answer = crowded(f"{line} --json")
    assert (answer.exit, answer.json["status"]) == (1, "partial")
    assert [(error["code"], error["file"]) for error in answer.json["errors"]] == [
        ("unreadable", "clients/broken.toml")
    ]


def test_clients_that_are_named_are_moved_whatever_else_cannot_be_read(crowded: Cf) -> None:
    crowded.write("broken", "x")
    crowded.ok("move fred gina -n 20 july")
    assert [crowded.next(client)["on"] for client in ("fred", "gina")] == ["2026-07-20"] * 2  # type: ignore[index]
