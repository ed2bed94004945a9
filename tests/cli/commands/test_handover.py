"""Two weeks with a colleague: what goes, what never goes, what is seen meanwhile, and what comes back."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import thorough
from folders import Cf
from histories import (
    CLIENTS,
    History,
    comments_in,
    counted,
    deals_in,
    entries_in,
    expected_entries,
    payments_in,
    promised_in,
    said_newly,
    told_by_hand,
    told_in,
    written,
)

GIVE = "handover ../pavel 10..21 aug --who Pavel"


@pytest.fixture
def anna(to_lend: Cf) -> Cf:
    return to_lend


def there(cf: Cf, name: str = "pavel") -> Cf:
    return replace(cf, root=cf.root.parent / name, today="2026-08-12T10:00:00+02:00")


def bytes_in(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cf" not in path.parts
    }


def data(cf: Cf, client: str) -> dict[str, Any]:
    return tomllib.loads(cf.text(client))


def test_who_cannot_be_read_is_named(anna: Cf) -> None:
    anna.write("dora", "name =\n")
    answer = anna(f"{GIVE} --json")
    assert answer.exit == 1
    assert [error["file"] for error in answer.json["errors"]] == ["clients/dora.toml"]
    assert "anna" in answer.json["data"]["clients"]
    assert anna("handover ../named 10..21 aug anna --json").exit == 0


def test_a_record_that_cannot_be_read_takes_nothing_back(anna: Cf) -> None:
    anna.ok(GIVE)
    record = anna.root / "handed-over.toml"
    record.write_text(record.read_text() + "=\n")
    before = anna.tree()
    answer = anna("handover --back ../pavel --yes")
    assert answer.exit == 5
    assert "handed-over.toml, line" in answer.err
    assert anna.tree() == before


def test_what_goes_and_what_never_goes(anna: Cf) -> None:
    before = anna.tree()
    answer = anna.ok(f"{GIVE} --without bank --json").data
    assert (answer["from"], answer["to"]) == ("2026-08-10", "2026-08-21")
    assert answer["clients"] == ["anna", "bert", "slips/send-cups", "slips/tax-return"]
    given = bytes_in(anna.root.parent / "pavel")
    assert not [file for file, raw in given.items() if b"SECRET" in raw or b"4711" in raw]
    assert {file for file in given if not file.startswith("base/")} == {
        "clientfolder.toml", "handover.toml", "clients/anna.toml", "clients/bert.toml", "slips/send-cups.toml",
        "slips/tax-return.toml",
    }  # fmt: skip
    for file, raw in given.items():
        assert file == "handover.toml" or given[file.removeprefix("base/")] == raw
    assert b"# of this call\n" in given["clients/anna.toml"]
    assert given["clientfolder.toml"] == b"days_off = [2026-12-24]\n"
    assert there(anna)("doctor", today="2026-07-15").exit == 0, there(anna)("doctor", today="2026-07-15").out
    assert anna.tree() == before
    assert anna(GIVE).exit == 2
    anna.ok("undo")
    assert anna.tree() == before


def test_it_is_seen_while_they_are_out(anna: Cf) -> None:
    anna.ok(GIVE)
    assert "Pavel   4 dossiers until Fri 21 Aug" in anna.ok("handover").out
    assert "lent to Pavel until 21 Aug" in anna.ok("show anna").out
    assert "lent to Pavel until 21 Aug" in anna.ok("today", today="2026-08-13").out
    [warned] = anna.ok("log anna rang -n 2026-08-14 --json").json["warnings"]
    assert (warned["code"], warned["message"][:28]) == ("handed_over", "Lent to Pavel until 21 Aug; ")
    away = anna("away 10..21 aug --yes")
    assert "cf handover DIR 2026-08-10..2026-08-21" in away.out
    assert data(anna, "bert")["next"]["on"] == date(2026, 8, 20)
    assert "4 not back from Pavel" in anna.ok("today", today="2026-08-22").out
    assert "not back from Pavel" in anna.ok("show anna", today="2026-08-22").out


def test_the_line_that_takes_back_can_be_pasted_wherever_it_lies(anna: Cf) -> None:
    directory = anna.root.parent / "for Pavel's days"
    said = anna.ok(["handover", str(directory), "10..21 aug"]).out
    line = next(line for line in said.splitlines() if "back again" in line).partition("back again: cf ")[2]
    assert f"cf {line}" in anna.ok("handover").out
    assert f"cf {line}" in anna.ok("log anna rang -n 2026-08-13! --yes").err
    there_ = replace(anna, root=directory, today="2026-08-12T10:00:00+02:00")
    there_.ok("log bert called -n 2026-08-25")
    anna.ok(f"{line} --yes", today="2026-08-22")
    assert [entry["text"] for entry in data(anna, "bert")["log"]] == ["called"]


@pytest.mark.parametrize("there_is", ["a directory", "a file", "a link to nothing"])
def test_a_place_that_is_taken_is_left_as_it_is(anna: Cf, there_is: str) -> None:
    place = anna.root.parent / "pavel"
    if there_is == "a directory":
        (place / "mine").mkdir(parents=True)
    elif there_is == "a file":
        place.write_text("mine")
    else:
        place.symlink_to("nowhere")
    before = anna.tree()
    answer = anna(GIVE)
    assert answer.exit == 2
    assert "is there already" in answer.err
    assert anna.tree() == before
    assert not (anna.root / "handed-over.toml").exists()


def test_nothing_done_and_back_again_changes_nothing(anna: Cf) -> None:
    before = anna.tree()
    anna.ok(GIVE)
    anna.ok("handover --back ../pavel --yes", today="2026-08-22")
    assert anna.tree() == before
    assert anna.ok("handover --json").data["out"] == []
    assert "nothing new" in anna.ok("handover --back ../pavel").out


def test_what_was_done_there_comes_back_signed(anna: Cf) -> None:
    anna.ok(GIVE)
    pavel = there(anna)
    twin = replace(anna, root=anna.root.parent / "twin")
    shutil.copytree(anna.root, twin.root)
    acts = (
        "log anna Pavel called -n 2026-08-25!", "log bert wants more -n 2026-08-26", "set bert phone=5", "log tax",
        "snooze send-cups 1w", "new Dora phone=9 -n 2026-08-27",
    )  # fmt: skip
    for line in acts:
        pavel.ok(line)
        twin.ok(line, today=pavel.today)
    asked = anna("handover --back ../pavel", today="2026-08-22")
    assert asked.exit == 2
    assert "Pavel, 10 Aug to 21 Aug" in asked.out
    assert "next ! Tue 25 Aug (was ! Thu 13 Aug)" in asked.out
    assert "6 entries" not in asked.out
    answer = anna.ok("handover --back ../pavel --yes --json", today="2026-08-22").data
    assert {change["client"] for change in answer["changes"]} == {
        "anna",
        "bert",
        "dora",
        "slips/tax-return",
        "slips/send-cups",
    }
    back = {file: raw.replace(b'by = "Pavel"\n', b"") for file, raw in anna.tree().items()}
    assert back == twin.tree()
    assert anna.text("anna").count('by = "Pavel"') == 1
    after = anna.tree()
    assert "nothing new" in anna.ok("handover --back ../pavel --yes", today="2026-08-23").out
    assert anna.tree() == after
    anna.ok("undo")
    assert "dora" not in anna.ok("list all --json").out


def test_both_lived_on_and_what_cannot_be_decided_is_listed(anna: Cf) -> None:
    anna.ok(GIVE)
    pavel = there(anna)
    pavel.ok("set anna phone=33")
    anna.ok("set anna phone=22")
    pavel.ok("log bert he said -n 2026-08-25")
    pavel.ok("remove bert")
    answer = anna("handover --back ../pavel --yes --json", today="2026-08-22")
    assert answer.exit == 1
    assert answer.data["conflicts"] == [
        {"client": "anna", "key": "phone", "ours": "22", "theirs": "33", "mend": "cf set anna phone=33"}
    ]
    assert answer.data["stays"] == ["bert"]
    assert [entry["text"] for entry in data(anna, "bert")["log"]] == ["he said"]
    assert data(anna, "anna")["private"] == {"health": "SECRET-3"}


def test_without_its_base_every_difference_counts_as_both_changed(anna: Cf) -> None:
    anna.ok(GIVE)
    pavel = there(anna)
    pavel.ok("set bert company=Zinn")
    pavel.ok("set anna phone=3")
    shutil.rmtree(pavel.root / "base")
    answer = anna("handover --back ../pavel --yes --json", today="2026-08-22").data
    assert [conflict["key"] for conflict in answer["conflicts"]] == ["phone"]
    assert (data(anna, "anna")["card"]["phone"], data(anna, "bert")["company"]) == ("1", "Zinn")
    assert len(data(anna, "anna")["log"]) == 4


def test_new_papers_come_back_and_one_that_both_changed_is_named(anna: Cf) -> None:
    for name in ("old.txt", "both.txt", "gone.txt"):
        (anna.root / "papers" / "anna").mkdir(parents=True, exist_ok=True)
        (anna.root / "papers" / "anna" / name).write_text(name)
    anna.ok(f"{GIVE} --papers")
    pavel = there(anna)
    (pavel.root.parent / "offer.txt").write_text("new offer")
    pavel.ok("attach anna ../offer.txt")
    (pavel.root / "papers/anna/both.txt").write_text("theirs")
    (anna.root / "papers/anna/gone.txt").unlink()
    answer = anna.ok("handover --back ../pavel --yes --json", today="2026-08-22").data
    assert answer["stays"] == ["papers/anna/both.txt"]
    lies = {path.name: path.read_text() for path in (anna.root / "papers/anna").iterdir()}
    assert lies == {"old.txt": "old.txt", "both.txt": "both.txt", "offer.txt": "new offer"}
    anna.ok("undo")
    assert not (anna.root / "papers/anna/offer.txt").exists()


@pytest.mark.parametrize("seed", range(30 if thorough.is_on else 2))
def test_two_weeks_lived_on_both_sides(cf: Cf, seed: int) -> None:
    History(written(cf), "base", seed, date(2026, 7, 10)).live(5)
    cf.ok("handover ../pavel 16..31 july anna bert carl dora")
    pavel = there(cf)
    base = {client: cf.path(client).read_bytes() for client in CLIENTS}
    given = {client: pavel.path(client).read_bytes() for client in CLIENTS if pavel.path(client).exists()}
    History(cf, "ours", seed).live(8)
    History(pavel, "theirs", seed).live(8)
    mine = {client: cf.path(client).read_bytes() for client in given}
    other = {client: pavel.path(client).read_bytes() for client in given}
    answer = cf("handover --back ../pavel --yes", today="2026-08-01")
    assert answer.exit in (0, 1), answer
    for client in given:
        result = cf.path(client).read_bytes()
        wanted = expected_entries(given[client], mine[client], other[client])
        assert entries_in(result) == wanted
        if mine[client] != base[client] or other[client] == given[client]:
            assert not comments_in(mine[client]) - comments_in(result)
        for before, side in ((base[client], mine[client]), (given[client], other[client])):
            assert [one for one in said_newly(before, side) if one not in told_in(result)] == []
            assert promised_in(side) is None or promised_in(side) in result.decode()
            assert deals_in(side) - deals_in(before) <= deals_in(result)
        assert payments_in(result) == counted(payments_in, given[client], mine[client], other[client])
    assert cf("doctor --json", today="2026-08-01").data["findings"] == told_by_hand(cf)
    once = cf.tree()
    cf("handover --back ../pavel --yes", today="2026-08-02")
    assert cf.tree() == once
    cf.ok("undo")
    assert {client: cf.path(client).read_bytes() for client in given} == mine


@pytest.mark.parametrize("seed", range(30 if thorough.is_on else 2))
def test_what_was_done_there_alone_is_as_if_it_were_done_here(cf: Cf, seed: int) -> None:
    History(written(cf), "base", seed, date(2026, 7, 10)).live(5)
    shutil.copytree(cf.root, cf.root.parent / "twin", ignore=shutil.ignore_patterns(".cf"))
    twin = replace(cf, root=cf.root.parent / "twin")
    cf.ok("handover ../pavel 16..31 july anna bert carl dora --who Pavel")
    for side in (there(cf), twin):
        History(side, "theirs", seed).live(8, by_hand=False)
    cf("handover --back ../pavel --yes", today="2026-08-01")
    assert {
        file: raw.replace(b'by = "Pavel"\n', b"").replace(b'by = "Pavel"\r\n', b"") for file, raw in cf.tree().items()
    } == twin.tree()
