"""Behind another insert: `file` one dossier, `move` several."""

from __future__ import annotations

import tomllib

import pytest

from acts import DODGED, anna, clients_of, listed
from folders import Cf


def test_filing_keeps_what_is_not_said_anew(binder: Cf) -> None:
    binder.ok("file agnes 31 july")
    data = tomllib.loads(binder.text("agnes"))
    assert {key: str(value) for key, value in data["next"].items()} == {
        "on": "2026-07-31", "kind": "visit", "about": "quote", "how": "planned",
    }  # fmt: skip
    assert data["log"] == [
        {**data["log"][0], "kind": "moved", "from": data["log"][0]["from"], "how": "planned"},
    ]
    assert (str(data["log"][0]["from"]), str(data["log"][0]["to"])) == ("2026-07-10", "2026-07-31")


def test_filing_wakes_a_resting_one_and_is_no_move(binder: Cf) -> None:
    binder.ok("file julia september --about spring")
    data = tomllib.loads(binder.text("julia"))
    assert data["next"] == {"on": "2026-09", "kind": "call", "about": "spring", "how": "planned"}
    assert "resting" not in data
    assert "log" not in data


def test_a_promised_date_is_changed_only_with_a_yes(binder: Cf) -> None:
    before = binder.tree()
    for line in ("snooze bertha 1w", "file bertha fri", "move carla bertha -n fri"):
        answer = binder(f"{line} --json")
        assert (answer.exit, answer.json["errors"][0]["code"]) == (2, "refused")
        assert binder(line, typed="n\n").exit == 2
        assert binder.tree() == before
    binder.ok("snooze bertha 1w --yes")
    binder.ok("file emma fri", typed="y\n")
    assert str(binder.next("emma")["on"]) == "2026-07-17"  # type: ignore[index]


def test_moving_a_whole_insert_leaves_promised_dates(binder: Cf) -> None:
    answer = binder("move --from 1..31 -n 27 --json")
    assert (answer.exit, answer.json["status"]) == (1, "partial")
    assert [change["client"] for change in answer.data["changes"]] == ["carla", "doris"]
    [error] = answer.json["errors"]
    assert (error["code"], error["candidates"]) == ("refused", ["bertha"])
    assert [clients for _, _, clients in listed(binder, "15")] == [["bertha"]]
    binder.ok("move --from 15 -n 27 --yes")
    assert [clients for _, _, clients in listed(binder, "27")] == [["bertha", "carla", "doris"]]


@pytest.mark.parametrize(
    "line", ["move -n fri", "move carla --from 20 -n fri", "move carla", "move --from nowhere -n fri"]
)
def test_a_move_wants_to_know_whom_and_where_to(binder: Cf, line: str) -> None:
    before = binder.tree()
    assert binder(line).exit == 2
    assert binder.tree() == before


@pytest.mark.parametrize(
    ("line", "on", "how"),
    [
        ("snooze carla until 31 july", "2026-07-31", "planned"),
        ("snooze carla -n until the 31st", "2026-07-31", "planned"),
        ("snooze carla -n next friday", "2026-07-24", "planned"),
        ("snooze carla --next fri next week 17h", "2026-07-24", "agreed"),
        ("snooze carla until two weeks", "2026-08-03", "planned"),
        ("snooze carla UNTIL end of july", "2026-07-31", "planned"),
        ("file carla -n fri", "2026-07-17", "planned"),
        ("file carla -n fri 5 pm --about the quote", "2026-07-17", "agreed"),
        ("file carla on friday", "2026-07-17", "planned"),
    ],
)
def test_a_date_stands_behind_the_client_or_behind_n(binder: Cf, line: str, on: str, how: str) -> None:
    binder.ok(line)
    written = binder.next("carla")
    assert written
    assert (str(written["on"]), written["how"]) == (on, how)


@pytest.mark.parametrize(
    "line",
    ["snooze carla fri -n mon", "file carla fri -n fri", "file carla until fri", "file carla", "move carla -n until fri",
     "snooze carla until", "snooze carla until until fri", "snooze carla fri about x", "snooze carla -n", "file carla -n",
     "log carla x -n until fri", "when until fri"],
)  # fmt: skip
def test_a_date_is_said_once_and_until_is_for_snoozing(binder: Cf, line: str) -> None:
    before = binder.tree()
    assert binder(line).exit == 2
    assert binder.tree() == before


def test_first_calls_are_told_apart_and_moved_in_portions(cf: Cf) -> None:
    for number in range(6):
        cf.write(f"new{number}", f'name = "New {number}"\n')
    anna(cf)
    cf.write("planned", 'name = "Planned"\n[next]\non = 2026-07-15\n')
    assert clients_of(cf, "--first") == ["planned", *(f"new{number}" for number in range(6))]
    assert "2 contacts, 1 of them first" in cf.ok("today").out
    cf.ok("move --from first -n mon --limit 4")
    moved = [f"new{number}" for number in range(4)]
    assert clients_of(cf, "mon") == moved
    cf.ok("undo")
    assert all(cf.next(client) is None for client in moved)
    assert cf("move anna -n fri --limit 2").exit == 2


def test_a_no_is_told_as_one(cf: Cf) -> None:
    anna(cf, how="agreed")
    answer = cf("snooze anna", typed="n\n", terminal=True)
    assert answer.exit == 2
    assert "Left as it is; nothing was written" in answer.err
    assert "--yes" not in answer.err


def test_a_refused_move_is_not_counted(cf: Cf) -> None:
    anna(cf, how="agreed", log=DODGED)
    answer = cf("snooze anna")
    assert answer.exit == 2
    assert "put off" not in answer.err


def test_what_was_moved_meanwhile_is_not_carried_off(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.binder.journal.transactions import Transactions

    bob.write("ann", 'name = "Ann"\n[next]\non = 2026-07-10\n')
    act = Transactions.act

    def another_was_quicker(transactions: Transactions, decide: object, **how: object) -> object:
        bob.write("ann", 'name = "Ann"\n[next]\non = 2026-09-01\n')
        return act(transactions, decide, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Transactions, "act", another_was_quicker)
    answer = bob.ok("move --from overdue -n mon --json")
    assert [change["client"] for change in answer.data["changes"]] == ["bob"]
    assert bob.next("ann")["on"] == "2026-09-01"  # type: ignore[index]


@pytest.mark.parametrize("command", ["snooze", "file"])
def test_where_fewer_words_are_a_client_too_and_the_rest_a_date_both_lines_are_shown(novaks: Cf, command: str) -> None:
    before = novaks.tree()
    answer = novaks(f"{command} anna may")
    assert answer.exit == 4
    assert f"cf {command} 'anna may', or cf {command} anna -n may" in answer.err
    assert novaks.tree() == before
    novaks.ok(f"{command} anna -n may")
    assert novaks.next("anna")["on"] == "2027-05"  # type: ignore[index]
    assert novaks(f"{command} anna may --json").json["errors"][0]["candidates"] == ["anna-may", "anna"]
