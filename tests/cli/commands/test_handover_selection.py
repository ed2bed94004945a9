"""Who is given to a colleague for some days."""

from __future__ import annotations

import shutil

import pytest

from folders import Cf

GIVE = "handover ../pavel 10..21 aug --who Pavel"


@pytest.fixture
def anna(to_lend: Cf) -> Cf:
    return to_lend


def test_a_month_behind_the_days_is_theirs_and_no_selection(anna: Cf) -> None:
    """The 10th of July is past: nobody asked for those behind the insert of July, from 10 August on."""
    anna.write("july", 'name = "July"\n[next]\non = 2026-07-20\n')
    for line in ("handover ../pavel 10..21 jul", "print handover 10..21 july", "handover ../pavel 10..21 jul anna"):
        answer = anna(line)
        assert answer.exit == 2
        assert "past" in answer.err
    assert anna.ok("handover ../pavel 10..21 aug 20 --dry-run --json").data["clients"] == ["july"]


def test_what_is_none_of_this_folder_is_refused(anna: Cf) -> None:
    anna.ok(GIVE)
    other = anna.root.parent / "other"
    assert anna("handover --back ../other").exit == 2
    shutil.copytree(anna.root.parent / "pavel", other)
    (other / "handover.toml").write_text((other / "handover.toml").read_text().replace('mark = "', 'mark = "0'))
    assert anna("handover --back ../other").exit == 2
    assert anna("handover inside 10..21 aug").exit == 2
    assert anna("handover ../x soon").exit == 2
    assert anna("handover ../x 10..21 aug nobody").exit == 3


def test_a_selection_and_papers(anna: Cf) -> None:
    (anna.root / "papers" / "carl").mkdir(parents=True)
    (anna.root / "papers" / "carl" / "offer.txt").write_text("offer")
    assert anna.ok("handover ../one 10..21 aug carl --papers --json").data["clients"] == ["carl"]
    assert (anna.root.parent / "one/papers/carl/offer.txt").read_text() == "offer"
    assert anna.ok("handover ../two 2026-08-10..2026-08-21 carl anna --json").data["clients"] == [
        "anna",
        "carl",
        "slips/send-cups",
    ]
    assert anna.ok("handover ../three 10..21 aug 12..14 --dry-run --json").exit == 0
    assert not (anna.root.parent / "three").exists()
