"""The plan of an import in the editor: what a changed line says."""

from __future__ import annotations

import pytest

import phones
from folders import Cf


@pytest.fixture
def phone(cf: Cf) -> Cf:
    return phones.lay(cf)


def in_editor(cf: Cf, script: str) -> None:
    """The editor is a sed script on the plan."""
    cf.env["EDITOR"] = f"sed -i {script}"


def test_the_plan_in_the_editor(phone: Cf) -> None:
    in_editor(phone, "-e '/Vendula/d' -e 's/^ask *|\\(.*Johana\\)/person jonas-tenk |\\1/'")
    answer = phone("import phone.vcf -e --yes --json")
    assert {card["name"]: card["what"] for card in answer.data["cards"] if card["name"]} == {
        "Vendula Drahokoupil": "left", "Kvido Zimák": "merge", "Johana Tenk": "merge",
    }  # fmt: skip
    assert phone.row("jonas-tenk")["dossier"]["people"]["johana"]["name"] == "Johana Tenk"


@pytest.mark.parametrize("script", ["s/^merge.*|/merge nobody |/", "s/^new/newish/", "s/|.*//"])
def test_a_line_of_the_plan_that_says_nothing_known_is_refused_and_kept(phone: Cf, script: str) -> None:
    before = phone.tree()
    in_editor(phone, f"-e '{script}'")
    answer = phone("import phone.vcf -e --yes")
    assert (answer.exit, phone.tree()) == (2, before)
    assert "of the plan" in answer.err
