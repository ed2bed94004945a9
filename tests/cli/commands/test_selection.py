"""Which dossiers the words and options of a list choose."""

from __future__ import annotations

import pytest

from acts import listed
from folders import Cf

SLOTS = {
    "15": ["bertha"], "20": ["carla"], "8": ["doris"], "08": ["doris"], "10": [], "13": [], "july": ["flora"],
    "undated": ["flora"], "august": ["emma"], "september": ["greta"], "overdue": ["karin", "agnes"], "later": ["hanna"],
    "unfiled": ["ida"], "resting": ["julia"], "10..21": ["bertha", "carla"], "28..10": ["doris"], "today": ["bertha"],
    "mon": ["carla"], "20 aug": ["emma"], "2026-08": ["doris", "emma"], "next month": ["doris", "emma"],
    "late": ["karin", "agnes"], "no day": ["flora"], "no date": ["ida"], "promised": ["bertha", "emma"], "slips": [],
    "all": ["karin", "agnes", "flora", "bertha", "carla", "doris", "emma", "greta", "hanna", "ida"],
    "this week": ["bertha"], "next week": ["carla"], "20..24 jul": ["carla"], "today..20 aug": ["bertha", "carla", "doris", "emma"],
    "end of july": [], "the 20th of july": ["carla"], "aug 1..9": ["doris"], "aug..sep": ["doris", "emma"],
    "2026-07": ["agnes", "flora", "bertha", "carla"], "20 july 2027": ["hanna"], "july 2027": ["hanna"], "tomorrow": [],
}  # fmt: skip


@pytest.mark.parametrize("words", SLOTS)
def test_a_slot_word_means_the_insert_and_a_phrase_that_very_day(binder: Cf, words: str) -> None:
    assert [client for _, _, clients in listed(binder, words) for client in clients] == SLOTS[words]


@pytest.mark.parametrize(
    "words",
    ["nowhere", "fri 10:00", "fri!", "32", "10..32", "13 14", "overdue later", "late promised", "this week!",
     "24..20..21", "fri..", "next week 10:00", "20..24 jul!", "fri about x"],
)  # fmt: skip
def test_what_is_no_place_is_refused(binder: Cf, words: str) -> None:
    assert binder(f"list {words}").exit == 2


def test_slips_are_listed_by_their_own_word_and_with_what_is_late_or_promised(binder: Cf) -> None:
    binder.ok("slip water the plants -n fri")
    binder.ok("slip send the keys -n mon!")
    slips = [client for _, _, clients in listed(binder, "slips") for client in clients]
    assert len(slips) == 2
    promised = [client for _, _, clients in listed(binder, "promised") for client in clients]
    assert slips[1] in promised
    assert slips[0] not in promised
    answer = binder("move --from slips -n 24 july")
    assert answer.exit == 1
    assert "send the keys" in answer.err


def test_the_words_of_the_screens_are_read_wherever_a_slot_stands(binder: Cf) -> None:
    assert binder.ok("move --from late -n tomorrow").out.count("Moved") == 2
    assert [client for _, _, clients in listed(binder, "16 july") for client in clients] == ["agnes", "karin"]
    answer = binder("move --from promised -n fri")
    assert answer.exit == 1
    assert "Promised dates stay" in answer.err
    binder.ok(["move", "--from", "no date", "-n", "24 july"])
    assert binder.next("ida")["on"] == "2026-07-24"  # type: ignore[index]
    assert binder.ok("spread late --yes").exit == 0
    assert binder.ok("spread no day --yes").exit == 0
    assert listed(binder, "no day") == []


def test_lists_can_be_narrowed(binder: Cf) -> None:
    binder.ok("set carla tags=vip")
    binder.ok("log doris hello --on 2026-03-01")
    binder.ok("log bertha hello -n 20")

    def clients(words: str) -> set[str]:
        return {client for _, _, found in listed(binder, words) for client in found}

    assert clients("--tag VIP") == {"carla"}
    assert clients("--agreed") == {"emma"}
    assert "bertha" not in clients("--silent-since 90d")
    assert {"doris", "carla"} <= clients("--silent-since 90d")
