"""Conflict copies that a sync program left, and two dossiers that are one client."""

from __future__ import annotations

import os
import tomllib
from typing import Any

import pytest

from folders import Cf

ANNA = 'name = "Anna"\n\n[card]\nphone = "1"\n\n[next]\non = 2026-07-20\n\n[[log]]\nat = 2026-07-01T10:00:00\nkind = "call"\ntext = "said"\n'
COPIES = (
    "anna.sync-conflict-20260715-103000-ABCDEFG.toml",
    "anna (Vera's conflicted copy 2026-07-15).toml",
    "anna (conflicted copy 2026-07-15 103000).toml",
    "anna_conflict-20260715-103000.toml",
    "anna-LAPTOP.toml",
    "anna 2.toml",
)


def data(cf: Cf, file: str) -> dict[str, Any]:
    return tomllib.loads((cf.root / file).read_text())


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_comes_together_with_its_dossier(anna: Cf, name: str) -> None:
    copy = anna.root / "clients" / name
    copy.write_text(ANNA.replace('"1"', '"2"') + '\n[[log]]\nat = 2026-07-02T10:00:00\nkind = "mail"\ntext = "there"\n')
    before = anna.tree()
    [found] = [one for one in anna("doctor --json").data["findings"] if one["code"] == "copy"]
    assert found["mend"] == "cf merge anna"
    asked = anna("merge anna")
    assert (asked.exit, anna.tree()) == (2, before)
    assert "Merged 1 copy into Anna" in asked.out
    answer = anna.ok("merge --all --yes --json").data
    assert answer["conflicts"] == [
        {"client": "anna", "key": "phone", "ours": "1", "theirs": "2", "mend": "cf set anna phone=2"}
    ]
    assert [entry["text"] for entry in data(anna, "clients/anna.toml")["log"]] == [
        "said",
        "there",
        "Merged: phone was also 2",
    ]
    assert not copy.exists()
    assert (anna.root / "removed" / "anna-copy.toml").exists()
    assert anna("doctor").exit == 0, anna("doctor").out
    assert anna.ok("merge anna").out.startswith("No copies")
    anna.ok("undo")
    assert anna.tree() == before


def test_what_a_copy_says_otherwise_stands_apart_from_the_name(anna: Cf) -> None:
    (anna.root / "clients" / "anna 2.toml").write_text(ANNA.replace('"1"', '"2"'))
    assert "\n   phone stays 1; 2 goes into a note\n" in anna("merge anna").out
    anna.ok("merge anna --yes")
    assert " anna  phone is 1; was also 2\n" in anna.ok("merge").out


def test_several_copies_are_merged_the_newest_last_and_one_that_cannot_be_read_stays(anna: Cf) -> None:
    for age, (name, phone) in enumerate((("anna 2", "2"), ("anna.sync-conflict-1", "3"))):
        path = anna.root / "clients" / f"{name}.toml"
        path.write_text(ANNA.replace('phone = "1"', f'fax = "{phone}"'))
        os.utime(path, (1e9 - age, 1e9 - age))
    anna.write("bert", 'name = "Bert"\n[next]\non = 2026-07-21\n')
    broken = anna.root / "clients" / "bert (conflicted copy).toml"
    broken.write_text("name = \n")
    answer = anna("merge --all", typed="y\n")
    assert answer.exit == 1
    assert "Merged 2 copies into Anna" in answer.out
    assert "bert (conflicted copy).toml" in answer.err
    assert broken.exists()
    assert data(anna, "clients/anna.toml")["card"] == {"phone": "1", "fax": "3"}
    assert data(anna, "clients/anna.toml")["log"][-1]["text"] == "Merged: fax was also 2"


OTHER_COPIES = (
    "sync-conflict-20260715-103000-ABCDEFG",
    " (conflicted copy 2026-07-15)",
    "_conflict-20260715-103000",
    "-LAPTOP",
    " 2",
)


@pytest.mark.parametrize("mark", OTHER_COPIES)
def test_copies_of_the_settings_come_together_too(anna: Cf, mark: str) -> None:
    settings = anna.root / "clientfolder.toml"
    old = "# mine\ncapacity = 6\ndays_off = [2026-12-24]\n"
    settings.write_text(old)
    copy = anna.root / f"clientfolder{'.' if mark.startswith('sync') else ''}{mark}.toml"
    there = '# theirs\ncapacity = 9\nsnooze = "+2b"\ndays_off = [2026-12-31]\n'
    copy.write_text(there)
    [found] = anna("doctor --json").data["findings"]
    assert (found["code"], found["file"], found["mend"]) == ("copy", copy.name, "cf merge --all")
    assert "Merged 1 copy into clientfolder.toml" in anna("merge --all").out
    assert settings.read_text() == old
    assert anna.ok("merge --all --yes --json").data["conflicts"] == [
        {"client": "clientfolder.toml", "key": "capacity", "ours": "6", "theirs": "9", "mend": "cf settings capacity=9"}
    ]
    new = settings.read_text()
    assert tomllib.loads(new) == {
        "capacity": 6, "snooze": "+2b", "days_off": tomllib.loads("x = [2026-12-24, 2026-12-31]")["x"],
    }  # fmt: skip
    for remark in ("# mine", "# theirs", "# Merged: capacity was also 9"):
        assert new.count(f"{remark}\n") == 1
    assert (anna.root / "removed" / "clientfolder-copy.toml").read_text() == there
    assert not copy.exists()
    assert anna("doctor").exit == 0, anna("doctor").out
    anna.ok("undo")
    assert (settings.read_text(), copy.read_text()) == (old, there)


def test_copies_of_slips_and_forms_come_together_too(anna: Cf) -> None:
    anna.ok("slip send the cups --client anna -n 2026-07-22")
    slip = anna.text("slips/send-the-cups")
    copy = anna.root / "slips" / "send-the-cups.sync-conflict-20260715-103000-ABCDEFG.toml"
    copy.write_text(
        slip.replace("2026-07-22", "2026-07-20")
        + '\n[[log]]\nat = 2026-07-02T10:00:00\nkind = "note"\ntext = "there"\n'
    )
    (anna.root / "forms").mkdir()
    (anna.root / "forms" / "mine.toml").write_text('title = "Mine"\n[[question]]\nkey = "a"\nask = "A?"\n')
    (anna.root / "forms" / "mine (conflicted copy).toml").write_text(
        'title = "Mine"\n[[question]]\nkey = "b"\nask = "B?"\n'
    )
    assert {one["mend"] for one in anna("doctor --json").data["findings"]} == {
        "cf merge slips/send-the-cups",
        "cf merge --all",
    }
    anna.ok("merge --all --yes")
    merged = data(anna, "slips/send-the-cups.toml")
    assert str(merged["next"]["on"]) == "2026-07-20"
    assert [entry["text"] for entry in merged["log"]] == ["there", "Merged: next was also 2026-07-22, task"]
    assert [one["key"] for one in data(anna, "forms/mine.toml")["question"]] == ["a", "b"]
    assert anna("doctor").exit == 0, anna("doctor").out


def test_two_dossiers_become_one(anna: Cf) -> None:
    anna.write(
        "kowalska",
        'name = "Kowalska Keramik"\nsent_by = "anna"\n[card]\nphone = "2"\nweb = "k.example"\n[people.jan]\nname = "Jan"\n'
        '[next]\non = 2026-07-18\nhow = "agreed"\n[[log]]\nat = 2026-06-30T09:00:00\nkind = "call"\ntext = "before"\n'
        "[[payments]]\non = 2026-06-30\namount = 100\n",
    )
    anna.write("bert", 'name = "Bert"\nsent_by = "kowalska"\n[next]\non = 2026-07-21\n')
    anna.ok("slip send cups --client kowalska -n 2026-07-22")
    for client in ("anna", "kowalska"):
        (anna.root / "papers" / client).mkdir(parents=True)
        (anna.root / "papers" / client / "offer.txt").write_text(client)
    before = anna.tree()
    assert "Merge them? [y/N]" in anna("merge anna kowalska keramik", typed="n\n").err
    assert anna.tree() == before
    anna.ok("merge anna kowalska --yes")
    one = data(anna, "clients/anna.toml")
    assert [entry["text"] for entry in one["log"][:2]] == ["before", "said"]
    assert one["next"] == {"on": one["next"]["on"], "how": "agreed"}
    assert str(one["next"]["on"]) == "2026-07-18"
    assert one["payments"][0]["amount"] == 100
    assert one["people"] == {"jan": {"name": "Jan"}, "kowalska": {"name": "Kowalska Keramik", "phone": "2"}}
    assert {entry["text"] for entry in one["log"][2:]} == {
        "Merged: name was also Kowalska Keramik", "Merged: phone was also 2", "Merged: next was also 2026-07-20",
    }  # fmt: skip
    assert "sent_by" not in one
    assert data(anna, "clients/bert.toml")["sent_by"] == "anna"
    assert data(anna, "slips/send-cups.toml")["client"] == "anna"
    assert str(data(anna, "removed/kowalska.toml")["removed"]) == "2026-07-15"
    assert (anna.root / "papers/anna/kowalska/offer.txt").read_text() == "kowalska"
    assert anna("doctor").exit == 0, anna("doctor").out
    anna.ok("undo")
    assert anna.tree() == before
    assert (anna.root / "papers/kowalska/offer.txt").exists()


def test_who_is_merged_is_named_once(anna: Cf) -> None:
    anna.write("anna-nowak", 'name = "Anna Nowak"\n[next]\non = 2026-07-21\n')
    assert anna("merge anna anna").exit == 2
    assert anna("merge nobody there").exit == 3
    assert anna("merge --all anna").exit == 2
    assert anna("merge --driver a b").exit == 2
    assert anna.ok("merge anna nowak").out.startswith("No copies")


def test_a_removed_dossier_that_was_written_on_elsewhere_is_named(anna: Cf) -> None:
    anna.ok("remove anna")
    assert anna("doctor").exit == 0, anna("doctor").out
    path = anna.root / "removed" / "anna.toml"
    old = path.read_text()
    for text in (old + "\n[[log]]\nat = 2026-07-16\n", old.replace("on = 2026-07-20", "on = 2026-08-20")):
        path.write_text(text)
        [found] = anna("doctor --json", today="2026-07-18").data["findings"]
        assert (found["code"], found["file"]) == ("written_since", "removed/anna.toml")
        assert "ALSO" in (told := anna("today", today="2026-07-18").out)
        assert "Anna" in told.partition("ALSO")[2].partition("\n")[0], told
    path.write_text(old)
    assert "ALSO" not in anna("today", today="2026-07-18").out
    anna.ok("undo")
    assert anna.text("anna") == ANNA


def test_a_merge_note_is_seen_on_the_desk_until_a_contact(anna: Cf) -> None:
    anna.write("anna", f'{ANNA}\n[[log]]\nat = 2026-07-14\nkind = "note"\ntext = "Merged: phone was also 2"\n')
    assert "merged" in anna.ok("today").out
    assert "merged" in anna.ok("today").out, "from the index"
    anna.ok("log anna rang -n fri")
    assert "merged" not in anna.ok("today").out
